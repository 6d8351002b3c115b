namespace Trainyard.Specs.Catalog;

/// <summary>A catalog entry: what a technique is, when it helps, and the contract of its parameters.</summary>
public sealed record TechniqueDefinition
{
    /// <summary>What it is chosen for.</summary>
    public required TechniqueKind Kind { get; init; }

    /// <summary>JSON pointer to the member of a spec that chooses it; <c>*</c> stands for any index of an array.</summary>
    public required string Pointer { get; init; }

    /// <summary>Name in a spec.</summary>
    public required string Name { get; init; }

    /// <summary>Name for people.</summary>
    public required string Title { get; init; }

    /// <summary>The rule, in plain text with g the gradient, w the weights, a the learning rate; null for a dataset of files.</summary>
    public string? Formula { get; init; }

    /// <summary>What it is and when to use it, in about two sentences.</summary>
    public required string Explanation { get; init; }

    /// <summary>Where it comes from.</summary>
    public required string Source { get; init; }

    /// <summary>Numbers that an optimizer keeps for each weight between steps; 0 for every other kind.</summary>
    public int StateTensors { get; init; }

    /// <summary>Its parameters.</summary>
    public required IReadOnlyList<ParameterDefinition> Parameters { get; init; }
}

/// <summary>What a technique is chosen for.</summary>
public enum TechniqueKind
{
    /// <summary>A source of samples.</summary>
    Dataset,

    /// <summary>A rule that turns gradients into weight updates.</summary>
    Optimizer,

    /// <summary>A distribution of the first weights.</summary>
    Initialization,

    /// <summary>A non-linearity.</summary>
    Activation,

    /// <summary>A pull of the weights towards zero.</summary>
    WeightDecay,

    /// <summary>A ready network.</summary>
    Preset,

    /// <summary>The learning rate over the course of training.</summary>
    Schedule,

    /// <summary>A bound on the gradient of a step.</summary>
    GradientClipping,

    /// <summary>A layer of a free list.</summary>
    Layer,

    /// <summary>A setting against overfitting, beside weight decay.</summary>
    Regularization,

    /// <summary>A random change of training images.</summary>
    Augmentation,

    /// <summary>A number format of convolutions and matrix products.</summary>
    Precision,
}

/// <summary>A short way to write a catalog entry.</summary>
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
