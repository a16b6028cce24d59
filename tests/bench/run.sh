#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Builds the release with the benchmarks and prints every table: shmtop, a limit
# and other programs, in the same run.  Timings are never tests.
# usage: tests/bench/run.sh [PART ...], of the parts below
# (default: all except tear, which needs 32-bit programs, and wine, which needs
# Windows ones)
set -euo pipefail
cd "$(dirname "$0")/../.."
. cmake/need.sh
# shellcheck disable=SC2086 # a list of words
need $build_packages libcmocka-dev python3 procps htop

cmake --preset release -DBUILD_TESTING=ON -B build/bench >/dev/null
cmake --build build/bench >/dev/null
shmtop=$PWD/build/bench/shmtop
[ $# -gt 0 ] || set -- load sampler history snapshot expr print terminal
for part in "$@"; do
    case $part in
    load) build/bench/tests/bench_load "$(mktemp -d)" ;;
    sampler)
        build/bench/tests/bench_frame
        build/bench/tests/bench_sampler
        build/bench/tests/bench_trends ;;
    history) build/bench/tests/bench_history ;;
    snapshot) build/bench/tests/bench_snapshot ;;
    expr) build/bench/tests/bench_expr ;;
    print) SHMTOP=$shmtop bash tests/bench/bench_print.sh ;;
    terminal) python3 tests/bench/bench_terminal.py "$shmtop" \
        build/bench/tests ;;
    tear)
        # shellcheck disable=SC2086 # a list of words
        need_i386 $linux32_packages binutils
        cmake --preset linux32 -DCMAKE_BUILD_TYPE=Release \
            -B build/bench32 >/dev/null
        cmake --build build/bench32 --target tear >/dev/null
        bash tests/bench/tear.sh build/bench/tests build/bench32/tests ;;
    wine)
        # shellcheck disable=SC2086 # a list of words
        need_i386 $windows_packages zip
        bash tests/bench/wine.sh ;;
    *) echo "usage: tests/bench/run.sh" \
        "[load|sampler|history|snapshot|expr|print|terminal|tear|wine ...]" >&2
        exit 64 ;;
    esac
done
