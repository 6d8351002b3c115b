# Colour images of 32 x 32 with one drawn shape of ten kinds.
def contains(kind, x, y):
    width, height = np.abs(x), np.abs(y)
    reach, line = np.maximum(width, height), 0.3
    radius = x * x + y * y
    return (
        lambda: radius <= 1,
        lambda: (radius <= 1) & (radius >= (1 - line) * (1 - line)),
        lambda: reach <= 0.9,
        lambda: (reach <= 0.9) & (reach >= 0.9 - line),
        lambda: (height <= 0.9) & (width <= (y + 0.9) / 1.8),
        lambda: (height <= 0.9) & (width <= (0.9 - y) / 1.8),
        lambda: (reach <= 1) & (np.minimum(width, height) <= line / 1.5),
        lambda: (reach <= 0.9) & (np.abs(width - height) <= line),
        lambda: (width <= 0.9) & (height >= 0.4) & (height <= 0.85),
        lambda: (height <= 0.9) & (width >= 0.4) & (width <= 0.85),
    )[kind]()


def draw_image(kind, stream, noise):
    background, foreground = np.empty(3, dtype=np.int64), np.empty(3, dtype=np.int64)
    for channel in range(3):
        background[channel] = stream.index(256)
        foreground[channel] = (background[channel] + 64 + stream.index(128)) % 256
        if abs(foreground[channel] - background[channel]) < 64:
            foreground[channel] = 255 if background[channel] < 128 else 0
    radius = stream.uniform(7, 12)
    centre_x, centre_y = stream.uniform(radius, 32 - radius), stream.uniform(radius, 32 - radius)
    turn = stream.uniform(-0.25, 0.25)
    sine, cosine = math.sin(turn), math.cos(turn)
    down, right = np.mgrid[0:32, 0:32]
    right, down = (right + 0.5 - centre_x) / radius, (down + 0.5 - centre_y) / radius
    inside = contains(kind, cosine * right + sine * down, cosine * down - sine * right)
    bits = stream.many_bits(32 * 32).reshape(32, 32, 1)
    grain = noise[(bits >> np.array([0, 16, 32], dtype=np.uint64)) & np.uint64(0xFFFF)]
    return np.clip(np.where(inside[..., None], foreground, background) + grain, 0, 255).astype(np.uint8)


def load_data():
    noise = np.rint(255 * NOISE * RandomStream(NOISE_TABLE).many_normals(1 << 16)).astype(np.int64)

    def draw(purpose, count):
        labels = np.arange(count, dtype=np.int64) % 10
        return np.stack([draw_image(int(labels[sample]), RandomStream(purpose, sample), noise) for sample in range(count)]), labels.astype(np.uint8)

    return draw(TRAIN_SAMPLES, TRAIN_COUNT), draw(TEST_SAMPLES, TEST_COUNT)
