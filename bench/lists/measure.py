#!/usr/bin/env python3
"""Times the requests that pages make of a list of runs, at a running service over HTTP.

    bench/lists/measure.py ADDRESS CONNECTION [--fill N] [--points N] [--times N] [--only TEXT] [--json FILE] [--write]

ADDRESS is the service's, as in http://127.0.0.1:5080; CONNECTION is what psql takes to reach its database. --fill adds runs by SQL first, until there are N, as
the service would have stored them (the database makes their parameters), with six metrics each. --points adds the points of N epochs to each metric of each run.
--times: requests of each kind. --only: the requests whose name has the text. --json: a file for the figures; where it exists, the times are printed beside those
of that file, which is how the growth with the number of runs is measured. --write: puts the table into bench/lists/README.md.
"""
import argparse
import datetime
import json
import math
import os
import pathlib
import statistics
import subprocess
import sys
import time
import urllib.parse
import urllib.request

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "bench"), str(ROOT / "bench/trainer")]
from page import fill  # noqa: E402
from step import machine  # noqa: E402

FILL = """
\\timing on
create temporary table filled as select count(*)::int as count from runs where name like 'run %';
update runs set tags = array_remove(tags, 'young') where tags @> array['young'];
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
                when 1 then jsonb_build_object('name', 'sgd', 'learningRate', (1 + n % 100) / 100.0)
                else jsonb_build_object('name', 'momentum', 'form', 'heavy_ball', 'learningRate', random(), 'momentum', 0.9) end)),
    repeat('0', 64), n, training_flops, now(), now(), now(), now(), case when n % 50 = 7 then 'diverged' end, 10, n % 11,
    random() * 1000,
    case when n % 10 = 0 then array['baseline', 'week ' || n % 7] else array[]::text[] end || case when n > {count} * 0.95 then array['young'] else '{{}}' end,
    case when n % 1000 = 0 then 'The learning rate is too high, try half.' else '' end
from generate_series((select count + 1 from filled), {count}) as n join first on place = n % specs;
-- A run in 500 ended before its first epoch.
insert into metric_summaries select id, metric, random(), random(), 5
    from runs, unnest(array['train_loss', 'train_accuracy', 'validation_loss', 'validation_accuracy', 'learning_rate', 'images_per_second']) as metric
    where seed > (select count from filled) and seed % 500 <> 13 and name like 'run %';
update metric_summaries as summary set trend = array(select (random() * value + 0 * summary.best)::real from generate_series(1, 24) as value)
    from runs where runs.id = run_id and seed > (select count from filled) and metric = 'validation_accuracy';
update runs set findings = array['dead_relu'], warnings = 1 where seed % 8 = 3 and seed > (select count from filled);
update runs set findings = array['diverged'], problems = 1 where state = 'failed' and seed > (select count from filled);
vacuum analyze;
"""
POINTS = """
\\timing on
insert into metric_points select run_id, metric, epoch, epoch * 100, random(), now(), epoch from metric_summaries, generate_series(1, {count}) as epoch on conflict do nothing;
vacuum analyze metric_points;
"""
SIZES = """
select relname, reltuples::bigint as rows, pg_size_pretty(pg_total_relation_size(oid)) as size from pg_class
    where relname in ('runs', 'run_parameters', 'metric_summaries', 'metric_gaps', 'metric_points') order by relname;
"""


def where(expression):
    return "where=" + urllib.parse.quote(expression)


RATE = "param.training.optimizer.learningRate"
BEST = "metric.validation_accuracy.best"
LOSS = "metric.validation_loss.latest"

