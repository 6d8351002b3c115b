#!/usr/bin/env python3
"""Kills and freezes the parts of an installation at random moments while it trains, and compares every run with its undisturbed twin.

python3 tests/long/kills.py [--runs 20] [--trainer 50] [--worker 50] [--service 50] [--postgres 50] [--freezes 10] [--seed 1] [--interval 3] [--epochs 250]

One API process, two workers and a PostgreSQL server of their own train the runs, again and again until all kills are done. A kill is SIGKILL to a random
trainer, to a worker, to the API process, or to PostgreSQL (its postmaster, or one of its backends); a freeze is SIGSTOP for 1 to 25 s (the lease is 10 s) to a
worker, a trainer or PostgreSQL. Each run must succeed with the epochs, metrics and final weights that the trainer gives alone; its events must be numbered
without gaps, in the order of time, with allowed changes of state, and none may be missing or stored twice. Ends with a table, and with 1 if anything differs.
Needs the built solution and PostgreSQL's programs.
"""
import argparse, collections, hashlib, json, os, random, shutil, signal, socket, struct, subprocess, sys, tempfile, time, urllib.error, urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SERVICE = f"{ROOT}/artifacts/bin/Service/release/Trainyard.Service"
TRAINER = f"{ROOT}/artifacts/bin/Trainer/release/trainer"
LEASE = 10
ALLOWED = {
    "queued": "running cancelled", "running": "succeeded failed cancelled queued pausing", "pausing": "paused succeeded failed cancelled",
    "paused": "queued cancelled", "failed": "queued", "cancelled": "queued", "succeeded": "queued"}
MEASURED = ("trainLoss", "trainAccuracy", "validationLoss", "validationAccuracy", "learningRate", "step")

options = argparse.ArgumentParser()
for name, default in (("runs", 20), ("trainer", 50), ("worker", 50), ("service", 50), ("postgres", 50), ("freezes", 10), ("seed", 1)):
    options.add_argument(f"--{name}", type=int, default=default)
options.add_argument("--epochs", type=int, default=250, help="of each run")
options.add_argument("--interval", type=float, default=3, help="mean seconds between two kills")
options = options.parse_args()
chance = random.Random(options.seed)

folder = tempfile.mkdtemp(prefix="trainyard-kills-")
os.chmod(folder, 0o755)
data, cluster = f"{folder}/data", f"{folder}/postgres"
os.mkdir(cluster)
as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
if as_postgres:
    shutil.chown(cluster, "postgres", "postgres")
BIN = subprocess.run(["pg_config", "--bindir"], check=True, capture_output=True, text=True).stdout.strip()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


PORT, PG_PORT = free_port(), free_port()


# Processes.

def pg(program, *arguments, check=True):
    return subprocess.run([*as_postgres, f"{BIN}/{program}", "-D", cluster, *arguments], check=check, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/tmp").returncode


def start_postgres():
    """False while processes of a killed server, which may be frozen, have not ended."""
    settings = f"-p {PG_PORT} -c listen_addresses=127.0.0.1 -c unix_socket_directories=/tmp -c max_connections=100"
    return pg("pg_ctl", "-w", "-l", f"{cluster}/log", "-o", settings, "start", check=False) == 0


def start(role):
    log = open(f"{folder}/{role}.log", "a")
    environment = dict(
        os.environ, Service__Role=role.rstrip("12"), Service__DataDir=data, Trainer__Path=TRAINER, Trainer__Threads="1", Queue__LeaseSeconds=str(LEASE),
        Queue__BackoffSeconds="0.5", Queue__MaxAttempts="100", ASPNETCORE_URLS=f"http://127.0.0.1:{PORT if role == 'api' else 0}",
        ConnectionStrings__Postgres=f"Host=127.0.0.1;Port={PG_PORT};Username=postgres;Database=trainyard")
    return subprocess.Popen([SERVICE], stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment)


def trainers():
    """Those that train: they work in the folder of their run."""
    found = []
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                words = open(f"/proc/{name}/cmdline", "rb").read().split(b"\0")
                if words[0].decode() == TRAINER and os.readlink(f"/proc/{name}/cwd").startswith(data):
                    found.append(int(name))
            except OSError:
                pass
    return found


def servers():
    """The postmaster and its children."""
    try:
        master = int(open(f"{cluster}/postmaster.pid").readline())
        return [master, *map(int, open(f"/proc/{master}/task/{master}/children").read().split())]
    except (OSError, ValueError):
        return []


def send(pids, number):
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            pass


# The store and the API.

def query(sql):
    """Null while the server is down or frozen."""
    command = [f"{BIN}/psql", "-h", "127.0.0.1", "-p", str(PG_PORT), "-U", "postgres", "-d", "trainyard", "-At", "-c", sql]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=5 if plan else 60)
    except subprocess.TimeoutExpired:
        return None
    return json.loads(done.stdout.strip() or "null") if done.returncode == 0 else None


