# Class 0 fills the disc of radius 1/2 evenly, class 1 lies on the circle of radius 1.
def place(sample, stream):
    label = sample % 2
    radius = 0.5 * math.sqrt(stream.uniform()) if label == 0 else 1
    return *polar(radius, stream.uniform(0, 2 * math.pi)), label