# The first part of a list as the table of runs asks for it (src/Dashboard/src/runs/useRuns.ts): 200 runs.
LISTS = [
    ("newest", ""),
    ("newest, failed (2,000)", "state=failed"),
    ("newest, succeeded (98,000)", "state=succeeded"),
    ("newest, one experiment (1,000)", "experiment=experiment%207"),
    ("newest, a tag (10,000)", "tag=baseline"),
    ("by learning rate", f"sort={RATE}"),
    ("by learning rate, falling", f"sort=-{RATE}"),
    ("by optimizer", "sort=param.training.optimizer.name"),
    ("by beta1, which a third has", "sort=-param.training.optimizer.beta1"),
    ("by validation share, which is the same", "sort=param.data.validationFraction"),
    ("by training limit, which 5 % have", "sort=param.data.trainLimit"),
    ("by seed", "sort=-param.seed"),
    ("by filters of the blocks", "sort=param.model.blocks.*.filters"),
    ("by best accuracy, falling", f"sort=-{BEST}"),
    ("by learning rate, failed (2,000)", f"sort={RATE}&state=failed"),
    ("by learning rate, succeeded (98,000)", f"sort={RATE}&state=succeeded"),
    ("by learning rate, one experiment (1,000)", f"sort={RATE}&experiment=experiment%207"),
    ("by learning rate, a tag (10,000)", f"sort=-{RATE}&tag=baseline"),
    ("by learning rate, searched: half (100)", f"sort={RATE}&q=half"),
    ("by learning rate, searched: run (all)", f"sort={RATE}&q=run"),
    ("by learning rate, searched: adam (33,000), failed", f"sort={RATE}&q=adam&state=failed"),
    ("by seed, the 5,000 that come last", "sort=param.seed&tag=young"),
    ("by best accuracy, a tag (10,000)", f"sort=-{BEST}&tag=baseline"),
    ("q without a hit", "q=nowhere"),
    ("q without a hit, by learning rate", f"q=nowhere&sort={RATE}"),
    ("q, two words", "q=experiment%2099"),
    ("archived", "archived=true"),
    ("accuracy > 0.999 (100)", where("accuracy > 0.999")),
    ("accuracy > 0.9 (10,000)", where("accuracy > 0.9")),
    ("accuracy > 0.9, by accuracy: they come last", where("accuracy > 0.9") + f"&sort={BEST}"),
    ("accuracy > 0.9 and optimizer = adam (3,300)", where("accuracy > 0.9 and optimizer = adam")),
    ("accuracy > 0.9 and optimizer = adam, by learning rate", where("accuracy > 0.9 and optimizer = adam") + f"&sort={RATE}"),
    ("accuracy > 0.1 (90,000), by learning rate", where("accuracy > 0.1") + f"&sort={RATE}"),
    ("learningRate > 0.5 or not optimizer = sgd", where("learningRate > 0.5 or not optimizer = sgd")),
    ("problems > 0 or warnings > 0 (14,000)", where("problems > 0 or warnings > 0")),
    ("name ~ 'run 777'", where("name ~ 'run 777'")),
    ("name = 'run 777'", where("name = 'run 777'")),
    ("seed = 777", where("seed = 777")),
    ("accuracy > 0.1 and learningRate > 0.999 (60)", where("accuracy > 0.1 and learningRate > 0.999")),
    ("accuracy > 0.5 and loss > 0.5 and train_accuracy > 0.97 (750)", where("accuracy > 0.5 and loss > 0.5 and train_accuracy > 0.97")),
    ("accuracy > 0.9 and loss > 0.9 (1,000), by learning rate", where("accuracy > 0.9 and loss > 0.9") + f"&sort={RATE}"),
    ("not (accuracy > 0.01 or loss > 0.01) (200)", where("not (accuracy > 0.01 or loss > 0.01)")),
    ("not accuracy > 0.01 or not loss > 0.01 (2,200), by learning rate", where("not accuracy > 0.01 or not loss > 0.01") + f"&sort={RATE}"),
    ("not (accuracy > 0.01 and seed > 500), by learning rate", where("not (accuracy > 0.01 and seed > 500)") + f"&sort={RATE}"),
    ("accuracy = null (200), by learning rate", where("accuracy = null") + f"&sort={RATE}"),
    ("trainLimit != null and not learningRate < 0.9 (350), by accuracy", where("trainLimit != null and not learningRate < 0.9") + f"&sort={BEST}"),
    ("not accuracy > 0.01, failed (20), by learning rate", where("not accuracy > 0.01") + f"&sort={RATE}&state=failed"),
]

# A rare match, a hundredth of the runs, which no order has together: under each order that the page offers.
RARE = where("not accuracy > 0.01")
LISTS += [(f"not accuracy > 0.01 (1,200), by {name}", f"{RARE}{sort}") for name, sort in [
    ("creation", ""),
    ("name", "&sort=name"),
    ("epoch", "&sort=-epoch"),
    ("duration", "&sort=elapsed"),
    ("best accuracy", f"&sort={BEST}"),
    ("best accuracy, falling", f"&sort=-{BEST}"),
    ("latest loss", f"&sort={LOSS}"),
    ("learning rate", f"&sort={RATE}"),
    ("learning rate, falling", f"&sort=-{RATE}"),
    ("batch size", "&sort=param.training.batchSize"),
    ("training limit, which 5 % have", "&sort=param.data.trainLimit"),
    ("validation share, which is the same", "&sort=param.data.validationFraction"),
]]

# The number of all runs that match, which the page asks for after the list (useRunCount.ts), whatever its order.
COUNTS = [
    ("all", ""),
    ("failed (2,000)", "state=failed"),
    ("succeeded (98,000)", "state=succeeded"),
    ("one experiment (1,000)", "experiment=experiment%207"),
    ("a tag (10,000)", "tag=baseline"),
    ("searched: run (all)", "q=run"),
    ("searched: adam (33,000), failed", "q=adam&state=failed"),
] + [(name, where(name.partition(" (")[0])) for name in [
    "accuracy > 0.999 (100)",
    "accuracy > 0.9 (10,000)",
    "accuracy > 0.1 (90,000)",
    "accuracy > 0.9 and optimizer = adam (3,300)",
    "learningRate > 0.5 or not optimizer = sgd (83,000)",
    "problems > 0 or warnings > 0 (14,000)",
    "name ~ 'run 777' (111)",
    "not accuracy > 0.01 (1,200)",
]]

