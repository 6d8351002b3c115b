using System.Globalization;
using Trainyard.Service.Queue;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Workers;

/// <summary>What is known of a trainer that ended, and what follows from it.</summary>
internal sealed record AttemptFacts
{
    private const int SignalBase = 128;
    private const int Sigkill = 9;

    /// <summary>Exit code; 128 plus the number of the signal that killed it.</summary>
    public required int ExitCode { get; init; }

    /// <summary>The last part of its standard error.</summary>
    public required string Errors { get; init; }

    /// <summary>Whether it said that training is complete.</summary>
    public required bool Finished { get; init; }

    /// <summary>What it said about a failure.</summary>
    public required FailedEvent? Failed { get; init; }

    /// <summary>Why this worker ended it; null when it ended by itself.</summary>
    public required StopReason? Stop { get; init; }

    /// <summary>Why the trainer was killed; set for protocol, store and silence.</summary>
    public required RunReason? Killing { get; init; }

    /// <summary>Whether it did not stop in time and this worker killed it.</summary>
    public required bool Killed { get; init; }

    /// <summary>Whether the out-of-memory killer was at work meanwhile.</summary>
    public required bool OomKillerSeen { get; init; }

    /// <summary>How the attempt ends.</summary>
    public RunEnding Ending(RunClaim claim, QueueOptions options)
    {
        RunEnding Crashed(RunReason reason, string outcome) =>
            RunEnding.Transient(FailureClass.Crashed, reason, "crashed: " + outcome, claim.FailedAttempts, options);

        return (Stop, ExitCode) switch
        {
            (StopReason.Protocol or StopReason.Store or StopReason.Silence, _) => Crashed(Killing!, Stop.Value.ToString().ToLowerInvariant()),
            (_, 0) when Finished => RunEnding.Succeeded(),
            (_, 1) when Failed is { Class: FailureClass.Crashed or FailureClass.LostWorker } transient =>
                RunEnding.Transient(transient.Class, RunReason.Of(transient), "failed: " + QueueSql.Word(transient.Class), claim.FailedAttempts, options),
            (_, 1) when Failed is not null => RunEnding.Failed(Failed.Class, RunReason.Of(Failed)),
            (_, 2) => RunEnding.Failed(
                FailureClass.Unsupported, RunReason.Of(RunMessageCode.SpecRejected, WithErrors("The trainer refused the spec or its arguments."), ("detail", LastWords))),
            (StopReason.Cancel, _) => RunEnding.Cancelled(
                Killed ? RunReason.Of(RunMessageCode.KilledAfterCancel, "The trainer did not stop in time and was killed.") : null),
            (StopReason.Pause, _) when ExitCode == 10 || Killed => RunEnding.Paused(),
            (StopReason.Shutdown, _) when Killed =>
                RunEnding.Requeued("shutdown", ShutDown("The worker shut down; the trainer did not stop in time and was killed.", "killed")),
            (StopReason.Shutdown, 10) => RunEnding.Requeued("shutdown", ShutDown("The worker shut down; the trainer wrote a checkpoint.", "written")),
            (_, 10) => RunEnding.Requeued(
                "stopped", RunReason.Of(RunMessageCode.TrainerStopped, "Somebody else stopped the trainer; it wrote a checkpoint."), options.Backoff(1)),
            (_, SignalBase + Sigkill) when OomKillerSeen => RunEnding.Failed(
                FailureClass.OutOfMemory,
                RunReason.Of(
                    RunMessageCode.OomKilled,
                    "The trainer was killed while the system's out-of-memory killer was at work. A smaller batch size or network needs less.")),
            _ => Crashed(
                RunReason.Of(
                    RunMessageCode.TrainerCrashed, WithErrors($"The trainer ended without a word: {Describe(ExitCode)}."),
                    ("exitCode", ExitCode), ("signal", ExitCode > SignalBase ? ExitCode - SignalBase : null), ("detail", LastWords)),
                Describe(ExitCode)),
        };
    }

    /// <summary>The worker shut down while the run was trained.</summary>
    /// <param name="text">The sentence.</param>
    /// <param name="checkpoint">written, killed (the trainer was, without one) or none (training had not begun).</param>
    public static RunReason ShutDown(string text, string checkpoint) => RunReason.Of(RunMessageCode.WorkerShutDown, text, ("checkpoint", checkpoint));

    private string? LastWords => Errors.Length == 0 ? null : Errors;

    private string WithErrors(string message) => Errors.Length == 0 ? message : $"{message} It last wrote: {Errors}";

    private static string Describe(int exitCode) => exitCode > SignalBase
        ? string.Create(CultureInfo.InvariantCulture, $"exit code {exitCode} (signal {exitCode - SignalBase})")
        : string.Create(CultureInfo.InvariantCulture, $"exit code {exitCode}");
}
