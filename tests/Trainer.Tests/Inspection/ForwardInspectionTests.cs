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

    private const string Points = """
        {
          "seed": 5, "data": { "dataset": { "name": "moons", "trainSamples": 100, "testSamples": 100 }, "features": { "x1": true, "x2": true, "x1Squared": true, "x1X2": true } },
          "model": { "kind": "mlp", "dense": [6], "activation": "tanh" }, "training": { "epochs": 2, "batchSize": 20 }
        }
        """;

    private const string Many = """
        {
          "seed": 5, "data": { "dataset": { "name": "xor", "trainSamples": 1200, "testSamples": 100 }, "validationFraction": 0.5 },
          "model": { "kind": "mlp", "dense": [2] }, "training": { "epochs": 1, "batchSize": 600 }
        }
        """;

    [Theory]
    [InlineData(Layers)]
    [InlineData(Global)]
    [InlineData(Points)]
    public async Task Unit_OfEveryLayer_IsWhatItsTermsAddUpTo(string spec)
    {
        using var trained = await TrainAsync(spec);
        var inspection = new ForwardInspection(trained, TimeProvider.System);
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
                var pass = inspection.Show(new ForwardRequest { Sample = draw, Unit = at, Maps = false });
                var unit = pass.Unit!;

                Assert.Equal(layer.Layer.Kind, unit.Kind);
                Assert.Equal(unit.TermCount, unit.Terms.Count);
                Assert.True(Math.Abs(Recompute(unit) - unit.Output) < 1e-4, $"{at}: {Recompute(unit)} instead of {unit.Output}");

                // Each value is the argument of the next layer's unit.
                var before = unit;
                foreach (var next in pass.Following)
                {
                    Assert.Equal(before.Output, Assert.Single(next.Terms).Value);
                    Assert.True(Math.Abs(Recompute(next) - next.Output) < 1e-4, $"{next.Address}: {Recompute(next)} instead of {next.Output}");
                    before = next;
                }
            }
        }
    }

    [Fact]
    public async Task Window_OfAConvolution_FollowsStridePaddingAndDilation()
    {
        using var trained = await TrainAsync(Layers);

        var corner = new ForwardInspection(trained, TimeProvider.System).Show(new ForwardRequest { Unit = new UnitAddress { Layer = "conv1", Channel = 2, Row = 0, Column = 3 } }).Unit!;

        // Stride 2 and padding 1: rows -1, 0, 1 and columns 5, 6, 7 of three channels.
        Assert.Equal(27, corner.TermCount);
        Assert.Equal([-1, 0, 1], corner.Terms.Select(term => term.Row).Distinct());
        Assert.Equal([5, 6, 7], corner.Terms.Select(term => term.Column).Distinct());
        Assert.All(corner.Terms.Where(term => term.Row < 0), term => Assert.Equal(0, term.Value));
        Assert.Contains(corner.Terms, term => term.Row >= 0 && term.Value != 0);
        Assert.NotNull(corner.Bias);

        var dilated = new ForwardInspection(trained, TimeProvider.System).Show(new ForwardRequest { Unit = new UnitAddress { Layer = "residual1.conv2", Channel = 0, Row = 4, Column = 4 } }).Unit!;
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

        var pass = new ForwardInspection(trained, TimeProvider.System).Show(new ForwardRequest { Sample = 5 });

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

    [Theory]
    [InlineData(300, 4, 256)]
    [InlineData(200, 16, 200)]
    [InlineData(200, 32, 64)]
    [InlineData(100, 64, 64)]
    [InlineData(8, 64, 8)]
    public void Maps_AreAsManyAsAnAnswerHasRoomFor(int channels, int side, int maps)
    {
        var output = new SampleValues([channels, side, side], new float[channels * side * side]);

        Assert.Equal(maps, LayerPicture.Of("conv1", layer: null, from: null, output, hasMaps: true).Maps.Count);
    }

    [Fact]
    public async Task Pass_OfADrawnImage_IsThatOfTheSamePixels()
    {
        using var trained = await TrainAsync(Layers);
        var samples = trained.Setup.Dataset.Train;
        int[] pixels = [.. samples.Only(trained.Setup.Split.Validation[2]).Values.Select(value => (int)value)];

        var drawn = new ForwardInspection(trained, TimeProvider.System).Show(new ForwardRequest { Pixels = pixels });

        Assert.Equal(new ForwardInspection(trained, TimeProvider.System).Show(new ForwardRequest { Sample = 2 }).Logits, drawn.Logits);
        Assert.Equal((null, null), (drawn.Sample, drawn.Label));
        Assert.Throws<InspectionRefusedException>(() => new ForwardInspection(trained, TimeProvider.System).Show(new ForwardRequest { Pixels = new int[10] }));
        Assert.Throws<InspectionRefusedException>(() => new ForwardInspection(trained, TimeProvider.System).Show(new ForwardRequest { Point = [0.5, 0.5] }));
    }

    [Fact]
    public async Task Pass_OfAPoint_IsThatOfTheSameCoordinates()
    {
        using var trained = await TrainAsync(Points);
        var inspection = new ForwardInspection(trained, TimeProvider.System);
        var sample = inspection.Show(new ForwardRequest { Sample = 7 });

        var typed = inspection.Show(new ForwardRequest { Point = sample.Point });

        Assert.Equal(2, sample.Point!.Count);
        // The point is normalized as the training data were, and its square and product are made of that.
        Assert.Equal([4], sample.Input.Shape);
        Assert.Equal(sample.Logits, typed.Logits);
        Assert.NotEqual(sample.Logits, inspection.Show(new ForwardRequest { Point = [0, 0] }).Logits);
        Assert.Equal((null, null, null), (typed.Sample, typed.Label, typed.Png));
        Assert.Throws<InspectionRefusedException>(() => inspection.Show(new ForwardRequest { Point = [1, 2, 3] }));
    }

    [Fact]
    public async Task Following_AUnit_AreTheLayersThatTakeEachValueByItself()
    {
        using var trained = await TrainAsync(Layers);
        var inspection = new ForwardInspection(trained, TimeProvider.System);

        string[] After(string layer) =>
            [.. inspection.Show(new ForwardRequest { Unit = new UnitAddress { Layer = layer, Channel = 1 } }).Following.Select(unit => unit.Address.Layer)];

        Assert.Equal(["batch_norm1", "activation1"], After("conv1"));
        Assert.Equal(["residual1.activation2"], After("residual1.conv2"));
        Assert.Empty(After("residual1.activation2"));
        Assert.Empty(After("conv3")); // maxout takes several channels
        Assert.Equal(["activation4", "dropout1"], After("dense1"));
        Assert.Empty(After("output"));
    }

    [Fact]
    public async Task Layers_OfAPass_NameTheLayerTheyGetAndTheirWindow()
    {
        using var trained = await TrainAsync(Layers);

        var layers = new ForwardInspection(trained, TimeProvider.System).Show(new ForwardRequest { Maps = false }).Layers.ToDictionary(layer => layer.Name);

        Assert.Equal("input", layers["conv1"].From);
        Assert.Equal("activation1", layers["residual1.conv2"].From);
        Assert.Equal("activation1", layers["residual1"].From);
        Assert.Equal("residual1", layers["pool1"].From);
        Assert.Equal(new SlidingWindow { Size = 3, Stride = 2, Padding = 1, Dilation = 1 }, layers["conv1"].Window);
        Assert.Equal(new SlidingWindow { Size = 3, Stride = 1, Padding = 2, Dilation = 2 }, layers["residual1.conv2"].Window);
        Assert.Equal(new SlidingWindow { Size = 2, Stride = 2, Padding = 0, Dilation = 1 }, layers["pool1"].Window);
        Assert.Null(layers["dense1"].Window);
        Assert.All(layers.Values, layer => Assert.Empty(layer.Maps));
    }

    [Fact]
    public async Task List_OfSamples_HasTheClassThatEachPassPredicts()
    {
        using var trained = await TrainAsync(Global);
        var inspection = new ForwardInspection(trained, TimeProvider.System);

        var samples = inspection.List(new SamplesRequest { First = 3, Limit = 5 });

        Assert.Equal(24, samples.Count);
        Assert.Equal([3, 32, 32], samples.Shape);
        Assert.Equal([3, 4, 5, 6, 7], samples.Items.Select(item => item.Index));
        Assert.All(samples.Items, item =>
        {
            var pass = inspection.Show(new ForwardRequest { Sample = item.Index });
            Assert.Equal(pass.Label, item.Label);
            Assert.Equal(pass.Png, item.Png);
            Assert.Equal(pass.Probabilities.Index().MaxBy(one => one.Item).Index, item.Predicted);
        });
        Assert.Equal([22, 23], inspection.List(new SamplesRequest { First = 22, Limit = 5 }).Items.Select(item => item.Index));
        Assert.Empty(inspection.List(new SamplesRequest { First = 99, Limit = 5 }).Items);
        Assert.Equal(7, samples.Next);
        Assert.Null(inspection.List(new SamplesRequest { First = 19, Limit = 5 }).Next);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(null, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    public async Task List_OfAClassOrOfWrongSamples_GoesOnAfterTheLast(int? label, bool wrong)
    {
        using var trained = await TrainAsync(Global);
        var inspection = new ForwardInspection(trained, TimeProvider.System);
        var all = inspection.List(new SamplesRequest { First = 0, Limit = 200 }).Items;
        var expected = all.Where(item => (label is null || item.Label == label) && (!wrong || item.Predicted != item.Label)).Select(item => item.Index).ToList();
        Assert.NotEmpty(expected);

        List<int> found = [];
        for (int? next = -1; next is { } after;)
        {
            var page = new ForwardInspection(trained, TimeProvider.System).List(new SamplesRequest { First = after + 1, Limit = 2, Label = label, Wrong = wrong });
            Assert.InRange(page.Items.Count, page.Next is null ? 0 : 1, 2);
            found.AddRange(page.Items.Select(item => item.Index));
            next = page.Next;
        }

        Assert.Equal(expected, found);
        Assert.Throws<InspectionRefusedException>(() => inspection.List(new SamplesRequest { First = 0, Limit = 1, Label = 99 }));
    }

    [Fact]
    public async Task List_OfWrongSamples_PausesWhenItTakesLong()
    {
        using var trained = await TrainAsync(Many);
        var all = new ForwardInspection(trained, TimeProvider.System).List(new SamplesRequest { First = 0, Limit = 1000 }).Items;

        // Each look at the clock takes 0.7 s: after the first batch of 256 it has taken 1.4 s.
        var page = new ForwardInspection(trained, new SlowClock()).List(new SamplesRequest { First = 0, Limit = 1000, Wrong = true });

        Assert.Equal(255, page.Next);
        Assert.Equal(all.Take(256).Where(item => item.Predicted != item.Label).Select(item => item.Index), page.Items.Select(item => item.Index));
    }

    [Fact]
    public async Task Values_OfAPass_AreThoseOfShortVectors()
    {
        using var trained = await TrainAsync(Global);
        var inspection = new ForwardInspection(trained, TimeProvider.System);
        var pass = inspection.Show(new ForwardRequest());

        Assert.Equal(pass.Logits, pass.Layers.Single(layer => layer.Name == "output").Values);
        Assert.Equal(7, pass.Layers.Single(layer => layer.Name == "dense1").Values!.Count);
        Assert.Null(pass.Layers.Single(layer => layer.Name == "conv1").Values);
        Assert.All(inspection.Show(new ForwardRequest { Maps = false }).Layers, layer => Assert.Null(layer.Values));
    }

    [Fact]
    public async Task Pass_OfWeightsThatDiverged_IsRefused()
    {
        using var trained = await TrainAsync(Points);
        using (no_grad())
        {
            trained.Setup.Network.get_parameter("dense1.weight")!.fill_(float.NaN);
        }

        var refused = Assert.Throws<InspectionRefusedException>(() => new ForwardInspection(trained, TimeProvider.System).Show(new ForwardRequest()));
        Assert.Contains("dense1", refused.Message, StringComparison.Ordinal);
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
        Assert.Throws<InspectionRefusedException>(() => new ForwardInspection(trained, TimeProvider.System).Show(request));
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

    private sealed class SlowClock : TimeProvider
    {
        private long looks;

        public override long TimestampFrequency => 10;

        public override long GetTimestamp() => 7 * looks++;
    }
}
