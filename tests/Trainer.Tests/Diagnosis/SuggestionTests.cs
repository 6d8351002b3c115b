using Trainyard.Specs.Events;
using Trainyard.Specs.Events.Diagnosis;
using Trainyard.Specs.Events.Observation;
using Trainyard.Specs.Findings;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
using Trainyard.Specs.Validation;
using Trainyard.Trainer.Diagnosis;

namespace Trainyard.Trainer.Tests.Diagnosis;

// A finding that is reported again after its suggestion was followed has a further one: each is valid, and none repeats a spec. The measurements are invented,
// so that they exceed the thresholds whatever is changed.
public sealed class SuggestionTests
{
    private const int Rungs = 5;
    private const int BestEpoch = 3;

    private static readonly string[] Models =
    [
        """{ "kind": "mlp", "dense": [32, 16, 6] }""",
        """{ "kind": "cnn", "blocks": [{ "filters": 8 }, { "filters": 16 }], "dense": [32], "batchNorm": true }""",
        """{ "kind": "preset", "preset": "mlp-5x100", "activation": "tanh" }""",
        """{ "kind": "preset", "preset": "lenet" }""",
        """{ "kind": "preset", "preset": "resnet9", "activation": { "name": "maxout", "pieces": 2 } }""",
        """
        {
          "kind": "layers", "layers": [
            { "kind": "conv", "filters": 16 }, { "kind": "activation" }, { "kind": "residual", "layers": [{ "kind": "conv", "filters": 16 }] },
            { "kind": "flatten" }, { "kind": "dense", "units": 20 }, { "kind": "activation" }, { "kind": "dropout", "rate": 0.1 }
          ]
        }
        """,
    ];

    // Everything that a suggestion would add at first.
    private static readonly string[] Trainings =
    [
        """{ "optimizer": { "name": "sgd", "learningRate": 0.01 } }""",
        """
        {
          "optimizer": "adam", "weightDecay": "decoupled", "gradientClipping": "norm", "earlyStopping": {}
        }
        """,
    ];

