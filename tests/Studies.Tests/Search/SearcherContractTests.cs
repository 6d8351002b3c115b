using Trainyard.Studies.Search;
using Trainyard.Studies.Space;
using Trainyard.Studies.Trials;

namespace Trainyard.Studies.Tests.Search;

/// <summary>What every searcher keeps to.</summary>
public sealed class SearcherContractTests
{
    private static readonly SearchSpace Space = Spaces.Read(
        """{ "name": "optimizer", "pointers": ["/o"], "kind": "categorical", "values": ["sgd", { "name": "adam", "beta1": 0.8 }, null] }""",
        """{ "name": "momentum", "pointers": ["/m"], "kind": "float", "low": 0, "high": 0.9, "step": 0.3, "when": { "parameter": "optimizer", "in": ["sgd"] } }""",
        """{ "name": "nesterov", "pointers": ["/n"], "kind": "categorical", "values": [true, false], "when": { "parameter": "momentum", "in": [0.6, 0.9] } }""",
        """{ "name": "rate", "pointers": ["/r"], "kind": "float", "low": 1e-6, "high": 0.01, "log": true, "points": 3 }""",
        """{ "name": "units", "pointers": ["/u"], "kind": "int", "low": -4, "high": 9, "step": 4 }""",
        """{ "name": "width", "pointers": ["/w"], "kind": "int", "low": 1, "high": 1000, "log": true, "points": 4 }""");

    public static TheoryData<SearchMethod> Methods => new(
        new SearchMethod { Name = SearchMethodName.Grid }, new SearchMethod { Name = SearchMethodName.Random },
        new SearchMethod { Name = SearchMethodName.QuasiRandom }, new SearchMethod { Name = SearchMethodName.QuasiRandom, Scramble = false },
        new SearchMethod { Name = SearchMethodName.Tpe, StartupTrials = 5 }, new SearchMethod { Name = SearchMethodName.Tpe, StartupTrials = 5, Multivariate = true });

    [Theory]
    [MemberData(nameof(Methods))]
    public void Proposals_OfAnyMethod_AreInTheSpace(SearchMethod method) => Assert.All(Search(method, 80), trial =>
    {
        var values = trial.Assignment;
        var optimizer = values["optimizer"]!.Value.GetRawText();
        Assert.Contains(optimizer, new[] { "\"sgd\"", """{"beta1":0.8,"name":"adam"}""", "null" });
        Assert.Equal(optimizer == "\"sgd\"", values["momentum"] is not null);
        Assert.Equal(values["momentum"]?.GetDouble() >= 0.6, values["nesterov"] is not null);
        if (values["momentum"] is { } momentum)
        {
            Assert.Contains(momentum.GetDouble(), new[] { 0, 0.3, 0.6, 0.9 });
        }

        Assert.InRange(values["rate"]!.Value.GetDouble(), 1e-6, 0.01);
        Assert.Contains(values["units"]!.Value.GetInt32(), new[] { -4, 0, 4, 8 });
        Assert.InRange(values["width"]!.Value.GetInt32(), 1, 1000);
        Assert.Equal(Space.Parameters.Select(parameter => parameter.Name).Where(name => values[name] is not null), values.Values.Select(value => value.Key));
    });

    [Theory]
    [MemberData(nameof(Methods))]
    public void Proposals_AfterARestart_AreTheSame(SearchMethod method)
    {
        var trials = Search(method, 40);

        // Another searcher, the trials read from their JSON and in another order.
        TrialResult[] read = [.. trials.Select(trial => trial with { Assignment = Assignment.FromJson(trial.Assignment.ToJson()) }).Reverse()];
        var searcher = method.CreateSearcher(MetricGoal.Maximize);
        Assert.All(trials, trial => Assert.Equal(
            trial.Assignment.ToJson(), searcher.Propose(Space, [.. read.Where(other => other.Number < trial.Number)], trial.Number, 11)?.ToJson()));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Proposals_WithoutAnyUsableTrial_GoOn(SearchMethod method)
    {
        var searcher = method.CreateSearcher(MetricGoal.Minimize);
        TrialResult[] failed =
        [
            .. Search(method, 30).Select(trial => trial with
            {
                State = (trial.Number % 3) switch { 0 => TrialState.Failed, 1 => TrialState.Infeasible, _ => TrialState.Completed },
                Value = trial.Number % 3 == 2 ? double.NaN : null,
            }),
        ];

        Assert.NotNull(searcher.Propose(Space, failed, 30, 11));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Proposals_AfterACancelledTrial_AreThoseWithoutIt(SearchMethod method)
    {
        var searcher = method.CreateSearcher(MetricGoal.Maximize);
        var trials = Search(method, 18);
        var cancelled = trials[^1] with { State = TrialState.Failed, Value = null, IsCancelled = true };

        Assert.Equal(searcher.Propose(Space, trials[..^1], 18, 11), searcher.Propose(Space, [.. trials[..^1], cancelled], 18, 11));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Proposals_OfTwoSeeds_DifferUnlessTheMethodHasNone(SearchMethod method)
    {
        var searcher = method.CreateSearcher(MetricGoal.Minimize);
        var hasSeed = method is not ({ Name: SearchMethodName.Grid } or { Scramble: false });

        Assert.Equal(!hasSeed, Equals(searcher.Propose(Space, [], 1, 11), searcher.Propose(Space, [], 1, 12)));
    }

    private static List<TrialResult> Search(SearchMethod method, int count)
    {
        Assert.Empty(method.Check(Space));
        var searcher = method.CreateSearcher(MetricGoal.Maximize);
        List<TrialResult> trials = [];
        while (trials.Count < count && searcher.Propose(Space, trials, trials.Count, 11) is { } assignment)
        {
            trials.Add(new TrialResult
            {
                Number = trials.Count,
                Assignment = assignment,
                State = (trials.Count % 5) switch { 3 => TrialState.Stopped, 4 => TrialState.Running, _ => TrialState.Completed },
                Curve = [new IntermediateValue(1, trials.Count % 7)],
                Value = trials.Count % 5 < 3 ? Math.Log10(assignment["rate"]!.Value.GetDouble()) : null,
            });
        }

        Assert.Equal(Math.Min(count, searcher.TrialsOf(Space) ?? count), trials.Count);
        return trials;
    }
}
