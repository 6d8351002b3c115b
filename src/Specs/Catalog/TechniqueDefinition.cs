using System.Text.Json.Serialization;

namespace Trainyard.Specs.Catalog;

/// <summary>A catalog entry: a technique and the definitions of its parameters.</summary>
public sealed record TechniqueDefinition
{
    /// <summary>Its kind.</summary>
    public required TechniqueKind Kind { get; init; }

    /// <summary>JSON pointer to the setting that selects it; <c>*</c> stands for any index of an array.</summary>
    public required string Pointer { get; init; }

    /// <summary>Name in a spec.</summary>
    public required string Name { get; init; }

    /// <summary>Display name.</summary>
    public required string Title { get; init; }

    /// <summary>The display name without what it has in parentheses: He.</summary>
    [JsonIgnore]
    public string ShortTitle => Title.Split(" (", 2)[0];

    /// <summary>The formula in plain text, with g the gradient, w the weights, a the learning rate; null for a dataset of files.</summary>
    public string? Formula { get; init; }

    /// <summary>What it is and when to use it, in about two sentences.</summary>
    public required string Explanation { get; init; }

    /// <summary>Its source.</summary>
    public required string Source { get; init; }

    /// <summary>Values that an optimizer keeps per weight; 0 for every other kind.</summary>
    public int StateTensors { get; init; }

    /// <summary>Its parameters.</summary>
    public required IReadOnlyList<ParameterDefinition> Parameters { get; init; }
}

/// <summary>Kind of technique.</summary>
public enum TechniqueKind
{
    /// <summary>Dataset.</summary>
    Dataset,

    /// <summary>Optimizer.</summary>
    Optimizer,

    /// <summary>Distribution of the initial weights.</summary>
    Initialization,

    /// <summary>Activation.</summary>
    Activation,

    /// <summary>Weight decay.</summary>
    WeightDecay,

    /// <summary>Predefined network.</summary>
    Preset,

    /// <summary>Learning-rate schedule.</summary>
    Schedule,

    /// <summary>Gradient clipping.</summary>
    GradientClipping,

    /// <summary>Layer of a list of layers.</summary>
    Layer,

    /// <summary>Regularization, other than weight decay.</summary>
    Regularization,

    /// <summary>Augmentation of images.</summary>
    Augmentation,

    /// <summary>Number format of convolutions and matrix products.</summary>
    Precision,
}

/// <summary>Creates catalog entries.</summary>
internal static class TechniqueDefinitions
{
    public static TechniqueDefinition Technique(
        TechniqueKind kind, string pointer, string name, string title, string? formula, string explanation, string source,
        params IReadOnlyList<ParameterDefinition> parameters) => new()
        {
            Kind = kind,
            Pointer = pointer,
            Name = name,
            Title = title,
            Formula = formula,
            Explanation = explanation,
            Source = source,
            Parameters = parameters,
        };
}
