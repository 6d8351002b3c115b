using System.Globalization;
using Trainyard.Service.Queue;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Workers;

/// <summary>How a trainer process ended.</summary>
internal sealed record AttemptOutcome
{
    private const int SignalBase = 128;
    private const int Sigkill = 9;

    // How long a trainer waits for the lock of its folder.
    private const int LockSeconds = 30;

    /// <summary>Exit code; 128 plus the number of the signal that killed it.</summary>
    public required int ExitCode { get; init; }

    public required string Errors { get; init; }
    public required bool Finished { get; init; }
    public required FailedEvent? Failed { get; init; }

    /// <summary>Why this worker stopped it; null when it ended by itself.</summary>
    public required StopReason? Stop { get; init; }

    /// <summary>The reason to give for a stop by protocol, store, silence and memory.</summary>
    public required RunReason? StopDetail { get; init; }

    /// <summary>Whether it did not stop in time and this worker killed it.</summary>
    public required bool Killed { get; init; }

    /// <summary>Whether the process had another run before this one.</summary>
    public required bool IsReused { get; init; }

    /// <summary>Whether there was an event of the run.</summary>
    public required bool HasBegun { get; init; }

    /// <summary>Whether the system's out-of-memory killer was active meanwhile.</summary>
    public required bool OomKillerSeen { get; init; }

    public RunEnding ToEnding(RunClaim claim, AttemptSettings settings)
    {
        RunEnding Crashed(RunReason reason, string outcome) =>
            RunEnding.Transient(FailureClass.Crashed, reason, "crashed: " + outcome);

        RunEnding Retried(FailureClass failure, RunReason reason) =>
            RunEnding.Transient(failure, reason, "failed: " + failure.ToWireName());

        // A process that had another run has a little less for this one; the next attempt has a process of its own.
        RunEnding OutOfMemory(RunReason reason) =>
            IsReused ? Retried(FailureClass.OutOfMemory, reason) : RunEnding.Failed(FailureClass.OutOfMemory, reason);

        return (Stop, ExitCode) switch
        {
            (StopReason.Memory, _) => OutOfMemory(StopDetail!),
            (StopReason.Protocol or StopReason.Store or StopReason.Silence, _) => Crashed(StopDetail!, Stop.Value.ToString().ToLowerInvariant()),
            (_, TrainerExitCode.Finished) when Finished => RunEnding.Succeeded(),
            (_, TrainerExitCode.Failed or TrainerExitCode.NotWritable) when Failed is { Class: FailureClass.Crashed or FailureClass.LostWorker } => Retried(
                Failed.Class, RunReason.From(Failed)),
            (_, TrainerExitCode.Failed) when Failed is { Class: FailureClass.OutOfMemory } => OutOfMemory(RunReason.From(Failed)),
            (_, TrainerExitCode.Failed or TrainerExitCode.NotWritable) when Failed is not null => RunEnding.Failed(Failed.Class, RunReason.From(Failed)),
            (_, TrainerExitCode.Usage or TrainerExitCode.InvalidInput or TrainerExitCode.NoInput) => RunEnding.Failed(FailureClass.Unsupported, RunReason.From(RunMessageCode.SpecRejected, ("detail", LastErrors))),
            (StopReason.Cancel, _) => RunEnding.Cancelled(Killed ? RunReason.From(RunMessageCode.KilledAfterCancel) : null),
            (StopReason.Pause, _) when ExitCode == TrainerExitCode.Stopped || Killed => RunEnding.Paused(),
            (StopReason.Shutdown, _) when Killed => RunEnding.Requeued("shutdown", ShutDown("killed")),
            (StopReason.Shutdown, TrainerExitCode.Stopped) => RunEnding.Requeued("shutdown", ShutDown("written")),
            (_, TrainerExitCode.Stopped) => RunEnding.Requeued("stopped", RunReason.From(RunMessageCode.TrainerStopped), settings.Queue.Backoff),
            (_, TrainerExitCode.FolderLocked) => RunEnding.Requeued(
                "locked", RunReason.From(RunMessageCode.RunFolderLocked, ("path", settings.Folder), ("seconds", LockSeconds)), settings.Queue.Backoff),
            (_, TrainerExitCode.LeaseExpired) => RunEnding.Requeued("lost lease", RunReason.From(RunMessageCode.LeaseExpired, ("worker", claim.Worker)), settings.Queue.Backoff),
            (_, SignalBase + Sigkill) when OomKillerSeen => OutOfMemory(RunReason.From(RunMessageCode.OomKilled)),
            _ when IsReused && !HasBegun => RunEnding.Requeued("stopped", RunReason.From(RunMessageCode.TrainerStopped), settings.Queue.Backoff),
            _ => Crashed(
                RunReason.From(
                    RunMessageCode.TrainerCrashed,
                    ("exitCode", ExitCode), ("signal", ExitCode > SignalBase ? ExitCode - SignalBase : null), ("detail", LastErrors)),
                string.Create(CultureInfo.InvariantCulture, $"exit code {ExitCode}{(ExitCode > SignalBase ? $" (signal {ExitCode - SignalBase})" : "")}")),
        };
    }

    // The worker shut down while the run was trained. checkpoint: written, killed (the trainer was, without one) or none (training had not begun).
    public static RunReason ShutDown(string checkpoint) => RunReason.From(RunMessageCode.WorkerShutDown, ("checkpoint", checkpoint));

    private string? LastErrors => Errors.Length == 0 ? null : Errors;
}
