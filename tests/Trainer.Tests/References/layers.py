#!/usr/bin/env python3
"""Makes layers.json: batch norm's running statistics and label smoothing, from PyTorch in float64.

    /usr/bin/python3 tests/Trainer.Tests/References/layers.py > tests/Trainer.Tests/References/layers.json

Inputs have a closed form, so that a test computes the same: value i of batch t is sin(0.7 i + 1.9 t) * (1 + 0.01 i) + 0.3 t.
"""
import json
import sys

import torch


def values(count, t):
    i = torch.arange(count, dtype=torch.float64)
    return torch.sin(0.7 * i + 1.9 * t) * (1 + 0.01 * i) + 0.3 * t


def batch_norm(momentum, epsilon, shape):
    norm = torch.nn.BatchNorm2d(shape[1], eps=epsilon, momentum=momentum).double()
    count = torch.Size(shape).numel()
    for t in range(3):
        trained = norm(values(count, t).reshape(shape))
    norm.eval()
    evaluated = norm(values(count, 3).reshape(shape))
    return {
        "momentum": momentum, "epsilon": epsilon, "shape": shape,
        "mean": norm.running_mean.tolist(), "variance": norm.running_var.tolist(),
        "trained": trained.flatten().tolist(), "evaluated": evaluated.flatten().tolist(),
    }


def smoothing(share):
    scores = values(12, 1).reshape(3, 4).requires_grad_()
    loss = torch.nn.functional.cross_entropy(scores, torch.tensor([2, 0, 3]), label_smoothing=share)
    loss.backward()
    return {"smoothing": share, "loss": loss.item(), "gradient": scores.grad.flatten().tolist()}


json.dump(
    {
        "torch": torch.__version__,
        "batchNorm": [batch_norm(0.1, 1e-5, [2, 3, 2, 2]), batch_norm(0.35, 1e-3, [3, 2, 1, 2])],
        "labelSmoothing": [smoothing(0.0), smoothing(0.1), smoothing(0.5)],
    },
    sys.stdout, indent=1)
print()
