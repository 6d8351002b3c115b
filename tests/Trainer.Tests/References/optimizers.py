#!/usr/bin/env python3
"""Makes optimizers.json: weights after some steps of every optimizer, from PyTorch where it has the rule, else from the paper in NumPy.

    /usr/bin/python3 tests/Trainer.Tests/References/optimizers.py > tests/Trainer.Tests/References/optimizers.json

The problem has a closed form, so that a test computes the same gradients: weights w_i of a 3 x 4 matrix and a vector of 4, numbered through,
    g_i(w, t) = (0.5 + 0.1 i) (w_i - 0.3 i + 1) + 0.2 sin(1.3 t + 0.7 i),    t = 1, 2, ...
from w_i = cos(i). After step 25 the learning rate is halved, which tells momentum's two forms apart. Everything is float64.
"""
import json
import sys

import numpy as np
import torch

STEPS = 50
SHAPES = [(3, 4), (4,)]
SIZES = [12, 4]
RECORDED = [1, 2, 10, 25, 26, 50]


def start():
    return np.cos(np.arange(sum(SIZES), dtype=np.float64))


def gradient(w, t):
    i = np.arange(w.size)
    return (0.5 + 0.1 * i) * (w - 0.3 * i + 1) + 0.2 * np.sin(1.3 * t + 0.7 * i)


def rate(base, t):
    return base if t <= 25 else base / 2


def split(flat):
    return [part.reshape(shape) for part, shape in zip(np.split(flat, [SIZES[0]]), SHAPES)]


def run_torch(make, base, decoupled=0.0, l2=0.0):
    parameters = [torch.tensor(part, requires_grad=True) for part in split(start())]
    optimizer = make(parameters)
    recorded = {}
    for t in range(1, STEPS + 1):
        for group in optimizer.param_groups:
            group["lr"] = rate(base, t)
        flat = np.concatenate([p.detach().numpy().ravel() for p in parameters])
        for p, g in zip(parameters, split(gradient(flat, t))):
            p.grad = torch.tensor(g)
        optimizer.step()
        if t in RECORDED:
            recorded[t] = np.concatenate([p.detach().numpy().ravel() for p in parameters]).tolist()
    return recorded


def run_rule(step, base):
    """step(w, g, t, a, state, gradient) returns the new weights; for rules that PyTorch lacks or writes differently."""
    w, state, recorded = start(), {}, {}
    for t in range(1, STEPS + 1):
        w = step(w, t, rate(base, t), state)
        if t in RECORDED:
            recorded[t] = w.tolist()
    return recorded


def heavy_ball(r):
    def step(w, t, a, state):
        state["v"] = r * state.get("v", 0) - a * gradient(w, t)
        return w + state["v"]
    return step


def look_ahead(r):
    def step(w, t, a, state):
        v = state.get("v", np.zeros_like(w))
        state["v"] = r * v - a * gradient(w + r * v, t)
        return w + state["v"]
    return step


def rmsprop(c, e):
    def step(w, t, a, state):
        g = gradient(w, t)
        state["G"] = c * state.get("G", 0) + (1 - c) * g * g
        return w - a * g / (np.sqrt(state["G"]) + e)
    return step


def adam_without_correction(b1, b2, e):
    def step(w, t, a, state):
        g = gradient(w, t)
        state["m"] = b1 * state.get("m", 0) + (1 - b1) * g
        state["G"] = b2 * state.get("G", 0) + (1 - b2) * g * g
        return w - a * state["m"] / (np.sqrt(state["G"]) + e)
    return step


def lion(b1, b2):
    def step(w, t, a, state):
        g = gradient(w, t)
        m = state.get("m", np.zeros_like(w))
        state["m"] = b2 * m + (1 - b2) * g
        return w - a * np.sign(b1 * m + (1 - b1) * g)
    return step


def newton_schulz(g, iterations):
    a, b, c = 3.4445, -4.7750, 2.0315
    x = g / (np.linalg.norm(g) + 1e-7)
    transposed = x.shape[0] > x.shape[1]
    x = x.T if transposed else x
    for _ in range(iterations):
        s = x @ x.T
        x = a * x + (b * s + c * s @ s) @ x
    return x.T if transposed else x


