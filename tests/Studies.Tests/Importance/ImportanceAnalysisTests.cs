using System.Text.Json;
using Trainyard.Studies.Importance;
using Trainyard.Studies.Search;
using Trainyard.Studies.Space;
using Trainyard.Studies.Trials;

namespace Trainyard.Studies.Tests.Importance;

/// <summary>Importances of functions whose decomposition of variance is known.</summary>
public sealed class ImportanceAnalysisTests(ITestOutputHelper output)
{
    private static readonly SearchSpace Cube = Spaces.Read(Spaces.Float("a", 0, 1), Spaces.Float("b", 0, 1), Spaces.Float("c", 0, 1));

    // 2a + b over the unit cube: variances 4/12 and 1/12.
    [Fact]
    public void Sum_OfTwoParameters_IsSplitByTheirVariances()
    {
        var importance = Of(Cube, 256, value => (2 * value("a")) + value("b"));

        AssertNear(0.8, Fanova(importance, "a"), 0.05);
        AssertNear(0.2, Fanova(importance, "b"), 0.05);
        AssertNear(0, Fanova(importance, "c"), 0.01);
        AssertNear(0.8, importance.Parameters[0].Permutation, 0.1);
        Assert.InRange(importance.Explained, 0.9, 1);
    }

    // (a - 1/2)(b - 1/2): each parameter has a mean effect of zero, all variance is in the pair.
    [Fact]
    public void Product_OfCenteredParameters_IsInThePair()
    {
        var importance = Of(Cube, 512, value => (value("a") - 0.5) * (value("b") - 0.5));

        Assert.InRange(Fanova(importance, "a"), 0, 0.1);
        Assert.InRange(Fanova(importance, "b"), 0, 0.1);
        Assert.Equal(("a", "b"), (importance.Pairs[0].First, importance.Pairs[0].Second));
        Assert.InRange(importance.Pairs[0].Fanova, 0.75, 1);

        // Shuffling sees what the parameters do together.
        Assert.Equal("c", importance.Parameters.MinBy(parameter => parameter.Permutation)!.Name);
    }

    // The g function of Sobol with a = 0, 1, 4.5 (Saltelli, Sobol, 1995): each factor has the variance 1/3 / (1 + a)^2, so that the shares are 0.724, 0.181 and 0.024,
    // and 0.060 for the first two together.
    [Fact]
    public void GFunction_OfSobol_HasItsIndices()
    {
        var importance = Of(Cube, 500, value => Math.Abs((4 * value("a")) - 2) * (Math.Abs((4 * value("b")) - 2) + 1) / 2 * (Math.Abs((4 * value("c")) - 2) + 4.5) / 5.5);

        AssertNear(0.724, Fanova(importance, "a"), 0.05);
        AssertNear(0.181, Fanova(importance, "b"), 0.06);
        AssertNear(0.024, Fanova(importance, "c"), 0.03);
        AssertNear(0.060, importance.Pairs.Single(pair => (pair.First, pair.Second) == ("a", "b")).Fanova, 0.06);
    }

    // Ishigami and Homma, 1990, with a = 7 and b = 0.1: variances 0.3139, 0.4424, 0 and 0.2437 for the first and third together.
    [Fact]
    public void Ishigami_Function_HasItsSobolIndices()
    {
        var space = Spaces.Read(Spaces.Float("x1", -Math.PI, Math.PI), Spaces.Float("x2", -Math.PI, Math.PI), Spaces.Float("x3", -Math.PI, Math.PI));
        var importance = Of(space, 1000, value => Math.Sin(value("x1")) + (7 * Math.Pow(Math.Sin(value("x2")), 2)) + (0.1 * Math.Pow(value("x3"), 4) * Math.Sin(value("x1"))));

        // The forest explains 88 % of the variance: it smooths the waves of x2, and sees a little of them as interactions.
        AssertNear(0.3139, Fanova(importance, "x1"), 0.05);
        AssertNear(0.4424, Fanova(importance, "x2"), 0.1);
        AssertNear(0, Fanova(importance, "x3"), 0.05);
        AssertNear(0.2437, importance.Pairs.Single(pair => (pair.First, pair.Second) == ("x1", "x3")).Fanova, 0.08);
    }

    // Values 0, 1 and 5 of three categories: variance 14/3 against 1/12 of the numeric parameter, on a logarithmic scale.
    [Fact]
    public void Categories_AndLogarithms_AreWeighedByTheirScale()
    {
        var space = Spaces.Read(
            """{ "name": "optimizer", "pointers": ["/o"], "kind": "categorical", "values": ["sgd", "adam", "lion"] }""", Spaces.Float("rate", 0.001, 0.1, ", \"log\": true"));
        var importance = Of(space, 200, (value, assignment) =>
            (assignment["optimizer"]!.Value.GetString() switch { "sgd" => 0, "adam" => 1, _ => 5 }) + (Math.Log10(value("rate")) / 2));

        AssertNear(14 / 3.0 / ((14 / 3.0) + (1 / 12.0)), Fanova(importance, "optimizer"), 0.02);
        AssertNear(1 / 12.0 / ((14 / 3.0) + (1 / 12.0)), Fanova(importance, "rate"), 0.01);
    }

