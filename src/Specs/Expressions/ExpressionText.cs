namespace Trainyard.Specs.Expressions;

/// <summary>Writes a node as text, with no more parentheses than it needs.</summary>
internal static class ExpressionText
{
    public static string Of(ExpressionOperation operation, IReadOnlyList<ExpressionNode> inputs) => operation switch
    {
        ExpressionOperation.Add => $"{inputs[0].Text} + {Within(inputs[1], 2)}",
        ExpressionOperation.Subtract => $"{inputs[0].Text} - {Within(inputs[1], 2)}",
        ExpressionOperation.Multiply => $"{Within(inputs[0], 2)} * {Within(inputs[1], 3)}",
        ExpressionOperation.Divide => $"{Within(inputs[0], 2)} / {Within(inputs[1], 3)}",
        ExpressionOperation.Negate => $"-{Within(inputs[0], 3)}",
        ExpressionOperation.Power => $"{Within(inputs[0], 5)}^{Within(inputs[1], 4)}",
        _ => $"{operation.ToString().ToLowerInvariant()}({string.Join(", ", inputs.Select(input => input.Text))})",
    };

    // The text in parentheses where it binds weaker than its place asks for.
    private static string Within(ExpressionNode node, int needed) => Strength(node) < needed ? $"({node.Text})" : node.Text;

    private static int Strength(ExpressionNode node) => node.Operation switch
    {
        ExpressionOperation.Add or ExpressionOperation.Subtract => 1,
        ExpressionOperation.Multiply or ExpressionOperation.Divide => 2,
        ExpressionOperation.Negate => 3,
        ExpressionOperation.Constant when node.Text.StartsWith('-') => 3,
        ExpressionOperation.Power => 4,
        _ => 5,
    };
}
