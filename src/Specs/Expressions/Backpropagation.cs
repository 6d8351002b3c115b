namespace Trainyard.Specs.Expressions;

/// <summary>A gradient that flows back along one edge: from a node to one of its inputs.</summary>
/// <param name="Node">The node that it comes from.</param>
/// <param name="Slot">Which input of the node, from 0.</param>
/// <param name="Input">The node that it goes to.</param>
/// <param name="Upstream">Gradient of the result with respect to the node.</param>
/// <param name="Local">Gradient of the node with respect to this input.</param>
/// <param name="Contribution">Their product.</param>
/// <param name="Total">What has arrived at the input so far: contributions of several edges add up.</param>
public sealed record BackwardStep(int Node, int Slot, int Input, double Upstream, double Local, double Contribution, double Total);

/// <summary>
/// Values and gradients of every node of an expression, in float64, by the rules of the chain. At the kinks they are those of torch: of equal inputs, max and min
/// give each half of the gradient, and relu has gradient 0 at 0.
/// </summary>
public sealed record Backpropagation
{
    /// <summary>Value of each node.</summary>
    public required IReadOnlyList<double> Values { get; init; }

    /// <summary>Gradient of the result with respect to each node; 0 for one that no variable has an influence on.</summary>
    public required IReadOnlyList<double> Gradients { get; init; }

    /// <summary>The edges in the order of the backward pass: from the result, each node after all those that use it.</summary>
    public required IReadOnlyList<BackwardStep> Steps { get; init; }

    /// <summary>The node where values or gradients stop being finite numbers: the first in forward order, else in backward order; null if all are finite.</summary>
    public int? NotFinite
    {
        get
        {
            for (var node = 0; node < Values.Count; node++)
            {
                if (!double.IsFinite(Values[node]))
                {
                    return node;
                }
            }

            return Steps.FirstOrDefault(step => !double.IsFinite(step.Contribution) || !double.IsFinite(step.Total))?.Node;
        }
    }

    /// <summary>Runs the expression forward, then backward.</summary>
    /// <exception cref="KeyNotFoundException">A variable has no value.</exception>
    public static Backpropagation Of(Expression expression, IReadOnlyDictionary<string, double> variables)
    {
        var nodes = expression.Nodes;
        var values = new double[nodes.Count];
        for (var node = 0; node < values.Length; node++)
        {
            values[node] = nodes[node].Operation switch
            {
                ExpressionOperation.Constant => nodes[node].Value,
                ExpressionOperation.Variable => variables[nodes[node].Text],
                var operation => Value(operation, [.. nodes[node].Inputs.Select(input => values[input])]),
            };
        }

        var gradients = new double[nodes.Count];
        List<BackwardStep> steps = [];
        gradients[^1] = nodes[^1].Varies ? 1 : 0;
        for (var node = nodes.Count - 1; node >= 0; node--)
        {
            for (var slot = 0; slot < nodes[node].Inputs.Count; slot++)
            {
                var input = nodes[node].Inputs[slot];
                if (nodes[input].Varies)
                {
                    var local = Local(nodes[node].Operation, slot, [.. nodes[node].Inputs.Select(place => values[place])], values[node]);
                    var contribution = gradients[node] * local;
                    gradients[input] += contribution;
                    steps.Add(new(node, slot, input, gradients[node], local, contribution, gradients[input]));
                }
            }
        }

        return new Backpropagation { Values = values, Gradients = gradients, Steps = steps };
    }

    private static double Value(ExpressionOperation operation, double[] inputs) => operation switch
    {
        ExpressionOperation.Add => inputs[0] + inputs[1],
        ExpressionOperation.Subtract => inputs[0] - inputs[1],
        ExpressionOperation.Multiply => inputs[0] * inputs[1],
        ExpressionOperation.Divide => inputs[0] / inputs[1],
        ExpressionOperation.Power => Math.Pow(inputs[0], inputs[1]),
        ExpressionOperation.Negate => -inputs[0],
        ExpressionOperation.Max => Math.Max(inputs[0], inputs[1]),
        ExpressionOperation.Min => Math.Min(inputs[0], inputs[1]),
        ExpressionOperation.Exp => Math.Exp(inputs[0]),
        ExpressionOperation.Log => Math.Log(inputs[0]),
        ExpressionOperation.Sigmoid => 1 / (1 + Math.Exp(-inputs[0])),
        ExpressionOperation.Tanh => Math.Tanh(inputs[0]),
        ExpressionOperation.Relu => Math.Max(0, inputs[0]),
        ExpressionOperation.Sqrt => Math.Sqrt(inputs[0]),
        ExpressionOperation.Sin => Math.Sin(inputs[0]),
        ExpressionOperation.Cos => Math.Cos(inputs[0]),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, null),
    };

    // The derivative of a node with respect to one of its inputs. value: Value of the node.
    private static double Local(ExpressionOperation operation, int slot, double[] inputs, double value) => (operation, slot) switch
    {
        (ExpressionOperation.Add, _) or (ExpressionOperation.Subtract, 0) => 1,
        (ExpressionOperation.Subtract, _) or (ExpressionOperation.Negate, _) => -1,
        (ExpressionOperation.Multiply, _) => inputs[1 - slot],
        (ExpressionOperation.Divide, 0) => 1 / inputs[1],
        (ExpressionOperation.Divide, _) => -value / inputs[1],
        (ExpressionOperation.Power, 0) => inputs[1] == 0 ? 0 : inputs[1] * Math.Pow(inputs[0], inputs[1] - 1),
        (ExpressionOperation.Power, _) => inputs[0] == 0 && inputs[1] >= 0 ? 0 : value * Math.Log(inputs[0]),
        (ExpressionOperation.Max, _) => Share(inputs[slot].CompareTo(inputs[1 - slot])),
        (ExpressionOperation.Min, _) => Share(inputs[1 - slot].CompareTo(inputs[slot])),
        (ExpressionOperation.Exp, _) => value,
        (ExpressionOperation.Log, _) => 1 / inputs[0],
        (ExpressionOperation.Sigmoid, _) => value * (1 - value),
        (ExpressionOperation.Tanh, _) => 1 - (value * value),
        (ExpressionOperation.Relu, _) => inputs[0] > 0 ? 1 : 0,
        (ExpressionOperation.Sqrt, _) => 0.5 / value,
        (ExpressionOperation.Sin, _) => Math.Cos(inputs[0]),
        (ExpressionOperation.Cos, _) => -Math.Sin(inputs[0]),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, null),
    };

    private static double Share(int comparison) => comparison > 0 ? 1 : comparison < 0 ? 0 : 0.5;
}
