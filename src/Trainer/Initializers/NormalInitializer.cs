using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Initializers;

/// <summary>w ~ N(0, std^2), whatever the size of the layer.</summary>
internal sealed class NormalInitializer(double std) : IInitializer
{
    public void Fill(Span<float> weights, Fan fan, RandomStream random) => WeightDistribution.FillNormal(weights, std, random);
}
