using System.Security.Claims;
using Trainyard.Service.Access;
using Trainyard.Service.Runs;
using Trainyard.Service.Store;

namespace Trainyard.Service.Studies;

/// <summary>Which actions a study allows now.</summary>
public sealed record StudyActions
{
    /// <summary>Pause its runs and propose no further trials.</summary>
    public required RunAction Pause { get; init; }

    /// <summary>Continue after a pause.</summary>
    public required RunAction Resume { get; init; }

    /// <summary>Propose no further trials; those in training end.</summary>
    public required RunAction Stop { get; init; }

    /// <summary>Cancel all its runs.</summary>
    public required RunAction Cancel { get; init; }

    /// <summary>Add trials, or change the budget.</summary>
    public required RunAction Extend { get; init; }

    /// <summary>Open the test set for a trial.</summary>
    public required RunAction Test { get; init; }

    /// <summary>Delete it with all its runs.</summary>
    public required RunAction Delete { get; init; }

    // What the caller may do with the study now.
    internal static StudyActions For(ClaimsPrincipal caller, StudySummary study)
    {
        var refused = !caller.Has(AccessScope.Submit)
                ? RunAction.Refuse(RunActionCode.NeedsScope, "This needs scope submit.", ("scope", AccessScope.Submit.ToWireName()))
            : !caller.MayChange(study.CreatedBy) ? RunAction.Refuse(
                RunActionCode.NotOwner, $"The study belongs to {study.CreatedBy ?? "nobody"}; only its owner and administrators may change it.", ("createdBy", study.CreatedBy))
            : null;
        RunAction Evaluate(StudyActionRule rule) => refused ?? rule.Evaluate(study.State);
        return new StudyActions
        {
            Pause = Evaluate(StudyActionRule.Pause),
            Resume = Evaluate(StudyActionRule.Resume),
            Stop = Evaluate(StudyActionRule.Stop),
            Cancel = Evaluate(StudyActionRule.Cancel),
            Extend = Evaluate(StudyActionRule.Extend),
            Test = Evaluate(StudyActionRule.Test),
            Delete = Evaluate(StudyActionRule.Delete),
        };
    }
}

/// <summary>The states of a study in which an action applies.</summary>
internal sealed record StudyActionRule
{
    private static readonly StudyState[] Ended = [StudyState.Completed, StudyState.Stopped, StudyState.Cancelled, StudyState.Failed];

    public static readonly StudyActionRule Pause = new()
    {
        Name = "pause", From = [StudyState.Running], Done = [StudyState.Paused], Rule = "Only a running study can be paused",
    };

    public static readonly StudyActionRule Resume = new()
    {
        Name = "resume", From = [StudyState.Paused], Done = [StudyState.Running], Rule = "Only a paused study can be resumed",
    };

    public static readonly StudyActionRule Stop = new()
    {
        Name = "stop", From = [StudyState.Running, StudyState.Paused], Done = [StudyState.Stopping, StudyState.Stopped], Rule = "Only a running or paused study can be stopped",
    };

    public static readonly StudyActionRule Cancel = new()
    {
        Name = "cancel",
        From = [StudyState.Running, StudyState.Paused, StudyState.Stopping],
        Done = [StudyState.Cancelling, StudyState.Cancelled],
        Rule = "Only an unfinished study can be cancelled",
    };

    public static readonly StudyActionRule Extend = new()
    {
        Name = "extend", From = [StudyState.Running, StudyState.Paused, .. Ended], Rule = "A study that is being stopped or cancelled cannot be extended",
    };

    public static readonly StudyActionRule Test = new()
    {
        Name = "test", From = [StudyState.Completed, StudyState.Stopped], Rule = "The test set is opened after the selection: only for a completed or stopped study",
    };

    public static readonly StudyActionRule Delete = new()
    {
        Name = "delete", From = Ended, Rule = "Only a study that has ended can be deleted",
    };

    public required string Name { get; init; }

    public required IReadOnlyList<StudyState> From { get; init; }

    /// <summary>States in which repeating the action changes nothing and is no error.</summary>
    public IReadOnlyList<StudyState> Done { get; init; } = [];

    /// <summary>The beginning of an English sentence.</summary>
    public required string Rule { get; init; }

    public string[] FromNames => [.. From.Select(state => state.ToWireName())];

    public RunAction Evaluate(StudyState state) => From.Contains(state)
        ? RunAction.Allow
        : RunAction.Refuse(
            RunActionCode.WrongState, $"{Rule}; this one is {state.ToWireName()}.", ("action", Name), ("state", state.ToWireName()), ("allowed", FromNames));
}
