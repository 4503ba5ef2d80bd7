#!/usr/bin/env bash
# Stands in for the SDK where the real one would take minutes; TheaIA.Build.Tests drives the real one.
# What it says and leaves is what the SDK says and leaves; $LOOP/*.code and $LOOP/*.out change it.
printf '%s\n' "$*" >>"$LOOP/calls"
say() { [ -f "$LOOP/$1.out" ] && cat "$LOOP/$1.out" || printf '%b' "$2"; exit "$(cat "$LOOP/$1.code" 2>/dev/null || echo 0)"; }
after() { local flag=$1; shift; while [ $# -gt 1 ]; do [ "$1" = "$flag" ] && echo "$2" && return; shift; done; }
leave() { mkdir -p "$LOOP_ROOT/artifacts/$(dirname "$1")" && echo x >"$LOOP_ROOT/artifacts/$1"; }
case $1 in
  restore) leave obj/TinyService/project.assets.json; say restore '' ;;
  nuget) say nuget "global-packages: $LOOP/packages\n" ;;
  list) say list '{ "version": 1, "parameters": "", "sources": [], "projects": [] }\n' ;;
  tool)
    [ "$2 $3" = 'run dotnet-CycloneDX' ] && echo '{ "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "metadata": {}, "components": [] }' \
      >"$(after --output "$@")/bom.json"
    say tool '' ;;
  format) say format '' ;;
  --version) say version '10.0.100\n' ;;
  msbuild) say msbuild '0.1.0\n' ;;
  watch) say watch 'watching\n' ;;
  build) leave bin/TinyService/debug/TinyService.dll; say build '  TinyService -> /x/TinyService.dll\n  Tiny.Tests -> /x/Tiny.Tests.dll\n\nBuild succeeded.\n    0 Warning(s)\n    0 Error(s)\n' ;;
  csharpier) say csharpier 'Checked 3 files in 100ms.\n' ;;
  reportgenerator)
    for argument in "$@"; do case $argument in -targetdir:*) mkdir -p "${argument#*:}" && echo html >"${argument#*:}/index.html" ;; esac; done
    say reportgenerator '' ;;
  test)
    results=$(after --results-directory "$@")
    mkdir -p "$results/one"
    [ -f "$LOOP/none.trx" ] || cp "$LOOP/results.trx" "$results/$(basename "$2" .csproj).trx"
    [ -f "$LOOP/coverage.xml" ] && cp "$LOOP/coverage.xml" "$results/one/coverage.cobertura.xml"
    say test '  Passed Tiny.One [1 ms]\n' ;;
  publish)
    out=$(after -o "$@")
    mkdir -p "$out"
    cp "$LOOP_SERVICE/TinyService.dll" "$LOOP_SERVICE/TinyService.deps.json" "$LOOP_SERVICE/TinyService.runtimeconfig.json" "$out"
    cp "$LOOP_ROOT/src/TinyService/mode" "$out/mode" 2>/dev/null
    say publish '' ;;
  *) exec "$LOOP_DOTNET" "$@" ;;
esac
