using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Tests.Random;

public sealed class RunSeedTests
{
    [Fact]
    public void Stream_OfTheSamePurposeAndIndex_IsTheSame() =>
        Assert.Equal(new RunSeed(9).Stream(RandomPurpose.Order, 4).NextBits(), new RunSeed(9).Stream(RandomPurpose.Order, 4).NextBits());

    [Fact]
    public void Stream_OfAnySeedPurposeAndIndex_IsDifferent()
    {
        var first = from seed in new long[] { 0, 1, 2, int.MaxValue }
                    from purpose in Enum.GetValues<RandomPurpose>()
                    from index in Enumerable.Range(0, 100)
                    select new RunSeed(seed).Stream(purpose, index).NextBits();
        var values = first.ToArray();
        Assert.Equal(values.Length, values.Distinct().Count());
    }

    [Fact]
    public void EngineSeed_IsNeverNegative() =>
        Assert.All(Enumerable.Range(0, 1000), index => Assert.True(new RunSeed(1).EngineSeed(RandomPurpose.Dropout, index) >= 0));

    [Fact]
    public void Derivation_NeverChanges()
    {
        // Stored runs are only repeatable while these numbers stay.
        Assert.Equal(Expected(1, RandomPurpose.Split, 0), new RunSeed(1).Stream(RandomPurpose.Split).NextBits());
        Assert.Equal(Expected(7, RandomPurpose.Order, 3), new RunSeed(7).Stream(RandomPurpose.Order, 3).NextBits());
    }

    // The derivation as documented, written out.
    private static ulong Expected(ulong seed, RandomPurpose purpose, ulong index)
    {
        const ulong G = 0x9E3779B97F4A7C15;
        var h0 = Mix(seed + G);
        var h1 = Mix(h0 + ((ulong)purpose * G));
        var h2 = Mix(h1 + (index * G));
        return Mix(h2 + G);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
