#!/usr/bin/env python3
"""The networks of step.py as plain PyTorch programs: same layers, batch, optimizer, decay, augmentation and data. Prints updates per second and CPU time per update as JSON.

--tuned: bfloat16 autocast and channels last, instead of float32 and channels first. --channels-last: channels last, in float32.
"""
import gzip
import json
import pathlib
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

request = json.loads(sys.argv[1])
tuned = "--tuned" in sys.argv
spec = request["spec"]
torch.set_num_threads(request["threads"])
torch.manual_seed(1)
batch_size = spec["training"]["batchSize"]
layout = torch.channels_last if tuned or "--channels-last" in sys.argv else torch.contiguous_format


def fashion_mnist():
    def read(name, header):
        with gzip.open(f"/usr/share/datasets/fashion-mnist/{name}.gz") as file:
            return torch.frombuffer(bytearray(file.read()[header:]), dtype=torch.uint8)

    return read("train-images-idx3-ubyte", 16).reshape(-1, 1, 28, 28), read("train-labels-idx1-ubyte", 8).long()


def cifar():
    folder = pathlib.Path(request["datasets"], "cifar-10-batches-bin")
    records = torch.frombuffer(bytearray(b"".join(path.read_bytes() for path in sorted(folder.glob("data_batch_*.bin")))), dtype=torch.uint8).reshape(-1, 3073)
    return records[:, 1:].reshape(-1, 3, 32, 32).contiguous(), records[:, 0].long()


def xor():
    points = torch.rand(request["limit"], 2) * 2 - 1
    return points, (points[:, 0] * points[:, 1] > 0).long()


def conv(channels, filters):
    return [nn.Conv2d(channels, filters, 3, padding=1, bias=False), nn.BatchNorm2d(filters), activation()]


class Add(nn.Module):
    def __init__(self, *layers):
        super().__init__()
        self.layers = nn.Sequential(*layers)

    def forward(self, x):
        return x + self.layers(x)


class GlobalMax(nn.Module):
    def forward(self, x):
        return x.amax((2, 3))


def quickstart():
    blocks = [*conv(1, 16), nn.MaxPool2d(2), *conv(16, 32), nn.MaxPool2d(2), *conv(32, 64), nn.MaxPool2d(2)]
    return [*blocks, nn.Flatten(), nn.Linear(576, 64, bias=False), nn.BatchNorm1d(64), nn.ReLU(), nn.Dropout(0.2), nn.Linear(64, 10)]


def assignment():
    width = spec["model"]["preset"]["width"]
    layers, channels = [], 3
    for filters, count in [(32, 1), (64, 2), (128, 2), (256, 2)]:
        for _ in range(count):
            layers += conv(channels, round(filters * width))
            channels = round(filters * width)
        layers.append(nn.MaxPool2d(2))
    units = round(128 * width)
    return [*layers, nn.Flatten(), nn.Linear(channels * 4, units, bias=False), nn.BatchNorm1d(units), activation(), nn.Dropout(0.1), nn.Linear(units, 10)]


def resnet9():
    a, b, c, d = (round(filters * spec["model"]["preset"]["width"]) for filters in (64, 128, 256, 512))
    return [
        *conv(3, a), *conv(a, b), nn.MaxPool2d(2), Add(*conv(b, b), *conv(b, b)), *conv(b, c), nn.MaxPool2d(2),
        *conv(c, d), nn.MaxPool2d(2), Add(*conv(d, d), *conv(d, d)), GlobalMax(), nn.Linear(d, 10),
    ]


def mlp():
    sizes = [784, 100, 100, 100, 100, 100]
    hidden = [layer for inputs, units in zip(sizes, sizes[1:]) for layer in (nn.Linear(inputs, units), nn.ReLU())]
    return [nn.Flatten(), *hidden, nn.Linear(100, 10)]


activation = {"silu": nn.SiLU, "relu": nn.ReLU, "tanh": nn.Tanh}[spec["model"]["activation"]]
build, load = {
    "xor": (lambda: [nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 2)], xor),
    "mlp-5x100": (mlp, fashion_mnist),
    "quickstart": (quickstart, fashion_mnist),
    "assignment": (assignment, cifar),
    "resnet9, width 0.25": (resnet9, cifar),
}[request["case"]]
samples, labels = load()
images = samples.dim() == 4
mean, std = (samples[:10000].float().mean((0, 2, 3), keepdim=True), samples[:10000].float().std((0, 2, 3), keepdim=True)) if images else (0, 1)
crop = spec["data"].get("augmentation", {}).get("crop", 0)
model = nn.Sequential(*build()).to(memory_format=layout)
strength = spec["training"].get("weightDecay", {"strength": 0})["strength"]
decay = [parameter for parameter in model.parameters() if parameter.dim() > 1]
rest = [parameter for parameter in model.parameters() if parameter.dim() <= 1]
optimizer = torch.optim.AdamW([{"params": decay, "weight_decay": strength}, {"params": rest, "weight_decay": 0.0}], lr=0.001)


def augment(x):
    """Flip and crop of each image of the batch, by one indexing."""
    n, _, height, width = x.shape
    padded = F.pad(x, [crop] * 4)
    rows = torch.randint(0, 2 * crop + 1, (n, 1)) + torch.arange(height)
    columns = torch.randint(0, 2 * crop + 1, (n, 1)) + torch.where(torch.rand(n, 1) < 0.5, torch.arange(width), torch.arange(width - 1, -1, -1))
    return padded.permute(0, 2, 3, 1)[torch.arange(n)[:, None, None], rows[:, :, None], columns[:, None, :]].permute(0, 3, 1, 2)


speeds, processor = [], []
for epoch in range(spec["training"]["epochs"]):
    order = torch.randperm(request["limit"])
    start, used = time.perf_counter(), time.process_time()
    batches = order.split(batch_size)
    for batch in batches:
        x = samples[batch]
        if crop:
            x = augment(x)
        if images:
            x = ((x.float() - mean) / std).contiguous(memory_format=layout)
        with torch.autocast("cpu", torch.bfloat16, enabled=tuned):
            scores = model(x)
        loss = F.cross_entropy(scores.float(), labels[batch], label_smoothing=spec["training"].get("labelSmoothing", 0.0))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        loss.item()
    if epoch > 0:
        speeds.append(len(batches) / (time.perf_counter() - start))
        processor.append(1000 * (time.process_time() - used) / len(batches))
speeds.sort()
print(json.dumps({"stepsPerSecond": speeds[len(speeds) // 2], "processorMs": sum(processor) / len(processor)}))
