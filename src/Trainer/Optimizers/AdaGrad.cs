using System.Numerics;
using System.Runtime.InteropServices;
using Trainyard.Trainer.Kernels;

namespace Trainyard.Trainer.Optimizers;

// G <- G + g^2; w <- w - a g / (sqrt(G) + e) (Duchi, Hazan, Singer, 2011; torch.optim.Adagrad).
internal sealed class AdaGrad(IReadOnlyList<Tensor> parameters, double epsilon) : Optimizer(parameters, "squares")
{
    protected override void Update(Tensor weights, Tensor gradient, Tensor[] state, double learningRate)
    {
        var squares = state[0];
        squares.addcmul_(gradient, gradient, 1);
        weights.addcdiv_(gradient, squares.sqrt().add_(epsilon), -learningRate);
    }

    protected override bool Update(UpdateKernel kernel, double learningRate) => kernel.Run(new Rule((float)epsilon, (float)learningRate));

    [StructLayout(LayoutKind.Auto)]
    private readonly struct Rule(float e, float a) : IUpdateRule
    {
        public static int States => 1;

        public void Update(ref Vector<float> w, Vector<float> g, ref Vector<float> squares, ref Vector<float> _)
        {
            squares += g * g;
            w -= a * g / (Vector.SquareRoot(squares) + new Vector<float>(e));
        }
    }
}
