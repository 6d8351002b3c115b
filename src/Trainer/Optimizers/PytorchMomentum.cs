using System.Numerics;
using System.Runtime.InteropServices;
using Trainyard.Trainer.Kernels;

namespace Trainyard.Trainer.Optimizers;

// Momentum as torch.optim.SGD writes it: v <- r v + g; w <- w - a v. The memory holds gradients, not steps, so a new learning rate applies to
// all of it at once; the same as the heavy ball while the rate stays the same.
internal sealed class PytorchMomentum(IReadOnlyList<Tensor> parameters, double momentum) : Optimizer(parameters, "velocity")
{
    protected override void Update(Tensor weights, Tensor gradient, Tensor[] state, double learningRate)
    {
        var velocity = state[0];
        velocity.mul_(momentum).add_(gradient);
        weights.add_(velocity, -learningRate);
    }

    protected override bool Update(UpdateKernel kernel, double learningRate) => kernel.Run(new Rule((float)momentum, (float)learningRate));

    [StructLayout(LayoutKind.Auto)]
    private readonly struct Rule(float r, float a) : IUpdateRule
    {
        public static int States => 1;

        public void Update(ref Vector<float> w, Vector<float> g, ref Vector<float> v, ref Vector<float> _)
        {
            v = (r * v) + g;
            w -= a * v;
        }
    }
}
