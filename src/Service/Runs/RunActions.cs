using System.Security.Claims;
using System.Text.Json;
using Trainyard.Service.Access;
using Trainyard.Service.Queue;
using Trainyard.Service.Store;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Json;
using Trainyard.Specs.Spec;
using Trainyard.Specs.Validation;

namespace Trainyard.Service.Runs;

/// <summary>Which actions a run allows now.</summary>
public sealed record RunActions
{
    /// <summary>Write a checkpoint and release the worker.</summary>
    public required RunAction Pause { get; init; }

    /// <summary>Continue after a pause.</summary>
    public required RunAction Resume { get; init; }

    /// <summary>Continue after a failure or a cancellation.</summary>
    public required RunAction Retry { get; init; }

    /// <summary>Train for more epochs, or with a larger time limit.</summary>
    public required RunAction Extend { get; init; }

    /// <summary>Create a changed copy.</summary>
    public required RunAction Fork { get; init; }

    /// <summary>Hide the run from lists.</summary>
    public required RunAction Archive { get; init; }

    /// <summary>Show the archived run in lists again.</summary>
    public required RunAction Restore { get; init; }

    /// <summary>Delete the run with its files.</summary>
    public required RunAction Delete { get; init; }

    /// <summary>Stop the run for good.</summary>
    public required RunAction Cancel { get; init; }

    /// <summary>Why a run that was handed in is not extended.</summary>
    internal static RunAction HandedIn { get; } = RunAction.Refuse(
        RunActionCode.HandedIn, "The run was handed in and stays as it is. Withdraw it while the test set is closed, or fork it with its weights.");

    // What the caller may do with the run now.
    internal static RunActions For(ClaimsPrincipal caller, RunSummary run, ExperimentSpec spec, bool isHandedIn)
    {
        var unable = caller.Has(AccessScope.Submit) ? null : RunAction.Refuse(RunActionCode.NeedsScope, "This needs scope submit.", ("scope", AccessScope.Submit.ToWireName()));
        var foreign = unable ?? (caller.MayChange(run.CreatedBy) ? null : NotOwner(run.CreatedBy));
        RunAction Evaluate(RunActionRule rule) => foreign ?? rule.Evaluate(run.State, run.CancelRequested, run.Failure?.Class.ToWireName());
        var extend = Evaluate(RunActionRule.Extend);
        return new RunActions
        {
            Pause = Evaluate(RunActionRule.Pause),
            Resume = Evaluate(RunActionRule.Resume),
            Retry = Evaluate(RunActionRule.Retry),
            Extend = extend.Enabled && isHandedIn ? HandedIn
                : extend.Enabled && run.Epochs >= SpecFields.MaximumEpochs && (spec.Training.TimeLimitSeconds ?? SpecLimits.MaximumTimeLimitSeconds) >= SpecLimits.MaximumTimeLimitSeconds
                ? RunAction.Refuse(RunActionCode.LargestEpochs, $"The run already has the maximum number of epochs, {SpecFields.MaximumEpochs}.", ("maximum", SpecFields.MaximumEpochs))
                : extend,
            Fork = unable ?? RunAction.Allow,
            Archive = foreign ?? (run.ArchivedAt is null ? RunAction.Allow : RunAction.Refuse(RunActionCode.Archived, "The run is archived.")),
            Restore = foreign ?? (run.ArchivedAt is null ? RunAction.Refuse(RunActionCode.NotArchived, "The run is not archived.") : RunAction.Allow),
            Delete = Evaluate(RunActionRule.Delete),
            Cancel = Evaluate(RunActionRule.Cancel),
        };
    }

    private static RunAction NotOwner(string? createdBy) => createdBy is null
        ? RunAction.Refuse(RunActionCode.NotOwner, "The run was submitted without authentication; only administrators may change it.")
        : RunAction.Refuse(RunActionCode.NotOwner, $"The run belongs to {createdBy}; only its owner and administrators may change it.", ("createdBy", createdBy));
}

/// <summary>Whether an action is available now.</summary>
public sealed record RunAction
{
    /// <summary>Whether the request would be accepted.</summary>
    public required bool Enabled { get; init; }

    /// <summary>Code of the reason why not; null when enabled.</summary>
    public required RunActionCode? Code { get; init; }

    /// <summary>Arguments of the reason, by name; null when enabled.</summary>
    public required IReadOnlyDictionary<string, JsonElement>? Arguments { get; init; }

    /// <summary>Reason in English; null when enabled.</summary>
    public required string? Reason { get; init; }

    internal static RunAction Allow { get; } = new() { Enabled = true, Code = null, Arguments = null, Reason = null };

    internal static RunAction Refuse(RunActionCode code, string reason, params (string Name, object? Value)[] arguments) =>
        new() { Enabled = false, Code = code, Arguments = MessageArguments.From(arguments), Reason = reason };
}

/// <summary>Why an action is not available.</summary>
public enum RunActionCode
{
    /// <summary>The state does not allow it. Arguments: <c>action</c>, <c>state</c>, <c>allowed</c> (states).</summary>
    WrongState,

    /// <summary>The run is being cancelled.</summary>
    BeingCancelled,

    /// <summary>The run has the maximum number of epochs. Argument: <c>maximum</c>.</summary>
    LargestEpochs,

    /// <summary>The run has reached its time limit, and needs a larger one.</summary>
    TimeLimitReached,

    /// <summary>The run was handed in for a lesson, and stays as it was handed in.</summary>
    HandedIn,

    /// <summary>The run is archived.</summary>
    Archived,

    /// <summary>The run is not archived.</summary>
    NotArchived,

    /// <summary>The token does not allow it. Argument: <c>scope</c>, the one that does.</summary>
    NeedsScope,

    /// <summary>The run belongs to someone else. Argument: <c>createdBy</c>, missing for a run that was submitted without authentication.</summary>
    NotOwner,
}
