# shellcheck shell=bash disable=SC2034,SC2154
# For eng/components.sh: what comes as a package. A function that fails leaves a sentence in $why.

policy=$root/usr/sbin/policy-rc.d
lists=$root/etc/apt/sources.list.d
updated='' stale='' offline='' mirror='' key=''

# begin: one run at a time, and no service starts until it ends
begin() {
  mkdir -p "$root/run/lock" "$root/usr/sbin" "$lists" "$root/etc/apt/preferences.d" "$bin" "$library" || return
  exec 8>"$root/run/lock/theaia-components" || return
  if ! flock -n 8; then
    echo 'Another eng/components.sh installs: waiting for it.'
    flock 8
  fi
  begun=1
  # what a killed run left
  rm -rf --one-file-system "$library"/*.new
  allow_services && forbid_services
}

end() {
  if [ -n "$begun" ]; then
    allow_services
    rm -rf --one-file-system "$library"/*.new
  fi
  rm -rf --one-file-system "$work"
}

# Debian's packages start their servers, but ask a policy first (invoke-rc.d). The machine's own policy
# waits beside this one, and is found there again after a kill -9.
forbid_services() {
  printf '#!/bin/sh\n# eng/components.sh, while it installs\nexit 101\n' >"$policy.theaia" && chmod 755 "$policy.theaia" || return
  if [ -e "$policy" ]; then mv -f "$policy" "$policy.before-theaia" || return; fi
  mv -f "$policy.theaia" "$policy"
}
allow_services() {
  if [ -e "$policy.before-theaia" ]; then
    mv -f "$policy.before-theaia" "$policy"
  elif grep -qs '^# eng/components.sh,' "$policy"; then
    rm -f "$policy"
  fi
}

# quietly COMMAND...: its output is shown only as the reason why it failed. Ends with 4 where that is the network.
quietly() {
  local line
  # a server that a package starts would hold the lock
  "$@" >"$work/log" 2>&1 </dev/null 8>&- && return
  line=$(grep -E '^(E|Err|npm (ERR!|error)|error|fatal)[: ]' "$work/log" | tail -n 1)
  # an address may hold a password
  line=$(sed -E 's#//[^/@ ]*@#//#g' <<<"${line:-$(tail -n 1 "$work/log")}")
  if grep -qiE 'could not (resolve|connect)|unable to connect|temporary failure|connection (failed|refused|timed out)|network is unreachable|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|NU1301' "$work/log"; then
    why="its package source cannot be reached ($line): see to the network, then eng/components.sh $name"
    return 4
  fi
  why="${1##*/} failed: ${line:-it did not say why}"
  return 1
}

apt() {
  quietly apt-get -y -qq -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 -o Acquire::Retries=1 \
    -o Acquire::http::Timeout=20 -o Acquire::https::Timeout=20 "$@"
}

# is_offline: no second wait for a network that is not there
is_offline() {
  [ -n "$offline" ] || return
  why="its package source was not reached just now: see to the network, then eng/components.sh $name"
}

# may_fail CODE: what failed by the network fails the next ones at once
may_fail() {
  if [ "$1" = 4 ]; then offline=1; fi
  return "$1"
}

# apt_update: once a run. Where a source fails, others may do.
apt_update() {
  [ -z "$updated" ] || return 0
  updated=1
  apt -o APT::Update::Error-Mode=any update || stale=" ($why)"
}

candidate() { apt-cache policy "$1" 2>/dev/null | sed -n 's/^  Candidate: //p' | grep -vxF '(none)'; }

# apt_install PACKAGE...: from this machine's release; from Debian 13 where that release has no such package
apt_install() {
  local fresh='' service
  if is_offline; then return 1; fi
  apt_update
  if [ -z "$(candidate "$1")" ]; then
    trixie_source || return
    if [ -z "$(candidate "$1")" ]; then why="no package source of this machine has $1$stale" && return 1; fi
    # all of it is read: under pipefail, what grep -q hangs up on would count as no match
    if apt-get -s install --no-install-recommends "$@" 2>/dev/null | grep -E '^Inst [^ ]+ \[' >/dev/null; then
      why="Debian 13's $1 would upgrade packages of this release: install it by hand" && return 1
    fi
  fi
  for service in $services; do
    if ! systemctl --quiet is-enabled "$service" >/dev/null 2>&1; then fresh="$fresh $service"; fi
  done
  apt install --no-install-recommends "$@" || may_fail $? || return
  for service in $fresh; do
    # not every release's package has each of them
    systemctl --quiet disable "$service" >/dev/null 2>&1 || true
  done
}

