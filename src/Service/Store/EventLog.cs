using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Store;

// The only writer of run events and of what follows from them: seq numbers, progress columns, metric points and summaries, and the notification. All in the
// caller's transaction. The row lock that the first statement takes on the run orders writers of one run, so that seq has no gaps and readers that see seq n
// see all before it.
internal static class EventLog
{
    /// <summary>Notification channel for changes of runs: <c>{run id}:{last seq}</c>.</summary>
    public const string RunsChannel = "trainyard_runs";

    /// <summary>Notification channel for queues: the name of a queue in which a run became claimable.</summary>
    public const string QueueChannel = "trainyard_queue";

    /// <summary>Notification channel for studies: the id of a study that was submitted, changed or deleted by a user, or <c>{id}:step</c> where a step of its own changed it.</summary>
    public const string StudiesChannel = "trainyard_studies";

    /// <summary>Notification channel for labs: the id of an answer that is queued or has ended.</summary>
    public const string LabsChannel = "trainyard_labs";

    /// <summary>Notification channel for running attempts: <c>{run id}:{attempt}:{cancel or pause}</c>.</summary>
    public const string ControlChannel = "trainyard_control";

    // Appends events of the service itself, such as a change of state. clock: the one that the times of the events are from.
    // Returns the seq of the last event. Throws InvalidOperationException: there is no such run.
    public static async Task<long> AppendAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        Guid runId,
        int attempt,
        IReadOnlyList<(DateTimeOffset At, RunEvent Event)> events,
        TimeProvider clock,
        CancellationToken cancellationToken) =>
        (await WriteAsync(connection, transaction, runId, attempt, lease: null, events, clock, cancellationToken)
            ?? throw new InvalidOperationException($"Run {runId} does not exist.")).LastSeq;

    // Appends events of an attempt and renews its lease, if that attempt still holds the run.
    // Returns what was appended; null when the attempt no longer holds the run: nothing was written.
    public static Task<AppendedEvents?> TryAppendAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        Guid runId,
        int attempt,
        TimeSpan lease,
        IReadOnlyList<(DateTimeOffset At, RunEvent Event)> events,
        TimeProvider clock,
        CancellationToken cancellationToken) =>
        WriteAsync(connection, transaction, runId, attempt, lease, events, clock, cancellationToken);

    /// <summary>Notifies workers, when the transaction commits, that a run of a queue became claimable.</summary>
    public static async Task NotifyQueueAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string queue, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"select pg_notify('{QueueChannel}', $1)", connection, transaction);
        command.Parameters.Add(new() { Value = queue });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<AppendedEvents?> WriteAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        Guid runId,
        int attempt,
        TimeSpan? lease,
        IReadOnlyList<(DateTimeOffset At, RunEvent Event)> events,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (events.Count == 0)
        {
            throw new ArgumentException("At least one event is needed.", nameof(events));
        }

        if (await ReserveAsync(connection, transaction, runId, attempt, lease, events, clock, cancellationToken) is not { } appended)
        {
            return null;
        }

        var ordered = InOrder(events, appended.Shift, appended.NotBefore);
        var details = await CopyAsync(connection, runId, attempt, appended.LastSeq - events.Count + 1, ordered, cancellationToken);
        await CopyDetailsAsync(connection, runId, details, cancellationToken);
        await MetricLog.WriteAsync(connection, transaction, runId, ordered, cancellationToken);
        await DiagnosisLog.WriteAsync(connection, transaction, runId, ordered, cancellationToken);
        await HandInLog.WriteAsync(connection, transaction, runId, ordered, cancellationToken);
        return appended;
    }

    // Times never decrease: an event that is stored after a change of state has its time at least, though it may have happened before.
    private static List<(DateTimeOffset At, RunEvent Event)> InOrder(
        IReadOnlyList<(DateTimeOffset At, RunEvent Event)> events, TimeSpan shift, DateTimeOffset notBefore)
    {
        var ordered = new List<(DateTimeOffset At, RunEvent Event)>(events.Count);
        foreach (var (at, happened) in events)
        {
            notBefore = at + shift > notBefore ? at + shift : notBefore;
            ordered.Add((notBefore, happened));
        }

        return ordered;
    }

    // Takes seq numbers, moves the progress columns, renews the lease of an attempt, and notifies (which PostgreSQL does at the commit). Locks one row by
    // primary key; the statements after it wait for no other writer. A checkpoint beyond all earlier ones is progress: earlier failures no longer count.
    // Times are the database's: where this machine's clock is off by more than a second, they are shifted.
    private static async Task<AppendedEvents?> ReserveAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        Guid runId,
        int attempt,
        TimeSpan? lease,
        IReadOnlyList<(DateTimeOffset At, RunEvent Event)> events,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var progress = RunProgress.Of(events.Select(item => item.Event));
        await using var command = new NpgsqlCommand(
            $"""
            with found as (
                select id, updated_at, case when abs(extract(epoch from now() - $11)) > 1 then now() - $11 else interval '0' end as shift
                from runs where id = $1 {(lease is null ? "" : "and attempt = $13 and state in ('running', 'pausing')")}
                for no key update
            )
            update runs r set
                {(lease is null ? "" : "lease_expires_at = now() + $14,")}
                last_seq = r.last_seq + $2,
                updated_at = greatest(r.updated_at, $3 + found.shift),
                epoch = coalesce($4, r.epoch),
                step = coalesce($5, r.step),
                total_steps = coalesce($6, r.total_steps),
                images_per_second = coalesce($7, r.images_per_second),
                elapsed_seconds = coalesce($8, r.elapsed_seconds),
                remaining_seconds = case when $10 then $9 else r.remaining_seconds end,
                checkpoint_step = greatest(r.checkpoint_step, $12),
                failed_attempts = case when $12 > r.checkpoint_step then 0 else r.failed_attempts end
            from found where r.id = found.id
            returning r.last_seq, r.state, r.cancel_requested, pg_current_xact_id()::text, found.updated_at, found.shift,
                pg_notify('{RunsChannel}', r.id || ':' || r.last_seq)
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
        parameters.Add(new() { Value = clock.GetUtcNow() });
        parameters.Add(new() { Value = (object?)progress.CheckpointStep ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint });
        if (lease is { } length)
        {
            parameters.Add(new() { Value = attempt });
            parameters.Add(new() { Value = length });
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new AppendedEvents(
                reader.GetInt64(0), RunStates.Parse(reader.GetString(1)), reader.GetBoolean(2), reader.GetString(3),
                reader.GetFieldValue<DateTimeOffset>(4), reader.GetTimeSpan(5))
            : null;
    }

    // Returns the large parts of the events, by seq: they are stored apart.
    private static async Task<List<(long Seq, string Json)>> CopyAsync(
        NpgsqlConnection connection,
        Guid runId,
        int attempt,
        long firstSeq,
        List<(DateTimeOffset At, RunEvent Event)> events,
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

// TransactionId: The transaction, for pg_xact_status when the outcome of its commit is unknown. NotBefore: time of the last change before. Shift: how far the
// database's clock is ahead of this machine's.
internal sealed record AppendedEvents(long LastSeq, RunState State, bool CancelRequested, string TransactionId, DateTimeOffset NotBefore, TimeSpan Shift);
