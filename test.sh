#!/usr/bin/env bash
# Installs what the tests need, builds everything and runs every test project and the dashboard's tests.
# Ends with one line: "N passed, N failed".
#
#   ./test.sh              all
#   ./test.sh Specs.Tests  the named test projects only (Dashboard is one too)
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

passed=0
failed=0
finish() {
  echo "$passed passed, $failed failed"
  [[ $failed -eq 0 && $passed -gt 0 ]]
  exit
}
# A step that must work before any test can run.
require() {
  "$@" || { echo "Could not prepare the tests: $*" >&2; failed=$((failed + 1)); finish; }
}

require deploy/install-packages.sh "the tests' database" postgresql
require deploy/install-packages.sh "the browser tests" chromium
require deploy/install-packages.sh "the Fashion-MNIST dataset" dataset-fashion-mnist
require deploy/install-packages.sh "the reference that generated PyTorch programs run on" python3-torch
require deploy/build.sh --tests

count() {
  local name=$1 good=$2 bad=$3 status=$4
  # A runner that ends badly without naming a failed test failed as a whole.
  [[ $status -ne 0 && $bad -eq 0 ]] && bad=1
  [[ $good -eq 0 && $bad -eq 0 ]] && { echo "$name ran no test." >&2; bad=1; }
  passed=$((passed + good))
  failed=$((failed + bad))
}

run_dotnet_project() {
  local name=$1 log status
  log=$(mktemp)
  echo "== $name"
  "artifacts/bin/$name/release/Trainyard.$name" -noColor 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  local total errors bad
  read -r total errors bad < <(sed -n 's/.*Total: \([0-9]*\), Errors: \([0-9]*\), Failed: \([0-9]*\),.*/\1 \2 \3/p' "$log" | tail -n 1)
  count "$name" $((${total:-0} - ${bad:-0})) $((${bad:-0} + ${errors:-0})) "$status"
  rm -f "$log"
}

run_dashboard() {
  local log status good bad
  log=$(mktemp)
  echo "== Dashboard"
  npm run check --prefix src/Dashboard --silent || failed=$((failed + 1))
  npm test --prefix src/Dashboard --silent 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  local summary
  summary=$(sed 's/\x1b\[[0-9;]*m//g' "$log" | grep -E '^ *Tests ' | tail -n 1)
  good=$(grep -oE '[0-9]+ passed' <<<"$summary" | grep -oE '[0-9]+' || echo 0)
  bad=$(grep -oE '[0-9]+ failed' <<<"$summary" | grep -oE '[0-9]+' || echo 0)
  count Dashboard "$good" "$bad" "$status"
  rm -f "$log"
}

if [[ $# -gt 0 ]]; then
  projects=("$@")
else
  projects=()
  for folder in tests/*.Tests; do
    projects+=("${folder#tests/}")
  done
  projects+=(Dashboard)
fi
for project in "${projects[@]}"; do
  case "$project" in
    Dashboard) run_dashboard ;;
    *) run_dotnet_project "$project" ;;
  esac
done
finish
