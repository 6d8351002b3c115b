using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Npgsql;
using Trainyard.Service.Hosting;
using Trainyard.Service.Runs;
using Trainyard.Service.Store;

namespace Trainyard.Service.Live;

// Summaries of changed runs, and ids of deleted ones and of changed studies, for lists that update by themselves. One read serves all subscribers, at most four a second; a slow
// subscriber gets the newest summary of each run, not every one.
internal sealed partial class RunChangeFeed(
    NotificationListener notifications, IServiceScopeFactory scopes, NpgsqlDataSource dataSource, TimeProvider clock, ILogger<RunChangeFeed> logger) : BackgroundService
{
    private const int PageSize = 200;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<RunChangeSubscription, byte> subscriptions = new();
    private readonly Lock gate = new();
    private readonly AsyncAutoResetEvent wake = new();
    private HashSet<Guid> changed = [];
    private HashSet<Guid> changedStudies = [];
    private bool missed;
    private Dictionary<Guid, long> lastSeqs = [];

    /// <summary>Changes from now on; the first batch is empty.</summary>
    public async IAsyncEnumerable<RunChanges> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var subscription = new RunChangeSubscription();
        subscriptions[subscription] = 0;
        wake.Set(); // It polls from now on.
        try
        {
            yield return RunChanges.None;
            while (true)
            {
                yield return await subscription.TakeAsync(cancellationToken);
            }
        }
        finally
        {
            subscriptions.TryRemove(subscription, out _);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var runs = notifications.SubscribeToRuns(run => Note(run, ref changed));
        using var studies = notifications.SubscribeToStudies(study => Note(study, ref changedStudies));
        using var steps = notifications.SubscribeToStudySteps(study => Note(study, ref changedStudies));

        // Notifications from before the subscriptions were missed.
        Note(null, ref changed);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var notified = await wake.WaitAsync(subscriptions.IsEmpty ? Timeout.InfiniteTimeSpan : Poll, stoppingToken);
                var (ids, studyIds, all) = TakeNotifications();
                if (!subscriptions.IsEmpty)
                {
                    ids.UnionWith(notified ? [] : await ReadUnannouncedAsync(stoppingToken));
                    await PublishAsync(ids, studyIds, all, stoppingToken);
                }

                await Task.Delay(Interval, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // The notifications that were taken are lost: read the whole page next time.
                Note(null, ref changed);
                LogFailed(StoreFailure.IsUnavailable(exception) ? LogLevel.Debug : LogLevel.Error, exception, exception.Message);
                await Task.Delay(RetryPause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Note(Guid? id, ref HashSet<Guid> ids)
    {
        lock (gate)
        {
            missed |= id is null;
            if (id is { } known)
            {
                ids.Add(known);
            }
        }

        wake.Set();
    }

    private (HashSet<Guid> Runs, HashSet<Guid> Studies, bool All) TakeNotifications()
    {
        lock (gate)
        {
            var taken = (changed, changedStudies, missed);
            (changed, changedStudies, missed) = ([], [], false);
            return taken;
        }
    }

    private async Task PublishAsync(HashSet<Guid> ids, HashSet<Guid> studies, bool all, CancellationToken cancellationToken)
    {
        if (ids.Count == 0 && studies.Count == 0 && !all)
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        var summaries = new List<RunSummary>();
        if (all)
        {
            var list = scope.ServiceProvider.GetRequiredService<RunList>();
            summaries.AddRange((await list.ReadAsync(new RunFilter { Limit = PageSize }, cancellationToken)).Items);
            ids.ExceptWith(summaries.Select(summary => summary.Id));
        }

        var reader = scope.ServiceProvider.GetRequiredService<RunReader>();
        foreach (var some in ids.Chunk(PageSize))
        {
            summaries.AddRange(await reader.SummariesAsync(some, cancellationToken));
        }

        // A notification follows the commit, so a run that is not found was deleted.
        var deleted = ids.Except(summaries.Select(summary => summary.Id)).ToList();
        var changes = new RunChanges { Changed = summaries, Deleted = deleted, Studies = [.. studies], Missed = all };
        foreach (var (subscription, _) in subscriptions)
        {
            subscription.Add(changes);
        }
    }

    // Without notifications for a while, they may be lost: compare the runs that workers hold, which change all the time. Index: runs_leased.
    private async Task<List<Guid>> ReadUnannouncedAsync(CancellationToken cancellationToken)
    {
        var current = new Dictionary<Guid, long>();
        await using var command = dataSource.CreateCommand("select id, last_seq from runs where state in ('running', 'pausing')");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            current[reader.GetGuid(0)] = reader.GetInt64(1);
        }

        List<Guid> ids = [.. current.Except(lastSeqs).Select(run => run.Key), .. lastSeqs.Keys.Except(current.Keys)];
        lastSeqs = current;
        return ids;
    }

    [LoggerMessage(Message = "Changes of runs were not published: {Reason}")]
    private partial void LogFailed(LogLevel level, Exception exception, string reason);
}

/// <summary>Changes of runs and studies since the previous batch.</summary>
internal sealed record RunChanges
{
    /// <summary>No change: marks the start of a subscription.</summary>
    public static RunChanges None { get; } = new() { Changed = [], Deleted = [], Studies = [], Missed = false };

    /// <summary>The newest summary of each run that changed or is new.</summary>
    public required IReadOnlyList<RunSummary> Changed { get; init; }

    public required IReadOnlyList<Guid> Deleted { get; init; }

    /// <summary>Ids of studies that are new, have other settings, trials or results, or were deleted.</summary>
    public required IReadOnlyList<Guid> Studies { get; init; }

    /// <summary>Whether notifications may have been missed: more may have changed or been deleted, so that lists must be read again.</summary>
    public required bool Missed { get; init; }
}

/// <summary>Changes that one subscriber has not received yet: the newest summary of each run that changed, the runs that were deleted, and the studies that changed.</summary>
internal sealed class RunChangeSubscription
{
    private readonly Lock gate = new();
    private readonly AsyncAutoResetEvent added = new();
    private Dictionary<Guid, RunSummary> changed = [];
    private HashSet<Guid> deleted = [];
    private HashSet<Guid> studies = [];
    private bool missed;

    /// <summary>Adds changes; they replace an older summary of the same run.</summary>
    public void Add(RunChanges changes)
    {
        lock (gate)
        {
            foreach (var summary in changes.Changed)
            {
                changed[summary.Id] = summary;
            }

            foreach (var id in changes.Deleted)
            {
                changed.Remove(id);
                deleted.Add(id);
            }

            studies.UnionWith(changes.Studies);
            missed |= changes.Missed;
        }

        added.Set();
    }

    /// <summary>Waits for changes and removes them all.</summary>
    public async Task<RunChanges> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await added.WaitAsync(Timeout.InfiniteTimeSpan, cancellationToken);
            lock (gate)
            {
                // It may have been taken by the previous call, after the event was set again.
                if (changed.Count > 0 || deleted.Count > 0 || studies.Count > 0 || missed)
                {
                    var taken = new RunChanges { Changed = [.. changed.Values], Deleted = [.. deleted], Studies = [.. studies], Missed = missed };
                    (changed, deleted, studies, missed) = ([], [], [], false);
                    return taken;
                }
            }
        }
    }
}
