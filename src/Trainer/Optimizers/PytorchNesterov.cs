namespace Trainyard.Trainer.Optimizers;

// Nesterov's momentum as torch.optim.SGD(nesterov=True) writes it: v <- r v + g; w <- w - a (g + r v).
internal sealed class PytorchNesterov(IReadOnlyList<Tensor> parameters, double momentum) : Optimizer(parameters, "velocity")
{
    protected override void Update(Tensor weights, Tensor gradient, Tensor[] state, double learningRate)
    {
        var velocity = state[0];
        velocity.mul_(momentum).add_(gradient);
        weights.add_(gradient, -learningRate).add_(velocity, -learningRate * momentum);
    }
}
