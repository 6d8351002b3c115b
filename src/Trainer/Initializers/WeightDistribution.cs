using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Initializers;

/// <summary>Distributions around 0 with a given standard deviation.</summary>
internal static class WeightDistribution
{
    /// <summary>N(0, std^2).</summary>
    public static void FillNormal(Span<float> weights, double std, RandomStream random)
    {
        foreach (ref var weight in weights)
        {
            weight = (float)(std * random.NextNormal());
        }
    }

    /// <summary>U(-sqrt(3) std, sqrt(3) std), whose standard deviation is std.</summary>
    public static void FillUniform(Span<float> weights, double std, RandomStream random)
    {
        var bound = Math.Sqrt(3) * std;
        foreach (ref var weight in weights)
        {
            weight = (float)random.NextUniform(-bound, bound);
        }
    }

    public static void Fill(string distribution, Span<float> weights, double std, RandomStream random)
    {
        if (distribution == "uniform")
        {
            FillUniform(weights, std, random);
        }
        else
        {
            FillNormal(weights, std, random);
        }
    }
}
