using Trainyard.Specs.Catalog;
using Trainyard.Specs.Spec;
using Trainyard.Trainer.Datasets;
using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Tests.Datasets;

public sealed class SplitTests
{
    // 600 of class 0, 300 of class 1, 101 of class 2
    private static readonly byte[] Labels = [.. Enumerable.Repeat((byte)0, 600), .. Enumerable.Repeat((byte)1, 300), .. Enumerable.Repeat((byte)2, 101)];

    [Fact]
    public void Of_AnyFraction_CoversEverySampleOnceAndKeepsProportions()
    {
        var split = Split.Create(Labels, Data(0.2), new RunSeed(1));
        Assert.Equal(200, split.Validation.Length);
        Assert.Equal(Enumerable.Range(0, 1001), split.Train.Concat(split.Validation).Order());
        Assert.Equal([120, 60, 20], Counts(split.Validation));
    }

    [Fact]
    public void Of_Limit_TakesProportionallyFromTheTrainingSideOnly()
    {
        var whole = Split.Create(Labels, Data(0.2), new RunSeed(1));
        var limited = Split.Create(Labels, Data(0.2, limit: 100), new RunSeed(1));
        Assert.Equal(100, limited.Train.Length);
        Assert.Equal([60, 30, 10], Counts(limited.Train));
        Assert.Equal(whole.Validation, limited.Validation);
        Assert.Subset(whole.Train.ToHashSet(), limited.Train.ToHashSet());
    }

    [Fact]
    public void Of_AnotherSeed_IsAnotherSplit()
    {
        Assert.Equal(Split.Create(Labels, Data(0.2), new RunSeed(1)).Validation, Split.Create(Labels, Data(0.2), new RunSeed(1)).Validation);
        Assert.NotEqual(Split.Create(Labels, Data(0.2), new RunSeed(1)).Validation, Split.Create(Labels, Data(0.2), new RunSeed(2)).Validation);
    }

    private static int[] Counts(int[] indices) => [.. indices.GroupBy(index => Labels[index]).OrderBy(group => group.Key).Select(group => group.Count())];

    private static DataSpec Data(double fraction, int? limit = null) =>
        new() { Dataset = new TechniqueChoice("xor", []), ValidationFraction = fraction, ValidationCount = null, TrainLimit = limit, LabelNoise = 0, Seed = 1, Augmentation = null };
}
