#!/usr/bin/env python3
"""A minute of playing: frames come at a steady pace and never lag behind, and a step is answered within a moment at the end as at the beginning.

    tests/long/playground.py [seconds to play, 60]
"""

import asyncio
import statistics
import sys
import time

from service import Service

SPEC = {
    "seed": 1,
    "data": {"dataset": {"name": "spiral", "trainSamples": 400, "testSamples": 100}, "validationFraction": 0.5, "features": {"sinX1": True, "sinX2": True}},
    "model": {"kind": "mlp", "dense": [8, 8, 6], "activation": "tanh", "initialization": "xavier"},
    "training": {"epochs": 10000, "batchSize": 10, "optimizer": {"name": "adam", "learningRate": 0.003}, "precision": "float32"},
}
MOST_STEP_SECONDS = 0.05


async def steps(hub, session, count):
    """Seconds of each of some steps."""
    took = []
    for _ in range(count):
        began = time.monotonic()
        await hub.invoke("Step", session, 1)
        took.append(time.monotonic() - began)
    return took


def describe(seconds):
    ordered = sorted(seconds)
    return f"median {1e3 * statistics.median(ordered):.1f} ms, 95 % {1e3 * ordered[int(0.95 * (len(ordered) - 1))]:.1f} ms, most {1e3 * ordered[-1]:.1f} ms"


async def main(seconds):
    with Service() as service:
        hub = await service.connect("/hubs/playground")
        opening = await hub.invoke("Open", SPEC)
        session = opening["session"]
        await steps(hub, session, 5)
        first = await steps(hub, session, 50)
        print(f"step before: {describe(first)}")

        frames = []
        watching = hub.stream("Watch", session)
        began = time.monotonic()
        await hub.invoke("Play", session, 200.0)
        async for update in watching:
            now = time.monotonic() - began
            await hub.send("Shown", session, update["number"])
            frames.append((now, update["answer"]["frame"]["step"], update["number"]))
            if now >= seconds:
                break

        # Trained by now, against what the last frame shows: the delay of the picture.
        paused = await hub.invoke("Pause", session)
        behind = paused["answer"]["frame"]["step"] - frames[-1][1]
        last = await steps(hub, session, 50)
        print(f"step after {seconds:.0f} s of playing: {describe(last)}")

        third = len(frames) // 3
        gaps = [b[0] - a[0] for a, b in zip(frames, frames[1:])]
        print(f"{len(frames)} frames, {len(frames) / frames[-1][0]:.1f} per second; gaps at the beginning: {describe(gaps[:third])}; at the end: {describe(gaps[-third:])}")
        print(f"updates per second at the beginning {rate(frames[:third]):.0f}, at the end {rate(frames[-third:]):.0f}; the last frame was {behind} updates behind the training")
        slow = statistics.median(first) > MOST_STEP_SECONDS or statistics.median(last) > MOST_STEP_SECONDS
        lags = statistics.median(gaps[-third:]) > 2 * statistics.median(gaps[:third]) + 0.01 or behind > 100
        sys.exit(1 if slow or lags else 0)


def rate(frames):
    return (frames[-1][1] - frames[0][1]) / (frames[-1][0] - frames[0][0])


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1]) if len(sys.argv) > 1 else 60))
