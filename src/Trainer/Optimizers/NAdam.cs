using System.Numerics;
using System.Runtime.InteropServices;
using Trainyard.Trainer.Kernels;

namespace Trainyard.Trainer.Optimizers;

// Adam with Nesterov's look-ahead (Dozat, 2016; torch.optim.NAdam): with u_t = b1 (1 - 0.5 * 0.96^(0.004 t)) and U_t = u_1 u_2 ... u_t,
// w <- w - a ((1 - u_t) / (1 - U_t) g + u_(t+1) / (1 - U_(t+1)) m) / (sqrt(G / (1 - b2^t)) + e).
internal sealed class NAdam(IReadOnlyList<Tensor> parameters, double beta1, double beta2, double epsilon) : Optimizer(parameters, "mean", "squares")
{
    private const double MomentumDecay = 0.004;

    private long productSteps;
    private double product = 1;

    protected override bool Update(UpdateKernel kernel, double learningRate)
    {
        var now = ProductAt(Steps);
        var next = now * MomentumAt(Steps + 1);
        return kernel.Run(new Rule(
            (float)beta1, (float)(1 - beta1), (float)beta2, (float)(1 - beta2), (float)epsilon, (float)(1 / Math.Sqrt(1 - Math.Pow(beta2, Steps))),
            (float)(learningRate * (1 - MomentumAt(Steps)) / (1 - now)), (float)(learningRate * MomentumAt(Steps + 1) / (1 - next))));
    }

    protected override void Update(Tensor weights, Tensor gradient, Tensor[] state, double learningRate)
    {
        var (mean, squares) = (state[0], state[1]);
        mean.mul_(beta1).add_(gradient, 1 - beta1);
        squares.mul_(beta2).addcmul_(gradient, gradient, 1 - beta2);
        var now = ProductAt(Steps);
        var next = now * MomentumAt(Steps + 1);
        var spread = squares.div(1 - Math.Pow(beta2, Steps)).sqrt_().add_(epsilon);
        weights.addcdiv_(gradient, spread, -learningRate * (1 - MomentumAt(Steps)) / (1 - now));
        weights.addcdiv_(mean, spread, -learningRate * MomentumAt(Steps + 1) / (1 - next));
    }

    private double MomentumAt(long step) => beta1 * (1 - (0.5 * Math.Pow(0.96, step * MomentumDecay)));

    // U_t, always multiplied up in the same order, so that a resumed run has the same bits.
    private double ProductAt(long step)
    {
        if (step < productSteps)
        {
            (productSteps, product) = (0, 1);
        }

        while (productSteps < step)
        {
            product *= MomentumAt(++productSteps);
        }

        return product;
    }

    // rest1, rest2: 1 - b1 and 1 - b2. k: 1 / sqrt(1 - b2^t). ag, am: The rates of the gradient and of its mean.
    [StructLayout(LayoutKind.Auto)]
    private readonly struct Rule(float b1, float rest1, float b2, float rest2, float e, float k, float ag, float am) : IUpdateRule
    {
        public static int States => 2;

        public void Update(ref Vector<float> w, Vector<float> g, ref Vector<float> m, ref Vector<float> squares)
        {
            m = (b1 * m) + (rest1 * g);
            squares = (b2 * squares) + (rest2 * g * g);
            w -= ((ag * g) + (am * m)) / ((k * Vector.SquareRoot(squares)) + new Vector<float>(e));
        }
    }
}
