namespace Trainyard.Specs.Expressions;

/// <summary>What a node of an expression computes.</summary>
public enum ExpressionOperation
{
    /// <summary>A number.</summary>
    Constant,

    /// <summary>A variable.</summary>
    Variable,

    /// <summary>a + b.</summary>
    Add,

    /// <summary>a - b.</summary>
    Subtract,

    /// <summary>a * b.</summary>
    Multiply,

    /// <summary>a / b.</summary>
    Divide,

    /// <summary>a ^ b.</summary>
    Power,

    /// <summary>-a.</summary>
    Negate,

    /// <summary>The larger of two.</summary>
    Max,

    /// <summary>The smaller of two.</summary>
    Min,

    /// <summary>exp(a).</summary>
    Exp,

    /// <summary>The natural logarithm.</summary>
    Log,

    /// <summary>1 / (1 + exp(-a)).</summary>
    Sigmoid,

    /// <summary>tanh(a).</summary>
    Tanh,

    /// <summary>max(0, a).</summary>
    Relu,

    /// <summary>The square root.</summary>
    Sqrt,

    /// <summary>sin(a).</summary>
    Sin,

    /// <summary>cos(a).</summary>
    Cos,
}

/// <summary>A node of an expression graph.</summary>
/// <param name="Operation">What it computes.</param>
/// <param name="Inputs">Positions of its inputs among the nodes, all before its own; none for a constant and a variable.</param>
/// <param name="Text">The expression of this node, as in <c>w * x</c>.</param>
/// <param name="Value">The number of a constant; 0 for every other.</param>
public sealed record ExpressionNode(ExpressionOperation Operation, IReadOnlyList<int> Inputs, string Text, double Value = 0)
{
    /// <summary>Whether a variable has an influence on it, so that it has a gradient.</summary>
    public required bool Varies { get; init; }
}

/// <summary>An expression as a graph: every variable is one node, and inputs come before the nodes that use them; the last node is the result.</summary>
public sealed record Expression
{
    /// <summary>Maximum number of nodes.</summary>
    public const int MaximumNodes = 100;

    /// <summary>Maximum length of the text.</summary>
    public const int MaximumLength = 300;

    /// <summary>The nodes.</summary>
    public required IReadOnlyList<ExpressionNode> Nodes { get; init; }

    /// <summary>Names of the variables, in the order of their first use.</summary>
    public required IReadOnlyList<string> Variables { get; init; }

    /// <summary>Reads an expression of numbers, names, <c>+ - * / ^</c>, parentheses and functions.</summary>
    /// <exception cref="ExpressionException">It cannot be read.</exception>
    public static Expression Parse(string text) => new ExpressionParser(text).Read();
}
