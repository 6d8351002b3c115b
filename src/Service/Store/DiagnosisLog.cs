using Npgsql;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Store;

/// <summary>Keeps what the diagnosis of a run found in its row, so that lists need no events.</summary>
internal static class DiagnosisLog
{
    // Reads the findings of the run by index: a few, and only when one is added. A rule counts once, by its highest severity.
    private const string Summarize =
        """
        update runs set (findings, problems, warnings, infos) = (
            select array_agg(rule order by severity desc, first), count(*) filter (where severity = 3), count(*) filter (where severity = 2), count(*) filter (where severity = 1)
            from (
                select data #>> '{finding,rule}' as rule, max(array_position(array['info', 'warning', 'problem'], data #>> '{finding,severity}')) as severity, min(seq) as first
                from run_events where run_id = $1 and type = 'finding' group by 1) as found)
        where id = $1
        """;

    /// <summary>Counts the findings of the run if there are any among these events, which are stored already; in the caller's transaction.</summary>
    public static async Task WriteAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        Guid runId,
        IReadOnlyList<(DateTimeOffset At, RunEvent Event)> events,
        CancellationToken cancellationToken)
    {
        if (events.Any(item => item.Event is FindingEvent))
        {
            await using var command = new NpgsqlCommand(Summarize, connection, transaction);
            command.Parameters.Add(new() { Value = runId });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
