#!/usr/bin/env python3
"""What limits the parts of an update: floating-point operations a second over operations a byte, below the roofs of this machine.

    bench/kernels/roofline.py [--threads 2] [--rounds 15] [--write]

Runs `bench/kernels ... roofline` (Roofline.cs says what is counted) and prints a table; --write puts it into docs/performance.md and the picture into docs/images/roofline.svg.
"""
import argparse
import datetime
import os
import pathlib
import subprocess
import sys

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bench"), str(ROOT / "bench/trainer")]
from page import fill  # noqa: E402
from plot import Plot, powers  # noqa: E402
from step import machine  # noqa: E402

parser = argparse.ArgumentParser()
parser.add_argument("--threads", type=int, default=os.cpu_count())
parser.add_argument("--rounds", type=int, default=15)
parser.add_argument("--write", action="store_true")
options = parser.parse_args()

command = ["dotnet", "run", "--project", "bench/kernels", "-c", "Release", "--", str(options.threads), str(options.rounds), "roofline"]
lines = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
rows = [(name, int(operations), int(moved), float(milliseconds)) for name, operations, moved, milliseconds in (line.split("\t") for line in lines)]
tops = {name.removeprefix("roof: "): row for row in rows if (name := row[0]).startswith("roof: ")}
parts = [row for row in rows if not row[0].startswith("roof: ")]
products = {name.split(", ")[1]: operations / milliseconds / 1e6 for name, (_, operations, _, milliseconds) in tops.items() if operations}  # GFLOP/s
copy = tops["copy"][2] / tops["copy"][3] / 1e6  # GB/s


table = ["| part | GFLOP | MB | FLOP a byte | ms | GFLOP/s | GB/s | of its roof |", "|---|---|---|---|---|---|---|---|"]
for name, operations, moved, milliseconds in parts:
    intensity, speed = operations / moved, operations / milliseconds / 1e6
    roof = min(products["BFloat16" if name.startswith("convolution") else "Float32"], copy * intensity)
    table.append(f"| {name} | {operations / 1e9:.3g} | {moved / 1e6:.3g} | {intensity:.3g} | {milliseconds:.3g} | {speed:.3g} | {moved / milliseconds / 1e6:.3g} | {100 * speed / roof:.0f} % |")
said = (f"`bench/kernels/roofline.py --threads {options.threads} --write`, {machine()}, {datetime.date.today()}, load average {os.getloadavg()[0]:.1f}. Roofs: "
        + ", ".join(f"{speed:.0f} GFLOP/s ({kind.lower()})" for kind, speed in products.items()) + f", {copy:.1f} GB/s (copy).")
print("\n".join([said, "", *table]))
if options.write:
    points = [(operations / moved, operations / milliseconds / 1e6) for _, operations, moved, milliseconds in parts]
    x, y = (min(point[0] for point in points) / 2, 3000), (min(point[1] for point in points) / 2, max(products.values()) * 1.5)
    plot = Plot("floating-point operations a byte", "GFLOP/s", x, y, log_x=True, log_y=True)
    for (kind, speed), color in zip(products.items(), ("#97751c", "#c63d3d")):
        plot.line([(max(x[0], y[0] / copy), max(y[0], copy * x[0])), (speed / copy, speed), (x[1], speed)], color, f"roof, {kind.lower()}")
    plot.points(points, "#4269d0", "parts of an update", [name for name, *_ in parts])
    (ROOT / "docs/images/roofline.svg").write_text(plot.svg(powers(*x), powers(*y)))
    fill(ROOT / "docs/performance.md", "roofline", "\n".join([said, "", *table]))
