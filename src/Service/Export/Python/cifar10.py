# The publisher's binary files: records of a label byte and three planes of 32 x 32 bytes.
def load_data():
    folder = find_folder("test_batch.bin", "cifar-10", "cifar-10-batches-bin")

    def read(files):
        records = np.concatenate([np.fromfile(path, dtype=np.uint8).reshape(-1, 3073) for path in files])
        return np.ascontiguousarray(records[:, 1:].reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1)), records[:, 0].copy()

    batches = [os.path.join(folder, f"data_batch_{number}.bin") for number in range(1, 6)]
    return read([path for path in batches if os.path.exists(path)]), read([os.path.join(folder, "test_batch.bin")])
