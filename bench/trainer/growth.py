#!/usr/bin/env python3
"""How the cost of an update grows with batch, width, depth, image size and threads: the microseconds of its parts for a convolutional network, and images per second.

    bench/trainer/growth.py [FACTOR ...] [--write]

FACTOR: batch, width, depth, size, threads; all by default. One factor changes at a time; the others stay at batch 64, 16 filters, 2 convolutions, images of 32 x 32 (a first pooling
layer makes them smaller), 1 thread. Generated images, float32, Adam. --write puts the table into docs/performance.md and a picture of each factor into docs/images/. Needs a
release build of the trainer.
"""
import argparse
import datetime
import json
import os
import pathlib
import sys
import tempfile

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bench")]
from page import fill  # noqa: E402
from plot import Plot  # noqa: E402
from step import TRAINER, machine, run  # noqa: E402

STEPS = 60
BASE = {"batch": 64, "width": 16, "depth": 2, "size": 32, "threads": 1}
VALUES = {"batch": [4, 16, 64, 256], "width": [4, 8, 16, 32, 64], "depth": [1, 2, 4, 8], "size": [8, 16, 32], "threads": list(range(1, os.cpu_count() + 1))}
LABELS = {"batch": "images of a batch", "width": "filters of each convolution", "depth": "convolutions", "size": "pixels of a side", "threads": "threads"}


def measure(setting):
    """Microseconds of the parts of an update, by name."""
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
    parts = json.loads(errors.splitlines()[-1])
    del parts["Processor"]
    return parts


def table(results):
    """Markdown: a row for each value of each factor."""
    parts = list(next(iter(results.values()))[0][1])
    rows = ["| factor | value | " + " | ".join(parts) + " | all | images/s |", "|---|---|" + "---|" * (len(parts) + 2)]
    for factor, measured in results.items():
        for value, times in measured:
            cells = [factor, value, *(f"{time:.0f}" for time in times.values()), f"{sum(times.values()):.0f}", f"{speed(factor, value, times):,.0f}"]
            rows.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    return "\n".join(rows)


def speed(factor, value, times):
    return (value if factor == "batch" else BASE["batch"]) * 1e6 / sum(times.values())


def write(results):
    for factor, measured in results.items():
        speeds = [(value, speed(factor, value, times)) for value, times in measured]
        highest = max(images for _, images in speeds) * 1.2
        plot = Plot(LABELS[factor], "images per second", (measured[0][0], max(measured[-1][0], measured[0][0] + 1)), (min(images for _, images in speeds) / 1.5, highest), log_x=factor != "threads", log_y=True)
        plot.line(speeds, "#4269d0", "training")
        plot.points(speeds, "#4269d0")
        marks = [base * 10 ** power for power in range(7) for base in (1, 2, 5)]
        (ROOT / f"docs/images/growth-{factor}.svg").write_text(plot.svg(VALUES[factor], [mark for mark in marks if plot.y[0] <= mark <= highest]))
    said = f"`bench/trainer/growth.py --write`, {machine()}, {datetime.date.today()}, load average {os.getloadavg()[0]:.1f}:"
    fill(ROOT / "docs/performance.md", "growth", f"{said}\n\n{table(results)}")


parser = argparse.ArgumentParser()
parser.add_argument("factors", nargs="*", metavar="FACTOR", help=", ".join(VALUES))
parser.add_argument("--write", action="store_true")
options = parser.parse_args()
results = {factor: [(value, measure(BASE | {factor: value})) for value in VALUES[factor]] for factor in options.factors or VALUES}
print(table(results))
if options.write:
    write(results)
