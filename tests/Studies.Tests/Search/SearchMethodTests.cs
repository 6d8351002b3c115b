using System.Globalization;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;
using Trainyard.Studies.Search;
using Trainyard.Studies.Space;
using Trainyard.Studies.Trials;

namespace Trainyard.Studies.Tests.Search;

/// <summary>How good the methods are on functions with a known minimum.</summary>
public sealed class SearchMethodTests(ITestOutputHelper output)
{
    private const int Trials = 100;
    private const int Seeds = 30;

    [Theory]
    [InlineData(nameof(Objective.Branin), false)]
    [InlineData(nameof(Objective.Hartmann6), false)]
    [InlineData(nameof(Objective.NoisyQuadratic), false)]
    [InlineData(nameof(Objective.Branin), true)]
    [InlineData(nameof(Objective.Hartmann6), true)]
    [InlineData(nameof(Objective.NoisyQuadratic), true)]
    public void Tpe_After100Trials_HasAtMostHalfTheMedianRegretOfRandom(string name, bool multivariate)
    {
        var objective = (Objective)typeof(Objective).GetProperty(name)!.GetValue(null)!;

        var random = MedianRegret(objective, new SearchMethod { Name = SearchMethodName.Random });
        var tpe = MedianRegret(objective, new SearchMethod { Name = SearchMethodName.Tpe, Multivariate = multivariate });

        output.WriteLine($"{name}: random {random:g3}, TPE {tpe:g3}, ratio {tpe / random:g2}");
        Assert.InRange(tpe, 0, random / 2);
    }

    // The half with a rate above 1/2 fails; the best rate is well inside of the other half.
    [Theory]
    [InlineData(TrialState.Failed, false)]
    [InlineData(TrialState.Completed, false)]
    [InlineData(TrialState.Infeasible, false)]
    [InlineData(TrialState.Failed, true)]
    public void Tpe_WhereHalfOfTheSpaceFails_ProposesItAtMostHalfAsOftenAsRandom(TrialState failure, bool multivariate)
    {
        var random = FailingShare(new SearchMethod { Name = SearchMethodName.Random }, bestRate: 0.25, failure);
        var tpe = FailingShare(new SearchMethod { Name = SearchMethodName.Tpe, Multivariate = multivariate }, bestRate: 0.25, failure);

        output.WriteLine($"{failure}, multivariate {multivariate}: random {random:p1}, TPE {tpe:p1}");
        Assert.InRange(random, 0.45, 0.55);
        Assert.InRange(tpe, 0, random / 2);
    }

    // The best rate is the last one that does not fail, as that of a network is beside divergence: only the failures tell where to stop.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Tpe_WhereTheBestIsBesideWhatFails_LearnsFromTheFailures(bool multivariate)
    {
        var random = FailingShare(new SearchMethod { Name = SearchMethodName.Random }, bestRate: 0.5, TrialState.Failed);
        var tpe = FailingShare(new SearchMethod { Name = SearchMethodName.Tpe, Multivariate = multivariate }, bestRate: 0.5, TrialState.Failed);
        var unaware = FailingShare(new SearchMethod { Name = SearchMethodName.Tpe, Multivariate = multivariate }, bestRate: 0.5, TrialState.Failed, areHidden: true);

        output.WriteLine($"multivariate {multivariate}: random {random:p1}, TPE {tpe:p1}, without the failures {unaware:p1}");
        Assert.InRange(tpe, 0, 0.9 * random);
        Assert.InRange(tpe, 0, 0.9 * unaware);
    }

    // Of the proposals after the random ones.
    private static double FailingShare(SearchMethod method, double bestRate, TrialState failure, bool areHidden = false)
    {
        var space = Spaces.Read(Spaces.Float("rate", 0, 1), Spaces.Float("other", 0, 1));
        return Enumerable.Range(0, Seeds).AsParallel().Select(seed =>
        {
            var searcher = method.CreateSearcher(MetricGoal.Minimize);
            List<TrialResult> history = [];
            for (var number = 0; number < Trials; number++)
            {
                var assignment = searcher.Propose(space, history, number, seed)!;
                var rate = assignment["rate"]!.Value.GetDouble();
                var fails = rate > 0.5;
                history.Add(new TrialResult
                {
                    Number = number,
                    Assignment = assignment,
                    State = fails ? failure : TrialState.Completed,
                    IsCancelled = fails && areHidden,
                    Value = fails ? null : Math.Pow(rate - bestRate, 2) + Math.Pow(assignment["other"]!.Value.GetDouble() - 0.3, 2),
                });
            }

            return history.Skip(SearchMethod.DefaultStartupTrials).Average(trial => trial.Value is null ? 1 : 0);
        }).Average();
    }

    [Fact]
    public void Tpe_WhereAllTrialsFailed_ProposesWhatIsFarFromThem()
    {
        var space = Spaces.Read(Spaces.Float("rate", 0, 1));
        TrialResult[] failed =
        [
            .. Enumerable.Range(0, 20).Select(number => new TrialResult
            {
                Number = number,
                Assignment = Assignment.FromJson($$"""{ "rate": {{(0.6 + (number * 0.02)).ToString(CultureInfo.InvariantCulture)}} }"""),
                State = TrialState.Failed,
            }),
        ];

        var searcher = new SearchMethod { Name = SearchMethodName.Tpe }.CreateSearcher(MetricGoal.Minimize);

        Assert.All(Enumerable.Range(0, Seeds), seed => Assert.InRange(searcher.Propose(space, failed, 20, seed)!["rate"]!.Value.GetDouble(), 0, 0.5));
    }

    // The regret of the trial with the best observed value, by its value without noise.
    private static double MedianRegret(Objective objective, SearchMethod method) => Enumerable.Range(0, Seeds).AsParallel().Select(seed =>
    {
        var searcher = method.CreateSearcher(MetricGoal.Minimize);
        var noise = new Normal(0, Math.Max(objective.Noise, 1e-12), new System.Random(seed));
        List<TrialResult> history = [];
        for (var number = 0; number < Trials; number++)
        {
            var assignment = searcher.Propose(objective.Space, history, number, seed)!;
            history.Add(new TrialResult
            {
                Number = number,
                Assignment = assignment,
                State = TrialState.Completed,
                Value = objective.At(assignment) + noise.Sample(),
            });
        }

        return objective.At(history.MinBy(trial => trial.Value)!.Assignment) - objective.Minimum;
    }).Median();
}
