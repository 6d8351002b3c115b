using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Store;

/// <summary>
/// The only writer of run events and of what follows from them: seq numbers, progress columns, metric points and summaries, and the
/// announcement. All in the caller's transaction. The row lock that the first statement takes on the run orders writers of one run, so
/// that seq has no gaps and readers that see seq n see all before it.
/// </summary>
internal static class EventLog
{
    /// <summary>Channel on which <c>{run id}:{last seq}</c> is announced.</summary>
    public const string RunsChannel = "trainyard_runs";

    /// <summary>Channel on which the name of a queue is announced when a run in it becomes claimable.</summary>
    public const string QueueChannel = "trainyard_queue";

    /// <summary>Appends events of the service itself, such as a change of state.</summary>
    /// <returns>The seq of the last event.</returns>
    /// <exception cref="InvalidOperationException">There is no such run.</exception>
    public static async Task<long> AppendAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        Guid runId,
        int attempt,
        IReadOnlyList<(DateTimeOffset At, RunEvent Event)> events,
        CancellationToken cancellationToken) =>
        await WriteAsync(connection, transaction, runId, attempt, fenced: false, events, cancellationToken)
            ?? throw new InvalidOperationException($"Run {runId} does not exist.");

    /// <summary>Appends events of an attempt, if that attempt still holds the run.</summary>
    /// <returns>The seq of the last event; null when the attempt no longer holds the run: nothing was written.</returns>
    public static Task<long?> TryAppendAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        Guid runId,
        int attempt,
        IReadOnlyList<(DateTimeOffset At, RunEvent Event)> events,
        CancellationToken cancellationToken) =>
        WriteAsync(connection, transaction, runId, attempt, fenced: true, events, cancellationToken);

    /// <summary>Announces that a run of a queue became claimable, when the transaction commits.</summary>
    public static async Task AnnounceQueueAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string queue, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"select pg_notify('{QueueChannel}', $1)", connection, transaction);
        command.Parameters.Add(new() { Value = queue });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Announces that something about a run changed, when the transaction commits.</summary>
    public static async Task AnnounceAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, Guid runId, long lastSeq, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"select pg_notify('{RunsChannel}', $1)", connection, transaction);
        command.Parameters.Add(new() { Value = $"{runId}:{lastSeq}" });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<long?> WriteAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        Guid runId,
        int attempt,
        bool fenced,
        IReadOnlyList<(DateTimeOffset At, RunEvent Event)> events,
        CancellationToken cancellationToken)
    {
        if (events.Count == 0)
        {
            throw new ArgumentException("At least one event is needed.", nameof(events));
        }

        if (await ReserveAsync(connection, transaction, runId, attempt, fenced, events, cancellationToken) is not { } lastSeq)
        {
            return null;
        }

        var details = await CopyAsync(connection, runId, attempt, lastSeq - events.Count + 1, events, cancellationToken);
        await CopyDetailsAsync(connection, runId, details, cancellationToken);
        await MetricLog.WriteAsync(connection, transaction, runId, events, cancellationToken);
        await AnnounceAsync(connection, transaction, runId, lastSeq, cancellationToken);
        return lastSeq;
    }

    // Takes seq numbers and moves the progress columns. Locks one row by primary key; everything after it waits for nobody.
    private static async Task<long?> ReserveAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        Guid runId,
        int attempt,
        bool fenced,
        IReadOnlyList<(DateTimeOffset At, RunEvent Event)> events,
        CancellationToken cancellationToken)
    {
        var progress = RunProgress.Of(events.Select(item => item.Event));
        await using var command = new NpgsqlCommand(
            $"""
            update runs set
                last_seq = last_seq + $2,
                updated_at = greatest(updated_at, $3),
                epoch = coalesce($4, epoch),
                step = coalesce($5, step),
                total_steps = coalesce($6, total_steps),
                images_per_second = coalesce($7, images_per_second),
                elapsed_seconds = coalesce($8, elapsed_seconds),
                remaining_seconds = case when $10 then $9 else remaining_seconds end
            where id = $1 {(fenced ? "and attempt = $11 and state in ('running', 'pausing')" : "")}
            returning last_seq
            """,
            connection,
            transaction);
        var parameters = command.Parameters;
        parameters.Add(new() { Value = runId });
        parameters.Add(new() { Value = (long)events.Count });
        parameters.Add(new() { Value = events.Max(item => item.At).ToUniversalTime() });
        parameters.Add(new() { Value = (object?)progress.Epoch ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer });
        parameters.Add(new() { Value = (object?)progress.Step ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint });
        parameters.Add(new() { Value = (object?)progress.TotalSteps ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint });
        parameters.Add(new() { Value = (object?)progress.ImagesPerSecond ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Double });
        parameters.Add(new() { Value = (object?)progress.ElapsedSeconds ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Double });
        parameters.Add(new() { Value = (object?)progress.RemainingSeconds ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Double });
        parameters.Add(new() { Value = progress.KnowsRemaining });
        if (fenced)
        {
            parameters.Add(new() { Value = attempt });
        }

        return (long?)await command.ExecuteScalarAsync(cancellationToken);
    }

    // Returns the large parts of the events, by seq: they are stored apart.
    private static async Task<List<(long Seq, string Json)>> CopyAsync(
        NpgsqlConnection connection,
        Guid runId,
        int attempt,
        long firstSeq,
        IReadOnlyList<(DateTimeOffset At, RunEvent Event)> events,
        CancellationToken cancellationToken)
    {
        await using var writer = await connection.BeginBinaryImportAsync(
            "copy run_events (run_id, seq, attempt, at, type, data) from stdin (format binary)", cancellationToken);
        List<(long Seq, string Json)> details = [];
        for (var i = 0; i < events.Count; i++)
        {
            var happened = events[i].Event;
            if (happened is IDetailedEvent detailed && detailed.DetailToJson() is { } detail)
            {
                details.Add((firstSeq + i, detail.GetRawText()));
                happened = detailed.WithoutDetail();
            }

            var data = JsonSerializer.SerializeToElement(happened, SpecJson.Options);
            await writer.StartRowAsync(cancellationToken);
            await writer.WriteAsync(runId, NpgsqlDbType.Uuid, cancellationToken);
            await writer.WriteAsync(firstSeq + i, NpgsqlDbType.Bigint, cancellationToken);
            await writer.WriteAsync(attempt, NpgsqlDbType.Integer, cancellationToken);
            await writer.WriteAsync(events[i].At.ToUniversalTime(), NpgsqlDbType.TimestampTz, cancellationToken);
            await writer.WriteAsync(data.GetProperty("type").GetString()!, NpgsqlDbType.Text, cancellationToken);
            await writer.WriteAsync(data.GetRawText(), NpgsqlDbType.Jsonb, cancellationToken);
        }

        await writer.CompleteAsync(cancellationToken);
        return details;
    }

    private static async Task CopyDetailsAsync(
        NpgsqlConnection connection, Guid runId, List<(long Seq, string Json)> details, CancellationToken cancellationToken)
    {
        if (details.Count == 0)
        {
            return;
        }

        await using var writer = await connection.BeginBinaryImportAsync("copy run_details (run_id, seq, data) from stdin (format binary)", cancellationToken);
        foreach (var (seq, json) in details)
        {
            await writer.StartRowAsync(cancellationToken);
            await writer.WriteAsync(runId, NpgsqlDbType.Uuid, cancellationToken);
            await writer.WriteAsync(seq, NpgsqlDbType.Bigint, cancellationToken);
            await writer.WriteAsync(json, NpgsqlDbType.Json, cancellationToken);
        }

        await writer.CompleteAsync(cancellationToken);
    }
}
