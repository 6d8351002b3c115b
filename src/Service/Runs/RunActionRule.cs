using Trainyard.Service.Store;

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
        Rule = "Only a succeeded, paused or cancelled run can be extended",
    };

    public static readonly RunActionRule Fork = new() { Name = "fork", From = Enum.GetValues<RunState>(), Rule = "Every run can be forked" };

    public static readonly RunActionRule Delete = new()
    {
        Name = "delete",
        From = [RunState.Paused, RunState.Succeeded, RunState.Failed, RunState.Cancelled],
        Rule = "Only a paused or finished run can be deleted",
    };

    public static readonly RunActionRule Cancel = new()
    {
        Name = "cancel",
        From = [RunState.Queued, RunState.Running, RunState.Pausing, RunState.Paused],
        Done = [RunState.Cancelled],
        Rule = "Only an unfinished run can be cancelled",
    };

    public required string Name { get; init; }

    public required IReadOnlyList<RunState> From { get; init; }

    /// <summary>States in which repeating the action changes nothing and is no error.</summary>
    public IReadOnlyList<RunState> Done { get; init; } = [];

    /// <summary>The beginning of an English sentence.</summary>
    public required string Rule { get; init; }

    /// <summary><see cref="From"/> as in the database and in JSON.</summary>
    public string[] FromNames => [.. From.Select(state => state.ToWireName())];

    public RunAction Evaluate(RunState state, bool cancelRequested) =>
        cancelRequested && state.IsHeld() && (this == Pause || this == Cancel) ? RunAction.Refuse(RunActionCode.BeingCancelled, "The run is being cancelled.")
        : From.Contains(state) ? RunAction.Allow
        : RunAction.Refuse(
            RunActionCode.WrongState, $"{Rule}; this one is {state.ToWireName()}.", ("action", Name), ("state", state.ToWireName()), ("allowed", FromNames));
}
