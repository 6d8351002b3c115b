using Trainyard.Specs.Events.Forward;
using Trainyard.Specs.Planning;
using Trainyard.Trainer.Datasets;
using Trainyard.Trainer.Inspection;
using Trainyard.Trainer.Layers;
using Trainyard.Trainer.Tests.Checkpoints;
using Trainyard.Trainer.Tests.Training;

namespace Trainyard.Trainer.Tests.Inspection;

public sealed class ForwardInspectionTests
{
    private const string Layers = """
        {
          "seed": 3, "data": { "dataset": { "name": "shapes", "trainSamples": 120, "testSamples": 100 }, "validationFraction": 0.2 },
          "model": { "kind": "layers", "layers": [
            { "kind": "conv", "filters": 6, "kernel": 3, "stride": 2, "padding": 1 }, { "kind": "batch_norm" }, { "kind": "activation", "activation": "prelu" },
            { "kind": "residual", "layers": [
              { "kind": "conv", "filters": 6, "kernel": 3, "padding": 2, "dilation": 2, "bias": false }, { "kind": "activation", "activation": "tanh" }] },
            { "kind": "pool", "pool": "max", "size": 2 }, { "kind": "conv", "filters": 8, "kernel": 1, "stride": 2, "padding": 0 },
            { "kind": "activation", "activation": "maxout" }, { "kind": "pool", "pool": "average", "size": 2 }, { "kind": "flatten" },
            { "kind": "dense", "units": 9 }, { "kind": "activation", "activation": "elu" }, { "kind": "dropout", "rate": 0.2 }] },
          "training": { "epochs": 1, "batchSize": 20, "precision": "float32" }
        }
        """;

    private const string Global = """
        {
          "seed": 4, "data": { "dataset": { "name": "shapes", "trainSamples": 120, "testSamples": 100 }, "validationFraction": 0.2 },
          "model": { "kind": "cnn", "blocks": [{ "filters": 5, "pool": "none" }], "globalPool": "average", "dense": [7], "activation": "leaky_relu", "batchNorm": true },
          "training": { "epochs": 2, "batchSize": 20, "earlyStopping": { "patience": 1 }, "precision": "float32" }
        }
        """;

    [Theory]
    [InlineData(Layers)]
    [InlineData(Global)]
    public async Task Unit_OfEveryLayer_IsWhatItsTermsAddUpTo(string spec)
    {
        using var trained = await TrainAsync(spec);
        var plan = trained.Setup.Plan;
        var random = new System.Random(1);

        foreach (var layer in plan.AllLayers)
        {
            for (var draw = 0; draw < 12; draw++)
            {
                // The corners first: that is where the padding is.
                var at = new UnitAddress
                {
                    Layer = layer.Name,
                    Channel = random.Next(layer.Output[0]),
                    Row = layer.Output.Count == 1 ? 0 : draw switch { 0 or 1 => 0, 2 or 3 => layer.Output[1] - 1, _ => random.Next(layer.Output[1]) },
                    Column = layer.Output.Count == 1 ? 0 : draw switch { 0 or 2 => 0, 1 or 3 => layer.Output[2] - 1, _ => random.Next(layer.Output[2]) },
                };
                var unit = ForwardInspection.Show(trained, new ForwardRequest { Sample = draw, Unit = at }).Unit!;

                Assert.Equal(layer.Layer.Kind, unit.Kind);
                Assert.Equal(unit.TermCount, unit.Terms.Count);
                Assert.True(Math.Abs(Recompute(unit) - unit.Output) < 1e-4, $"{at}: {Recompute(unit)} instead of {unit.Output}");
            }
        }
    }

    [Fact]
    public async Task Window_OfAConvolution_FollowsStridePaddingAndDilation()
    {
        using var trained = await TrainAsync(Layers);

        var corner = ForwardInspection.Show(trained, new ForwardRequest { Unit = new UnitAddress { Layer = "conv1", Channel = 2, Row = 0, Column = 3 } }).Unit!;

        // Stride 2 and padding 1: rows -1, 0, 1 and columns 5, 6, 7 of three channels.
        Assert.Equal(27, corner.TermCount);
        Assert.Equal([-1, 0, 1], corner.Terms.Select(term => term.Row).Distinct());
        Assert.Equal([5, 6, 7], corner.Terms.Select(term => term.Column).Distinct());
        Assert.All(corner.Terms.Where(term => term.Row < 0), term => Assert.Equal(0, term.Value));
        Assert.Contains(corner.Terms, term => term.Row >= 0 && term.Value != 0);
        Assert.NotNull(corner.Bias);

        var dilated = ForwardInspection.Show(trained, new ForwardRequest { Unit = new UnitAddress { Layer = "residual1.conv2", Channel = 0, Row = 4, Column = 4 } }).Unit!;
        Assert.Equal([2, 4, 6], dilated.Terms.Select(term => term.Row).Distinct());
        Assert.Null(dilated.Bias);
    }

