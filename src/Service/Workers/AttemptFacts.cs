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

    /// <summary>Explains <see cref="Stop"/> where its name does not.</summary>
    public required string? StopMessage { get; init; }

    /// <summary>Whether it did not stop in time and this worker killed it.</summary>
    public required bool Killed { get; init; }

    /// <summary>Whether the out-of-memory killer was at work meanwhile.</summary>
    public required bool OomKillerSeen { get; init; }

    /// <summary>How the attempt ends.</summary>
    public RunEnding Ending(RunClaim claim, QueueOptions options)
    {
        RunEnding Crashed(string message, string outcome) =>
            RunEnding.Transient(FailureClass.Crashed, message, "crashed: " + outcome, claim.FailedAttempts, options);

        return (Stop, ExitCode) switch
        {
            (StopReason.Protocol or StopReason.Store or StopReason.Silence, _) =>
                Crashed(StopMessage ?? "The trainer was killed.", Stop.Value.ToString().ToLowerInvariant()),
            (_, 0) when Finished => RunEnding.Succeeded(),
            (_, 1) when Failed is { Class: FailureClass.Crashed or FailureClass.LostWorker } transient =>
                RunEnding.Transient(transient.Class, transient.Message, "failed: " + QueueSql.Word(transient.Class), claim.FailedAttempts, options),
            (_, 1) when Failed is not null => RunEnding.Failed(Failed.Class, Failed.Message),
            (_, 2) => RunEnding.Failed(FailureClass.Unsupported, WithErrors("The trainer refused the spec or its arguments.")),
            (StopReason.Cancel, _) => RunEnding.Cancelled(Killed ? "The trainer did not stop in time and was killed." : null),
            (StopReason.Pause, _) when ExitCode == 10 || Killed => RunEnding.Paused(),
            (StopReason.Shutdown, _) when Killed =>
                RunEnding.Requeued("shutdown", "The worker shut down; the trainer did not stop in time and was killed."),
            (StopReason.Shutdown, 10) => RunEnding.Requeued("shutdown", "The worker shut down; the trainer wrote a checkpoint."),
            (_, 10) => RunEnding.Requeued("stopped", "Somebody else stopped the trainer; it wrote a checkpoint.", options.Backoff(1)),
            (_, SignalBase + Sigkill) when OomKillerSeen => RunEnding.Failed(
                FailureClass.OutOfMemory,
                "The trainer was killed while the system's out-of-memory killer was at work. A smaller batch size or network needs less."),
            _ => Crashed(WithErrors($"The trainer ended without a word: {Describe(ExitCode)}."), Describe(ExitCode)),
        };
    }

    private string WithErrors(string message) => Errors.Length == 0 ? message : $"{message} It last wrote: {Errors}";

    private static string Describe(int exitCode) => exitCode > SignalBase
        ? string.Create(CultureInfo.InvariantCulture, $"exit code {exitCode} (signal {exitCode - SignalBase})")
        : string.Create(CultureInfo.InvariantCulture, $"exit code {exitCode}");
}
