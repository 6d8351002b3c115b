using System.Text.Json;
using Trainyard.Service.Store;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Queue;

/// <summary>How an attempt ended, and the next state of its run.</summary>
internal sealed record RunEnding
{
    /// <summary>The run's next state: any but running and pausing.</summary>
    public required RunState State { get; init; }

    /// <summary>Why; null where the state needs no reason.</summary>
    public RunReason? Reason { get; init; }

    /// <summary>For the attempts table, as in <c>succeeded</c> or <c>crashed: exit code 139</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Its class, should the run fail.</summary>
    public FailureClass? Failure { get; init; }

    /// <summary>Whether it counts as a transient failure: then the run is queued again after a growing backoff, or fails after too many.</summary>
    public bool CountsAsFailure { get; init; }

    /// <summary>How long the run may not be claimed again; only for queued, and only where it does not count as a failure.</summary>
    public TimeSpan Backoff { get; init; }

    /// <summary>Size of the run's files; null where it could not be measured.</summary>
    public long? StoredBytes { get; init; }

    public static RunEnding Succeeded() => new() { State = RunState.Succeeded, Outcome = "succeeded" };

    public static RunEnding Cancelled(RunReason? reason = null) => new() { State = RunState.Cancelled, Outcome = "cancelled", Reason = reason };

    public static RunEnding Paused() => new() { State = RunState.Paused, Outcome = "paused" };

    /// <summary>The attempt returns the run to the queue; this is no failure.</summary>
    public static RunEnding Requeued(string outcome, RunReason reason, TimeSpan backoff = default) =>
        new() { State = RunState.Queued, Outcome = outcome, Reason = reason, Backoff = backoff };

    /// <summary>A failure that another attempt would repeat.</summary>
    public static RunEnding Failed(FailureClass failure, RunReason reason) =>
        new() { State = RunState.Failed, Failure = failure, Outcome = "failed: " + failure.ToWireName(), Reason = reason };

    /// <summary>A failure that may not happen again: the run is retried until it has failed so too often.</summary>
    public static RunEnding Transient(FailureClass failure, RunReason reason, string outcome) =>
        new() { State = RunState.Queued, Failure = failure, Outcome = outcome, CountsAsFailure = true, Reason = reason };
}

internal static class FailureClassNames
{
    public static string ToWireName(this FailureClass failure) => JsonNamingPolicy.SnakeCaseLower.ConvertName(failure.ToString());
}
