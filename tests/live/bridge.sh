#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Programs for x86 and x64 on one mapping: shmtop of both bitnesses and .NET's
# MemoryMappedFile in CoreCLR of both, in Wine, each as the server of each.
# SHMTOP_WIN64 and SHMTOP_WIN32 are shmtop.exe for x64 and x86.
#
# Prepares the programs and runs bridge_writer.sh for all four servers at the
# same time, each with its own mapping.
# shellcheck source-path=SCRIPTDIR source=lib.sh
: "${SHMTOP_WIN64:?names shmtop.exe for x64}"
: "${SHMTOP_WIN32:?names shmtop.exe for x86}"
SHMTOP=$SHMTOP_WIN64
. "$(dirname "$0")/lib.sh"
need wine mcs npm

# The machine word of a Windows program: 34404 is x64, 332 is x86.
machine() {
    python3 -c 'import struct, sys
data = open(sys.argv[1], "rb").read()
(pe,) = struct.unpack_from("<I", data, 60)
print(struct.unpack_from("<H", data, pe + 4)[0])' "$1"
}
same "SHMTOP_WIN64 is an x64 program" "$(machine "$SHMTOP_WIN64")" 34404
same "SHMTOP_WIN32 is an x86 program" "$(machine "$SHMTOP_WIN32")" 332

dotnet64=$("$here/fetch_dotnet.sh" x64) || skip "no .NET for x64"
dotnet32=$("$here/fetch_dotnet.sh" x86) || skip "no .NET for x86"
same "the .NET for x64 is one" "$(machine "$dotnet64/dotnet.exe")" 34404
same "the .NET for x86 is one" "$(machine "$dotnet32/dotnet.exe")" 332

for program in Server Client; do
    mcs -out:"$work/$program.dll" "$here/dotnet/$program.cs" \
        "$here/dotnet/Options.cs" || exit 1
done

# runner NAME EXE [ARGUMENT...]: makes $work/NAME, which runs it in Wine.
wine=$(cd "$here/../../cmake" && pwd)/wine.sh
prefix=${XDG_CACHE_HOME:-$HOME/.cache}/shmtop-tests/wine
runner() {
    {
        echo '#!/bin/sh'
        printf 'exec'
        printf ' %q' sh "$wine" "$prefix" "${@:2}"
        echo ' "$@"'
    } >"$work/$1"
    chmod +x "$work/$1"
}

# dotnet BITS FOLDER
dotnet() {
    local version
    version=$(basename "$2"/shared/Microsoft.NETCore.App/*)
    cat >"$work/dotnet$1.json" <<END
{"runtimeOptions": {
    "framework": {"name": "Microsoft.NETCore.App", "version": "$version"},
    "configProperties": {"System.Globalization.Invariant": true}}}
END
    runner "server$1" "$2/dotnet.exe" exec \
        --runtimeconfig "$work/dotnet$1.json" "$work/Server.dll"
    runner "client$1" "$2/dotnet.exe" exec \
        --runtimeconfig "$work/dotnet$1.json" "$work/Client.dll"
}

runner shmtop64 "$SHMTOP_WIN64"
runner shmtop32 "$SHMTOP_WIN32"
dotnet 64 "$dotnet64"
dotnet 32 "$dotnet32"
for bits in 64 32; do # one by one: the first creates the Wine prefix
    check "shmtop of $bits bits runs" "$work/shmtop$bits" --version \
        >"$work/version"
    cat "$work/version"
done
[ "$failures" -eq 0 ] || finish

servers="shmtop64 shmtop32 server64 server32"
declare -A running
at_exit() { # each ends its own processes
    kill -TERM "${running[@]}" 2>/dev/null
    wait "${running[@]}" 2>/dev/null
}
for server in $servers; do
    PROGRAMS=$work SHMTOP=$work/shmtop64 \
        start "$server.out" bash "$here/bridge_writer.sh" "$server"
    running[$server]=$pid
done
started=()
for server in $servers; do
    wait "${running[$server]}"
    status=$?
    unset "running[$server]"
    sed "s/^ok - /&$server: /; s/^not ok - /&$server: /" "$work/$server.out"
    same "$server: all of it" "$status" 0
    [ "$status" -eq 0 ] || sed 's/^/# /' "$work/$server.out.err"
done
finish
