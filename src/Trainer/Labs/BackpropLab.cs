using Trainyard.Specs.Expressions;
using Trainyard.Specs.Labs;

namespace Trainyard.Trainer.Labs;

/// <summary>Backpropagation by hand, beside the engine's automatic differentiation.</summary>
internal static class BackpropLab
{
    public static BackpropResult Run(BackpropRequest request)
    {
        var expression = Expression.Parse(request.Expression);
        var values = request.Variables.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal);
        var byHand = Backpropagation.Of(expression, values);
        var tensors = values.ToDictionary(pair => pair.Key, pair => tensor(pair.Value, ScalarType.Float64).requires_grad_(), StringComparer.Ordinal);
        if (expression.Nodes[^1].Varies)
        {
            TensorExpression.Build(expression, tensors)[^1].backward();
        }

        var places = expression.Nodes.Index().Where(node => node.Item.Operation == ExpressionOperation.Variable).ToDictionary(node => node.Item.Text, node => node.Index, StringComparer.Ordinal);
        return new BackpropResult
        {
            Nodes =
            [
                .. expression.Nodes.Select((node, index) => new GraphNode
                {
                    Operation = node.Operation,
                    Inputs = node.Inputs,
                    Text = node.Text,
                    Value = byHand.Values[index],
                    Gradient = node.Varies ? byHand.Gradients[index] : null,
                }),
            ],
            Steps = byHand.Steps,
            Variables =
            [
                .. expression.Variables.Select(name => new VariableGradient
                {
                    Name = name,
                    Value = values[name],
                    Gradient = byHand.Gradients[places[name]],
                    EngineGradient = tensors[name].grad is { } gradient ? gradient.item<double>() : 0,
                }),
            ],
        };
    }
}
