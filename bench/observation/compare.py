#!/usr/bin/env python3
"""What observation costs, measured within one run: every third epoch is observed, and the epochs between are the measure.

    bench/observation/compare.py [--spec FILE] [--samples 12800] [--epochs 30]

An observation takes part of the epoch that it looks at (a watched step) and of the next one (snapshot, histograms, event), so of epochs 3k, 3k+1 and 3k+2 the
first two together are compared with twice the last. Prints the cost of an observation as a share of an unobserved epoch, which is what observing every epoch
costs: by the trainer's processor time, which other programs disturb little, and by the clock; with the interval that 95 % of 10,000 resamplings of the
observations fall into. Short epochs (few samples, many epochs) lie so close together in time that the machine's own speed hardly changes between them; the cost
in milliseconds is then a share of whatever epoch is of interest.
"""
import argparse
import json
import os
import random
import statistics
import subprocess
import tempfile
import time

arguments = argparse.ArgumentParser()
arguments.add_argument("--spec", default="examples/quickstart.json")
arguments.add_argument("--samples", type=int, default=12800, help="training samples; 0: all")
arguments.add_argument("--epochs", type=int, default=30)
options = arguments.parse_args()
root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")

spec = json.load(open(options.spec))
if options.samples:
    spec["data"]["trainLimit"] = options.samples
spec["training"].update(epochs=options.epochs, observe={"everyEpochs": 3})


def processor_seconds(process):
    """User and system time of all threads so far."""
    fields = open(f"/proc/{process.pid}/stat").read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


at, size = {}, 0
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "spec.json")
    json.dump(spec, open(path, "w"))
    trainer = subprocess.Popen(
        [os.path.join(root, "artifacts/bin/Trainer/release/trainer"), "train", "--spec", path, "--out", os.path.join(folder, "out"), "--threads", "2",
         "--checkpoint-seconds", "86400"],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    for line in trainer.stdout:
        if b'"type":"epoch"' in line:
            now = processor_seconds(trainer), time.perf_counter()
            at[json.loads(line)["event"]["epoch"]] = now
        elif b'"type":"observation"' in line:
            size = max(size, len(line))
    assert trainer.wait() == 0

for unit, name in enumerate(("processor time", "clock")):
    took = {epoch: at[epoch][unit] - at[epoch - 1][unit] for epoch in at if epoch - 1 in at}
    # The first epochs warm up; the last one is observed whatever its number.
    groups = [(took[k], took[k + 1], took[k + 2]) for k in range(3, options.epochs - 2, 3)]
    plain = statistics.median(last for _, _, last in groups)
    costs = [(first + second - 2 * last) / plain for first, second, last in groups]
    quartiles = ", ".join(f"{100 * quartile:+.1f}" for quartile in statistics.quantiles(costs, n=4))
    draws = random.Random(1)
    medians = sorted(statistics.median(draws.choices(costs, k=len(costs))) for _ in range(10_000))
    low, high = medians[250], medians[-251]
    print(f"{name}: unobserved epoch {plain:.3f} s; an observation costs {1000 * plain * statistics.median(costs):+.0f} ms, {100 * statistics.median(costs):+.1f} % of it "
          f"(95 %: {100 * low:+.1f} to {100 * high:+.1f}; mean {100 * statistics.mean(costs):+.1f}, quartiles {quartiles}, {len(costs)} observations)")
print(f"largest event {size / 1000:.0f} kB; load {os.getloadavg()[0]:.1f}")
