# Two half rings that reach into each other.
def place(sample, stream):
    label, angle = sample % 2, stream.uniform(0, math.pi)
    x, y = polar(1, angle)
    return (x, y, label) if label == 0 else (1 - x, 0.5 - y, label)
