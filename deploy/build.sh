#!/usr/bin/env bash
# Checks the toolchain and builds dashboard, service and trainer.
#
#   deploy/build.sh              what runs: dashboard, service, trainer
#   deploy/build.sh --tests      the whole solution
#   deploy/build.sh --dashboard  the dashboard only
#
# Nothing is built again while no source is newer than the last build.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
target=${1:-run}

need() {
  local name=$1 have=$2 least=$3 hint=$4
  if [[ -z $have || $(printf '%s\n%s\n' "$least" "$have" | sort -V | head -n 1) != "$least" ]]; then
    echo "Trainyard needs $name $least or newer; found: ${have:-none}. $hint" >&2
    exit 1
  fi
}
need "the .NET SDK" "$(dotnet --version 2>/dev/null || true)" 10.0.100 "It is at https://dotnet.microsoft.com/download."
need "Node.js" "$(node --version 2>/dev/null | tr -d v || true)" 20.19.0 "It is at https://nodejs.org."

# Sources newer than a stamp, first one only.
changed_since() { [[ ! -f $1 ]] || find "${@:2}" -type f -newer "$1" -not -path '*/node_modules*' -not -path '*/wwwroot*' -print -quit | grep -q .; }

# The dashboard: Vite writes it into the service's wwwroot.
if [[ -f src/Dashboard/package.json ]] && { [[ ! -f src/Service/wwwroot/index.html ]] || changed_since artifacts/dashboard.stamp src/Dashboard; }; then
  echo "Building the dashboard"
  started=$(mktemp)
  if [[ ! -d src/Dashboard/node_modules ]] || changed_since src/Dashboard/node_modules/.package-lock.json src/Dashboard/package-lock.json; then
    npm ci --prefix src/Dashboard --no-audit --no-fund --loglevel=error
  fi
  npm run build --prefix src/Dashboard --silent -- --logLevel warn
  mkdir -p artifacts
  mv "$started" artifacts/dashboard.stamp
fi

[[ $target != --dashboard ]] || exit 0

stamp=artifacts/$target.stamp
sources=(src migrations lessons examples Directory.Build.props Directory.Packages.props global.json)
[[ $target == --tests ]] && sources+=(tests)
# The stamp holds the engine's package: another package is another build.
engine=${TorchPackage:-TorchSharp-cpu}
if changed_since "$stamp" "${sources[@]}" || [[ $(cat "$stamp") != "$engine" ]]; then
  started=$(mktemp)
  echo "$engine" >"$started"
  projects=(src/Service/Service.csproj src/Trainer/Trainer.csproj)
  [[ $target == --tests ]] && projects=(Service.sln)
  for project in "${projects[@]}"; do
    echo "Building $project"
    dotnet build "$project" --configuration Release --nologo --verbosity quiet -consoleLoggerParameters:'ErrorsOnly;NoSummary'
  done
  mv "$started" "$stamp"
fi
