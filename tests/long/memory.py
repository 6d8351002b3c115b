#!/usr/bin/env python3
"""Memory of the service while the largest answers of each endpoint are asked for at once, by clients that read fast, slowly or not at all.

    tests/long/memory.py [clients of each endpoint, 12] [limit in MB, 400]

The database gets one run with 20,000 observations (110 MB of JSON without histograms), as many decision frames, 300 evaluations with images, a long log and
100 runs with curves of 2,000 epochs.
"""

import asyncio
import pathlib
import sys
import time

from service import Service

SPEC = {"name": "large", "data": {"dataset": "xor"}, "model": {"kind": "mlp", "dense": [8]}, "training": {"epochs": 1}}

# Events as a trainer writes them for a network of 20 observed layers.
FILL = """
create temporary table parts as select
    (select jsonb_agg(jsonb_build_object('layer', n, 'name', 'dense' || n, 'kind', 'dense',
        'activation', jsonb_build_object('mean', 0.123456789, 'std', 1.123456789, 'zeroShare', 0.5, 'deadShare', 0.01, 'saturatedShare', null),
        'gradient', jsonb_build_object('norm', 0.123456789, 'mean', 0.00123, 'std', 0.123), 'activationGradientNorm', 0.5,
        'weight', jsonb_build_object('norm', 3.123456789, 'mean', 0.0123, 'std', 0.2123), 'updateRatio', 0.00123)) from generate_series(0, 19) as n) as layers,
    (select jsonb_agg(jsonb_build_object('layer', n, 'activation', jsonb_build_object('min', -1, 'max', 1, 'counts', (select jsonb_agg(c) from generate_series(1, 64) as c)),
        'gradient', null, 'weight', null)) from generate_series(0, 19) as n) as histograms,
    jsonb_build_object('xMin', -1, 'xMax', 1, 'yMin', -1, 'yMax', 1, 'width', 64, 'height', 64, 'classes', 2, 'winner', repeat('AAEB', 1366), 'confidence', repeat('gP8A', 1366),
        'points', null) as frame,
    (select jsonb_agg(jsonb_build_object('sample', n, 'label', 1, 'predicted', 0, 'confidence', 0.9, 'loss', 2.3, 'image', repeat('iVBO', 500))) from generate_series(1, 100) as n) as mistakes;

insert into run_events select '{run}', 1000 + n, 1, now(), 'observation', jsonb_build_object('type', 'observation', 'epoch', n, 'step', n * 10, 'layers', layers, 'histograms', null)
    from parts, generate_series(1, 20000) as n;
insert into run_details select '{run}', 1000 + n, histograms from parts, generate_series(1, 20000) as n;
insert into run_events select '{run}', 30000 + n, 1, now(), 'decision_frame', jsonb_build_object('type', 'decision_frame', 'epoch', n, 'step', n * 10, 'frame', null)
    from generate_series(1, 20000) as n;
insert into run_details select '{run}', 30000 + n, frame from parts, generate_series(1, 20000) as n;
insert into run_events select '{run}', 60000 + n, 1, now(), 'evaluation', jsonb_build_object('type', 'evaluation', 'epoch', n, 'split', 'validation', 'samples', 2, 'loss', 1, 'accuracy', 0.5,
    'classNames', jsonb_build_array('no', 'yes'), 'confusion', jsonb_build_array(jsonb_build_array(1, 0), jsonb_build_array(1, 0)),
    'perClass', jsonb_build_array(jsonb_build_object('precision', 0.5, 'recall', 1, 'f1', 0.6, 'support', 1), jsonb_build_object('precision', null, 'recall', 0, 'f1', null, 'support', 1)),
    'mistakes', null) from generate_series(1, 300) as n;
insert into run_details select '{run}', 60000 + n, mistakes from parts, generate_series(1, 300) as n;
insert into metric_points select '{run}', metric, n, n * 10, random(), now(), n from generate_series(1, 100000) as n,
    unnest(array['train_loss', 'train_accuracy', 'validation_loss', 'validation_accuracy', 'learning_rate', 'images_per_second']) as metric;
insert into metric_points select id, metric, n, n * 10, random(), now(), n from runs, generate_series(1, 2000) as n,
    unnest(array['train_loss', 'train_accuracy', 'validation_loss', 'validation_accuracy', 'learning_rate', 'images_per_second']) as metric where id <> '{run}';
insert into metric_summaries select distinct id, metric, 1, 1, 1 from runs,
    unnest(array['train_loss', 'train_accuracy', 'validation_loss', 'validation_accuracy', 'learning_rate', 'images_per_second']) as metric;
update runs set last_seq = 100000 where id = '{run}';
analyze;
"""


