using System.Text.Json;
using Trainyard.Service.Store;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Spec;
using Trainyard.Studies.Search;
using Trainyard.Studies.Stopping;
using Trainyard.Studies.Trials;

namespace Trainyard.Service.Studies;

/// <summary>A page of the list of studies.</summary>
public sealed record StudyPage
{
    /// <summary>Studies, latest first.</summary>
    public required IReadOnlyList<StudySummary> Items { get; init; }

    /// <summary>The parameter <c>after</c> of the next page; null for the last.</summary>
    public required string? Next { get; init; }
}

/// <summary>A study, as a row of the list.</summary>
public record StudySummary
{
    /// <summary>Id, a version 7 UUID.</summary>
    public required Guid Id { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Notes.</summary>
    public required string Notes { get; init; }

    /// <summary>Who submitted it; null without authentication.</summary>
    public required string? CreatedBy { get; init; }

    /// <summary>State; completed, stopped, cancelled and failed are final unless the study is extended.</summary>
    public required StudyState State { get; init; }

    /// <summary>The budget that ended it: seconds or flops; null for none.</summary>
    public required string? EndReason { get; init; }

    /// <summary>The limit of its owner for which it proposes no trial now, as in <c>queuedRuns</c>; null for none.</summary>
    public required string? WaitsFor { get; init; }

    /// <summary>How values are chosen.</summary>
    public required SearchMethodName Method { get; init; }

    /// <summary>Early stopping; null for none.</summary>
    public required StoppingRuleName? Stopping { get; init; }

    /// <summary>Metric that trials are judged by.</summary>
    public required ValidationMetric Metric { get; init; }

    /// <summary>Whether it is minimized or maximized.</summary>
    public required MetricGoal Goal { get; init; }

    /// <summary>Number of trials that there are to be.</summary>
    public required int Trials { get; init; }

    /// <summary>Runs of each trial.</summary>
    public required int Seeds { get; init; }

    /// <summary>Trials by state.</summary>
    public required TrialCounts Counts { get; init; }

    /// <summary>The best completed trial so far, by the validation metric; null without one.</summary>
    public required BestTrial? Best { get; init; }

    /// <summary>How many times the test set was opened.</summary>
    public required int TestLooks { get; init; }

    /// <summary>Submission time, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Time of the last change, UTC.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Time of its end, UTC.</summary>
    public required DateTimeOffset? EndedAt { get; init; }
}

/// <summary>Numbers of trials by state.</summary>
public sealed record TrialCounts
{
    /// <summary>In training, or about to be.</summary>
    public required int Running { get; init; }

    /// <summary>Waiting at a rung.</summary>
    public required int Paused { get; init; }

    /// <summary>Trained to the end.</summary>
    public required int Completed { get; init; }

    /// <summary>Ended by early stopping.</summary>
    public required int Stopped { get; init; }

    /// <summary>Failed or cancelled.</summary>
    public required int Failed { get; init; }

    /// <summary>Not a valid spec; not trained.</summary>
    public required int Infeasible { get; init; }
}

/// <summary>The best trial of a study.</summary>
public sealed record BestTrial
{
    /// <summary>Number of the trial.</summary>
    public required int Number { get; init; }

    /// <summary>Mean of the metric over its seeds.</summary>
    public required double Value { get; init; }

    /// <summary>Value of each active parameter, by name.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Assignment { get; init; }
}

/// <summary>A study with its definition.</summary>
public sealed record StudyDetail : StudySummary
{
    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    internal StudyDetail(StudySummary summary, StudyDefinition definition, double seconds, double flops, IReadOnlyList<StudyTestLook> looks, StudyActions actions)
        : base(summary) => (Definition, Seconds, Flops, Looks, Actions) = (definition, seconds, flops, looks, actions);

    /// <summary>What it was submitted with, with defaults filled in.</summary>
    public required StudyDefinition Definition { get; init; }

    /// <summary>Seconds of training of all its runs so far.</summary>
    public required double Seconds { get; init; }

    /// <summary>Floating-point operations of training of all its runs so far.</summary>
    public required double Flops { get; init; }

    /// <summary>Each time that the test set was opened, oldest first.</summary>
    public required IReadOnlyList<StudyTestLook> Looks { get; init; }

    /// <summary>Which actions it allows now.</summary>
    public required StudyActions Actions { get; init; }
}

/// <summary>The test set was opened for a trial.</summary>
public sealed record StudyTestLook
{
    /// <summary>From 1.</summary>
    public required int Number { get; init; }

    /// <summary>Number of the trial.</summary>
    public required int Trial { get; init; }

    /// <summary>Who asked for it; null without authentication.</summary>
    public required string? RequestedBy { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Of each seed.</summary>
    public required IReadOnlyList<TestScore> Scores { get; init; }
}

/// <summary>The test score of a run.</summary>
public sealed record TestScore
{
    /// <summary>Seed of the run.</summary>
    public required int Seed { get; init; }

    /// <summary>The run.</summary>
    public required Guid Run { get; init; }

    /// <summary>Its state; null if it was deleted.</summary>
    public required RunState? State { get; init; }

    /// <summary>Mean cross-entropy on the test set; null until it is evaluated.</summary>
    public required double? Loss { get; init; }

