using System.Numerics;
using System.Runtime.InteropServices;
using Trainyard.Trainer.Kernels;

namespace Trainyard.Trainer.Optimizers;

// G <- c G + (1 - c) g^2; w <- w - a g / (sqrt(G) + e) (Tieleman, Hinton, 2012; torch.optim.RMSprop, whose c is 0.99).
internal sealed class RmsProp(IReadOnlyList<Tensor> parameters, double decay, double epsilon) : Optimizer(parameters, "squares")
{
    protected override void Update(Tensor weights, Tensor gradient, Tensor[] state, double learningRate)
    {
        var squares = state[0];
        squares.mul_(decay).addcmul_(gradient, gradient, 1 - decay);
        weights.addcdiv_(gradient, squares.sqrt().add_(epsilon), -learningRate);
    }

    protected override bool Update(UpdateKernel kernel, double learningRate) => kernel.Run(new Rule((float)decay, (float)(1 - decay), (float)epsilon, (float)learningRate));

    // rest: 1 - c.
    [StructLayout(LayoutKind.Auto)]
    private readonly struct Rule(float c, float rest, float e, float a) : IUpdateRule
    {
        public static int States => 1;

        public void Update(ref Vector<float> w, Vector<float> g, ref Vector<float> squares, ref Vector<float> _)
        {
            squares = (c * squares) + (rest * g * g);
            w -= a * g / (Vector.SquareRoot(squares) + new Vector<float>(e));
        }
    }
}
