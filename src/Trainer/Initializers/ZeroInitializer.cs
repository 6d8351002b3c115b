using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Initializers;

/// <summary>w = 0: every unit of a layer stays equal to its neighbors.</summary>
internal sealed class ZeroInitializer : IInitializer
{
    public void Fill(Span<float> weights, Fan fan, RandomStream random) => weights.Clear();
}
