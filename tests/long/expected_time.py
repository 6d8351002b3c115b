#!/usr/bin/env python3
"""The expected time of runs against the time that they took, on a warm service: each example is run once, then checked and run again with changes.

    tests/long/expected_time.py [names of examples, all whose data is here] [--seeds 2]

Changes: another seed, half of the epochs, other widths, another optimizer. Fails where fewer than nine of ten expectations are within a factor of two; where the
service gives none, none is counted.
"""

import argparse
import copy
import datetime
import json
import pathlib

from service import ROOT, Service


def variants(spec, seeds):
    """The spec with changes, by name."""
    for seed in range(2, 2 + seeds):
        yield f"seed {seed}", changed(spec, lambda one: one.update(seed=seed))
    epochs = spec["training"]["epochs"]
    if epochs > 3:
        yield f"{epochs // 2} epochs", changed(spec, lambda one: one["training"].update(epochs=epochs // 2))
    yield "wider", changed(spec, widen)
    yield "momentum", changed(spec, lambda one: one["training"].update(optimizer={"name": "momentum", "learningRate": 0.01}))


def changed(spec, change):
    result = copy.deepcopy(spec)
    change(result)
    return result


def widen(spec):
    model = spec["model"]
    if "dense" in model:
        model["dense"] = [round(1.5 * units) for units in model["dense"]]
    for block in model.get("blocks", []):
        block["filters"] = round(1.25 * block["filters"])


def seconds_of(run):
    started, finished = (datetime.datetime.fromisoformat(run[name]) for name in ("startedAt", "finishedAt"))
    return (finished - started).total_seconds()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("examples", nargs="*")
    parser.add_argument("--seeds", type=int, default=2)
    arguments = parser.parse_args()
    names = arguments.examples or sorted(path.stem for path in (ROOT / "examples").glob("*.json"))
    with Service() as service:
        def call(path, body=None):
            data = None if body is None else json.dumps(body).encode()
            return json.loads(service.get(path, {"Content-Type": "application/json"} if data else None, data)[1])

        def train(spec):
            run = service.submit(spec)
            path = f"/api/v1/runs/{run}"
            service.wait_until(lambda: call(path)["state"] in ("succeeded", "failed"), 3600)
            return call(path)

        warm = {}
        for name in names:
            spec = json.loads(pathlib.Path(ROOT, "examples", f"{name}.json").read_text())
            if train(spec)["state"] == "succeeded":
                warm[name] = spec
            else:
                print(f"{name}: not measured, its data is not here")

        ratios = []
        for name, spec in warm.items():
            for what, variant in variants(spec, arguments.seeds):
                expected = call("/api/v1/specs/check", variant)["expectedSeconds"]
                run = train(variant)
                if run["state"] != "succeeded":
                    continue
                took = seconds_of(run)
                if expected is None:
                    print(f"{name:28} {what:12} took {took:7.1f} s, no expectation", flush=True)
                    continue
                ratios.append(expected / took)
                print(f"{name:28} {what:12} took {took:7.1f} s, expected {expected:7.1f} s: {expected / took:.2f}", flush=True)

    within = sum(0.5 <= ratio <= 2 for ratio in ratios)
    print(f"{within} of {len(ratios)} within a factor of two")
    raise SystemExit(0 if ratios and within >= 0.9 * len(ratios) else 1)


if __name__ == "__main__":
    main()
