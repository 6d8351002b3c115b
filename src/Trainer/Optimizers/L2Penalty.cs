using System.Numerics;
using System.Runtime.InteropServices;
using Trainyard.Trainer.Kernels;

namespace Trainyard.Trainer.Optimizers;

// g <- g + strength w: the gradient of strength/2 |w|^2 in the loss (Krogh, Hertz, 1991; weight_decay of torch.optim.SGD).
internal sealed class L2Penalty(IReadOnlyList<Tensor> weights, double strength) : WeightDecay(weights)
{
    protected override void Apply(Tensor weight, double learningRate, double factor)
    {
        // What is changed is the gradient.
        if (weight.grad is { } gradient && !UpdateKernel.TryRun(gradient, weight, new Rule((float)strength)))
        {
            gradient.add_(weight, strength);
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly struct Rule(float strength) : IUpdateRule
    {
        public static int States => 0;

        public void Update(ref Vector<float> g, Vector<float> w, ref Vector<float> s, ref Vector<float> t) => g += strength * w;
    }
}
