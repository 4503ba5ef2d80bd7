# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034,SC2016
# Sourced by benchmark.sh: from a clean tree to a service that is ready, against the same commands typed by
# hand one after the other. The build program's own build is left out; packages are in the cache for both.
typed() {
  local project
  dotnet tool restore -v q && dotnet restore TheaIA.sln --locked-mode -v q -nologo &&
    dotnet build TheaIA.sln --no-restore -v q -nologo &&
    dotnet csharpier check . || return
  for project in tests/*.Tests/*.csproj; do
    case $project in *.Build.Tests/*) continue ;; esac
    dotnet test "$project" --no-build -v q -nologo --collect 'XPlat Code Coverage' || return
  done
  dotnet publish src/TheaIA.Api/TheaIA.Api.csproj -c Release -o out -v q -nologo || return
  (cd out && PORT=8000 exec dotnet TheaIA.Api.dll --urls http://127.0.0.1:8000) >"$work/served" 2>&1 &
  served=$!
  until curl -fs -m 5 -o /dev/null http://127.0.0.1:8000/health/ready; do
    kill -0 $served 2>/dev/null || return 1
    sleep 0.05
  done
}
if wanted deploy; then
  : >"$work/ours" && : >"$work/theirs"
  for i in 1 2; do
    clone "clone-typed-$i"
    took typed && echo "$us" >>"$work/theirs"
    kill "$served" 2>/dev/null && wait "$served" 2>/dev/null
    served=''
    clone "clone-deploy-$i"
    ./build.sh Noop >/dev/null 2>&1
    took ./build.sh Deploy && echo "$us" >>"$work/ours"
    ./build.sh Stop >/dev/null 2>&1
  done
  cd "$root" || exit 1
  a=$(median <"$work/ours") b=$(median <"$work/theirs")
  ratio=$(awk -v a="$a" -v b="$b" 'BEGIN { printf "%.2f", a / b }')
  row '`./build.sh Deploy`, clean tree' "$(seconds "$a")" "$(seconds "$b") typed by hand" "$ratio" 'at most 1.0 x' "$(holds "$ratio" 1)"
fi
