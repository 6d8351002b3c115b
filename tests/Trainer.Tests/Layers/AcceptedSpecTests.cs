using System.Reflection;
using System.Text;
using System.Text.Json.Serialization;
using Trainyard.Specs.Events;
using Trainyard.Specs.Planning;
using Trainyard.Specs.Spec;
using Trainyard.Specs.Validation;
using Trainyard.Trainer.Layers;
using Trainyard.Trainer.Random;
using Trainyard.Trainer.Tests.Training;
using Trainyard.Trainer.Training;

namespace Trainyard.Trainer.Tests.Layers;

/// <summary>Any spec that the reader accepts builds the network that its plan predicts, and trains.</summary>
[Trait("Needs", "time")]
public sealed class AcceptedSpecTests
{
    // More for a long run, and before a change of the catalog: TRAINYARD_RANDOM_SPECS=5000.
    private static readonly int Count = int.Parse(Environment.GetEnvironmentVariable("TRAINYARD_RANDOM_SPECS") ?? "200");

    [Fact]
    public void AnyAcceptedSpec_HasTheShapesAndParametersOfItsPlanAndTrainsAnEpoch()
    {
        var specs = new RandomSpecs(seed: 20_251);
        var (accepted, diverged) = (0, 0);
        var drawn = 0;
        var kinds = new HashSet<Type>();
        for (; accepted < Count; drawn++)
        {
            Assert.True(drawn < 10 * Count, $"Only {accepted} of {drawn} specs were accepted.");
            var json = specs.Next();
            var reading = SpecReader.Read(Encoding.UTF8.GetBytes(json));
            if (!reading.IsValid)
            {
                continue;
            }

            accepted++;
            AssertFitsPlan(reading.Plan, json);
            kinds.UnionWith(Written(reading.Spec!.Model.Layers).Select(layer => layer.GetType()));
            diverged += Trains(reading, json) ? 0 : 1;
        }

        // A wild start may overflow in one epoch; it must stay the exception.
        Assert.InRange(diverged, 0, Count / 20);
        Assert.Equal(
            typeof(LayerSpec).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(kind => kind.DerivedType.Name).Order(),
            kinds.Select(kind => kind.Name).Order());
    }

    [Fact]
    public void AnyAcceptedSpec_WithNumbersAtTheEndsOfTheirRanges_EndsWithFiniteNumbersOrReportsDivergence()
    {
        var specs = new RandomSpecs(seed: 20_261, extreme: true);
        var (accepted, finished) = (0, 0);
        for (var drawn = 0; accepted < Count / 2; drawn++)
        {
            Assert.True(drawn < 10 * Count, $"Only {accepted} of {drawn} specs were accepted.");
            var json = specs.Next();
            var reading = SpecReader.Read(Encoding.UTF8.GetBytes(json));
            if (reading.IsValid)
            {
                accepted++;
                finished += Trains(reading, json) ? 1 : 0;
            }
        }

        Assert.True(finished > accepted / 2, $"Only {finished} of {accepted} runs ended with numbers.");
    }

    // The layers of a free list and those within them.
    private static IEnumerable<LayerSpec> Written(IEnumerable<LayerSpec> layers) =>
        layers.SelectMany(layer => layer is ResidualLayer residual ? [layer, .. Written(residual.Layers)] : (LayerSpec[])[layer]);

    private static void AssertFitsPlan(ModelPlan plan, string json)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var network = Network.Build(plan, NumberFormats.Float32, CPU, new RunSeed(1));
        Assert.Equal(plan.Parameters, network.parameters().Sum(parameter => parameter.numel()));
        Assert.Equal(network.named_parameters().Count(), network.named_parameters().DistinctBy(named => named.name).Count());
        var values = plan.Input.Count == 3 ? randn(2, plan.Input[1], plan.Input[2], plan.Input[0]).permute(0, 3, 1, 2) : randn(2, plan.Input[0]);
        foreach (var (layer, planned) in network.Layers.Zip(plan.Layers))
        {
            values = layer.call(values);
            Assert.True(values.shape.SequenceEqual([2L, .. planned.Output.Select(side => (long)side)]), $"{planned.Name} has the shape {string.Join(" x ", values.shape)} in\n{json}");
        }
    }

    // False: it diverged, and reported it.
    private static bool Trains(SpecReading reading, string json)
    {
        using var folder = new TemporaryFolder();
        InProcessRun run;
        try
        {
            run = InProcessRun.Train(reading, folder.Path, checkpoints: false);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException(json, exception);
        }

        var failed = run.Events.OfType<FailedEvent>().SingleOrDefault();
        Assert.True(failed is null or { Class: FailureClass.Diverged }, $"{failed} in\n{json}");
        Assert.Equal(failed is null ? RunEnd.Finished : RunEnd.Failed, run.End);
        if (failed is null)
        {
            var last = run.Events.OfType<EpochEvent>().Last();
            Assert.True(last is { TrainLoss: not null, ValidationLoss: not null, ValidationAccuracy: not null }, $"{last} in\n{json}");
        }

        return failed is null;
    }
}
