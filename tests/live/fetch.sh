#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Fetches Debian packages that the live tests use without an installation: pcp
# cannot be configured without systemd, and gpsd would enable a service.
#
# Usage: fetch.sh [PACKAGE...]    (default: all that the tests use)
# Downloads and unpacks each one once, in ${XDG_CACHE_HOME:-~/.cache}, and
# prints the folders.  packages.txt lists the libraries that they need.
set -eu -o pipefail

[ $# -gt 0 ] || set -- pcp gpsd
# shellcheck source=/dev/null
release=$(. /etc/os-release && echo "$ID-${VERSION_ID:-none}")
cache=${XDG_CACHE_HOME:-$HOME/.cache}/shmtop-tests
mkdir -p "$cache"

options=()
[ "$(id -u)" -ne 0 ] || options=(-o APT::Sandbox::User=root)

for package; do
    dir=$cache/$package-$release-$(dpkg --print-architecture)
    if [ ! -d "$dir" ]; then
        new=$(mktemp -d "$cache/new.XXXXXX")
        trap 'rm -rf "$new"' EXIT
        (cd "$new" && apt-get -q "${options[@]}" download "$package") >&2
        mkdir "$new/tree"
        dpkg -x "$new/$package"_*.deb "$new/tree"
        # If another run was faster, keep its tree.
        mv -T "$new/tree" "$dir" 2>/dev/null || [ -d "$dir" ]
        rm -rf "$new"
    fi
    echo "$dir"
done
