# Points in the plane: classes take turns, every coordinate gets normal noise.
def draw_points(purpose, count):
    stream = RandomStream(purpose)
    points, labels = np.empty((count, 2), dtype=np.float32), np.empty(count, dtype=np.uint8)
    for sample in range(count):
        x, y, label = place(sample, stream)
        points[sample] = x + NOISE * stream.normal(), y + NOISE * stream.normal()
        labels[sample] = label
    return points, labels  # [N, 2] float32, [N] uint8


def load_data():
    return draw_points(TRAIN_SAMPLES, TRAIN_COUNT), draw_points(TEST_SAMPLES, TEST_COUNT)


def polar(radius, angle):
    return radius * math.cos(angle), radius * math.sin(angle)
