using System.Text.Json;
using Trainyard.Service.Lessons;
using Trainyard.Service.Results;
using Trainyard.Service.Store;
using Trainyard.Specs.Events.Observation;
using Trainyard.Studies.Trials;

namespace Trainyard.Service.Tests.Lessons;

public sealed class ClaimEvaluatorTests
{
    private static readonly RunFacts Good = Run(RunState.Succeeded, [0.5, 0.9, 0.8]);
    private static readonly RunFacts Poor = Run(RunState.Succeeded, [0.2, 0.3, 0.3]);

    [Theory]
    [InlineData(LessonEpoch.Last, 0.8)]
    [InlineData(LessonEpoch.First, 0.5)]
    [InlineData(LessonEpoch.Highest, 0.9)]
    [InlineData(LessonEpoch.Lowest, 0.5)]
    [InlineData(LessonEpoch.Mean, 0.7333)]
    [InlineData(LessonEpoch.RiseShare, 0.5)]
    public void Metric_ByEpoch_IsTheChosenOne(LessonEpoch epoch, double expected) =>
        Assert.Equal(expected, Of(new() { Measure = LessonMeasure.ValidationAccuracy, Epoch = epoch }, Good)!.Value, 4);

    [Fact]
    public void Metric_AtAnEpochOrWhenALevelIsReached_IsTheOneThere()
    {
        Assert.Equal(0.9, Of(new() { Measure = LessonMeasure.ValidationAccuracy, At = 2 }, Good));
        Assert.Null(Of(new() { Measure = LessonMeasure.ValidationAccuracy, At = 9 }, Good));
        var level = new LessonLevel { Measure = LessonMeasure.ValidationAccuracy, Level = 0.85 };
        Assert.Equal(20, Of(new() { Measure = LessonMeasure.Updates, When = level }, Good));
        Assert.Equal(4, Of(new() { Measure = LessonMeasure.Seconds, When = level }, Good));
        Assert.Equal(double.PositiveInfinity, Of(new() { Measure = LessonMeasure.Seconds, When = level with { Level = 0.95 } }, Good));
        Assert.Null(Of(new() { Measure = LessonMeasure.Seconds, When = level with { Level = 0.95 } }, Good with { State = RunState.Running }));
        Assert.Equal(3, Of(new() { Measure = LessonMeasure.Epochs, When = new() { Measure = LessonMeasure.TrainLoss, Level = 0.31 } }, Good));
    }

    [Fact]
    public void DivergedRun_EndsWithTheWorstValues_AndDoesNotConverge()
    {
        var diverged = Good with { State = RunState.Failed, FailureClass = "diverged" };

        Assert.Equal(0, Of(new() { Measure = LessonMeasure.ValidationAccuracy }, diverged));
        Assert.Equal(0.9, Of(new() { Measure = LessonMeasure.ValidationAccuracy, Epoch = LessonEpoch.Highest }, diverged));
        Assert.Equal(double.PositiveInfinity, Of(new() { Measure = LessonMeasure.TrainLoss }, diverged));
        Assert.Equal((0, 1, 0), (Of(Converged(0.5), diverged), Of(Converged(0.5), Good), Of(Converged(0.95), Good)));
        Assert.Null(Of(Converged(0.5), Good with { State = RunState.Running }));
    }

