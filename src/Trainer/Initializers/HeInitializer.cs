using Trainyard.Trainer.Random;

namespace Trainyard.Trainer.Initializers;

// Var(w) = 2 / n with n the fan in (He, Zhang, Ren, Sun, 2015, equation 10) or the fan out (equation 14); torch.nn.init.kaiming_normal_ and kaiming_uniform_
// for ReLU.
internal sealed class HeInitializer(string distribution, string mode) : IInitializer
{
    public void Fill(Span<float> weights, Fan fan, RandomStream random)
    {
        var connections = mode == "fan_out" ? fan.Out : fan.In;
        WeightDistribution.Fill(distribution, weights, Math.Sqrt(2.0 / connections), random);
    }
}
