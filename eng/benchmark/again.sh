# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034,SC2016
# Sourced by benchmark.sh: a second run with nothing changed, in a clone of its own.
# repeated WHAT LIMIT TARGETS...: the median of five, after one run that did the work
repeated() {
  local what=$1 limit=$2 i a
  shift 2
  took ./build.sh "$@"
  took ./build.sh "$@"
  : >"$work/again"
  for i in 1 2 3 4 5; do took ./build.sh "$@" && echo "$us" >>"$work/again"; done
  a=$(median <"$work/again")
  row "$what" "$(seconds "$a")" - - "under $limit s" "$(holds "$a" "$(awk -v l="$limit" 'BEGIN { print l * 1e6 }')")"
}
if wanted again; then
  clone clone-again
  repeated 'Test, Lint, Coverage, DockerBuild, unchanged' 0.5 Test Lint Coverage DockerBuild
  repeated '`./build.sh Deploy`, unchanged, verified' 1 Deploy
  ./build.sh Stop >/dev/null 2>&1
  cd "$root" || exit 1
fi
