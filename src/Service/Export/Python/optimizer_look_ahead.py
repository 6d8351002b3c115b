class LookAhead(torch.optim.Optimizer):
    """Nesterov's momentum: v <- r v - a g; u <- u + r v - a g, where u is the point at which the gradient is taken."""

    def __init__(self, parameters, lr, momentum):
        super().__init__(parameters, dict(lr=lr, momentum=momentum))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for weights in (weights for weights in group["params"] if weights.grad is not None):
                velocity = self.state[weights].setdefault("velocity", torch.zeros_like(weights))
                velocity.mul_(group["momentum"]).add_(weights.grad, alpha=-group["lr"])
                weights.add_(velocity, alpha=group["momentum"]).add_(weights.grad, alpha=-group["lr"])
