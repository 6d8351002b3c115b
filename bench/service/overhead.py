#!/usr/bin/env python3
"""What the service costs a run: the same spec trained by the trainer alone and through the service, in turns.

    bench/service/overhead.py [--rounds 5] [--spec examples/quickstart.json] [--epochs N] [--threads 2] [--datasets FOLDER]

Trains the spec ROUNDS times by `trainer train`, beside a service without work, and ROUNDS times through that service, which nobody watches, in turns, and prints for both the
medians of the seconds of training that the run itself reports, of the seconds from the request to the end (for the trainer alone: of the process; the end is seen up to 2 s
late), and of the accuracy, which is the same. The service has trained the spec once before: what a run needs is compiled. The service's own processor time while the run trains is printed in seconds. The images of the quickstart are those of Debian's package dataset-fashion-mnist.
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
sys.path.insert(0, str(ROOT / "tests/long"))
from service import Service  # noqa: E402

TRAINER = ROOT / "artifacts/bin/Trainer/release/trainer"


def alone(spec, threads, datasets):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "spec.json"
        path.write_text(json.dumps(spec))
        command = [TRAINER, "train", "--spec", path, "--out", folder + "/out", "--threads", str(threads), *(["--datasets", datasets] if datasets else [])]
        began = time.monotonic()
        output = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=True).stdout
        whole = time.monotonic() - began
    events = [json.loads(line)["event"] for line in output.splitlines()]
    finished = next(event for event in events if event["type"] == "finished")
    epoch = [event for event in events if event["type"] == "epoch"][-1]
    return finished["seconds"], whole, epoch["validationAccuracy"], 0.0


def processor_seconds(process):
    fields = open(f"/proc/{process}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def finish(service, run):
    """The run when it has ended; asks rarely, and often at the end of short ones."""
    began = time.monotonic()
    while (detail := json.loads(service.get(f"/api/v1/runs/{run}")[1]))["finishedAt"] is None:
        time.sleep(0.2 if time.monotonic() - began < 3 else 2)
    if detail["state"] != "succeeded":
        sys.exit(f"the run ended as {detail['state']}")
    return detail


def served(spec, service):
    used, began = processor_seconds(service.process.pid), time.monotonic()
    detail = finish(service, service.submit(spec))
    return detail["elapsedSeconds"], time.monotonic() - began, detail["validationAccuracy"], processor_seconds(service.process.pid) - used


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--spec", type=pathlib.Path, default=ROOT / "examples/quickstart.json")
    arguments.add_argument("--epochs", type=int)
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--datasets")
    options = arguments.parse_args()
    spec = json.loads(options.spec.read_text())
    if options.epochs:
        spec["training"]["epochs"] = options.epochs
    results = {"alone": [], "service": []}
    with Service(Worker__Slots=1, Trainer__Threads=options.threads, **({"Datasets__Folder": options.datasets} if options.datasets else {})) as service:
        served(spec, service)
        for _ in range(options.rounds):
            results["alone"].append(alone(spec, options.threads, options.datasets))
            results["service"].append(served(spec, service))
            print(results["alone"][-1], results["service"][-1], file=sys.stderr, flush=True)
    print(f"{options.spec.name}, {spec['training']['epochs']} epochs, {options.rounds} rounds in turns, {options.threads} threads, load average {os.getloadavg()[0]:.1f}\n")
    print("| trained | training, s | from request to end, s | validation accuracy | the service's processor, s |\n|---|---|---|---|---|")
    medians = {name: [statistics.median(values) for values in zip(*rounds)] for name, rounds in results.items()}
    for name, (training, whole, accuracy, used) in medians.items():
        print(f"| {'by the trainer alone' if name == 'alone' else 'through the service'} | {training:.2f} | {whole:.2f} | {accuracy:.4f} | {used:.2f} |")
    print(f"\nThrough the service, training takes {medians['service'][0] / medians['alone'][0]:.3f} times as long.")


if __name__ == "__main__":
    main()
