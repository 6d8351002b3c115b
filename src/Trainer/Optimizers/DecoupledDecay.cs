using System.Numerics;
using System.Runtime.InteropServices;
using Trainyard.Trainer.Kernels;

namespace Trainyard.Trainer.Optimizers;

// w <- w - a strength w, as torch.optim.AdamW does before its step, or w <- w - s strength w with the schedule's factor s (Loshchilov, Hutter, 2019,
// algorithm 2), where the decay does not change with the learning rate.
// strength: Share of a weight that a step takes, before it is scaled.
internal sealed class DecoupledDecay(IReadOnlyList<Tensor> weights, double strength, bool scaledByRate) : WeightDecay(weights)
{
    protected override void Apply(Tensor weight, double learningRate, double factor)
    {
        var kept = 1 - ((scaledByRate ? learningRate : factor) * strength);
        if (!UpdateKernel.TryRun(weight, weight, new Rule((float)kept)))
        {
            weight.mul_(kept);
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly struct Rule(float kept) : IUpdateRule
    {
        public static int States => 0;

        public void Update(ref Vector<float> w, Vector<float> g, ref Vector<float> s, ref Vector<float> t) => w *= kept;
    }
}
