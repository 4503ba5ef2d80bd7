#!/usr/bin/env bash
NUKE_STARTED=${EPOCHREALTIME:-$(date +%s)} # the clock of Rollback starts here
# Starts the build program: ./build.sh [targets] [options]; ./build.sh --help lists both.
#
# Warm, that is one find over its sources and one exec: above the line "cold" stand builtins only.
# Cold, the sources are hashed by content. .nuke/temp/program/<hash>/ holds the program made of them
# and appears whole or not at all. build.ps1 does the same with the same hash: both share the outputs.
set -u
# The number of a closed output would go to the next file that is opened, and what is said into that file.
{ : 9>&1; } 2>/dev/null || exec >/dev/null
export NUKE_STARTED=${NUKE_STARTED/,/.} NUKE_ROOT NUKE_PROGRAM DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
case ${BASH_SOURCE[0]} in
  build.sh | ./build.sh) NUKE_ROOT=$PWD ;;
  /*) NUKE_ROOT=${BASH_SOURCE[0]%/*} ;;
  *) NUKE_ROOT=$(CDPATH='' cd -- "${BASH_SOURCE[0]%/*}" && pwd) || exit 2 ;;
esac
temp=$NUKE_ROOT/.nuke/temp store=$NUKE_ROOT/.nuke/temp/program

# What the program is made of: these files, and these kinds of files in these folders, but not what
# stands apart. A letter in brackets makes a name a pattern, so that it vanishes where no file is.
kinds=(-name '*.cs' -o -name '*.csproj' -o -name '*.proj' -o -name '*.props' -o -name '*.targets' -o -name '*.json' -o -name '*.editorconfig' -o -name '*.txt' -o -name '*.sh')
apart=('(' -name TheaIA.Api -o -name bin -o -name obj ')' -prune)
inputs() {
  shopt -s nullglob
  files=("$NUKE_ROOT"/{Directory.*.props,Directory.*.targets,global.jso[n],.editorconfi[g],[Nn]u[Gg]et.[Cc]onfig,eng/BannedSymbols*,build.s[h],build.ps[1]})
  folders=("$NUKE_ROOT"/buil[d] "$NUKE_ROOT"/sr[c])
  shopt -u nullglob
  names="${files[*]#"$NUKE_ROOT"/}"
}

# newer STAMP: an input that changed since. By ctime: an edit that keeps the mtime shows as well, and a
# deleted file by its folder. Fails where it cannot tell. Ends the subshell that it is called in.
newer() {
  exec find "${files[@]}" "${folders[@]}" "${apart[@]}" -o '(' -type f -o -type d ')' -cnewer "$1" -print -quit 2>/dev/null
}

# run HASH DOTNET ARGUMENTS...: becomes the program; what it starts finds the same dotnet
run() {
  NUKE_PROGRAM=$1
  [ "$2" = "$on_path" ] || export PATH="${2%/*}:$PATH" DOTNET_ROOT="${2%/*}"
  local dotnet=$2
  shift 2
  exec "$dotnet" "$store/$NUKE_PROGRAM/_build.dll" "$@"
}

on_path='' rest=$PATH:
while [ -n "$rest" ]; do
  if [ -f "${rest%%:*}/dotnet" ] && [ -x "${rest%%:*}/dotnet" ]; then on_path=${rest%%:*}/dotnet && break; fi
  rest=${rest#*:}
done
nearest=$on_path
if [ -x "${DOTNET_ROOT:-}/dotnet" ]; then nearest=$DOTNET_ROOT/dotnet; fi

inputs
hash='' were='' was='' dotnet=''
if {
  read -r hash <"$store/current" && read -r were <"$store/$hash/stamp" &&
    { read -r was && read -r dotnet; } <"$store/dotnet"
} 2>/dev/null && [ "$were" = "$names" ] && [ "$was" = "$nearest" ] && [ -x "$dotnet" ] &&
  [ -f "$store/$hash/_build.dll" ] && changed=$(newer "$store/$hash/stamp") && [ -z "$changed" ]; then
  run "$hash" "$dotnet" "$@"
fi

# ---- cold ----------------------------------------------------------------------------------------

log=$store/build.log
say() { printf '%s\n' "$*" >&2; }
fail() { say "$*" && exit 2; }

# Whatever ends this leaves no process and nothing half made. dotnet tidies up on SIGTERM, but leaves
# its children to themselves.
child='' server='' folder_lock='' open_line=''
end_child() {
  local pid parent
  [ -n "$child" ] || return 0
  ps -A -o pid=,ppid= 2>/dev/null | {
    while read -r pid parent; do
      if [ "$parent" = "$child" ]; then kill -KILL "$pid" 2>/dev/null; fi
    done
  }
  kill -TERM "$child" 2>/dev/null
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    kill -0 "$child" 2>/dev/null || break
    sleep 0.2 9>&-
  done
  kill -KILL "$child" 2>/dev/null
  wait "$child" 2>/dev/null
  child=''
}
# end_server: the compilers' server, found by the name that it listens to. After a kill -9 of this script
# it ends by itself when it has had nothing to do for 10 minutes.
end_server() {
  local pids
  [ -n "$server" ] || return 0
  pids=$(grep -als -- "-pipename:[t]${server#t}" /proc/[0-9]*/cmdline | tr -dc '0-9\n')
  pids=${pids:-$(ps -A -o pid=,args= 2>/dev/null | grep -- "-pipename:[t]${server#t}" | awk '{ print $1 }')}
  [ -z "$pids" ] || kill -KILL $pids 2>/dev/null
  rm -f "/tmp/$server"
  server=''
}
clean() {
  end_child
  end_server
  if [ -n "$open_line" ]; then say ''; fi
  rm -rf "$store/new.$$" "$store/stamp.$$" "$temp/dotnet.$$" "$temp/dotnet-install.$$"
  [ -z "$folder_lock" ] || rm -rf "$store/lock.d"
  exec 9>&-
}
trap clean EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# become HASH ARGUMENTS...: like run, and nothing of the cold start goes along
become() {
  clean
  trap - EXIT HUP INT TERM
  local hash=$1
  shift
  run "$hash" "$dotnet" "$@"
}

