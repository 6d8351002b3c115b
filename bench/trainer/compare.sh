#!/usr/bin/env bash
# Training speed of the quickstart network: the trainer against plain PyTorch, in turns, on SAMPLES (12,800) images of Fashion-MNIST, batch 128, two threads.
#
#   bench/trainer/compare.sh [ROUNDS]
#
# BUSY=4 starts that many busy processes beside it, as on a machine that others use too.
# Prints the training images per second of the second epoch of each run, then the median of each program. Needs python3-torch and a release build of the trainer.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
rounds=${1:-5}
samples=${SAMPLES:-12800}
work=$(mktemp -d)
busy=()
trap 'kill "${busy[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT
for _ in $(seq "${BUSY:-0}"); do
  (while :; do :; done) &
  busy+=($!)
done
python=${PYTHON:-/usr/bin/python3}

for precision in auto float32; do
  $python - "$work/$precision.json" "$samples" "$precision" <<'P'
import json, sys
spec = json.load(open("examples/quickstart.json"))
spec["data"]["trainLimit"] = int(sys.argv[2])
spec["training"] |= {"epochs": 2, "precision": sys.argv[3]}
json.dump(spec, open(sys.argv[1], "w"))
P
done

trainer() {
  local spec=$1
  shift
  rm -rf "$work/out"
  env "$@" artifacts/bin/Trainer/release/trainer train --spec "$work/$spec.json" --out "$work/out" --threads 2 </dev/null 2>/dev/null |
    sed -n 's/.*"type":"epoch","epoch":2,.*"imagesPerSecond":\([0-9]*\).*/\1/p'
}
peer() { $python bench/trainer/peer.py --samples "$samples" "$@" | tail -n 1; }

names=(trainer trainer_spin_10000 trainer_spin_300000 trainer_float32 pytorch pytorch_channels_last pytorch_bfloat16)
for round in $(seq "$rounds"); do
  trainer auto >>"$work/trainer"
  trainer auto GOMP_SPINCOUNT=10000 >>"$work/trainer_spin_10000"
  trainer auto GOMP_SPINCOUNT=300000 >>"$work/trainer_spin_300000"
  trainer float32 >>"$work/trainer_float32"
  peer >>"$work/pytorch"
  peer --channels-last >>"$work/pytorch_channels_last"
  peer --channels-last --bfloat16 >>"$work/pytorch_bfloat16"
  for name in "${names[@]}"; do printf '%s=%s ' "$name" "$(tail -n 1 "$work/$name")"; done
  echo "(round $round, load $(cut -d' ' -f1 /proc/loadavg))"
done
for name in "${names[@]}"; do
  printf '%-36s median %s images/s\n' "$name" "$(sort -n "$work/$name" | sed -n "$(((rounds + 1) / 2))p")"
done
