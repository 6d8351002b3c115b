using Trainyard.Specs.Catalog;

namespace Trainyard.Service.Compare;

/// <summary>A place where specs differ.</summary>
public sealed record SpecDifference
{
    /// <summary>JSON pointer into the canonical spec.</summary>
    public required string Pointer { get; init; }

    /// <summary>The place in words, as in <c>optimizer learning rate</c>.</summary>
    public required string Label { get; init; }

    /// <summary>Whether it only tells repetitions of one setting apart: the seed.</summary>
    public required bool Replicate { get; init; }

    /// <summary>The value of each run, by id; null where the spec has no such place or null there.</summary>
    public required IReadOnlyDictionary<string, ParameterValue?> Values { get; init; }
}
