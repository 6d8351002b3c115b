class UncorrectedAdam(torch.optim.Optimizer):
    """Adam without the correction of its means for their start at zero."""

    def __init__(self, parameters, lr, betas, eps):
        super().__init__(parameters, dict(lr=lr, betas=betas, eps=eps))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            beta1, beta2 = group["betas"]
            for weights in (weights for weights in group["params"] if weights.grad is not None):
                state = self.state[weights]
                mean = state.setdefault("mean", torch.zeros_like(weights))
                squares = state.setdefault("squares", torch.zeros_like(weights))
                mean.mul_(beta1).add_(weights.grad, alpha=1 - beta1)
                squares.mul_(beta2).addcmul_(weights.grad, weights.grad, value=1 - beta2)
                weights.addcdiv_(mean, squares.sqrt().add_(group["eps"]), value=-group["lr"])
