using System.Runtime.CompilerServices;
using Npgsql;
using Trainyard.Service.Runs;
using Trainyard.Service.Store;

namespace Trainyard.Service.Live;

// The events of a run as a stream behind a cursor. Each stream reads the store by seq, so it is ordered and free of gaps and duplicates; notifications only
// decide when it reads. Streams at the same cursor share a read (see WatchedRun), so a hundred watchers cost what one does.
internal sealed partial class RunEventFeed
{
    /// <summary>Events in one batch at most.</summary>
    public const int BatchSize = 100;

    // Length of the events in one batch, in characters of JSON; a batch has one event at least.
    private const int BatchLength = 256 * 1024;

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource dataSource;
    private readonly TimeProvider clock;
    private readonly ILogger<RunEventFeed> logger;
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, WatchedRun> watched = [];
    private long storeReads;

    public RunEventFeed(NpgsqlDataSource dataSource, NotificationListener notifications, TimeProvider clock, ILogger<RunEventFeed> logger)
    {
        (this.dataSource, this.clock, this.logger) = (dataSource, clock, logger);
        notifications.SubscribeToRuns(OnNotification);
    }

    public long StoreReads => Interlocked.Read(ref storeReads);

    /// <summary>The seq of a run's last event, and whether the run is in a final state; null for an unknown run.</summary>
    public async Task<(long LastSeq, bool IsFinal)?> FindAsync(Guid runId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("select last_seq, state from runs where id = $1");
        command.Parameters.Add(new() { Value = runId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetInt64(0), RunStates.Parse(reader.GetString(1)).IsTerminal()) : null;
    }

    // Batches of events after a cursor, up to BatchSize each, then live; ends when the run is in a final state and all its events were returned, or when it was
    // deleted. While the database is unreachable it waits.
    public async IAsyncEnumerable<RunEventEntry[]> StreamAsync(
        Guid runId, long afterSeq, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var run = Join(runId);
        try
        {
            var cursor = Math.Max(0, afterSeq);
            while (true)
            {
                var (batch, version, changed) = await ReadAsync(run, cursor, cancellationToken);
                if (batch.Entries.Length > 0)
                {
                    yield return batch.Entries;
                    cursor = batch.Entries[^1].Seq;
                }
                else if (batch.IsFinal)
                {
                    yield break;
                }

                // A final batch is followed by one more read: the run may have been retried since.
                if (!batch.IsFull && !batch.IsFinal)
                {
                    await changed.WaitAsync(Poll, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    cancellationToken.ThrowIfCancellationRequested();
                    run.Advance(version);
                }
            }
        }
        finally
        {
            Leave(run);
        }
    }

    private WatchedRun Join(Guid runId)
    {
        lock (gate)
        {
            if (!watched.TryGetValue(runId, out var run))
            {
                watched[runId] = run = new WatchedRun(runId);
            }

            run.Watchers++;
            return run;
        }
    }

    private void Leave(WatchedRun run)
    {
        lock (gate)
        {
            if (--run.Watchers == 0)
            {
                watched.Remove(run.Id);
            }
        }
    }

    private void OnNotification(Guid? runId)
    {
        lock (gate)
        {
            if (runId is null)
            {
                foreach (var run in watched.Values)
                {
                    run.Advance();
                }
            }
            else if (watched.TryGetValue(runId.Value, out var run))
            {
                run.Advance();
            }
        }
    }

    private async Task<(EventBatch Batch, long Version, Task Changed)> ReadAsync(WatchedRun run, long cursor, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var (reading, isShared, version, changed) = run.Read(cursor, () => ReadStoreAsync(run.Id, cursor));
                var batch = await reading.WaitAsync(cancellationToken);

                // The end of a stream is decided by a read of its own: a shared one may be older than a retry of the run.
                return (batch is { IsFinal: true, Entries: [] } && isShared ? await ReadStoreAsync(run.Id, cursor) : batch, version, changed);
            }
            catch (Exception exception) when (StoreFailure.IsUnavailable(exception))
            {
                LogAway(run.Id, exception.Message);
                await Task.Delay(RetryPause, clock, cancellationToken);
            }
        }
    }

    // One round trip, events first: a run that is in a final state in the second result, with a last seq in the first, has no more events.
    private async Task<EventBatch> ReadStoreAsync(Guid runId, long after)
    {
        Interlocked.Increment(ref storeReads);
        await using var batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(new($"select seq, attempt, at, data::text from run_events where run_id = $1 and seq > $2 order by seq limit {BatchSize}")
        {
            Parameters = { new() { Value = runId }, new() { Value = after } },
        });
        batch.BatchCommands.Add(new("select last_seq, state from runs where id = $1") { Parameters = { new() { Value = runId } } });

        await using var reader = await batch.ExecuteReaderAsync();
        var entries = new List<RunEventEntry>();
        var length = 0;
        while (length < BatchLength && await reader.ReadAsync())
        {
            var data = reader.GetString(3);
            length += data.Length;
            entries.Add(new()
            {
                Seq = reader.GetInt64(0),
                Attempt = reader.GetInt32(1),
                At = reader.GetFieldValue<DateTimeOffset>(2),
                Event = RunEventJson.Parse(data),
            });
        }

        await reader.NextResultAsync();

        // A run that was deleted has no more events either.
        var isFinal = !await reader.ReadAsync()
            || (RunStates.Parse(reader.GetString(1)).IsTerminal() && reader.GetInt64(0) <= (entries.Count > 0 ? entries[^1].Seq : after));
        return new([.. entries], isFinal, IsFull: entries.Count == BatchSize || length >= BatchLength);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The stream of run {RunId} waits for the database: {Reason}")]
    private partial void LogAway(Guid runId, string reason);

    private sealed record EventBatch(RunEventEntry[] Entries, bool IsFinal, bool IsFull);

    // A run with at least one stream. Its version counts notifications; a read that began at the current version is as good as a new one, so streams at the
    // same cursor share it.
    private sealed class WatchedRun(Guid id)
    {
        private readonly Lock gate = new();
        private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private (long Cursor, long Version, Task<EventBatch> Reading) latest = (-1, -1, null!);
        private long version;

        public Guid Id { get; } = id;

        /// <summary>Open streams; guarded by the feed.</summary>
        public int Watchers { get; set; }

        /// <summary>A read after a cursor, whether another stream began it, and what completes at the next change.</summary>
        public (Task<EventBatch> Reading, bool IsShared, long Version, Task Changed) Read(long cursor, Func<Task<EventBatch>> read)
        {
            lock (gate)
            {
                var isShared = latest.Cursor == cursor && latest.Version == version && !latest.Reading.IsFaulted;
                if (!isShared)
                {
                    latest = (cursor, version, read());
                }

                return (latest.Reading, isShared, version, changed.Task);
            }
        }

        /// <summary>Makes all streams read again, unless the version is not <paramref name="from"/> any more.</summary>
        public void Advance(long? from = null)
        {
            lock (gate)
            {
                if (from is null || from == version)
                {
                    version++;
                    changed.SetResult();
                    changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
                }
            }
        }
    }
}
