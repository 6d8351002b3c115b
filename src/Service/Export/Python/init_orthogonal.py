def orthogonal(layer, stream, gain):
    fan_in = fans(layer)[0]
    outputs = layer.weight.numel() // fan_in
    tall, narrow = max(outputs, fan_in), min(outputs, fan_in)
    q, r = torch.linalg.qr(torch.tensor(stream.many_normals(tall * narrow).reshape(tall, narrow)))
    matrix = q * r.diag().sign() * gain
    put(layer, (matrix.t() if outputs < fan_in else matrix).contiguous().numpy())
