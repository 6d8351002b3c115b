#!/usr/bin/env bash
# Installs what is missing of the named Debian packages; does nothing when all are there.
#
#   deploy/install-packages.sh "what they are for" PACKAGE...
#
# As root it runs apt-get; otherwise it prints the one line to run and fails.
set -euo pipefail
purpose=$1
shift

is_installed() { dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed; }

missing=()
for package in "$@"; do
  if ! command -v dpkg-query >/dev/null; then
    echo "This is not a Debian-like system, so nothing was checked. Needed for $purpose: $*" >&2
    exit 0
  fi
  is_installed "$package" || missing+=("$package")
done
[[ ${#missing[@]} -eq 0 ]] && exit 0

command="apt-get install -y --no-install-recommends ${missing[*]}"
if [[ $(id -u) -ne 0 ]]; then
  echo "Missing for $purpose. Run this once, then start again:" >&2
  echo "  sudo $command" >&2
  exit 1
fi

echo "Installing for $purpose: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { $command || { apt-get update && $command; }; } >"$log" 2>&1; then
  tail -n 20 "$log" >&2
  echo "Could not install: ${missing[*]}" >&2
  exit 1
fi
