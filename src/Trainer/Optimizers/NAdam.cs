namespace Trainyard.Trainer.Optimizers;

// Adam with Nesterov's look-ahead (Dozat, 2016; torch.optim.NAdam): with u_t = b1 (1 - 0.5 * 0.96^(0.004 t)) and U_t = u_1 u_2 ... u_t,
// w <- w - a ((1 - u_t) / (1 - U_t) g + u_(t+1) / (1 - U_(t+1)) m) / (sqrt(G / (1 - b2^t)) + e).
internal sealed class NAdam(IReadOnlyList<Tensor> parameters, double beta1, double beta2, double epsilon) : Optimizer(parameters, "mean", "squares")
{
    private const double MomentumDecay = 0.004;

    private long productSteps;
    private double product = 1;

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
}
