using Trainyard.Service.Store;

namespace Trainyard.Service.Runs;

/// <summary>
/// What a person can do to a run, and when. The one place that knows: the statements check it, refusals quote it, and
/// <see cref="RunActions"/> tells it before anybody asks.
/// </summary>
internal sealed record RunVerb
{
    /// <summary>Write a checkpoint and let the worker go.</summary>
    public static readonly RunVerb Pause = new()
    {
        Word = "pause",
        From = [RunState.Running],
        Done = [RunState.Pausing, RunState.Paused],
        Rule = "Only a running run can be paused",
    };

    /// <summary>Go on after a pause.</summary>
    public static readonly RunVerb Resume = new()
    {
        Word = "resume",
        From = [RunState.Paused],
        Done = [RunState.Queued, RunState.Running],
        Rule = "Only a paused run can be resumed",
    };

    /// <summary>Go on after a failure or a cancellation.</summary>
    public static readonly RunVerb Retry = new()
    {
        Word = "retry",
        From = [RunState.Failed, RunState.Cancelled],
        Done = [RunState.Queued, RunState.Running],
        Rule = "Only a failed or cancelled run can be tried again",
    };

    /// <summary>Go on for more epochs.</summary>
    public static readonly RunVerb Extend = new()
    {
        Word = "extend",
        From = [RunState.Succeeded, RunState.Paused, RunState.Cancelled],
        Rule = "Only a run that succeeded, is paused or was cancelled can be extended",
    };

    /// <summary>Make a changed copy.</summary>
    public static readonly RunVerb Fork = new() { Word = "fork", From = Enum.GetValues<RunState>(), Rule = "Every run can be forked" };

    /// <summary>Remove it for good.</summary>
    public static readonly RunVerb Delete = new()
    {
        Word = "delete",
        From = [RunState.Paused, RunState.Succeeded, RunState.Failed, RunState.Cancelled],
        Rule = "A run can be deleted when it is paused or has ended",
    };

    /// <summary>Give it up.</summary>
    public static readonly RunVerb Cancel = new()
    {
        Word = "cancel",
        From = [RunState.Queued, RunState.Running, RunState.Pausing, RunState.Paused],
        Done = [RunState.Cancelled],
        Rule = "Only a run that has not ended can be cancelled",
    };

    /// <summary>Its name in addresses.</summary>
    public required string Word { get; init; }

    /// <summary>States that it applies to.</summary>
    public required IReadOnlyList<RunState> From { get; init; }

    /// <summary>States in which asking again changes nothing and is no error.</summary>
    public IReadOnlyList<RunState> Done { get; init; } = [];

    /// <summary>When it applies, for people; the beginning of a sentence.</summary>
    public required string Rule { get; init; }

    /// <summary><see cref="From"/> as words.</summary>
    public string[] FromWords => [.. From.Select(state => state.Word())];

    /// <summary>Whether it applies, and why not.</summary>
    /// <param name="state">The run's state.</param>
    /// <param name="cancelRequested">Whether the run ends as soon as its worker hears of it.</param>
    public RunAction Of(RunState state, bool cancelRequested) =>
        cancelRequested && state.IsHeld() && (this == Pause || this == Cancel) ? RunAction.Refused(RunActionCode.BeingCancelled, "The run is being cancelled.")
        : From.Contains(state) ? RunAction.Possible
        : RunAction.Refused(
            RunActionCode.WrongState, $"{Rule}; this one is {state.Word()}.", ("verb", Word), ("state", state.Word()), ("allowed", FromWords));
}
