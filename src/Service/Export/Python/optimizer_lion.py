class Lion(torch.optim.Optimizer):
    """w <- w - a sign(b1 m + (1 - b1) g); m <- b2 m + (1 - b2) g (Chen et al., 2023, algorithm 2)."""

    def __init__(self, parameters, lr, betas):
        super().__init__(parameters, dict(lr=lr, betas=betas))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            beta1, beta2 = group["betas"]
            for weights in (weights for weights in group["params"] if weights.grad is not None):
                mean = self.state[weights].setdefault("mean", torch.zeros_like(weights))
                weights.add_((mean * beta1).add_(weights.grad, alpha=1 - beta1).sign_(), alpha=-group["lr"])
                mean.mul_(beta2).add_(weights.grad, alpha=1 - beta2)