def post(spec, key):
    """Until it is accepted: the API may be dead, and the database may be away. The key makes it one run."""
    while True:
        try:
            request = urllib.request.Request(
                f"http://127.0.0.1:{PORT}/api/v1/runs", json.dumps(spec).encode(), {"Content-Type": "application/json", "Idempotency-Key": key})
            with urllib.request.urlopen(request, timeout=10) as answer:
                return json.load(answer)["id"]
        except urllib.error.HTTPError as refused:
            if refused.code < 500:
                raise
            if refused.code == 500:
                problems.append(f"POST answered 500: {refused.read().decode()[:300]}")
        except OSError:
            pass
        tend()
        time.sleep(0.3)


# Runs and their twins.

def spec_of(number):
    kinds = [
        {"data": {"dataset": {"name": "xor", "trainSamples": 1000}}, "model": {"kind": "mlp", "dense": [16]}},
        {"data": {"dataset": {"name": "spiral", "trainSamples": 1000}},
         "model": {"kind": "mlp", "dense": [32, 32], "batchNorm": {"position": "before"}, "dropout": {"dense": 0.2}}},
    ]
    return {
        "name": f"kill {number}", "seed": number, **kinds[number % len(kinds)],
        "training": {"epochs": options.epochs, "batchSize": 10, "optimizer": ["adam", "sgd", "rmsprop"][number % 3]}}


def weights_of(run_folder):
    """SHA-256 of all tensors of the newest checkpoint: weights, optimizer, batch norm."""
    checkpoints = f"{run_folder}/checkpoints"
    content = open(f"{checkpoints}/{max(name for name in os.listdir(checkpoints) if name.endswith('.safetensors'))}", "rb").read()
    return hashlib.sha256(content[8 + struct.unpack("<Q", content[:8])[0]:-32]).hexdigest()


def measured(event):
    return {name: event.get(name) for name in MEASURED}


def twin_of(number):
    path = f"{folder}/twin-{number}"
    os.mkdir(path)
    with open(f"{path}/spec.json", "w") as file:
        json.dump(spec_of(number), file)
    began = time.monotonic()
    done = subprocess.run([TRAINER, "train", "--spec", f"{path}/spec.json", "--out", path, "--threads", "1"], check=True, capture_output=True, text=True)
    events = [json.loads(line)["event"] for line in done.stdout.splitlines()]
    finished = next(event for event in events if event["type"] == "finished")
    return {
        "epochs": {event["epoch"]: measured(event) for event in events if event["type"] == "epoch"}, "weights": weights_of(path),
        "finished": {name: value for name, value in finished.items() if name != "seconds"}, "seconds": time.monotonic() - began}


