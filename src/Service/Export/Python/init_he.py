def he(layer, stream, distribution, mode):
    fan_in, fan_out = fans(layer)
    spread(layer, stream, math.sqrt(2 / (fan_out if mode == "fan_out" else fan_in)), distribution)
