namespace Trainyard.Trainer.Random;

/// <summary>A stream of random numbers: SplitMix64 (Steele, Lea, Flood, 2014), 2^64 numbers long.</summary>
internal sealed class RandomStream(ulong state)
{
    /// <summary>The odd increment of SplitMix64: 2^64 divided by the golden ratio.</summary>
    public const ulong Increment = 0x9E3779B97F4A7C15;

    private ulong state = state;
    private double spare;
    private bool hasSpare;

    /// <summary>The finalizer of SplitMix64: a bijection of 64 bits that changes about half of them for each changed bit.</summary>
    public static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }

    public ulong NextBits() => Mix(state += Increment);

    /// <summary>Uniform in 0 (included) to 1 (not included), in steps of 2^-53.</summary>
    public double NextUniform() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    public double NextUniform(double from, double to) => from + ((to - from) * NextUniform());

    /// <summary>Uniform in 0 to <paramref name="count"/> - 1, without bias (Lemire: Fast Random Integer Generation in an Interval, 2019).</summary>
    public int NextIndex(int count)
    {
        var product = (UInt128)NextBits() * (ulong)count;
        if ((ulong)product < (ulong)count)
        {
            var threshold = unchecked((ulong)-count) % (ulong)count;
            while ((ulong)product < threshold)
            {
                product = (UInt128)NextBits() * (ulong)count;
            }
        }

        return (int)(ulong)(product >> 64);
    }

    /// <summary>Normal with mean 0 and standard deviation 1 (Box, Muller, 1958).</summary>
    public double NextNormal()
    {
        if (hasSpare)
        {
            hasSpare = false;
            return spare;
        }

        // 1 - u is in (0, 1], so that the logarithm is finite.
        var radius = Math.Sqrt(-2 * Math.Log(1 - NextUniform()));
        var (sine, cosine) = Math.SinCos(2 * Math.PI * NextUniform());
        spare = radius * sine;
        hasSpare = true;
        return radius * cosine;
    }

    /// <summary>Brings the values into a random order, each order equally likely (Fisher, Yates, in Durstenfeld's form).</summary>
    public void Shuffle<T>(Span<T> values)
    {
        for (var last = values.Length - 1; last > 0; last--)
        {
            var other = NextIndex(last + 1);
            (values[last], values[other]) = (values[other], values[last]);
        }
    }
}
