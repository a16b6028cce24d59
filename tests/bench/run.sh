#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Builds the release with its measuring programs and prints every table: ours,
# the limit and the peers of the same run.  Timings are never tests.
# usage: tests/bench/run.sh [sampler|print|terminal ...]   (default: all)
set -euo pipefail
cd "$(dirname "$0")/../.."
. cmake/need.sh
# shellcheck disable=SC2086 # a list of words
need $build_packages libcmocka-dev python3 procps htop

cmake --preset release -DBUILD_TESTING=ON -B build/bench >/dev/null
cmake --build build/bench >/dev/null
shmtop=$PWD/build/bench/shmtop
[ $# -gt 0 ] || set -- sampler print terminal
for part in "$@"; do
    case $part in
    sampler) build/bench/tests/bench_sampler ;;
    print) SHMTOP=$shmtop bash tests/bench/bench_print.sh ;;
    terminal) python3 tests/bench/bench_terminal.py "$shmtop" \
        build/bench/tests/bench_bare ;;
    *) echo "usage: tests/bench/run.sh [sampler|print|terminal ...]" >&2; exit 64 ;;
    esac
done