    [Fact]
    public async Task Pass_OfASample_HasTheScoresMapsAndFiltersOfTheNetwork()
    {
        using var trained = await TrainAsync(Global);
        var setup = trained.Setup;
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        setup.Network.eval();
        using var scores = Prediction.Scores(setup.Network, setup.Train.GetBatch(setup.Indices([setup.Split.Validation[5]])).Samples, flip: false).data<float>();

        var pass = ForwardInspection.Show(trained, new ForwardRequest { Sample = 5 });

        Assert.Equal(scores.Select(score => (double)score), pass.Logits);
        Assert.Equal(1, pass.Probabilities.Sum(), 1e-9);
        Assert.Equal(pass.Logits.Max(), pass.Logits[pass.Probabilities.ToList().IndexOf(pass.Probabilities.Max())]);
        Assert.Equal(setup.Dataset.Train.Labels[setup.Split.Validation[5]], pass.Label);
        Assert.Equal(LayerTable.Rows(setup.Plan).Select(row => row.Name), pass.Layers.Select(layer => layer.Name));
        Assert.All(pass.Layers.Where(layer => layer.Shape.Count == 3), layer =>
        {
            Assert.Equal(layer.Shape[0], layer.Maps.Count);
            Assert.All(layer.Maps, map => Assert.Equal(layer.Shape[1] * layer.Shape[2], map.Length));
            Assert.Equal((0, 255), (layer.Maps.Min(map => map.Min()), layer.Maps.Max(map => map.Max())));
        });
        Assert.Equal((5, 3, 3), (pass.Filters!.Filters.Count, pass.Filters.Channels, pass.Filters.Kernel));
        Assert.NotNull(pass.Png);
    }

    [Fact]
    public async Task Pass_OfADrawnImage_IsThatOfTheSamePixels()
    {
        using var trained = await TrainAsync(Layers);
        var samples = trained.Setup.Dataset.Train;
        var size = samples.Values.Length / samples.Count;
        var pixels = samples.Values.AsSpan(trained.Setup.Split.Validation[2] * size, size).ToArray();

        var drawn = ForwardInspection.Show(trained, new ForwardRequest { Pixels = pixels });

        Assert.Equal(ForwardInspection.Show(trained, new ForwardRequest { Sample = 2 }).Logits, drawn.Logits);
        Assert.Equal((null, null), (drawn.Sample, drawn.Label));
        Assert.Throws<ArgumentException>(() => ForwardInspection.Show(trained, new ForwardRequest { Pixels = new byte[10] }));
    }

    [Theory]
    [InlineData("conv9", 0, 0)]
    [InlineData("conv1", 6, 0)]
    [InlineData("conv1", 0, 16)]
    [InlineData("dense1", 0, 1)]
    public async Task Unit_ThatDoesNotExist_IsRefused(string layer, int channel, int row)
    {
        using var trained = await TrainAsync(Layers);
        var request = new ForwardRequest { Unit = new UnitAddress { Layer = layer, Channel = channel, Row = row } };
        Assert.Throws<ArgumentException>(() => ForwardInspection.Show(trained, request));
    }

    // By the formulas, not by the code of the layers.
    private static double Recompute(UnitTrace unit)
    {
        var first = unit.Terms[0].Value;
        return unit.Kind switch
        {
            "conv" or "dense" or "residual" => unit.Terms.Sum(term => term.Value * term.Weight!.Value) + (unit.Bias ?? 0),
            "pool" or "global_pool" => unit.Function == "max" ? unit.Terms.Max(term => term.Value) : unit.Terms.Average(term => term.Value),
            "batch_norm" => ((first - unit.Norm!.Mean) / Math.Sqrt(unit.Norm.Variance + unit.Norm.Epsilon) * unit.Norm.Scale) + unit.Norm.Shift,
            "activation" => unit.Function switch
            {
                "tanh" => Math.Tanh(first),
                "elu" => first > 0 ? first : unit.Parameter!.Value * (Math.Exp(first) - 1),
                "prelu" or "leaky_relu" => first > 0 ? first : unit.Parameter!.Value * first,
                "maxout" => unit.Terms.Max(term => term.Value),
                var other => throw new InvalidOperationException(other),
            },
            _ => first,
        };
    }

    private static async Task<TrainedNetwork> TrainAsync(string spec)
    {
        using var folder = new TemporaryFolder();
        InProcessRun.Train(TestSpecs.Read(spec), folder.File("run"), checkpoints: false);
        return await TrainedNetwork.LoadAsync(
            CheckpointContent.Newest(folder), new DatasetLoader(new DatasetLocations { Folder = folder.File("none") }, downloader: null), TestContext.Current.CancellationToken);
    }
}
