class BatchNorm(nn.Module):
    """Per channel; a batch with one value per channel has no variance, so the running statistics serve instead."""

    def __init__(self, channels, momentum, epsilon):
        super().__init__()
        self.scale, self.shift = nn.Parameter(torch.ones(channels)), nn.Parameter(torch.zeros(channels))
        self.register_buffer("mean", torch.zeros(channels))
        self.register_buffer("variance", torch.ones(channels))
        self.momentum, self.epsilon = momentum, epsilon

    def forward(self, x):
        training = self.training and x.numel() > x.shape[1]
        return F.batch_norm(x, self.mean, self.variance, self.scale, self.shift, training, self.momentum, self.epsilon)
