#!/usr/bin/env python3
"""Whether a run learns the same as in float32 with torch's own operations: losses of the same updates, and the accuracies of three seeds.

    bench/trainer/losses.py --datasets FOLDER [--seeds 3] [--epochs 3] [--images 12000] [--only NAME]

Trains the assignment (width 0.5) and resnet9 (width 0.25) on CIFAR-10 with the recipe of examples/assignment-cifar10.json: as a run is trained here ("precision": "auto"), in
float32, and in float32 without the kernels of src/Trainer/Kernels. Batches, augmentation and initial weights of a seed are the same in all three. Prints the mean training
loss of each epoch, in float32 without kernels and relative to that in the two others, and the accuracy on 2,000 images of validation. Losses of single updates drift apart, as they do when
sums are added up in another order; their means over an epoch should not.
"""
import argparse
import json
import os
import pathlib
import statistics
import sys
import tempfile

sys.dont_write_bytecode = True
from step import ROOT, TRAINER, run  # noqa: E402

RECIPE = json.loads((ROOT / "examples/assignment-cifar10.json").read_text())
NETWORKS = {"assignment": 0.5, "resnet9": 0.25}
WAYS = {"float32, torch's operations": ("float32", {"TRAINYARD_KERNELS": "off"}), "float32": ("float32", {}), "as trained here": ("auto", {})}


def train(network, width, seed, precision, environment, options):
    spec = RECIPE | {
        "seed": seed,
        "data": RECIPE["data"] | {"trainLimit": options.images},
        "model": RECIPE["model"] | {"preset": {"name": network, "width": width}},
        "training": RECIPE["training"] | {"epochs": options.epochs, "precision": precision, "evaluateTest": False},
    }
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "spec.json")
        path.write_text(json.dumps(spec))
        command = [TRAINER, "train", "--spec", path, "--out", folder + "/out", "--datasets", options.datasets, "--threads", str(os.cpu_count())]
        lines, _, _ = run(command, environment)
    events = [json.loads(line)["event"] for line in lines]
    started = next(event for event in events if event["type"] == "started")
    epochs = [event for event in events if event["type"] == "epoch"]
    return started["precision"], [epoch["trainLoss"] for epoch in epochs], epochs[-1]["validationAccuracy"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--datasets", required=True)
    for name, default in (("seeds", 3), ("epochs", 3), ("images", 12_000)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--only", choices=NETWORKS)
    options = parser.parse_args()

    print("| network | seed | way | loss of each epoch | validation |\n|---|---|---|---|---|")
    for network, width in NETWORKS.items():
        if options.only not in (None, network):
            continue
        accuracies = {way: [] for way in WAYS}
        for seed in range(1, options.seeds + 1):
            reference = None
            for way, (precision, environment) in WAYS.items():
                used, losses, accuracy = train(network, width, seed, precision, environment, options)
                shown = [f"{loss:.4f}" for loss in losses] if reference is None else [f"{100 * (loss / own - 1):+.2f} %" for loss, own in zip(losses, reference)]
                reference = reference or losses
                accuracies[way].append(accuracy)
                name = f"{way} ({used})" if precision == "auto" else way
                print(f"| {network} | {seed} | {name} | {', '.join(shown)} | {100 * accuracy:.2f} % |", flush=True)
        for way, values in accuracies.items():
            spread = f", standard deviation {100 * statistics.stdev(values):.2f}" if len(values) > 1 else ""
            print(f"| {network} | all | {way} | | {100 * statistics.mean(values):.2f} %{spread} |", flush=True)


if __name__ == "__main__":
    main()
