using Trainyard.Service.Queue;
using Trainyard.Service.Store;
using Trainyard.Specs.Events;

namespace Trainyard.Service.Runs;

/// <summary>The states in which an action applies: checked by <see cref="LifecycleSql"/>, quoted by refusals, published as <see cref="RunActions"/>.</summary>
internal sealed record RunActionRule
{
    public static readonly RunActionRule Pause = new()
    {
        Name = "pause",
        From = [RunState.Running],
        Done = [RunState.Pausing, RunState.Paused],
        Rule = "Only a running run can be paused",
    };

    public static readonly RunActionRule Resume = new()
    {
        Name = "resume",
        From = [RunState.Paused],
        Done = [RunState.Queued, RunState.Running],
        Rule = "Only a paused run can be resumed",
    };

    public static readonly RunActionRule Retry = new()
    {
        Name = "retry",
        From = [RunState.Failed, RunState.Cancelled],
        Done = [RunState.Queued, RunState.Running],
        Rule = "Only a failed or cancelled run can be retried",
    };

    public static readonly RunActionRule Extend = new()
    {
        Name = "extend",
        From = [RunState.Succeeded, RunState.Paused, RunState.Cancelled],
        AfterTimeLimit = true,
        Rule = "Only a finished, paused or cancelled run, or one that reached its time limit, can be extended",
    };

    public static readonly RunActionRule Delete = new()
    {
        Name = "delete",
        From = [RunState.Paused, RunState.Succeeded, RunState.Failed, RunState.Cancelled],
        Rule = "Only a paused, finished, failed or cancelled run can be deleted",
    };

    public static readonly RunActionRule Cancel = new()
    {
        Name = "cancel",
        From = [RunState.Queued, RunState.Running, RunState.Pausing, RunState.Paused],
        Done = [RunState.Cancelled],
        Rule = "Only a queued, running or paused run can be cancelled",
    };

    /// <summary>Pausing before a worker has the run; only for runs of a study that is paused.</summary>
    public static readonly RunActionRule Hold = new()
    {
        Name = "hold",
        From = [RunState.Queued],
        Done = [RunState.Paused],
        Rule = "Only a queued run can be held",
    };

    /// <summary>Evaluating the test set; only for the chosen runs of a study, and for runs that were handed in.</summary>
    public static readonly RunActionRule Test = new()
    {
        Name = "test",
        From = [RunState.Succeeded],
        Rule = "The test set is evaluated for finished runs only",
    };

    public required string Name { get; init; }

    public required IReadOnlyList<RunState> From { get; init; }

    /// <summary>States in which repeating the action changes nothing and is no error.</summary>
    public IReadOnlyList<RunState> Done { get; init; } = [];

    /// <summary>The beginning of an English sentence.</summary>
    public required string Rule { get; init; }

    /// <summary>Whether it also applies to a failed run that has reached its time limit.</summary>
    public bool AfterTimeLimit { get; init; }

    /// <summary><see cref="From"/> as in JSON.</summary>
    public string[] FromNames => [.. From.Select(state => state.ToWireName())];

    /// <summary>The states of the statement, which looks at the class of a failure itself.</summary>
    public string[] StateNames => AfterTimeLimit ? [.. FromNames, RunState.Failed.ToWireName()] : FromNames;

    public RunAction Evaluate(ActionOutcome outcome) => Evaluate(outcome.Found, outcome.CancelRequested, outcome.FailureClass);

    // failureClass: Of a failed run; else null.
    public RunAction Evaluate(RunState state, bool cancelRequested, string? failureClass)
    {
        if (cancelRequested && state.IsHeld() && (this == Pause || this == Cancel))
        {
            return RunAction.Refuse(RunActionCode.BeingCancelled, "The run is being cancelled.");
        }

        var isOver = HasReachedTimeLimit(state, failureClass);
        if (this == Retry && isOver)
        {
            return RunAction.Refuse(
                RunActionCode.TimeLimitReached, "The run has reached its time limit; extend it with a larger one to continue.");
        }

        return From.Contains(state) || (AfterTimeLimit && isOver)
            ? RunAction.Allow
            : RunAction.Refuse(
                RunActionCode.WrongState, $"{Rule}; this one is {state.ToWord()}.", ("action", Name), ("state", state.ToWireName()), ("allowed", FromNames));
    }

    /// <summary>Whether a run failed because it reached its time limit.</summary>
    public static bool HasReachedTimeLimit(RunState state, string? failureClass) =>
        state == RunState.Failed && failureClass == FailureClass.Timeout.ToWireName();
}
