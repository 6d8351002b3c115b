# Arms that wind around each other.
def place(sample, stream):
    label, radius = sample % CLASSES, stream.uniform()
    return *polar(radius, 2 * math.pi * label / CLASSES + 4 * radius), label
