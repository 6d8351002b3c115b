using System.Globalization;
using System.Text.Json;
using Trainyard.Specs.Catalog;
using Trainyard.Specs.Expressions;
using Trainyard.Specs.Json;
using Trainyard.Specs.Labs;

namespace Trainyard.Trainer.Labs;

/// <summary>Paths of optimizers over a function of two variables, and its heights.</summary>
internal static class OptimizerPathsLab
{
    private const int Columns = 121;
    private const int Rows = 81;

    public static OptimizerPathsResult Run(OptimizerPathsRequest request) => new()
    {
        Paths = [.. request.Optimizers.Select(optimizer => Walk(request, optimizer.Deserialize<TechniqueChoice>(SpecJson.Options)!))],
        Grid = Sample(request),
    };

    private static OptimizerPath Walk(OptimizerPathsRequest request, TechniqueChoice optimizer)
    {
        var (x, y, values, diverged) = PlaneWalk.Run(request.Expression, request.Start, optimizer, request.Steps);
        var minimum = request.Minimum;
        return new OptimizerPath
        {
            Optimizer = optimizer,
            X = x,
            Y = y,
            Value = values,
            Diverged = diverged,
            Overshoot = minimum is null ? null : new Overshoot
            {
                X = Beyond(x, minimum.X), Y = Beyond(y, minimum.Y), CrossingsX = Crossings(x, minimum.X), CrossingsY = Crossings(y, minimum.Y),
            },
            Distance = minimum is null ? null : Math.Sqrt(Math.Pow(x[^1] - minimum.X, 2) + Math.Pow(y[^1] - minimum.Y, 2)),
        };
    }

    // How far a coordinate came to the other side of the minimum, as a share of the distance at the start.
    private static double Beyond(List<double> path, double minimum)
    {
        var start = path[0] - minimum;
        return start == 0 ? 0 : Math.Max(0, path.Max(at => -(at - minimum) / start));
    }

    private static int Crossings(List<double> path, double minimum) => path.Zip(path.Skip(1), (from, to) => (from - minimum) * (to - minimum) < 0).Count(crossed => crossed);

    private static HeightGrid Sample(OptimizerPathsRequest request)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        var region = request.Region;
        var x = linspace(region.X.Low, region.X.High, Columns, ScalarType.Float64).reshape(1, Columns);
        var y = linspace(region.Y.Low, region.Y.High, Rows, ScalarType.Float64).reshape(Rows, 1);
        var heights = TensorExpression.Build(
            Expression.Parse(request.Expression), new Dictionary<string, Tensor>(StringComparer.Ordinal) { ["x"] = x, ["y"] = y })[^1];
        var values = heights.expand(Rows, Columns).contiguous().data<double>().ToArray();
        return new HeightGrid { Columns = Columns, Rows = Rows, Values = [.. values.Select(Brief)] };
    }

    // Six digits are more than a picture shows.
    private static double? Brief(double value) => double.IsFinite(value) ? double.Parse(value.ToString("g6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : null;
}
