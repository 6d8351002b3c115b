# Random numbers. Every draw is derived from the seed, a purpose and an index, by SplitMix64 (Steele, Lea, Flood, 2014), so data, split,
# order and first weights are the same as in the recorded run.
SPLIT, WEIGHTS, ORDER, DROPOUT, TRAIN_SAMPLES, TEST_SAMPLES, NOISE_TABLE, LABEL_NOISE, AUGMENTATION, SCALING, CLOUD_CENTRES = range(1, 12)
MASK = (1 << 64) - 1
INCREMENT = 0x9E3779B97F4A7C15


def mix(bits):
    bits = ((bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    bits = ((bits ^ (bits >> 27)) * 0x94D049BB133111EB) & MASK
    return bits ^ (bits >> 31)


def derive(purpose, index=0):
    bits = mix((SEED + INCREMENT) & MASK)
    bits = mix((bits + purpose * INCREMENT) & MASK)
    return mix((bits + index * INCREMENT) & MASK)


class RandomStream:
    def __init__(self, purpose, index=0):
        self.state = derive(purpose, index)
        self.spare = None

    def bits(self):
        self.state = (self.state + INCREMENT) & MASK
        return mix(self.state)

    def uniform(self, low=0.0, high=1.0):
        return low + (high - low) * ((self.bits() >> 11) * 2.0**-53)

    def index(self, count):
        """0 to count - 1."""
        product = self.bits() * count
        if product & MASK < count:
            threshold = (MASK + 1 - count) % count
            while product & MASK < threshold:
                product = self.bits() * count
        return product >> 64

    def normal(self):
        if self.spare is not None:
            value, self.spare = self.spare, None
            return value
        radius = math.sqrt(-2 * math.log(1 - self.uniform()))
        angle = 2 * math.pi * self.uniform()
        self.spare = radius * math.sin(angle)
        return radius * math.cos(angle)

    def shuffle(self, values):
        for last in range(len(values) - 1, 0, -1):
            other = self.index(last + 1)
            values[last], values[other] = values[other], values[last]

    def many_bits(self, count):
        steps = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(INCREMENT)
        bits = steps + np.uint64(self.state)
        self.state = (self.state + count * INCREMENT) & MASK
        bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return bits ^ (bits >> np.uint64(31))

    def many_uniforms(self, count):
        return (self.many_bits(count) >> np.uint64(11)) * 2.0**-53

    def many_normals(self, count):
        pairs = self.many_uniforms(count + count % 2).reshape(-1, 2)
        radius, angle = np.sqrt(-2 * np.log(1 - pairs[:, 0])), 2 * math.pi * pairs[:, 1]
        return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1).reshape(-1)[:count]
