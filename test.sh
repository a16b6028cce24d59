#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Installs missing packages, builds every variant and runs every test.  The run
# goes on after a failure; the last lines name the failures and count all tests.
# usage: ./test.sh [ctest arguments, such as -R NAME]
set -euo pipefail
cd "$(dirname "$0")"
. cmake/need.sh

passed=0 failed=0 skipped=0
results=$(mktemp -d)
finish() {
    local status=$?
    if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
        failed=1 # an install step; its output is above
    fi
    [ ! -s "$results/failed" ] || sed 's/^/failed: /' "$results/failed"
    rm -rf "$results"
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" -eq 0 ] || exit 1
}
trap finish EXIT

# fail WHAT: counts one failure.
fail() {
    failed=$((failed + 1))
    echo "$1" >>"$results/failed"
}

words() { sed 's/#.*//' "$1" | tr '\n' ' '; }
# shellcheck disable=SC2046,SC2086,SC2154 # lists of words, from need.sh
need $build_packages $(words tests/packages.txt) \
    $(words tests/live/packages.txt)
command -v npm >/dev/null || need nodejs npm
# shellcheck disable=SC2086
need_i386 $linux32_packages $windows_packages
for triplet in x86_64-w64-mingw32 i686-w64-mingw32; do
    sh cmake/windows_libraries.sh "$triplet" || : # then its build fails
done
echo "==> fetching what the live tests run against"
bash tests/live/fetch.sh >/dev/null || fail "the fetch of Debian packages"
bash tests/live/fetch_dotnet.sh >/dev/null || fail "the fetch of .NET"

attribute() { # NAME FILE: a number from the head of a JUnit report
    sed -n "s/^.*[[:space:]]$1=\"\([0-9]*\)\".*/\1/p" "$2" | head -n 1
}

# build PRESET
build() {
    echo "==> building: $1"
    { cmake --preset "$1" && cmake --build --preset "$1"; } \
        >"$results/log" 2>&1 && return
    cat "$results/log"
    fail "the build of $1"
    return 1
}

# suite PRESET [ctest arguments]: builds it and runs its tests.
suite() {
    local preset=$1 report="$results/$1.xml" bad=0 status=0
    shift
    build "$preset" || return 0
    echo "==> testing: $preset"
    ctest --preset "$preset" --parallel "$(nproc)" --output-junit "$report" \
        "$@" || status=$?
    if [ -s "$report" ]; then
        local all skip
        all=$(attribute tests "$report")
        bad=$(attribute failures "$report")
        skip=$(($(attribute skipped "$report") + $(attribute disabled "$report")))
        passed=$((passed + all - bad - skip))
        failed=$((failed + bad))
        skipped=$((skipped + skip))
        sed -n 's/^.*<testcase name="\([^"]*\)".*status="fail".*/\1/p' \
            "$report" | sed "s/^/$preset: /" >>"$results/failed"
    fi
    [ "$status" -eq 0 ] || [ "$bad" -gt 0 ] || fail "$preset: ctest"
}

# script NAME FILE [ARGUMENT...]: a test of several builds; the environment has
# the paths of the programs.
script() {
    local status=0
    echo "==> testing: $1"
    bash "${@:2}" >"$results/log" 2>&1 || status=$?
    case $status in
    0) passed=$((passed + 1)) ;;
    77) skipped=$((skipped + 1)) && tail -n 3 "$results/log" ;;
    *) cat "$results/log" && fail "$1" ;;
    esac
}

suite dev "$@"
# The slow comparisons with other compilers give the same results in every
# build, so only some builds run them.
suite asan -E '^differential\.(import|published)' "$@"
suite clang -R '^(unit|golden|fuzz)\.' "$@"
suite linux32 "$@"
suite win64 "$@"
suite win32 -E '^differential\.published' "$@"

[ $# -eq 0 ] || exit 0
export SHMTOP=$PWD/build/dev/shmtop SHMTOP32=$PWD/build/linux32/shmtop
export SHMTOP_WIN64=$PWD/build/win64/shmtop.exe
export SHMTOP_WIN32=$PWD/build/win32/shmtop.exe
script "32- and 64-bit Linux programs" tests/live/bits.sh
script "Windows programs and .NET, 16 pairs" tests/live/bridge.sh
for preset in win64 win32; do
    script "the dashboard in a console, $preset" tests/live/console.sh \
        "$PWD/build/$preset/shmtop.exe" "$PWD/build/$preset/tests/console.exe"
done
