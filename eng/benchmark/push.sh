# shellcheck shell=bash
# shellcheck disable=SC2154,SC2034,SC2016
# Sourced by benchmark.sh: an image of 500 MB to a registry on this machine, against oras. Each push is into a
# repository of its own, so that none finds a blob there.
if wanted push; then
  for tool in docker-registry oras; do
    command -v $tool >/dev/null || fail "The row push needs $tool: eng/components.sh $tool installs it."
  done
  mkdir -p "$work/push" && cp "$here/Push.cs" "$work/push"
  program push -p:Delivers=true
  image=$work/image digest=$(dotnet "$work/push/out/push.dll" make "$work/image") || fail 'No image can be made.'
  for _ in 1 2 3 4 5; do
    port=$((20000 + RANDOM % 10000))
    printf 'version: 0.1\nlog: { level: error, accesslog: { disabled: true } }\nstorage: { filesystem: { rootdirectory: %s } }\nhttp: { addr: "127.0.0.1:%s" }\n' \
      "$work/registry" "$port" >"$work/registry.yml"
    docker-registry serve "$work/registry.yml" >"$work/registry.log" 2>&1 &
    registry=$!
    sleep 1
    kill -0 $registry 2>/dev/null && break
  done
  pushes=0
  ours() {
    pushes=$((pushes + 1))
    dotnet "$work/push/out/push.dll" push "$image" "$digest" "127.0.0.1:$port/ours-$pushes" "$work/state" | tee -a "$work/peaks"
  }
  theirs() {
    pushes=$((pushes + 1))
    oras cp --from-oci-layout --to-plain-http "$image@$digest" "127.0.0.1:$port/theirs-$pushes:one"
  }
  against 5 'An image of 500 MB to a registry here' 1.3 '`oras cp`' ours -- theirs
  peak=$(awk '{ if ($2 > most) most = $2 } END { printf "%d", most / 1024 }' "$work/peaks")
  row 'An image of 500 MB: peak memory' "$peak MiB" - - 'at most 150 MiB' "$(holds "$peak" 150)"
  kill $registry && registry=''
fi
