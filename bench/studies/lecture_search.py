#!/usr/bin/env python3
"""Runs the lectures' search on Fashion-MNIST by four methods at the same budget, and writes a page about it with two figures.

    bench/studies/lecture_search.py [--trials 100] [--slots 2] [--out docs] [--methods random,grid,tpe,asha] [--again]

Each method trains as many epochs in all as 100 trials of examples/studies/lecture-search.json have: random, a grid of 10 x 10 and TPE that many trials; ASHA, on top
of random values, more trials of which most end early. Starts the built service with a data folder of its own for each method, one thread a run. The images are those
of Debian's package dataset-fashion-mnist; nothing is downloaded. Writes lecture-search.md, and lecture-search-best.svg and lecture-search-rates.svg in images/.

Each method's result is kept in artifacts/lecture-search, and the page is written after each: methods can be run one at a time, and the page has all that were run with
this number of trials and slots. One that is interrupted keeps its trials so far, and is run anew the next time; --again does so for all.
"""

import argparse
import copy
import datetime
import json
import math
import os
import pathlib
import re
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests/long"), str(ROOT / "bench")]
from plot import Plot, ticks  # noqa: E402
from service import Service  # noqa: E402

parser = argparse.ArgumentParser()
parser.add_argument("--trials", type=int, default=100)
parser.add_argument("--slots", type=int, default=2)
parser.add_argument("--out", type=pathlib.Path, default=ROOT / "docs")
parser.add_argument("--methods", default="random,grid,tpe,asha")
parser.add_argument("--again", action="store_true", help="run methods whose result is kept")
options = parser.parse_args()
KEPT = ROOT / "artifacts/lecture-search"

BASE = json.loads((ROOT / "examples/studies/lecture-search.json").read_text())
COLORS = {"random": "#4269d0", "grid": "#97751c", "tpe": "#c63d3d", "asha": "#2f8f5b"}
NAMES = {"random": "random", "grid": "grid", "tpe": "TPE", "asha": "ASHA on random"}
# Each epoch of each run, in the order in which they ended.
EPOCHS = """
select r.trial, p.value, p.epoch from metric_points p join runs r on r.id = p.run_id
where p.metric = 'validation_accuracy' order by p.at, r.trial, p.epoch
"""


def study_of(method, flops):
    study = copy.deepcopy(BASE)
    study["trials"] = options.trials
    if method == "grid":
        side = round(math.sqrt(options.trials))
        study["method"], study["trials"] = {"name": "grid"}, side * side
        for parameter in study["parameters"]:
            parameter["points"] = side
    elif method == "tpe":
        study["method"] = {"name": "tpe"}
    elif method == "asha":
        study |= {"stopping": {"name": "asha", "minimumEpochs": 1, "reductionFactor": 3}, "trials": 10 * options.trials, "budget": {"flops": flops}}
    return study


def run(method):
    with Service(Worker__Slots=options.slots, Trainer__Threads=1) as service:
        def call(path, body=None):
            status, answer = service.get(path, {"Content-Type": "application/json"} if body is not None else None, None if body is None else json.dumps(body).encode())
            if status >= 400:
                raise SystemExit(f"{path}: {status} {answer[:500]}")
            return json.loads(answer)

        check = call("/api/v1/studies/check", study_of("random", None))
        began = time.monotonic()
        study = f"/api/v1/studies/{call('/api/v1/studies', study_of(method, check['flops']))['id']}"

        def collect():
            detail = call(study)
            if detail["best"] is not None:
                # Only trials that have ended have a value.
                trials = [{name: trial[name] for name in ("number", "state", "assignment", "value")} for trial in call(f"{study}/trials")["items"] if trial["endedAt"]]
                epochs = [line.split("|") for line in service.psql(EPOCHS).splitlines()]
                keep({
                    "method": method, "whole": False, "date": str(datetime.date.today()), "seconds": time.monotonic() - began, "trials": trials,
                    "values": [float(value) if value else None for _, value, _ in epochs], "best": detail["best"], "test": None, "importance": None,
                })
            return detail["state"]

        while (state := collect()) not in ("completed", "failed"):
            time.sleep(2)
        if not kept(method).exists():
            raise SystemExit(f"{method}: {state}, and no trial has completed")
        result = json.loads(kept(method).read_text())
        if method == "random":
            result["importance"] = call(f"{study}/result")["importance"]
            call(f"{study}/test", {})
            service.wait_until(lambda: call(study)["looks"][0]["scores"][0]["accuracy"] is not None, 600)
            result["test"] = call(study)["looks"][0]["scores"][0]["accuracy"]
        keep(result | {"whole": True})
        print(f"{NAMES[method]}: {len(result['trials'])} trials, {len(result['values'])} epochs in {result['seconds'] / 60:.1f} min, best {result['best']['value']:.4f}", flush=True)


def best_so_far(values):
    best, curve = 0.0, []
    for value in values:
        best = best if value is None else max(best, value)
        curve.append(best)
    return curve


