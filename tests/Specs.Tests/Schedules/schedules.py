#!/usr/bin/env python3
"""Makes schedules.json: the factor of every learning-rate schedule at each update (10 epochs of 20, or one epoch of 8), from PyTorch's schedulers.

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


def warm(after):
    return lambda o: s.SequentialLR(o, [s.LinearLR(o, 1 / 40, 1.0, 39), after(o)], [40])


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
json.dump({"torch": torch.__version__, "losses": LOSSES, "cases": [{"schedule": c, "factors": f} for c, f in cases]}, sys.stdout)
print()
