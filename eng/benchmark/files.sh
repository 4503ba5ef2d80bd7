# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034,SC2016
# Sourced by benchmark.sh: a target that rests on 20,000 files, of which none changed; what the same program
# takes for a target without files is left out.
if wanted files; then
  mkdir -p "$work/files" && cat >"$work/files/Build.cs" <<'END'
internal sealed class Build : NukeBuild
{
    public static int Main() => Execute<Build>(x => x.Check);

    public Target Nothing => _ => _.Executes(() => { });

    public Target Check => _ => _.Inputs("in/**").Executes(() => { });
}
END
  program files
  git init -q "$work/files" && cd "$work/files" || exit 1
  awk 'BEGIN {
    for (i = 0; i < 200; i++) {
      system("mkdir -p in/" i)
      for (j = 0; j < 100; j++) { f = "in/" i "/" j ".cs"; print "// file", j, "of", i >f; close(f) }
    }
  }'
  sleep 3 # a file that is younger than the clock is coarse is read again
  took dotnet out/files.dll Check && took dotnet out/files.dll Check
  : >"$work/checked" && : >"$work/nothing"
  for i in 1 2 3 4 5 6 7; do
    took dotnet out/files.dll Check && echo "$us" >>"$work/checked"
    grep -q 'up to date' "$work/output" || fail 'The 20,000 files are not up to date.'
    took dotnet out/files.dll Nothing && echo "$us" >>"$work/nothing"
  done
  a=$(median <"$work/checked") b=$(median <"$work/nothing") a=$((a - b))
  row '20000 files, none changed' "$(seconds "$a")" "besides $(seconds "$b") for a no-op" - 'under 0.3 s' "$(holds "$a" 300000)"
  cd "$root" || exit 1
fi