def write(results):
    images = options.out / "images"
    images.mkdir(parents=True, exist_ok=True)
    curves = {result["method"]: best_so_far(result["values"]) for result in results}
    top = max(max(curve) for curve in curves.values())
    longest = max(len(curve) for curve in curves.values())
    low = max(0.0, math.floor(20 * (top - 0.3)) / 20)
    plot = Plot("epochs trained, of all trials together", "best validation accuracy so far", (0, longest), (low, math.ceil(50 * top) / 50))
    for method, curve in curves.items():
        plot.steps([(index + 1, max(low, value)) for index, value in enumerate(curve)], COLORS[method], NAMES[method])
    (images / "lecture-search-best.svg").write_text(plot.svg(ticks(0, longest), ticks(*plot.y)))

    rate = next(parameter for parameter in BASE["parameters"] if parameter["name"] == "learning rate")
    plot = Plot("learning rate", "validation accuracy of the trial", (rate["low"], rate["high"]), (0, 1), log_x=True)
    for result in results:
        plot.points([(trial["assignment"]["learning rate"], trial["value"]) for trial in result["trials"] if trial["value"] is not None],
                    COLORS[result["method"]], NAMES[result["method"]])
    (images / "lecture-search-rates.svg").write_text(plot.svg([10.0 ** power for power in range(-6, -1)], ticks(0, 1)))
    (options.out / "lecture-search.md").write_text(re.sub("\n{3,}", "\n\n", page(results, curves, top)))


def page(results, curves, top):
    training = BASE["spec"]["training"]
    rows = []
    for result in results:
        best, curve = result["best"], curves[result["method"]]
        states = [trial["state"] for trial in result["trials"]]
        name = NAMES[result["method"]] + ("" if result["whole"] else " (interrupted)")
        near = next((str(index + 1) for index, value in enumerate(curve) if value >= top - 0.005), "not reached")
        rows.append(f"| {name} | {len(states)} | {states.count('completed')} | {len(curve)} | {result['seconds'] / 60:.1f} | {best['value']:.4f} "
                    f"| {best['assignment']['learning rate']:.2g} | {best['assignment']['decay']:.2g} | {near} |")
    tests = [result for result in results if result["test"] is not None]
    importance = next(({parameter["name"]: parameter["fanova"] for parameter in result["importance"]["parameters"]} for result in results if result["importance"]), None)
    model = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "unknown")
    return f"""# The lectures' search

Learning rate and weight decay of an MLP with six hidden layers of 100 ReLU units on Fashion-MNIST, with plain SGD: `examples/studies/lecture-search.json`. Both are drawn on
a logarithmic scale, the rate from 1e-6 to 1e-2 and the decay from 1e-8 to 1e-4. A fifth of the training images is held out; trials are judged by the accuracy on it after
{training['epochs']} epochs in batches of {training['batchSize']}. {'The methods have the same budget of epochs, and all' if len(results) > 1 else 'All'} trials the same split, initial weights and order of samples.

Measured on {' and '.join(sorted({result['date'] for result in results}))} with `bench/studies/lecture_search.py --trials {options.trials} --slots {options.slots}`: {options.slots} runs at a time with one thread each,
{os.cpu_count()} cores of an {model}.

| method | trials | to the end | epochs | minutes | best accuracy | learning rate | decay | epochs to within 0.5 points of the best |
|---|---|---|---|---|---|---|---|---|
{chr(10).join(rows)}

![Best validation accuracy so far over the epochs trained, by method](images/lecture-search-best.svg)

![Validation accuracy of each trial over its learning rate](images/lecture-search-rates.svg)

{notes(results)}
{"" if importance is None else f'''
By functional ANOVA over the random trials, the learning rate alone explains {100 * importance["learning rate"]:.0f} % of the variance of the accuracy, and the decay alone
{100 * importance["decay"]:.0f} %.
'''}{"" if not tests else f'''
The test set was opened once, for the best trial of the random search: {tests[0]['test']:.4f} on the test images, {tests[0]['best']['value']:.4f} on the validation split.
'''}"""


def notes(results):
    methods = [result["method"] for result in results]
    return " ".join(
        ["A grid tries each learning rate with every decay, the other methods a new rate in each trial."] * ("grid" in methods and len(methods) > 1)
        + ["ASHA ends most trials after one epoch and looks at more settings; the value of a trial that it stopped is that of its last epoch."] * ("asha" in methods))


def kept(method):
    return KEPT / f"{method}-{options.trials}-{options.slots}.json"


def keep(result):
    kept(result["method"]).write_text(json.dumps(result))


def known():
    return [json.loads(kept(method).read_text()) for method in NAMES if kept(method).exists()]


KEPT.mkdir(parents=True, exist_ok=True)
wanted = options.methods.split(",")
if unknown := [method for method in wanted if method not in NAMES]:
    raise SystemExit(f"unknown methods: {', '.join(unknown)}; there are {', '.join(NAMES)}")
try:
    for method in wanted:
        if not options.again and any(result["method"] == method and result["whole"] for result in known()):
            print(f"{NAMES[method]}: kept in {kept(method)}")
            continue
        kept(method).unlink(missing_ok=True)
        run(method)
finally:
    if known():
        write(known())
