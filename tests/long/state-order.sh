#!/usr/bin/env bash
# Random sequences of user actions (pause, resume, cancel, retry, extend) on runs with real trainers: states in the event log are allowed
# transitions, sequence numbers have no gaps, times never decrease. Needs the built solution (deploy/build.sh --tests).
#
#   tests/long/state-order.sh [COUNT [SEED]]     COUNT sequences (500), the same ones for the same SEED (1)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export STATE_ORDER_COUNT=${1:-500} STATE_ORDER_SEED=${2:-1}
time artifacts/bin/Service.Tests/release/Trainyard.Service.Tests -noColor -class "*StateOrderTests"
