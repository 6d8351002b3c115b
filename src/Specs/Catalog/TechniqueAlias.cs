namespace Trainyard.Specs.Catalog;

/// <summary>What stands in a spec for a technique that is known by another name.</summary>
/// <param name="Name">The name here.</param>
/// <param name="Parameters">Parameters that the other name implies, by name; null: none.</param>
/// <param name="Beside">Members of the spec, beside the technique, that the other name implies; null: none.</param>
internal sealed record TechniqueAlias(string Name, IReadOnlyDictionary<string, object>? Parameters = null, IReadOnlyDictionary<string, object>? Beside = null);
