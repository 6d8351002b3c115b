using MathNet.Numerics.Random;

namespace Trainyard.Studies.Random;

/// <summary>
/// Random numbers of a study, by what they are drawn for: a generator (xoshiro256**, Blackman and Vigna, 2018) for each seed, purpose and index. Nothing has to
/// be remembered between draws, so that a restarted study draws the same numbers.
/// </summary>
internal static class TrialRandom
{
    // The increment and the finalizer of SplitMix64 (Steele, Lea, Flood, 2014).
    private const ulong Increment = 0x9E3779B97F4A7C15;

    public static System.Random Stream(int seed, RandomPurpose purpose, int index = 0) =>
        new Xoshiro256StarStar((int)Derive(seed, purpose, index), threadSafe: false);

    public static ulong Derive(int seed, RandomPurpose purpose, int index)
    {
        var hash = Mix((ulong)seed + Increment);
        hash = Mix(hash + ((ulong)purpose * Increment));
        return Mix(hash + ((ulong)index * Increment));
    }

    private static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}

/// <summary>What random numbers are drawn for. Numbers are part of the derivation and must never change.</summary>
internal enum RandomPurpose
{
    /// <summary>Values of a trial; the index is the trial.</summary>
    Proposal = 1,

    /// <summary>Digital shift of a Sobol sequence; the index is the dimension.</summary>
    DigitalShift = 2,

    /// <summary>Trials of a tree of a random forest; the index is the tree.</summary>
    Bootstrap = 3,

    /// <summary>Shuffled values of a parameter; the index is the tree.</summary>
    Permutation = 4,
}
