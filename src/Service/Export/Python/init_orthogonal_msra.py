def orthogonal_msra(layer, stream):
    fan_in = fans(layer)[0]
    outputs = layer.weight.numel() // fan_in
    orthogonal(layer, stream, math.sqrt(2.0 * max(outputs, fan_in) / fan_in))
