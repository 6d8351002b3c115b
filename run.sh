#!/usr/bin/env bash
# Builds and starts Trainyard: service, trainer, dashboard and a private PostgreSQL.
#
#   ./run.sh          starts; on an empty store submits examples/quickstart.json and shows its progress, then keeps serving
#   ./run.sh serve    only serves, with the log on the terminal
#   ./run.sh token    creates, lists and revokes tokens for a service with authentication; --help says how
#   ./run.sh lessons  runs every lesson on a store of its own, and prints what is expected, what was measured and the verdict.
#                     --quick: the small size; --seeds 3; --only xor,activations; --table FILE: also as Markdown
#
# PORT (5080), BIND (127.0.0.1) and DATA_DIR (./data) change where; ConnectionStrings__Postgres uses a server of yours. Another BIND needs
# Access__Authentication=tokens (docs/access.md). Ctrl-C ends everything cleanly.
set -euo pipefail
here=$(pwd)
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() { echo "Usage: ./run.sh [serve | token ... | lessons ...]" >&2; exit 2; }

mode=${1:-quickstart}
case "$mode" in
  quickstart | serve | token | lessons) ;;
  -h | --help) sed -n '2,11s/^# \{0,1\}//p' "$0"; exit 0 ;;
  *) usage ;;
esac
[[ $mode == token || $mode == lessons || $# -le 1 ]] || usage

# The first start with authentication prints a token, which belongs on the terminal and not into a log; and submitting needs one.
[[ $mode == token || $mode == lessons || ${Access__Authentication:-none} == none ]] || mode=serve

port=${PORT:-5080}
address=http://127.0.0.1:$port
# A relative folder is meant from where the command was given.
data=${DATA_DIR:-$(pwd)/data}
[[ $data == /* ]] || data=$here/$data
if [[ $mode == lessons ]]; then
  # Lessons start many runs and open test sets: not in the store that people work with.
  data=$(mktemp -d)
  unset ConnectionStrings__Postgres
  export Access__Authentication=none
fi

service=artifacts/bin/Service/release/Trainyard.Service
if [[ $mode == token ]]; then
  # A running service was built; building again could replace its files.
  [[ -x $service ]] || deploy/build.sh >&2
  DATA_DIR=$data exec "$service" "$@"
fi

if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
  echo "Something listens on $address already. Stop it, or choose another port with PORT." >&2
  exit 1
fi

[[ -n ${ConnectionStrings__Postgres:-} ]] || deploy/install-packages.sh "the private PostgreSQL" postgresql
deploy/install-packages.sh "the Fashion-MNIST dataset" dataset-fashion-mnist
deploy/build.sh

export ASPNETCORE_URLS=http://${BIND:-127.0.0.1}:$port Service__DataDir=$data
if [[ $mode == serve ]]; then
  exec "$service"
fi

if [[ $mode == lessons ]]; then
  "$service" >"$data/service.log" 2>&1 &
  service_pid=$!
  trap 'kill -TERM $service_pid 2>/dev/null || true; wait $service_pid 2>/dev/null || true; rm -rf "$data"' EXIT
  trap 'exit 130' INT TERM
  # A relative file is meant from where the command was given.
  (cd "$here" && node "$OLDPWD/deploy/lessons.mjs" "$address" "${@:2}")
  exit
fi

{ mkdir -p "$data" && [[ -w $data ]]; } 2>/dev/null || { echo "Cannot write to the data folder $data. Choose another with DATA_DIR." >&2; exit 1; }
log=$data/service.log
[[ ! -f $log ]] || mv -f "$log" "$data/service.previous.log"
# Commands in the background ignore Ctrl-C, so it is passed on as a request to end.
"$service" >"$log" 2>&1 &
service_pid=$!
trap 'kill -TERM $service_pid 2>/dev/null || true' INT TERM
node deploy/quickstart.mjs "$address" examples/quickstart.json "$service_pid" "$log" &
quickstart_pid=$!

status=0
# "wait" returns early when a signal was handled; wait again until the service has ended.
while kill -0 $service_pid 2>/dev/null; do
  wait $service_pid && status=0 || status=$?
done
kill $quickstart_pid 2>/dev/null || true
quickstart_status=0
wait $quickstart_pid 2>/dev/null || quickstart_status=$?
# 143 is the answer to our own request to end.
[[ $status -eq 143 ]] && status=0
# The quickstart stops a service that cannot train.
[[ $quickstart_status -ne 1 ]] || status=1
exit $status
