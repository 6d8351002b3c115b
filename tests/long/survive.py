#!/usr/bin/env python3
"""Kills the service at random moments of a study, and compares its trials and its best one with those of the same study undisturbed.

    tests/long/survive.py [--kills 20] [--trials 40] [--seed 1] [--interval 2.5]

The method is TPE, whose proposals depend on the results of earlier trials, on two slots. A kill is SIGKILL to the service (its trainers end by themselves) and a
restart on the same data folder. Ends with 1 if anything differs.
"""

import argparse
import json
import random
import subprocess
import time

from service import PROGRAM, Service

options = argparse.ArgumentParser()
for name, default in (("kills", 20), ("trials", 40), ("seed", 1)):
    options.add_argument(f"--{name}", type=int, default=default)
options.add_argument("--interval", type=float, default=2.5, help="mean seconds between a restart and the next kill")
options = options.parse_args()

STUDY = {
    "name": "survive",
    "spec": {
        "name": "xor",
        "data": {"dataset": {"name": "xor", "trainSamples": 400, "testSamples": 20}},
        "model": {"kind": "mlp", "dense": [8]},
        "training": {"epochs": 150, "batchSize": 16, "optimizer": "adam"},
    },
    "parameters": [
        {"name": "rate", "pointers": ["/training/optimizer/learningRate"], "kind": "float", "low": 1e-4, "high": 0.3, "log": True},
        {"name": "units", "pointers": ["/model/dense/0"], "kind": "int", "low": 2, "high": 32},
    ],
    "method": {"name": "tpe"},
    "trials": options.trials,
    "parallelism": 2,
}
SETTINGS = {"Worker__Slots": 2, "Trainer__Threads": 1, "Queue__LeaseSeconds": 5, "Queue__BackoffSeconds": 0.2, "Queue__MaxAttempts": 100}


class Restartable(Service):
    def restart(self):
        """Kills the service and starts it again on its folder."""
        environment = self.environment()
        self.process.kill()
        self.process.wait()
        self.process = subprocess.Popen([PROGRAM], env=environment, stdout=self.log, stderr=self.log)
        self.wait_until(lambda: self.get("/health/ready")[0] == 200, 120)

    def environment(self):
        # The environment that it was started with.
        raw = open(f"/proc/{self.process.pid}/environ", "rb").read().split(b"\0")
        return dict(entry.decode().split("=", 1) for entry in raw if b"=" in entry)


def run(kills):
    """The trials of the study, each as its number, values and result; the best; and how many kills there were before its end."""
    chance = random.Random(options.seed)
    with Restartable(**SETTINGS) as service:
        headers = {"Content-Type": "application/json"}
        status, answer = service.get("/api/v1/studies", headers, json.dumps(STUDY).encode())
        if status != 201:
            raise SystemExit(f"submit: {status} {answer[:500]}")
        study = f"/api/v1/studies/{json.loads(answer)['id']}"
        done = 0
        while done < kills:
            time.sleep(chance.uniform(0.2, 2 * options.interval - 0.2))
            if json.loads(service.get(study)[1])["state"] != "running":
                break
            service.restart()
            done += 1
        service.wait_until(lambda: json.loads(service.get(study)[1])["state"] == "completed", 1200)
        detail = json.loads(service.get(study)[1])
        trials = json.loads(service.get(f"{study}/trials")[1])["items"]
        return [(trial["number"], trial["state"], trial["assignment"], trial["value"]) for trial in trials], detail["best"], done


began = time.monotonic()
undisturbed, best, _ = run(0)
print(f"undisturbed: {len(undisturbed)} trials in {time.monotonic() - began:.0f} s, best {best['number']} with {best['value']:.4f}")
began = time.monotonic()
killed, best_of_killed, done = run(options.kills)
print(f"killed {done} times: {len(killed)} trials in {time.monotonic() - began:.0f} s, best {best_of_killed['number']} with {best_of_killed['value']:.4f}")
different = [(a, b) for a, b in zip(undisturbed, killed) if a != b]
for pair in different[:5]:
    print("differs:", *pair, sep="\n  ")
if different or len(undisturbed) != len(killed) or best != best_of_killed:
    raise SystemExit("the studies differ")
print("the same trials, the same values, the same best")
