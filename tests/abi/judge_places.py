#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares layout/c_placement.h with compilers: random structs must have the
sizes, alignments, offsets and bits that gcc, mingw and clang give them.

usage: judge_places.py [--seed N] [--count N] [--seconds N] [--only NAME]
                       PLACES...

PLACES is the command that runs places.c.  SHMTOP_STRUCTS
in the environment is the default of --count.
"""
import argparse
import collections
import os
import random
import subprocess
import sys
import tempfile
import time

from compilers import COMPILERS, Place, ask
from structs import Generator, to_c, to_driver

BATCH = 1000
ACROSS = "across"


def ours(driver, abi, structs):
    """The output of the driver: a Place for each struct; a bit field is a
    tuple of byte offset, shift and bytes of the container, or ACROSS."""
    run = subprocess.run(driver + [abi], input=to_driver(structs), text=True,
                         capture_output=True, check=True)
    lines = iter(run.stdout.splitlines())
    places = []
    for struct in structs:
        members = []
        for member in struct.members:
            words = next(lines).split()
            if words == [ACROSS]:
                members.append(ACROSS)
            elif member.bits:
                members.append(tuple(map(int, words)))
            else:
                members.append(int(words[0]))
        size, alignment = map(int, next(lines).split())
        places.append(Place(size, alignment, members))
    return places


def span(mask):
    """First bit and number of bits."""
    low = (mask & -mask).bit_length() - 1
    return low, mask.bit_length() - low


def bits_differ(member, got, want, size):
    low, width = span(want)
    if got == ACROSS:
        if low % 8 + width <= 64:
            return f"across, but bits {low}..{low + width - 1} fit 8 bytes"
        return None
    offset, shift, container = got
    if (offset * 8 + shift, member.bits) != (low, width):
        return f"bit {offset * 8 + shift}, not {low} (width {width})"
    if shift + width > container * 8:
        return f"{shift} + {width} bits in {container} bytes"
    # Allowed if no integer of 1, 2, 4 or 8 bytes fits into the struct.
    if offset + container > size and not (offset == 0 and size in (3, 5, 6, 7)):
        return f"container {offset}+{container} in a struct of {size}"
    return None


def differ(struct, got, want):
    """The first difference, as text, or None."""
    if ACROSS in got.members:
        # This member was left out, so all after it differ.
        at = got.members.index(ACROSS)
        return bits_differ(struct.members[at], ACROSS, want.members[at], 0)
    if (got.size, got.alignment) != (want.size, want.alignment):
        return (f"size {got.size} alignment {got.alignment}, "
                f"not {want.size} {want.alignment}")
    for member, have, wanted in zip(struct.members, got.members, want.members):
        if not member.bits:
            wrong = None if have == wanted else f"offset {have}, not {wanted}"
        else:
            wrong = bits_differ(member, have, wanted, want.size)
        if wrong:
            return f"{member.name}: {wrong}"
    return None


def report(structs, index, compiler, wrong):
    used, todo = set(), [index]
    while todo:
        at = todo.pop()
        if at not in used:
            used.add(at)
            todo += [m.type for m in structs[at].members
                     if isinstance(m.type, int)]
    print(f"{compiler.name} ({compiler.abi}): s{index}: {wrong}")
    wanted = [f"struct s{i} " for i in sorted(used)]
    lines = to_c(structs).splitlines()
    for number, line in enumerate(lines):
        if any(line.startswith(start) for start in wanted):
            packed = lines[number - 1].startswith("#pragma pack(push")
            print(f"    {lines[number - 1] if packed else ''} {line}")


def tainted_by(structs, bad):
    """The structs of `bad` and all that contain one of them."""
    tainted = set(bad)
    for index, struct in enumerate(structs):
        if any(isinstance(m.type, int) and m.type in tainted
               for m in struct.members):
            tainted.add(index)
    return tainted


def judge(driver, compilers, structs, work, counts):
    """Number of wrong structs; stops after the first compiler with which it is
    three or more."""
    failures = 0
    told = {abi: ours(driver, abi, structs)
            for abi in sorted({c.abi for c in compilers})}
    for compiler in compilers:
        got = told[compiler.abi]
        want = ask(compiler, structs, work)
        across = {i for i, p in enumerate(got) if ACROSS in p.members}
        tainted = tainted_by(structs, across) - across
        for index, struct in enumerate(structs):
            if index in tainted:
                continue
            wrong = differ(struct, got[index], want[index])
            counts[compiler.name] += 1
            if wrong:
                failures += 1
                if failures <= 3:
                    report(structs, index, compiler, wrong)
        if failures >= 3:
            break
    return failures


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("driver", nargs="+", metavar="PLACES")
    parser.add_argument("--seed", type=int,
                        default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--count", type=int, metavar="STRUCTS",
                        default=int(os.environ.get("SHMTOP_STRUCTS", 4000)))
    parser.add_argument("--seconds", type=float, default=40,
                        help="stop after the batch at which so much is over")
    parser.add_argument("--only", help="the compiler of this name alone")
    args = parser.parse_args()
    print(f"seed {args.seed}", flush=True)
    rng = random.Random(args.seed)
    compilers = [c for c in COMPILERS
                 if args.only in (None, c.name) and c.is_there()]
    missing = {c.abi for c in COMPILERS if args.only in (None, c.name)} - {
        c.abi for c in compilers}
    if missing or not compilers:
        print(f"no compiler for {', '.join(sorted(missing)) or args.only}")
        return 77
    began = time.monotonic()
    counts = collections.Counter()
    failures = done = 0
    with tempfile.TemporaryDirectory() as work:
        while done < args.count and time.monotonic() - began < args.seconds:
            generator = Generator(rng)
            for _ in range(min(BATCH, args.count - done)):
                generator.add()
            failures += judge(args.driver, compilers, generator.structs, work,
                              counts)
            done += len(generator.structs)
            if failures:
                break
    for name, count in counts.items():
        print(f"{name}: {count} structs")
    print(f"{failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