def differences(run, number):
    """What is wrong with a run that has ended."""
    twin = twins[number]
    rows = query(f"select json_agg(json_build_array(seq, attempt, extract(epoch from at), data) order by seq) from run_events where run_id = '{run}'")
    row = query(f"select json_build_object('state', state, 'last', last_seq, 'failure', failure_code, 'failed', failed_attempts) from runs where id = '{run}'")
    points = query(f"select json_object_agg(metric || ' ' || epoch, value) from metric_points where run_id = '{run}' and metric in ('train_loss', 'validation_loss')")
    if row["state"] != "succeeded":
        yield f"it is {row['state']} ({row['failure']})"
        return
    if [seq for seq, *_ in rows] != list(range(1, row["last"] + 1)):
        yield "its events are not numbered without gaps"
    times = [at for _, _, at, _ in rows]
    if times != sorted(times):
        yield "times run backwards"
    states = [event["state"] for *_, event in rows if event["type"] == "state"]
    for before, after in zip(states, states[1:]):
        if after not in ALLOWED[before].split():
            yield f"{before} became {after}"
    keys = collections.Counter((attempt, event["type"], event.get("epoch"), event.get("step")) for _, attempt, _, event in rows if event["type"] in ("epoch", "progress", "finished"))
    if doubled := [key for key, count in keys.items() if count > 1]:
        yield f"stored twice: {doubled[:3]}"
    epochs = [event for *_, event in rows if event["type"] == "epoch"]
    if missing := set(twin["epochs"]) - {event["epoch"] for event in epochs}:
        yield f"epochs {sorted(missing)[:5]} are missing"
    if other := [event["epoch"] for event in epochs if measured(event) != twin["epochs"][event["epoch"]]]:
        yield f"epochs {other[:5]} differ"
    if any(points.get(f"{metric} {epoch}") != values[name] for epoch, values in twin["epochs"].items() for metric, name in (("train_loss", "trainLoss"), ("validation_loss", "validationLoss"))):
        yield "its metric points differ"
    finished = [event for *_, event in rows if event["type"] == "finished"]
    if [{name: event.get(name) for name in twin["finished"]} for event in finished[-1:]] != [twin["finished"]]:
        yield f"its end differs: {finished}"
    if weights_of(f"{data}/runs/{run}") != twin["weights"]:
        yield "its weights differ"


# What happens to the installation.

def kill_trainer():
    if not (pids := trainers()):
        return False
    send([chance.choice(pids)], signal.SIGKILL)
    return True


def kill_process(*names):
    name = chance.choice(names)
    if name in down or processes[name].poll() is not None:
        return False
    processes[name].kill()
    processes[name].wait()
    down[name] = time.monotonic() + chance.uniform(0, 2)
    return True


def kill_postgres():
    if "postgres" in down or not (pids := servers()):
        return False
    if chance.random() < 0.5 and len(pids) > 1:
        send([chance.choice(pids[1:])], signal.SIGKILL)  # The postmaster ends all others and recovers.
    else:
        send(pids[:1], signal.SIGKILL)
        down["postgres"] = time.monotonic() + chance.uniform(0, 2)
    return True


def freeze():
    target = chance.choice(["worker", "worker", "trainer", "postgres"])
    if target == "worker":
        pids = [processes[name].pid for name in ("worker1", "worker2") if name not in down and processes[name].pid not in frozen]
        pids = pids and [chance.choice(pids)]
    elif target == "trainer":
        pids = trainers()
        pids = pids and [chance.choice(pids)]
    else:
        pids = servers() if "postgres" not in down else []
    if not pids:
        return False
    send(pids, signal.SIGSTOP)
    until = time.monotonic() + chance.uniform(1, 2.5 * LEASE)
    frozen.update({pid: until for pid in pids})
    return True


def tend():
    """Starts again what was killed, and thaws what was frozen."""
    now = time.monotonic()
    for pid in [pid for pid, until in frozen.items() if until <= now]:
        send([pid], signal.SIGCONT)
        del frozen[pid]
    for name in [name for name, until in down.items() if until <= now]:
        if name != "postgres":
            processes[name] = start(name)
        elif not start_postgres():
            continue
        del down[name]
    for name in ("api", "worker1", "worker2"):
        if name not in down and processes[name].poll() is not None:
            problems.append(f"{name} ended by itself with {processes[name].returncode}")
            processes[name] = start(name)