def muon(r, iterations, adam_rate):
    b1, b2, e = 0.9, 0.999, 1e-8

    def step(w, t, a, state):
        g = gradient(w, t)
        matrix, rest = g[:SIZES[0]].reshape(SHAPES[0]), g[SIZES[0]:]
        state["v"] = r * state.get("v", 0) + matrix
        direction = newton_schulz(matrix + r * state["v"], iterations)
        scale = np.sqrt(max(1, SHAPES[0][0] / SHAPES[0][1]))
        state["m"] = b1 * state.get("m", 0) + (1 - b1) * rest
        state["G"] = b2 * state.get("G", 0) + (1 - b2) * rest * rest
        # The schedule's factor holds for both parts.
        adam = adam_rate * (a / 0.02) * (state["m"] / (1 - b1 ** t)) / (np.sqrt(state["G"] / (1 - b2 ** t)) + e)
        return w - np.concatenate([(a * scale * direction).ravel(), adam])
    return step


def main():
    o = torch.optim
    cases = [
        ("sgd", {"learningRate": 0.1}, run_torch(lambda p: o.SGD(p, 0.1), 0.1)),
        ("momentum", {"learningRate": 0.05, "momentum": 0.9, "form": "heavy_ball"}, run_rule(heavy_ball(0.9), 0.05)),
        ("momentum", {"learningRate": 0.05, "momentum": 0.9, "form": "pytorch"}, run_torch(lambda p: o.SGD(p, 0.05, momentum=0.9), 0.05)),
        ("nesterov", {"learningRate": 0.05, "momentum": 0.9, "form": "look_ahead"}, run_rule(look_ahead(0.9), 0.05)),
        ("nesterov", {"learningRate": 0.05, "momentum": 0.9, "form": "pytorch"}, run_torch(lambda p: o.SGD(p, 0.05, momentum=0.9, nesterov=True), 0.05)),
        ("adagrad", {"learningRate": 0.5, "epsilon": 1e-10}, run_torch(lambda p: o.Adagrad(p, 0.5, eps=1e-10), 0.5)),
        ("rmsprop", {"learningRate": 0.01, "decay": 0.9, "epsilon": 1e-8}, run_torch(lambda p: o.RMSprop(p, 0.01, alpha=0.9, eps=1e-8), 0.01)),
        ("rmsprop", {"learningRate": 0.01, "decay": 0.5, "epsilon": 1e-3}, run_rule(rmsprop(0.5, 1e-3), 0.01)),
        ("adam", {"learningRate": 0.05, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "biasCorrection": True},
         run_torch(lambda p: o.Adam(p, 0.05, betas=(0.9, 0.999), eps=1e-8), 0.05)),
        ("adam", {"learningRate": 0.05, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "biasCorrection": False},
         run_rule(adam_without_correction(0.9, 0.999, 1e-8), 0.05)),
        ("adamw", {"learningRate": 0.05, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8},
         run_torch(lambda p: o.AdamW(p, 0.05, betas=(0.9, 0.999), eps=1e-8, weight_decay=0), 0.05)),
        ("adadelta", {"learningRate": 1.0, "decay": 0.9, "epsilon": 1e-6}, run_torch(lambda p: o.Adadelta(p, 1.0, rho=0.9, eps=1e-6), 1.0)),
        ("nadam", {"learningRate": 0.02, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8},
         # PyTorch 1.13 multiplies mu_t in twice unless foreach is on; later versions follow the paper either way.
         run_torch(lambda p: o.NAdam(p, 0.02, betas=(0.9, 0.999), eps=1e-8, momentum_decay=0.004, foreach=True), 0.02)),
        ("adamax", {"learningRate": 0.02, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8},
         run_torch(lambda p: o.Adamax(p, 0.02, betas=(0.9, 0.999), eps=1e-8), 0.02)),
        ("lion", {"learningRate": 0.01, "beta1": 0.9, "beta2": 0.99}, run_rule(lion(0.9, 0.99), 0.01)),
        ("muon", {"learningRate": 0.02, "momentum": 0.95, "iterations": 5, "adamRate": 0.001}, run_rule(muon(0.95, 5, 0.001), 0.02)),
    ]
    json.dump(
        {
            "torch": torch.__version__,
            "cases": [
                {"optimizer": {"name": name, **parameters}, "weights": {str(t): w for t, w in recorded.items()}}
                for name, parameters, recorded in cases
            ],
        },
        sys.stdout, indent=1)
    print()


main()
