using System.Collections.Frozen;

namespace Trainyard.Specs.Catalog;

/// <summary>All techniques.</summary>
public static class TechniqueCatalog
{
    private static readonly FrozenDictionary<(TechniqueKind Kind, string Name), TechniqueDefinition> ByName;

    static TechniqueCatalog()
    {
        All =
        [
            .. DatasetCatalog.All, .. PresetCatalog.All, .. InitializationCatalog.All, .. ActivationCatalog.All, .. OptimizerCatalog.All, .. ScheduleCatalog.All,
            .. WeightDecayCatalog.All, .. GradientClippingCatalog.All, .. LayerCatalog.All, .. RegularizationCatalog.All, .. AugmentationCatalog.All, .. PrecisionCatalog.All,
        ];
        ByName = All.ToFrozenDictionary(technique => (technique.Kind, technique.Name));
    }

    /// <summary>All techniques, grouped by kind, in the order of introduction.</summary>
    public static IReadOnlyList<TechniqueDefinition> All { get; }

    /// <summary>The techniques of a kind, in the order of introduction.</summary>
    public static IReadOnlyList<TechniqueDefinition> OfKind(TechniqueKind kind) => [.. All.Where(technique => technique.Kind == kind)];

    /// <summary>Finds a technique by name; null when there is none.</summary>
    public static TechniqueDefinition? Find(TechniqueKind kind, string name) => ByName.GetValueOrDefault((kind, name));

    /// <summary>A choice as people write it: Xavier uniform, Leaky ReLU (slope 0.2). Parameters with their default are left out.</summary>
    public static string Describe(TechniqueKind kind, TechniqueChoice choice)
    {
        const string distribution = "distribution";
        var technique = Find(kind, choice.Name);
        var title = technique?.ShortTitle ?? choice.Name;
        var others = choice.Parameters.Where(parameter => parameter.Key != distribution && technique?.Parameters.FirstOrDefault(known => known.Name == parameter.Key)?.Default != parameter.Value)
            .Select(parameter => $"{parameter.Key} {parameter.Value}").ToList();
        return (choice.Parameters.TryGetValue(distribution, out var drawn) ? $"{title} {drawn}" : title) + (others.Count > 0 ? $" ({string.Join(", ", others)})" : "");
    }

    /// <summary>A technique with its default parameters.</summary>
    /// <exception cref="ArgumentException">There is no such technique.</exception>
    public static TechniqueChoice Default(TechniqueKind kind, string name)
    {
        var technique = Find(kind, name) ?? throw new ArgumentException($"The catalog has no {kind} '{name}'.", nameof(name));
        return new TechniqueChoice(name, technique.Parameters.Select(p => KeyValuePair.Create(p.Name, p.Default!.Value)));
    }
}
