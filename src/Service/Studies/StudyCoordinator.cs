using Npgsql;
using Trainyard.Service.Hosting;
using Trainyard.Service.Live;
using Trainyard.Service.Runs;
using Trainyard.Service.Store;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Studies;

// Takes the steps of all studies, in every process that serves the API: the row of a study lets one work on it at a time. It wakes with the notification of a run or
// of a user's action; a lost one costs a poll. It holds no state of its own, so it goes on wherever another one was killed.
internal sealed partial class StudyCoordinator(
    IServiceScopeFactory scopes, NpgsqlDataSource dataSource, NotificationListener notifications, RunLifecycle lifecycle, TimeProvider clock, ILogger<StudyCoordinator> logger)
    : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private readonly AsyncAutoResetEvent wake = new();
    private readonly Lock gate = new();
    private HashSet<Guid> changedRuns = [];
    private HashSet<Guid> changedStudies = [];
    private bool missed = true;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var runs = notifications.SubscribeToRuns(run => Note(run, ref changedRuns));
        using var studies = notifications.SubscribeToStudies(study => Note(study, ref changedStudies));
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var study in await TakeChangedAsync(stoppingToken))
                {
                    await TryWorkAsync(study, stoppingToken);
                }

                if (!await wake.WaitAsync(Poll, stoppingToken))
                {
                    Note(null, ref changedStudies);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                LogFailed(StoreFailure.IsUnavailable(exception) ? LogLevel.Debug : LogLevel.Error, exception, exception.Message);
                Note(null, ref changedStudies);
                await Task.Delay(RetryPause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Note(Guid? id, ref HashSet<Guid> changed)
    {
        lock (gate)
        {
            missed |= id is null;
            if (id is { } known)
            {
                changed.Add(known);
            }
        }

        wake.Set();
    }

    private async Task<IReadOnlyCollection<Guid>> TakeChangedAsync(CancellationToken cancellationToken)
    {
        HashSet<Guid> runs, studies;
        bool all;
        lock (gate)
        {
            (runs, studies, all) = (changedRuns, changedStudies, missed);
            (changedRuns, changedStudies, missed) = ([], [], false);
        }

        return all ? await ReadAsync(StudySql.Unfinished, null, cancellationToken)
            : runs.Count == 0 ? studies
            : [.. studies.Union(await ReadAsync(StudySql.OfRuns, [.. runs], cancellationToken))];
    }

    private async Task<IReadOnlyCollection<Guid>> ReadAsync(string sql, Guid[]? ids, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(sql);
        if (ids is not null)
        {
            command.Parameters.Add(new() { Value = ids });
        }

        List<Guid> found = [];
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(reader.GetGuid(0));
        }

        return found;
    }

    // One study that fails holds up no other; it is tried again with the next poll.
    private async Task TryWorkAsync(Guid study, CancellationToken cancellationToken)
    {
        try
        {
            await WorkAsync(study, cancellationToken);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException and not OperationCanceledException && !StoreFailure.IsUnavailable(exception))
        {
            LogStudyFailed(exception, study, exception.Message);
        }
    }

    private async Task WorkAsync(Guid study, CancellationToken cancellationToken)
    {
        StepOutcome? outcome;
        do
        {
            await using var scope = scopes.CreateAsyncScope();
            outcome = await scope.ServiceProvider.GetRequiredService<StudyStep>().TakeAsync(study, cancellationToken);
            foreach (var order in outcome?.Orders ?? [])
            {
                // A limit of the owner, or a state that has changed since: the next step looks again.
                _ = await (order.Kind switch
                {
                    RunOrderKind.Pause => lifecycle.PauseAsync(order.Run, RunMessageCode.PausedByStudy, cancellationToken),
                    RunOrderKind.Hold => lifecycle.HoldAsync(order.Run, cancellationToken),
                    RunOrderKind.Resume => lifecycle.ResumeAsync(order.Run, RunMessageCode.ResumedByStudy, cancellationToken),
                    _ => lifecycle.CancelAsync(order.Run, RunMessageCode.CancelledByStudy, cancellationToken),
                });
            }
        }
        while (outcome is { HasMore: true });
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Study {Study} could not go on: {Reason}")]
    private partial void LogStudyFailed(Exception exception, Guid study, string reason);

    [LoggerMessage(Message = "Studies could not go on: {Reason}")]
    private partial void LogFailed(LogLevel level, Exception exception, string reason);
}
