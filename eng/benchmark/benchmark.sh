#!/usr/bin/env bash
# What the pipeline costs, each row against what it is measured by, in the same run: ./build.sh Benchmark.
# Writes docs/performance.md and shows the same table. Wants a quiet machine; nothing else depends on it.
#
#   benchmark.sh [rows]   which rows, by name: noop four chain graph files again push deploy. Default: all.
set -u
here=$(cd "${BASH_SOURCE[0]%/*}" && pwd) root=$(cd "$here/../.." && pwd)
rows=${1:-noop four chain graph files again push deploy} rows=${rows//[,+]/ }
for row in $rows; do
  case $row in noop | four | chain | graph | files | again | push | deploy) ;; *)
    echo "There is no row '$row': noop, four, chain, graph, files, again, push, deploy." >&2 && exit 2 ;;
  esac
done
work=$(mktemp -d)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 NO_COLOR=1 THEAIA_STATE=$work/state
# the run that this is a target of is none of what is measured
unset NUKE_STARTED NUKE_ROOT NUKE_RUN_LOCK "${!GITHUB_@}"
export NUKE_PROGRAM=benchmark # as build.sh says it to the program that it starts
served='' table=$work/table
: >"$table"
finish() {
  local clone
  [ -z "$served" ] || kill "$served" 2>/dev/null
  [ -z "${registry:-}" ] || kill "$registry" 2>/dev/null
  for clone in "$work"/clone*/; do [ ! -x "$clone/build.sh" ] || (cd "$clone" && ./build.sh Stop >/dev/null 2>&1); done
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

fail() { printf '%s\n' "$*" >&2 && exit 1; }
wanted() { [[ " $rows " == *" $1 "* ]]; }
# took COMMAND...: runs it, and sets us to how long it took, in microseconds
took() {
  local before=${EPOCHREALTIME/[.,]/} after
  "$@" >"$work/output" 2>&1 </dev/null || { tail -20 "$work/output" >&2; fail "This failed: $*"; }
  after=${EPOCHREALTIME/[.,]/}
  us=$((after - before))
}
median() { sort -n | awk '{ a[NR] = $1 } END { print (NR % 2) ? a[(NR + 1) / 2] : (a[NR / 2] + a[NR / 2 + 1]) / 2 }'; }
seconds() { awk -v us="$1" 'BEGIN { printf us < 1e6 ? "%.3f s" : "%.2f s", us / 1e6 }'; }
# holds A LIMIT: yes or NO
holds() { awk -v a="$1" -v b="$2" 'BEGIN { print (a <= b) ? "yes" : "**no**" }'; }
# row WHAT OURS AGAINST RATIO GOAL HOLDS
row() {
  printf '| %s | %s | %s | %s | %s | %s |\n' "$@" >>"$table"
  printf '%-46s %9s %8s   %-16s %s\n' "${1//\`/}" "$2" "$4" "$5" "${6//\*/}"
}
# against TIMES WHAT LIMIT WORDS OURS... -- THEIRS...: both sides by turns; a row with the ratio of the medians
against() {
  local times=$1 what=$2 limit=$3 words=$4 ours=() theirs=() i a b ratio
  shift 4
  while [ "$1" != -- ]; do ours+=("$1") && shift; done
  shift && theirs=("$@")
  : >"$work/ours" && : >"$work/theirs"
  "${ours[@]}" >/dev/null 2>&1 </dev/null && "${theirs[@]}" >/dev/null 2>&1 </dev/null # both warm
  for ((i = 0; i < times; i++)); do
    took "${theirs[@]}" && echo "$us" >>"$work/theirs"
    took "${ours[@]}" && echo "$us" >>"$work/ours"
  done
  a=$(median <"$work/ours") b=$(median <"$work/theirs")
  ratio=$(awk -v a="$a" -v b="$b" 'BEGIN { printf "%.2f", a / b }')
  row "$what" "$(seconds "$a")" "$(seconds "$b") $words" "$ratio" "at most $limit x" "$(holds "$ratio" "$limit")"
}
# program NAME OPTIONS...: what is in the folder NAME, built as the build program is
program() {
  mkdir -p "$work/$1/.nuke" && echo '{}' >"$work/$1/.nuke/parameters.json"
  cp "$here/program.xml" "$work/$1/$1.csproj"
  (cd "$work/$1" && dotnet publish -c Release -o out --artifacts-path "$work/artifacts" -v q -nologo -tl:off "-p:Repository=$root/" "${@:2}" >"$work/output" 2>&1) ||
    { grep -m5 error "$work/output" >&2; fail "The program $1 does not compile."; }
}
clone() {
  { git clone -q "$root" "$work/$1" && cd "$work/$1"; } || fail "No clone can be made."
}

load=$(cut -d' ' -f1 /proc/loadavg 2>/dev/null || echo unknown)
printf '%-46s %9s %8s   %-16s %s\n' What Ours Ratio Goal Holds
# shellcheck source=/dev/null
for part in noop four graph files again push deploy; do . "$here/$part.sh"; done

{
  cat "$here/head.md"
  printf '\nMeasured %s on %s, %s cores, %s, .NET SDK %s, at commit %s; load before it: %s.\n\n' \
    "$(date -u +%F)" "$(uname -sm)" "$(getconf _NPROCESSORS_ONLN)" \
    "$(awk '/MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo 2>/dev/null)" \
    "$(dotnet --version)" "$(git -C "$root" rev-parse --short HEAD)" "$load"
  printf '| What | Ours | Against | Ratio | Goal | Holds |\n| --- | --- | --- | --- | --- | --- |\n'
  cat "$table"
} >"$work/performance.md"
mv "$work/performance.md" "$root/docs/performance.md"
