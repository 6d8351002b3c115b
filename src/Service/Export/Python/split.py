# Held-out samples: shuffled class by class, each class in proportion.
def shares(classes, count):
    total = sum(map(len, classes))
    parts = [len(members) * count // total for members in classes]
    by_remainder = sorted(range(len(classes)), key=lambda index: (-(len(classes[index]) * count % total), index))
    for index in by_remainder[: count - sum(parts)]:
        parts[index] += 1
    return parts


def take_shares(classes, parts):
    return sorted(sample for members, part in zip(classes, parts) for sample in members[:part])


def split(labels):
    stream = RandomStream(SPLIT)
    classes = [[int(sample) for sample in np.flatnonzero(labels == label)] for label in np.unique(labels)]
    for members in classes:
        stream.shuffle(members)
    count = VALIDATION_COUNT if VALIDATION_COUNT is not None else round(len(labels) * VALIDATION_FRACTION)
    held_out = shares(classes, min(count, len(labels)))
    validation = take_shares(classes, held_out)
    rest = [members[part:] for members, part in zip(classes, held_out)]
    left = sum(map(len, rest))
    return take_shares(rest, shares(rest, left if TRAIN_LIMIT is None else min(TRAIN_LIMIT, left))), validation


# Mean 0 and standard deviation 1 over the training samples, for each channel or coordinate.
def normalization(samples):
    values = samples.reshape(-1, samples.shape[-1])
    scale, shift = [], []
    for channel in range(values.shape[1]):
        if values.dtype == np.uint8:
            counts, levels = np.bincount(values[:, channel], minlength=256).astype(np.float64), np.arange(256, dtype=np.float64)
        else:
            counts, levels = np.ones(len(values)), values[:, channel].astype(np.float64)
        mean = (counts * levels).sum() / counts.sum()
        variance = (counts * levels * levels).sum() / counts.sum() - mean**2
        std = math.sqrt(variance) if variance > 0 else 1.0
        scale.append(1 / std)
        shift.append(-mean / std)
    return torch.tensor(scale, dtype=torch.float32), torch.tensor(shift, dtype=torch.float32)
