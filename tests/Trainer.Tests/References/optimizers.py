#!/usr/bin/env python3
"""Makes optimizers.json: weights after some steps of every optimizer and weight decay, from PyTorch where it has the rule, else from the paper in NumPy.

    /usr/bin/python3 tests/Trainer.Tests/References/optimizers.py > tests/Trainer.Tests/References/optimizers.json

The problem has a closed form, so that a test computes the same gradients: weights w_i of some tensors (a 3 x 4 matrix and a vector of 4, unless a case
has other shapes), numbered through in the order of their indices,
    g_i(w, t) = (0.5 + 0.1 i) (w_i - 0.3 i + 1) + 0.2 sin(1.3 t + 0.7 i),    t = 1, 2, ...
from w_i = cos(i). After step 25 the learning rate is halved, which distinguishes the two forms of momentum. Everything is float64.
"""
import json
import sys

import numpy as np
import torch

STEPS = 50
SHAPES = [(3, 4), (4,)]
RECORDED = [1, 2, 10, 25, 26, 50]


def start(shapes):
    return np.cos(np.arange(sum(np.prod(shape) for shape in shapes), dtype=np.float64))


def gradient(w, t):
    i = np.arange(w.size)
    return (0.5 + 0.1 * i) * (w - 0.3 * i + 1) + 0.2 * np.sin(1.3 * t + 0.7 * i)


def rate(base, t):
    return base if t <= 25 else base / 2


def split(flat, shapes):
    ends = np.cumsum([np.prod(shape) for shape in shapes])[:-1]
    return [part.reshape(shape) for part, shape in zip(np.split(flat, ends), shapes)]


def run_torch(make, base):
    """make(parameters) returns PyTorch's optimizer; its own weight_decay, if any, is part of what is recorded."""
    parameters = [torch.tensor(part, requires_grad=True) for part in split(start(SHAPES), SHAPES)]
    optimizer = make(parameters)
    recorded = {}
    for t in range(1, STEPS + 1):
        for group in optimizer.param_groups:
            group["lr"] = rate(base, t)
        flat = np.concatenate([p.detach().numpy().ravel() for p in parameters])
        for p, g in zip(parameters, split(gradient(flat, t), SHAPES)):
            p.grad = torch.tensor(g)
        optimizer.step()
        if t in RECORDED:
            recorded[t] = np.concatenate([p.detach().numpy().ravel() for p in parameters]).tolist()
    return recorded


def run_rule(step, base, shapes=SHAPES):
    """step(w, t, a, state) returns the new weights; for rules that PyTorch lacks or writes differently."""
    w, state, recorded = start(shapes), {}, {}
    for t in range(1, STEPS + 1):
        w = step(w, t, rate(base, t), state)
        if t in RECORDED:
            recorded[t] = w.tolist()
    return recorded


def sgd_l1(strength):
    """The loss has strength |w| added, whose slope is strength sign(w)."""
    return lambda w, t, a, state: w - a * (gradient(w, t) + strength * np.sign(w))


def rmsprop_l1(c, e, strength):
    """The slope of the penalty is part of the gradient, so the root of the mean square has it too."""
    def step(w, t, a, state):
        g = gradient(w, t) + strength * np.sign(w)
        state["G"] = c * state.get("G", 0) + (1 - c) * g * g
        return w - a * g / (np.sqrt(state["G"]) + e)
    return step


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


def adamw_of_the_paper(b1, b2, e, base, decay):
    """Algorithm 2 of Loshchilov, Hutter, 2019: w - s (base m / sqrt(G) + decay w) with the schedule's factor s, here 1 and then 1/2, in a = s base."""
    def step(w, t, a, state):
        g = gradient(w, t)
        state["m"] = b1 * state.get("m", 0) + (1 - b1) * g
        state["G"] = b2 * state.get("G", 0) + (1 - b2) * g * g
        return w - a / base * (base * (state["m"] / (1 - b1 ** t)) / (np.sqrt(state["G"] / (1 - b2 ** t)) + e) + decay * w)
    return step


def lion(b1, b2, decay=0.0):
    """Algorithm 2 of Chen et al., 2023, whose update is a (sign(c) + decay w)."""
    def step(w, t, a, state):
        g = gradient(w, t)
        m = state.get("m", np.zeros_like(w))
        state["m"] = b2 * m + (1 - b2) * g
        return w - a * (np.sign(b1 * m + (1 - b1) * g) + decay * w)
    return step


def newton_schulz(g, iterations):
    """The iteration x <- a x + b (x x^T) x + c (x x^T)^2 x moves each singular value by itself and keeps the singular vectors, so it is computed on those."""
    a, b, c = 3.4445, -4.7750, 2.0315
    u, s, v = np.linalg.svd(g / (np.linalg.norm(g) + 1e-7), full_matrices=False)
    for _ in range(iterations):
        s = a * s + b * s ** 3 + c * s ** 5
    return (u * s) @ v


