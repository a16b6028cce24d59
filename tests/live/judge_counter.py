# SPDX-License-Identifier: MIT
"""Judges what a reader has seen of a counter that another program writes.

usage: judge_counter.py START LIMIT [GENERATION] <OUTPUT

OUTPUT is a number a line, or JSON of `shmtop print`, of which the samples of
that generation count.  Every number must be one that the writer wrote, START
to LIMIT, none smaller than the one before, and ten different ones at least.
The zeros of a mapping that is not written yet may stand before them.
"""
import json
import sys


def values(generation):
    for line in sys.stdin:
        if not line.endswith("\n"):
            break
        if not line.startswith("{"):
            yield int(line)
            continue
        sample = json.loads(line)
        counter = sample["fields"]["counter"]
        if sample["generation"] == generation and counter is not None:
            yield counter


def main():
    start, limit = int(sys.argv[1]), int(sys.argv[2])
    last, seen = 0, set()
    for value in values(int(sys.argv[3]) if len(sys.argv) > 3 else 1):
        if value == 0 and not seen:
            continue
        if not start <= value <= limit:
            sys.exit(f"{value} was not written: {start} to {limit}")
        if value < last:
            sys.exit(f"{value} after {last}")
        last = value
        seen.add(value)
    if len(seen) < 10:
        sys.exit(f"only {len(seen)} different values")


main()
