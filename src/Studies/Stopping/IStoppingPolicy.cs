using Trainyard.Studies.Trials;

namespace Trainyard.Studies.Stopping;

/// <summary>
/// Decides which trials go on. A policy has no state: its decisions are functions of the trials so far.
/// <list type="bullet">
/// <item>After each epoch that a trial reports: <see cref="Decide"/>, and the state of the trial is changed accordingly.</item>
/// <item>When a slot is free: <see cref="Promote"/>, whose trial becomes <see cref="TrialState.Running"/> again; null: a new trial starts.</item>
/// <item>When nothing runs, nothing is promoted and no trial is left to start, the paused trials are stopped: the study has ended.</item>
/// </list>
/// </summary>
public interface IStoppingPolicy
{
    /// <summary>Epochs at which trials pause, ascending and below the length of training; none when the policy never pauses.</summary>
    IReadOnlyList<int> Rungs { get; }

    /// <summary>Decides about a running trial after the last epoch of its curve.</summary>
    /// <param name="trials">All trials of the study.</param>
    /// <param name="trialNumber">The trial that reported.</param>
    TrialDecision Decide(IReadOnlyList<TrialResult> trials, int trialNumber);

    /// <summary>The paused trial that should continue now; null when there is none.</summary>
    int? Promote(IReadOnlyList<TrialResult> trials);
}

/// <summary>A decision about a running trial.</summary>
public enum TrialDecision
{
    /// <summary>Training goes on.</summary>
    Continue,

    /// <summary>It pauses at a rung, with a checkpoint, until it is promoted.</summary>
    Pause,

    /// <summary>It ends.</summary>
    Stop,
}
