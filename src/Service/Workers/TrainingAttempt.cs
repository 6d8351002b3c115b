using System.ComponentModel;
using System.Threading.Channels;
using Trainyard.Service.Queue;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Workers;

// One attempt, from the claim to its end. Three things happen at once: events are read from the trainer, they are stored, and the lease is kept. Whatever ends
// the attempt early goes through RequestStop (the trainer writes a checkpoint) or Kill (its process ends): both end what the trainer writes of the run, and with it the
// reading, the storing and the attempt.
internal sealed class TrainingAttempt : IDisposable
{
    private readonly RunClaim claim;
    private readonly TrainerProcess process;
    private readonly LeaseKeeper lease;
    private readonly RunEventWriter events;
    private readonly AttemptSettings settings;
    private readonly WarmTrainers warm;
    private readonly TimeProvider clock;
    private readonly CancellationTokenSource leaseLost = new();
    private readonly Lock gate = new();

    // Guarded by `gate`.
    private (StopReason? Reason, RunReason? Detail) stop;
    private Task<bool> stopping = Task.FromResult(false);

    // From then on the process may have another run.
    private bool hasEnded;

    private TrainingAttempt(
        RunClaim claim, TrainerProcess process, LeaseKeeper lease, RunEventWriter events, AttemptSettings settings, WarmTrainers warm, TimeProvider clock)
    {
        (this.claim, this.process, this.lease, this.events) = (claim, process, lease, events);
        (this.settings, this.warm, this.clock) = (settings, warm, clock);
        lease.OnRenewed = OnRenewed;
    }

