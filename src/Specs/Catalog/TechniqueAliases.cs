using Trainyard.Specs.Json;

namespace Trainyard.Specs.Catalog;

/// <summary>Names that papers and libraries use for techniques of the catalog. A spec has one name for each, so an alias is an error that suggests it.</summary>
internal static class TechniqueAliases
{
    private static readonly TechniqueAlias FullBatch = new("sgd", Beside: new Dictionary<string, object> { ["batchSize"] = "full" });
    private static readonly TechniqueAlias VeryLeaky = new("leaky_relu", new Dictionary<string, object> { ["slope"] = 0.3333 });

    private static readonly Dictionary<string, object> Uniform = new() { ["distribution"] = "uniform" };

    // Keys as Spelling.Fold makes them.
    private static readonly Dictionary<(TechniqueKind Kind, string Name), TechniqueAlias> ByName = new()
    {
        [(TechniqueKind.Optimizer, "gd")] = FullBatch,
        [(TechniqueKind.Optimizer, "bgd")] = FullBatch,
        [(TechniqueKind.Optimizer, "gradientdescent")] = FullBatch,
        [(TechniqueKind.Optimizer, "batchgradientdescent")] = FullBatch,
        [(TechniqueKind.Optimizer, "sgdm")] = new("momentum"),
        [(TechniqueKind.Optimizer, "heavyball")] = new("momentum"),
        [(TechniqueKind.Optimizer, "nag")] = new("nesterov"),
        [(TechniqueKind.Activation, "swish")] = new("silu"),
        [(TechniqueKind.Activation, "logistic")] = new("sigmoid"),
        [(TechniqueKind.Activation, "lrelu")] = new("leaky_relu"),
        [(TechniqueKind.Activation, "vlrelu")] = VeryLeaky,
        [(TechniqueKind.Activation, "veryleakyrelu")] = VeryLeaky,
        [(TechniqueKind.Activation, "linear")] = new("identity"),
        [(TechniqueKind.Activation, "none")] = new("identity"),
        [(TechniqueKind.Initialization, "msra")] = new("he"),
        [(TechniqueKind.Initialization, "kaiming")] = new("he"),
        [(TechniqueKind.Initialization, "kaimingnormal")] = new("he"),
        [(TechniqueKind.Initialization, "kaiminguniform")] = new("he", Uniform),
        [(TechniqueKind.Initialization, "glorot")] = new("xavier"),
        [(TechniqueKind.Initialization, "glorotnormal")] = new("xavier"),
        [(TechniqueKind.Initialization, "glorotuniform")] = new("xavier", Uniform),
        [(TechniqueKind.Initialization, "xaviernormal")] = new("xavier"),
        [(TechniqueKind.Initialization, "xavieruniform")] = new("xavier", Uniform),
        [(TechniqueKind.Initialization, "gaussian")] = new("normal"),
        [(TechniqueKind.Initialization, "orthonormal")] = new("orthogonal"),
        [(TechniqueKind.Initialization, "orthonormalmsra")] = new("orthogonal_msra"),
        [(TechniqueKind.Schedule, "reduceonplateau")] = new("plateau"),
        [(TechniqueKind.Schedule, "cosineannealing")] = new("cosine"),
    };

    /// <summary>The technique for an alias in any spelling; null when it is not an alias.</summary>
    public static TechniqueAlias? Find(TechniqueKind kind, string name) => ByName.GetValueOrDefault((kind, Spelling.Fold(name)));
}

// The settings that an alias stands for. Parameters: Parameters of the technique; null for none. Beside: Other settings of the same object; null for none.
internal sealed record TechniqueAlias(string Name, IReadOnlyDictionary<string, object>? Parameters = null, IReadOnlyDictionary<string, object>? Beside = null);
