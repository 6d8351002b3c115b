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
