#!/usr/bin/env python3
"""Many clients of one run: server-sent events, SignalR streams and reads at once. None may be refused, and the service stops in time with all of them open.

    tests/long/many_clients.py [SSE clients, 500] [SignalR clients, 100] [concurrent reads, 200]
"""

import asyncio
import signal
import sys
import time

from service import Service

SPEC = {
    "name": "followed", "data": {"dataset": {"name": "xor", "trainSamples": 5000}}, "model": {"kind": "mlp", "dense": [8]}, "training": {"epochs": 10000, "batchSize": 8}}


async def main(sse, hub, reads):
    with Service() as service:
        run = service.submit(SPEC)
        service.wait_until(lambda: b'"running"' in service.get(f"/api/v1/runs/{run}")[1], 60)

        async def follow():
            status, reader, writer = await service.open(f"/api/v1/runs/{run}/events", "text/event-stream")
            if status == 200:
                await reader.readuntil(b"id: 3\n")
            return status, writer

        async def watch():
            stream = service.subscribe(run)
            try:
                return 200 if await anext(stream) else 0, stream
            except (OSError, StopAsyncIteration) as error:
                return str(error), stream

        async def read(number):
            path = ["/api/v1/runs?limit=200", f"/api/v1/runs/{run}", f"/api/v1/runs/{run}/metrics", "/api/v1/system"][number % 4]
            began = time.monotonic()
            status, reader, writer = await service.open(path)
            await reader.read()
            writer.close()
            return status, time.monotonic() - began

        began = time.monotonic()
        followers = await asyncio.gather(*(follow() for _ in range(sse)))
        watchers = await asyncio.gather(*(watch() for _ in range(hub)))
        print(f"{sse} SSE and {hub} SignalR clients connected in {time.monotonic() - began:.1f} s")
        answers = await asyncio.gather(*(read(number) for number in range(reads)))
        times = sorted(seconds for _, seconds in answers)
        print(f"{reads} reads: median {times[len(times) // 2]:.2f} s, slowest {times[-1]:.2f} s; service has {service.resident_bytes() / 1e6:.0f} MB")
        refused = [status for status, _ in [*followers, *watchers, *answers] if status != 200]
        print(f"refused: {len(refused)} {refused[:5]}")

        began = time.monotonic()
        service.process.send_signal(signal.SIGTERM)
        await asyncio.to_thread(service.process.wait, 60)
        stopped = time.monotonic() - began
        print(f"stopped in {stopped:.1f} s with all clients connected")
        sys.exit(1 if refused or stopped > 10 else 0)


if __name__ == "__main__":
    counts = [int(argument) for argument in sys.argv[1:]]
    asyncio.run(main(*(counts + [500, 100, 200][len(counts):])))