    /// <summary>Accuracy on the test set, 0 to 1; null until it is evaluated.</summary>
    public required double? Accuracy { get; init; }
}

/// <summary>The trials of a study.</summary>
public sealed record TrialList
{
    /// <summary>Trials, in the order in which they were proposed.</summary>
    public required IReadOnlyList<TrialEntry> Items { get; init; }
}

/// <summary>A trial of a study.</summary>
public sealed record TrialEntry
{
    /// <summary>Number, from 0.</summary>
    public required int Number { get; init; }

    /// <summary>State.</summary>
    public required TrialState State { get; init; }

    /// <summary>Value of each active parameter, by name.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Assignment { get; init; }

    /// <summary>Mean of the metric over its seeds; of a stopped trial that of its last epoch; null without one.</summary>
    public required double? Value { get; init; }

    /// <summary>Standard deviation over its seeds; null with one seed.</summary>
    public required double? Deviation { get; init; }

    /// <summary>What each seed has reached; empty until the end of the trial.</summary>
    public required IReadOnlyList<SeedValue> SeedValues { get; init; }

    /// <summary>Its runs that exist, by seed.</summary>
    public required IReadOnlyList<TrialRunEntry> Runs { get; init; }

    /// <summary>Epochs of a whole run.</summary>
    public required int Epochs { get; init; }

    /// <summary>The metric by epoch, mean over the seeds that have it, at most 40 points; null where it is not finite. Only with <c>curves</c>.</summary>
    public required IReadOnlyList<CurvePoint>? Curve { get; init; }

    /// <summary>The metric by epoch of each seed, at most 40 points each; of a study with one seed null. Only with <c>curves</c>.</summary>
    public required IReadOnlyList<SeedCurve>? SeedCurves { get; init; }

    /// <summary>Rules of the diagnosis that found something in one of its runs, as in <c>dead_relu</c>.</summary>
    public required IReadOnlyList<string> Findings { get; init; }

    /// <summary>Seconds of training of all its runs; null until its end.</summary>
    public required double? Seconds { get; init; }

    /// <summary>Why it failed or was not trained.</summary>
    public required TrialProblem? Problem { get; init; }

    /// <summary>When it was proposed, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ended, UTC.</summary>
    public required DateTimeOffset? EndedAt { get; init; }
}

/// <summary>A run of a trial.</summary>
public sealed record TrialRunEntry
{
    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Seed.</summary>
    public required int Seed { get; init; }

    /// <summary>State.</summary>
    public required RunState State { get; init; }

    /// <summary>Fraction of completed steps, 0 to 1.</summary>
    public required double Progress { get; init; }
}

/// <summary>The metric of one seed of a trial by epoch.</summary>
public sealed record SeedCurve
{
    /// <summary>Seed of the run.</summary>
    public required int Seed { get; init; }

    /// <summary>The metric, by epoch.</summary>
    public required IReadOnlyList<CurvePoint> Points { get; init; }
}

/// <summary>The metric of a trial at an epoch.</summary>
public sealed record CurvePoint
{
    /// <summary>Epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Value; null: not finite.</summary>
    public required double? Value { get; init; }
}

/// <summary>What a study would do.</summary>
public sealed record StudyCheck
{
    /// <summary>Whether it can be submitted.</summary>
    public required bool Valid { get; init; }

    /// <summary>All findings, errors first; pointers are into the request.</summary>
    public required IReadOnlyList<SpecFinding> Findings { get; init; }

    /// <summary>Number of trials; 0 if invalid.</summary>
    public required int Trials { get; init; }

    /// <summary>Number of runs: trials times seeds.</summary>
    public required int Runs { get; init; }

    /// <summary>Number of combinations of the space; null where it has no end.</summary>
    public required double? Combinations { get; init; }

    /// <summary>Floating-point operations of training of all runs, without early stopping; of a space with more than 200 trials extrapolated.</summary>
    public required double Flops { get; init; }

    /// <summary>Expected seconds of all runs one after the other, without early stopping; null without similar runs on this installation.</summary>
    public required double? ExpectedSeconds { get; init; }

    /// <summary>Trials in training at a time.</summary>
    public required int Parallelism { get; init; }

    /// <summary>Invalid combinations among the first 200 trials.</summary>
    public required IReadOnlyList<InfeasibleTrial> Infeasible { get; init; }

    /// <summary>The first ten trials that are valid. With a method that learns from results, later ones depend on them.</summary>
    public required IReadOnlyList<PlannedTrial> First { get; init; }
}

/// <summary>An invalid combination.</summary>
public sealed record InfeasibleTrial
{
    /// <summary>Number of the trial.</summary>
    public required int Number { get; init; }

    /// <summary>Value of each active parameter, by name.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Assignment { get; init; }

    /// <summary>Errors of its spec.</summary>
    public required IReadOnlyList<SpecFinding> Findings { get; init; }
}

/// <summary>A trial before it is trained.</summary>
public sealed record PlannedTrial
{
    /// <summary>Number of the trial.</summary>
    public required int Number { get; init; }

    /// <summary>Value of each active parameter, by name.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Assignment { get; init; }

    /// <summary>Canonical spec of its first run.</summary>
    public required ExperimentSpec Spec { get; init; }
}
