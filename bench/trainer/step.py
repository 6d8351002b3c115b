#!/usr/bin/env python3
"""Updates per second of the trainer and of PyTorch, for networks from XOR to a residual one, in turns.

    bench/trainer/step.py [--rounds 3] [--only xor,mlp-5x100] [--float32] [--datasets FOLDER] [--threads 2] [--write]

The peer is step_peer.py: as most programs are written (float32, channels first), and tuned (bfloat16 autocast, channels last). The trainer chooses its precision itself. --float32
tunes the peer by its layout alone; with ONEDNN_MAX_CPU_ISA=AVX2 and DNNL_MAX_CPU_ISA=AVX2 in the environment, the first for the trainer, a processor stands for one without bfloat16. Each
program trains some epochs, the first does not count. Wall time is that of the training loop without validation; CPU time is user and system time of the process per update after
20 updates, which changes less while other programs run. --write puts the tables into bench/RESULTS.md. Needs a release build of the trainer, python3-torch, the files of
Fashion-MNIST (dataset-fashion-mnist) and of CIFAR-10 (in FOLDER/cifar-10-batches-bin); cases without their files are left out.
"""
import argparse
import datetime
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
TRAINER = ROOT / "artifacts/bin/Trainer/release/trainer"
PEER = ROOT / "bench/trainer/step_peer.py"
PROGRAMS = {"trainer": None, "PyTorch": [], "PyTorch, bfloat16, channels last": ["--tuned"]}
# Where the processor does not multiply bfloat16.
FLOAT32_PROGRAMS = {"trainer": None, "PyTorch": [], "PyTorch, channels last": ["--channels-last"]}
ADAM = {"name": "adam", "learningRate": 0.001}


def preset(name, width=None, **more):
    choice = {"name": name} | ({} if width is None else {"width": width})
    return {"kind": "preset", "preset": choice, "initialization": "he"} | more


def example(name):
    return json.loads((ROOT / "examples" / name).read_text())


def cases():
    """Name: dataset, limit of training samples, model, batch, epochs, and what else the training has."""
    assignment = example("assignment-cifar10.json")
    quickstart = example("quickstart.json")
    crop = {"augmentation": assignment["data"]["augmentation"]}
    smoothing = {"labelSmoothing": assignment["training"]["labelSmoothing"], "weightDecay": {"name": "decoupled", "strength": 0.01}}
    return {
        "xor": ({"dataset": {"name": "xor", "trainSamples": 8000, "testSamples": 20}}, 7680, example("xor.json")["model"], 32, 6, {}),
        "mlp-5x100": ({"dataset": "fashion-mnist"}, 50000, preset("mlp-5x100", activation="relu"), 100, 3, {}),
        "quickstart": ({"dataset": "fashion-mnist"}, 6400, quickstart["model"], 128, 8, {"weightDecay": quickstart["training"]["weightDecay"]}),
        "assignment": ({"dataset": "cifar-10"} | crop, 256 * 10, assignment["model"], 256, 5, smoothing),
        "resnet9, width 0.25": ({"dataset": "cifar-10"} | crop, 128 * 20, preset("resnet9", 0.25, activation="relu", batchNorm={"position": "before"}), 128, 5, smoothing),
    }


def spec(case):
    data, limit, model, batch, epochs, training = case
    counts = {} if isinstance(data["dataset"], dict) else {"validationCount": 320}
    if not counts:
        counts = {"validationCount": data["dataset"]["trainSamples"] - limit}
    else:
        counts["trainLimit"] = limit
    return {
        "name": "bench", "seed": 1, "data": data | counts, "model": model,
        "training": {"epochs": epochs, "batchSize": batch, "optimizer": ADAM, "observe": "off"} | training,
    }


def run(command, environment=None):
    """Output, errors and peak resident memory in MiB of a program."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=errors, env={**os.environ, **(environment or {})})
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        errors.seek(0)
        lines, problems = out.read().decode().splitlines(), errors.read().decode()
    if process.returncode != 0:
        sys.exit(f"{command[0]} ended with {process.returncode}:\n{problems}\n" + "\n".join(lines[-3:]))
    return lines, problems, usage.ru_maxrss / 1024


def train(case, threads, datasets):
    """Updates per second, CPU milliseconds per update, peak MiB, and the microseconds of each part of an update, of the trainer."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "spec.json")
        path.write_text(json.dumps(spec(case)))
        command = [TRAINER, "train", "--spec", path, "--out", folder + "/out", "--threads", str(threads)] + (["--datasets", datasets] if datasets else [])
        lines, errors, memory = run(command, {"TRAINYARD_STEP_TIMES": "1"})
    epochs = [event for event in (json.loads(line)["event"] for line in lines) if event["type"] == "epoch"]
    parts = json.loads(errors.splitlines()[-1])
    processor = parts.pop("Processor")
    return statistics.median(epoch["imagesPerSecond"] / case[3] for epoch in epochs[1:]), processor / 1000, memory, parts


