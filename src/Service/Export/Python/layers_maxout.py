class Maxout(nn.Module):
    """The largest of each k neighbouring channels or units."""

    def __init__(self, pieces):
        super().__init__()
        self.pieces = pieces

    def forward(self, x):
        return x.reshape(x.shape[0], x.shape[1] // self.pieces, self.pieces, *x.shape[2:]).amax(2)
