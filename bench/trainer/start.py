#!/usr/bin/env python3
"""Time from the spawn of a trainer to its first step and to the end of a short run.

    bench/trainer/start.py [--rounds 10] [--spec examples/xor.json] [--threads 2] [--trainer PROGRAM] [--trainer ANOTHER]

Starts the trainer ROUNDS times with warm file caches (a first start does not count; several trainers in turns), and prints the median, fastest and slowest milliseconds from the
spawn to the first event (`started`: the engine is loaded, the data read, the network built), to the event of the first step (observation of epoch 0; the spec must not
switch it off) and to the end of the process; and the processor time of the process.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


def measure(trainer, spec, threads, environment=None):
    """Milliseconds to the started event, to the first step, to the end, and of the processor."""
    with tempfile.TemporaryDirectory() as folder:
        command = [trainer, "train", "--spec", spec, "--out", folder + "/out", "--threads", str(threads)]
        began = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ, **(environment or {})})
        times = {}
        for line in process.stdout:
            now = time.perf_counter()
            times.setdefault(json.loads(line)["event"]["type"], now)
        process.stdout.close()
        _, status, usage = os.wait4(process.pid, 0)
        ended = time.perf_counter()
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{trainer} ended with {process.returncode}")
    milliseconds = [1000 * (at - began) for at in (times["started"], times["observation"], ended)]
    return [*milliseconds, 1000 * (usage.ru_utime + usage.ru_stime)]


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rounds", type=int, default=10)
    arguments.add_argument("--spec", default=ROOT / "examples/xor.json")
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--trainer", action="append")
    options = arguments.parse_args()
    programs = options.trainer or [str(ROOT / "artifacts/bin/Trainer/release/trainer")]
    results = {program: [] for program in programs}
    for number in range(options.rounds + 1):
        for program in programs:
            times = measure(program, options.spec, options.threads)
            if number > 0:
                results[program].append(times)
    print(f"{options.rounds} starts, {options.threads} threads, load average {os.getloadavg()[0]:.1f}")
    print("| trainer | to | median, ms | fastest | slowest |\n|---|---|---|---|---|")
    for program, rounds in results.items():
        for name, values in zip(("started", "first step", "end", "processor"), zip(*rounds)):
            print(f"| {program} | {name} | {statistics.median(values):.0f} | {min(values):.0f} | {max(values):.0f} |")


if __name__ == "__main__":
    main()
