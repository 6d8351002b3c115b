def uniform(layer, stream, limit):
    spread(layer, stream, limit / math.sqrt(3), "uniform")