# GroupedRuns.tsx asks for these three metrics, whatever is grouped by, and for the best 50 runs of a group that is opened.
MEANS = f"&metrics={BEST},{LOSS},elapsed"
OTHERS = [
    ("a group's runs: optimizer = adam (33,000), best first", f"/api/v1/runs?limit=50&sort=-{BEST}&" + where('param.training.optimizer.name = "adam"')),
    ("experiments (100)", "/api/v1/experiments?limit=50"),
    ("groups by optimizer (100,000 runs)", f"/api/v1/runs/groups?by=param.training.optimizer.name{MEANS}"),
    ("groups by optimizer and batch size", f"/api/v1/runs/groups?by=param.training.optimizer.name,param.training.batchSize{MEANS}"),
    ("groups by setting (100,000)", f"/api/v1/runs/groups?by=setting{MEANS}"),
    ("groups by experiment", f"/api/v1/runs/groups?by=experiment{MEANS}"),
    ("groups by optimizer in an experiment (1,000)", f"/api/v1/runs/groups?by=param.training.optimizer.name{MEANS}&experiment=experiment%207"),
    ("groups by optimizer, accuracy > 0.9 (10,000)", f"/api/v1/runs/groups?by=param.training.optimizer.name{MEANS}&" + where("accuracy > 0.9")),
]


def ask(address, query):
    began = time.perf_counter()
    with urllib.request.urlopen(f"{address}{query}") as answer:
        page = json.load(answer)
    return page, (time.perf_counter() - began) * 1000


def measure(address, query, times):
    """Median, 99th percentile and fastest, in milliseconds."""
    ask(address, query)
    taken = sorted(ask(address, query)[1] for _ in range(times))
    return [statistics.median(taken), taken[math.ceil(times * 0.99) - 1], taken[0]]


def row(name, figures, before):
    grown = f" {before[0]:.0f} | {before[1]:.0f} | {figures[0] / before[0]:.1f} |" if before else ""
    return f"| {name} | {figures[0]:.0f} | {figures[1]:.0f} |{grown}"


def psql(connection, statements):
    subprocess.run(["psql", connection, "-v", "ON_ERROR_STOP=1"], input=statements, text=True, check=True)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("address")
    arguments.add_argument("connection")
    arguments.add_argument("--fill", type=int, default=0)
    arguments.add_argument("--points", type=int, default=0)
    arguments.add_argument("--times", type=int, default=100)
    arguments.add_argument("--only", default="")
    arguments.add_argument("--json")
    arguments.add_argument("--write", action="store_true")
    given = arguments.parse_args()
    if given.fill:
        psql(given.connection, FILL.format(count=given.fill))
    if given.points:
        psql(given.connection, POINTS.format(count=given.points))
    psql(given.connection, SIZES)

    before = {}
    if given.json and os.path.exists(given.json):
        with open(given.json) as file:
            before = json.load(file)

    page, _ = ask(given.address, "/api/v1/runs?limit=100")
    compared = "&".join(f"run={run['id']}" for run in page["items"])
    requests = [(name, f"/api/v1/runs?limit=200&{query}") for name, query in LISTS] + OTHERS
    requests += [(f"number: {name}", f"/api/v1/runs/count?{query}") for name, query in COUNTS]
    # As the page asks for it (useComparison.ts), and as its export does.
    requests += [
        ("compare 100 runs", f"/api/v1/compare?{compared}&points=500&metric=validation_accuracy"),
        ("compare 100 runs, all six metrics", f"/api/v1/compare?{compared}&points=10000"),
    ]
    lines, figures = [], {}

    def say(line):
        lines.append(line)
        print(line, flush=True)

    total, _ = ask(given.address, "/api/v1/runs/count")
    say(f"{total['total']:,} runs, {given.times} requests each, {machine()}, {datetime.date.today()}, load average {os.getloadavg()[0]:.1f}:\n")
    say("| request | median, ms | 99 %, ms |" + (" median before | 99 % before | growth |" if before else ""))
    say("|---|---|---|" + ("---|---|---|" if before else ""))
    for name, query in requests:
        if given.only in name:
            figures[name] = measure(given.address, query, given.times)
            say(row(name, figures[name], before.get(name)))
    if given.json and not before:
        with open(given.json, "w") as file:
            json.dump(figures, file)

    # The places of a long list that are not its beginning: the last values, and the runs without one.
    if not given.only:
        say("\n| all parts of 200, by | parts | slowest, ms |\n|---|---|---|")
        for sort in (RATE, BEST, "param.data.trainLimit", "param.training.optimizer.beta1"):
            after, worst, parts = "", 0.0, 0
            while after is not None:
                page, taken = ask(given.address, f"/api/v1/runs?limit=200&sort={sort}" + (f"&after={urllib.parse.quote(after)}" if after else ""))
                worst, parts, after = max(worst, taken), parts + 1, page["next"]
            say(f"| {sort} | {parts} | {worst:.0f} |")
    if given.write:
        fill(ROOT / "bench/lists/README.md", "lists", "\n".join(lines))


if __name__ == "__main__":
    main()
