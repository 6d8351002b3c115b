using Npgsql;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Store;

/// <summary>Keeps the test score of a run that was handed in, once the test set is opened: the first one, whatever becomes of the run afterwards.</summary>
internal static class HandInLog
{
    // Index: hand_ins_by_run.
    private const string Keep =
        """
        update hand_ins h set test_accuracy = $2 from hand_in_rounds r
        where h.run_id = $1 and h.ended_at is null and h.test_accuracy is null and r.lesson = h.lesson and r.round = h.round and r.opened_at is not null
        """;

    /// <summary>Keeps the score if there is one among these events; in the caller's transaction.</summary>
    public static async Task WriteAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        Guid runId,
        IReadOnlyList<(DateTimeOffset At, RunEvent Event)> events,
        CancellationToken cancellationToken)
    {
        if (events.Select(item => (item.Event as FinishedEvent)?.TestAccuracy).LastOrDefault(accuracy => accuracy is not null) is { } measured)
        {
            await using var command = new NpgsqlCommand(Keep, connection, transaction);
            command.Parameters.Add(new() { Value = runId });
            command.Parameters.Add(new() { Value = measured });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
