using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Tests.Random;

public sealed class RandomStreamTests
{
    [Fact]
    public void NextBits_OfAPublishedSeed_GivesThePublishedNumbers()
    {
        // The first outputs of SplitMix64 for seed 1234567, as published with its reference code.
        var random = new RandomStream(1234567);
        Assert.Equal(
            [6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL, 4593380528125082431UL, 16408922859458223821UL],
            Enumerable.Range(0, 5).Select(_ => random.NextBits()).ToArray());
    }

    [Fact]
    public void NextNormal_ManyDraws_HasTheMomentsOfTheNormalDistribution()
    {
        var random = new RunSeed(1).Stream(RandomPurpose.Weights);
        var values = Enumerable.Range(0, 200_000).Select(_ => random.NextNormal()).ToArray();
        Assert.Equal(0, values.Average(), 0.01);
        Assert.Equal(1, values.Average(value => value * value), 0.02);
        Assert.Equal(0, values.Average(value => value * value * value), 0.05);
        Assert.Equal(3, values.Average(value => Math.Pow(value, 4)), 0.1);
    }

    [Fact]
    public void NextIndex_ManyDraws_IsUniform()
    {
        var random = new RunSeed(2).Stream(RandomPurpose.Order);
        var counts = new int[7];
        for (var draw = 0; draw < 70_000; draw++)
        {
            counts[random.NextIndex(7)]++;
        }

        // Five standard deviations of a binomial count.
        Assert.All(counts, count => Assert.InRange(count, 10_000 - 465, 10_000 + 465));
    }

    [Fact]
    public void Shuffle_OfThree_GivesEachOrderEquallyOften()
    {
        var random = new RunSeed(3).Stream(RandomPurpose.Order);
        var counts = new Dictionary<string, int>();
        for (var draw = 0; draw < 60_000; draw++)
        {
            var values = new[] { 'a', 'b', 'c' };
            random.Shuffle(values.AsSpan());
            var order = new string(values);
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        Assert.Equal(6, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 10_000 - 457, 10_000 + 457));
    }
}