    public static TheoryData<string, string, string> Rules => [.. from rule in Findings().Keys from model in Models from training in Trainings select (rule, model, training)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Suggestion_FollowedAgainAndAgain_IsAcceptedAndNeverTheSame(string rule, string model, string training)
    {
        var spec = TestSpecs.Read($$"""{ "data": { "dataset": "shapes" }, "model": {{model}}, "training": {{training}} }""").Spec!;
        HashSet<string> seen = [spec.ToJson()];
        for (var rung = 0; rung < Rungs; rung++)
        {
            var suggestion = Findings()[rule](spec)!.Suggestion;
            Assert.True(suggestion is not null, $"Rung {rung}: nothing is suggested for {spec.ToJson()}");
            spec = Follow(spec, suggestion);
            Assert.True(seen.Add(spec.ToJson()), $"Rung {rung}: {suggestion.Message}");
            if (rule == DiagnosisRules.LearningRateTooLow && spec.Training.Optimizer is { Name: "adam" } adam && adam.Number("learningRate") == SpecEdits.LargestRate)
            {
                // There is no larger one.
                return;
            }

            if (suggestion.Code == SuggestionCode.FewerEpochs)
            {
                Assert.Equal(BestEpoch, spec.Training.Epochs);
                return;
            }
        }
    }

    [Fact]
    public void Overfitting_WithTheUsualRemedies_GetsStrongerOnesThenASmallerNetworkThenFewerEpochs()
    {
        var spec = TestSpecs.Read(
            """
            {
              "data": { "dataset": "fashion-mnist" },
              "model": { "kind": "cnn", "blocks": [{ "filters": 16 }], "dense": [30], "dropout": { "dense": 0.2 } },
              "training": { "epochs": 20, "optimizer": "momentum", "weightDecay": { "name": "l2", "strength": 0.004 }, "earlyStopping": {} }
            }
            """).Spec!;

        List<SuggestionCode> codes = [];
        for (var suggestion = Overfitting.Suggest(spec, BestEpoch); suggestion is not null; suggestion = Overfitting.Suggest(spec, BestEpoch))
        {
            codes.Add(suggestion.Code);
            spec = Follow(spec, suggestion);
            if (codes.Count == 1)
            {
                Assert.Equal(0.5, spec.Model.Dropout.Dense);
                Assert.Equal(0.04, spec.Training.WeightDecay.Number("strength"));
                Assert.True(spec.Data.Augmentation is { Flip: true, Crop: 3, Cutout: 0 });
            }
        }

        // The decay once more, up to a hundred times its default; 16 filters and 30 units are halved twice.
        Assert.Equal(
            [
                SuggestionCode.RegularizeMore, SuggestionCode.RegularizeMore, SuggestionCode.SmallerNetwork, SuggestionCode.SmallerNetwork, SuggestionCode.FewerEpochs,
            ],
            codes);
        Assert.Equal((0.05, 4, 7, BestEpoch), (spec.Training.WeightDecay.Number("strength"), spec.Model.Blocks[0].Filters, spec.Model.Dense[0], spec.Training.Epochs));
    }

    [Fact]
    public void ExplodingGradient_WithFittingWeightsAndClipping_GetsBatchNormThenSmallerSteps()
    {
        var spec = TestSpecs.Read(
            """
            {
              "data": { "dataset": "shapes" }, "model": { "kind": "mlp", "dense": [32, 32], "initialization": "he" },
              "training": { "optimizer": { "name": "sgd", "learningRate": 0.05 }, "gradientClipping": "value" }
            }
            """).Spec!;

        var first = Findings()[DiagnosisRules.ExplodingGradient](spec)!.Suggestion!;
        var normed = Follow(spec, first);
        var second = Findings()[DiagnosisRules.ExplodingGradient](normed)!.Suggestion!;

        Assert.Equal((SuggestionCode.BatchNormalization, SuggestionCode.SmallerLearningRate), (first.Code, second.Code));
        Assert.NotNull(normed.Model.BatchNorm);
        Assert.Equal(0.005, Follow(normed, second).Training.Optimizer.Number("learningRate"));
    }

    [Fact]
    public void Underfitting_WithNothingLeftToEnlarge_GetsLargerSteps()
    {
        var spec = TestSpecs.Read(
            """
            {
              "data": { "dataset": "shapes" }, "model": { "kind": "mlp", "dense": [4096], "batchNorm": true },
              "training": { "epochs": 10000, "optimizer": { "name": "adam", "learningRate": 0.001 } }
            }
            """).Spec!;

        var suggestion = Findings()[DiagnosisRules.Underfitting](spec)!.Suggestion!;

        Assert.Equal(SuggestionCode.LargerSteps, suggestion.Code);
        Assert.Equal(0.003, Follow(spec, suggestion).Training.Optimizer.Number("learningRate"));
    }

    [Fact]
    public void Narrow_LayersThatCannotBeHalved_StayAsTheyAre()
    {
        // Half of the filters would be half a group of maxout.
        var spec = TestSpecs.Read(
            """
            {
              "data": { "dataset": "shapes" },
              "model": { "kind": "layers", "layers": [{ "kind": "conv", "filters": 8 }, { "kind": "activation", "activation": { "name": "maxout", "pieces": 8 } }] }
            }
            """).Spec!;

        Assert.True(new SpecEdits(spec).Narrow().IsEmpty);
    }

    [Fact]
    public void LearningRateTooHighAndDiverged_InOneRun_SuggestTheSameLearningRate()
    {
        var spec = TestSpecs.Read(TestSpecs.Xor).Spec!;
        // The first update is five hundred times too large.
        var context = Context(spec, losses: [1, 2, 3, 4, 5]);
        context = context with { State = context.State with { FirstUpdateRatio = 0.5 } };

        Suggestion[] suggestions = [new LearningRateTooHigh().Evaluate(context)!.Suggestion!, Divergence.Finding(context, RunMessageCode.LossNotFinite, step: 5, new LastFinite { Step = 4, TrainLoss = 5, GradientNorm = 1, StepLosses = [] }).Suggestion!];

        Assert.All(suggestions, suggestion => Assert.Equal(0.0005, Follow(spec, suggestion).Training.Optimizer.Number("learningRate")));
        Assert.All(suggestions, suggestion => Assert.Equal(0.0005, suggestion.Arguments["learningRate"].GetDouble()));
    }

    private static ExperimentSpec Follow(ExperimentSpec spec, Suggestion suggestion)
    {
        var changed = SpecChanges.Apply(spec, suggestion.Changes);
        Assert.True(changed.IsValid, string.Join('\n', changed.Findings.Select(finding => finding.Message)));
        Assert.DoesNotContain(changed.Findings, finding => finding.Code is SpecFindingCode.NoEffect or SpecFindingCode.BatchNormOfOneValue);
        return changed.Spec;
    }

    // By rule, what it finds in a run of the spec with measurements beyond every threshold. Without symmetric weights: random ones are never symmetric.
    private static Dictionary<string, Func<ExperimentSpec, Finding?>> Findings() => new(StringComparer.Ordinal)
    {
        [DiagnosisRules.VanishingGradient] = spec => new VanishingGradient().Evaluate(Context(spec, (index, last) => Math.Pow(10, 2 * (index - last)))),
        [DiagnosisRules.ExplodingGradient] = spec => new ExplodingGradient().Evaluate(Context(spec, (index, last) => Math.Pow(10, 2 * (last - index)))),
        [DiagnosisRules.DeadRelu] = spec => new DeadRelu().Evaluate(Context(spec)),
        [DiagnosisRules.SaturatedUnits] = spec => new SaturatedUnits().Evaluate(Context(spec)),
        [DiagnosisRules.LearningRateTooHigh] = spec => new LearningRateTooHigh().Evaluate(Context(spec, losses: [1, 2, 3, 4, 5])),
        [DiagnosisRules.LearningRateTooLow] = spec => new LearningRateTooLow().Evaluate(Context(spec)),
        [DiagnosisRules.Overfitting] = spec => new Overfitting().Evaluate(Context(spec, losses: [0.9, 0.8, 0.7, 0.5, 0.3])),
        [DiagnosisRules.Underfitting] = spec => new Underfitting().Evaluate(Context(spec)),
        [DiagnosisRules.Diverged] = spec => Divergence.Finding(Context(spec), RunMessageCode.LossNotFinite, step: 1, last: null),
    };

    private static DiagnosisContext Context(ExperimentSpec spec, Func<int, int, double>? gradient = null, double[]? losses = null)
    {
        var rows = LayerSummary.From(ModelPlanner.Plan(spec));
        losses ??= [1, 1, 1, 1, 1];
        EpochMetrics[] epochs =
        [
            .. losses.Select((loss, index) => new EpochMetrics
            {
                Epoch = index + 1,
                TrainLoss = loss,
                TrainAccuracy = 0.1,
                ValidationLoss = index + 1 == BestEpoch ? 1 : 2,
                ValidationAccuracy = 0.1,
            }),
        ];
        return new DiagnosisContext
        {
            Spec = spec,
            Layers = rows,
            Classes = 10,
            Epoch = epochs.Length,
            IsLast = true,
            Observation = new ObservationEvent { Epoch = epochs.Length, Step = 100, Layers = [.. rows.Select(row => Observed(row, gradient?.Invoke(row.Index, rows.Count - 1)))] },
            State = new DiagnosisState { FirstLoss = 1, Recent = epochs, Best = epochs[BestEpoch - 1] },
        };
    }

    private static LayerObservation Observed(LayerSummary row, double? gradient)
    {
        var statistics = new TensorStatistics { Norm = 1, Mean = 0, Std = 1 };
        return new LayerObservation
        {
            Layer = row.Index,
            Name = row.Name,
            Kind = row.HasWeights ? "dense" : "activation",
            Activation = new ActivationStatistics { Mean = 0, Std = 1, ZeroShare = 1, DeadShare = 0.95, SaturatedShare = 0.95 },
            Gradient = row.HasWeights ? statistics : null,
            ActivationGradientNorm = gradient,
            Weight = row.HasWeights ? statistics : null,
            UpdateRatio = row.HasWeights ? 1e-6 : null,
        };
    }
}
