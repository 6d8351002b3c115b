def cosine(a, b, share):
    """From a to b along half a cosine."""
    return b + (a - b) * (1 + math.cos(math.pi * share)) / 2
