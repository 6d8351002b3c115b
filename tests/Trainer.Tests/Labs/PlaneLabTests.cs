using Trainyard.Specs.Labs;
using Trainyard.Trainer.Labs;

namespace Trainyard.Trainer.Tests.Labs;

/// <summary>The labs of optimizers on a function of two variables.</summary>
public sealed class PlaneLabTests
{
    [Fact]
    public void Paths_LectureExample_AreThoseOfTheRules()
    {
        var result = Paths(new OptimizerPathsRequest());
        Assert.Equal(["sgd", "momentum", "adagrad", "adam"], result.Paths.Select(path => path.Optimizer.Name));
        Assert.All(result.Paths, path =>
        {
            Assert.Equal((31, -7.0, 2.0, false), (path.X.Count, path.X[0], path.Y[0], path.Diverged));
            Assert.Equal(path.X.Zip(path.Y, (x, y) => (x * x / 20) + (y * y)).Select(value => Math.Round(value, 9)), path.Value.Select(value => Math.Round(value, 9)));
        });

        // sgd: x <- (1 - 0.95 / 10) x, y <- (1 - 0.95 * 2) y
        var sgd = result.Paths[0];
        Assert.All(Enumerable.Range(0, 31), step =>
        {
            Assert.Equal(-7 * Math.Pow(0.905, step), sgd.X[step], 1e-9);
            Assert.Equal(2 * Math.Pow(-0.9, step), sgd.Y[step], 1e-9);
        });

        Assert.Equal((0, 30, 0, 0.9), (sgd.Overshoot!.CrossingsX, sgd.Overshoot.CrossingsY, sgd.Overshoot.X, Math.Round(sgd.Overshoot.Y, 9)));

        // momentum: v <- 0.9 v - 0.1 g
        var (vx, vy, x, y) = (0.0, 0.0, -7.0, 2.0);
        foreach (var step in Enumerable.Range(1, 30))
        {
            (vx, vy) = ((0.9 * vx) - (0.1 * x / 10), (0.9 * vy) - (0.1 * 2 * y));
            (x, y) = (x + vx, y + vy);
            Assert.Equal((x, y), (Math.Round(result.Paths[1].X[step], 9), Math.Round(result.Paths[1].Y[step], 9)), new Near());
        }

        // AdaGrad's and Adam's first step is the learning rate in each coordinate.
        Assert.Equal((-5.5, 0.5), (result.Paths[2].X[1], result.Paths[2].Y[1]), new Near());
        Assert.Equal((-6.7, 1.7), (result.Paths[3].X[1], result.Paths[3].Y[1]), new Near());
    }

    [Fact]
    public void Paths_Grid_HasTheHeights()
    {
        var grid = Paths(new OptimizerPathsRequest { Region = new() { X = new() { Low = 0, High = 120 }, Y = new() { Low = -40, High = 40 } } }).Grid;
        Assert.Equal((121, 81, 121 * 81), (grid.Columns, grid.Rows, grid.Values.Count));
        Assert.Equal(1600.0, grid.Values[0]!.Value, 1e-3); // (0, -40)
        Assert.Equal((10.0 * 10 / 20) + 9, grid.Values[(43 * 121) + 10]!.Value, 1e-4); // (10, 3)
    }

    [Fact]
    public void Paths_FunctionOfOneVariableOrNone_HasAFullGrid()
    {
        Assert.Equal(121 * 81, Paths(new OptimizerPathsRequest { Expression = "x^2" }).Grid.Values.Count);
        var flat = Paths(new OptimizerPathsRequest { Expression = "3" });
        Assert.All(flat.Paths, path => Assert.Equal((-7.0, 2.0), (path.X[^1], path.Y[^1])));
    }

    [Fact]
    public void Paths_RateTooLarge_EndsBeforeItLeavesTheNumbers()
    {
        var lab = LabCatalog.Find("optimizer-paths")!;
        var request = (OptimizerPathsRequest)lab.Read("""{ "optimizers": [{ "name": "sgd", "learningRate": 5 }], "steps": 500 }"""u8.ToArray()).Request!;
        var path = Assert.Single(Paths(request).Paths);
        Assert.True(path.Diverged);
        Assert.InRange(path.X.Count, 2, 100);
        Assert.All(path.Value, value => Assert.InRange(value, 0, 1e9));
    }

    [Fact]
    public void Paths_NesterovBesideMomentum_OvershootsLess()
    {
        var request = (OptimizerPathsRequest)LabCatalog.Find("optimizer-paths")!.Examples.Single(example => example.Name == "nesterov").Request;
        var result = Paths(request);
        var (momentum, nesterov) = (result.Paths[0].Overshoot!, result.Paths[1].Overshoot!);
        Assert.InRange(momentum.X, 0.1, 0.2);
        Assert.InRange(nesterov.X, 0.01, 0.85 * momentum.X);
        Assert.InRange(nesterov.Y, 0.01, 0.65 * momentum.Y);
        Assert.True(result.Paths[1].Distance < 0.5 * result.Paths[0].Distance);
    }

    [Fact]
    public void BiasCorrection_OfAConstantGradient_StepsAreOneAndThoseOfTheory()
    {
        var result = (AdamBiasResult)LabRunner.Run(new AdamBiasRequest { Expression = "x + 3 * y" }, TimeProvider.System);
        var (with, without) = (result.Curves[0], result.Curves[1]);
        Assert.Equal((true, false, 50, 50), (with.BiasCorrection, without.BiasCorrection, with.StepX.Count, result.Theory.Count));
        Assert.All(with.StepX.Concat(with.StepY), step => Assert.Equal(1, step, 1e-5));
        Assert.All(Enumerable.Range(0, 50), step => Assert.Equal(result.Theory[step], without.StepX[step], 1e-4));
        Assert.Equal(0.1 / Math.Sqrt(0.001), result.Theory[0], 1e-12);
        Assert.InRange(result.Theory.Max(), 6, 7);
    }

    private static OptimizerPathsResult Paths(OptimizerPathsRequest request)
    {
        var lab = LabCatalog.Find("optimizer-paths")!;
        var reading = lab.Read(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(request, Specs.Json.SpecJson.Options));
        Assert.Empty(reading.Findings);
        return (OptimizerPathsResult)LabRunner.Run(reading.Request!, TimeProvider.System);
    }

    private sealed class Near : IEqualityComparer<(double X, double Y)>
    {
        public bool Equals((double X, double Y) one, (double X, double Y) other) => Math.Abs(one.X - other.X) < 1e-6 && Math.Abs(one.Y - other.Y) < 1e-6;

        public int GetHashCode((double X, double Y) point) => 0;
    }
}