    [Theory]
    [InlineData(RunState.Cancelled, null)]
    [InlineData(RunState.Failed, "out_of_memory")]
    [InlineData(RunState.Failed, "invalid_data")]
    [InlineData(RunState.Failed, "timeout")]
    public void RunThatBrokeOff_IsNotMeasured_ButItsNetworkIs(RunState state, string? failure)
    {
        var broken = Good with { State = state, FailureClass = failure, TestAccuracy = 0.7 };
        LessonQuantity[] quantities =
        [
            Converged(0.95), new() { Measure = LessonMeasure.ValidationAccuracy }, new() { Measure = LessonMeasure.ValidationAccuracy, At = 2 }, new() { Measure = LessonMeasure.TestAccuracy },
            new() { Measure = LessonMeasure.Seconds }, new() { Measure = LessonMeasure.AccuracyGap },
            new() { Measure = LessonMeasure.Updates, When = new() { Measure = LessonMeasure.ValidationAccuracy, Level = 0.95 } },
        ];

        Assert.All(quantities, quantity => Assert.Null(Of(quantity, broken)));
        Assert.Equal(0, Of(new() { Measure = LessonMeasure.LayerCount, Layers = "conv" }, broken));
        // "It never converges" holds of a run that was trained to its end only.
        var never = Claim(Converged(0.95) with { Runs = ["good"] }) with { AtMost = 0 };
        Assert.Equal(ClaimVerdict.NotMeasured, ClaimEvaluator.Evaluate(never, Facts(broken, Poor)).Verdict);
        Assert.Equal(ClaimVerdict.Holds, ClaimEvaluator.Evaluate(never, Facts(Good, Poor)).Verdict);
        // "Most do not": one that broke off is none of them.
        var most = Claim(Converged(0.5) with { Across = LessonChoice.ShareAtLeast, Level = 0.5 }) with { AtMost = 0.5 };
        Assert.Equal(ClaimVerdict.NotMeasured, ClaimEvaluator.Evaluate(most, Facts(broken, Poor)).Verdict);
    }

    [Fact]
    public void Metric_WithinATime_IsThatOfTheLastEpochInIt()
    {
        LessonQuantity within(double seconds) => new() { Measure = LessonMeasure.ValidationAccuracy, WithinSeconds = seconds };

        Assert.Equal((0.5, 0.9, 0.8, null), (Of(within(3), Good), Of(within(4), Good), Of(within(600), Good), Of(within(1), Good)));
        Assert.Equal(0, Of(within(600), Good with { State = RunState.Failed, FailureClass = "diverged" }));
        Assert.Equal(0.9, Of(within(5), Good with { State = RunState.Failed, FailureClass = "diverged" }));
    }

    [Fact]
    public void Layers_OfAKind_AreReducedToOneNumber()
    {
        var run = Good with { Observations = [new(0, [Layer("activation", 0.001), Layer("dense", 9), Layer("activation", 0.01), Layer("activation", 0.1)]), new(5, [Layer("activation", 7)])] };
        LessonQuantity gradient = new() { Measure = LessonMeasure.ActivationGradientNorm, Layers = "activation", At = 0 };

        Assert.Equal(0.001, Of(gradient with { Among = LessonLayerChoice.First }, run));
        Assert.Equal(0.1, Of(gradient with { Among = LessonLayerChoice.Last }, run));
        Assert.Equal(0.037, Of(gradient, run)!.Value, 6);
        Assert.Equal(0.1, Of(gradient with { Among = LessonLayerChoice.FactorToInput }, run)!.Value, 9);
        Assert.Equal(9, Of(gradient with { Layers = null, Among = LessonLayerChoice.Highest }, run));
        Assert.Equal(7, Of(gradient with { At = null }, run));
        Assert.Null(Of(gradient with { Layers = "conv" }, run));
    }

    [Fact]
    public void Claim_DifferenceRatioAndTolerance_AreComparedWithTheBounds()
    {
        LessonQuantity of(string run) => new() { Measure = LessonMeasure.ValidationAccuracy, Runs = [run] };

        var ahead = Judge(Claim(of("good")) with { Minus = of("poor"), AtLeast = 0.5 });
        Assert.Equal((ClaimVerdict.Holds, 0.8, 0.3), (ahead.Verdict, ahead.Value, ahead.Minus));
        Assert.Equal(0.5, ahead.Result!.Value, 9);
        Assert.Equal(ClaimVerdict.DoesNotHold, Judge(Claim(of("good")) with { Minus = of("poor"), AtLeast = 0.6 }).Verdict);
        Assert.Equal(ClaimVerdict.Holds, Judge(Claim(of("good")) with { Minus = of("poor"), AtLeast = 0.6, Tolerance = 0.11 }).Verdict);
        Assert.Equal(0.375, Judge(Claim(of("poor")) with { Over = of("good"), AtMost = 1 }).Result!.Value, 9);
        Assert.Equal(ClaimVerdict.DoesNotHold, Judge(Claim(of("good")) with { AtMost = 0.79 }).Verdict);
    }

