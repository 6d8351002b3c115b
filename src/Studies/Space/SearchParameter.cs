using System.Text.Json;
using Trainyard.Specs.Json;

namespace Trainyard.Studies.Space;

/// <summary>A parameter of a search space.</summary>
public sealed record SearchParameter
{
    /// <summary>Name, unique in the space: <c>learning rate</c>.</summary>
    [Text(1, 100)]
    public required string Name { get; init; }

    /// <summary>JSON pointers of the settings that take its value, as in <c>/training/optimizer/learningRate</c>.</summary>
    [Items(1, 16)]
    [Text(1, 1000)]
    public required IReadOnlyList<string> Pointers { get; init; }

    /// <summary>Kind of its values.</summary>
    public required SearchParameterKind Kind { get; init; }

    /// <summary>Of a range: lowest value.</summary>
    [Number(-1e15, 1e15)]
    public double? Low { get; init; }

    /// <summary>Of a range: highest value, which is included.</summary>
    [Number(-1e15, 1e15)]
    public double? High { get; init; }

    /// <summary>Of a range: whether the logarithm is spread evenly instead of the value.</summary>
    public bool Log { get; init; }

    /// <summary>Of a range: distance of the values, from <see cref="Low"/>; null for every value (of an <c>int</c>: 1).</summary>
    [Number(0, 1e15, MinimumExclusive = true)]
    public double? Step { get; init; }

    /// <summary>Of a range: number of values in a grid, spread evenly with both ends; other methods ignore it.</summary>
    [Number(2, 10_000)]
    public int? Points { get; init; }

    /// <summary>Of a <c>categorical</c>: the values, any JSON.</summary>
    [Items(1, 1000)]
    public IReadOnlyList<JsonElement>? Values { get; init; }

    /// <summary>When the parameter is part of a trial; null for always.</summary>
    public ParameterCondition? When { get; init; }
}

/// <summary>Kind of a search parameter.</summary>
public enum SearchParameterKind
{
    /// <summary>A number of a range.</summary>
    Float,

    /// <summary>An integer of a range.</summary>
    Int,

    /// <summary>One of a list.</summary>
    Categorical,
}

/// <summary>Makes a parameter part of only those trials in which another has one of some values.</summary>
public sealed record ParameterCondition
{
    /// <summary>Name of a parameter that is listed before.</summary>
    [Text(1, 100)]
    public required string Parameter { get; init; }

    /// <summary>The values of that parameter.</summary>
    [Items(1, 1000)]
    public required IReadOnlyList<JsonElement> In { get; init; }
}
