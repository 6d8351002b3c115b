using System.Numerics;
using System.Runtime.InteropServices;
using Trainyard.Trainer.Kernels;

namespace Trainyard.Trainer.Optimizers;

// w <- w - a sign(b1 m + (1 - b1) g); m <- b2 m + (1 - b2) g (Chen et al., 2023, algorithm 2).
internal sealed class Lion(IReadOnlyList<Tensor> parameters, double beta1, double beta2) : Optimizer(parameters, "mean")
{
    protected override void Update(Tensor weights, Tensor gradient, Tensor[] state, double learningRate)
    {
        var mean = state[0];
        var direction = mean.mul(beta1).add_(gradient, 1 - beta1).sign();
        weights.add_(direction, -learningRate);
        mean.mul_(beta2).add_(gradient, 1 - beta2);
    }

    protected override bool Update(UpdateKernel kernel, double learningRate) => kernel.Run(new Rule((float)beta1, (float)(1 - beta1), (float)beta2, (float)(1 - beta2), (float)learningRate));

    // rest1, rest2: 1 - b1 and 1 - b2.
    [StructLayout(LayoutKind.Auto)]
    private readonly struct Rule(float b1, float rest1, float b2, float rest2, float a) : IUpdateRule
    {
        public static int States => 1;

        public void Update(ref Vector<float> w, Vector<float> g, ref Vector<float> m, ref Vector<float> _)
        {
            w -= a * VectorMath.Sign((b1 * m) + (rest1 * g));
            m = (b2 * m) + (rest2 * g);
        }
    }
}
