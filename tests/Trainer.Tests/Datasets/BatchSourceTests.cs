using Trainyard.Specs.Spec;
using Trainyard.Trainer.Datasets;
using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Tests.Datasets;

public sealed class BatchSourceTests
{
    [Fact]
    public void Take_AllTrainingImages_HaveMeanZeroAndDeviationOnePerChannel()
    {
        using var scope = NewDisposeScope();
        var samples = DrawnShapes.Generate(500, 10, 0.1, new RunSeed(1)).Train;
        var train = Enumerable.Range(0, 400).ToArray();
        using var source = new BatchSource(samples, Normalization.Fit(samples, train), CPU);
        var (images, labels) = source.GetBatch(arange(0, 400, ScalarType.Int64));
        Assert.Equal([400, 3, 32, 32], images.shape);
        Assert.True(images.permute(0, 2, 3, 1).is_contiguous());
        Assert.Equal(samples.Labels.Take(400).Select(label => (long)label), labels.data<long>().ToArray());
        for (var channel = 0; channel < 3; channel++)
        {
            var values = images.narrow(1, channel, 1).to_type(ScalarType.Float64);
            Assert.Equal(0, values.mean().item<double>(), 1e-5);
            Assert.Equal(1, (values * values).mean().item<double>(), 1e-5);
        }
    }

    [Fact]
    public void GetBatch_Points_AreNormalizedPerCoordinate()
    {
        using var scope = NewDisposeScope();
        var samples = PlanePointsTests.Generate("xor", 2, 0.1, samples: 200).Train;
        using var source = new BatchSource(samples, Normalization.Fit(samples, Enumerable.Range(0, 200).ToArray()), CPU);
        var (points, _) = source.GetBatch(arange(0, 200, ScalarType.Int64));
        Assert.Equal([200, 2], points.shape);
        Assert.Equal(0, points.mean().item<float>(), 1e-5f);
        Assert.Equal(1, (points * points).mean().item<float>(), 1e-4f);
    }

    [Fact]
    public void GetBatch_ChosenFeatures_AreFunctionsOfTheNormalizedCoordinatesInOrder()
    {
        using var scope = NewDisposeScope();
        var samples = PlanePointsTests.Generate("spiral", 3, 0.1, samples: 60).Train;
        var normalization = Normalization.Fit(samples, Enumerable.Range(0, 60).ToArray());
        var all = new FeatureSpec { X1 = true, X2 = true, X1Squared = true, X2Squared = true, X1X2 = true, SinX1 = true, SinX2 = true };
        using var plain = new BatchSource(samples, normalization, CPU);
        using var chosen = new BatchSource(samples, normalization, CPU, all);
        using var few = new BatchSource(samples, normalization, CPU, all with { X1 = false, X2 = false, X1Squared = false, X2Squared = false, SinX1 = false });

        var points = plain.GetBatch(arange(0, 60, ScalarType.Int64)).Samples.data<float>().ToArray().Chunk(2).ToArray();
        var features = chosen.GetBatch(arange(0, 60, ScalarType.Int64)).Samples;

        Assert.Equal([60, 7], features.shape);
        Assert.All(features.data<float>().ToArray().Chunk(7).Zip(points), row =>
        {
            var (x1, x2) = (row.Second[0], row.Second[1]);
            float[] expected = [x1, x2, x1 * x1, x2 * x2, x1 * x2, MathF.Sin(x1), MathF.Sin(x2)];
            Assert.All(row.First.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-6f));
        });
        Assert.Equal(
            features.index_select(1, tensor(new long[] { 4, 6 })).contiguous().data<float>().ToArray(),
            few.GetBatch(arange(0, 60, ScalarType.Int64)).Samples.contiguous().data<float>().ToArray());
    }

    [Theory]
    [InlineData(1, false, 0, 0)]
    [InlineData(3, false, 0, 0)]
    [InlineData(3, true, 0, 0)]
    [InlineData(3, false, 3, 0)]
    [InlineData(1, true, 2, 3)]
    [InlineData(3, true, 3, 4)]
    public void GetBatch_OnTheProcessor_IsThatByTensorOperations(int channels, bool flip, int crop, int cutout)
    {
        using var scope = NewDisposeScope();
        const int Count = 40, Height = 9, Width = 11;
        var values = Enumerable.Range(0, Count * Height * Width * channels).Select(index => (byte)(index * 7919L % 256)).ToArray();
        var samples = new SampleSet { Shape = [channels, Height, Width], Format = ScalarType.Byte, Values = values, Labels = [.. Enumerable.Range(0, Count).Select(index => (byte)(index % 10))] };
        var normalization = new Normalization([.. Enumerable.Range(0, channels).Select(channel => 0.013f + (0.001f * channel))], [.. Enumerable.Range(0, channels).Select(channel => -1.7f + channel)]);
        var augmentation = new Augmentation(new AugmentationSpec { Flip = flip, Crop = crop, Cutout = cutout, TestTimeFlip = false }, CPU);
        using var host = new BatchSource(samples, normalization, CPU);
        using var tensors = new DeviceBatches(samples, normalization, CPU);
        var indices = tensor(Enumerable.Range(0, Count).Select(index => (long)(index * 7 % Count)).ToArray());

        var (images, labels) = host.GetBatch(indices, augmentation, new RunSeed(5).Stream(RandomPurpose.Augmentation, 3));
        var (expected, expectedLabels) = tensors.GetBatch(indices, augmentation, new RunSeed(5).Stream(RandomPurpose.Augmentation, 3));

        Assert.Equal(expected.data<float>().ToArray(), images.permute(0, 2, 3, 1).data<float>().ToArray());
        Assert.Equal(expectedLabels.data<long>().ToArray(), labels.data<long>().ToArray());
    }

    [Fact]
    public void Take_ByIndex_GivesThePixelsOfThatImage()
    {
        using var scope = NewDisposeScope();
        var samples = new SampleSet { Shape = [2, 1, 2], Format = ScalarType.Byte, Values = [0, 1, 2, 3, 4, 5, 6, 7], Labels = [5, 9] };
        using var source = new BatchSource(samples, new Normalization([1, 10], [0, 0.5f]), CPU);
        var (images, labels) = source.GetBatch(tensor(new long[] { 1 }));
        Assert.Equal([4f, 6f, 50.5f, 70.5f], images.contiguous().reshape(-1).data<float>().ToArray());
        Assert.Equal(9, labels.item<long>());
    }
}