# own_source SUITE: the first package source of this machine that has it, and the key file that signs it
own_source() {
  local file
  for file in "$lists"/*.sources "$lists"/*.list "$root/etc/apt/sources.list"; do
    [ -f "$file" ] || continue
    case $file in
      *.sources)
        sed '/^#/d' "$file" | awk -v suite="$1" 'BEGIN { RS = "" } {
          uri = key = types = suites = ""; on = 1
          n = split($0, lines, "\n")
          for (i = 1; i <= n; i++) {
            colon = index(lines[i], ":")
            name = tolower(substr(lines[i], 1, colon - 1))
            value = substr(lines[i], colon + 1)
            sub(/^[ \t]+/, "", value)
            split(value, words, " ")
            if (name == "types") types = " " value " "
            if (name == "uris") uri = words[1]
            if (name == "suites") suites = " " value " "
            if (name == "signed-by" && value ~ /^\//) key = words[1]
            if (name == "enabled" && tolower(value) ~ /^(no|false|0)/) on = 0
          }
          if (on && index(types, " deb ") && index(suites, " " suite " ") && uri !~ /^cdrom:/) { print uri, key; exit }
        }'
        ;;
      *)
        awk -v suite="$1" '$1 == "deb" {
          key = options = ""
          sub(/^[ \t]*deb[ \t]+/, "")
          if (/^\[/) { options = substr($0, 2, index($0, "]") - 2); sub(/^\[[^]]*\][ \t]*/, "") }
          if (match(options, /signed-by=[^ ]+/)) key = substr(options, RSTART + 10, RLENGTH - 10)
          split($0, words, " ")
          if (words[2] == suite && words[1] !~ /^cdrom:/) { print words[1], key; exit }
        }' "$file"
        ;;
    esac
  done | head -n 1
}

# release NAME: a value of os-release
release() { sed -n "s/^$1=\"\{0,1\}\([^\"]*\)\"\{0,1\}\$/\1/p" "$root/etc/os-release"; }

# use_source SUITE: sets $mirror and $key
use_source() {
  local found
  found=$(own_source "$1")
  mirror=${found%% *} key=${found#* }
  [ "$key" != "$found" ] || key=''
  # a list of mirrors: its first
  case $mirror in mirror+file:*) mirror=$(awk '!/^#/ && NF { print $1; exit }' "${mirror#mirror+file:}") ;; esac
  [ -n "$mirror" ]
}

# debian_mirror: sets $mirror and $key to Debian's; DEBIAN_MIRROR names one where this machine is another
debian_mirror() {
  mirror=${DEBIAN_MIRROR:-} key=''
  if [ -z "$mirror" ] && ! { [ "$(release ID)" = debian ] && use_source "$(release VERSION_CODENAME)"; }; then
    why="this machine's package sources name no Debian mirror: DEBIAN_MIRROR=URL eng/components.sh $name takes one"
    return 1
  fi
  if [ -z "$key" ]; then key=/usr/share/keyrings/debian-archive-keyring.gpg; fi
  [ -f "$root$key" ] || apt install --no-install-recommends debian-archive-keyring
}

source_of() { printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n' "$mirror" "$1" "$key"; }

# trixie_source: Debian 13 as one more source, from which comes only what no other has
trixie_source() {
  local source=$lists/theaia-trixie.sources
  debian_mirror || return
  {
    printf '# eng/components.sh: only what no other source has\nPackage: *\nPin: release n=trixie\nPin-Priority: 100\n' \
      >"$root/etc/apt/preferences.d/theaia-trixie" && source_of trixie >"$source.new" && mv -f "$source.new" "$source"
  } || unwritten "$source" || return
  apt -o "Dir::Etc::SourceList=$source" -o Dir::Etc::SourceParts=- -o APT::Get::List-Cleanup=0 \
    -o APT::Update::Error-Mode=any update || may_fail $?
}

# cosign3_from_sid: unpacked aside. Debian's unstable never becomes a source of this machine: apt reads
# it with lists of its own.
cosign3_from_sid() {
  local folder=$library/cosign3 sid=$work/sid file code
  if is_offline; then return 1; fi
  debian_mirror && mkdir -p "$sid"/{sources,preferences,lists/partial,cache/archives/partial,new} &&
    source_of sid >"$sid/sources/sid.sources" || return
  set -- -o Dir::Etc::SourceList=/dev/null -o "Dir::Etc::SourceParts=$sid/sources" -o Dir::Etc::Preferences=/dev/null \
    -o "Dir::Etc::PreferencesParts=$sid/preferences" -o "Dir::State::Lists=$sid/lists" -o "Dir::Cache=$sid/cache" \
    -o Acquire::Languages=none -o APT::Sandbox::User=root
  apt "$@" -o APT::Update::Error-Mode=any update || may_fail $? || return
  # it downloads to where it stands
  cd "$sid/new" && apt "$@" download cosign
  code=$?
  cd "$repository" || return
  may_fail $code || return
  file=$(compgen -G "$sid/new/cosign_*.deb") || { why='Debian sid has no cosign' && return 1; }
  quietly dpkg-deb -x "$file" "$folder.new" || return
  dpkg-deb -f "$file" Version >"$folder.new/version" && put "$folder" usr/bin/cosign cosign3
}

# put FOLDER PROGRAM NAME: FOLDER.new takes FOLDER's place, whole, and its program is on PATH by that name
put() {
  { rm -rf --one-file-system "$1" && mv "$1.new" "$1" && ln -sfn "$1/$2" "$bin/$3"; } || unwritten "$1"
}

unwritten() {
  why="$1 cannot be written: $(df -h "$library" | awk 'END { print $4 }') are free there"
  return 1
}
