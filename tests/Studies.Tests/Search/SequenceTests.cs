using System.Text.Json;
using Trainyard.Studies.Search;
using Trainyard.Studies.Space;
using Trainyard.Studies.Trials;

namespace Trainyard.Studies.Tests.Search;

/// <summary>Grid and Sobol against sequences of other packages.</summary>
public sealed class SequenceTests
{
    // SciPy 1.10.1: scipy.stats.qmc.Sobol(64, scramble=False).random(1024), rows by index, columns 0, 1, 2, 7, 20, 40 and 63.
    public static TheoryData<int, double[]> SciPy => new()
    {
        { 0, [0, 0, 0, 0, 0, 0, 0] },
        { 1, [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5] },
        { 2, [0.75, 0.25, 0.25, 0.75, 0.25, 0.25, 0.75] },
        { 3, [0.25, 0.75, 0.75, 0.25, 0.75, 0.75, 0.25] },
        { 5, [0.875, 0.875, 0.125, 0.375, 0.625, 0.375, 0.625] },
        { 100, [0.4140625, 0.2578125, 0.7734375, 0.4765625, 0.7578125, 0.7109375, 0.6484375] },
        { 777, [0.6923828125, 0.9365234375, 0.1630859375, 0.7626953125, 0.2373046875, 0.7216796875, 0.4267578125] },
        { 1023, [0.0009765625, 0.7529296875, 0.6123046875, 0.6181640625, 0.8662109375, 0.6318359375, 0.0400390625] },
    };

    [Theory]
    [MemberData(nameof(SciPy))]
    public void Sobol_Unscrambled_IsTheSequenceOfSciPy(int index, double[] expected)
    {
        var space = Spaces.Read([.. Enumerable.Range(0, 64).Select(dimension => Spaces.Float($"x{dimension}", 0, 1))]);
        var trial = Searcher(SearchMethodName.QuasiRandom, scramble: false).Propose(space, [], index, 1)!;

        Assert.Equal(expected, new[] { 0, 1, 2, 7, 20, 40, 63 }.Select(dimension => trial[$"x{dimension}"]!.Value.GetDouble()));
    }

    [Fact]
    public void Sobol_Scrambled_HasOnePointInEveryPartAndDependsOnTheSeed()
    {
        var space = Spaces.Read(Spaces.Float("x", 0, 1), Spaces.Float("y", 0, 1));
        var searcher = Searcher(SearchMethodName.QuasiRandom);
        double[] xs = [.. Enumerable.Range(0, 64).Select(index => searcher.Propose(space, [], index, 3)!["x"]!.Value.GetDouble())];
        double[] ys = [.. Enumerable.Range(0, 64).Select(index => searcher.Propose(space, [], index, 3)!["y"]!.Value.GetDouble())];

        // A (0, 6, 2)-net in base 2: one point in each part of every division into 64 equal rectangles.
        Assert.All(Enumerable.Range(0, 7), bits => Assert.Equal(
            Enumerable.Range(0, 64), xs.Zip(ys, (x, y) => ((int)(x * (1 << bits)) << (6 - bits)) + (int)(y * (64 >> bits))).Order()));
        Assert.NotEqual(xs[0], searcher.Propose(space, [], 0, 4)!["x"]!.Value.GetDouble());
    }

    // Python: [list(p) for p in itertools.product(["sgd", "adam"], numpy.geomspace(1e-4, 1e-2, 3), range(8, 25, 8))].
    [Fact]
    public void Grid_OfThreeParameters_IsItertoolsProduct()
    {
        var space = Spaces.Read(
            """{ "name": "optimizer", "pointers": ["/o"], "kind": "categorical", "values": ["sgd", "adam"] }""",
            """{ "name": "rate", "pointers": ["/r"], "kind": "float", "low": 0.0001, "high": 0.01, "log": true, "points": 3 }""",
            """{ "name": "units", "pointers": ["/u"], "kind": "int", "low": 8, "high": 24, "step": 8 }""");
        var searcher = Searcher(SearchMethodName.Grid);

        (string, double, int)[] product =
        [
            ("sgd", 0.0001, 8), ("sgd", 0.0001, 16), ("sgd", 0.0001, 24), ("sgd", 0.001, 8), ("sgd", 0.001, 16), ("sgd", 0.001, 24),
            ("sgd", 0.01, 8), ("sgd", 0.01, 16), ("sgd", 0.01, 24), ("adam", 0.0001, 8), ("adam", 0.0001, 16), ("adam", 0.0001, 24),
            ("adam", 0.001, 8), ("adam", 0.001, 16), ("adam", 0.001, 24), ("adam", 0.01, 8), ("adam", 0.01, 16), ("adam", 0.01, 24),
        ];
        Assert.Equal(product, Enumerable.Range(0, 18).Select(index => searcher.Propose(space, [], index, 1)!).Select(trial =>
            (trial["optimizer"]!.Value.GetString()!, Math.Round(trial["rate"]!.Value.GetDouble(), 12), trial["units"]!.Value.GetInt32())));
        Assert.Equal(18, searcher.TrialsOf(space));
        Assert.Null(searcher.Propose(space, [], 18, 1));
    }

