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
}
