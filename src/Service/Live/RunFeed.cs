using System.Runtime.CompilerServices;
using System.Text.Json;
using Npgsql;
using Trainyard.Service.Runs;
using Trainyard.Service.Store;
using Trainyard.Specs.Events;
using Trainyard.Specs.Json;

namespace Trainyard.Service.Live;

/// <summary>
/// The events of a run as a stream behind a cursor. Each stream reads by seq, from the store or from the tail that all watchers of the run
/// share, so it is ordered and free of gaps and repeats by construction; announcements only say when to look.
/// </summary>
internal sealed partial class RunFeed(
    NpgsqlDataSource dataSource, Announcements announcements, TimeProvider clock, ILogger<RunFeed> logger)
{
    /// <summary>Events in one batch at most.</summary>
    public const int BatchSize = 500;

    /// <summary>A stream never stalls longer than this when announcements are not heard.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly Dictionary<Guid, RunTail> tails = [];
    private long storeReads;

    /// <summary>Reads of the event table so far; what a test counts to see that watchers share them.</summary>
    public long StoreReads => Interlocked.Read(ref storeReads);

    /// <summary>The seq of a run's newest event and whether nothing can follow it; null when there is no such run.</summary>
    public async Task<(long LastSeq, bool Terminal)?> FindAsync(Guid runId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("select last_seq, state from runs where id = $1");
        command.Parameters.Add(new() { Value = runId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? (reader.GetInt64(0), RunStates.Parse(reader.GetString(1)).IsTerminal())
            : null;
    }

    /// <summary>
    /// Batches of events after a cursor, up to <see cref="BatchSize"/> each, then live; ends when the run is terminal and drained. While the
    /// database is away it waits. The run must exist.
    /// </summary>
    public async IAsyncEnumerable<RunEventEntry[]> StreamAsync(
        Guid runId, long afterSeq, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var tail = await JoinAsync(runId, cancellationToken);
        try
        {
            var cursor = Math.Max(0, afterSeq);
            while (true)
            {
                var (covers, entries, ended, changed) = tail.After(cursor);
                if (!covers)
                {
                    (entries, ended) = await ReadPatientlyAsync(runId, cursor, cancellationToken);
                }

                foreach (var batch in entries.Chunk(BatchSize))
                {
                    yield return batch;
                    cursor = batch[^1].Seq;
                }

                // Whoever said so, the tail or the store, gave every event with it. But since the tail ended, the run may have gone on.
                if (ended)
                {
                    var now = await PatientlyAsync(runId, () => FindAsync(runId, cancellationToken), cancellationToken);
                    if (now is not { } run || (run.Terminal && run.LastSeq <= cursor))
                    {
                        yield break;
                    }

                    var next = await JoinAsync(runId, cancellationToken);
                    Leave(runId, tail);
                    tail = next;
                }
                else if (entries.Length == 0)
                {
                    await changed.WaitAsync(cancellationToken);
                }
            }
        }
        finally
        {
            Leave(runId, tail);
        }
    }

    private async Task<RunTail> JoinAsync(Guid runId, CancellationToken cancellationToken)
    {
        // The tail begins at the newest event known now; what came before is read from the store by whoever needs it.
        var startSeq = 0L;
        lock (gate)
        {
            if (tails.TryGetValue(runId, out var known) && !known.Ended)
            {
                known.Watchers++;
                return known;
            }
        }

        startSeq = (await PatientlyAsync(runId, () => FindAsync(runId, cancellationToken), cancellationToken))?.LastSeq ?? 0;
        lock (gate)
        {
            // A tail that ended is left to those who still read it: the run may have been retried since.
            if (!tails.TryGetValue(runId, out var tail) || tail.Ended)
            {
                tails[runId] = tail = new RunTail(startSeq);
                _ = PumpAsync(runId, tail, tail.Stop.Token);
            }

            tail.Watchers++;
            return tail;
        }
    }

    private void Leave(Guid runId, RunTail tail)
    {
        lock (gate)
        {
            if (--tail.Watchers == 0)
            {
                if (tails.TryGetValue(runId, out var current) && current == tail)
                {
                    tails.Remove(runId);
                }

                tail.Stop.Cancel();
            }
        }
    }

    private async Task PumpAsync(Guid runId, RunTail tail, CancellationToken stop)
    {
        using var signal = announcements.WatchRun(runId);
        try
        {
            while (true)
            {
                var (entries, terminal) = await ReadPatientlyAsync(runId, tail.LastSeq, stop);
                tail.Append(entries, terminal);
                if (terminal)
                {
                    return;
                }

                if (entries.Length < BatchSize)
                {
                    await signal.WaitAsync(Poll, stop);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The last watcher left.
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            LogBroken(problem, runId);
            tail.Fail(problem);
        }
    }

    private Task<(RunEventEntry[] Entries, bool Terminal)> ReadPatientlyAsync(Guid runId, long after, CancellationToken cancellationToken) =>
        PatientlyAsync(runId, () => ReadAsync(runId, after, cancellationToken), cancellationToken);

    private async Task<T> PatientlyAsync<T>(Guid runId, Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (Exception problem) when (StoreFailure.IsAway(problem))
            {
                LogAway(runId, problem.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), clock, cancellationToken);
            }
        }
    }

    // One round trip. Events come first: a run that is terminal in the second answer with a last seq in the first has nothing more to come.
    private async Task<(RunEventEntry[] Entries, bool Terminal)> ReadAsync(Guid runId, long after, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref storeReads);
        await using var batch = dataSource.CreateBatch();
        batch.BatchCommands.Add(new($"select seq, attempt, at, data::text from run_events where run_id = $1 and seq > $2 order by seq limit {BatchSize}")
        {
            Parameters = { new() { Value = runId }, new() { Value = after } },
        });
        batch.BatchCommands.Add(new("select last_seq, state from runs where id = $1") { Parameters = { new() { Value = runId } } });

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var entries = new List<RunEventEntry>();
        while (await reader.ReadAsync(cancellationToken))
        {
            entries.Add(new()
            {
                Seq = reader.GetInt64(0),
                Attempt = reader.GetInt32(1),
                At = reader.GetFieldValue<DateTimeOffset>(2),
                Event = JsonSerializer.Deserialize<RunEvent>(reader.GetString(3), SpecJson.Options)!,
            });
        }

        await reader.NextResultAsync(cancellationToken);

        // A run that was deleted meanwhile has nothing more to come either.
        var terminal = !await reader.ReadAsync(cancellationToken)
            || (RunStates.Parse(reader.GetString(1)).IsTerminal() && reader.GetInt64(0) <= (entries.Count > 0 ? entries[^1].Seq : after));
        return ([.. entries], terminal);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The events of run {RunId} cannot be read")]
    private partial void LogBroken(Exception exception, Guid runId);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The stream of run {RunId} waits for the database: {Problem}")]
    private partial void LogAway(Guid runId, string problem);
}
