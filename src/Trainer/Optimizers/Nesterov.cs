using System.Numerics;
using System.Runtime.InteropServices;
using Trainyard.Trainer.Kernels;

namespace Trainyard.Trainer.Optimizers;

// Nesterov's momentum (Nesterov, 1983; Sutskever et al., 2013, equations 3 and 4):
// v' = r v - a g(w + r v); w' = w + v'.
// The parameters hold the point where the gradient is taken, u = w + r v, so that the model is evaluated once per update. Put in:
// u' = w' + r v' = (u - r v) + v' + r v', and with r v = v' + a g:
// u' = u - (v' + a g) + v' + r v' = u + r v' - a g.
// At the start v = 0, so u = w. The point w is at any time u - r v. torch.optim.SGD(nesterov=True) keeps the same u while the learning rate
// stays the same.
internal sealed class Nesterov(IReadOnlyList<Tensor> parameters, double momentum) : Optimizer(parameters, "velocity")
{
    protected override void Update(Tensor weights, Tensor gradient, Tensor[] state, double learningRate)
    {
        var velocity = state[0];
        velocity.mul_(momentum).add_(gradient, -learningRate);  // v' = r v - a g
        weights.add_(velocity, momentum).add_(gradient, -learningRate);  // u' = u + r v' - a g
    }

    protected override bool Update(UpdateKernel kernel, double learningRate) => kernel.Run(new Rule((float)momentum, (float)learningRate));

    [StructLayout(LayoutKind.Auto)]
    private readonly struct Rule(float r, float a) : IUpdateRule
    {
        public static int States => 1;

        public void Update(ref Vector<float> w, Vector<float> g, ref Vector<float> v, ref Vector<float> _)
        {
            v = (r * v) - (a * g);  // v' = r v - a g
            w += (r * v) - (a * g);  // u' = u + r v' - a g
        }
    }
}
