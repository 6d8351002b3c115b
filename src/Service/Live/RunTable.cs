using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Npgsql;
using Trainyard.Service.Runs;
using Trainyard.Service.Store;

namespace Trainyard.Service.Live;

/// <summary>
/// Summaries of runs that changed and ids of those that are gone, for tables that update by themselves. One read serves all watchers, at most four a second; a watcher
/// that is slow gets the newest summary of each run, not every one.
/// </summary>
internal sealed partial class RunTable(
    Announcements announcements, IServiceScopeFactory scopes, NpgsqlDataSource dataSource, TimeProvider clock, ILogger<RunTable> logger) : BackgroundService
{
    private const int PageSize = 200;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<RunTableWatcher, byte> watchers = new();
    private readonly Lock gate = new();
    private readonly Signal wake = new();
    private HashSet<Guid> changed = [];
    private bool missed;
    private Dictionary<Guid, long> held = [];

    /// <summary>What becomes of runs from now on. The first batch says that watching began, and is empty.</summary>
    public async IAsyncEnumerable<RunChanges> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var watcher = new RunTableWatcher();
        watchers[watcher] = 0;
        try
        {
            yield return RunChanges.None;
            while (true)
            {
                yield return await watcher.TakeAsync(cancellationToken);
            }
        }
        finally
        {
            watchers.TryRemove(watcher, out _);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ear = announcements.Observe(Hear);

        // What was told before was told to nobody.
        Hear(null);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var heard = await wake.WaitAsync(Poll, stoppingToken);
                var (ids, all) = Take();
                if (!watchers.IsEmpty)
                {
                    ids.UnionWith(heard ? [] : await ChangedUnheardAsync(stoppingToken));
                    await TellAsync(ids, all, stoppingToken);
                }

                await Task.Delay(Interval, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem) when (problem is not OutOfMemoryException)
            {
                // What was taken is lost: read the whole page next time.
                Hear(null);
                LogFailed(StoreFailure.IsAway(problem) ? LogLevel.Debug : LogLevel.Error, problem, problem.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Hear(Guid? runId)
    {
        lock (gate)
        {
            missed |= runId is null;
            if (runId is { } id)
            {
                changed.Add(id);
            }
        }

        wake.Set();
    }

    private (HashSet<Guid> Ids, bool All) Take()
    {
        lock (gate)
        {
            var taken = (changed, missed);
            (changed, missed) = ([], false);
            return taken;
        }
    }

    private async Task TellAsync(HashSet<Guid> ids, bool all, CancellationToken cancellationToken)
    {
        if (ids.Count == 0 && !all)
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var reader = scope.ServiceProvider.GetRequiredService<RunReader>();
        var list = scope.ServiceProvider.GetRequiredService<RunList>();
        var summaries = new List<RunSummary>();
        if (all)
        {
            summaries.AddRange((await list.ReadAsync(new RunFilter { Limit = PageSize }, cancellationToken)).Items);
            ids.ExceptWith(summaries.Select(summary => summary.Id));
        }

        foreach (var some in ids.Chunk(PageSize))
        {
            summaries.AddRange(await reader.SummariesAsync(some, cancellationToken));
        }

        // A run is told of after it was committed: what is not there any more was deleted.
        var changes = new RunChanges { Changed = summaries, Deleted = [.. ids.Except(summaries.Select(summary => summary.Id))], Missed = all };
        foreach (var (watcher, _) in watchers)
        {
            watcher.Offer(changes);
        }
    }

    // When nothing was heard for a while, announcements may not arrive. Runs that are held change all the time: by index runs_leased.
    private async Task<List<Guid>> ChangedUnheardAsync(CancellationToken cancellationToken)
    {
        var now = new Dictionary<Guid, long>();
        await using var command = dataSource.CreateCommand("select id, last_seq from runs where state in ('running', 'pausing')");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            now[reader.GetGuid(0)] = reader.GetInt64(1);
        }

        List<Guid> ids = [.. now.Except(held).Select(run => run.Key), .. held.Keys.Except(now.Keys)];
        held = now;
        return ids;
    }

    [LoggerMessage(Message = "The table of runs was not updated: {Problem}")]
    private partial void LogFailed(LogLevel level, Exception exception, string problem);
}
