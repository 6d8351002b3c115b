#!/usr/bin/env python3
"""CPU time of one update in float32 and bfloat16, for networks from the smallest to the quickstart's: what "precision": "auto" decides by.

    bench/trainer/precision.py [ROUNDS]

Each network is trained in turns with both formats on one thread, without observation; the time of a short run is subtracted from that of a long one, so that
start-up does not count. CPU time (user and system), because other programs on the machine change it less than the wall time. Needs a release build of the trainer.
"""
import json
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
TRAINER = ROOT / "artifacts/bin/Trainer/release/trainer"
POINTS = {"name": "moons", "trainSamples": 4000, "testSamples": 20}
IMAGES = {"name": "shapes", "trainSamples": 1000, "testSamples": 100}


def mlp(*dense):
    return {"kind": "mlp", "dense": list(dense)}


def cnn(*filters):
    return {"kind": "cnn", "blocks": [{"filters": count} for count in filters], "batchNorm": True}


# Name, dataset, model, batch, epochs beyond the short run.
CASES = [
    ("xor: 8 units", {"name": "xor", "trainSamples": 4000, "testSamples": 20}, mlp(8), 32, 12),
    ("mlp 16, 16", POINTS, mlp(16, 16), 32, 8),
    ("mlp 64, 64", POINTS, mlp(64, 64), 32, 8),
    ("mlp 64, 64", POINTS, mlp(64, 64), 256, 20),
    ("mlp 128, 128", POINTS, mlp(128, 128), 128, 20),
    ("mlp 256, 256", POINTS, mlp(256, 256), 32, 6),
    ("mlp 256, 256", POINTS, mlp(256, 256), 128, 10),
    ("mlp 512, 512", POINTS, mlp(512, 512), 128, 4),
    ("mlp 1024, 1024", POINTS, mlp(1024, 1024), 128, 2),
    ("images: perceptron", IMAGES, {"kind": "preset", "preset": "perceptron"}, 32, 15),
    ("images: 5 layers of 100", IMAGES, {"kind": "preset", "preset": "mlp-5x100"}, 32, 15),
    ("images: 5 layers of 100", IMAGES, {"kind": "preset", "preset": "mlp-5x100"}, 128, 25),
    ("cnn 4", IMAGES, cnn(4), 8, 3),
    ("cnn 4", IMAGES, cnn(4), 32, 4),
    ("cnn 8, 16", IMAGES, cnn(8, 16), 32, 3),
    ("lenet", IMAGES, {"kind": "preset", "preset": "lenet"}, 32, 5),
    ("cnn 16, 32, 64", IMAGES, cnn(16, 32, 64), 128, 2),
]


def flops(spec):
    """Of one forward pass of one sample, from the layer table in the first event."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "spec.json")
        path.write_text(json.dumps(spec | {"training": spec["training"] | {"epochs": 1}}))
        out = subprocess.run([TRAINER, "train", "--spec", path, "--out", folder + "/out", "--threads", "1"], stdin=subprocess.DEVNULL, capture_output=True).stdout
    layers = json.loads(next(line for line in out.splitlines() if b'"started"' in line))["event"]["layers"]
    return sum(layer["flops"] for layer in layers)


def cpu_seconds(spec):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "spec.json")
        path.write_text(json.dumps(spec))
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [TRAINER, "train", "--spec", path, "--out", folder + "/out", "--threads", "1", "--checkpoint-seconds", "3600"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    print("| network | batch | MFLOP per update | float32, ms per update | bfloat16 | ratio of each round |")
    print("|---|---|---|---|---|---|")
    for name, dataset, model, batch, epochs in CASES:
        spec = {"data": {"dataset": dataset}, "model": model, "training": {"batchSize": batch, "observe": "off", "optimizer": "sgd"}}
        samples = round(dataset["trainSamples"] * 0.9)
        updates = epochs * -(-samples // batch)
        times = {"float32": [], "bfloat16": []}
        for _ in range(rounds):
            for precision, taken in times.items():
                both = [cpu_seconds(spec | {"training": spec["training"] | {"precision": precision, "epochs": count}}) for count in (1, 1 + epochs)]
                taken.append(1000 * (both[1] - both[0]) / updates)
        ratios = [b / f for f, b in zip(times["float32"], times["bfloat16"])]
        print(
            f"| {name} | {batch} | {3 * batch * flops(spec) / 1e6:.2f} | {statistics.median(times['float32']):.3f} | {statistics.median(times['bfloat16']):.3f} | "
            + ", ".join(f"{ratio:.2f}" for ratio in ratios) + " |", flush=True)


if __name__ == "__main__":
    main()
