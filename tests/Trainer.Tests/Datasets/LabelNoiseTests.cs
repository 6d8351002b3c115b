using Trainyard.Trainer.Datasets;
using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Tests.Datasets;

public sealed class LabelNoiseTests
{
    private static readonly byte[] Labels = [.. Enumerable.Range(0, 10_000).Select(sample => (byte)(sample % 4))];

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.25)]
    [InlineData(0.9)]
    public void Apply_AnyShare_ReplacesExactlyThatShareOfTheTrainingLabelsAndNoOther(double share)
    {
        var train = Enumerable.Range(0, 10_000).Where(sample => sample % 5 != 0).ToArray();
        var noisy = LabelNoise.Apply(Labels, train, share, classes: 4, new RunSeed(1));
        Assert.Equal((int)Math.Round(share * train.Length), train.Count(sample => noisy[sample] != Labels[sample]));
        Assert.All(Enumerable.Range(0, 2_000), index => Assert.Equal(Labels[5 * index], noisy[5 * index]));
        Assert.All(noisy, label => Assert.InRange(label, 0, 3));
    }

    [Fact]
    public void Apply_EveryOtherClass_IsEquallyLikely()
    {
        var noisy = LabelNoise.Apply(Labels, Enumerable.Range(0, 10_000).ToArray(), 0.9, 4, new RunSeed(1));
        var wrong = Labels.Zip(noisy).Where(pair => pair.First != pair.Second).CountBy(pair => pair).ToDictionary();
        Assert.Equal(12, wrong.Count);
        Assert.All(wrong.Values, count => Assert.InRange(count, 600, 900));  // 750 expected
    }

    [Fact]
    public void Apply_SameSeed_IsTheSameNoise()
    {
        var train = Enumerable.Range(0, 10_000).ToArray();
        Assert.Equal(LabelNoise.Apply(Labels, train, 0.3, 4, new RunSeed(1)), LabelNoise.Apply(Labels, train, 0.3, 4, new RunSeed(1)));
        Assert.NotEqual(LabelNoise.Apply(Labels, train, 0.3, 4, new RunSeed(1)), LabelNoise.Apply(Labels, train, 0.3, 4, new RunSeed(2)));
    }
}
