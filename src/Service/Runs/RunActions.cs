using Trainyard.Service.Store;
using Trainyard.Specs.Catalog;

namespace Trainyard.Service.Runs;

/// <summary>What a person can do to a run now, and why not the rest.</summary>
public sealed record RunActions
{
    /// <summary>Epochs that a run can have at most.</summary>
    internal static readonly int MaximumEpochs = (int)SpecFields.All.Single(field => field.Pointer == "/training/epochs").Definition.Maximum!.Value;

    /// <summary>Write a checkpoint and let the worker go.</summary>
    public required RunAction Pause { get; init; }

    /// <summary>Go on after a pause.</summary>
    public required RunAction Resume { get; init; }

    /// <summary>Go on after a failure or a cancellation.</summary>
    public required RunAction Retry { get; init; }

    /// <summary>Go on for more epochs.</summary>
    public required RunAction Extend { get; init; }

    /// <summary>Make a changed copy.</summary>
    public required RunAction Fork { get; init; }

    /// <summary>Remove the run with its files.</summary>
    public required RunAction Delete { get; init; }

    /// <summary>Give it up.</summary>
    public required RunAction Cancel { get; init; }

    // What applies to a run as it is now.
    internal static RunActions Of(RunState state, bool cancelRequested, int epochs)
    {
        RunAction Action(RunVerb verb) => verb.Of(state, cancelRequested);
        var extend = Action(RunVerb.Extend);
        return new RunActions
        {
            Pause = Action(RunVerb.Pause),
            Resume = Action(RunVerb.Resume),
            Retry = Action(RunVerb.Retry),
            Extend = extend.Enabled && epochs >= MaximumEpochs
                ? RunAction.Refused(RunActionCode.LargestEpochs, $"The run has the largest number of epochs, {MaximumEpochs}.", ("maximum", MaximumEpochs))
                : extend,
            Fork = Action(RunVerb.Fork),
            Delete = Action(RunVerb.Delete),
            Cancel = Action(RunVerb.Cancel),
        };
    }
}
