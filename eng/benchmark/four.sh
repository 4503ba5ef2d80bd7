# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034,SC2016
# Sourced by benchmark.sh: what the engine adds to targets that only wait.
waits() { (cd "$work/waits" && dotnet out/waits.dll "$@"); }
# measure FILE TARGET: five runs of it
measure() {
  local i
  waits "$2" >/dev/null 2>&1
  for i in 1 2 3 4 5; do took waits "$2" && echo "$us" >>"$work/$1"; done
}
if wanted four || wanted chain; then
  mkdir -p "$work/waits" && cp "$here/Waits.cs" "$work/waits"
  program waits
  git init -q "$work/waits"
fi
if wanted four; then
  measure four Four
  a=$(median <"$work/four")
  row 'Four targets of 1 s that feed one' "$(seconds "$a")" '1 s, one of them' \
    "$(awk -v a="$a" 'BEGIN { printf "%.2f", a / 1e6 }')" 'at most 1.2 s' "$(holds "$a" 1200000)"
fi
if wanted chain; then
  measure nothing Nothing
  measure chain Chain
  a=$(median <"$work/chain") b=$(median <"$work/nothing")
  over=$(awk -v a="$a" -v b="$b" 'BEGIN { printf "%d", a - b - 400000 }')
  row 'Four waves of three targets of 0.1 s' "$(seconds "$a")" "0.4 s, and $(seconds "$b") for one no-op" \
    "+$((over / 1000)) ms" 'at most +50 ms' "$(holds "$over" 50000)"
fi
