using System.Numerics;
using System.Runtime.InteropServices;
using Trainyard.Trainer.Kernels;

namespace Trainyard.Trainer.Optimizers;

// G <- c G + (1 - c) g^2; d = sqrt(D + e) / sqrt(G + e) g; D <- c D + (1 - c) d^2; w <- w - a d (Zeiler, 2012, algorithm 1;
// torch.optim.Adadelta).
internal sealed class AdaDelta(IReadOnlyList<Tensor> parameters, double decay, double epsilon) : Optimizer(parameters, "squares", "steps")
{
    protected override void Update(Tensor weights, Tensor gradient, Tensor[] state, double learningRate)
    {
        var (squares, steps) = (state[0], state[1]);
        squares.mul_(decay).addcmul_(gradient, gradient, 1 - decay);
        var spread = squares.add(epsilon).sqrt_();
        var step = steps.add(epsilon).sqrt_().div_(spread).mul_(gradient);
        steps.mul_(decay).addcmul_(step, step, 1 - decay);
        weights.add_(step, -learningRate);
    }

    protected override bool Update(UpdateKernel kernel, double learningRate) => kernel.Run(new Rule((float)decay, (float)(1 - decay), (float)epsilon, (float)learningRate));

    // rest: 1 - c.
    [StructLayout(LayoutKind.Auto)]
    private readonly struct Rule(float c, float rest, float e, float a) : IUpdateRule
    {
        public static int States => 2;

        public void Update(ref Vector<float> w, Vector<float> g, ref Vector<float> squares, ref Vector<float> steps)
        {
            var small = new Vector<float>(e);
            squares = (c * squares) + (rest * g * g);
            var d = Vector.SquareRoot(steps + small) / Vector.SquareRoot(squares + small) * g;
            steps = (c * steps) + (rest * d * d);
            w -= a * d;
        }
    }
}
