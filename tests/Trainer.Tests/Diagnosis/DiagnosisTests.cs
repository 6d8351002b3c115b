using Trainyard.Specs.Events;
using Trainyard.Specs.Events.Diagnosis;
using Trainyard.Specs.Validation;
using Trainyard.Trainer.Diagnosis;
using Trainyard.Trainer.Tests.Training;
using Trainyard.Trainer.Training;

namespace Trainyard.Trainer.Tests.Diagnosis;

/// <summary>Small real trainings that provoke each finding, healthy ones that do not, and what the suggestions are worth.</summary>
public sealed class DiagnosisTests
{
    private const string Moons = """{ "dataset": { "name": "moons", "trainSamples": 600, "testSamples": 100 } }""";

    private static string DeepSigmoid => Spec(
        Moons, """{ "kind": "mlp", "dense": [20, 20, 20, 20, 20, 20, 20, 20, 20], "activation": "sigmoid", "initialization": "xavier" }""",
        """{ "epochs": 12, "batchSize": 32, "optimizer": { "name": "sgd", "learningRate": 0.1 } }""");

    private static string HugeSteps => Spec(
        Moons, """{ "kind": "mlp", "dense": [32, 32] }""", """{ "epochs": 5, "batchSize": 32, "optimizer": { "name": "sgd", "learningRate": 100 } }""");

    [Fact]
    public void DeepSigmoid_VanishingGradient_IsFoundWithTheRatioOfEachLayer()
    {
        var finding = Find(Train(DeepSigmoid), "vanishing_gradient");

        Assert.Equal((DiagnosisSeverity.Problem, 0), (finding.Severity, finding.Epoch));
        var ratios = finding.Evidence.Where(evidence => evidence.Name == "output_gradient_ratio_to_next_layer").ToArray();
        Assert.Equal([.. Enumerable.Range(1, 9).Select(number => $"dense{number}")], ratios.Select(ratio => ratio.Layer));
        // A sigmoid's slope is at most 1/4; the weights may add a little.
        Assert.All(ratios, ratio => Assert.InRange(ratio.Value!.Value, 0.05, 0.6));
        var total = finding.Evidence.Single(evidence => evidence.Name == "output_gradient_ratio_first_to_last");
        Assert.Equal((1e-3, "dense1"), (total.Limit, total.Layer));
        Assert.InRange(total.Value!.Value / ratios.Aggregate(1.0, (product, ratio) => product * ratio.Value!.Value), 0.999, 1.001);
        Assert.InRange(total.Value.Value, 1e-8, 1e-4);
        Assert.Equal(total.Value.Value, finding.Arguments["ratio"].GetDouble());
        Assert.Equal(("dense1", "output"), (finding.Arguments["first"].GetString(), finding.Arguments["last"].GetString()));
    }

    [Fact]
    public void DeepSigmoid_WithTheSuggestedChanges_Learns()
    {
        var stuck = Train(DeepSigmoid);
        var changed = Train(Changed(DeepSigmoid, Find(stuck, "vanishing_gradient")));

        Assert.InRange(Last(stuck).ValidationAccuracy!.Value, 0.4, 0.7);
        Assert.True(Last(changed).ValidationAccuracy > 0.85, $"{Last(changed)}");
        Assert.True(Last(changed).TrainLoss < 0.5 * Last(stuck).TrainLoss);
        Assert.DoesNotContain(Findings(changed), finding => finding.Rule == "vanishing_gradient");
    }

