#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Installs what is missing, builds every variant and runs every test.  Stops
# at the first suite that fails; the last line counts the tests of all suites.
# usage: ./test.sh [ctest arguments, such as -R NAME]
set -euo pipefail
cd "$(dirname "$0")"
. cmake/need.sh

passed=0 failed=0 skipped=0
results=$(mktemp -d)
finish() {
    local status=$?
    rm -rf "$results"
    if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
        failed=1 # an install or build step; its output stands above
    fi
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" -eq 0 ] || exit 1
}
trap finish EXIT

words() { sed 's/#.*//' "$1" | tr '\n' ' '; }
# shellcheck disable=SC2046,SC2086 # lists of words
need $build_packages $(words tests/packages.txt) \
    $(words tests/live/packages.txt)
bash tests/live/fetch.sh >/dev/null

attribute() { # NAME FILE: a number from the head of a JUnit report
    sed -n "s/^.*[[:space:]]$1=\"\([0-9]*\)\".*/\1/p" "$2" | head -n 1
}

# build PRESET
build() {
    echo "==> building: $1"
    cmake --preset "$1" >"$results/log" 2>&1 || { cat "$results/log"; exit 1; }
    cmake --build --preset "$1" >"$results/log" 2>&1 ||
        { cat "$results/log"; exit 1; }
}

# suite PRESET [ctest arguments]
suite() {
    local preset=$1 report="$results/$1.xml" bad status=0
    shift
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
    fi
    [ "$status" -eq 0 ] || { [ "$failed" -gt 0 ] || failed=1; exit 1; }
}

build dev
suite dev "$@"
build asan
suite asan "$@"
build clang
suite clang -R '^(unit|golden|fuzz|differential)\.' "$@"
