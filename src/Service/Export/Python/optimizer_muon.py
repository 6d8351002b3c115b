class Muon(torch.optim.Optimizer):
    """m <- r m + g; w <- w - a sqrt(max(1, rows / columns)) orthogonal(g + r m) (Jordan et al., 2024) for weight matrices and filter banks.
    Vectors and the output layer take Adam's step, whose rate follows the schedule in proportion."""

    def __init__(self, parameters, lr, momentum, iterations, adam_share, output):
        super().__init__(parameters, dict(lr=lr, momentum=momentum, iterations=iterations, adam_share=adam_share))
        self.output, self.steps = output, 0

    @staticmethod
    def orthogonalize(matrix, iterations):
        tall = matrix.shape[0] > matrix.shape[1]
        x = matrix / (matrix.norm() + 1e-7)
        x = x.t() if tall else x
        for _ in range(iterations):
            square = x @ x.t()
            x = 3.4445 * x + (-4.7750 * square + 2.0315 * (square @ square)) @ x
        return x.t() if tall else x

    @torch.no_grad()
    def step(self):
        self.steps += 1
        for group in self.param_groups:
            for weights in (weights for weights in group["params"] if weights.grad is not None):
                state, gradient = self.state[weights], weights.grad
                if weights.dim() < 2 or weights is self.output:
                    mean = state.setdefault("mean", torch.zeros_like(weights))
                    squares = state.setdefault("squares", torch.zeros_like(weights))
                    mean.mul_(0.9).add_(gradient, alpha=1 - 0.9)
                    squares.mul_(0.999).addcmul_(gradient, gradient, value=1 - 0.999)
                    spread = squares.sqrt().div_(math.sqrt(1 - 0.999**self.steps)).add_(1e-8)
                    weights.addcdiv_(mean, spread, value=-group["adam_share"] * group["lr"] / (1 - 0.9**self.steps))
                    continue
                velocity = state.setdefault("velocity", torch.zeros_like(weights))
                velocity.mul_(group["momentum"]).add_(gradient)
                matrix = gradient.add(velocity, alpha=group["momentum"]).flatten(1)
                scale = math.sqrt(max(1, matrix.shape[0] / matrix.shape[1]))
                weights.add_(self.orthogonalize(matrix, group["iterations"]).reshape(weights.shape), alpha=-group["lr"] * scale)
