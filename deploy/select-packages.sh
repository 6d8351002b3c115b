#!/usr/bin/env bash
# Chooses the tensor engine and the dispatcher that the configured NuGet feed can serve.
#
#   deploy/select-packages.sh [--refresh]
#
# The feed is asked once, by restoring a tiny project; the answer is kept in artifacts/packages.props, which Directory.Build.props imports.
# TorchPackage (TorchSharp-cpu, TorchSharp-cuda-linux, TorchSharp-cuda-windows, system) and UseHangfire (true, false) in the environment win.
# --refresh asks again.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
answer=$root/artifacts/packages.props
probes=$root/artifacts/probe

case "${TorchPackage:-}" in
  '' | system | TorchSharp-cpu | TorchSharp-cuda-linux | TorchSharp-cuda-windows) ;;
  *) echo "TorchPackage is '$TorchPackage'; it is one of TorchSharp-cpu, TorchSharp-cuda-linux, TorchSharp-cuda-windows, system." >&2; exit 2 ;;
esac
case "${UseHangfire:-}" in
  '' | true | false) ;;
  *) echo "UseHangfire is '$UseHangfire'; it is true or false." >&2; exit 2 ;;
esac

# Restores a project with these packages, at the versions of Directory.Packages.props.
serves() {
  local folder=$probes/$1
  mkdir -p "$folder"
  # Empty files keep the settings of the repository out; the central package versions stay in force.
  echo '<Project />' >"$folder/Directory.Build.props"
  echo '<Project />' >"$folder/Directory.Build.targets"
  {
    echo '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup><ItemGroup>'
    printf '<PackageReference Include="%s" />' "$@"
    echo '</ItemGroup></Project>'
  } >"$folder/Probe.csproj"
  dotnet restore "$folder/Probe.csproj" --verbosity quiet >"$folder/restore.log" 2>&1
}

from_file() {
  [[ -f $answer ]] && sed -n "s:.*<$1 [^>]*>\(.*\)</$1>.*:\1:p" "$answer"
}

[[ ${1:-} == --refresh ]] && rm -f "$answer"

# Only the feed's answers are kept; a choice in the environment holds for the commands that see it.
torch=$(from_file TorchPackage || true)
hangfire=$(from_file UseHangfire || true)
if [[ -z $torch && -z ${TorchPackage:-} ]]; then
  if serves TorchSharp-cpu; then torch=TorchSharp-cpu; else torch=system; fi
fi
if [[ -z $hangfire && -z ${UseHangfire:-} ]]; then
  if serves Hangfire.AspNetCore Hangfire.PostgreSql; then hangfire=true; else hangfire=false; fi
fi
rm -rf "$probes"

property() { [[ -z $2 ]] || printf "    <%s Condition=\"'\$(%s)' == ''\">%s</%s>\n" "$1" "$1" "$2" "$1"; }
new=$(
  echo '<Project>'
  echo '  <!-- Written by deploy/select-packages.sh; its option "refresh" asks the feed again. -->'
  echo '  <PropertyGroup>'
  property TorchPackage "$torch"
  property UseHangfire "$hangfire"
  echo '  </PropertyGroup>'
  echo '</Project>'
)
mkdir -p "$(dirname "$answer")"
# An unchanged file keeps its time, so that nothing is built again.
[[ -f $answer && $(cat "$answer") == "$new" ]] || printf '%s\n' "$new" >"$answer"

echo "TorchPackage=${TorchPackage:-$torch}"
echo "UseHangfire=${UseHangfire:-$hangfire}"
