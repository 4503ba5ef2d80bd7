# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034,SC2016
# Sourced by benchmark.sh: no-op targets in layers, ten a layer, each behind three of the layer before; the
# bare loop finds the same properties of the same program, and calls what each says, once and in order.
graph() {
  awk -v n="$1" 'BEGIN {
    print "internal sealed class Build : NukeBuild\n{"
    print "    public static int Main(string[] a)\n    {"
    print "        var code = a is [\"--loop\"] ? Loop() : Execute<Build>(x => x.All);"
    print "        if (Environment.GetEnvironmentVariable(\"PEAK\") is { } path)"
    print "            File.WriteAllText(path, File.ReadLines(\"/proc/self/status\").First(l => l.StartsWith(\"VmHWM\")));"
    print "        return code;\n    }"
    for (i = 0; i < n; i++) {
      needs = ""
      if (i >= 10) {
        first = (int(i / 10) - 1) * 10
        needs = sprintf(".DependsOn(T%d, T%d, T%d)", first + i % 10, first + (i + 1) % 10, first + (i + 3) % 10)
      }
      printf "    public Target T%d => _ => _%s.Executes(() => { });\n", i, needs
    }
    printf "    public Target All => _ => _.DependsOn(T%d", n - 10
    for (i = n - 9; i < n; i++) printf ", T%d", i
    print ");"
    print "    private static int Loop()\n    {\n        var (build, bare) = (new Build(), new Bare());"
    print "        foreach (var property in typeof(Build).GetProperties())"
    print "        {\n            if (property.PropertyType != typeof(Target)) continue;"
    print "            ((Target)property.GetValue(build)!)(bare);\n            bare.Action?.Invoke();\n        }"
    print "        return 0;\n    }"
    print "}"
  }'
}
if wanted graph; then
  for n in 3000 10000; do
    name=graph$n most=3 times=21
    [ $n = 3000 ] || most=2 times=9
    mkdir -p "$work/$name" && graph $n >"$work/$name/Build.cs" && cp "$here/Bare.cs" "$work/$name"
    program $name
    git init -q "$work/$name" && cd "$work/$name" || exit 1
    against $times "$n no-op targets in layers" $most 'a bare loop over them' dotnet "out/$name.dll" -- dotnet "out/$name.dll" --loop
    PEAK=$work/peak dotnet "out/$name.dll" >/dev/null 2>&1 </dev/null
    peak=$(awk '{ printf "%.0f", $2 / 1024 }' "$work/peak")
    if [ $n = 3000 ]; then row "$n targets: peak memory" "$peak MiB" - - 'at most 80 MiB' "$(holds "$peak" 80)"; fi
  done
  cd "$root" || exit 1
fi
