using System.Text.Json;
using Trainyard.Specs.Json;
using Trainyard.Specs.Spec;
using Trainyard.Studies.Search;
using Trainyard.Studies.Space;
using Trainyard.Studies.Stopping;

namespace Trainyard.Service.Studies;

/// <summary>
/// A study: which settings of a spec vary, how their values are chosen, and what the trials are judged by. Everything else is locked: all trials share the data,
/// the validation split and, seed by seed, initial weights and order.
/// </summary>
[OptionalMembers]
public sealed record StudyRequest
{
    /// <summary>Name, 1 to 100 characters.</summary>
    [Text(1, 100)]
    public required string Name { get; init; }

    /// <summary>Notes, up to 10,000 characters.</summary>
    [Text(0, 10_000, Multiline = true)]
    public string? Notes { get; init; }

    /// <summary>Base spec, as it would be submitted; trials change it at the pointers of the parameters. It may not evaluate the test set.</summary>
    public required JsonElement Spec { get; init; }

    /// <summary>The parameters that vary, 1 to 64.</summary>
    [Items(1, 64)]
    public required IReadOnlyList<SearchParameter> Parameters { get; init; }

    /// <summary>How values are chosen.</summary>
    public required SearchMethod Method { get; init; }

    /// <summary>Early stopping of trials that are worse than others; null for none.</summary>
    public StoppingRule? Stopping { get; init; }

    /// <summary>Metric that trials are judged by. Default: <c>validation_accuracy</c>, which is maximized; <c>validation_loss</c> is minimized.</summary>
    public ValidationMetric Metric { get; init; } = ValidationMetric.ValidationAccuracy;

    /// <summary>Which epoch of a run counts; by default the best one where the spec's early stopping restores its weights, else the last.</summary>
    public ScoredEpoch? Score { get; init; }

    /// <summary>Number of trials; by default all points of a grid, else 20.</summary>
    [Number(1, StudyDefinition.MaximumTrials)]
    public int? Trials { get; init; }

    /// <summary>Trials in training at a time; by default as many as the connected workers have slots.</summary>
    [Number(1, StudyDefinition.MaximumParallelism)]
    public int? Parallelism { get; init; }

    /// <summary>Runs of each trial, with seeds from that of the spec upwards. Default 1.</summary>
    [Number(1, StudyDefinition.MaximumSeeds)]
    public int Seeds { get; init; } = 1;

    /// <summary>Seed of the choice of values. Default 1.</summary>
    [Number(0, int.MaxValue)]
    public int Seed { get; init; } = 1;

    /// <summary>Limits after which no further trial starts; null for none.</summary>
    public StudyBudget? Budget { get; init; }
}

/// <summary>Which epoch of a run counts.</summary>
public enum ScoredEpoch
{
    /// <summary>The last one: the network that the run ends with.</summary>
    Last,

    /// <summary>The best one.</summary>
    Best,
}

/// <summary>Limits of a study. Trials that are in training when one is reached end normally.</summary>
[OptionalMembers]
public sealed record StudyBudget
{
    /// <summary>Seconds of training of all runs; null for no limit.</summary>
    [Number(0, 1e9, MinimumExclusive = true)]
    public double? Seconds { get; init; }

    /// <summary>Floating-point operations of training of all runs; null for no limit.</summary>
    [Number(0, 1e30, MinimumExclusive = true)]
    public double? Flops { get; init; }
}

/// <summary>More trials for a study.</summary>
[OptionalMembers]
public sealed record ExtendStudyRequest
{
    /// <summary>New number of trials, including those that exist, at least the present number; null leaves it unchanged.</summary>
    [Number(1, StudyDefinition.MaximumTrials)]
    public int? Trials { get; init; }

    /// <summary>New limits, which replace the present ones; null leaves them unchanged.</summary>
    public StudyBudget? Budget { get; init; }
}

/// <summary>Changes to name and notes of a study; members that are missing or null are left unchanged.</summary>
[OptionalMembers]
public sealed record StudyEdit
{
    /// <summary>Name, 1 to 100 characters. Runs that exist keep theirs; those of later trials are named after it.</summary>
    [Text(1, 100)]
    public string? Name { get; init; }

    /// <summary>Notes, up to 10,000 characters; an empty text removes them.</summary>
    [Text(0, 10_000, Multiline = true)]
    public string? Notes { get; init; }
}

/// <summary>A file of another tool.</summary>
public sealed record ImportRequest
{
    /// <summary>Its text: YAML or JSON, up to 200,000 characters.</summary>
    [Text(1, 200_000, Multiline = true)]
    public required string Text { get; init; }
}

/// <summary>Opens the test set for one trial of a study.</summary>
[OptionalMembers]
public sealed record TestStudyRequest
{
    /// <summary>Number of the trial; null for the best one.</summary>
    [Number(0, StudyDefinition.MaximumTrials)]
    public int? Trial { get; init; }
}
