#!/usr/bin/env python3
"""Writes the examples of responses on the Swagger page, src/Service/Http/ResponseExamples, from real answers: one for each schema that an operation answers with.

    tests/long/response_examples.py

It trains XOR with two seeds and with another optimizer, a deep network of sigmoid units whose gradient vanishes, and a small one on Fashion-MNIST. Long lists and images are cut; the test
OpenApiTests.Document_EveryAnswer_HasAnExampleOfItsSchema holds the examples against the schemas.
"""

import json
import pathlib
import re
import socket

from service import ROOT, Service

FOLDER = ROOT / "src/Service/Http/ResponseExamples"
XOR = json.loads((ROOT / "examples/xor.json").read_text())
SGD = {**XOR, "name": "XOR with SGD", "training": {**XOR["training"], "optimizer": {"name": "sgd", "learningRate": 0.1}}}
DEEP = {
    "name": "Deep sigmoid MLP",
    "experiment": "vanishing gradient",
    "seed": 1,
    "data": {"dataset": "moons", "validationFraction": 0.2},
    "model": {"kind": "mlp", "dense": [16, 16, 16, 16], "activation": "sigmoid", "initialization": "xavier"},
    "training": {"epochs": 3, "batchSize": 64, "optimizer": "sgd"},
}
CNN = {
    "name": "CNN on shapes",
    "data": {"dataset": {"name": "shapes", "trainSamples": 400, "testSamples": 100}},
    "model": {"kind": "cnn", "blocks": [{"filters": 4}]},
    "training": {"epochs": 2, "batchSize": 50},
}
SHAPES = {
    "name": "Shapes with a small CNN",
    "seed": 1,
    "data": {"dataset": {"name": "shapes", "trainSamples": 1000, "testSamples": 100}, "validationFraction": 0.2},
    "model": {"kind": "cnn", "blocks": [{"filters": 8}], "dense": [32]},
    "training": {"epochs": 2, "batchSize": 64, "optimizer": "adam"},
}
ASSIGNMENT = {
    "name": "A small network on Fashion-MNIST",
    "seed": 1,
    "data": {"dataset": "fashion-mnist", "validationCount": 5000, "trainLimit": 5000},
    "model": {"kind": "mlp", "dense": [32]},
    "training": {"epochs": 2, "optimizer": "adam"},
}
SWEEP = """
program: train.py
method: bayes
metric: {name: val_accuracy, goal: maximize}
parameters:
  learning_rate: {distribution: log_uniform_values, min: 0.0001, max: 0.1}
  momentum: {value: 0.9}
"""
LABS = {
    "backprop-by-hand": "Backprop",
    "gradient-check": "GradientCheck",
    "optimizer-paths": "OptimizerPaths",
    "adam-bias-correction": "AdamBias",
    "convolution-arithmetic": "Convolution",
}
LONGEST_LIST = 2
LONGEST_TEXT = 64


def cut(value, key=""):
    """The value with short lists and images, and without the names of this machine."""
    if isinstance(value, dict):
        return {name: cut(part, name) for name, part in value.items()}
    if isinstance(value, list):
        return value if key == "shape" else [cut(item, key) for item in value[:LONGEST_LIST]]
    if isinstance(value, str):
        if len(value) > LONGEST_TEXT and re.fullmatch(r"[A-Za-z0-9+/]+=*", value) and key in ("winner", "confidence", "image", "png", "maps", "filters"):
            return value[:LONGEST_TEXT]
        if key == "token":
            return "ty_" + "x" * (len(value) - 3)
        return value.replace(socket.gethostname(), "host-1")
    if isinstance(value, float):
        return float(f"{value:.6g}")
    return value


