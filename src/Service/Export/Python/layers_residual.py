class Residual(nn.Sequential):
    """x + f(x)"""

    def forward(self, x):
        return super().forward(x) + x
