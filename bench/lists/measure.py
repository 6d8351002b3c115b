#!/usr/bin/env python3
"""Times parts of the list of runs at a running service, over HTTP as a page requests them.

    bench/lists/measure.py ADDRESS CONNECTION [--fill N] [--times N]

ADDRESS is the service's, as in http://127.0.0.1:5080; CONNECTION is what psql takes to reach its database. --fill adds N runs by SQL first, as the
service would have stored them (the database makes their parameters), with six metrics each. --times: requests of each part.
"""
import argparse
import json
import math
import statistics
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request

FILL = """
\\timing on
with first as materialized (select row_number() over (order by id) - 1 as place, spec, training_flops, count(*) over () as specs from runs where name not like 'run %')
insert into runs (id, name, experiment, state, queue, spec, spec_sha256, seed, training_flops, created_at, updated_at, started_at, finished_at, failure_class,
    epochs, epoch, elapsed_seconds, tags, notes)
select ('01900000-' || lpad(to_hex(n / 65536), 4, '0') || '-7' || lpad(to_hex((n / 16) % 4096), 3, '0') || '-8000-' || lpad(to_hex(n), 12, '0'))::uuid,
    'run ' || n, 'experiment ' || n % 100, case when n % 50 = 7 then 'failed' else 'succeeded' end, 'cpu',
    spec || jsonb_build_object('seed', n)
        || jsonb_build_object('data', (spec -> 'data') || jsonb_build_object('trainLimit', case when n % 20 = 0 then n end))
        || jsonb_build_object('training', (spec -> 'training') || jsonb_build_object(
            'batchSize', case when n % 300 > 0 then n % 300 end,
            'optimizer', case n % 3
                when 0 then jsonb_build_object('name', 'adam', 'beta1', 0.9, 'beta2', 0.999, 'epsilon', 1e-8, 'learningRate', random(), 'biasCorrection', true)
                when 1 then jsonb_build_object('name', 'sgd', 'learningRate', (n % 100) / 100.0)
                else jsonb_build_object('name', 'momentum', 'form', 'heavy_ball', 'learningRate', random(), 'momentum', 0.9) end)),
    repeat('0', 64), n, training_flops, now(), now(), now(), now(), case when n % 50 = 7 then 'diverged' end, 10, n % 11,
    random() * 1000,
    case when n % 10 = 0 then array['baseline', 'week ' || n % 7] else array[]::text[] end || case when n % {count} > {count} * 0.95 then array['young'] else '{{}}' end,
    case when n % 1000 = 0 then 'The learning rate is too high, try half.' else '' end
from generate_series(1, {count}) as n join first on place = n % specs;
insert into metric_summaries select id, metric, random(), random(), 5
    from runs, unnest(array['train_loss', 'train_accuracy', 'validation_loss', 'validation_accuracy', 'learning_rate', 'images_per_second']) as metric
    on conflict do nothing;
update metric_summaries as summary set trend = array(select (random() * value + 0 * summary.best)::real from generate_series(1, 24) as value) where metric = 'validation_accuracy';
update runs set findings = array['dead_relu'], warnings = 1 where seed % 8 = 3;
update runs set findings = array['diverged'], problems = 1 where state = 'failed';
vacuum analyze;
select relname, pg_size_pretty(pg_total_relation_size(oid)) from pg_class where relname in ('runs', 'run_parameters');
"""

def where(expression):
    return "where=" + urllib.parse.quote(expression)