def peer(name, case, threads, datasets, options):
    request = {"case": name, "spec": spec(case), "limit": case[1], "threads": threads, "datasets": datasets}
    lines, _, memory = run(["/usr/bin/python3", PEER, json.dumps(request), *options])
    result = json.loads(lines[-1])
    return result["stepsPerSecond"], result["processorMs"], memory


def has_files(case, datasets):
    name = case[0]["dataset"]
    if name == "cifar-10":
        return datasets is not None and pathlib.Path(datasets, "cifar-10-batches-bin").is_dir()
    return name != "fashion-mnist" or pathlib.Path("/usr/share/datasets/fashion-mnist").is_dir()


def table(results):
    rows = ["| network | program | updates/s | trainer is | CPU ms/update | trainer needs | peak MiB |", "|---|---|---|---|---|---|---|"]
    for name, programs in results.items():
        own = {index: statistics.median(one[index] for one in programs["trainer"]) for index in range(3)}
        for program, rounds in programs.items():
            speed, processor, memory = (statistics.median(one[index] for one in rounds) for index in range(3))
            against = ("", "") if program == "trainer" else (f"{own[0] / speed:.2f} times as fast", f"{own[1] / processor:.2f} times the CPU")
            rows.append(f"| {name} | {program} | {speed:.1f} | {against[0]} | {processor:.3f} | {against[1]} | {memory:.0f} |")
    return "\n".join(rows)


def parts_table(parts):
    names = list(next(iter(parts.values()))[0])
    rows = ["| network | " + " | ".join(names) + " | all |", "|---|" + "---|" * (len(names) + 1)]
    for case, rounds in parts.items():
        medians = [statistics.median(one[name] for one in rounds) for name in names]
        rows.append(f"| {case} | " + " | ".join(f"{value:.0f}" for value in medians) + f" | {sum(medians):.0f} |")
    return "\n".join(rows)


def machine():
    names = [line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")]
    return f"{len(names)} x {names[0]}"


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--only", help="names of cases, with commas")
    arguments.add_argument("--float32", action="store_true", help="tune PyTorch by its layout alone, as for processors that do not multiply bfloat16")
    arguments.add_argument("--datasets")
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--write", action="store_true")
    options = arguments.parse_args()
    chosen = {name: case for name, case in cases().items() if (not options.only or name.split(",")[0] in options.only.split(",")) and has_files(case, options.datasets)}
    programs = FLOAT32_PROGRAMS if options.float32 else PROGRAMS
    results = {name: {program: [] for program in programs} for name in chosen}
    parts = {name: [] for name in chosen}
    loads = []
    for number in range(options.rounds):
        for name, case in chosen.items():
            for program, flags in programs.items():
                if flags is None:
                    *figures, own = train(case, options.threads, options.datasets)
                    parts[name].append(own)
                else:
                    figures = peer(name, case, options.threads, options.datasets, flags)
                results[name][program].append(figures)
                loads.append(os.getloadavg()[0])
                print(f"round {number + 1}: {name}, {program}: {figures[0]:.1f} updates/s, {figures[1]:.3f} ms of CPU, {figures[2]:.0f} MiB, load {loads[-1]:.1f}", flush=True)
    revision = subprocess.run(["git", "-C", ROOT, "describe", "--always", "--dirty"], capture_output=True, text=True).stdout.strip()
    text = f"""# Speed of an update

`bench/trainer/step.py --rounds {options.rounds}{" --float32" if options.float32 else ""}` at revision {revision} on {datetime.date.today()}: {machine()}, {options.threads} threads, load average {min(loads):.1f} to {max(loads):.1f} (the
program itself makes about {options.threads}). Medians of {options.rounds} rounds in turns. All with Adam. A ratio above 1 in "trainer is" and below 1 in "trainer needs" is in favor of the trainer.

{table(results)}

Microseconds of each part of an update of the trainer, medians:

{parts_table(parts)}
"""
    print(text)
    if options.write:
        (ROOT / "bench/RESULTS.md").write_text(text)


if __name__ == "__main__":
    main()
