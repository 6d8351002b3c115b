# Corners of the unit square; the class is the exclusive or of the coordinates.
def place(sample, stream):
    x, y = sample & 1, (sample >> 1) & 1
    return x, y, x ^ y