RATE = "param.training.optimizer.learningRate"
CASES = [
    ("newest", ""),
    ("by learning rate", f"sort={RATE}"),
    ("by learning rate, falling", f"sort=-{RATE}"),
    ("by optimizer", "sort=param.training.optimizer.name"),
    ("by beta1, which a third has", "sort=-param.training.optimizer.beta1"),
    ("by validation share, which is the same", "sort=param.data.validationFraction"),
    ("by training limit, which 5 % have", "sort=param.data.trainLimit"),
    ("by seed", "sort=-param.seed"),
    ("by filters of the blocks", "sort=param.model.blocks.*.filters"),
    ("by learning rate, failed (2,000)", f"sort={RATE}&state=failed"),
    ("by learning rate, succeeded (98,000)", f"sort={RATE}&state=succeeded"),
    ("by learning rate, one experiment (1,000)", f"sort={RATE}&experiment=experiment%207"),
    ("by learning rate, a tag (10,000)", f"sort=-{RATE}&tag=baseline"),
    ("by learning rate, searched: half (100)", f"sort={RATE}&q=half"),
    ("by learning rate, searched: run (all)", f"sort={RATE}&q=run"),
    ("by learning rate, searched: adam (33,000), failed", f"sort={RATE}&q=adam&state=failed"),
    ("by seed, the 5,000 that come last", "sort=param.seed&tag=young"),
    ("by best accuracy, a tag (10,000)", "sort=-metric.validation_accuracy.best&tag=baseline"),
    ("q without a hit", "q=nowhere"),
    ("q without a hit, by learning rate", f"q=nowhere&sort={RATE}"),
    ("q, two words", "q=experiment%2099"),
    ("accuracy > 0.999 (100)", where("accuracy > 0.999")),
    ("accuracy > 0.9 (10,000)", where("accuracy > 0.9")),
    ("accuracy > 0.9 and optimizer = adam (3,300)", where("accuracy > 0.9 and optimizer = adam")),
    ("accuracy > 0.9 and optimizer = adam, by learning rate", where("accuracy > 0.9 and optimizer = adam") + f"&sort={RATE}"),
    ("accuracy > 0.1 (90,000), by learning rate", where("accuracy > 0.1") + f"&sort={RATE}"),
    ("learningRate > 0.5 or not optimizer = sgd", where("learningRate > 0.5 or not optimizer = sgd")),
    ("problems > 0 or warnings > 0 (14,000)", where("problems > 0 or warnings > 0")),
    ("name ~ 'run 777'", where("name ~ 'run 777'")),
    ("name = 'run 777'", where("name = 'run 777'")),
    ("seed = 777", where("seed = 777")),
    ("not accuracy > 0.01 (1,000), by learning rate", where("not accuracy > 0.01") + f"&sort={RATE}"),
    ("accuracy > 0.1 and learningRate > 0.999 (60)", where("accuracy > 0.1 and learningRate > 0.999")),
    ("archived", "archived=true"),
]
OTHERS = [
    ("experiments (100)", "/api/v1/experiments?limit=50"),
    ("groups by optimizer (100,000 runs)", "/api/v1/runs/groups?by=param.training.optimizer.name"),
    ("groups by optimizer, three metrics", "/api/v1/runs/groups?by=param.training.optimizer.name&metrics=metric.validation_accuracy.best,metric.validation_loss.best,elapsed"),
    ("groups by optimizer and batch size", "/api/v1/runs/groups?by=param.training.optimizer.name,param.training.batchSize"),
    ("groups by setting (100,000)", "/api/v1/runs/groups?by=setting"),
    ("groups by optimizer in an experiment (1,000)", "/api/v1/runs/groups?by=param.training.optimizer.name&experiment=experiment%207"),
    ("groups by optimizer, accuracy > 0.9 (10,000)", "/api/v1/runs/groups?by=param.training.optimizer.name&" + where("accuracy > 0.9")),
]


def ask(address, query, limit=50):
    began = time.perf_counter()
    with urllib.request.urlopen(f"{address}{query}" if query.startswith("/") else f"{address}/api/v1/runs?limit={limit}&{query}") as answer:
        page = json.load(answer)
    return page, (time.perf_counter() - began) * 1000


def measure(name, address, query, times):
    ask(address, query)
    taken = sorted(ask(address, query)[1] for _ in range(times))
    print(f"| {name} | {statistics.median(taken):.0f} | {taken[math.ceil(times * 0.99) - 1]:.0f} |", flush=True)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("address")
    arguments.add_argument("connection")
    arguments.add_argument("--fill", type=int, default=0)
    arguments.add_argument("--times", type=int, default=100)
    given = arguments.parse_args()
    if given.fill:
        subprocess.run(["psql", given.connection, "-v", "ON_ERROR_STOP=1"], input=FILL.format(count=given.fill), text=True, check=True)

    print("| a part of 50 runs | median, ms | 99 %, ms |\n|---|---|---|")
    for name, query in CASES + OTHERS:
        measure(name, given.address, query, given.times)

    # The places of a long list that are not its beginning: the last values, and the runs without one.
    for sort in (RATE, "param.data.trainLimit", "param.training.optimizer.beta1"):
        after, worst, parts = None, 0.0, 0
        while True:
            page, taken = ask(given.address, f"sort={sort}" + (f"&after={urllib.parse.quote(after)}" if after else ""), limit=200)
            worst, parts, after = max(worst, taken), parts + 1, page["next"]
            if after is None:
                break
        print(f"{sort}: {parts} parts of 200 from the first to the last, the slowest took {worst:.0f} ms")


if __name__ == "__main__":
    main()
