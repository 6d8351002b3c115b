using MathNet.Numerics.Distributions;
using Trainyard.Studies.Comparison;
using Trainyard.Studies.Trials;

namespace Trainyard.Studies.Tests.Comparison;

/// <summary>Statistics against SciPy 1.10.1 and statsmodels 0.13.5; the command that made each number stands beside it.</summary>
public sealed class ArmComparisonTests(ITestOutputHelper output)
{
    private static readonly double[] A = [0.912, 0.918, 0.905, 0.921, 0.915];
    private static readonly double[] B = [0.899, 0.904, 0.897, 0.909, 0.901];
    private static readonly double[] C = [0.914, 0.921, 0.903, 0.919, 0.911, 0.925];

    // numpy.std(a, ddof=1); scipy.stats.t.interval(0.95, 4, loc=numpy.mean(a), scale=scipy.stats.sem(a)).
    [Fact]
    public void Summary_OfAnArm_IsThatOfSciPy()
    {
        var summary = ArmSummary.Of(Arm("a", 1, [.. A, double.NaN]));

        Assert.Equal((5, 1), (summary.Seeds, summary.DivergedSeeds));
        Assert.Equal(0.9142, summary.Mean!.Value, 12);
        Assert.Equal(0.006140032573203506, summary.StandardDeviation!.Value, 12);
        Assert.Equal(0.9218238573939453 - 0.9142, summary.HalfWidth!.Value, 9);
    }

    // scipy.stats.ttest_rel(a, b); scipy.stats.t.interval(0.95, 4, loc=d.mean(), scale=scipy.stats.sem(d)) with d = a - b.
    [Fact]
    public void CommonSeeds_AreComparedInPairs()
    {
        var comparison = ArmComparison.Of([Arm("b", 1, B), Arm("a", 1, A)], MetricGoal.Maximize);

        var pair = Assert.Single(comparison.Pairs);
        Assert.Equal(("a", "b", true, 5), (pair.First, pair.Second, pair.IsPaired, pair.Seeds));
        Assert.Equal(0.00039428593009922867, pair.PValue, 9);
        Assert.Equal(0.0122, pair.Difference, 12);
        Assert.Equal(0.015291718422414845 - 0.0122, pair.HalfWidth, 9);
        Assert.Equal((VerdictKind.Better, "a"), (comparison.Verdict.Kind, comparison.Verdict.Best));
        Assert.Null(pair.RequiredSeeds);
        Assert.Equal("a is better than b by 1.2 ± 0.3 points (5 seeds).", VerdictText.From(comparison, isShare: true));
    }

    // scipy.stats.ttest_ind(a, c, equal_var=False);
    // statsmodels.stats.api.CompareMeans(DescrStatsW(a), DescrStatsW(c)).tconfint_diff(usevar="unequal").
    [Fact]
    public void SeedsThatDiffer_AreComparedByWelch()
    {
        var comparison = ArmComparison.Of([Arm("a", 1, A), Arm("c", 100, C)], MetricGoal.Minimize);

        var pair = Assert.Single(comparison.Pairs);
        Assert.Equal(("a", "c", false), (pair.First, pair.Second, pair.IsPaired));
        Assert.Equal(0.7657937876651226, pair.PValue, 9);
        Assert.Equal(-0.0013, pair.Difference, 12);
        Assert.Equal(0.00828039898999235 + 0.0013, pair.HalfWidth, 8);
        Assert.Equal(VerdictKind.NotDistinguishable, comparison.Verdict.Kind);
        Assert.InRange(pair.RequiredSeeds!.Value, 400, 800);
        Assert.Equal(
            $"5 seeds do not separate a and c: they differ by 0.001 ± 0.010, and about {pair.RequiredSeeds} seeds would be needed to tell.",
            VerdictText.From(comparison, isShare: false));
    }

    // statsmodels.stats.multitest.multipletests([0.01, 0.04, 0.03, 0.005, 0.5], method="holm")[1].
    [Fact]
    public void Holm_Correction_IsThatOfStatsmodels()
    {
        var steps = ArmComparison.Holm([0.01, 0.04, 0.03, 0.005, 0.5]);

        Assert.Equal([0.04, 0.09, 0.09, 0.025, 0.5], steps.Select(step => Math.Round(step.AdjustedPValue, 12)));
        Assert.Equal([true, false, false, true, false], steps.Select(step => step.IsSignificant));
        Assert.Equal(0.05 / 3, steps[1].Level, 12);
    }

    // statsmodels.stats.power: TTestPower().power(effect, seeds, 0.05) and TTestIndPower().power(effect, seeds, 0.05).
    [Theory]
    [InlineData(5, 1.0, 0.4013899173717936, 0.28629549342627775)]
    [InlineData(10, 0.5, 0.2931756065300414, 0.18509565629118482)]
    [InlineData(3, 2.0, 0.4707494312554772, 0.46264081189130507)]
    [InlineData(20, 0.8, 0.9238987553885847, 0.6934041963871712)]
    public void Power_OfBothTests_IsThatOfStatsmodels(int seeds, double effect, double paired, double independent)
    {
        Assert.Equal(paired, MeanDifference.Power(seeds, effect, 0.05, isPaired: true), 6);
        Assert.Equal(independent, MeanDifference.Power(seeds, effect, 0.05, isPaired: false), 6);
    }

