using Trainyard.Specs.Events;
using Trainyard.Specs.Events.Diagnosis;
using Trainyard.Trainer.Training;

namespace Trainyard.Trainer.Tests.Training;

/// <summary>Gradients that are finite, but whose squares are not in float32: twelve layers that each multiply by about 50.</summary>
public sealed class OverflowTests
{
    private const double LargestRoot = 1.8e19;

    [Theory]
    [InlineData("norm", "float32")]
    [InlineData("norm", "bfloat16")]
    [InlineData("value", "float32")]
    public void Train_WithClipping_MovesTheWeightsAndReportsTheNorm(string clipping, string precision)
    {
        var run = Train($$"""{ "name": "sgd", "learningRate": 10 }""", $$""", "gradientClipping": "{{clipping}}", "precision": "{{precision}}" """);

        Assert.Equal(RunEnd.Finished, run.End);
        var layers = run.Events.OfType<ObservationEvent>().First().Layers.Where(layer => layer.Weight is not null).ToArray();
        Assert.All(layers, layer => Assert.True(double.IsFinite(layer.Gradient!.Norm!.Value) && double.IsFinite(layer.Gradient.Std!.Value), $"{layer}"));
        Assert.Contains(layers, layer => layer.Gradient!.Norm > LargestRoot);
        Assert.Contains(layers, layer => layer.ActivationGradientNorm > 0 && layer.UpdateRatio > 1e-9);
    }

    [Theory]
    [InlineData("adam")]
    [InlineData("adagrad")]
    [InlineData("rmsprop")]
    [InlineData("nadam")]
    [InlineData("adadelta")]
    public void Train_WithAnOptimizerWhoseStateOverflows_FailsAsDiverged(string optimizer)
    {
        var run = Train($$"""{ "name": "{{optimizer}}", "learningRate": 1e-6 }""", "");

        var failed = Assert.IsType<FailedEvent>(run.Events[^1]);
        Assert.Equal((FailureClass.Diverged, RunMessageCode.OptimizerStateNotFinite), (failed.Class, failed.Code));
        Assert.Contains($"the state of {optimizer} is infinite in float32", failed.Message, StringComparison.Ordinal);
        var finding = Assert.IsType<FindingEvent>(run.Events[^2]).Finding;
        Assert.Equal(("diverged", "optimizer_state"), (finding.Rule, finding.Arguments["what"].GetString()));
        Assert.Equal(SuggestionCode.SmallerLearningRateAndClipping, finding.Suggestion!.Code);
    }

    private static InProcessRun Train(string optimizer, string more)
    {
        using var folder = new TemporaryFolder();
        return InProcessRun.Train(
            TestSpecs.Read($$"""
                {
                  "data": { "dataset": { "name": "moons", "trainSamples": 200, "testSamples": 40 } },
                  "model": {
                    "kind": "mlp", "dense": [{{string.Join(", ", Enumerable.Repeat(30, 12))}}], "activation": "identity",
                    "initialization": { "name": "normal", "std": 10 }
                  },
                  "training": { "epochs": 1, "batchSize": 32, "optimizer": {{optimizer}}{{more}} }
                }
                """),
            folder.Path, checkpoints: false);
    }
}
