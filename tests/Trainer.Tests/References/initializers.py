#!/usr/bin/env python3
"""Makes initializers.json: quantiles of the weights that PyTorch's initializers draw for a dense layer of 300 inputs and 100 outputs, and for the filters
of a convolution with 32 channels in, 80 channels out and a 3 x 3 kernel.

    /usr/bin/python3 tests/Trainer.Tests/References/initializers.py > tests/Trainer.Tests/References/initializers.json

A test compares them with the trainer's own draws by a Kolmogorov-Smirnov test of two samples. For 'orthogonal' the sample is the first entry of many 3 x 3 matrices.
"""
import json
import sys

import torch
from torch.nn import init

INPUTS, OUTPUTS = 300, 100
FILTERS = (80, 32, 3, 3)
SAMPLES = 600_000
PROBABILITIES = [i / 200 for i in range(1, 200)]


def drawn(fill, shape=(OUTPUTS, INPUTS)):
    return torch.cat([fill(torch.empty(shape)).flatten() for _ in range(SAMPLES // torch.Size(shape).numel())])


def rotations():
    return torch.stack([init.orthogonal_(torch.empty(3, 3))[0, 0] for _ in range(60_000)])


def described(values):
    return {
        "samples": values.numel(), "mean": values.double().mean().item(), "std": values.double().std().item(),
        "quantiles": [float(f"{q:.6g}") for q in torch.quantile(values.double(), torch.tensor(PROBABILITIES, dtype=torch.float64)).tolist()],
    }


# Those that depend on the fans.
SCALED = {
    "xavier normal average": init.xavier_normal_,
    "xavier uniform average": init.xavier_uniform_,
    # Variance 1 / n_in: PyTorch has it as kaiming with the gain of a linear unit.
    "xavier normal fan_in": lambda w: init.kaiming_normal_(w, nonlinearity="linear"),
    "xavier uniform fan_in": lambda w: init.kaiming_uniform_(w, nonlinearity="linear"),
    "lecun normal": lambda w: init.kaiming_normal_(w, nonlinearity="linear"),
    "lecun uniform": lambda w: init.kaiming_uniform_(w, nonlinearity="linear"),
    **{
        f"he {distribution} {mode}": lambda w, fill=fill, mode=mode: fill(w, mode=mode, nonlinearity="relu")
        for distribution, fill in (("normal", init.kaiming_normal_), ("uniform", init.kaiming_uniform_)) for mode in ("fan_in", "fan_out")
    },
}
torch.manual_seed(20251)
cases = {
    "normal": drawn(lambda w: init.normal_(w, std=0.01)),
    "uniform": drawn(lambda w: init.uniform_(w, -0.05, 0.05)),
    **{name: drawn(fill) for name, fill in SCALED.items()},
    "orthogonal": rotations(),
}
json.dump(
    {
        "torch": torch.__version__, "inputs": INPUTS, "outputs": OUTPUTS, "probabilities": PROBABILITIES,
        "cases": {name: described(values) for name, values in cases.items()},
        "convolution": {"filters": FILTERS, "cases": {name: described(drawn(fill, FILTERS)) for name, fill in SCALED.items()}},
    },
    sys.stdout)
print()