    // The next whole numbers of TTestPower().solve_power(effect, alpha=0.05, power=0.8) and of TTestIndPower().
    [Theory]
    [InlineData(0.3, 90, 176)]
    [InlineData(0.5, 34, 64)]
    [InlineData(1.0, 10, 17)]
    [InlineData(2.0, 5, 6)]
    public void RequiredSeeds_ForPower80_AreThoseOfStatsmodels(double effect, int paired, int independent)
    {
        Assert.Equal(paired, Difference(effect, isPaired: true).RequiredSeeds(0.05));
        Assert.Equal(independent, Difference(effect, isPaired: false).RequiredSeeds(0.05));
        Assert.Null(Difference(0.001, isPaired: true).RequiredSeeds(0.05));

        static MeanDifference Difference(double effect, bool isPaired) =>
            new() { IsPaired = isPaired, Seeds = 3, Difference = -3 * effect, StandardDeviation = 3, StandardError = 1, Freedom = 2 };
    }

    [Fact]
    public void Differences_ThatAreAllEqual_NeedSixSeeds()
    {
        Assert.Equal(VerdictKind.NotDistinguishable, Verdict(5).Kind);
        Assert.Equal(VerdictKind.Better, Verdict(6).Kind);

        static ComparisonVerdict Verdict(int seeds) =>
            ArmComparison.Of([Arm("a", 1, [.. Enumerable.Repeat(0.9, seeds)]), Arm("b", 1, [.. Enumerable.Repeat(0.8, seeds)])], MetricGoal.Maximize).Verdict;
    }

    [Fact]
    public void Verdict_OfSeveralArms_NamesThoseThatCannotBeTold()
    {
        double[] near = [.. A.Select((value, index) => value - (index % 2 == 0 ? 0.001 : -0.0005))];

        var comparison = ArmComparison.Of([Arm("far", 1, B), Arm("near", 1, near), Arm("best", 1, A), Arm("diverged", 1, [double.NaN])], MetricGoal.Maximize);
        var verdict = comparison.Verdict;
        Assert.Equal((VerdictKind.AmongTheBest, "best", "near"), (verdict.Kind, verdict.Best, verdict.Nearest!.Second));
        Assert.Equal(["near"], verdict.NotDistinguishable);

        var single = ArmComparison.Of([Arm("a", 1, [0.9]), Arm("b", 1, [0.8])], MetricGoal.Maximize);
        Assert.Equal((VerdictKind.TooFewSeeds, "a"), (single.Verdict.Kind, single.Verdict.Best));
    }

    // 1,000 comparisons of arms that do not differ, of several sizes. Seeds move all arms together, as common random numbers do.
    [Fact]
    public void NullComparisons_AtMostFivePercent_FindADifference()
    {
        (int Arms, int Seeds)[] sizes = [(2, 3), (2, 10), (3, 5), (4, 5), (6, 4)];

        var found = sizes.Sum(size => Found(200, size.Arms, size.Seeds, 0));

        output.WriteLine($"{found} of 1,000");
        Assert.InRange(found, 0, 50);
    }

    // The test of two arms is exact: it finds 5 % on average, and less than 3.3 % or more than 6.8 % with a probability of 1 %.
    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    public void NullComparisons_OfTwoArms_FindFivePercent(int seeds) => Assert.InRange(Found(1000, 2, seeds, 0), 33, 68);

    // The share of comparisons of two arms that find a true difference of one standard deviation (of the differences) is the power that is promised.
    [Theory]
    [InlineData(5, 0.401)]
    [InlineData(10, 0.803)]
    [InlineData(15, 0.949)]
    public void PowerCurve_BySimulation_IsTheOneComputed(int seeds, double power)
    {
        Assert.Equal(power, MeanDifference.Power(seeds, 1, 0.05, isPaired: true), 2);
        var found = Found(1000, 2, seeds, 1) / 1000.0;
        output.WriteLine($"{seeds} seeds: {found:g3} found, {power} computed");
        Assert.InRange(found, power - 0.04, power + 0.04);
    }

    // Comparisons that tell two arms apart. The first arm is better by the shift, in standard deviations of a difference.
    private static int Found(int comparisons, int arms, int seeds, double shift)
    {
        var random = new System.Random(20);
        var normal = new Normal(0, 1, random);
        return Enumerable.Range(0, comparisons).Count(_ =>
        {
            double[] common = [.. Enumerable.Range(0, seeds).Select(_ => 3 * normal.Sample())];
            return ArmComparison.Of(
                [
                    .. Enumerable.Range(0, arms).Select(arm => Arm(
                        $"{arm}", 1, [.. common.Select(seed => seed + (normal.Sample() / Math.Sqrt(2)) + (arm == 0 ? shift : 0))])),
                ],
                MetricGoal.Maximize).Pairs.Any(pair => pair.IsDistinguishable);
        });
    }

    private static Arm Arm(string name, int firstSeed, double[] values) =>
        new() { Name = name, Values = values.Select((value, index) => KeyValuePair.Create(firstSeed + index, value)).ToDictionary() };
}
