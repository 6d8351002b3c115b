#!/usr/bin/env python3
"""Measures how long a slot stands still between the end of a trial and the first step of the next one.

    bench/studies/gap.py [--trials 100] [--slots 2] [--seconds 1] [--method random]

Starts the built service with a data folder of its own, and trains a study of small networks, each for about --seconds. For each slot the gap is from the state
event that ends a run to the first progress or epoch event of the next run on it, less the time of the step itself; the trainer's own start (runtime, engine, data)
is told apart: from the claim of the run to its `started` event.
"""

import argparse
import json
import statistics
import sys
import pathlib
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tests/long"))
from service import Service  # noqa: E402

options = argparse.ArgumentParser()
options.add_argument("--trials", type=int, default=100)
options.add_argument("--slots", type=int, default=2)
options.add_argument("--seconds", type=float, default=1)
options.add_argument("--method", default="random")
options = options.parse_args()

# About 1,300 epochs of 4 steps in a second, on one thread of the machine of the README.
STUDY = {
    "name": "gap",
    "spec": {
        "name": "xor", "data": {"dataset": {"name": "xor", "trainSamples": 100, "testSamples": 20}}, "model": {"kind": "mlp", "dense": [8]},
        "training": {"epochs": max(1, int(1300 * options.seconds)), "batchSize": 25, "optimizer": "adam", "observe": "off"},
    },
    "parameters": [{"name": "rate", "pointers": ["/training/optimizer/learningRate"], "kind": "float", "low": 1e-4, "high": 0.1, "log": True}],
    "method": {"name": options.method}, "trials": options.trials, "parallelism": options.slots,
}

# Of each worker's runs in the order of their claims: when they were claimed, started, made their first step, and ended.
TIMES = """
select a.run_id, extract(epoch from a.started_at),
    (select extract(epoch from min(at)) from run_events e where e.run_id = a.run_id and e.type = 'started'),
    (select extract(epoch from min(at)) from run_events e where e.run_id = a.run_id and e.type in ('progress', 'epoch')),
    extract(epoch from a.ended_at)
from attempts a where a.ended_at is not null order by a.started_at
"""


def quantiles(values):
    ordered = sorted(values)
    return f"median {statistics.median(ordered) * 1000:.0f} ms, 90 % {ordered[int(0.9 * (len(ordered) - 1))] * 1000:.0f} ms, most {ordered[-1] * 1000:.0f} ms"


with Service(Worker__Slots=options.slots, Trainer__Threads=1) as service:
    began = time.monotonic()
    status, answer = service.get("/api/v1/studies", {"Content-Type": "application/json"}, json.dumps(STUDY).encode())
    if status != 201:
        raise SystemExit(f"submit: {status} {answer[:500]}")
    study = json.loads(answer)["id"]
    service.wait_until(lambda: json.loads(service.get(f"/api/v1/studies/{study}")[1])["state"] == "completed", 3600)
    took = time.monotonic() - began
    rows = [line.split("|") for line in service.psql(TIMES).splitlines()]

runs = [tuple(float(value) for value in row[1:]) for row in rows if all(row)]
# A slot takes the run that is claimed next after its own ended.
ends, claims, gaps = [], [], []
for claimed, started, first, ended in runs:
    free = [end for end in ends if end <= claimed]
    if free:
        last = max(free)
        ends.remove(last)
        claims.append(claimed - last)
        gaps.append(first - last)
    ends.append(ended)
training = [ended - first for _, _, first, ended in runs]
print(f"{len(runs)} trials of {statistics.median(training):.2f} s on {options.slots} slots in {took:.0f} s; the slots trained {100 * sum(training) / (took * options.slots):.0f} % of the time")
print(f"end of a trial to the claim of the next: {quantiles(claims)}")
print(f"claim to started (process, runtime, engine, data): {quantiles([started - claimed for claimed, started, _, _ in runs])}")
print(f"started to the first event of training: {quantiles([first - started for _, started, first, _ in runs])}")
print(f"end of a trial to the first event of the next: {quantiles(gaps)}")
