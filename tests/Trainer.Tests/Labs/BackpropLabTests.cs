using System.Globalization;
using Trainyard.Specs.Expressions;
using Trainyard.Specs.Labs;
using Trainyard.Trainer.Labs;
using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Tests.Labs;

public sealed class BackpropLabTests
{
    private static readonly string[] Names = ["a", "b", "c", "d"];

    [Fact]
    public void Run_LineOfTheLecture_HasItsGradients()
    {
        var result = (BackpropResult)LabRunner.Run(new BackpropRequest(), TimeProvider.System);
        Assert.Equal(-7, result.Nodes[^1].Value);
        Assert.Equal([("w", 5.0, 5.0), ("x", -2.0, -2.0), ("b", 1.0, 1.0)], result.Variables.Select(variable => (variable.Name, variable.Gradient, variable.EngineGradient)));
    }

    [Fact]
    public void Run_Gates_AddDistributesMaxRoutesMultiplySwitches()
    {
        var request = (BackpropRequest)LabCatalog.Find("backprop-by-hand")!.Examples.Single(example => example.Name == "gates").Request;
        var result = (BackpropResult)LabRunner.Run(request, TimeProvider.System);
        Assert.Equal(-20, result.Nodes[^1].Value);
        Assert.Equal([("x", -8.0), ("y", 6.0), ("z", 2.0), ("w", 0.0)], result.Variables.Select(variable => (variable.Name, variable.Gradient)));
        Assert.Equal([2.0, 2.0], result.Steps.Where(step => result.Nodes[step.Node].Operation == ExpressionOperation.Add).Select(step => step.Contribution));
    }

    [Theory]
    [InlineData("max(a, b)")]
    [InlineData("min(a, b)")]
    [InlineData("relu(a - b)")]
    [InlineData("(a - b)^2 + (a - b)^0")]
    [InlineData("3 * 2 + 1")]
    [InlineData("a")]
    public void Run_AtAKink_HasTheGradientOfTheEngine(string expression)
    {
        var request = new BackpropRequest { Expression = expression, Variables = [new() { Name = "a", Value = 1.5 }, new() { Name = "b", Value = 1.5 }] };
        var result = (BackpropResult)LabRunner.Run(request, TimeProvider.System);
        Assert.All(result.Variables, variable => Assert.Equal(variable.EngineGradient, variable.Gradient, 1e-15));
    }

    // Every value and every gradient of the steps by hand, against the operations and the automatic differentiation of torch.
    [Fact]
    public void Run_RandomExpressions_HaveTheValuesAndGradientsOfAutograd()
    {
        var random = new RunSeed(7).Stream(RandomPurpose.Lab);
        HashSet<ExpressionOperation> seen = [];
        var (count, tried) = (0, 0);
        while (count < 500)
        {
            Assert.True(++tried < 5000, "Few expressions are finite.");
            using var scope = NewDisposeScope();
            var expression = Expression.Parse(Write(random, depth: 4));
            var values = expression.Variables.ToDictionary(name => name, _ => random.NextUniform(-2, 2), StringComparer.Ordinal);
            var byHand = Backpropagation.Of(expression, values);
            if (byHand.NotFinite is not null || !expression.Nodes[^1].Varies)
            {
                continue;
            }

            count++;
            var tensors = values.ToDictionary(pair => pair.Key, pair => tensor(pair.Value, ScalarType.Float64).requires_grad_(), StringComparer.Ordinal);
            var nodes = TensorExpression.Build(expression, tensors);
            nodes[^1].backward();
            for (var node = 0; node < nodes.Count; node++)
            {
                seen.Add(expression.Nodes[node].Operation);
                IsNear(nodes[node].item<double>(), byHand.Values[node], expression, node);
                if (expression.Nodes[node].Operation == ExpressionOperation.Variable)
                {
                    IsNear(tensors[expression.Nodes[node].Text].grad!.item<double>(), byHand.Gradients[node], expression, node);
                }
            }
        }

        Assert.Equal(Enum.GetValues<ExpressionOperation>().Order(), seen.Order());
    }

    private static void IsNear(double expected, double actual, Expression expression, int node) => Assert.True(
        Math.Abs(expected - actual) <= 1e-9 * Math.Max(1, Math.Abs(expected)), $"{expression.Nodes[^1].Text}, {expression.Nodes[node].Text}: autograd {expected}, by hand {actual}");

    private static string Write(RandomStream random, int depth)
    {
        if (depth == 0 || random.NextIndex(8) == 0)
        {
            return random.NextIndex(5) == 0 ? random.NextUniform(-3, 3).ToString("0.##", CultureInfo.InvariantCulture) : Names[random.NextIndex(Names.Length)];
        }

        string Inner() => Write(random, depth - 1);
        return random.NextIndex(16) switch
        {
            0 or 1 => $"({Inner()} + {Inner()})",
            2 => $"({Inner()} - {Inner()})",
            3 or 4 => $"({Inner()} * {Inner()})",
            5 => $"({Inner()}) / ({Inner()})",
            6 => $"({Inner()})^{random.NextIndex(4)}",
            7 => $"-({Inner()})",
            8 => $"max({Inner()}, {Inner()})",
            9 => $"min({Inner()}, {Inner()})",
            10 => $"exp({Inner()})^(({Inner()}))",
            11 => $"log({Inner()})",
            12 => $"sigmoid({Inner()}) + tanh({Inner()})",
            13 => $"relu({Inner()})",
            14 => $"sqrt({Inner()})",
            _ => $"sin({Inner()}) * cos({Inner()})",
        };
    }
}