    [Fact]
    public void Grid_WithConditions_HasNoCombinationTwice()
    {
        var space = Spaces.Read(
            """{ "name": "optimizer", "pointers": ["/o"], "kind": "categorical", "values": ["adam", "sgd", "momentum"] }""",
            """{ "name": "momentum", "pointers": ["/m"], "kind": "categorical", "values": [0.8, 0.9], "when": { "parameter": "optimizer", "in": ["momentum"] } }""",
            """{ "name": "rate", "pointers": ["/r"], "kind": "float", "low": 0.1, "high": 0.3, "step": 0.1 }""");
        var searcher = Searcher(SearchMethodName.Grid);

        string[] trials = [.. Enumerable.Range(0, 12).Select(index => searcher.Propose(space, [], index, 1)!.ToJson())];

        Assert.Equal(12, searcher.TrialsOf(space));
        Assert.Null(searcher.Propose(space, [], 12, 1));
        Assert.Equal(12, trials.Distinct().Count());
        Assert.Equal("""{"optimizer":"adam","rate":0.1}""", trials[0]);
        Assert.Equal("""{"optimizer":"adam","rate":0.3}""", trials[2]);
        Assert.Equal("""{"optimizer":"momentum","momentum":0.9,"rate":0.3}""", trials[11]);
    }

    // 32 switches that conditions look at: 2^32 ways to go through them, which nothing enumerates.
    [Fact]
    public void Grid_OfManyConditions_IsCountedAndProposedQuickly()
    {
        var space = Spaces.Read(
        [
            .. Enumerable.Range(0, 32).Select(index => $$"""{ "name": "s{{index}}", "pointers": ["/s{{index}}"], "kind": "categorical", "values": [true, false] }"""),
            .. Enumerable.Range(0, 32).Select(index =>
                $$"""{ "name": "v{{index}}", "pointers": ["/v{{index}}"], "kind": "int", "low": 1, "high": 9000, "when": { "parameter": "s{{index}}", "in": [true] } }"""),
        ]);
        var searcher = Searcher(SearchMethodName.Grid);

        Assert.Equal(long.MaxValue, searcher.TrialsOf(space));
        Assert.Equal(2, searcher.Propose(space, [], 9001, 1)!["v30"]!.Value.GetInt32());
    }

    [Fact]
    public void Tpe_OfAConditionalSpace_ProposesOnlyActiveParametersAndTheSameAgain()
    {
        var space = Spaces.Read(
            """{ "name": "optimizer", "pointers": ["/o"], "kind": "categorical", "values": ["adam", "sgd"] }""",
            """{ "name": "momentum", "pointers": ["/m"], "kind": "float", "low": 0.5, "high": 0.99, "when": { "parameter": "optimizer", "in": ["sgd"] } }""",
            """{ "name": "units", "pointers": ["/u"], "kind": "int", "low": 1, "high": 64, "log": true }""");
        var searcher = Searcher(SearchMethodName.Tpe);
        List<TrialResult> history = [];
        for (var number = 0; number < 60; number++)
        {
            var assignment = searcher.Propose(space, history, number, 5)!;
            Assert.Equal(assignment, searcher.Propose(space, [.. history.AsEnumerable().Reverse()], number, 5));
            Assert.Equal(assignment["optimizer"]!.Value.GetString() == "sgd", assignment["momentum"] is not null);
            var value = (assignment["momentum"]?.GetDouble() ?? 0) - Math.Abs(Math.Log(assignment["units"]!.Value.GetInt32() / 8.0));
            history.Add(new TrialResult { Number = number, Assignment = assignment, State = TrialState.Completed, Value = -value });
        }

        // The model has found that sgd is better, by its momentum.
        Assert.InRange(history.Skip(40).Count(trial => trial.Assignment["momentum"] is not null), 12, 20);
    }

    [Fact]
    public void Tpe_TrialsRunning_KeepsAwayFromThem()
    {
        var space = Spaces.Read(Spaces.Float("x", 0, 1));
        TrialResult[] finished = [.. Enumerable.Range(0, 20).Select(number => Trial(number, number / 20.0, TrialState.Completed))];
        var searcher = Searcher(SearchMethodName.Tpe);

        var alone = Propose(finished);
        var beside = Propose([.. finished, .. Enumerable.Range(20, 8).Select(number => Trial(number, alone, TrialState.Running))]);

        Assert.InRange(Math.Abs(beside - alone), 0.02, 1);

        double Propose(TrialResult[] history) => searcher.Propose(space, history, 30, 1)!["x"]!.Value.GetDouble();

        static TrialResult Trial(int number, double x, TrialState state) => new()
        {
            Number = number,
            Assignment = new Assignment([KeyValuePair.Create("x", JsonSerializer.SerializeToElement(x))]),
            State = state,
            Value = state == TrialState.Completed ? Math.Abs(x - 0.3) : null,
        };
    }

    private static ISearcher Searcher(SearchMethodName name, bool? scramble = null) =>
        new SearchMethod { Name = name, Scramble = scramble }.CreateSearcher(MetricGoal.Minimize);
}
