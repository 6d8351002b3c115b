def normal(layer, stream, std):
    spread(layer, stream, std)
