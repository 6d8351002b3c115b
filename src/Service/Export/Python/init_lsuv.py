def lsuv(layer, stream, tolerance, iterations):
    layer.lsuv = tolerance, iterations
    orthogonal(layer, stream, 1)


def scale_layers(layers, x):
    """LSUV: layer by layer, weights are divided by the standard deviation of the output until its variance is 1."""
    for layer in layers:
        if isinstance(layer, Residual):
            x = scale_layers(layer, x) + x
            continue
        for _ in range(layer.lsuv[1] if hasattr(layer, "lsuv") else 0):
            variance = layer(x).double().var(unbiased=False).item()
            if not math.isfinite(variance) or variance <= 0 or abs(variance - 1) < layer.lsuv[0]:
                break
            layer.weight.div_(math.sqrt(variance))
        x = layer(x)
    return x
