using System.ComponentModel;
using System.Threading.Channels;
using Trainyard.Service.Queue;
using Trainyard.Service.Store;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Workers;

/// <summary>One attempt, from the claim to its ending: a trainer process, its events, its lease, and the wishes of people.</summary>
internal sealed class TrainingAttempt(RunClaim claim, LeaseKeeper lease, RunEventWriter events, AttemptSettings settings, TimeProvider clock) : IDisposable
{
    private readonly Lock gate = new();
    private readonly CancellationTokenSource lost = new();
    private readonly CancellationTokenSource done = new();
    private TrainerProcess? process;
    private Task stopped = Task.CompletedTask;
    private StopReason? stop;
    private RunReason? killing;
    private bool killed;
    private bool finished;
    private FailedEvent? failed;
    private long heardAt;
    private bool takesLines = true;

    /// <summary>Trains until the end.</summary>
    /// <returns>The ending; null when the lease was lost, so that this attempt has nothing more to say.</returns>
    public async Task<RunEnding?> RunAsync(CancellationToken stopping)
    {
        var oomKills = OomKills.Count();
        try
        {
            Directory.CreateDirectory(settings.Folder);
            await File.WriteAllTextAsync(Path.Combine(settings.Folder, "spec.json"), claim.Spec, stopping);
            process = TrainerProcess.Start(settings, resume: claim.Attempt > 1, claim.KnownStep, claim.Weights);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return RunEnding.Requeued("shutdown", AttemptFacts.ShutDown("The worker shut down.", "none"));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return RunEnding.Failed(
                FailureClass.Storage,
                RunReason.Of(
                    RunMessageCode.FileNotWritable, $"The run's folder {settings.Folder} cannot be written: {problem.Message}",
                    ("path", settings.Folder), ("detail", problem.Message)));
        }
        catch (Win32Exception problem)
        {
            return RunEnding.Transient(
                FailureClass.Crashed,
                RunReason.Of(
                    RunMessageCode.TrainerNotStarted, $"The trainer {settings.Executable} cannot be started: {problem.Message}",
                    ("path", settings.Executable), ("detail", problem.Message)),
                "not started", claim.FailedAttempts, settings.Queue);
        }

        heardAt = clock.GetTimestamp();
        await using (process)
        {
            var keeping = lease.KeepAsync(Obey, done.Token);
            var watching = WatchSilenceAsync();
            var storing = StoreAsync();
            try
            {
                await using var shutdown = stopping.Register(() => Order(StopReason.Shutdown, "stop"));
                await ReadAsync();
                Volatile.Write(ref takesLines, false);
                events.Complete();
                var (exitCode, errors) = await process.WaitAsync();
                var held = await storing;
                return held && !lost.IsCancellationRequested
                    ? Facts(exitCode, errors, oomKills is { } before && OomKills.Count() > before).Ending(claim, settings.Queue)
                    : null;
            }
            finally
            {
                await done.CancelAsync();
                await keeping;
                await watching;
                await stopped;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lost.Dispose();
        done.Dispose();
    }

    private AttemptFacts Facts(int exitCode, string errors, bool oomKillerSeen)
    {
        lock (gate)
        {
            return new AttemptFacts
            {
                ExitCode = exitCode,
                Errors = errors,
                Finished = finished,
                Failed = failed,
                Stop = stop,
                Killing = killing,
                Killed = killed,
                OomKillerSeen = oomKillerSeen,
            };
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            await foreach (var line in TrainerOutput.ReadAsync(process!.Output, lost.Token))
            {
                Volatile.Write(ref takesLines, false);
                await AddAsync(line);
                Volatile.Write(ref heardAt, clock.GetTimestamp());
                Volatile.Write(ref takesLines, true);
            }
        }
        catch (TrainerProtocolException problem)
        {
            Kill(StopReason.Protocol, RunReason.Of(RunMessageCode.TrainerProtocolError, problem.Message, ("detail", problem.Message)));
        }
        catch (Exception ended) when (ended is ChannelClosedException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Storing ended: the lease is lost or the store refuses the events, and the trainer is killed already.
        }
    }

    private async Task AddAsync(TrainerLine line)
    {
        await events.AddAsync(line.At, line.Event, lost.Token);
        switch (line.Event)
        {
            case StartedEvent started when claim.Attempt > 1:
                await events.AddAsync(line.At, Beginning(started.ResumedFromStep), lost.Token);
                break;
            case FinishedEvent:
                finished = true;
                break;
            case FailedEvent failure:
                failed = failure;
                break;
            default:
                break;
        }
    }

    private StateEvent Beginning(long step)
    {
        var why = step > 0
            ? RunReason.Of(
                RunMessageCode.AttemptResumed, $"Attempt {claim.Attempt} continues from the checkpoint at step {step}.", ("attempt", claim.Attempt), ("step", step))
            : RunReason.Of(
                RunMessageCode.AttemptRestarted, $"Attempt {claim.Attempt} starts again from the beginning: no checkpoint was found.", ("attempt", claim.Attempt));
        return new StateEvent { State = RunState.Running.Word(), Code = why.Code, Arguments = why.Arguments, Reason = why.Reason, Worker = claim.Worker };
    }

    private async Task<bool> StoreAsync()
    {
        try
        {
            if (await events.RunAsync(lost.Token))
            {
                return true;
            }

            Obey(LeaseRenewal.Lost);
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested)
        {
            // Another attempt may hold the run: what is left must not be stored.
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            Kill(
                StopReason.Store,
                RunReason.Of(RunMessageCode.EventsNotStored, $"The events of the run could not be stored: {problem.Message}", ("detail", problem.Message)));
            return true;
        }

        return false;
    }

    private async Task WatchSilenceAsync()
    {
        while (!done.IsCancellationRequested)
        {
            var silence = Volatile.Read(ref takesLines) ? clock.GetElapsedTime(Volatile.Read(ref heardAt)) : TimeSpan.Zero;
            if (silence >= settings.Silence)
            {
                Kill(
                    StopReason.Silence,
                    RunReason.Of(
                        RunMessageCode.TrainerUnresponsive, $"The trainer wrote nothing for {settings.Silence.TotalSeconds:0} s and was killed.",
                        ("seconds", settings.Silence.TotalSeconds)));
                return;
            }

            await Task.Delay(settings.Silence - silence, clock, done.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Obey(LeaseRenewal answer)
    {
        switch (answer)
        {
            case LeaseRenewal.Lost:
                Kill(StopReason.LeaseLost, null);
                lost.Cancel();
                break;
            case LeaseRenewal.CancelRequested:
                Order(StopReason.Cancel, "stop");
                break;
            case LeaseRenewal.PauseRequested:
                Order(StopReason.Pause, "pause");
                break;
            default:
                break;
        }
    }

    // Asks the trainer to write a checkpoint and end; kills it when it does not in time. The first order stands.
    private void Order(StopReason reason, string request)
    {
        lock (gate)
        {
            if (stop is not null)
            {
                return;
            }

            stop = reason;
            stopped = Task.Run(() => StopAsync(request));
        }
    }

    private async Task StopAsync(string request)
    {
        await process!.RequestAsync(request);
        await Task.Delay(settings.StopGrace, clock, done.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!done.IsCancellationRequested)
        {
            lock (gate)
            {
                killed = true;
            }

            process.Kill();
        }
    }

    private void Kill(StopReason reason, RunReason? why)
    {
        lock (gate)
        {
            stop = reason;
            killing = why;
        }

        process!.Kill();
    }
}