def unfinished():
    ids = ", ".join(f"'{run}'" for run, _ in submitted)
    return query(f"select count(*) from runs where id in ({ids}) and state not in ('succeeded', 'failed', 'cancelled')") if submitted else 0


KILLS = {
    "trainer": kill_trainer, "worker": lambda: kill_process("worker1", "worker2"), "service": lambda: kill_process("api"), "postgres": kill_postgres,
    "freezes": freeze}
plan, problems, submitted, done = [], [], [], collections.Counter()
down, frozen, processes, twins = {}, {}, {}, {}
began = time.monotonic()
try:
    twins = {number: twin_of(number) for number in range(options.runs)}
    print(f"twins: {options.runs} runs, {sum(twin['seconds'] for twin in twins.values()) / max(1, options.runs):.1f} s each", flush=True)
    subprocess.run([*as_postgres, f"{BIN}/initdb", "-D", cluster, "-A", "trust", "-U", "postgres", "--no-sync"], check=True, stdout=subprocess.DEVNULL, cwd="/tmp")
    start_postgres()
    subprocess.run([f"{BIN}/createdb", "-h", "127.0.0.1", "-p", str(PG_PORT), "-U", "postgres", "trainyard"], check=True)
    processes.update({name: start(name) for name in ("api", "worker1", "worker2")})

    plan = [name for name in KILLS for _ in range(getattr(options, name))]
    chance.shuffle(plan)
    due, left, rounds, reported = time.monotonic() + 5, None, 0, 0
    while plan or left != 0:
        tend()
        left = unfinished()
        if left == 0 and (plan or not submitted):
            rounds += 1
            submitted += [(post(spec_of(number), f"{rounds}-{number}"), number) for number in twins]
        elif plan and time.monotonic() >= due and KILLS[plan[-1]]():
            done[plan.pop()] += 1
            due = time.monotonic() + chance.expovariate(1 / options.interval)
        elif plan and time.monotonic() >= due:
            plan.insert(0, plan.pop())  # There is nothing of that kind now.
        time.sleep(0.2)
        if (elapsed := int(time.monotonic() - began) // 60) > reported:
            reported = elapsed
            print(f"{elapsed} min: {sum(done.values())} done, {len(plan)} to do, round {rounds}, {left} runs unfinished", flush=True)
        if time.monotonic() - began > 60 * 60 * 6:
            problems.append("not done after 6 hours")
            break

    for run, number in submitted:
        problems += [f"run {run} ({number}): {difference}" for difference in differences(run, number)]
    outcomes = query("select json_object_agg(outcome, count) from (select coalesce(split_part(outcome, ' (', 1), 'none') as outcome, count(*) from attempts group by 1) as o")
    events = query("select count(*) from run_events")
finally:
    send(frozen, signal.SIGCONT)
    for process in processes.values():
        process.kill()
        process.wait()
    send(trainers(), signal.SIGKILL)
    if as_postgres or os.path.exists(f"{cluster}/postmaster.pid"):
        pg("pg_ctl", "-m", "immediate", "-w", "stop", check=False)

print(f"seed {options.seed}, {time.monotonic() - began:.0f} s, load {os.getloadavg()[0]:.1f}")
print(f"{'kind':<12}{'done':>6}")
for name in KILLS:
    print(f"{name:<12}{done[name]:>6}")
print(f"{'runs':<12}{len(submitted):>6}\n{'events':<12}{events:>6}")
for outcome, count in sorted(outcomes.items()):
    print(f"  attempts ended as {outcome}: {count}")
print("\n".join(problems) if problems else "every run equals its twin; no event is lost or stored twice")
if problems:
    print(f"logs: {folder}")
else:
    shutil.rmtree(folder)
sys.exit(1 if problems else 0)