    [Fact]
    public void HugeSteps_Divergence_IsFoundBeforeTheFailureWithTheLastFiniteNumbers()
    {
        var run = Train(HugeSteps, RunEnd.Failed);

        var finding = Assert.IsType<FindingEvent>(run.Events[^2]).Finding;
        var failed = Assert.IsType<FailedEvent>(run.Events[^1]);
        Assert.Equal(("diverged", DiagnosisSeverity.Problem, FailureClass.Diverged), (finding.Rule, finding.Severity, failed.Class));
        var last = failed.LastFinite!;
        Assert.Equal(failed.Step - 1, last.Step);
        Assert.True(double.IsFinite(last.TrainLoss) && last.TrainLoss > 100, $"{last}");
        Assert.True(last.GradientNorm > 1, $"{last}");
        Assert.Equal(Enumerable.Range(1, (int)last.Step).Select(step => (long)step).TakeLast(64), last.StepLosses.Select(loss => loss.Step));
        Assert.True(last.StepLosses[^1].Loss > 100 * last.StepLosses[0].Loss, $"{last.StepLosses[0]} to {last.StepLosses[^1]}");
        Assert.Equal(
            ((double?)failed.Step, (double?)last.TrainLoss, last.GradientNorm),
            (Value(finding, "diverged_at_step"), Value(finding, "last_finite_train_loss"), Value(finding, "last_finite_total_gradient_norm")));
        Assert.InRange(Value(finding, "first_train_loss")!.Value, 0.3, 3);
    }

    [Fact]
    public void HugeSteps_WithTheSuggestedChanges_Learns()
    {
        var changed = Train(Changed(HugeSteps, Find(Train(HugeSteps, RunEnd.Failed), "diverged")));
        Assert.True(Last(changed).ValidationAccuracy > 0.8, $"{Last(changed)}");
    }

    [Fact]
    public void HugeSteps_NotObserved_EndsWithTheFinding()
    {
        var run = Train(HugeSteps.Replace("\"epochs\": 5", "\"epochs\": 5, \"observe\": \"off\"", StringComparison.Ordinal), RunEnd.Failed);
        Assert.Equal("diverged", Assert.Single(Findings(run)).Rule);
        Assert.True(run.Events.OfType<FailedEvent>().Single().LastFinite is { GradientNorm: > 1 });
        Assert.Empty(run.Events.OfType<ObservationEvent>());
    }

    [Fact]
    public void LastStep_WeightsNotFinite_FailsAsDivergedInItsEpoch()
    {
        // One step in all, so that only the validation after it can tell.
        var run = Train(
            Spec(
                Moons, """{ "kind": "mlp", "dense": [64, 64, 64, 64], "initialization": { "name": "normal", "std": 10 } }""",
                """{ "epochs": 1, "batchSize": "full", "optimizer": { "name": "sgd", "learningRate": 100 } }"""),
            RunEnd.Failed);

        var failed = Assert.IsType<FailedEvent>(run.Events[^1]);
        Assert.Equal((FailureClass.Diverged, 1, 1L), (failed.Class, failed.Epoch, failed.Step));
        Assert.True(failed.LastFinite is { Step: 1, TrainLoss: > 0 }, $"{failed.LastFinite}");
        var epoch = Assert.Single(run.Events.OfType<EpochEvent>());
        Assert.True(epoch is { TrainLoss: not null, ValidationLoss: null }, $"{epoch}");
        Assert.Equal("diverged", Assert.IsType<FindingEvent>(run.Events[^2]).Finding.Rule);
    }

    [Fact]
    public void FirstWeights_Overflow_SuggestInitializationInsteadOfLearningRate()
    {
        var wide = string.Join(", ", Enumerable.Repeat(30, 30));
        var spec = Spec(
            Moons, $$"""{ "kind": "mlp", "dense": [{{wide}}], "initialization": { "name": "normal", "std": 10 } }""",
            """{ "epochs": 1, "batchSize": 32, "optimizer": { "name": "sgd", "learningRate": 0.01 } }""");
        var run = Train(spec, RunEnd.Failed);

        var failed = Assert.IsType<FailedEvent>(run.Events[^1]);
        Assert.Equal((FailureClass.Diverged, 1L, null), (failed.Class, failed.Step, failed.LastFinite));
        Assert.Contains("The initial weights already overflow", failed.Message, StringComparison.Ordinal);
        var finding = Find(run, "diverged");
        Assert.Equal(["/model/initialization", "/training/gradientClipping"], finding.Suggestion!.Changes.Select(change => change.Path));
        Train(Changed(spec, finding));
    }

