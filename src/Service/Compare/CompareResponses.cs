using System.Diagnostics.CodeAnalysis;
using Trainyard.Service.Results;
using Trainyard.Service.Runs;
using Trainyard.Specs.Catalog;
using Trainyard.Studies.Trials;

namespace Trainyard.Service.Compare;

/// <summary>A comparison of runs.</summary>
public sealed record Comparison
{
    /// <summary>Runs in the requested order.</summary>
    public required IReadOnlyList<ComparedRun> Runs { get; init; }

    /// <summary>Parameters that differ, except names.</summary>
    public required IReadOnlyList<SpecDifference> Differences { get; init; }

    /// <summary>Groups of runs that differ only in the seed.</summary>
    public required IReadOnlyList<RunGroup> Groups { get; init; }

    /// <summary>Best and latest values of the losses and accuracies.</summary>
    public required IReadOnlyList<MetricComparison> Metrics { get; init; }

    /// <summary>Curves of each run.</summary>
    public required IReadOnlyList<ComparedCurve> Curves { get; init; }

    /// <summary>Mean and standard deviation over the runs of each group with at least two.</summary>
    public required IReadOnlyList<CurveBand> Bands { get; init; }

    /// <summary>Notes on what limits the comparison, most severe first.</summary>
    public required IReadOnlyList<ComparabilityNote> Comparability { get; init; }

    /// <summary>What the comparison shows; null while no run has a value.</summary>
    public required Conclusion? Conclusion { get; init; }
}

/// <summary>A run in a comparison.</summary>
public sealed record ComparedRun : RunSummary
{
    [SetsRequiredMembers]
    internal ComparedRun(RunSummary summary, int findings)
        : base(summary) => Findings = findings;

    /// <summary>Number of diagnosis rules with a finding.</summary>
    public int Findings { get; }
}

/// <summary>A parameter that differs between specs.</summary>
public sealed record SpecDifference
{
    /// <summary>JSON pointer into the canonical spec.</summary>
    public required string Pointer { get; init; }

    /// <summary>Label in English, such as <c>optimizer learning rate</c>.</summary>
    public required string Label { get; init; }

    /// <summary>Whether it only distinguishes repetitions of the same settings: the seed.</summary>
    public required bool Replicate { get; init; }

    /// <summary>Values by run id; null where the spec does not have the parameter.</summary>
    public required IReadOnlyDictionary<string, ParameterValue?> Values { get; init; }
}

/// <summary>Runs that differ only in the seed.</summary>
public sealed record RunGroup
{
    /// <summary>Hash of the settings, the same in every comparison.</summary>
    public required string Key { get; init; }

    /// <summary>Label in English: what distinguishes the group from the others.</summary>
    public required string Label { get; init; }

    /// <summary>Parts of the label; empty if the settings do not differ.</summary>
    public required IReadOnlyList<LabelPart> Parts { get; init; }

    /// <summary>Run ids.</summary>
    public required IReadOnlyList<Guid> Runs { get; init; }
}

/// <summary>A part of the label of a group.</summary>
public sealed record LabelPart
{
    /// <summary>Form of the part.</summary>
    public required LabelPartCode Code { get; init; }

    /// <summary>JSON pointer; for a variant the factor: a JSON pointer or <c>architecture</c>.</summary>
    public required string Pointer { get; init; }

    /// <summary>Value of the parameter, or letter of the variant; null if the parameter is not set.</summary>
    public required ParameterValue? Value { get; init; }

    internal string Text => Code switch
    {
        LabelPartCode.Technique => SpecLabels.Value(Pointer, Value),
        LabelPartCode.None => $"no {SpecLabels.For(Pointer)}",
        LabelPartCode.Variant when Pointer == Factor.Architecture => $"{Pointer} {Value}",
        _ => $"{SpecLabels.For(Pointer)} {SpecLabels.Value(Pointer, Value)}",
    };
}

/// <summary>Form of a part of a label.</summary>
public enum LabelPartCode
{
    /// <summary>Name of a technique: adam.</summary>
    Technique,

    /// <summary>Parameter and value: batch size 64.</summary>
    Value,

    /// <summary>Parameter that is not set: no train limit.</summary>
    None,

    /// <summary>Letter for a factor with too many differences to list: architecture A.</summary>
    Variant,
}

/// <summary>A metric of the compared runs. Runs are compared by their best value, not by the last.</summary>
public sealed record MetricComparison
{
    /// <summary>Name of the metric.</summary>
    public required string Metric { get; init; }

    /// <summary>Direction of improvement.</summary>
    public required MetricGoal Goal { get; init; }

    /// <summary>Scores of the runs that have the metric.</summary>
    public required IReadOnlyList<RunScore> PerRun { get; init; }

    /// <summary>Scores of the groups that have a best value.</summary>
    public required IReadOnlyList<GroupScore> PerGroup { get; init; }
}

/// <summary>Score of a run.</summary>
public sealed record RunScore
{
    /// <summary>Run id.</summary>
    public required Guid Run { get; init; }

    /// <summary>Best value; null if no value was finite.</summary>
    public required double? Best { get; init; }

    /// <summary>Epoch of the best value.</summary>
    public required int? BestEpoch { get; init; }

    /// <summary>Value of the last epoch; null if it is not finite.</summary>
    public required double? Latest { get; init; }
}

/// <summary>Statistics of the best values of a group.</summary>
public sealed record GroupScore
{
    /// <summary>Key of the group.</summary>
    public required string Group { get; init; }

    /// <summary>Number of runs with a best value.</summary>
    public required int N { get; init; }

    /// <summary>Mean.</summary>
    public required double Mean { get; init; }

    /// <summary>Sample standard deviation (n - 1); null for a single run.</summary>
    public required double? Std { get; init; }

    /// <summary>Minimum.</summary>
    public required double Min { get; init; }

    /// <summary>Maximum.</summary>
    public required double Max { get; init; }
}

/// <summary>A metric of a run by epoch.</summary>
public sealed record ComparedCurve
{
    /// <summary>Name of the metric.</summary>
    public required string Metric { get; init; }

    /// <summary>Run id.</summary>
    public required Guid Run { get; init; }

    /// <summary>Points by epoch, ascending; at the same epochs in all curves, except for the last point.</summary>
    public required IReadOnlyList<MetricValue> Points { get; init; }
}

/// <summary>A metric by epoch, averaged over the runs of a group.</summary>
public sealed record CurveBand
{
    /// <summary>Name of the metric.</summary>
    public required string Metric { get; init; }

    /// <summary>Key of the group.</summary>
    public required string Group { get; init; }

    /// <summary>Points by epoch, ascending.</summary>
    public required IReadOnlyList<BandPoint> Points { get; init; }
}

/// <summary>Statistics of a group at an epoch.</summary>
public sealed record BandPoint
{
    /// <summary>Epoch.</summary>
    public required int Epoch { get; init; }

    /// <summary>Mean of the finite values.</summary>
    public required double Mean { get; init; }

    /// <summary>Mean minus one sample standard deviation (n - 1), at least what the metric can be; the mean itself for a single run.</summary>
    public required double Low { get; init; }

    /// <summary>Mean plus one sample standard deviation, at most what the metric can be.</summary>
    public required double High { get; init; }

    /// <summary>Number of runs with a finite value.</summary>
    public required int N { get; init; }
}
