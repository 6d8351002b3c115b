class HeavyBall(torch.optim.Optimizer):
    """v <- r v - a g; w <- w + v. torch.optim.SGD keeps v without a, which differs while the learning rate changes."""

    def __init__(self, parameters, lr, momentum):
        super().__init__(parameters, dict(lr=lr, momentum=momentum))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for weights in (weights for weights in group["params"] if weights.grad is not None):
                velocity = self.state[weights].setdefault("velocity", torch.zeros_like(weights))
                velocity.mul_(group["momentum"]).add_(weights.grad, alpha=-group["lr"])
                weights.add_(velocity)
