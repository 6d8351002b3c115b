using Trainyard.Specs.Expressions;
using Trainyard.Specs.Json;

namespace Trainyard.Specs.Labs;

/// <summary>A variable with its value.</summary>
public sealed record VariableValue
{
    /// <summary>Its name in the expression.</summary>
    [Text(1, 30)]
    public required string Name { get; init; }

    /// <summary>Its value.</summary>
    [Number(-1e6, 1e6)]
    public required double Value { get; init; }
}

/// <summary>A request of lab <c>backprop-by-hand</c>; by default the line of the lecture.</summary>
[OptionalMembers]
public sealed record BackpropRequest
{
    /// <summary>Numbers, variables, <c>+ - * / ^</c>, parentheses, and <c>max min exp log sigmoid tanh relu sqrt sin cos</c>.</summary>
    [Text(1, Expressions.Expression.MaximumLength)]
    public string Expression { get; init; } = "w * x + b";

    /// <summary>A value for each variable.</summary>
    [Items(0, 12)]
    public IReadOnlyList<VariableValue> Variables { get; init; } =
    [
        new() { Name = "w", Value = -2 }, new() { Name = "x", Value = 5 }, new() { Name = "b", Value = 3 },
    ];
}

/// <summary>A node of the graph.</summary>
public sealed record GraphNode
{
    /// <summary>What it computes.</summary>
    public required ExpressionOperation Operation { get; init; }

    /// <summary>Positions of its inputs in the list of nodes.</summary>
    public required IReadOnlyList<int> Inputs { get; init; }

    /// <summary>The expression of this node.</summary>
    public required string Text { get; init; }

    /// <summary>Its value.</summary>
    public required double Value { get; init; }

    /// <summary>Gradient of the result with respect to it; null for a constant.</summary>
    public required double? Gradient { get; init; }
}

/// <summary>The gradient of a variable.</summary>
public sealed record VariableGradient
{
    /// <summary>The variable.</summary>
    public required string Name { get; init; }

    /// <summary>Its value.</summary>
    public required double Value { get; init; }

    /// <summary>Gradient of the result, by the steps of this lab.</summary>
    public required double Gradient { get; init; }

    /// <summary>The same by the automatic differentiation of the engine that trains networks.</summary>
    public required double EngineGradient { get; init; }
}

/// <summary>Result of lab <c>backprop-by-hand</c>.</summary>
public sealed record BackpropResult
{
    /// <summary>The nodes in the order of the forward pass; the last one is the result.</summary>
    public required IReadOnlyList<GraphNode> Nodes { get; init; }

    /// <summary>The edges in the order of the backward pass.</summary>
    public required IReadOnlyList<BackwardStep> Steps { get; init; }

    /// <summary>The variables in the order of their first use.</summary>
    public required IReadOnlyList<VariableGradient> Variables { get; init; }
}
