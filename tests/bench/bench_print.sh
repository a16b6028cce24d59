#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The cost of `print` compared with od, python3 and cat on the same bytes.
# usage: SHMTOP=PROGRAM tests/bench/bench_print.sh
exec python3 "$(dirname "$0")/bench_print.py" "${SHMTOP:?names the program}"
