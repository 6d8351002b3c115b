#!/usr/bin/env python3
"""Measures small runs one at a time against side by side.

    bench/studies/slots.py [--runs 4] [--epochs 100] [--batch 25] [--units 16]

Trains the same runs on a service of its own with one slot and all cores, with one slot and one thread, with a slot for each core and one thread, and with
Worker__Slots=auto. The time is from the claim of the first run to the end of the last, with the starts of the trainers.
"""

import argparse
import json
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tests/long"))
from service import Service  # noqa: E402

parser = argparse.ArgumentParser()
for name, default in (("runs", 4), ("epochs", 100), ("batch", 25), ("units", 16)):
    parser.add_argument(f"--{name}", type=int, default=default)
options = parser.parse_args()
CORES = os.cpu_count()

SPEC = {
    "name": "spiral", "data": {"dataset": {"name": "spiral", "trainSamples": 5000, "testSamples": 100}},
    "model": {"kind": "mlp", "dense": [options.units, options.units]},
    "training": {"epochs": options.epochs, "batchSize": options.batch, "optimizer": "adam", "observe": "off"},
}


def measure(**settings):
    with Service(**settings) as service:
        for seed in range(1, options.runs + 1):
            service.submit({**SPEC, "seed": seed})
        service.wait_until(lambda: service.psql("select bool_and(state = 'succeeded') from runs").strip() == "t", 3600)
        seconds = float(service.psql("select extract(epoch from max(ended_at) - min(started_at)) from attempts"))
        plan = json.loads(service.get("/api/v1/system")[1])["workers"][0]["oneThreadFlops"]
        return seconds, plan


print(f"{options.runs} runs of {options.epochs} epochs, {options.units} units, batches of {options.batch}; {CORES} cores, load {os.getloadavg()[0]:.1f}")
first = None
for name, settings in (
    (f"1 slot, {CORES} threads", {"Worker__Slots": 1, "Trainer__Threads": CORES}),
    ("1 slot, 1 thread", {"Worker__Slots": 1, "Trainer__Threads": 1}),
    (f"{CORES} slots, 1 thread", {"Worker__Slots": CORES, "Trainer__Threads": 1}),
    ("auto", {"Worker__Slots": "auto"}),
):
    seconds, plan = measure(**settings)
    first = first or seconds
    print(f"{name:20} {seconds:7.1f} s   {first / seconds:5.2f} x" + ("" if plan is None else f"   (one thread below {plan:.2g} floating-point operations an update)"), flush=True)
