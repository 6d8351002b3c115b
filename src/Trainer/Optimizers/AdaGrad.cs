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
}
