using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Initializers;

/// <summary>Var(w) = 1 / n_in (LeCun, Bottou, Orr, Müller, 1998, section 4.6).</summary>
internal sealed class LeCunInitializer(string distribution) : IInitializer
{
    public void Fill(Span<float> weights, Fan fan, RandomStream random) =>
        WeightDistribution.Fill(distribution, weights, Math.Sqrt(1.0 / fan.In), random);
}
