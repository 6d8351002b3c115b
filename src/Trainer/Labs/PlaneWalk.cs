using Trainyard.Specs.Catalog;
using Trainyard.Specs.Expressions;
using Trainyard.Specs.Labs;
using Trainyard.Trainer.Optimizers;

namespace Trainyard.Trainer.Labs;

/// <summary>An optimizer walks over a function of x and y, as it does over the loss of a network.</summary>
internal static class PlaneWalk
{
    private const double Limit = 1e9;

    // The start and the point after each update, with the values of the function; fewer points when the path leaves the numbers. A rule that looks ahead
    // (Nesterov) keeps the point where it takes the gradient in the parameters, here as in training.
    public static (List<double> X, List<double> Y, List<double> Values, bool Diverged) Run(string function, PlanePoint start, TechniqueChoice choice, int steps)
    {
        using var scope = NewDisposeScope();
        var expression = Expression.Parse(function);
        var (x, y) = (tensor([start.X]).requires_grad_(), tensor([start.Y]).requires_grad_());
        var variables = new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["x"] = x, ["y"] = y };
        using var optimizer = OptimizerFactory.Create(choice, [x, y]);
        var learningRate = choice.Number("learningRate");
        var (atX, atY, values) = (new List<double>(), new List<double>(), new List<double>());
        for (var step = 0; ; step++)
        {
            using var inner = NewDisposeScope();
            x.grad?.zero_();
            y.grad?.zero_();
            var value = TensorExpression.Build(expression, variables)[^1].sum();
            var (px, py, height) = (x.item<double>(), y.item<double>(), value.item<double>());
            if (!(Math.Abs(px) <= Limit && Math.Abs(py) <= Limit && Math.Abs(height) <= Limit))
            {
                return (atX, atY, values, true);
            }

            atX.Add(px);
            atY.Add(py);
            values.Add(height);
            if (step == steps)
            {
                return (atX, atY, values, false);
            }

            if (expression.Nodes[^1].Varies)
            {
                value.backward();
            }

            optimizer.Step(learningRate);
        }
    }
}
