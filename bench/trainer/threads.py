#!/usr/bin/env python3
"""Wall time of one update with one thread and with several, in float32 and bfloat16, for networks from the smallest to the quickstart's: what the default number of threads and
"precision": "auto" decide by.

    bench/trainer/threads.py [--rounds 3] [--only xor,mlp] [--threads 2] [--formats float32,bfloat16]

Each network is trained in turns with every choice, without observation. The time of an update is the sum of the medians of its parts (TRAINYARD_STEP_TIMES), the CPU time that of
all threads. Needs a release build of the trainer and the files of Fashion-MNIST (dataset-fashion-mnist).
"""
import argparse
import json
import pathlib
import statistics
import sys
import tempfile

sys.dont_write_bytecode = True
from precision import CASES, mlp
from step import TRAINER, run

FASHION = "fashion-mnist"
UPDATES = 60  # at least: 20 do not count
MORE = [
    ("xor: 8 units", {"name": "xor", "trainSamples": 4000, "testSamples": 20}, mlp(8), 256, 60),
    ("mlp 16, 16", {"name": "moons", "trainSamples": 4000, "testSamples": 20}, mlp(16, 16), 256, 60),
    ("mlp-5x100", FASHION, {"kind": "preset", "preset": "mlp-5x100"}, 100, 1),
]


def measure(spec, threads):
    """Milliseconds of an update, those of the processor, and the floating-point operations of an update."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "spec.json")
        path.write_text(json.dumps(spec))
        lines, errors, _ = run(
            [TRAINER, "train", "--spec", path, "--out", folder + "/out", "--threads", str(threads), "--checkpoint-seconds", "3600"], {"TRAINYARD_STEP_TIMES": "1"})
    layers = next(event for event in (json.loads(line)["event"] for line in lines) if event["type"] == "started")["layers"]
    parts = json.loads(errors.splitlines()[-1])
    processor = parts.pop("Processor")
    return sum(parts.values()) / 1000, processor / 1000, 3 * spec["training"]["batchSize"] * sum(layer["flops"] for layer in layers)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--only", help="beginnings of names, with commas")
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--formats", default="float32,bfloat16")
    options = arguments.parse_args()
    choices = [(precision, threads) for precision in options.formats.split(",") for threads in (1, options.threads)]
    names = [f"{precision}, {threads} thread{'s' if threads > 1 else ''}" for precision, threads in choices]
    print("| network | batch | MFLOP per update | " + " | ".join(f"{name}: ms | CPU ms" for name in names) + " |")
    print("|---" * (3 + 2 * len(names)) + "|")
    for name, dataset, model, batch, epochs in sorted(CASES + MORE, key=lambda case: str(case[1])):
        if options.only and not any(name.startswith(start) for start in options.only.split(",")):
            continue
        times = {choice: [] for choice in choices}
        data = {"dataset": dataset} | ({"trainLimit": 30000} if dataset == FASHION else {})
        if dataset != FASHION:
            epochs = max(epochs, -(-UPDATES * batch // dataset["trainSamples"]))
        for _ in range(options.rounds):
            for precision, threads in choices:
                training = {"batchSize": batch, "epochs": epochs, "observe": "off", "optimizer": "adam", "precision": precision}
                *figures, flops = measure({"data": data, "model": model, "training": training}, threads)
                times[precision, threads].append(figures)
        medians = [f"{statistics.median(one[index] for one in times[choice]):.3f}" for choice in choices for index in (0, 1)]
        print(f"| {name} | {batch} | {flops / 1e6:.2f} | " + " | ".join(medians) + " |", flush=True)


if __name__ == "__main__":
    main()