    // Trains until the end, or until shutdown: then the trainer writes a checkpoint and the run is requeued.
    // Returns the end; null when the lease was lost, so that this attempt may write nothing more.
    public static async Task<RunEnding?> RunAsync(
        RunClaim claim, LeaseKeeper lease, RunEventWriter events, AttemptSettings settings, WarmTrainers warm, TimeProvider clock, CancellationToken shutdown)
    {
        TrainerProcess trainer;
        try
        {
            CreateFolder(settings.Folder);
            await File.WriteAllTextAsync(Path.Combine(settings.Folder, "spec.json"), claim.Spec, shutdown);
            trainer = await TrainerProcess.StartAsync(settings, claim, warm);
        }
        catch (OperationCanceledException) when (shutdown.IsCancellationRequested)
        {
            return RunEnding.Requeued("shutdown", AttemptOutcome.ShutDown("none"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return RunEnding.Failed(
                FailureClass.Storage, RunReason.From(StorageFailure.CodeOf(exception), ("path", settings.Folder), ("detail", exception.Message)));
        }
        catch (Win32Exception exception)
        {
            return RunEnding.Transient(
                FailureClass.Crashed, RunReason.From(RunMessageCode.TrainerNotStarted, ("path", settings.Executable), ("detail", exception.Message)),
                "not started");
        }

        try
        {
            using var attempt = new TrainingAttempt(claim, trainer, lease, events, settings, warm, clock);
            return await attempt.TrainAsync(shutdown);
        }
        finally
        {
            await warm.ReturnAsync(trainer);
        }
    }

    // In the folder of the runs, which is not created again where its disk was unmounted.
    private static void CreateFolder(string folder)
    {
        if (!Directory.Exists(Path.GetDirectoryName(folder)))
        {
            throw new DirectoryNotFoundException($"The folder {Path.GetDirectoryName(folder)} does not exist.");
        }

        Directory.CreateDirectory(folder);
    }

    public void Dispose()
    {
        lease.OnRenewed = _ => { };
        leaseLost.Dispose();
    }

    private async Task<RunEnding?> TrainAsync(CancellationToken shutdown)
    {
        process.RenewLease(lease.End);
        var oomKills = OomKills.Count();
        using var done = new CancellationTokenSource();
        using var read = new CancellationTokenSource();
        var keeping = lease.KeepAsync(done.Token);
        var watching = WatchMemoryAsync(read.Token);
        try
        {
            await using var registration = shutdown.Register(() => RequestStop(StopReason.Shutdown, "stop"));
            var storing = StoreAsync();
            var (hasBegun, finished, failed) = await ReadAsync();
            await read.CancelAsync();
            events.Complete();
            var (exitCode, errors) = await process.WaitAsync();
            if (!await storing)
            {
                return null;
            }

            lock (gate)
            {
                hasEnded = true;
            }

            var killed = await stopping;
            if (!claim.UsesGpu && (exitCode is TrainerExitCode.Finished or TrainerExitCode.Stopped || failed is { Class: FailureClass.Diverged or FailureClass.Timeout }))
            {
                process.AllowReuse();
            }

            lock (gate)
            {
                return new AttemptOutcome
                {
                    ExitCode = exitCode,
                    Errors = errors,
                    Finished = finished,
                    Failed = failed,
                    Stop = stop.Reason,
                    StopDetail = stop.Detail,
                    Killed = killed,
                    IsReused = process.IsReused,
                    HasBegun = hasBegun,
                    OomKillerSeen = oomKills is { } before && OomKills.Count() > before,
                }.ToEnding(claim, settings);
            }
        }
        finally
        {
            await read.CancelAsync();
            await done.CancelAsync();
            await keeping;
            await watching;
        }
    }

    private async Task WatchMemoryAsync(CancellationToken done)
    {
        var limit = settings.MemoryBytes;
        while (!done.IsCancellationRequested)
        {
            if (process.ResidentBytes is var used && used > limit)
            {
                Kill(StopReason.Memory, RunReason.From(RunMessageCode.MemoryLimitExceeded, ("usedBytes", used), ("limitBytes", limit)));
                return;
            }

            await warm.ReleaseMemoryAsync();
            await Task.Delay(TrainerMemory.Interval, clock, done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Hands the trainer's events to the writer, up to the end of its output.
    private async Task<(bool HasBegun, bool Finished, FailedEvent? Failed)> ReadAsync()
    {
        var (hasBegun, finished, failed) = (false, false, (FailedEvent?)null);
        try
        {
            await using var lines = process.ReadAsync(leaseLost.Token).GetAsyncEnumerator();
            while (await NextAsync(lines))
            {
                var line = lines.Current;
                hasBegun = true;
                await events.AddAsync(line.At, line.Event, leaseLost.Token);
                finished |= line.Event is FinishedEvent;
                failed = line.Event as FailedEvent ?? failed;
                if (line.Event is StartedEvent started)
                {
                    if (claim.Attempt > 1)
                    {
                        await events.AddAsync(line.At, Resumed(started.ResumedFromStep), leaseLost.Token);
                    }
                }
            }
        }
        catch (TrainerProtocolException exception)
        {
            Kill(StopReason.Protocol, RunReason.From(RunMessageCode.TrainerProtocolError, ("detail", exception.Message)));
        }
        catch (Exception exception) when (exception is ChannelClosedException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Storing ended: the lease is lost or the store rejects the events, and the trainer was killed.
        }

        return (hasBegun, finished, failed);
    }

    // Waits for a line. Only this wait counts as silence of the trainer: while its events cannot be stored, nothing is read.
    private async Task<bool> NextAsync(IAsyncEnumerator<TrainerLine> lines)
    {
        var next = lines.MoveNextAsync().AsTask();
        await ((Task)next).WaitAsync(settings.Worker.Silence, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!next.IsCompleted)
        {
            Kill(StopReason.Silence, RunReason.From(RunMessageCode.TrainerUnresponsive, ("seconds", settings.Worker.SilenceSeconds)));
        }

        return await next;
    }

    // A notice, not a state: the run may be pausing by now.
    private NoticeEvent Resumed(long step) => step > 0
        ? NoticeEvent.From(RunMessageCode.AttemptResumed, ("attempt", claim.Attempt), ("step", step))
        : NoticeEvent.From(RunMessageCode.AttemptRestarted, ("attempt", claim.Attempt));

    // Returns whether the attempt still holds the run.
    private async Task<bool> StoreAsync()
    {
        try
        {
            if (!await events.RunAsync(leaseLost.Token))
            {
                OnRenewed(new(Held: false));
            }
        }
        catch (OperationCanceledException) when (leaseLost.IsCancellationRequested)
        {
            // Another attempt may hold the run: the rest must not be stored.
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Kill(StopReason.Store, RunReason.From(RunMessageCode.EventsNotStored, ("detail", exception.Message)));
        }

        return !leaseLost.IsCancellationRequested;
    }

    private void OnRenewed(LeaseRenewal renewal)
    {
        if (!renewal.Held)
        {
            Kill(StopReason.LeaseLost, null);
            leaseLost.Cancel();
            return;
        }

        process.RenewLease(lease.End);
        if (renewal.Request is { } request)
        {
            RequestStop(request == StopRequest.Cancel ? StopReason.Cancel : StopReason.Pause, request == StopRequest.Cancel ? "stop" : "pause");
        }
    }

    // Requests a checkpoint and the end of the trainer, and kills it when it does not stop in time. The first request counts.
    private void RequestStop(StopReason reason, string request)
    {
        lock (gate)
        {
            if (stop.Reason is null && !hasEnded)
            {
                stop = (reason, null);
                stopping = Task.Run(() => process.StopAsync(request, settings.Worker.StopGrace, clock));
            }
        }
    }

    private void Kill(StopReason reason, RunReason? detail)
    {
        lock (gate)
        {
            if (hasEnded)
            {
                return;
            }

            stop = (reason, detail);
            process.Kill();
        }
    }
}
