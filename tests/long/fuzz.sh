#!/bin/bash
# Sends random requests to the service and watches its responses, rows and memory.
# Usage: tests/long/fuzz.sh [requests, default 10000] [seed, default 1]; after deploy/build.sh --tests. FUZZ_SECONDS: time limit of each request, default 5.
set -euo pipefail
cd "$(dirname "$0")/../.."
FUZZ_REQUESTS=${1:-10000} FUZZ_SEED=${2:-1} FUZZ_SECONDS=${FUZZ_SECONDS:-5} exec artifacts/bin/Service.Tests/release/Trainyard.Service.Tests -noColor -showLiveOutput -class "*FuzzTests"
