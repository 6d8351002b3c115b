#!/usr/bin/env python3
"""Makes plateaus.json: the factor on the learning rate after each epoch of a made-up validation course, from PyTorch's ReduceLROnPlateau.

    /usr/bin/python3 tests/Trainer.Tests/References/plateaus.py > tests/Trainer.Tests/References/plateaus.json

Loss and accuracy tell different stories, so that each case depends on its own metric and on the side that is better.
"""
import json
import sys

import torch
from torch.optim.lr_scheduler import ReduceLROnPlateau

SAMPLES = 1000
# Correct answers: a rise, less than 1 % more, a fall, a long plateau with one more rise.
CORRECT = [500, 600, 700, 703, 650, 704, 720, 715, 690, 720, 740, 741, 742, 600, 500, 400]
# Falls while the accuracy stands, rises while it rises.
LOSSES = [0.9, 1.0, 1.1, 0.8, 0.79, 0.795, 0.785, 0.70, 0.70, 0.71, 0.72, 0.60, 0.597, 0.7, 0.8, 0.9]


def factors(mode, values, **settings):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    scheduler = ReduceLROnPlateau(optimizer, mode=mode, threshold_mode="rel", eps=0, **settings)
    after = []
    for value in values:
        scheduler.step(value)
        after.append(optimizer.param_groups[0]["lr"])
    return after


def case(metric, factor, patience, threshold, minimum):
    mode, values = ("min", LOSSES) if metric == "validation_loss" else ("max", [correct / SAMPLES for correct in CORRECT])
    return {
        "schedule": {"name": "plateau", "metric": metric, "factor": factor, "patience": patience, "threshold": threshold, "minimum": minimum},
        "factors": factors(mode, values, factor=factor, patience=patience, threshold=threshold, min_lr=minimum),
    }


json.dump(
    {
        "torch": torch.__version__, "samples": SAMPLES, "correct": CORRECT, "losses": LOSSES,
        "cases": [
            case(metric, *settings)
            for metric in ("validation_accuracy", "validation_loss")
            for settings in ((0.5, 1, 0.01, 0.1), (0.3, 0, 0.0, 0.0), (0.5, 2, 0.0001, 0.0))
        ],
    },
    sys.stdout)
print()
