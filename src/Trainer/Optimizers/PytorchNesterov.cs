using System.Numerics;
using System.Runtime.InteropServices;
using Trainyard.Trainer.Kernels;

namespace Trainyard.Trainer.Optimizers;

// Nesterov's momentum as torch.optim.SGD(nesterov=True) writes it: v <- r v + g; w <- w - a (g + r v).
internal sealed class PytorchNesterov(IReadOnlyList<Tensor> parameters, double momentum) : Optimizer(parameters, "velocity")
{
    protected override void Update(Tensor weights, Tensor gradient, Tensor[] state, double learningRate)
    {
        var velocity = state[0];
        velocity.mul_(momentum).add_(gradient);
        weights.add_(gradient, -learningRate).add_(velocity, -learningRate * momentum);
    }

    protected override bool Update(UpdateKernel kernel, double learningRate) => kernel.Run(new Rule((float)momentum, (float)learningRate));

    [StructLayout(LayoutKind.Auto)]
    private readonly struct Rule(float r, float a) : IUpdateRule
    {
        public static int States => 1;

        public void Update(ref Vector<float> w, Vector<float> g, ref Vector<float> v, ref Vector<float> _)
        {
            v = (r * v) + g;
            w -= a * (g + (r * v));
        }
    }
}
