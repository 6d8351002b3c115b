#!/usr/bin/env python3
"""The quickstart network as a plain PyTorch program: the peer that the trainer's speed is compared with.

Same network, batch, optimizer, decay and data as examples/quickstart.json; prints training images per second of each epoch (validation not counted).
"""
import argparse
import gzip
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

arguments = argparse.ArgumentParser()
arguments.add_argument("--samples", type=int, default=12800)
arguments.add_argument("--epochs", type=int, default=2)
arguments.add_argument("--threads", type=int, default=2)
arguments.add_argument("--channels-last", action="store_true")
arguments.add_argument("--bfloat16", action="store_true", help="autocast")
options = arguments.parse_args()
torch.set_num_threads(options.threads)
torch.manual_seed(1)


def idx(name, header):
    with gzip.open(f"/usr/share/datasets/fashion-mnist/{name}.gz") as file:
        return torch.frombuffer(bytearray(file.read()[header:]), dtype=torch.uint8)


images = idx("train-images-idx3-ubyte", 16).reshape(-1, 1, 28, 28)
labels = idx("train-labels-idx1-ubyte", 8).long()
mean, std = 255 * 0.2860, 255 * 0.3530
layout = torch.channels_last if options.channels_last else torch.contiguous_format


def block(channels, filters):
    return [nn.Conv2d(channels, filters, 3, padding=1, bias=False), nn.BatchNorm2d(filters), nn.ReLU(), nn.MaxPool2d(2)]


model = nn.Sequential(
    *block(1, 16), *block(16, 32), *block(32, 64), nn.Flatten(),
    nn.Linear(576, 64, bias=False), nn.BatchNorm1d(64), nn.ReLU(), nn.Dropout(0.2), nn.Linear(64, 10),
).to(memory_format=layout)
decay = [p for m in model if isinstance(m, (nn.Conv2d, nn.Linear)) for n, p in m.named_parameters() if n == "weight"]
rest = [p for p in model.parameters() if all(p is not d for d in decay)]
optimizer = torch.optim.AdamW([{"params": decay, "weight_decay": 0.01}, {"params": rest, "weight_decay": 0.0}], lr=0.002)

for epoch in range(options.epochs):
    order = torch.randperm(options.samples)
    start = time.perf_counter()
    for batch in order.split(128):
        x = ((images[batch].float() - mean) / std).contiguous(memory_format=layout)
        with torch.autocast("cpu", torch.bfloat16, enabled=options.bfloat16):
            scores = model(x)
        loss = F.cross_entropy(scores.float(), labels[batch])
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
    print(round(options.samples / (time.perf_counter() - start)))