def muon(r, iterations, adam_rate, shapes):
    """Jordan et al., 2024: matrices, and filters as the matrix of one row per filter, step along an orthogonal matrix; vectors take Adam's step."""
    b1, b2, e = 0.9, 0.999, 1e-8

    def matrix_step(w, g, t, a, state):
        state["v"] = r * state.get("v", 0) + g
        rows = g.shape[0]
        columns = g.size // rows
        direction = newton_schulz((g + r * state["v"]).reshape(rows, columns), iterations)
        return w - a * max(1, rows / columns) ** 0.5 * direction.reshape(g.shape)

    def vector_step(w, g, t, a, state):
        state["m"] = b1 * state.get("m", 0) + (1 - b1) * g
        state["G"] = b2 * state.get("G", 0) + (1 - b2) * g * g
        # The schedule's factor holds for both parts.
        return w - adam_rate * (a / 0.02) * (state["m"] / (1 - b1 ** t)) / (np.sqrt(state["G"] / (1 - b2 ** t)) + e)

    def step(w, t, a, state):
        parts = zip(split(w, shapes), split(gradient(w, t), shapes))
        moved = [
            (matrix_step if len(shape) > 1 else vector_step)(part, g, t, a, state.setdefault(index, {}))
            for index, ((part, g), shape) in enumerate(zip(parts, shapes))
        ]
        return np.concatenate([part.ravel() for part in moved])
    return step


def muon_case(*shapes):
    return {
        "optimizer": {"name": "muon", "learningRate": 0.02, "momentum": 0.95, "iterations": 5, "adamRate": 0.001},
        "shapes": shapes, "weights": run_rule(muon(0.95, 5, 0.001, shapes), 0.02, shapes),
    }


def decay_cases():
    """A decay, then the optimizer's step. 'biasAndNorm': whether the vector, which stands for a bias, decays too."""
    o = torch.optim
    adam = {"learningRate": 0.05, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}
    rmsprop = {"name": "rmsprop", "learningRate": 0.01, "decay": 0.9, "epsilon": 1e-8}
    lion_rule = {"name": "lion", "learningRate": 0.01, "beta1": 0.9, "beta2": 0.99}

    def matrix_only(p, decay):
        return [{"params": p[:1], "weight_decay": decay}, {"params": p[1:], "weight_decay": 0.0}]

    return [
        {"optimizer": optimizer, "weightDecay": {"name": name, "strength": strength, **settings}, "weights": weights}
        for optimizer, name, strength, settings, weights in [
            ({"name": "adamw", **adam}, "decoupled", 0.1, {"form": "pytorch", "biasAndNorm": True}, run_torch(lambda p: o.AdamW(p, 0.05, weight_decay=0.1), 0.05)),
            ({"name": "adamw", **adam}, "decoupled", 0.1, {"form": "pytorch", "biasAndNorm": False}, run_torch(lambda p: o.AdamW(matrix_only(p, 0.1), 0.05), 0.05)),
            ({"name": "adamw", **adam}, "decoupled", 0.02, {"form": "paper", "biasAndNorm": True},
             run_rule(adamw_of_the_paper(0.9, 0.999, 1e-8, 0.05, 0.02), 0.05)),
            ({"name": "adam", **adam, "biasCorrection": True}, "l2", 0.1, {"biasAndNorm": True}, run_torch(lambda p: o.Adam(p, 0.05, weight_decay=0.1), 0.05)),
            ({"name": "adam", **adam, "biasCorrection": True}, "l2", 0.1, {"biasAndNorm": False}, run_torch(lambda p: o.Adam(matrix_only(p, 0.1), 0.05), 0.05)),
            ({"name": "sgd", "learningRate": 0.1}, "l2", 0.1, {"biasAndNorm": True}, run_torch(lambda p: o.SGD(p, 0.1, weight_decay=0.1), 0.1)),
            ({"name": "momentum", "learningRate": 0.05, "momentum": 0.9, "form": "pytorch"}, "l2", 0.1, {"biasAndNorm": True},
             run_torch(lambda p: o.SGD(p, 0.05, momentum=0.9, weight_decay=0.1), 0.05)),
            (rmsprop, "l2", 0.1, {"biasAndNorm": True}, run_torch(lambda p: o.RMSprop(p, 0.01, alpha=0.9, weight_decay=0.1), 0.01)),
            ({"name": "sgd", "learningRate": 0.1}, "l1", 0.3, {"biasAndNorm": True}, run_rule(sgd_l1(0.3), 0.1)),
            (rmsprop, "l1", 0.3, {"biasAndNorm": True}, run_rule(rmsprop_l1(0.9, 1e-8, 0.3), 0.01)),
            (lion_rule, "decoupled", 0.5, {"form": "pytorch", "biasAndNorm": True}, run_rule(lion(0.9, 0.99, 0.5), 0.01)),
        ]
    ]


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
    ]
    cases = [{"optimizer": {"name": name, **parameters}, "weights": recorded} for name, parameters, recorded in cases]
    cases += [
        # The scale is 1 up to as many rows as columns.
        muon_case((3, 4), (4,)), muon_case((3, 8), (3,)), muon_case((8, 3), (8,)),
        # Filters [filters, channels, kernel, kernel]: more columns than rows, then more rows than columns.
        muon_case((4, 2, 2, 2), (4,)), muon_case((9, 1, 2, 2), (9,)),
    ]
    cases += decay_cases()
    lines = ",\n  ".join(json.dumps({"shapes": SHAPES, **case}) for case in cases)
    sys.stdout.write(f'{{\n "torch": "{torch.__version__}",\n "cases": [\n  {lines}\n ]\n}}\n')


main()
