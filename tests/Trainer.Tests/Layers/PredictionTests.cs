using Trainyard.Trainer.Layers;
using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Tests.Layers;

public sealed class PredictionTests
{
    private const int Side = 32;

    [Fact]
    public void Scores_WithFlip_AreTheMeanOfTheImageAndItsMirrorImage()
    {
        using var scope = NewDisposeScope();
        using var network = Shapes();
        var images = rand(5, 3, Side, Side);
        var expected = network.call(images).add(network.call(Mirrored(images))).div(2);

        var scores = Prediction.Scores(network, images, flip: true);
        Assert.True(scores.allclose(expected, 0, 1e-6));
        Assert.True(scores.allclose(Prediction.Scores(network, Mirrored(images), flip: true), 0, 1e-6), "An image and its mirror image score the same.");
    }

    [Fact]
    public void Scores_WithoutFlip_AreThoseOfTheImageAlone()
    {
        using var scope = NewDisposeScope();
        using var network = Shapes();
        var images = rand(5, 3, Side, Side);
        Assert.True(Prediction.Scores(network, images, flip: false).Equals(network.call(images)));
        Assert.False(network.call(images).allclose(network.call(Mirrored(images)), 0, 1e-3), "This network is not invariant under mirroring.");
    }

    private static Network Shapes()
    {
        var network = Network.Build(TestSpecs.Read(TestSpecs.Shapes()).Plan!, NumberFormats.Float32, CPU, new RunSeed(1));
        network.eval();
        return network;
    }

    // Column by column, not by the operation that is tested.
    private static Tensor Mirrored(Tensor images) => images.index_select(3, tensor(Enumerable.Range(0, Side).Select(column => (long)(Side - 1 - column)).ToArray()));
}