# The way back runs on the last good program where there can be no new one: it waits for one 40 s of
# the 90 s that a rollback has.
target=${1:-} option='' good='' way_back=''
if [ "${target#-}" != "$target" ]; then
  target=''
  for argument in "$@"; do
    case $option$argument in
      --target=*) target=${argument#*=} && break ;;
      --target' '*) target=$argument && break ;;
    esac
    option=''
    if [ "$argument" = --target ]; then option='--target '; fi
  done
fi
target=${target%%+*}
if read -r good <"$store/current" && [ -f "$store/$good/stamp" ]; then
  shopt -s nocasematch
  case ${target//-/} in Rollback | Recover | Status | Logs | Unhold | Stop) way_back=yes ;; esac
  shopt -u nocasematch
fi 2>/dev/null
late() { [ -n "$way_back" ] && [ "$SECONDS" -ge 40 ]; }

# older WHY ARGUMENTS...: on the last good program, and why
older() {
  local built form=%H:%M why=$1
  shift
  read -r built <"$store/$good/built"
  [ "$(at "$built" %F)" = "$(date +%F)" ] || form='%-d %b %H:%M'
  [ -n "$dotnet" ] || find_dotnet runtime || fail "$why, and there is no .NET runtime here for the build program of $(at "$built" "$form"): $install"
  say "$why; this runs on the build program of $(at "$built" "$form")."
  become "$good" "$@"
}
at() { LC_ALL=C date -d "@$1" "+$2" 2>/dev/null || LC_ALL=C date -r "$1" "+$2"; }

# ---- the SDK

wanted=''
if [ "$was" != "$nearest" ] || [ ! -x "$dotnet" ]; then dotnet=''; fi
if [ -f "$NUKE_ROOT/global.json" ] && [[ $(<"$NUKE_ROOT/global.json") =~ \"version\"[[:space:]]*:[[:space:]]*\"([^\"]+)\" ]]; then
  wanted=${BASH_REMATCH[1]}
fi
no_sdk="There is no .NET SDK here${wanted:+ (global.json wants $wanted or newer)}"
install='install it from https://dotnet.microsoft.com/download, or put dotnet on PATH.'

# find_dotnet sdk|runtime: the first that serves; whether an SDK does, dotnet says from global.json
find_dotnet() {
  for dotnet in "$nearest" "$on_path" "${HOME:-}/.dotnet/dotnet" "$temp/dotnet/dotnet"; do
    if [ ! -f "$dotnet" ] || [ ! -x "$dotnet" ]; then continue; fi
    (cd "$NUKE_ROOT" && TERM=dumb "$dotnet" --version) </dev/null >/dev/null 2>&1 9>&- && return
    [ "$1" = runtime ] && "$dotnet" --list-runtimes </dev/null 2>/dev/null 9>&- | grep -q '^Microsoft.NETCore.App 10\.' && return
  done
  dotnet=''
  return 1
}

install_sdk() {
  local script=$temp/dotnet-install.$$ from=https://dot.net/v1/dotnet-install.sh which=(--channel 10.0)
  [ -z "$wanted" ] || which=(--jsonfile "$NUKE_ROOT/global.json")
  { curl -fsSL --connect-timeout 10 -m 60 -o "$script" "$from" || wget -q -T 10 -t 1 -O "$script" "$from"; } >/dev/null 2>&1 9>&-
  [ -s "$script" ] || return 1
  attend "Installing the .NET SDK $wanted into .nuke/temp/dotnet..." stays bash "$script" "${which[@]}" --install-dir "$temp/dotnet.$$" --no-path
  [ "$code" = 0 ] && [ -x "$temp/dotnet.$$/dotnet" ] || return 1
  rm -rf "$temp/dotnet"
  mv "$temp/dotnet.$$" "$temp/dotnet" && find_dotnet sdk
}

# attend WORDS stays|passes COMMAND...: runs it with its output in the log; one line tells that and how
# long. A line that passes is for a terminal only. Sets code: its exit code, 124 when it took too long.
attend() {
  local words=$1 line=$2 began=$SECONDS drawn=-1
  shift 2
  if [ "$line" = stays ] || [ -t 2 ]; then open_line=yes; fi
  [ "$line" = passes ] || [ -t 2 ] || printf '%s ' "$words" >&2
  "$@" </dev/null >"$log" 2>&1 9>&- &
  child=$! code=''
  while kill -0 "$child" 2>/dev/null; do
    if late; then end_child && code=124 && break; fi
    if [ -t 2 ] && [ "$drawn" != $((SECONDS - began)) ]; then
      drawn=$((SECONDS - began))
      printf '\r%s %s s' "$words" "$drawn" >&2
    fi
    sleep 0.1 9>&-
  done
  if [ -z "$code" ]; then wait "$child" && code=0 || code=$?; fi
  child='' open_line=''
  case $line in
    stays) if [ -t 2 ]; then printf '\n' >&2; else say "$((SECONDS - began)) s"; fi ;;
    passes) [ ! -t 2 ] || printf '\r%*s\r' $((${#words} + 8)) '' >&2 ;;
  esac
}

# ---- the program

if command -v sha256sum >/dev/null; then sha256=(sha256sum); else sha256=(shasum -a 256); fi

# manifest: each input with the hash of its content, in the order of bytes
manifest() (
  set -o pipefail
  cd "$NUKE_ROOT" || exit
  {
    printf '%s\n' "${files[@]#"$NUKE_ROOT"/}"
    find "${folders[@]#"$NUKE_ROOT"/}" "${apart[@]}" -o -type f '(' "${kinds[@]}" ')' -print
  } | LC_ALL=C sort | tr '\n' '\0' | xargs -0 "${sha256[@]}"
)

# One at a time in a checkout. flock ends with its holder; a folder is stale when its holder is gone.
take_lock() {
  exec 9>>"$store/lock"
  if try_lock; then return; fi
  say 'Another run makes the build program here: waiting for it...'
  until try_lock; do
    if late; then older 'Another run has been making the build program for 40 s' "$@"; fi
    sleep 0.2 9>&-
  done
}
try_lock() {
  local holder=''
  if command -v flock >/dev/null; then
    flock -n 9
    return
  fi
  if mkdir "$store/lock.d" 2>/dev/null; then echo $$ >"$store/lock.d/pid" && folder_lock=yes && return; fi
  read -r holder 2>/dev/null <"$store/lock.d/pid" || sleep 1
  if [ -z "$holder" ]; then read -r holder 2>/dev/null <"$store/lock.d/pid"; fi
  if [ -z "$holder" ] || ! ps -p "$holder" >/dev/null 2>&1; then
    mv "$store/lock.d" "$store/lock.$$" 2>/dev/null && rm -rf "$store/lock.$$"
  fi
  return 1
}

# choose_obj: the compiler's intermediate files serve again only when MSBuild, which goes by mtime, sees
# all that changed: each input that differs is newer than the end of the last build. A build that was
# killed left no end. A new folder's name is its own: a compiler that outlived a kill writes elsewhere.
choose_obj() {
  local last where line other
  obj=''
  for last in "$temp"/program-obj/*/finished; do
    if ! read -r where 2>/dev/null <"$last" || [ "$where" != "$NUKE_ROOT" ]; then continue; fi
    obj=${last%/*}
    while IFS= read -r line; do
      [ "$NUKE_ROOT/${line:66}" -nt "$last" ] || obj=''
    done < <(printf '%s\n' "$text" | LC_ALL=C sort "$obj/manifest" - | uniq -u)
  done
  for other in "$temp"/program-obj/*; do [ "$other" = "$obj" ] || rm -rf "$other"; done
  obj=${obj:-$temp/program-obj/$$}
  mkdir -p "$obj" && rm -f "$obj/finished" "$obj/result" && printf '%s\n' "$text" >"$obj/manifest"
}

# All projects by one compilers' server, and no profiling for the minutes that no process here lives: both
# together take more than half of the time away. Analyzers are for Compile and Lint. The result file is the
# proof of an end, since dotnet exits 0 on SIGTERM.
publish() {
  cd "$NUKE_ROOT" || exit
  unset MSBuildSDKsPath MSBuildExtensionsPath MSBUILD_EXE_PATH MSBuildLoadMicrosoftTargetsReadOnly
  DOTNET_CLI_UI_LANGUAGE=en DOTNET_TieredPGO=0 TERM=dumb exec "$dotnet" publish build/_build.csproj -c Release -o "$store/new.$$" --artifacts-path "$obj" \
    -v q -nologo -tl:off -clp:NoSummary -nodeReuse:false -p:UseSharedCompilation=true -p:SharedCompilationId="$server" -p:RunAnalyzers=false \
    -getProperty:PublishDir -getResultOutputFile:"$obj/result"
}

# make: the program of the inputs that text lists, whole, or code says why not
make() {
  local words='Building the build program...' line=passes
  [ -e "$store/current" ] || words='Building the build program (first run here)...' line=stays
  choose_obj
  rm -rf "$store/new.$$"
  server=theaia-$$-program
  attend "$words" $line publish
  end_server
  if changed=$(newer "$store/stamp.$$") && [ -z "$changed" ]; then :; else code=changed && return 1; fi
  if [ "$code" = 0 ] && [ -s "$obj/result" ]; then
    printf '%s\n' "$NUKE_ROOT" >"$obj/finished"
    date +%s >"$store/new.$$/built"
    mv "$store/stamp.$$" "$store/new.$$/stamp"
    sync "$store/new.$$"/* 2>/dev/null # after a power cut it is whole as well
    rm -rf "${store:?}/$hash"
    mv "$store/new.$$" "$store/$hash"
  else
    [ "$code" != 0 ] || code=143
    return 1
  fi
}

# use ARGUMENTS...: runs the program of this hash; keeps the last three used, and those that run now
use() {
  local other kept=0 running
  printf '%s\n%s\n' "$nearest" "$dotnet" >"$store/new.$$.dotnet" && mv -f "$store/new.$$.dotnet" "$store/dotnet"
  printf '%s\n' "$hash" >"$store/new.$$.current" && mv -f "$store/new.$$.current" "$store/current"
  if [ "$made" = yes ]; then
    running=$(cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' '\n')
    running=${running:-$(ps -A -o args=)}
    while IFS= read -r other; do
      other=${other%/stamp} kept=$((kept + 1))
      if [ $kept -le 3 ]; then continue; fi
      case $running in *"program/${other##*/}/_build.dll"*) continue ;; esac
      mv "$other" "$store/old.$$" && rm -rf "$store/old.$$"
    done < <(ls -1t "$store"/*/stamp)
  fi
  become "$hash" "$@"
}

# refuse ARGUMENTS...: says why there is no program of these sources; the way back goes on without it
refuse() {
  local line file message place='' first='' kind='' found=0 here
  local in_line='^(.*)\(([0-9]+)(,[0-9]+)*\): error ([A-Za-z]+[0-9]+): (.*)$' in_file='^(.*[^ ]) ?: error ([A-Za-z]+[0-9]+): (.*)$'
  here=$(cd "$NUKE_ROOT" && pwd -P)
  while IFS= read -r line; do
    if [[ $line =~ $in_line ]]; then
      file=${BASH_REMATCH[1]}:${BASH_REMATCH[2]} message="${BASH_REMATCH[4]}: ${BASH_REMATCH[5]}"
    elif [[ $line =~ $in_file ]]; then
      file=${BASH_REMATCH[1]} message="${BASH_REMATCH[2]}: ${BASH_REMATCH[3]}"
    else continue; fi
    file=${file#"$here"/} message=${message% \[*\]} found=$((found + 1))
    if [ -z "$place" ]; then place=$file first=$message; fi
    if [ -z "$way_back" ] && [ $found -le 10 ]; then say "    $file: $message"; fi
  done < <(awk '!seen[$0]++' "$log")
  if [ -z "$way_back" ] && [ $found -gt 10 ]; then say "    and $((found - 10)) more"; fi

  case $code/$first in
    124/*) kind=slow ;;
    */NU110[0-3]:* | */NU130?:*) kind=packages ;;
    */?*) kind=sources && printf '%s\n' "$NUKE_ROOT" >"$obj/finished" ;;
  esac
  case ${way_back:-no}/$kind in
    yes/slow) older 'The sources here did not compile within 40 s' "$@" ;;
    yes/packages) older "Packages cannot be had (${first%.})" "$@" ;;
    yes/sources) older "The sources here do not compile ($place)" "$@" ;;
    yes/) older "The sources here cannot be built (dotnet publish ended with exit code $code)" "$@" ;;
    no/packages) fail "The build program's packages cannot be had: $place needs them. Mend the network or NuGet.config, then run this again." ;;
    no/sources) fail "The build program does not compile: $place. Mend it, or undo the change: git diff build src" ;;
    *) fail "The build program cannot be built: dotnet publish ended with exit code $code. Its output: .nuke/temp/program/build.log" ;;
  esac
}