    [Fact]
    public void Claim_InfiniteNumber_DoesNotHoldBelowABound()
    {
        var outcome = Judge(Claim(new() { Measure = LessonMeasure.Seconds, Runs = ["poor"], When = new() { Measure = LessonMeasure.ValidationAccuracy, Level = 0.65 } }) with { AtMost = 600 });

        Assert.Equal((ClaimVerdict.DoesNotHold, true, null), (outcome.Verdict, outcome.Infinite, outcome.Result));
    }

    [Fact]
    public void Claim_OfARunThatTrains_IsPendingWithItsNumberSoFar()
    {
        var claim = Claim(new() { Measure = LessonMeasure.ValidationAccuracy, Runs = ["good"] }) with { AtLeast = 0.9 };

        var outcome = ClaimEvaluator.Evaluate(claim, Facts(Good with { State = RunState.Running }, Poor));

        Assert.Equal((ClaimVerdict.Pending, 0.8), (outcome.Verdict, outcome.Result));
    }

    [Fact]
    public void Claim_WithoutItsNumberAtTheEnd_IsNotMeasured()
    {
        Assert.Equal(ClaimVerdict.NotMeasured, Judge(Claim(new() { Measure = LessonMeasure.TestAccuracy, Runs = ["good"] }) with { AtLeast = 0 }).Verdict);
        Assert.Equal(ClaimVerdict.NotMeasured, ClaimEvaluator.Evaluate(Claim(new() { Measure = LessonMeasure.ValidationAccuracy }) with { AtLeast = 0 }, Facts(null, Poor)).Verdict);
    }

    [Fact]
    public void SeveralRuns_AreReducedToOneNumber()
    {
        LessonQuantity all = new() { Measure = LessonMeasure.ValidationAccuracy };

        double? Over(LessonChoice across, double? level = null) => Judge(Claim(all with { Across = across, Level = level }) with { AtLeast = 0 }).Result;
        Assert.Equal(0.55, Over(LessonChoice.Mean)!.Value, 9);
        Assert.Equal((0.8, 0.3, 0.5), (Over(LessonChoice.Highest), Over(LessonChoice.Lowest), Over(LessonChoice.ShareAtLeast, 0.5)));
    }

    [Fact]
    public void Trials_AreSelectedByTheirValues()
    {
        TrialFacts trial(string optimizer, double value) => new()
        {
            State = TrialState.Completed,
            Assignment = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>($$"""{ "optimizer": { "name": "{{optimizer}}", "learningRate": 0.1 } }""")!,
            Value = value,
            Runs = [Good],
        };
        var facts = new LessonFacts { Studies = Study(StudyState.Completed, [trial("sgd", 0.4), trial("adam", 0.6), trial("adam", 0.7)]) };
        LessonQuantity adam = new() { Measure = LessonMeasure.TrialValue, Trials = JsonDocument.Parse("""{ "optimizer": { "name": "adam" } }""").RootElement };

        Assert.Equal(0.65, ClaimEvaluator.Evaluate(Claim(adam) with { AtLeast = 0 }, facts).Result!.Value, 9);
        Assert.Equal(2, ClaimEvaluator.Evaluate(Claim(adam with { Measure = LessonMeasure.CompletedTrials }) with { AtLeast = 0 }, facts).Result);
        Assert.Equal(0.8, ClaimEvaluator.Evaluate(Claim(adam with { Measure = LessonMeasure.ValidationAccuracy }) with { AtLeast = 0 }, facts).Result);
        Assert.Equal(ClaimVerdict.Pending, ClaimEvaluator.Evaluate(Claim(adam) with { AtLeast = 0 }, facts with { Studies = Study(StudyState.Running, []) }).Verdict);
    }

