using Trainyard.Service.Compare;
using Trainyard.Service.Store;
using Trainyard.Specs.Events.Diagnosis;
using Trainyard.Studies.Trials;

namespace Trainyard.Service.Tests.Compare;

public sealed class ConclusionsTests
{
    [Fact]
    public void Conclusion_OfSettingsFarApart_IsDecided()
    {
        var conclusion = Draw(("adam", [0.80, 0.82, 0.81]), ("sgd", [0.90, 0.91, 0.92]))!;

        Assert.Equal((ConclusionCode.Decided, "sgd", "adam", 0), (conclusion.Code, conclusion.Best.Group, conclusion.Other!.Group, conclusion.Undecided));
        Assert.Equal("sgd 91.00% ± 1.00% versus adam 81.00% ± 1.00% validation accuracy, 3 seeds each: sgd is better.", conclusion.Message);

        // Seed by seed: 0.10, 0.09 and 0.11; t(0.975, 2) times 0.01 over the root of 3.
        var difference = conclusion.Difference!;
        Assert.Equal((0.95, true), (difference.Confidence, difference.Paired));
        Assert.Equal(0.1 - (4.302653 * 0.01 / Math.Sqrt(3)), difference.Low, 6);
        Assert.Equal(0.1 + (4.302653 * 0.01 / Math.Sqrt(3)), difference.High, 6);
        Assert.Null(conclusion.RequiredSeeds);
    }

    [Fact]
    public void Conclusion_WithinTheSpread_IsUndecidedAndSaysWhatWouldDecide()
    {
        var conclusion = Draw(("sgd", [0.967, 0.929, 1.005]), ("adam", [0.85, 0.925, 1]))!;

        Assert.Equal(ConclusionCode.Undecided, conclusion.Code);
        Assert.StartsWith(
            "sgd 96.70% ± 3.80% versus adam 92.50% ± 7.50% validation accuracy, 3 seeds each: the difference is not significant; about ", conclusion.Message, StringComparison.Ordinal);
        Assert.True(conclusion.Difference is { Low: < 0, High: > 0 });
        Assert.True(conclusion.RequiredSeeds > 3);
    }

    [Fact]
    public void Conclusion_OfALoss_PrefersTheLower()
    {
        var conclusion = Draw(MetricNames.ValidationLoss, MetricGoal.Minimize, [], ("a", [0.5, 0.51, 0.52]), ("b", [0.2, 0.22, 0.21]))!;

        Assert.Equal("b 0.21 ± 0.01 versus a 0.51 ± 0.01 validation loss, 3 seeds each: b is better.", conclusion.Message);
        Assert.True(conclusion.Difference is { Low: > 0 });
    }

    [Fact]
    public void Conclusion_OfManySettings_CountsThoseThatMayBeAsGood()
    {
        var conclusion = Draw(("a", [0.90, 0.92, 0.91]), ("b", [0.50, 0.53, 0.51]), ("c", [0.89, 0.92, 0.9]), ("d", [0.70, 0.95, 0.8]))!;

        Assert.Equal((4, 2, "a", "c"), (conclusion.Settings, conclusion.Undecided, conclusion.Best.Group, conclusion.Other!.Group));
        Assert.StartsWith("Best of 4 settings: a 91.00", conclusion.Message, StringComparison.Ordinal);
        Assert.Contains("not significant; 2 of the other 3 settings may be as good", conclusion.Message, StringComparison.Ordinal);
        Assert.True(conclusion.Difference!.Confidence > 0.95);
    }

    [Fact]
    public void Conclusion_OfOneSeed_AsksForMore() => Assert.Equal(
        "a 97.10% versus b 95.00% validation accuracy, one seed each: not decided; repeat with other seeds.", Draw(("a", [0.971]), ("b", [0.95]))!.Message);

