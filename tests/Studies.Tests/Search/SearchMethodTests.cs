using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;
using Trainyard.Studies.Search;
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
