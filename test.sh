#!/usr/bin/env bash
# Installs what the tests need, builds everything and runs every test project and the dashboard's tests.
# Ends with one line: "N passed, N failed".
#
#   ./test.sh              everything
#   ./test.sh --fast       what needs no other process, no database and little time: under two minutes
#   ./test.sh Specs.Tests  the named test projects only (Dashboard is one too)
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

fast=false
[[ ${1:-} != --fast ]] || { fast=true; shift; }
passed=0
failed=0
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT

# The failures once more, at the end of the log.
print_failures() {
  local log
  if [[ -e $logs/check.failed ]]; then
    echo "== Failed: npm run check in src/Dashboard"
    sed 's/\x1b\[[0-9;]*m//g' "$logs/check.failed" | tail -n 60
  fi
  for log in "$logs"/*.log; do
    [[ -e $log ]] || continue
    sed 's/\x1b\[[0-9;]*m//g' "$log" | awk -v project="$(basename "$log" .log)" '
      function heading() { if (!shown++) print "== Failed in " project }
      # xUnit: the test and its message, indented.
      /\[FAIL\]$/ { heading(); print; inside = 1; lines = 0; next }
      inside && /^      / { if (++lines <= 40) print; next }
      inside && NF { inside = 0 }
      # Vitest: a part of its own at the end.
      /Failed (Tests|Suites) [0-9]+/ { vitest = 1 }
      vitest { heading(); print }'
  done
}

finish() {
  print_failures
  echo "$passed passed, $failed failed"
  [[ $failed -eq 0 && $passed -gt 0 ]]
  exit
}
# A step that must work before any test can run.
require() {
  "$@" || { echo "Could not prepare the tests: $*" >&2; failed=$((failed + 1)); finish; }
}

if ! $fast; then
  require deploy/install-packages.sh "the tests' database" postgresql
  require deploy/install-packages.sh "the browser tests" chromium-headless-shell
  require deploy/install-packages.sh "the Fashion-MNIST dataset" dataset-fashion-mnist
  require deploy/install-packages.sh "the reference that generated PyTorch programs run on" python3-torch
fi

count() {
  local name=$1 good=$2 bad=$3 status=$4
  # A runner that ends badly without naming a failed test failed as a whole.
  [[ $status -ne 0 && $bad -eq 0 ]] && bad=1
  [[ $good -eq 0 && $bad -eq 0 ]] && { echo "$name ran no test." >&2; bad=1; }
  passed=$((passed + good))
  failed=$((failed + bad))
}

run_project() {
  if [[ $1 == Dashboard ]]; then
    local checked=0
    npm run check --prefix src/Dashboard --silent 2>&1 | tee "$logs/check"
    checked=${PIPESTATUS[0]}
    [[ $checked -eq 0 ]] || mv "$logs/check" "$logs/check.failed"
    npm test --prefix src/Dashboard --silent && return "$checked"
  else
    local filter=()
    # What needs a database, another process, a package of the system or much time carries the trait "Needs".
    ! $fast || filter=(-trait- "Needs=*")
    "artifacts/bin/$1/release/Trainyard.$1" -noColor "${filter[@]}"
  fi
}

# Adds up what a project's runner wrote.
count_project() {
  local name=$1 log=$2 status=$3
  if [[ $name == Dashboard ]]; then
    local summary good bad
    summary=$(sed 's/\x1b\[[0-9;]*m//g' "$log" | grep -E '^ *Tests ' | tail -n 1)
    good=$(grep -oE '[0-9]+ passed' <<<"$summary" | grep -oE '[0-9]+' || echo 0)
    bad=$(grep -oE '[0-9]+ failed' <<<"$summary" | grep -oE '[0-9]+' || echo 0)
    count "$name" "$good" "$bad" "$status"
  else
    local total errors bad
    read -r total errors bad < <(sed -n 's/.*Total: \([0-9]*\), Errors: \([0-9]*\), Failed: \([0-9]*\),.*/\1 \2 \3/p' "$log" | tail -n 1)
    count "$name" $((${total:-0} - ${bad:-0})) $((${bad:-0} + ${errors:-0})) "$status"
  fi
}

run_and_count() {
  echo "== $1"
  run_project "$1" 2>&1 | tee "$logs/$1.log"
  count_project "$1" "$logs/$1.log" "${PIPESTATUS[0]}"
}

# What computes without looking at the clock runs beside the build and beside the browser tests, which wait for half of their time, and gives way to them.
run_beside() {
  local project status
  for project in "$@"; do
    # The dashboard's tests need nothing of what is still being built.
    until [[ $project == Dashboard || -e $logs/built ]]; do
      sleep 1
    done
    status=0
    run_project "$project" >"$logs/$project.log" 2>&1 || status=$?
    echo "$status" >"$logs/$project.status"
  done
}

if [[ $# -gt 0 ]]; then
  require deploy/build.sh --tests
  for project in "$@"; do
    run_and_count "$project"
  done
  finish
fi

if $fast; then
  require deploy/build.sh --tests
  for project in Specs.Tests Studies.Tests Architecture.Tests Trainer.Tests Service.Tests Dashboard; do
    run_and_count "$project"
  done
  finish
fi

require deploy/build.sh --dashboard
beside=(Dashboard Specs.Tests Studies.Tests Architecture.Tests Trainer.Tests)
# A process group of its own, so that it ends with this script.
set -m
(renice -n 10 "$BASHPID" >/dev/null && run_beside "${beside[@]}") &
group=$!
set +m
trap 'kill -- "-$group" 2>/dev/null; rm -rf "$logs"' EXIT
require deploy/build.sh --tests
touch "$logs/built"
for folder in tests/*.Tests; do
  project=${folder#tests/}
  [[ " ${beside[*]} " == *" $project "* ]] || run_and_count "$project"
done
wait
for project in "${beside[@]}"; do
  echo "== $project"
  cat "$logs/$project.log"
  count_project "$project" "$logs/$project.log" "$(cat "$logs/$project.status")"
done
finish
