using System.Numerics;
using System.Runtime.InteropServices;
using Trainyard.Trainer.Kernels;

namespace Trainyard.Trainer.Optimizers;

// w <- w - a g (Robbins, Monro, 1951; torch.optim.SGD without momentum).
internal sealed class Sgd(IReadOnlyList<Tensor> parameters) : Optimizer(parameters)
{
    protected override void Update(Tensor weights, Tensor gradient, Tensor[] state, double learningRate) =>
        weights.add_(gradient, -learningRate);

    protected override bool Update(UpdateKernel kernel, double learningRate) => kernel.Run(new Rule((float)learningRate));

    [StructLayout(LayoutKind.Auto)]
    private readonly struct Rule(float a) : IUpdateRule
    {
        public static int States => 0;

        public void Update(ref Vector<float> w, Vector<float> g, ref Vector<float> _, ref Vector<float> __)
        {
            w -= a * g;
        }
    }
}
