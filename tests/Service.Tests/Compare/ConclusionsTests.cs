using Trainyard.Service.Compare;
using Trainyard.Service.Store;
using Trainyard.Specs.Events.Diagnosis;

namespace Trainyard.Service.Tests.Compare;

public sealed class ConclusionsTests
{
    [Fact]
    public void Conclusion_OfSettingsFarApart_IsDecided()
    {
        var conclusion = Draw(("adam", [0.80, 0.81, 0.82]), ("sgd", [0.90, 0.91, 0.92]))!;

        Assert.Equal((ConclusionCode.Decided, "sgd", "adam", 0), (conclusion.Code, conclusion.Best.Group, conclusion.Other!.Group, conclusion.Undecided));
        Assert.Equal("sgd 91.00 ± 1.00 % versus adam 81.00 ± 1.00 % validation accuracy, 3 seeds each: sgd is better.", conclusion.Message);

        // 0.1 ± t(0.975, 4) times the square root of 2/3 of 0.0001.
        Assert.Equal(0.1 - (2.776 * Math.Sqrt(0.0002 / 3)), conclusion.Difference!.Low, 12);
        Assert.Equal(0.1 + (2.776 * Math.Sqrt(0.0002 / 3)), conclusion.Difference.High, 12);
    }

    [Fact]
    public void Conclusion_WithinTheSpread_IsUndecided()
    {
        var conclusion = Draw(("sgd", [0.967 - 0.038, 0.967, 0.967 + 0.038]), ("adam", [0.925 - 0.075, 0.925, 0.925 + 0.075]))!;

        Assert.Equal(ConclusionCode.Undecided, conclusion.Code);
        Assert.Equal(
            "sgd 96.70 ± 3.80 % versus adam 92.50 ± 7.50 % validation accuracy, 3 seeds each: within the spread, not decided.", conclusion.Message);
        Assert.True(conclusion.Difference is { Low: < 0, High: > 0 });
    }

    [Fact]
    public void Conclusion_OfALoss_PrefersTheLower()
    {
        var conclusion = Draw(MetricNames.ValidationLoss, MetricGoal.Min, [], ("a", [0.5, 0.51]), ("b", [0.2, 0.21]))!;

        Assert.Equal("b 0.205 ± 0.007071 versus a 0.505 ± 0.007071 validation loss, 2 seeds each: b is better.", conclusion.Message);
        Assert.True(conclusion.Difference is { Low: > 0 });
    }

    [Fact]
    public void Conclusion_OfManySettings_CountsThoseThatMayBeAsGood()
    {
        var conclusion = Draw(("a", [0.90, 0.92]), ("b", [0.50, 0.51]), ("c", [0.89, 0.92]), ("d", [0.70, 0.95]))!;

        Assert.Equal((4, 2, "a", "c"), (conclusion.Settings, conclusion.Undecided, conclusion.Best.Group, conclusion.Other!.Group));
        Assert.StartsWith("Best of 4 settings: a 91.00", conclusion.Message, StringComparison.Ordinal);
        Assert.EndsWith("not decided; 2 of the other 3 settings may be as good.", conclusion.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Conclusion_OfOneSeed_AsksForMore() => Assert.Equal(
        "a 97.10 % versus b 95.00 % validation accuracy, one seed each: not decided; repeat with other seeds.", Draw(("a", [0.971]), ("b", [0.95]))!.Message);

    [Fact]
    public void Conclusion_OfOneSetting_IsItsMean()
    {
        var conclusion = Draw(("a", [0.9, 0.92]))!;

        Assert.Equal((ConclusionCode.SameSettings, null, null), (conclusion.Code, conclusion.Other, conclusion.Difference));
        Assert.Equal("91.00 ± 1.41 % validation accuracy over 2 seeds of the same settings.", conclusion.Message);
    }

    [Fact]
    public void Conclusion_OfEqualResults_IsUndecided() => Assert.Equal(ConclusionCode.Undecided, Draw(("a", [1, 1]), ("b", [1, 1]))!.Code);

    [Fact]
    public void Conclusion_OfRunsThatAreNotComparable_IsNone() => Assert.Equal(
        ConclusionCode.NotComparable, Draw(MetricNames.ValidationAccuracy, MetricGoal.Max, [DiagnosisSeverity.Problem], ("a", [1, 1]), ("b", [0, 0]))!.Code);

    [Fact]
    public void Conclusion_WithoutValues_IsNull() => Assert.Null(Draw());

    private static Conclusion? Draw(params (string Group, double[] Values)[] settings) => Draw(MetricNames.ValidationAccuracy, MetricGoal.Max, [], settings);

    private static Conclusion? Draw(string metric, MetricGoal goal, DiagnosisSeverity[] notes, params (string Group, double[] Values)[] settings) => Conclusions.Draw(
        [new MetricComparison { Metric = metric, Goal = goal, PerRun = [], PerGroup = [.. settings.Select(setting => Score(setting.Group, setting.Values))] }],
        [.. settings.Select(setting => new RunGroup { Key = setting.Group, Label = setting.Group, Parts = [], Runs = [] })],
        [.. notes.Select(severity => new ComparabilityNote
        {
            Severity = severity, Code = ComparabilityCode.OtherData, Arguments = new Dictionary<string, System.Text.Json.JsonElement>(), Message = "", Pointers = [],
        })]);

    private static GroupScore Score(string group, double[] values)
    {
        var mean = values.Average();
        return new()
        {
            Group = group,
            N = values.Length,
            Mean = mean,
            Std = values.Length < 2 ? null : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1)),
            Min = values.Min(),
            Max = values.Max(),
        };
    }
}
