using System.Globalization;
using System.Text.Json.Serialization;
using Trainyard.Specs.Spec;

namespace Trainyard.Service.Lessons;

/// <summary>What the runs of a ranking have in common: the dataset, and the samples that their validation accuracy is measured on.</summary>
public sealed record HandInRules
{
    /// <summary>Datasets, each with a ranking of its own.</summary>
    public required IReadOnlyList<string> Datasets { get; init; }

    /// <summary>Number of validation samples; null where a share is held out.</summary>
    public required int? ValidationCount { get; init; }

    /// <summary>Share of the training data that is held out; null where their number is given.</summary>
    public required double? ValidationFraction { get; init; }

    /// <summary>Seed of the split.</summary>
    public required int DataSeed { get; init; }

    /// <summary>The split in words of a spec.</summary>
    [JsonIgnore]
    public string Split => string.Create(
        CultureInfo.InvariantCulture, $"{(ValidationCount is { } count ? $"validationCount {count}" : $"validationFraction {ValidationFraction}")} and data seed {DataSeed}");

    // The rules of a lesson, by the full size of its run; null for a lesson without hand-ins.
    internal static HandInRules? Of(Lesson lesson) =>
        lesson.File is { HandIn: { } handIn, Runs: [var run, ..] } ? OfSplit(handIn.Datasets, lesson.Read(run, AttemptSettings.AsItIs).Spec!.Data) : null;

    // The same with the split of another spec, for comparison.
    internal static HandInRules OfSplit(IReadOnlyList<string> datasets, DataSpec data) => new()
    {
        Datasets = datasets,
        ValidationCount = data.ValidationCount,
        ValidationFraction = data.ValidationCount is null ? data.ValidationFraction : null,
        DataSeed = data.Seed,
    };
}
