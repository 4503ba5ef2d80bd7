#!/usr/bin/env bash
# Proves the folder that it lies in, offline, with bash, openssl, sha256sum and the usual small tools.
#
#   ./verify.sh              by the public keys in keys/
#   ./verify.sh OWN.pub ...  by keys that you have from elsewhere: only this proves who signed
#
# Exit code 0: image, statements and lists are what was signed. 1: something is not; each is named.
# 2: the check itself cannot be made. README.md says what the files are.
set -uo pipefail
export LC_ALL=C # bytes are bytes, whatever the reader's language
unset CDPATH GREP_OPTIONS POSIXLY_CORRECT

readonly in_toto=application/vnd.in-toto+json
readonly index_type=https://theaia.com/attestations/index/v1
readonly sign_type=https://sigstore.dev/cosign/sign/v1
readonly tab=$'\t' newline=$'\n'
troubles=0

ok() { printf 'ok    %s\n' "$1"; }
note() { printf 'note  %s\n' "$1"; }
bad() {
  printf 'NO    %s\n' "$1"
  troubles=$((troubles + 1))
}
stop() {
  printf 'NO    %s\n' "$1" >&2
  exit 2
}

for tool in openssl sha256sum base64 awk grep sort find wc tr cmp mktemp; do
  command -v "$tool" >/dev/null || stop "$tool is not here: install it, then run verify.sh again."
done

hash_of() { sha256sum <"$1" | tr -d ' -'; }

# JSON's tokens, one a line: a string has no raw line break in it, so that lines are enough
tokens() { grep -oE '"([^"\\]|\\.)*"|[][{}:,]|[^][{}:,"[:space:]]+' <"$1"; }

# JSON as lines of path, tab, value: /subject/0/digest/sha256<tab>4be1... Values keep their escapes.
flatten() {
  tokens "$1" | awk '
    function plain(t) { return substr(t, 1, 1) == "\"" ? substr(t, 2, length(t) - 2) : t }
    $0 == "{" { kind[++depth] = "object"; key[depth] = ""; wants[depth] = 1; next }
    $0 == "[" { kind[++depth] = "list"; key[depth] = 0; wants[depth] = 0; next }
    $0 == "}" || $0 == "]" { depth--; next }
    $0 == ":" { wants[depth] = 0; next }
    $0 == "," { if (kind[depth] == "list") key[depth]++; else wants[depth] = 1; next }
    wants[depth] { key[depth] = plain($0); next }
    { path = ""; for (i = 1; i <= depth; i++) path = path "/" key[i]; print path "\t" plain($0) }'
}

# the first value at a path of a flattened document
value() { awk -F '\t' -v path="$2" '$1 == path { print $2; exit }' "$1"; }

# the values at all paths that fit a pattern
values() { awk -F '\t' -v path="^$2\$" '$1 ~ path { print $2 }' "$1"; }

# a list of objects in a flattened document, one a line: its properties, in the order they are asked for
rows() {
  awk -F '\t' -v list="$2/" -v names="$3" '
    index($1, list) == 1 {
      split(substr($1, length(list) + 1), part, "/")
      cell[part[1], part[2]] = $2
      if (part[1] + 0 >= count) count = part[1] + 1
    }
    END {
      asked = split(names, name, " ")
      for (row = 0; row < count; row++) {
        line = ""
        for (i = 1; i <= asked; i++) line = line (i > 1 ? "\t" : "") (cell[row, name[i]] == "" ? "-" : cell[row, name[i]])
        print line
      }
    }' "$1"
}

# keys that the reader has are named from where he stands
own=()
for key in "$@"; do
  [ -f "$key" ] || stop "There is no key file $key."
  own+=("$(cd -- "$(dirname -- "$key")" && pwd -P)/$(basename -- "$key")")
done

cd -- "$(dirname -- "${BASH_SOURCE[0]}")" || stop "The folder of verify.sh cannot be entered."
work=$(mktemp -d) || stop "There is no room for a temporary folder: set TMPDIR."
trap 'rm -rf -- "$work"' EXIT

