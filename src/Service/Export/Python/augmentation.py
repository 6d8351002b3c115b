# Random changes of training images [n, H, W, C]: mirrored, cropped from the zero-padded image, a square blanked.
def move(images, stream):
    if not FLIP and CROP == 0:
        return images
    count, height, width, _ = images.shape
    rows, columns = torch.empty(count, height, 1, dtype=torch.long), torch.empty(count, 1, width, dtype=torch.long)
    for image in range(count):
        down, right = stream.index(2 * CROP + 1), stream.index(2 * CROP + 1)
        mirrored = FLIP and stream.uniform() < 0.5
        rows[image, :, 0] = down + torch.arange(height)
        columns[image, 0] = right + (torch.arange(width).flip(0) if mirrored else torch.arange(width))
    padded = F.pad(images, [0, 0, CROP, CROP, CROP, CROP])
    return padded[torch.arange(count).reshape(count, 1, 1), rows, columns]


def blank(images, stream):
    if CUTOUT == 0:
        return images
    count, height, width, _ = images.shape
    rows, columns = torch.zeros(count, height, 1, 1), torch.zeros(count, 1, width, 1)
    for image in range(count):
        for side, length in ((rows[image, :, 0, 0], height), (columns[image, 0, :, 0], width)):
            first = stream.index(length) - CUTOUT // 2
            side[max(first, 0) : min(first + CUTOUT, length)] = 1
    return images * (1 - rows * columns)
