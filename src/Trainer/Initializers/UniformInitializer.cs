using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Initializers;

/// <summary>w ~ U(-limit, limit), whatever the size of the layer.</summary>
internal sealed class UniformInitializer(double limit) : IInitializer
{
    public void Fill(Span<float> weights, Fan fan, RandomStream random) => WeightDistribution.FillUniform(weights, limit / Math.Sqrt(3), random);
}
