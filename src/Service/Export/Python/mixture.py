# Three clouds at random places for each class.
cloud_stream = RandomStream(CLOUD_CENTRES)
CENTRES = [(cloud_stream.uniform(-1.5, 1.5), cloud_stream.uniform(-1.5, 1.5)) for _ in range(3 * CLASSES)]


def place(sample, stream):
    label = sample % CLASSES
    return *CENTRES[3 * label + stream.index(3)], label
