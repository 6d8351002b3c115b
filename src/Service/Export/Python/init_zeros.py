def zeros(layer, stream):
    put(layer, np.zeros(layer.weight.numel()))