def main():
    with Service() as service:
        def call(path, body=None):
            data = None if body is None else json.dumps(body).encode()
            status, answer = service.get(path, {"Content-Type": "application/json"} if data else None, data)
            if status not in (200, 201):
                raise SystemExit(f"{path}: {status} {answer[:500]}")
            return json.loads(answer)

        runs = [service.submit({**XOR, "seed": seed}) for seed in (1, 2)] + [service.submit(run) for run in (SGD, DEEP, SHAPES, ASSIGNMENT)]
        for run in runs:
            service.wait_until(lambda: call(f"/api/v1/runs/{run}")["state"] in ("succeeded", "failed"), 300)
        first, _, sgd, deep, shapes, assignment = runs
        of = f"/api/v1/runs/{first}"
        optimizers = json.loads((ROOT / "examples/studies/xor-optimizers.json").read_text())
        optimizers["parameters"][0]["values"] = optimizers["parameters"][0]["values"][1:]
        study = f"/api/v1/studies/{call('/api/v1/studies', {**optimizers, 'seeds': 3})['id']}"
        service.wait_until(lambda: call(study)["state"] == "completed", 300)
        attempt = call("/api/v1/lessons/xor/runs", {"prediction": "three-quarters"})
        service.wait_until(lambda: call("/api/v1/lessons/xor/outcome")["ended"], 300)
        token = call("/api/v1/tokens", {"name": "grading script", "scope": "submit"})
        answers = {
            "Session": call("/api/v1/session"),
            "NewToken": token,
            "TokenList": call("/api/v1/tokens"),
            "Comparison": call(f"/api/v1/compare?run={first}&run={sgd}&metric=validation_accuracy"),
            "HealthStatus": call("/health/ready"),
            "RunMetrics": call(f"{of}/metrics?metric=validation_accuracy"),
            "RunCheckpoints": call(f"{of}/checkpoints"),
            "RunObservations": call(f"{of}/observations?histograms=true"),
            "DecisionFilm": call(f"{of}/decision-frames"),
            "RunPredictions": call(f"/api/v1/runs/{shapes}/predictions"),
            "RunEvaluations": call(f"/api/v1/runs/{deep}/evaluation"),
            "RunFindings": call(f"/api/v1/runs/{deep}/findings"),
            "RunDetail": call(of),
            "RunPage": call("/api/v1/runs?limit=1"),
            "RunCount": call("/api/v1/runs/count?experiment=vanishing%20gradient"),
            "RunColumns": call("/api/v1/runs/columns"),
            "FilterFieldList": call("/api/v1/runs/fields"),
            "SettingGroups": call("/api/v1/runs/groups?by=param.training.optimizer.name&where=dataset%20%3D%20xor"),
            "ExperimentPage": call("/api/v1/experiments"),
            "ArchivedRuns": call("/api/v1/experiments/archive?name=vanishing%20gradient", {}),
            "RunEventEntryPage": call(f"{of}/events?limit=4"),
            "SpecCheck": call("/api/v1/specs/check", XOR),
            "DatasetPreview": call("/api/v1/specs/preview", XOR),
            "CatalogPage": call("/api/v1/catalog"),
            "LabList": call("/api/v1/labs"),
            **{f"{record}Request{record}ResultLabAnswer": call(f"/api/v1/labs/{lab}?wait=30", {}) for lab, record in LABS.items()},
            "StudyCheck": call("/api/v1/studies/check", optimizers),
            "StudyDetail": call(study),
            "StudyPage": call("/api/v1/studies"),
            "TrialList": call(f"{study}/trials?curves=true"),
            "StudyResult": call(f"{study}/result"),
            "LessonList": call("/api/v1/lessons"),
            "LessonDetail": call("/api/v1/lessons/xor"),
            "LessonCheck": call("/api/v1/lessons/xor/check", {}),
            "LessonAttempt": attempt,
            "LessonAttemptList": call("/api/v1/lessons/xor/attempts"),
            "LessonOutcome": call("/api/v1/lessons/xor/outcome"),
            "HandInList": call("/api/v1/lessons/the-assignment/hand-ins", {"run": assignment}),
            "ImportedSpace": call("/api/v1/studies/import", {"text": SWEEP}),
            "SystemStatus": call("/api/v1/system"),
        }
        cnn = service.submit(CNN)
        service.wait_until(lambda: call(f"/api/v1/runs/{cnn}")["state"] == "succeeded", 300)
        answers["ForwardPass"] = call(f"/api/v1/runs/{cnn}/forward?sample=3&layer=conv1&channel=2&column=5")
        answers["ForwardSamples"] = call(f"/api/v1/runs/{cnn}/forward/samples?limit=2")
        FOLDER.mkdir(exist_ok=True)
        for schema, answer in answers.items():
            path = pathlib.Path(FOLDER, f"{schema}.json")
            path.write_text(json.dumps(cut(answer), indent=2, ensure_ascii=False) + "\n")
            print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