    // A tree is piecewise constant: its decomposition is exact. Checked against sums over a fine grid, whose cells the splits at i/64 never divide.
    [Fact]
    public void Decomposition_OfATree_IsExact()
    {
        var random = new System.Random(3);
        Axis[] axes = [new(null), new(4)];
        double[][] points = [.. Enumerable.Range(0, 60).Select(_ => new double[] { random.Next(32) / 32.0, random.Next(4) })];
        double[] values = [.. points.Select(point => Math.Sin(5 * point[0]) + (point[1] * point[0]))];
        var tree = RegressionTree.Grow(axes, points, values, [.. Enumerable.Range(0, 60)], 1);
        var decomposition = new VarianceDecomposition(axes, tree);

        double[][] grid = [.. Enumerable.Range(0, 64).Select(row => Enumerable.Range(0, 4).Select(column => tree.Predict([(row + 0.5) / 64, column])).ToArray())];
        var mean = grid.Average(row => row.Average());
        var byRow = grid.Average(row => Math.Pow(row.Average() - mean, 2));
        var byColumn = Enumerable.Range(0, 4).Average(column => Math.Pow(grid.Average(row => row[column]) - mean, 2));
        var total = grid.Average(row => row.Average(value => Math.Pow(value - mean, 2)));
        Assert.Equal(total, decomposition.Total, 12);
        Assert.Equal(byRow, decomposition.Of(0), 12);
        Assert.Equal(byColumn, decomposition.Of(1), 12);
        Assert.Equal(total - byRow - byColumn, decomposition.Of(0, 1), 12);
    }

    // A step in a: where it fails it is as bad as the worst of the rest.
    [Theory]
    [InlineData(TrialState.Failed)]
    [InlineData(TrialState.Completed)]
    public void Failures_CountWithTheWorstValue(TrialState failure)
    {
        TrialResult[] trials =
        [
            .. Trials(Cube, 200, assignment => assignment["b"]!.Value.GetDouble()).Select(trial =>
                trial.Assignment["a"]!.Value.GetDouble() > 0.5 ? trial with { State = failure, Value = null } : trial),
        ];

        var importance = ImportanceAnalysis.Of(Cube, trials, MetricGoal.Minimize)!;
        var finite = ImportanceAnalysis.Of(Cube, [.. trials.Select(trial => trial.IsFailure ? trial with { State = TrialState.Failed, IsCancelled = true } : trial)], MetricGoal.Minimize)!;

        // b on the half with a <= 1/2, and 1 on the other: variances 1/16 of a, 1/48 of b, and 1/48 of both together.
        Assert.Equal(200, importance.Trials);
        AssertNear(0.6, Fanova(importance, "a"), 0.05);
        AssertNear(0.2, Fanova(importance, "b"), 0.05);
        AssertNear(0.2, importance.Pairs.Single(pair => (pair.First, pair.Second) == ("a", "b")).Fanova, 0.05);
        Assert.InRange(finite.Trials, 80, 120);
        AssertNear(1, Fanova(finite, "b"), 0.05);
    }

    [Fact]
    public void Analysis_OfTooFewOrEqualTrials_SaysNothing()
    {
        Assert.Null(ImportanceAnalysis.Of(Cube, [.. Trials(Cube, 9, assignment => assignment["a"]!.Value.GetDouble())], MetricGoal.Minimize));
        Assert.Null(ImportanceAnalysis.Of(Cube, [.. Trials(Cube, 50, _ => 1)], MetricGoal.Minimize));
        Assert.NotNull(ImportanceAnalysis.Of(Cube, [.. Trials(Cube, 50, assignment => assignment["a"]!.Value.GetDouble() > 0.5 ? double.NaN : 1 - assignment["a"]!.Value.GetDouble())], MetricGoal.Maximize));
    }

    private static double Fanova(ParameterImportance importance, string name) => importance.Parameters.Single(parameter => parameter.Name == name).Fanova;

    private static void AssertNear(double expected, double actual, double tolerance) => Assert.InRange(actual, expected - tolerance, expected + tolerance);

    private ParameterImportance Of(SearchSpace space, int trials, Func<Func<string, double>, double> function) => Of(space, trials, (value, _) => function(value));

    private ParameterImportance Of(SearchSpace space, int trials, Func<Func<string, double>, Assignment, double> function)
    {
        var importance = ImportanceAnalysis.Of(
            space, [.. Trials(space, trials, assignment => function(name => assignment[name]!.Value.GetDouble(), assignment))], MetricGoal.Minimize)!;
        output.WriteLine(JsonSerializer.Serialize(importance));
        return importance;
    }

    private static IEnumerable<TrialResult> Trials(SearchSpace space, int count, Func<Assignment, double> value)
    {
        var searcher = new SearchMethod { Name = SearchMethodName.Random }.CreateSearcher(MetricGoal.Minimize);
        return Enumerable.Range(0, count).Select(number => searcher.Propose(space, [], number, 1)!).Select((assignment, number) =>
            new TrialResult { Number = number, Assignment = assignment, State = TrialState.Completed, Value = value(assignment) });
    }
}
