# The publisher's four gzip-compressed IDX files: a header of 32-bit big-endian numbers, then bytes.
def read_idx(path):
    with gzip.open(path, "rb") as file:
        magic = struct.unpack(">I", file.read(4))[0]
        shape = struct.unpack(f">{magic & 0xFF}I", file.read(4 * (magic & 0xFF)))
        return np.frombuffer(file.read(), dtype=np.uint8).reshape(shape)


def load_data():
    names = ("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz")
    folder = find_folder(names[0], DATASET)
    train_x, train_y, test_x, test_y = (read_idx(os.path.join(folder, name)) for name in names)
    return (train_x[..., None], train_y), (test_x[..., None], test_y)  # [N, 28, 28, 1] uint8, [N] uint8
