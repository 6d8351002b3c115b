def xavier(layer, stream, distribution, variant):
    fan_in, fan_out = fans(layer)
    spread(layer, stream, math.sqrt(1 / fan_in if variant == "fan_in" else 2 / (fan_in + fan_out)), distribution)