    private static string Decay(string decay, string optimizer = """{ "name": "sgd", "learningRate": 0.1 }""", string more = "") => Spec(
        Moons, """{ "kind": "mlp", "dense": [16, 16] }""",
        $$"""{ "epochs": 6, "batchSize": 32, "precision": "float32", "optimizer": {{optimizer}}, "weightDecay": {{decay}}{{more}} }""");

    [Theory]
    [InlineData("""{ "name": "decoupled", "form": "paper", "strength": 3 }""", """{ "name": "sgd", "learningRate": 0.1 }""", -2)]
    [InlineData("""{ "name": "decoupled", "form": "paper", "strength": 3 }""", """{ "name": "adam", "learningRate": 0.01 }""", -2)]
    [InlineData("""{ "name": "decoupled", "strength": 10 }""", """{ "name": "muon", "learningRate": 0.3 }""", -2)]
    [InlineData("""{ "name": "l2", "strength": 10 }""", """{ "name": "sgd", "learningRate": 0.3 }""", -2)]
    [InlineData("""{ "name": "l2", "strength": 10 }""", """{ "name": "nesterov", "learningRate": 0.15, "momentum": 0.9 }""", -1.297)]
    public void DecayThatMultipliesTheWeights_Divergence_IsBlamedOnTheDecay(string decay, string optimizer, double factor)
    {
        var spec = Decay(decay, optimizer);
        var run = Train(spec, RunEnd.Failed);

        var failed = Assert.IsType<FailedEvent>(run.Events[^1]);
        Assert.Equal(FailureClass.Diverged, failed.Class);
        Assert.Equal(factor, failed.Arguments["decayFactor"].GetDouble(), 0.02);
        Assert.Contains("Weight decay alone multiplies the weights by", failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("learning rate", failed.Message, StringComparison.Ordinal);

        var finding = Find(run, "diverged");
        Assert.Contains("Weight decay alone multiplies the weights by", finding.Message, StringComparison.Ordinal);
        Assert.Equal(factor, Value(finding, "weight_decay_factor")!.Value, 0.02);
        Assert.Equal(SuggestionCode.WeakerDecay, finding.Suggestion!.Code);
        Assert.Equal("/training/weightDecay/strength", Assert.Single(finding.Suggestion.Changes).Path);
        Assert.DoesNotContain(Findings(run), other => other.Rule.StartsWith("learning_rate", StringComparison.Ordinal));

        var changed = Train(Changed(spec, finding));
        Assert.DoesNotContain(Findings(changed), other => other.Rule is "weight_decay_too_strong" or "diverged");
        Assert.True(Last(changed).ValidationAccuracy > 0.75, $"{Last(changed)}");
    }

    // So slow that the loss rises without overflowing.
    [Fact]
    public void DecayThatMultipliesTheWeights_RisingLoss_IsBlamedOnTheDecay()
    {
        var finding = Find(Train(Decay("""{ "name": "decoupled", "form": "paper", "strength": 2.02 }""", """{ "name": "sgd", "learningRate": 0.00001 }""")), "weight_decay_too_strong");

        Assert.Equal((DiagnosisSeverity.Problem, "weights_grow"), (finding.Severity, finding.Arguments["reason"].GetString()));
        Assert.Equal(-1.02, Value(finding, "weight_decay_factor")!.Value, 1e-9);
        Assert.Equal(SuggestionCode.WeakerDecay, finding.Suggestion!.Code);
    }

    [Theory]
    [InlineData("""{ "name": "decoupled", "form": "paper", "strength": 0.5 }""")]
    [InlineData("""{ "name": "l2", "strength": 5 }""")]
    [InlineData("""{ "name": "l1", "strength": 5 }""")]
    public void DecayThatOutweighsTheGradient_VanishedWeights_AreFoundWithTheirNorms(string decay)
    {
        // The steps of L1 are smaller at the end, so that it does not swing around zero.
        var spec = Decay(decay, more: """, "schedule": "linear" """);
        var run = Train(spec);
        var finding = Find(run, "weight_decay_too_strong");

        Assert.Equal((DiagnosisSeverity.Problem, "weights_vanish"), (finding.Severity, finding.Arguments["reason"].GetString()));
        var norms = finding.Evidence.Where(evidence => evidence.Name == "weight_norm").Select(evidence => evidence.Value!.Value).ToArray();
        Assert.Equal(norms[1] / norms[0], finding.Arguments["ratio"].GetDouble());
        Assert.InRange(norms[1] / norms[0], 0, 0.01);
        Assert.DoesNotContain(Findings(run), other => other.Rule is "underfitting" or "learning_rate_too_low" or "learning_rate_too_high");
        Assert.True(Last(Train(Changed(spec, finding))).ValidationAccuracy > 0.75);
    }

    [Fact]
    public void LayersOfOneUnit_AreNotSymmetric()
    {
        var run = Train(Spec(
            Moons, """{ "kind": "mlp", "dense": [1, 1, 1], "activation": "tanh", "initialization": "xavier" }""",
            """{ "epochs": 1, "batchSize": 32, "optimizer": { "name": "adam", "learningRate": 0.01 } }"""));
        Assert.DoesNotContain(Findings(run), finding => finding.Rule == "symmetric_initialization");
    }

    [Theory]
    [InlineData("""{ "kind": "preset", "preset": "perceptron" }""", false)]
    [InlineData("""{ "kind": "preset", "preset": "mlp-5x100" }""", true)]
    [InlineData("""{ "kind": "layers", "layers": [{ "kind": "dense", "units": 4 }] }""", false)]
    public void Regularize_SuggestsDropoutOnlyWhereItHasAnEffect(string model, bool suggested)
    {
        var spec = TestSpecs.Read(Spec(Moons, model, "{}")).Spec!;
        var changes = new SpecEdits(spec).Regularize().Suggest(SuggestionCode.Regularize)!.Changes;
        Assert.Equal(suggested, changes.Any(change => change.Path == "/model/dropout/dense"));
        Assert.DoesNotContain(SpecChanges.Apply(spec, changes).Findings, finding => finding.Pointer.StartsWith("/model", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{ "kind": "preset", "preset": "perceptron" }""")]
    [InlineData("""{ "kind": "mlp", "dense": [4] }""", "/model/activation")]
    [InlineData(
        """{ "kind": "layers", "layers": [{ "kind": "dense", "units": 4 }, { "kind": "activation", "activation": "relu" }] }""",
        "/model/layers/1/activation")]
    public void UseActivation_SetsItOnlyWhereItHasAnEffect(string model, params string[] expected)
    {
        var spec = TestSpecs.Read(Spec(Moons, model, "{}")).Spec!;
        var changes = new SpecEdits(spec).UseActivation("leaky_relu").Suggest(SuggestionCode.Regularize)?.Changes ?? [];
        Assert.Equal(expected, changes.Select(change => change.Path));
    }

    [Theory]
    [InlineData("relu", "he")]
    [InlineData("sigmoid", "xavier")]
    public void Zeros_Symmetry_IsFoundBeforeTheFirstEpochAndUnitsStayEqual(string activation, string suggested)
    {
        var spec = Spec(
            Moons, $$"""{ "kind": "mlp", "dense": [10, 10], "activation": "{{activation}}", "initialization": "zeros" }""",
            """{ "epochs": 3, "batchSize": 32, "optimizer": { "name": "adam", "learningRate": 0.01 } }""");
        var run = Train(spec);

        var finding = Find(run, "symmetric_initialization");
        Assert.Equal((DiagnosisSeverity.Problem, 0), (finding.Severity, finding.Epoch));
        Assert.Equal([0, 0, 0], finding.Evidence.Where(evidence => evidence.Name == "weight_std").Select(evidence => evidence.Value!.Value));
        Assert.DoesNotContain(Findings(run), other => other.Rule is "dead_relu" or "vanishing_gradient");
        Assert.Contains(suggested, Assert.Single(finding.Suggestion!.Changes).Value!.Value.GetRawText(), StringComparison.Ordinal);
        // The proof that it is right: after three epochs the hidden units still have the same weights, or none.
        Assert.All(
            run.Events.OfType<ObservationEvent>().Last().Layers.Where(layer => layer.Name.StartsWith("dense", StringComparison.Ordinal)),
            layer => Assert.True(layer.UnitSpread is null or < 1e-3, $"{layer}"));
    }

    public static TheoryData<string, DiagnosisSeverity, string, string, string> Provoked => new()
    {
        {
            "exploding_gradient", DiagnosisSeverity.Problem, Moons,
            """{ "kind": "mlp", "dense": [30, 30, 30, 30, 30, 30, 30, 30], "initialization": { "name": "normal", "std": 1 } }""",
            """{ "epochs": 1, "batchSize": 32, "optimizer": { "name": "sgd", "learningRate": 1e-9 } }"""
        },
        {
            "dead_relu", DiagnosisSeverity.Problem, Moons, """{ "kind": "mlp", "dense": [32, 32] }""",
            """{ "epochs": 3, "batchSize": 32, "optimizer": { "name": "adam", "learningRate": 2 } }"""
        },
        {
            "saturated_units", DiagnosisSeverity.Problem, Moons,
            """{ "kind": "mlp", "dense": [100, 100, 100], "activation": "tanh", "initialization": { "name": "normal", "std": 1 } }""",
            """{ "epochs": 1, "batchSize": 32, "optimizer": { "name": "sgd", "learningRate": 0.01 } }"""
        },
        {
            "overfitting", DiagnosisSeverity.Problem,
            """
            {
              "dataset": { "name": "moons", "trainSamples": 600, "testSamples": 100, "noise": 0.3 }, "validationFraction": 0.5, "trainLimit": 60, "labelNoise": 0.3
            }
            """,
            """{ "kind": "mlp", "dense": [200, 200, 200] }""", """{ "epochs": 60, "batchSize": 32, "optimizer": { "name": "adam", "learningRate": 0.003 } }"""
        },
        {
            "underfitting", DiagnosisSeverity.Problem, """{ "dataset": { "name": "xor", "trainSamples": 2000 } }""", """{ "kind": "mlp", "dense": [] }""",
            """{ "epochs": 8, "batchSize": 32, "optimizer": { "name": "adam", "learningRate": 0.05 } }"""
        },
        {
            "learning_rate_too_low", DiagnosisSeverity.Problem, Moons, """{ "kind": "mlp", "dense": [32, 32] }""",
            """{ "epochs": 3, "batchSize": 32, "optimizer": { "name": "sgd", "learningRate": 1e-5 } }"""
        },
        {
            // So low that no weight changes in float32.
            "learning_rate_too_low", DiagnosisSeverity.Problem, Moons, """{ "kind": "mlp", "dense": [32, 32] }""",
            """{ "epochs": 3, "batchSize": 32, "optimizer": { "name": "sgd", "learningRate": 1e-12 } }"""
        },
        {
            "learning_rate_too_high", DiagnosisSeverity.Problem, Moons,
            """{ "kind": "mlp", "dense": [32, 32], "activation": "tanh", "initialization": "xavier" }""",
            """{ "epochs": 3, "batchSize": 32, "optimizer": { "name": "momentum", "learningRate": 2 } }"""
        },
    };

    [Theory]
    [MemberData(nameof(Provoked))]
    public void Provoked_Finding_HasNumbersBeyondTheirLimitsASourceAndAValidSuggestion(
        string rule, DiagnosisSeverity severity, string data, string model, string training)
    {
        var spec = Spec(data, model, training);
        var run = Train(spec);
        var finding = Findings(run).Last(found => found.Rule == rule);

        Assert.Equal(severity, finding.Severity);
        Assert.Contains(finding.Evidence, evidence => evidence is { Value: not null, Limit: not null });
        Assert.True(finding.Source.Length > 20);
        Assert.True(finding.Message.Any(char.IsDigit), finding.Message);
        Assert.Equal(FindingText.From(rule, finding.Arguments), finding.Message);
        Assert.Equal(Suggestion.Create(finding.Suggestion!.Code, [], ArgumentsOf(finding.Suggestion)).Message, finding.Suggestion.Message);
        var changed = Changed(spec, finding);
        Assert.NotEqual(TestSpecs.Sha256(spec), TestSpecs.Sha256(changed));
        // Each rule reports once, and again only when it became more severe.
        Assert.All(
            Findings(run).GroupBy(found => found.Rule, StringComparer.Ordinal),
            reported => Assert.Equal(reported.Select(found => found.Severity).Distinct().Order(), reported.Select(found => found.Severity)));
    }

    [Fact]
    public void Rules_All_AreProvokedHere() => Assert.Equal(
        DiagnosisRules.All.Order(StringComparer.Ordinal),
        Provoked.Select(row => row.Data.Item1).Distinct().Concat(["vanishing_gradient", "symmetric_initialization", "diverged", "weight_decay_too_strong"]).Order(StringComparer.Ordinal));

    [Fact]
    public void Overfitting_Evidence_NamesTheEpochWhereTheGapOpens()
    {
        var row = Provoked.Single(row => row.Data.Item1 == "overfitting").Data;
        var run = Train(Spec(row.Item3, row.Item4, row.Item5));
        var finding = Findings(run).Last(found => found.Rule == "overfitting");
        var epochs = run.Events.OfType<EpochEvent>().Where(epoch => epoch.Epoch <= finding.Epoch).ToArray();
        Assert.Equal(epochs.MinBy(epoch => epoch.ValidationLoss)!.Epoch, Value(finding, "gap_opens_at_epoch"));
        Assert.Equal(epochs[^1].TrainAccuracy - epochs[^1].ValidationAccuracy, Value(finding, "accuracy_gap"));
    }

    [Fact]
    public void Overfitting_IsFoundUnderLabelSmoothingToo()
    {
        var row = Provoked.Single(row => row.Data.Item1 == "overfitting").Data;
        var run = Train(Spec(row.Item3, row.Item4, row.Item5.Replace("\"epochs\"", "\"labelSmoothing\": 0.3, \"epochs\"", StringComparison.Ordinal)));
        Assert.Contains(Findings(run), finding => finding.Rule == "overfitting");
    }

    [Fact]
    public void Overfitting_ValidationLossRisesBelowTheTrainingLoss_IsNotFound()
    {
        // A validation split of 40 points that is easier than the rest: its loss goes up and down, far below that of training.
        var run = Train(
            """
            {
              "seed": 7, "data": { "dataset": "spiral", "seed": 7 },
              "model": { "kind": "mlp", "dense": [32, 32] }, "training": { "epochs": 140, "batchSize": 32, "optimizer": "adam" }
            }
            """);

        var epochs = run.Events.OfType<EpochEvent>().ToArray();
        var lowest = double.MaxValue;
        Assert.Contains(epochs, epoch => epoch.ValidationLoss > 1.05 * (lowest = Math.Min(lowest, epoch.ValidationLoss!.Value)));
        Assert.All(epochs[100..], epoch => Assert.True(epoch.ValidationLoss < epoch.TrainLoss, $"{epoch}"));
        Assert.DoesNotContain(Findings(run), finding => finding.Rule == "overfitting");
    }

    public static TheoryData<string> Healthy =>
    [
        TestSpecs.Xor,
        Spec(Moons, """{ "kind": "mlp", "dense": [32, 32] }""", """{ "epochs": 20, "batchSize": 32, "optimizer": { "name": "adam", "learningRate": 0.01 } }"""),
        Spec(
            """{ "dataset": { "name": "shapes", "trainSamples": 2500, "testSamples": 100 }, "validationFraction": 0.2 }""",
            """
            {
              "kind": "cnn", "blocks": [{ "filters": 8 }, { "filters": 16 }, { "filters": 16 }], "dense": [32], "batchNorm": true, "dropout": { "dense": 0.1 }
            }
            """,
            """{ "epochs": 5, "batchSize": 64, "optimizer": { "name": "adam", "learningRate": 0.003 } }"""),
    ];

    [Theory]
    [MemberData(nameof(Healthy))]
    public void Healthy_Run_HasNoProblem(string spec)
    {
        var run = Train(spec);
        Assert.DoesNotContain(Findings(run), finding => finding.Severity == DiagnosisSeverity.Problem);
        Assert.True(Last(run).ValidationAccuracy > 0.5, $"{Last(run)}");
    }

    // Who starts what the form offers first must not be told that it is wrong.
    [Theory]
    [InlineData("first-run.json")]
    [InlineData("xor.json")]
    [InlineData("spiral.json")]
    public void Starter_OfTheForm_HasNoFinding(string example)
    {
        var run = Train(File.ReadAllText(Repository.PathOf("examples", example)));

        Assert.DoesNotContain(Findings(run), finding => finding.Severity != DiagnosisSeverity.Info);
        Assert.True(Last(run).ValidationAccuracy > 0.85, $"{Last(run)}");
    }

    [Fact]
    public void Resumed_Run_ReportsTheSameFindingsOnce()
    {
        var row = Provoked.Single(row => row.Data.Item1 == "overfitting").Data;
        var reading = TestSpecs.Read(Spec(row.Item3, row.Item4, row.Item5));
        using var whole = new TemporaryFolder();
        using var parts = new TemporaryFolder();
        var reference = InProcessRun.Train(reading, whole.File("run"), checkpoints: false);
        var first = InProcessRun.Train(reading, parts.File("run"), stopsAfter: happened => happened is CheckpointEvent { Step: 1 });
        var second = InProcessRun.Train(reading, parts.File("run"), resume: true, stopsAfter: happened => happened is EpochEvent { Epoch: 20 }, checkpoints: false);
        var third = InProcessRun.Train(reading, parts.File("run"), resume: true, checkpoints: false);

        Assert.Equal(Describe(reference), [.. Describe(first), .. Describe(second), .. Describe(third)]);

        static IEnumerable<string> Describe(InProcessRun run) =>
            Findings(run).Select(finding => $"{finding.Rule} {finding.Severity} {finding.Epoch} {finding.Message} {string.Join(' ', finding.Evidence)}");
    }

    private static (string Name, object? Value)[] ArgumentsOf(Suggestion suggestion) => [.. suggestion.Arguments.Select(argument => (argument.Key, (object?)argument.Value))];

    private static string Spec(string data, string model, string training) => $$"""{ "seed": 1, "data": {{data}}, "model": {{model}}, "training": {{training}} }""";

    private static InProcessRun Train(string spec, RunEnd end = RunEnd.Finished)
    {
        using var folder = new TemporaryFolder();
        var run = InProcessRun.Train(TestSpecs.Read(spec), folder.File("run"), checkpoints: false);
        Assert.Equal(end, run.End);
        return run;
    }

    private static IEnumerable<Finding> Findings(InProcessRun run) => run.Events.OfType<FindingEvent>().Select(happened => happened.Finding);

    private static Finding Find(InProcessRun run, string rule) => Assert.Single(Findings(run), finding => finding.Rule == rule);

    private static double? Value(Finding finding, string name) => finding.Evidence.Single(evidence => evidence.Name == name).Value;

    private static EpochEvent Last(InProcessRun run) => run.Events.OfType<EpochEvent>().Last();

    // The spec with a finding's changes, which the reader must accept.
    private static string Changed(string spec, Finding finding)
    {
        Assert.NotNull(finding.Suggestion);
        var changed = SpecChanges.Apply(TestSpecs.Read(spec).Spec!, finding.Suggestion.Changes);
        Assert.True(changed.IsValid, string.Join('\n', changed.Findings));
        return changed.Spec.ToJson();
    }
}
