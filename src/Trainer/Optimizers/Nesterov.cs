namespace Trainyard.Trainer.Optimizers;

// Nesterov's momentum (Nesterov, 1983; Sutskever et al., 2013, equations 3 and 4):
// v' = r v - a g(w + r v); w' = w + v'.
// The parameters hold the point where the gradient is taken, u = w + r v, so that the model is evaluated once per update. Put in:
// u' = w' + r v' = (u - r v) + v' + r v', and with r v = v' + a g:
// u' = u - (v' + a g) + v' + r v' = u + r v' - a g.
// At the start v = 0, so u = w. The point w is at any time u - r v. torch.optim.SGD(nesterov=True) keeps the same u while the learning rate
// stays the same.
internal sealed class Nesterov(IReadOnlyList<Tensor> parameters, double momentum) : Optimizer(parameters, "velocity")
{
    protected override void Update(Tensor weights, Tensor gradient, Tensor[] state, double learningRate)
    {
        var velocity = state[0];
        velocity.mul_(momentum).add_(gradient, -learningRate);  // v' = r v - a g
        weights.add_(velocity, momentum).add_(gradient, -learningRate);  // u' = u + r v' - a g
    }
}
