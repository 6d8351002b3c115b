def lecun(layer, stream, distribution):
    spread(layer, stream, math.sqrt(1 / fans(layer)[0]), distribution)
