#!/usr/bin/env python3
"""Makes schedules.json: the factor of every learning-rate schedule at each update, from PyTorch's schedulers: over 10 epochs of 20 updates (cases), and at the
edges of schedules and trainings (edges), where everything is counted in updates, as PyTorch's schedulers count their steps.

    /usr/bin/python3 tests/Specs.Tests/Schedules/schedules.py > tests/Specs.Tests/Schedules/schedules.json
"""
import json
import sys

import torch
from torch.optim import lr_scheduler as s

EPOCHS, PER_EPOCH = 10, 20
STEPS = EPOCHS * PER_EPOCH
LOSSES = [1.0, 0.9, 0.8, 0.8, 0.79999, 0.8, 0.7, 0.7, 0.7, 0.7]


def factors(make, every_step, metric=None, steps=STEPS):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    scheduler = make(optimizer)
    out = []
    for step in range(steps):
        out.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if every_step and step < steps - 1:
            scheduler.step()
        elif not every_step and (step + 1) % PER_EPOCH == 0:
            scheduler.step(*([metric[step // PER_EPOCH]] if metric else []))
    return out


def one_cycle(rise, steps):
    schedule = {"name": "one_cycle", "rise": rise, "start": 0.04, "end": 0.000004}
    return schedule, factors(
        lambda o: s.OneCycleLR(o, 1.0, total_steps=steps, pct_start=rise, div_factor=25, final_div_factor=1e4, cycle_momentum=False), True, steps=steps)


def warm(after, steps=40):
    return lambda o: s.SequentialLR(o, [s.LinearLR(o, 1 / steps, 1.0, steps - 1), after(o)], [steps])


def edges():
    """Schedules of trainings of 1, 2 and a few updates: (epochs, updates per epoch, schedule, scheduler)."""
    constant = lambda o: s.LambdaLR(o, lambda step: 1.0)
    for epochs, per in [(1, 1), (2, 1), (1, 2), (3, 4)]:
        steps = epochs * per
        yield epochs, per, {"name": "constant", "warmup": 0}, constant
        yield epochs, per, {"name": "step", "every": 1, "factor": 0.5, "warmup": 0}, lambda o, per=per: s.StepLR(o, per, 0.5)
        yield epochs, per, {"name": "step", "every": 100, "factor": 0.5, "warmup": 0}, lambda o, per=per: s.StepLR(o, 100 * per, 0.5)
        yield epochs, per, {"name": "multistep", "milestones": [0], "factor": 0.1, "warmup": 0}, lambda o: s.MultiStepLR(o, [0], 0.1)
        yield epochs, per, {"name": "multistep", "milestones": [epochs, 2 * epochs], "factor": 0.1, "warmup": 0}, lambda o, n=steps: s.MultiStepLR(o, [n, 2 * n], 0.1)
        yield epochs, per, {"name": "multistep", "milestones": [0, 1, 1], "factor": 0.5, "warmup": 0}, lambda o, per=per: s.MultiStepLR(o, [0, per, per], 0.5)
        yield epochs, per, {"name": "cosine", "minimum": 0.1, "cycles": 1, "warmup": 0}, lambda o, n=steps: s.CosineAnnealingLR(o, n, 0.1)
        yield epochs, per, {"name": "linear", "end": 0, "warmup": 0}, lambda o, n=steps: s.LinearLR(o, 1.0, 0.0, n)
        if per == 1:
            yield epochs, per, {"name": "exponential", "factor": 0.9, "warmup": 0}, lambda o: s.ExponentialLR(o, 0.9)
        for warmup in [epochs, 2 * epochs, 10 * epochs]:  # as long as training, and longer
            yield epochs, per, {"name": "constant", "warmup": warmup}, warm(constant, warmup * per)
            yield epochs, per, {"name": "cosine", "minimum": 0, "cycles": 1, "warmup": warmup}, warm(lambda o: s.CosineAnnealingLR(o, 1), warmup * per)
        for rise in [0.01, 0.3, 0.9, 0.99]:
            yield (epochs, per, {"name": "one_cycle", "rise": rise, "start": 0.04, "end": 0.000004},
                   lambda o, n=steps, rise=rise: s.OneCycleLR(o, 1.0, total_steps=n, pct_start=rise, div_factor=25, final_div_factor=1e4, cycle_momentum=False))
    # Fractions of an epoch.
    yield 2, 10, {"name": "step", "every": 0.1, "factor": 0.9, "warmup": 0}, lambda o: s.StepLR(o, 1, 0.9)
    yield 2, 10, {"name": "step", "every": 0.3, "factor": 0.9, "warmup": 0}, lambda o: s.StepLR(o, 3, 0.9)
    yield 3, 10, {"name": "step", "every": 1.1, "factor": 0.9, "warmup": 0}, lambda o: s.StepLR(o, 11, 0.9)
    yield 2, 10, {"name": "multistep", "milestones": [0.3, 0.7], "factor": 0.5, "warmup": 0}, lambda o: s.MultiStepLR(o, [3, 7], 0.5)
    yield 4, 5, {"name": "cosine", "minimum": 0, "cycles": 20, "warmup": 0}, lambda o: s.CosineAnnealingWarmRestarts(o, 1)
    yield 4, 5, {"name": "cosine", "minimum": 0, "cycles": 10, "warmup": 0}, lambda o: s.CosineAnnealingWarmRestarts(o, 2)
    yield 3, 4, {"name": "multistep", "milestones": [0, 1], "factor": 0.5, "warmup": 1}, warm(lambda o: s.MultiStepLR(o, [0, 4], 0.5), 4)
    yield 3, 4, {"name": "step", "every": 1, "factor": 0.5, "warmup": 1.5}, warm(lambda o: s.StepLR(o, 4, 0.5), 6)
    yield 3, 4, {"name": "linear", "end": 0.5, "warmup": 2.75}, warm(lambda o: s.LinearLR(o, 1.0, 0.5, 1), 11)


cases = [
    ({"name": "step", "every": 3, "factor": 0.5, "warmup": 0}, factors(lambda o: s.StepLR(o, 3, 0.5), False)),
    ({"name": "multistep", "milestones": [4, 7], "factor": 0.1, "warmup": 0}, factors(lambda o: s.MultiStepLR(o, [4, 7], 0.1), False)),
    ({"name": "exponential", "factor": 0.9, "warmup": 0}, factors(lambda o: s.ExponentialLR(o, 0.9), False)),
    ({"name": "cosine", "minimum": 0.05, "cycles": 1, "warmup": 0}, factors(lambda o: s.CosineAnnealingLR(o, STEPS, 0.05), True)),
    ({"name": "cosine", "minimum": 0.05, "cycles": 4, "warmup": 0}, factors(lambda o: s.CosineAnnealingWarmRestarts(o, STEPS // 4, eta_min=0.05), True)),
    ({"name": "cosine", "minimum": 0, "cycles": 1, "warmup": 2}, factors(warm(lambda o: s.CosineAnnealingLR(o, 160)), True)),
    one_cycle(0.3, STEPS),
    one_cycle(0.9, 8),
    one_cycle(0.1, 8),
    ({"name": "linear", "end": 0.1, "warmup": 0}, factors(lambda o: s.LinearLR(o, 1.0, 0.1, STEPS), True)),
    ({"name": "plateau", "metric": "validation_loss", "factor": 0.5, "patience": 1, "threshold": 0.0001, "minimum": 0.3},
     factors(lambda o: s.ReduceLROnPlateau(o, factor=0.5, patience=1, threshold=1e-4, min_lr=0.3, eps=0), False, LOSSES)),
]
edge_cases = [
    {"epochs": epochs, "stepsPerEpoch": per, "schedule": schedule, "factors": factors(make, True, steps=epochs * per)} for epochs, per, schedule, make in edges()]
json.dump({"torch": torch.__version__, "losses": LOSSES, "cases": [{"schedule": c, "factors": f} for c, f in cases], "edges": edge_cases}, sys.stdout)
print()