    [Theory]
    [InlineData("""{ "rate": { "atLeast": 0.01 } }""", 2)]
    [InlineData("""{ "rate": { "below": 0.01 } }""", 1)]
    [InlineData("""{ "rate": { "atLeast": 0.001, "below": 0.1 } }""", 2)]
    [InlineData("""{ "rate": {} }""", 3)]
    [InlineData("""{ "rate": 0.1 }""", 1)]
    public void Trials_AreSelectedByRanges(string chosen, int expected)
    {
        TrialFacts trial(double rate) => new()
        {
            State = TrialState.Completed,
            Assignment = new Dictionary<string, JsonElement> { ["rate"] = JsonSerializer.SerializeToElement(rate) },
            Value = 0.5,
            Runs = [],
        };
        var facts = new LessonFacts { Studies = Study(StudyState.Completed, [trial(0.001), trial(0.01), trial(0.1)]) };
        LessonQuantity quantity = new() { Measure = LessonMeasure.CompletedTrials, Trials = JsonDocument.Parse(chosen).RootElement };

        Assert.Equal(expected, ClaimEvaluator.Evaluate(Claim(quantity) with { AtLeast = 0 }, facts).Result);
    }

    [Fact]
    public void Studies_AreComparedByTheirTrials_AndADeletedOneIsNotMeasured()
    {
        TrialFacts trial(double value, double epochs) => new() { State = TrialState.Completed, Assignment = new Dictionary<string, JsonElement>(), Value = value, Epochs = epochs };
        var facts = new LessonFacts
        {
            Studies = new Dictionary<string, StudyFacts?> { ["random"] = new(StudyState.Completed, [trial(0.8, 20), trial(0.1, 20)]), ["asha"] = new(StudyState.Completed, [trial(0.7, 20), trial(0.1, 2)]) },
        };
        LessonQuantity of(LessonMeasure measure, string study) => new() { Measure = measure, Studies = [study], Across = measure == LessonMeasure.TrialValue ? LessonChoice.Highest : LessonChoice.Mean };
        var best = Claim(of(LessonMeasure.TrialValue, "asha")) with { Minus = of(LessonMeasure.TrialValue, "random"), AtLeast = -0.2 };
        var epochs = Claim(of(LessonMeasure.TrialEpochs, "asha")) with { Over = of(LessonMeasure.TrialEpochs, "random"), AtMost = 0.6 };

        Assert.Equal(-0.1, ClaimEvaluator.Evaluate(best, facts).Result!.Value, 9);
        Assert.Equal(0.55, ClaimEvaluator.Evaluate(epochs, facts).Result!.Value, 9);
        Assert.Equal(4, ClaimEvaluator.Evaluate(Claim(new() { Measure = LessonMeasure.CompletedTrials }) with { AtLeast = 0 }, facts).Result);
        var halfway = facts with { Studies = new Dictionary<string, StudyFacts?>(facts.Studies) { ["asha"] = facts.Studies["asha"]! with { State = StudyState.Running } } };
        Assert.Equal(ClaimVerdict.Pending, ClaimEvaluator.Evaluate(best, halfway).Verdict);
        var deleted = facts with { Studies = new Dictionary<string, StudyFacts?>(facts.Studies) { ["asha"] = null } };
        Assert.Equal(ClaimVerdict.NotMeasured, ClaimEvaluator.Evaluate(best, deleted).Verdict);
    }

    [Theory]
    [InlineData(StudyState.Stopped)]
    [InlineData(StudyState.Cancelled)]
    [InlineData(StudyState.Failed)]
    public void StudyThatBrokeOff_IsNotMeasured(StudyState state)
    {
        var claim = Claim(new() { Measure = LessonMeasure.TrialValue, Across = LessonChoice.ShareAtLeast, Level = 0.5 }) with { AtMost = 0.5 };
        TrialFacts poor = new() { State = TrialState.Completed, Assignment = new Dictionary<string, JsonElement>(), Value = 0.1 };

        Assert.Equal(ClaimVerdict.Holds, ClaimEvaluator.Evaluate(claim, new LessonFacts { Studies = Study(StudyState.Completed, [poor]) }).Verdict);
        Assert.Equal(ClaimVerdict.NotMeasured, ClaimEvaluator.Evaluate(claim, new LessonFacts { Studies = Study(state, [poor]) }).Verdict);
        Assert.Equal(ClaimVerdict.NotMeasured, ClaimEvaluator.Evaluate(claim, new LessonFacts { Studies = Study(StudyState.Completed, [poor, poor with { BrokeOff = true }]) }).Verdict);
    }

