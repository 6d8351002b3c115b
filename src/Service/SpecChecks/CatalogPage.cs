using Trainyard.Specs.Catalog;

namespace Trainyard.Service.SpecChecks;

/// <summary>Everything that a spec can say: enough to build its form.</summary>
public sealed record CatalogPage
{
    /// <summary>Every technique with its parameters, defaults, ranges and explanation.</summary>
    public required IReadOnlyList<TechniqueDefinition> Techniques { get; init; }

    /// <summary>The fixed members of a spec.</summary>
    public required IReadOnlyList<SpecField> Fields { get; init; }
}