[ -f index.json ] || stop "index.json is missing: this is no folder of evidence, or not all of it."
flatten index.json >"$work/index"
digest=$(value "$work/index" /digest)
hex=${digest#sha256:}
[[ $digest == sha256:* && $hex =~ ^[0-9a-f]{64}$ ]] || stop "index.json names no digest."
printf 'Evidence of %s\n\n' "$digest"

# 1. every file is what index.json says, and no other one is here
rows "$work/index" /files 'sha256 size path' >"$work/files"
: >"$work/paths"
blobs=0
before=$troubles
while IFS=$tab read -r sha size path; do
  case $path in
    *..*) bad "index.json lists $path, which is no file of this folder"; continue ;;
    README.md | verify.sh | image/* | statements/[0-9]* | keys/*.pub | rejected/[0-9]*) ;;
    *) bad "index.json lists $path, which is no file of this folder"; continue ;;
  esac
  printf '%s\n' "$path" >>"$work/paths"
  if [ ! -f "$path" ] || [ -L "$path" ]; then
    bad "$path is missing"
    continue
  fi
  real=$(hash_of "$path")
  if [ "$real" != "$sha" ]; then
    bad "$path was changed: its sha256 is $real, not $sha as in index.json"
  elif [ "$(($(wc -c <"$path")))" != "$size" ]; then
    bad "$path has another size than in index.json"
  fi
  # a blob's name is its digest: the one that the manifest, and so the signature, stands for
  case $path in
    image/blobs/sha256/*)
      blobs=$((blobs + 1))
      [ "$real" = "${path##*/}" ] || bad "$path is damaged: its content has the digest sha256:$real"
      ;;
  esac
done <"$work/files"
while IFS= read -r -d '' path; do
  path=${path#./}
  case $path in
    index.json) ;;
    *"$newline"*) bad "a file with a line break in its name was added" ;;
    *) grep -Fxq -e "$path" "$work/paths" || bad "$path is not in index.json: it was added, or its entry was removed" ;;
  esac
done < <(find . ! -type d -print0)
[ "$troubles" != "$before" ] || ok "$(wc -l <"$work/paths" | tr -d ' ') files are as index.json lists them"

# 2. the image: the digest names the manifest, the manifest names configuration and layers
before=$troubles
manifest=image/blobs/sha256/$hex
if [ -f "$manifest" ]; then
  flatten "$manifest" >"$work/manifest"
  {
    printf '%s\n' "$digest"
    values "$work/manifest" '/config/digest'
    values "$work/manifest" '/layers/[0-9]+/digest'
  } | sort -u >"$work/referenced"
  while IFS= read -r blob; do
    grep -Fxq -e "image/blobs/sha256/${blob#sha256:}" "$work/paths" || bad "$blob belongs to the image and is missing"
  done <"$work/referenced"
  while IFS= read -r path; do
    case $path in
      image/blobs/*) grep -Fxq -e "sha256:${path##*/}" "$work/referenced" || bad "$path does not belong to the image" ;;
      image/index.json | image/oci-layout) ;;
      image/*) bad "$path does not belong to the image" ;;
    esac
  done <"$work/paths"
else
  bad "the manifest $digest is missing in image/"
fi
if [ -f image/index.json ] && flatten image/index.json >"$work/layout" && [ "$(values "$work/layout" '/manifests/[0-9]+/digest')" = "$digest" ]; then
  :
else
  bad "image/index.json does not name $digest alone"
fi
[ "$troubles" != "$before" ] || ok "the image is whole: manifest, configuration, layers ($blobs blobs)"

# 3. the keys
keys=()
if [ "${#own[@]}" -gt 0 ]; then keys=("${own[@]}"); else for key in keys/*.pub; do [ -f "$key" ] && keys+=("$key"); done; fi
[ "${#keys[@]}" -gt 0 ] || bad "there is no key in keys/"
for key in ${keys[@]+"${keys[@]}"}; do
  if openssl pkey -pubin -in "$key" -outform DER -out "$work/key" 2>/dev/null; then
    note "key $key, sha256 $(hash_of "$work/key")"
  else
    bad "$key is no public key"
  fi
done

# who signed the file $work/signed, by the signatures in the file $work/signatures
signer() {
  local signature key
  while IFS= read -r signature; do
    printf '%s' "$signature" | base64 -d >"$work/signature" 2>/dev/null || continue
    for key in ${keys[@]+"${keys[@]}"}; do
      if openssl dgst -sha256 -verify "$key" -signature "$work/signature" "$work/signed" >/dev/null 2>&1; then
        printf '%s' "${key##*/}"
        return 0
      fi
    done
  done <"$work/signatures"
  return 1
}

