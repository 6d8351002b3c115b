using System.Numerics;
using System.Runtime.InteropServices;
using Trainyard.Trainer.Kernels;

namespace Trainyard.Trainer.Optimizers;

// The heavy ball (Polyak, 1964): v <- r v - a g; w <- w + v. torch.optim.SGD keeps v without a (v <- r v + g; w <- w - a v), which is the
// same while the learning rate stays the same.
internal sealed class Momentum(IReadOnlyList<Tensor> parameters, double momentum) : Optimizer(parameters, "velocity")
{
    protected override void Update(Tensor weights, Tensor gradient, Tensor[] state, double learningRate)
    {
        var velocity = state[0];
        velocity.mul_(momentum).add_(gradient, -learningRate);
        weights.add_(velocity);
    }

    protected override bool Update(UpdateKernel kernel, double learningRate) => kernel.Run(new Rule((float)momentum, (float)learningRate));

    [StructLayout(LayoutKind.Auto)]
    private readonly struct Rule(float r, float a) : IUpdateRule
    {
        public static int States => 1;

        public void Update(ref Vector<float> w, Vector<float> g, ref Vector<float> v, ref Vector<float> _)
        {
            v = (r * v) - (a * g);
            w += v;
        }
    }
}
