using Trainyard.Specs.Expressions;

namespace Trainyard.Trainer.Labs;

/// <summary>An expression as operations of the tensor engine.</summary>
internal static class TensorExpression
{
    // The tensor of every node, in their order; those of constants are scalars. variables: Float64, of any shape that broadcasts.
    public static IReadOnlyList<Tensor> Build(Expression expression, IReadOnlyDictionary<string, Tensor> variables)
    {
        var results = new Tensor[expression.Nodes.Count];
        for (var node = 0; node < results.Length; node++)
        {
            var (operation, inputs, text, value) = expression.Nodes[node];
            results[node] = operation switch
            {
                ExpressionOperation.Constant => tensor(value, ScalarType.Float64),
                ExpressionOperation.Variable => variables[text],
                _ => Apply(operation, [.. inputs.Select(input => results[input])]),
            };
        }

        return results;
    }

    private static Tensor Apply(ExpressionOperation operation, Tensor[] inputs) => operation switch
    {
        ExpressionOperation.Add => inputs[0].add(inputs[1]),
        ExpressionOperation.Subtract => inputs[0].sub(inputs[1]),
        ExpressionOperation.Multiply => inputs[0].mul(inputs[1]),
        ExpressionOperation.Divide => inputs[0].div(inputs[1]),
        ExpressionOperation.Power => inputs[0].pow(inputs[1]),
        ExpressionOperation.Negate => inputs[0].neg(),
        ExpressionOperation.Max => inputs[0].maximum(inputs[1]),
        ExpressionOperation.Min => inputs[0].minimum(inputs[1]),
        ExpressionOperation.Exp => inputs[0].exp(),
        ExpressionOperation.Log => inputs[0].log(),
        ExpressionOperation.Sigmoid => inputs[0].sigmoid(),
        ExpressionOperation.Tanh => inputs[0].tanh(),
        ExpressionOperation.Relu => inputs[0].relu(),
        ExpressionOperation.Sqrt => inputs[0].sqrt(),
        ExpressionOperation.Sin => inputs[0].sin(),
        ExpressionOperation.Cos => inputs[0].cos(),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, null),
    };
}
