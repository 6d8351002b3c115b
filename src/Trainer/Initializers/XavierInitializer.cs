using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Initializers;

// Var(w) = 2 / (n_in + n_out) (Glorot, Bengio, 2010, equation 12; torch.nn.init.xavier_normal_ and xavier_uniform_ with gain 1), or 1 / n_in, the form that
// keeps only the forward spread.
internal sealed class XavierInitializer(string distribution, string variant) : IInitializer
{
    public void Fill(Span<float> weights, Fan fan, RandomStream random)
    {
        var variance = variant == "fan_in" ? 1.0 / fan.In : 2.0 / (fan.In + fan.Out);
        WeightDistribution.Fill(distribution, weights, Math.Sqrt(variance), random);
    }
}
