#!/usr/bin/env python3
"""Statements per minute that a service sends to PostgreSQL, and its CPU time: idle, and while it trains one run.

python3 bench/queue/statements.py [service folder] [trainer]

The statements are counted by pg_stat_statements on a server of their own, BEGIN and COMMIT included. The trainer must be tests/FaultyTrainer: its
event rate is given by the run's name.
"""
import json, os, shutil, subprocess, sys, tempfile, time, urllib.request

SETTLE, SPAN = 60, 120
PORT, PG_PORT = 7301, 8301
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SERVICE = sys.argv[1] if len(sys.argv) > 1 else f"{ROOT}/artifacts/bin/Service/release"
TRAINER = sys.argv[2] if len(sys.argv) > 2 else f"{ROOT}/artifacts/bin/FaultyTrainer/release/faulty-trainer"
BIN = subprocess.run(["pg_config", "--bindir"], check=True, capture_output=True, text=True).stdout.strip()

folder = tempfile.mkdtemp(prefix="trainyard-statements-")
os.chmod(folder, 0o755)
cluster = f"{folder}/postgres"
as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
os.mkdir(cluster)
if as_postgres:
    shutil.chown(cluster, "postgres", "postgres")


def pg(*command):
    subprocess.run([*as_postgres, f"{BIN}/{command[0]}", "-D", cluster, *command[1:]], check=True, stdout=subprocess.DEVNULL, cwd="/tmp")


def sql(text):
    command = [f"{BIN}/psql", "-h", "127.0.0.1", "-p", str(PG_PORT), "-U", "postgres", "-At", "-c", text]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def request(path, body=None):
    data = None if body is None else json.dumps(body).encode()
    return json.load(urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{PORT}{path}", data, {"Content-Type": "application/json"})))


def cpu_seconds(process):
    fields = open(f"/proc/{process.pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(what, process):
    sql("select pg_stat_statements_reset()")
    cpu, began = cpu_seconds(process), time.monotonic()
    time.sleep(SPAN)
    seconds = time.monotonic() - began
    calls = int(sql("select coalesce(sum(calls), 0) from pg_stat_statements s join pg_database d on d.oid = s.dbid where datname = 'trainyard'"))
    print(f"{what}: {calls * 60 / seconds:.0f} statements a minute, {100 * (cpu_seconds(process) - cpu) / seconds:.2f} % of a core", flush=True)


pg("initdb", "-A", "trust", "-U", "postgres", "--no-sync")
pg("pg_ctl", "-w", "-l", f"{cluster}/log", "-o", f"-p {PG_PORT} -c listen_addresses=127.0.0.1 -c unix_socket_directories=/tmp -c shared_preload_libraries=pg_stat_statements", "start")
service = None
try:
    sql("create database trainyard")
    sql("create extension pg_stat_statements")
    service = subprocess.Popen(
        [f"{SERVICE}/Trainyard.Service"], stdout=open(f"{folder}/log", "w"), stderr=subprocess.STDOUT,
        env=dict(
            os.environ, Service__DataDir=f"{folder}/data", ASPNETCORE_URLS=f"http://127.0.0.1:{PORT}", Trainer__Path=TRAINER,
            ConnectionStrings__Postgres=f"Host=127.0.0.1;Port={PG_PORT};Username=postgres;Database=trainyard"))
    time.sleep(SETTLE)
    measure("idle", service)
    for what, delay in (("training, 1 event a second", 1000), ("training, 5 events a second", 200), ("training, no events", 3_600_000)):
        run = request("/api/v1/runs", {
            "name": f"steps=100000 delay={delay}", "data": {"dataset": "xor"}, "model": {"kind": "mlp", "dense": [8]},
            "training": {"epochs": 1, "batchSize": 10, "optimizer": "adam"}})["id"]
        while request(f"/api/v1/runs/{run}")["state"] != "running":
            time.sleep(0.5)
        measure(what, service)
        request(f"/api/v1/runs/{run}/cancel", {})
finally:
    if service is not None:
        service.terminate()
        service.wait()
    pg("pg_ctl", "-m", "fast", "-w", "stop")
    shutil.rmtree(folder)