    [Fact]
    public void Conclusion_OfSettingsThatDifferInMuch_NamesASingleRunAndShortensTheRest()
    {
        LabelPart[] parts = [.. new[] { "/training/epochs", "/training/batchSize", "/data/trainLimit", "/data/labelNoise", "/training/warmup" }.Select(
            pointer => new LabelPart { Code = LabelPartCode.None, Pointer = pointer, Value = null })];
        var conclusion = Draw(MetricNames.ValidationAccuracy, MetricGoal.Maximize, [], [1, 2, 3], parts, ("a", [0.971]), ("b", [0.95, 0.96]))!;

        Assert.Equal(
            $"“a 1” 97.10% versus {parts[0].Text}, {parts[1].Text} and 3 more 95.50% ± 0.71% validation accuracy, 1 seed and 2 seeds: not decided; repeat with other seeds.",
            conclusion.Message);
    }

    [Fact]
    public void Conclusion_OfOneSetting_IsItsMean()
    {
        var conclusion = Draw(("a", [0.9, 0.92]))!;

        Assert.Equal((ConclusionCode.SameSettings, null, null), (conclusion.Code, conclusion.Other, conclusion.Difference));
        Assert.Equal("91.00% ± 1.41% validation accuracy over 2 seeds of the same settings.", conclusion.Message);
    }

    [Fact]
    public void Conclusion_OfEqualResults_IsNoDifference() => Assert.Equal(
        "a 100.00% ± 0.00% versus b 100.00% ± 0.00% validation accuracy, 2 seeds each: no difference.", Draw(("a", [1, 1]), ("b", [1, 1]))!.Message);

    [Fact]
    public void Conclusion_OfARunThatWasRepeatedWithItsSeed_CountsBoth() => Assert.Equal(2, Draw([1, 1], ("a", [0.5, 0.6]))!.Best.N);

    [Fact]
    public void Conclusion_OfRunsThatAreNotComparable_IsNone() => Assert.Equal(
        ConclusionCode.NotComparable, Draw(MetricNames.ValidationAccuracy, MetricGoal.Maximize, [DiagnosisSeverity.Problem], ("a", [1, 1]), ("b", [0, 0]))!.Code);

    [Fact]
    public void Conclusion_WithoutValues_IsNull() => Assert.Null(Draw());

    private static Conclusion? Draw(params (string Group, double[] Values)[] settings) => Draw(MetricNames.ValidationAccuracy, MetricGoal.Maximize, [], settings);

    private static Conclusion? Draw(int[] seeds, (string Group, double[] Values) setting) => Draw(MetricNames.ValidationAccuracy, MetricGoal.Maximize, [], seeds, [], setting);

    private static Conclusion? Draw(string metric, MetricGoal goal, DiagnosisSeverity[] notes, params (string Group, double[] Values)[] settings) =>
        Draw(metric, goal, notes, [1, 2, 3], [], settings);

    private static Conclusion? Draw(
        string metric, MetricGoal goal, DiagnosisSeverity[] notes, int[] seeds, LabelPart[] parts, params (string Group, double[] Values)[] settings)
    {
        var runs = settings.SelectMany(setting => setting.Values.Select((value, index) => (setting.Group, Seed: seeds[index], Value: value, Id: Guid.CreateVersion7()))).ToList();
        return Conclusions.Draw(
            [
                new MetricComparison
                {
                    Metric = metric,
                    Goal = goal,
                    PerRun = [.. runs.Select(run => new RunScore { Run = run.Id, Best = run.Value, BestEpoch = 1, Latest = run.Value })],
                    PerGroup = [.. settings.Select(setting => Score(setting.Group, setting.Values))],
                },
            ],
            [.. settings.Select(setting => new RunGroup { Key = setting.Group, Label = setting.Group, Parts = parts, Runs = [.. runs.Where(run => run.Group == setting.Group).Select(run => run.Id)] })],
            [.. notes.Select(severity => new ComparabilityNote
            {
                Severity = severity, Code = ComparabilityCode.OtherData, Arguments = new Dictionary<string, System.Text.Json.JsonElement>(), Message = "", Pointers = [],
            })],
            runs.ToDictionary(run => run.Id, run => ($"{run.Group} {run.Seed}", run.Seed)));
    }

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
