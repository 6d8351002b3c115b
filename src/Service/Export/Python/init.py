# First weights. Biases start at 0. Each layer draws from a stream of its own.
def fans(layer):
    positions = layer.weight[0, 0].numel() if layer.weight.dim() == 4 else 1
    return layer.weight.shape[1] * positions, layer.weight.shape[0] * positions


def put(layer, values):
    values = torch.tensor(np.asarray(values, dtype=np.float32))
    if layer.weight.dim() == 4:  # drawn as [filters, kernel, kernel, channels]
        filters, channels, height, width = layer.weight.shape
        values = values.reshape(filters, height, width, channels).permute(0, 3, 1, 2)
    layer.weight.copy_(values.reshape(layer.weight.shape))
    if layer.bias is not None:
        layer.bias.zero_()


def spread(layer, stream, std, distribution="normal"):
    count = layer.weight.numel()
    bound = math.sqrt(3) * std
    put(layer, std * stream.many_normals(count) if distribution == "normal" else -bound + 2 * bound * stream.many_uniforms(count))
