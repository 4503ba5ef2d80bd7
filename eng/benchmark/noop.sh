# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034,SC2016
# Sourced by benchmark.sh: the start, bash and the look for a stale build program included.
if wanted noop; then
  mkdir -p "$work/hello" && echo 'Console.WriteLine("hello");' >"$work/hello/hello.cs"
  program hello -p:Engine=none
  against 25 '`./build.sh Noop`, warm' 3 '`dotnet hello.dll`' "$root/build.sh" Noop -- dotnet "$work/hello/out/hello.dll"
fi