async def main(clients, limit):
    with Service(Service__Role="api") as service:
        run = service.submit(SPEC)
        others = [service.submit({**SPEC, "seed": seed}) for seed in range(100)]
        service.psql(FILL.replace("{run}", run))
        folder = pathlib.Path(service.folder.name) / "data/runs" / run
        (folder / "checkpoints").mkdir(parents=True, exist_ok=True)
        (folder / "trainer.log").write_text("a line of the log of a trainer\n" * 1_000_000)
        paths = [
            f"/api/v1/runs/{run}/observations", f"/api/v1/runs/{run}/observations?histograms=true", f"/api/v1/runs/{run}/decision-frames", f"/api/v1/runs/{run}/predictions", f"/api/v1/runs/{run}/evaluation",
            f"/api/v1/runs/{run}/metrics?points=10000", f"/api/v1/runs/{run}/metrics.csv", f"/api/v1/runs/{run}/log?tail=100000", f"/api/v1/runs/{run}/events?limit=1000&after=1000",
            "/api/v1/compare?points=10000&" + "&".join(f"run={other}" for other in others), "/api/v1/compare.csv?" + "&".join(f"run={other}" for other in others),
            "/api/v1/runs?limit=200", f"/api/v1/runs/{run}", f"/api/v1/runs/{run}/code", "/swagger/v1/swagger.json",
        ]
        print(f"before: {service.resident_bytes() / 1e6:.0f} MB")
        print(f"{'endpoint':60} {'first':>8} {'answer':>9} {'time':>7} {'peak':>7}")
        worst = 0
        for path in [*paths, None]:
            peak = asyncio.create_task(watch_peak(service))
            began = time.monotonic()
            if path is None:
                results = await asyncio.gather(*(read(service, every) for every in paths for _ in range(clients)), slow_readers(service, paths))
                name = f"all of them, {clients} clients each, and slow ones"
            else:
                results = await asyncio.gather(*(read(service, path) for _ in range(clients)))
                name = path[:60]
            peak.cancel()
            top = await peak
            worst = max(worst, top)
            bad = sorted({status for status, *_ in results[: len(results) - (path is None)] if status != 200})
            print(f"{name:60} {max(first for _, _, first in results[:clients]):7.2f}s {max(size for _, size, _ in results[:clients]) / 1e6:7.1f}MB "
                  f"{time.monotonic() - began:6.1f}s {top / 1e6:5.0f}MB {bad or ''}", flush=True)

        bodies = asyncio.create_task(watch_peak(service))
        statuses = await asyncio.gather(*(asyncio.to_thread(service.get, "/api/v1/runs", {"Content-Type": "application/json"}, b'{"name":"' + b"x" * 10_000_000 + b'"}') for _ in range(50)))
        bodies.cancel()
        worst = max(worst, await bodies)
        print(f"50 bodies of 10 MB: {sorted({status for status, _ in statuses})}; worst peak {worst / 1e6:.0f} MB; after: {service.resident_bytes() / 1e6:.0f} MB")
        sys.exit(0 if worst < limit * 1e6 else 1)


async def read(service, path):
    """Status, length and seconds until the first byte."""
    began = time.monotonic()
    status, reader, writer = await service.open(path)
    first = time.monotonic() - began
    size = 0
    while block := await reader.read(1 << 20):
        size += len(block)
    writer.close()
    return status, size, first


async def slow_readers(service, paths):
    """Clients that read nothing for 20 s: what is written for them must not pile up."""
    opened = await asyncio.gather(*(service.open(path) for path in paths for _ in range(4)), return_exceptions=True)
    await asyncio.sleep(20)
    for connection in opened:
        if not isinstance(connection, BaseException):
            connection[2].close()
    return 200, 0, 0


async def watch_peak(service):
    peak = 0
    try:
        while True:
            peak = max(peak, service.resident_bytes())
            await asyncio.sleep(0.05)
    except asyncio.CancelledError:
        return peak


if __name__ == "__main__":
    counts = [int(argument) for argument in sys.argv[1:]]
    asyncio.run(main(*(counts + [12, 400][len(counts):])))
