using System.Numerics;
using System.Runtime.InteropServices;
using Trainyard.Trainer.Kernels;

namespace Trainyard.Trainer.Optimizers;

// m <- b1 m + (1 - b1) g; G <- b2 G + (1 - b2) g^2; w <- w - a (m / (1 - b1^t)) / (sqrt(G / (1 - b2^t)) + e), t from 1 (Kingma, Ba, 2015,
// algorithm 1; torch.optim.Adam). AdamW (Loshchilov, Hutter, 2019) is this step after a decoupled weight decay.
internal sealed class Adam(IReadOnlyList<Tensor> parameters, double beta1, double beta2, double epsilon, bool biasCorrection = true)
    : Optimizer(parameters, "mean", "squares")
{
    internal static void Step(
        Tensor weights, Tensor gradient, Tensor mean, Tensor squares, (double Beta1, double Beta2, double Epsilon) rule, long? correctedStep, double learningRate)
    {
        if (UpdateKernel.TryRun(weights, gradient, RuleOf(rule, correctedStep, learningRate), mean, squares))
        {
            return;
        }

        var (meanCorrection, squaresCorrection) = Corrections(rule, correctedStep);
        mean.mul_(rule.Beta1).add_(gradient, 1 - rule.Beta1);
        squares.mul_(rule.Beta2).addcmul_(gradient, gradient, 1 - rule.Beta2);
        var spread = squares.sqrt().div_(Math.Sqrt(squaresCorrection)).add_(rule.Epsilon);
        weights.addcdiv_(mean, spread, -learningRate / meanCorrection);
    }

    protected override void Update(Tensor weights, Tensor gradient, Tensor[] state, double learningRate) =>
        Step(weights, gradient, state[0], state[1], (beta1, beta2, epsilon), biasCorrection ? Steps : null, learningRate);

    protected override bool Update(UpdateKernel kernel, double learningRate) =>
        kernel.Run(RuleOf((beta1, beta2, epsilon), biasCorrection ? Steps : null, learningRate));

    private static (double Mean, double Squares) Corrections((double Beta1, double Beta2, double Epsilon) rule, long? step) =>
        step is { } t ? (1 - Math.Pow(rule.Beta1, t), 1 - Math.Pow(rule.Beta2, t)) : (1, 1);

    private static Rule RuleOf((double Beta1, double Beta2, double Epsilon) rule, long? correctedStep, double learningRate)
    {
        var (mean, squares) = Corrections(rule, correctedStep);
        return new Rule(
            (float)rule.Beta1, (float)(1 - rule.Beta1), (float)rule.Beta2, (float)(1 - rule.Beta2), (float)rule.Epsilon,
            (float)(1 / Math.Sqrt(squares)), (float)(learningRate / mean));
    }

    // rest1, rest2: 1 - b1 and 1 - b2. k: 1 / sqrt(1 - b2^t). a: a / (1 - b1^t).
    [StructLayout(LayoutKind.Auto)]
    private readonly struct Rule(float b1, float rest1, float b2, float rest2, float e, float k, float a) : IUpdateRule
    {
        public static int States => 2;

        public void Update(ref Vector<float> w, Vector<float> g, ref Vector<float> m, ref Vector<float> squares)
        {
            m = (b1 * m) + (rest1 * g);
            squares = (b2 * squares) + (rest2 * g * g);
            w -= a * m / ((k * Vector.SquareRoot(squares)) + new Vector<float>(e));
        }
    }
}
