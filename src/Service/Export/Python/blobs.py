# Clouds on the unit circle.
def place(sample, stream):
    label = sample % CLASSES
    return *polar(1, 2 * math.pi * label / CLASSES), label