# 4. the statements: signed, about this digest, and readable as what was signed
: >"$work/statements"
newest='' newest_name=''
check() {
  local envelope=$1 name=$2 kind=$3 by about says type='' at
  flatten "$envelope" >"$work/envelope"
  value "$work/envelope" /payload | base64 -d >"$work/payload" 2>/dev/null || { bad "$envelope has no payload"; return; }
  flatten "$work/payload" >"$work/said"
  if [ "$kind" = dsse ]; then
    [ "$(value "$work/envelope" /payloadType)" = "$in_toto" ] || { bad "$envelope holds no in-toto statement"; return; }
    # what is signed is not the payload but its pre-authentication encoding (DSSE v1)
    { printf 'DSSEv1 %d %s %d ' "${#in_toto}" "$in_toto" "$(($(wc -c <"$work/payload")))"; cat "$work/payload"; } >"$work/signed"
    values "$work/envelope" '/signatures/[0-9]+/sig' >"$work/signatures"
    about=$(values "$work/said" '/subject/[0-9]+/digest/sha256')
    type=$(value "$work/said" /predicateType)
  else
    cp "$work/payload" "$work/signed"
    value "$work/envelope" /signature >"$work/signatures"
    about=$(value "$work/said" /critical/image/docker-manifest-digest)
    about=${about#sha256:}
    type=$sign_type
  fi
  by=$(signer) || { bad "$envelope is signed by none of the keys"; return; }
  printf '%s\n' "$about" | grep -Fxq -e "$hex" || { bad "$envelope is about sha256:${about:-nothing}, not about this image"; return; }
  if [ ! -f "$name.json" ] || ! cmp -s <(tokens "$work/payload") <(tokens "$name.json"); then
    bad "$name.json does not say what was signed in $envelope"
    return
  fi
  printf '%s\t%s\n' "$(hash_of "$work/payload")" "$name" >>"$work/statements"
  says=$(value "$work/said" /predicate/verdict)
  [ -n "$says" ] || says=$(value "$work/said" /predicate/result)
  ok "$name: signed by $by${says:+, says $says}"
  if [ "$type" = "$index_type" ]; then
    at=$(value "$work/said" /predicate/madeOn)
    if [ -n "$at" ] && [[ ! $at < $newest ]]; then
      newest=$at newest_name=$name
      cp "$work/said" "$work/list"
    fi
    printf '%s\n' "$name" >>"$work/indexes"
  fi
}

: >"$work/indexes"
for envelope in statements/*; do
  case $envelope in
    *.dsse.json) check "$envelope" "${envelope%.dsse.json}" dsse ;;
    *.cosign.json) check "$envelope" "${envelope%.cosign.json}" cosign ;;
    *.json)
      [ -f "${envelope%.json}.dsse.json" ] || [ -f "${envelope%.json}.cosign.json" ] \
        || bad "$envelope has no signed envelope beside it"
      ;;
    'statements/*') bad "there are no statements" ;;
    *) bad "$envelope is no statement" ;;
  esac
done

# 5. the signed index: all that it lists is here
if [ -n "$newest_name" ]; then
  before=$troubles
  rows "$work/list" /predicate/statements 'payloadSha256 gate' >"$work/listed"
  while IFS=$tab read -r sha gate; do
    grep -q -e "^$sha$tab" "$work/statements" || bad "$gate (payload $sha) is in the signed index $newest_name, and no such statement is here"
  done <"$work/listed"
  while IFS=$tab read -r sha name; do
    grep -Fxq -e "$name" "$work/indexes" && continue
    grep -q -e "^$sha$tab" "$work/listed" || note "$name is signed, but not in the signed index: it came after it"
  done <"$work/statements"
  [ "$troubles" != "$before" ] || ok "the signed index of $newest: all $(wc -l <"$work/listed" | tr -d ' ') statements that it lists are here"
else
  bad "there is no signed index: nobody can say whether a statement was taken away"
fi
for rejected in rejected/*.txt; do
  [ -f "$rejected" ] && note "not counted: ${rejected%.txt}: $(tr '\n' ' ' <"$rejected")"
done

if [ "$troubles" != 0 ]; then
  printf '\nThis evidence does not hold: %d of its parts are not as they were signed.\n' "$troubles"
  exit 1
fi
if [ "${#own[@]}" -gt 0 ]; then
  printf '\nThis evidence holds, by your own keys.\n'
else
  printf '\nThis evidence holds, by the keys in keys/. Compare them with your own copies, or: ./verify.sh OWN.pub\n'
fi
