using Trainyard.Studies.Comparison;
using Trainyard.Studies.Trials;

namespace Trainyard.Studies.Tests.Comparison;

public sealed class VerdictTextTests
{
    private static readonly double[] Good = [0.912, 0.918, 0.905, 0.921, 0.915];
    private static readonly double[] Equal = [0.911, 0.9185, 0.904, 0.9215, 0.914];
    private static readonly double[] Worse = [0.899, 0.904, 0.897, 0.909, 0.901];
    private static readonly double[] Worst = [0.799, 0.804, 0.797, 0.809, 0.801];

    [Fact]
    public void AWinner_IsComparedWithTheClosest()
    {
        Assert.Equal("adam is better than sgd by 1.2 ± 0.3 points (5 seeds).", Text(("sgd", Worse), ("adam", Good)));
        Assert.Equal("adam is better than all 2 others; the closest is sgd, worse by 1.2 ± 0.4 points (5 seeds).", Text(("sgd", Worse), ("lion", Worst), ("adam", Good)));
    }

    [Fact]
    public void AWinnerOverSome_IsSaidWithThoseThatAreOpen()
    {
        Assert.Matches(
            @"^adam is better than sgd, but 5 seeds do not separate it from adamw: from adamw it differs by 0\.04 ± 0\.\d\d points, and about \d+ seeds would be needed to tell\.$",
            Text(("sgd", Worse), ("adamw", Equal), ("adam", Good)));
        Assert.StartsWith(
            "adam is better than “sgd, rate 1” and lion, but 5 seeds do not separate it from adamw: ", Text(("sgd, rate 1", Worse), ("lion", Worst), ("adamw", Equal), ("adam", Good)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void ManyOpenSettings_AreCounted()
    {
        (string Name, double[] Values)[] open = [.. Enumerable.Range(1, 5).Select(arm => ($"s{arm}", Equal.Select((value, seed) => value - (0.0001 * ((arm * seed) % 3))).ToArray()))];

        Assert.StartsWith("adam is better than sgd, but 5 seeds do not separate it from ", Text([("sgd", Worst), ("adam", Good), .. open]), StringComparison.Ordinal);
        Assert.Contains(" and 3 others: from ", Text([("sgd", Worst), ("adam", Good), .. open]), StringComparison.Ordinal);
    }

    [Fact]
    public void NothingDecided_SaysHowManySeedsWould()
    {
        Assert.Matches(@"^5 seeds do not separate adam and adamw: they differ by 0\.04 ± 0\.\d\d points, and about \d+ seeds would be needed to tell\.$", Text(("adamw", Equal), ("adam", Good)));
        Assert.Equal("5 seeds do not separate the two settings: adam and adamw have the same mean.", Text(("adam", Good), ("adamw", Good)));
        Assert.StartsWith("2 seeds do not separate the 3 settings: adam has the best mean and differs from ", Text(("c", Worse[3..]), ("b", Equal[3..]), ("adam", Good[3..])), StringComparison.Ordinal);
    }

    [Fact]
    public void TooFewSettingsOrSeeds_SaysWhatIsMissing()
    {
        Assert.Equal("adam is the only setting with a result, so there is nothing to compare it with.", Text(("adam", Good), ("sgd", [double.NaN, double.NaN])));
        Assert.Equal("adam has the best value so far, but a verdict needs two settings with at least two seeds each.", Text(("adam", Good[..1]), ("sgd", Worse[..1])));
        Assert.Equal(VerdictText.NothingTrained, Text(("adam", [double.NaN, double.NaN]), ("sgd", [double.NaN, double.NaN])));
    }

    private static string Text(params (string Name, double[] Values)[] arms) => VerdictText.From(
        ArmComparison.Of(
            [.. arms.Select(arm => new Arm { Name = arm.Name, Values = arm.Values.Select((value, seed) => KeyValuePair.Create(seed, value)).ToDictionary() })], MetricGoal.Maximize),
        isShare: true);
}
