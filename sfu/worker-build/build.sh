#!/usr/bin/env bash
# Builds mediasoup's worker from the sources in its npm package against Debian's own libraries, without a network.
#
#   build.sh PACKAGE WORK DESTINATION
#
# PACKAGE      the mediasoup package (node_modules/mediasoup); nothing is written into it
# WORK         a folder for the build; an interrupted build in it is continued
# DESTINATION  where the stripped executable goes
#
# JOBS in the environment is the number of compilers at once. The Debian packages it needs are in packages.txt; they
# are installed by tools/worker/build.mjs, which also reads the progress that ninja prints.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
package=$(realpath "$1")
work=$(realpath -m "$2")
destination=$(realpath -m "$3")

fail() {
  echo "build.sh: $1" >&2
  exit 1
}

prepare() {
  rm -rf "$work"
  mkdir -p "$work"
  cp -r "$package/worker" "$work/worker"

  # Debian 12 has meson 1.0.1, and nothing in the build files needs a newer one.
  sed -i "s/meson_version: '>= 1\.1\.0'/meson_version: '>= 1.0.0'/" "$work/worker/meson.build"

  # OpenSSL passes BIO_CB_RETURN together with the operation, but onSslBioOut() compares for equality and so turns
  # the answer to every control call into 1. Debian's OpenSSL knows kernel TLS and asks by such a call whether it is
  # in use: told yes, it allocates no write buffer and the first DTLS handshake ends in a segmentation fault.
  local dtls=$work/worker/src/RTC/DtlsTransport.cpp
  sed -i 's/(operationType == BIO_CB_RETURN) ? /((operationType \& BIO_CB_RETURN) != 0) ? /' "$dtls"
  grep -qF '((operationType & BIO_CB_RETURN) != 0) ? static_cast<long>(ret) : 1' "$dtls" ||
    fail "onSslBioOut() in DtlsTransport.cpp is not as expected; look at it before building this version."

  # A wrap file names the folder that its download would unpack to. Meson uses a folder that is already there.
  local shim wrap folder
  for shim in "$here"/shims/*/; do
    shim=$(basename "$shim")
    wrap=$work/worker/subprojects/${shim/_/-}.wrap
    folder=$(sed -n 's/^directory *= *//p' "$wrap")
    [[ -n $folder ]] || fail "$(basename "$wrap") names no directory."
    cp -r "$here/shims/$shim" "$work/worker/subprojects/$folder"
  done

  # The options that mediasoup's own tasks.py gives for a release.
  meson setup --wrap-mode=nodownload --buildtype release -Db_ndebug=true "$work/build" "$work/worker"
  touch "$work/prepared"
}

[[ -e $work/prepared ]] || prepare
ninja -C "$work/build" -j "${JOBS:-$(nproc)}" mediasoup-worker
install -D -m 755 "$work/build/mediasoup-worker" "$destination"
strip "$destination"
