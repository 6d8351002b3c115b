namespace Trainyard.Specs.Catalog;

/// <summary>Contract of one parameter: its type, range, default and meaning. The reader enforces it, the pages show it.</summary>
public sealed record ParameterDefinition
{
    /// <summary>Name in the spec, camelCase.</summary>
    public required string Name { get; init; }

    /// <summary>JSON type.</summary>
    public required ParameterKind Kind { get; init; }

    /// <summary>Value when the spec leaves it out; null: it must be given, or leaving it out means "none" (see the explanation).</summary>
    public ParameterValue? Default { get; init; }

    /// <summary>Smallest allowed number.</summary>
    public double? Minimum { get; init; }

    /// <summary>Whether <see cref="Minimum"/> itself is not allowed.</summary>
    public bool MinimumExclusive { get; init; }

    /// <summary>Largest allowed number; for text the largest length.</summary>
    public double? Maximum { get; init; }

    /// <summary>Whether <see cref="Maximum"/> itself is not allowed.</summary>
    public bool MaximumExclusive { get; init; }

    /// <summary>Whether null is allowed.</summary>
    public bool Nullable { get; init; }

    /// <summary>Largest number of items of a list.</summary>
    public int? MaximumItems { get; init; }

    /// <summary>Allowed words of a choice.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>Unit, as in <c>seconds</c>; null: a plain number.</summary>
    public string? Unit { get; init; }

    /// <summary>What it does, in one or two sentences.</summary>
    public required string Explanation { get; init; }
}
