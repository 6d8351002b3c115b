using Trainyard.Service.Store;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Queue;

/// <summary>How an attempt ended and what becomes of the run.</summary>
internal sealed record RunEnding
{
    /// <summary>The run's next state: any but running and pausing.</summary>
    public required RunState State { get; init; }

    /// <summary>For people; null when it goes without saying.</summary>
    public RunReason? Reason { get; init; }

    /// <summary>What the attempts table keeps, as in <c>succeeded</c> or <c>crashed: exit code 139</c>.</summary>
    public required string Outcome { get; init; }

    /// <summary>Kind of failure; set exactly when <see cref="State"/> is failed.</summary>
    public FailureClass? Failure { get; init; }

    /// <summary>Whether the attempt counts as a transient failure.</summary>
    public bool CountsAsFailure { get; init; }

    /// <summary>How long the run may not be claimed again; only for queued.</summary>
    public TimeSpan Backoff { get; init; }

    /// <summary>Training is complete.</summary>
    public static RunEnding Succeeded() => new() { State = RunState.Succeeded, Outcome = "succeeded" };

    /// <summary>A person gave the run up.</summary>
    public static RunEnding Cancelled(RunReason? reason = null) => new() { State = RunState.Cancelled, Outcome = "cancelled", Reason = reason };

    /// <summary>A person paused the run.</summary>
    public static RunEnding Paused() => new() { State = RunState.Paused, Outcome = "paused" };

    /// <summary>The attempt gave the run back; it is no failure.</summary>
    public static RunEnding Requeued(string outcome, RunReason reason, TimeSpan backoff = default) =>
        new() { State = RunState.Queued, Outcome = outcome, Reason = reason, Backoff = backoff };

    /// <summary>Training cannot go on; trying again would not help.</summary>
    public static RunEnding Failed(FailureClass failure, RunReason reason) =>
        new() { State = RunState.Failed, Failure = failure, Outcome = "failed: " + QueueSql.Word(failure), Reason = reason };

    /// <summary>A failure that may not happen again: the run is tried again, unless it failed so too often.</summary>
    public static RunEnding Transient(FailureClass failure, RunReason reason, string outcome, int failedAttempts, QueueOptions options)
    {
        var failures = failedAttempts + 1;
        return failures >= options.MaxAttempts
            ? new()
            {
                State = RunState.Failed,
                Failure = failure,
                Outcome = outcome,
                CountsAsFailure = true,
                Reason = reason.And($"This was failure {failures} of at most {options.MaxAttempts}.", ("failure", failures), ("maximum", options.MaxAttempts)),
            }
            : new()
            {
                State = RunState.Queued,
                Outcome = outcome,
                CountsAsFailure = true,
                Backoff = options.Backoff(failures),
                Reason = reason.And($"Trying again (failure {failures} of at most {options.MaxAttempts}).", ("failure", failures), ("maximum", options.MaxAttempts)),
            };
    }
}
