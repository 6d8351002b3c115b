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
}