    [Fact]
    public void Lab_IsReadByPointer()
    {
        LessonFacts Facts(params (string Id, LabFacts Lab)[] labs) => new() { Labs = labs.ToDictionary(lab => lab.Id, lab => lab.Lab) };
        LabFacts Answered(string result) => new(JsonElement.Parse(result), HasEnded: true);
        var facts = Facts(("f", Answered("""{ "gradients": [{ "x": -2.5 }], "exact": true, "name": "f" }""")));

        double? At(string pointer) => ClaimEvaluator.Evaluate(Claim(new() { Measure = LessonMeasure.LabValue, Pointer = pointer }) with { AtMost = 9 }, facts).Result;
        Assert.Equal((-2.5, 1, null, null), (At("/gradients/0/x"), At("/exact"), At("/name"), At("/gradients/1")));
        ClaimOutcome Exact(LessonFacts of, string? lab = null) => ClaimEvaluator.Evaluate(Claim(new() { Measure = LessonMeasure.LabValue, Lab = lab, Pointer = "/exact" }) with { AtMost = 9 }, of);
        Assert.Equal(ClaimVerdict.Pending, Exact(Facts(("f", new LabFacts(null, HasEnded: false)))).Verdict);
        Assert.Equal(ClaimVerdict.NotMeasured, Exact(new LessonFacts()).Verdict);

        var both = Facts(("f", Answered("""{ "exact": 1 }""")), ("g", Answered("""{ "exact": 2 }""")));
        Assert.Equal((1, 2), (Exact(both, "f").Result, Exact(both, "g").Result));
    }

    private static Dictionary<string, StudyFacts?> Study(StudyState state, IReadOnlyList<TrialFacts> trials) => new() { ["study"] = new StudyFacts(state, trials) };

    private static LessonQuantity Converged(double level) => new() { Measure = LessonMeasure.Converged, Level = level };

    private static double? Of(LessonQuantity quantity, RunFacts run) => RunMeasurement.Measure(run, quantity);

    private static LessonClaim Claim(LessonQuantity value) => new() { Id = "claim", Text = new() { En = "a", Ko = "b" }, Source = "source", Value = value };

    private static ClaimOutcome Judge(LessonClaim claim) => ClaimEvaluator.Evaluate(claim, Facts(Good, Poor));

    private static LessonFacts Facts(RunFacts? good, RunFacts poor) => new() { Runs = new Dictionary<string, RunFacts?> { ["good"] = good, ["poor"] = poor } };

    // Ten steps and two seconds an epoch; the loss is 1 minus the accuracy, so that the training loss falls to 0.1 and back to 0.2.
    private static RunFacts Run(RunState state, double[] accuracies)
    {
        IReadOnlyList<MetricValue> Curve(Func<double, int, double> value) => [.. accuracies.Index().Select(epoch => new MetricValue
        {
            Epoch = epoch.Index + 1, Step = 10 * (epoch.Index + 1), Value = value(epoch.Item, epoch.Index), Seconds = 2 * (epoch.Index + 1), Min = null, Max = null,
        })];
        return new RunFacts
        {
            State = state,
            Seconds = 2 * accuracies.Length,
            Updates = 10 * accuracies.Length,
            Metrics = new Dictionary<string, IReadOnlyList<MetricValue>>
            {
                [MetricNames.ValidationAccuracy] = Curve((accuracy, _) => accuracy),
                [MetricNames.TrainAccuracy] = Curve((accuracy, _) => accuracy),
                [MetricNames.TrainLoss] = Curve((_, epoch) => 0.8 - (0.25 * epoch)),
            },
        };
    }

    private static LayerObservation Layer(string kind, double gradient) => new()
    {
        Layer = 0, Name = kind, Kind = kind, Activation = null, Gradient = null, ActivationGradientNorm = gradient, Weight = null, UpdateRatio = null,
    };
}
