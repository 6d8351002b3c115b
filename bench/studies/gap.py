#!/usr/bin/env python3
"""Measures how long a slot stands still between the end of a trial and the first step of the next one.

    bench/studies/gap.py [--trials 100] [--slots 2] [--epochs 25] [--method random] [--stopping asha] [--keep 60] [--both]

Starts the built service with a data folder of its own, and trains a study of small networks: a spiral of 5,000 points, batches of 25, one thread, about a second for
25 epochs. For each slot the gap is from the state event that ends a run to the first progress or epoch event of the next run on it; the parts of it are told apart.
--keep is Worker__KeepTrainerSeconds: with 0 each run has a process of its own. --both measures one after the other and prints both.
"""

import argparse
import json
import os
import pathlib
import statistics
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tests/long"))
from service import Service  # noqa: E402

parser = argparse.ArgumentParser()
parser.add_argument("--trials", type=int, default=100)
parser.add_argument("--slots", type=int, default=2)
parser.add_argument("--epochs", type=int, default=25)
parser.add_argument("--method", default="random")
parser.add_argument("--stopping", default=None)
parser.add_argument("--keep", type=float, default=60)
parser.add_argument("--both", action="store_true")
options = parser.parse_args()

STUDY = {
    "name": "gap",
    "spec": {
        "name": "spiral", "data": {"dataset": {"name": "spiral", "trainSamples": 5000, "testSamples": 100}}, "model": {"kind": "mlp", "dense": [16]},
        "training": {"epochs": options.epochs, "batchSize": 25, "optimizer": "adam", "observe": "off"},
    },
    "parameters": [{"name": "rate", "pointers": ["/training/optimizer/learningRate"], "kind": "float", "low": 1e-4, "high": 0.1, "log": True}],
    "method": {"name": options.method}, "trials": options.trials, "parallelism": options.slots,
    "stopping": {"name": options.stopping} if options.stopping else None,
}

# Of each worker's runs in the order of their claims: when they were claimed, started, made their first step, and ended.
TIMES = """
select a.run_id, extract(epoch from a.started_at),
    (select extract(epoch from min(at)) from run_events e where e.run_id = a.run_id and e.attempt = a.attempt and e.type = 'started'),
    (select extract(epoch from min(at)) from run_events e where e.run_id = a.run_id and e.attempt = a.attempt and e.type in ('progress', 'epoch')),
    (select extract(epoch from max(at)) from run_events e where e.run_id = a.run_id and e.attempt = a.attempt and e.type in ('finished', 'stopped')),
    extract(epoch from a.ended_at)
from attempts a where a.ended_at is not null order by a.started_at
"""


def cpu_seconds(pid):
    """Of a process that lives, by its clock ticks."""
    fields = open(f"/proc/{pid}/stat").read().rsplit(") ", 1)[1].split()
    return sum(int(ticks) for ticks in fields[11:13]) / os.sysconf("SC_CLK_TCK")


def measure(keep):
    with Service(Worker__Slots=options.slots, Trainer__Threads=1, Worker__KeepTrainerSeconds=keep) as service:
        began, cpu = time.monotonic(), cpu_seconds(service.process.pid)
        status, answer = service.get("/api/v1/studies", {"Content-Type": "application/json"}, json.dumps(STUDY).encode())
        if status != 201:
            raise SystemExit(f"submit: {status} {answer[:500]}")
        study = json.loads(answer)["id"]
        service.wait_until(lambda: json.loads(service.get(f"/api/v1/studies/{study}")[1])["state"] == "completed", 7200)
        took, cpu = time.monotonic() - began, cpu_seconds(service.process.pid) - cpu
        rows = [line.split("|") for line in service.psql(TIMES).splitlines()]
        first, again = (timed(lambda: service.get(f"/api/v1/studies/{study}/result")) for _ in range(2))
    runs = [tuple(float(value) for value in row[1:]) for row in rows if all(row)]
    report(keep, runs, took, cpu, first, again)


def timed(call):
    began = time.monotonic()
    call()
    return time.monotonic() - began


def report(keep, runs, took, cpu, first_result, second_result):
    # A slot takes the run that is claimed next after its own ended.
    ends, claims, gaps = [], [], []
    for claimed, _, first, _, ended in runs:
        free = [end for end in ends if end <= claimed]
        if free:
            last = max(free)
            ends.remove(last)
            claims.append(claimed - last)
            gaps.append(first - last)
        ends.append(ended)
    training = [finished - first for _, _, first, finished, _ in runs]
    print(f"\nWorker__KeepTrainerSeconds={keep:g}: {len(runs)} runs in {took:.1f} s on {options.slots} slots, {60 * len(runs) / took:.1f} a minute; "
          f"the slots trained {100 * sum(training) / (took * options.slots):.0f} % of the time; load {os.getloadavg()[0]:.1f}")
    print(f"{'milliseconds':46} {'median':>7} {'90 %':>7} {'99 %':>7} {'most':>7}")
    for name, values in (
        ("end of a run to the first step of the next", gaps),
        ("  end to the claim of the next", claims),
        ("  claim to started (process, engine, data)", [started - claimed for claimed, started, _, _, _ in runs]),
        ("  started to the first event of training", [first - started for _, started, first, _, _ in runs]),
        ("training", training),
        ("last event of the trainer to the end of the run", [ended - finished for _, _, _, finished, ended in runs]),
    ):
        ordered = sorted(values)
        quantiles = [statistics.median(ordered), *(ordered[min(len(ordered) - 1, int(part * len(ordered)))] for part in (0.9, 0.99)), ordered[-1]]
        print(f"{name:46} " + " ".join(f"{1000 * value:7.0f}" for value in quantiles))
    print(f"gaps of at most 300 ms: {100 * sum(gap <= 0.3 for gap in gaps) / len(gaps):.1f} %; "
          f"service: {1000 * cpu / len(runs):.0f} ms of CPU a run; result {1000 * first_result:.0f} ms, again {1000 * second_result:.0f} ms")


for value in ((0, options.keep) if options.both else (options.keep,)):
    measure(value)
