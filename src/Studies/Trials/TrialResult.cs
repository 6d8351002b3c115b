using System.Runtime.InteropServices;
using Trainyard.Studies.Space;

namespace Trainyard.Studies.Trials;

/// <summary>What is known of a trial: searchers and stopping policies see nothing else.</summary>
public sealed record TrialResult
{
    /// <summary>Number in the study, from 0 in the order of proposals.</summary>
    public required int Number { get; init; }

    /// <summary>The proposed values.</summary>
    public required Assignment Assignment { get; init; }

    /// <summary>State.</summary>
    public required TrialState State { get; init; }

    /// <summary>The metric after each epoch that reported it, by epoch in ascending order; a diverged epoch has a value that is not finite.</summary>
    public IReadOnlyList<IntermediateValue> Curve { get; init; } = [];

    /// <summary>The metric of the trial as a whole; null until it has completed.</summary>
    public double? Value { get; init; }

    /// <summary>Of a failed trial: whether a run of it was cancelled or deleted, so that it tells nothing about its values.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>Whether training failed or diverged: the worst that a trial can be.</summary>
    public bool IsFailure => State switch
    {
        TrialState.Failed => !IsCancelled,
        TrialState.Completed => !(Value is { } value && double.IsFinite(value)),
        TrialState.Stopped or TrialState.Paused => Curve.Count > 0 && !double.IsFinite(Curve[^1].Value),
        _ => false,
    };

    /// <summary>Epochs that have reported; 0 before the first.</summary>
    public int Epochs => Curve.Count == 0 ? 0 : Curve[^1].Epoch;

    /// <summary>Whether it can neither continue nor report again.</summary>
    public bool IsFinished => State is TrialState.Completed or TrialState.Stopped or TrialState.Failed or TrialState.Infeasible;

    /// <summary>The value reported at an epoch; null when the trial has not reported there.</summary>
    public double? At(int epoch) => Reported(epoch) is > 0 and var count && Curve[count - 1].Epoch == epoch ? Curve[count - 1].Value : null;

    /// <summary>How many points of the curve are at an epoch or before.</summary>
    public int Reported(int epoch)
    {
        var (from, to) = (0, Curve.Count);
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = Curve[middle].Epoch <= epoch ? (middle + 1, to) : (from, middle);
        }

        return from;
    }
}

/// <summary>The metric after an epoch.</summary>
/// <param name="Epoch">Epoch, from 1: the number of epochs trained.</param>
/// <param name="Value">The metric.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct IntermediateValue(int Epoch, double Value);

/// <summary>State of a trial, as far as a search needs it.</summary>
public enum TrialState
{
    /// <summary>Proposed, and queued or running; also promoted and about to continue.</summary>
    Running,

    /// <summary>Paused by a stopping policy: it continues if the policy promotes it.</summary>
    Paused,

    /// <summary>Ended by itself, with a value.</summary>
    Completed,

    /// <summary>Ended by a stopping policy, or paused for good.</summary>
    Stopped,

    /// <summary>Failed or cancelled: it has no value.</summary>
    Failed,

    /// <summary>Its spec is invalid: it never ran.</summary>
    Infeasible,
}
