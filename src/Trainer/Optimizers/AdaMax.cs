using System.Numerics;
using System.Runtime.InteropServices;
using Trainyard.Trainer.Kernels;

namespace Trainyard.Trainer.Optimizers;

// m <- b1 m + (1 - b1) g; u <- max(b2 u, |g| + e); w <- w - a / (1 - b1^t) m / u (Kingma, Ba, 2015, algorithm 2; torch.optim.Adamax).
internal sealed class AdaMax(IReadOnlyList<Tensor> parameters, double beta1, double beta2, double epsilon) : Optimizer(parameters, "mean", "largest")
{
    protected override void Update(Tensor weights, Tensor gradient, Tensor[] state, double learningRate)
    {
        var (mean, largest) = (state[0], state[1]);
        mean.mul_(beta1).add_(gradient, 1 - beta1);
        largest.copy_(largest.mul_(beta2).maximum(gradient.abs().add_(epsilon)));
        weights.addcdiv_(mean, largest, -learningRate / (1 - Math.Pow(beta1, Steps)));
    }

    protected override bool Update(UpdateKernel kernel, double learningRate) => kernel.Run(new Rule((float)beta1, (float)(1 - beta1), (float)beta2, (float)epsilon, (float)(learningRate / (1 - Math.Pow(beta1, Steps)))));

    // rest1: 1 - b1. a: a / (1 - b1^t).
    [StructLayout(LayoutKind.Auto)]
    private readonly struct Rule(float b1, float rest1, float b2, float e, float a) : IUpdateRule
    {
        public static int States => 2;

        public void Update(ref Vector<float> w, Vector<float> g, ref Vector<float> m, ref Vector<float> u)
        {
            m = (b1 * m) + (rest1 * g);
            u = Vector.Max(b2 * u, Vector.Abs(g) + new Vector<float>(e));
            w -= a * m / u;
        }
    }
}