[ -f "$NUKE_ROOT/build/_build.csproj" ] || fail "There is no build program here: $NUKE_ROOT/build/_build.csproj is missing."
if ! mkdir -p "$store" 2>/dev/null || [ ! -w "$store" ]; then fail "The build program has no place: $store cannot be written."; fi
take_lock "$@"
rm -rf "$store"/{new,stamp,old}.* "$temp"/dotnet.* "$temp"/dotnet-install.*
made=''
for _ in 1 2 3 4 5; do
  # The stamp is older than the reading. An edit in the same tick of the clock would look as old as the
  # stamp: the tick passes first.
  inputs
  printf '%s\n' "$names" >"$store/stamp.$$"
  sleep 0.02 9>&-
  if ! text=$(manifest 2>"$log"); then continue; fi
  hash=$(printf '%s\n' "$text" | "${sha256[@]}") && hash=${hash:0:16}
  if [ -f "$store/$hash/stamp" ] && { [ -n "$dotnet" ] || find_dotnet runtime; }; then
    mv -f "$store/stamp.$$" "$store/$hash/stamp"
    use "$@"
  fi
  if ! find_dotnet sdk; then
    if [ -n "$way_back" ] && find_dotnet runtime; then older "$no_sdk" "$@"; fi
    install_sdk || fail "$no_sdk and it could not be downloaded: $install"
  fi
  if make; then made=yes && use "$@"; fi
  [ "$code" = changed ] || refuse "$@"
done
if [ -n "$way_back" ]; then older 'The sources here change while they are read' "$@"; fi
fail "The build program's sources change while they are read: run this again when they rest."
