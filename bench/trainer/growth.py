#!/usr/bin/env python3
"""How the cost of an update grows with batch, width, depth, image size and threads: the microseconds of its parts for a convolutional network.

    bench/trainer/growth.py [FACTOR ...]

FACTOR: batch, width, depth, size, threads; all by default. One factor changes at a time; the others stay at batch 64, 16 filters, 2 convolutions, images of 32 x 32 (a first pooling
layer makes them smaller), 1 thread. Generated images, float32, Adam. Needs a release build of the trainer.
"""
import json
import pathlib
import sys
import tempfile

sys.dont_write_bytecode = True
from step import TRAINER, run

STEPS = 60
BASE = {"batch": 64, "width": 16, "depth": 2, "size": 32, "threads": 1}
VALUES = {"batch": [16, 32, 64, 128, 256], "width": [4, 8, 16, 32, 64], "depth": [1, 2, 4, 8], "size": [8, 16, 32], "threads": [1, 2]}


def measure(setting):
    convolution = [{"kind": "conv", "filters": setting["width"], "kernel": 3, "padding": 1}, {"kind": "batch_norm"}, {"kind": "activation", "activation": "relu"}]
    shrink = [{"kind": "pool", "pool": "max", "size": 32 // setting["size"]}] if setting["size"] < 32 else []
    spec = {
        "name": "growth", "seed": 1,
        "data": {"dataset": {"name": "shapes", "trainSamples": setting["batch"] * STEPS + 100, "testSamples": 100}, "validationCount": 100},
        "model": {"kind": "layers", "layers": [*shrink, *convolution * setting["depth"], {"kind": "global_pool", "pool": "average"}]},
        "training": {"epochs": 1, "batchSize": setting["batch"], "precision": "float32", "optimizer": "adam", "observe": "off"},
    }
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "spec.json")
        path.write_text(json.dumps(spec))
        _, errors, _ = run([TRAINER, "train", "--spec", path, "--out", folder + "/out", "--threads", str(setting["threads"])], {"TRAINYARD_STEP_TIMES": "1"})
    return json.loads(errors.splitlines()[-1])


for factor in sys.argv[1:] or VALUES:
    rows = [(value, measure(BASE | {factor: value})) for value in VALUES[factor]]
    parts = list(rows[0][1])
    print(f"\n| {factor} | " + " | ".join(parts) + " | all, µs per image |\n|---|" + "---|" * (len(parts) + 1))
    for value, times in rows:
        total = sum(time for part, time in times.items() if part != "Processor")
        images = value if factor == "batch" else BASE["batch"]
        print(f"| {value} | " + " | ".join(f"{times[part]:.0f}" for part in parts) + f" | {total / images:.1f} |", flush=True)
