#!/usr/bin/env python3
"""Trains a spec with the release build of the trainer and prints what it reached, when.

    bench/assignment/measure.py SPEC [--threads N] [--datasets DIR]

Beside the seconds of the clock it prints processor seconds, because other programs may use the machine: on a machine that does nothing else, N threads need about
a Nth of them. 'validation' is the accuracy that choices are made by; the test set is looked at once, at the end, with the final weights.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def load():
    return "/".join(f"{value:.1f}" for value in os.getloadavg()[:2])


arguments = argparse.ArgumentParser()
arguments.add_argument("spec")
arguments.add_argument("--threads", type=int, default=2)
arguments.add_argument("--datasets")
options = arguments.parse_args()

with tempfile.TemporaryDirectory() as out:
    command = [ROOT / "artifacts/bin/Trainer/release/trainer", "train", "--spec", options.spec, "--out", out, "--threads", str(options.threads), "--checkpoint-seconds", "3600"]
    if options.datasets:
        command += ["--datasets", options.datasets]
    trainer = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    flops = samples = 0
    start = previous = 0.0
    for line in trainer.stdout:
        event = json.loads(line)["event"]
        if event["type"] == "started":
            flops = 3 * sum(layer["flops"] for layer in event["layers"])  # forward, and twice that backward
            samples = event["trainSamples"]
            start = previous = cpu_seconds(trainer.pid)
            print(f"{samples} samples, {event['parameters']} parameters, {flops / 1e6:.1f} MFLOP a training sample, load {load()}", flush=True)
            print(f"{'epoch':>5} {'clock s':>8} {'cpu s':>7} {'cpu s/N':>7} {'train':>7} {'validation':>10} {'GFLOP per cpu s':>15} {'load':>10}", flush=True)
        elif event["type"] == "epoch":
            now = cpu_seconds(trainer.pid)
            print(
                f"{event['epoch']:5} {event['elapsedSeconds']:8.1f} {now - start:7.1f} {(now - start) / options.threads:7.1f} {100 * event['trainAccuracy']:6.2f}% "
                f"{100 * event['validationAccuracy']:9.2f}% {flops * samples / max(now - previous, 1 / TICKS) / 1e9:15.1f} {load():>10}",
                flush=True)
            previous = now
        elif event["type"] == "finished":
            test = event["testAccuracy"]
            print(f"finished after {event['seconds']:.1f} s; test accuracy {'not asked for' if test is None else f'{100 * test:.2f}%'}", flush=True)
        elif event["type"] == "failed":
            print(event["message"], file=sys.stderr)
    sys.exit(trainer.wait())
