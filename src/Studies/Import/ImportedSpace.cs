using System.Text.Json;
using Trainyard.Specs.Spec;
using Trainyard.Studies.Search;
using Trainyard.Studies.Space;
using Trainyard.Studies.Stopping;

namespace Trainyard.Studies.Import;

/// <summary>A search space of another tool.</summary>
public sealed record ImportedSpace
{
    /// <summary>Format of the file; null when it is none of the known ones.</summary>
    public required ImportFormat? Format { get; init; }

    /// <summary>The parameters; null when none mapped.</summary>
    public required SearchSpace? Space { get; init; }

    /// <summary>Settings with one value, for the base spec.</summary>
    public required IReadOnlyList<ImportedConstant> Constants { get; init; }

    /// <summary>The search method; null when the file names none that is known.</summary>
    public required SearchMethod? Method { get; init; }

    /// <summary>The metric; null when the file names none that is known.</summary>
    public required ValidationMetric? Metric { get; init; }

    /// <summary>Early stopping; null when the file has none that is known.</summary>
    public required StoppingRule? Stopping { get; init; }

    /// <summary>Number of trials; null when the file has none.</summary>
    public required int? Trials { get; init; }

    /// <summary>Trials at the same time; null when the file has no number.</summary>
    public required int? Parallelism { get; init; }

    /// <summary>What did not map, or not exactly, in the order of the file.</summary>
    public required IReadOnlyList<UnmappedSetting> Unmapped { get; init; }
}

/// <summary>Format of a search-space file.</summary>
public enum ImportFormat
{
    /// <summary>A sweep configuration of Weights &amp; Biases.</summary>
    WandbSweep,

    /// <summary>Distributions as Optuna writes them as JSON.</summary>
    Optuna,

    /// <summary>An experiment configuration of Determined.</summary>
    Determined,
}

/// <summary>A setting with one value.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Pointer">JSON pointer of the setting in a spec.</param>
/// <param name="Value">The value.</param>
public sealed record ImportedConstant(string Name, string Pointer, JsonElement Value);

/// <summary>A part of a file that did not map.</summary>
/// <param name="Path">Its place in the file, as names separated by dots; empty for the whole file.</param>
/// <param name="Reason">Why.</param>
/// <param name="Detail">What exactly: the value, the distribution, or the error of the parser; may be empty.</param>
public sealed record UnmappedSetting(string Path, UnmappedReason Reason, string Detail);

/// <summary>Why a part of a file did not map.</summary>
public enum UnmappedReason
{
    /// <summary>The text cannot be read.</summary>
    Unreadable,

    /// <summary>The file is none of the known formats.</summary>
    UnknownFormat,

    /// <summary>A spec has no setting of this name.</summary>
    UnknownParameter,

    /// <summary>The setting does not know this value, as a technique that is not in the catalog.</summary>
    UnknownValue,

    /// <summary>A study has no such distribution.</summary>
    UnsupportedDistribution,

    /// <summary>The distribution lacks a bound, or its bounds are not a range.</summary>
    InvalidRange,

    /// <summary>The values are drawn without these weights, or without this rounding.</summary>
    Simplified,

    /// <summary>A study has nothing that corresponds to it.</summary>
    Unsupported,
}
