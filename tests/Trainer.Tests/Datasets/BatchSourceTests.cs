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
