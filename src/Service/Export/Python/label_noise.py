# Wrong labels on purpose: each by one of the other classes. Validation labels stay right.
def disturb(labels, train):
    stream = RandomStream(LABEL_NOISE)
    chosen = list(train)
    stream.shuffle(chosen)
    noisy = labels.copy()
    for sample in chosen[: round(LABEL_NOISE_SHARE * len(chosen))]:
        noisy[sample] = (int(labels[sample]) + 1 + stream.index(CLASSES - 1)) % CLASSES
    return noisy
