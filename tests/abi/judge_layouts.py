#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares the program with compilers and python on random structs as layouts:
`check` must show the places that the compiler of each ABI gives, and `print`
must decode random bytes there as python's struct does, for each ABI and both
byte orders.

usage: judge_layouts.py [--values] [--seed N] [--count N] [--seconds N]
                        SHMTOP...

With --values only `print` is compared.  SHMTOP is the command that runs the
program.
"""
import argparse
import json
import math
import os
import random
import struct
import subprocess
import sys
import tempfile
import time

from compilers import COMPILERS, ask
from structs import (SCALARS, TEXTS, Generator, Member, Struct, leaves, to_ini)

SIGNED = {"i8", "i16", "i32", "i64", "int", "long", "time_t"}
INTEGERS = {1: "B", 2: "H", 4: "I", 8: "Q"}


class Wrong(Exception):
    """The output of the program is wrong."""


def draw(rng, count, bit_fields):
    """Structs; the last one is the mapping, and contains all that are in no
    other struct."""
    generator = Generator(rng, leaves=60, holdable=True)
    for _ in range(count):
        generator.add()
    structs = generator.structs
    if not bit_fields:
        for item in structs:
            for member in item.members:
                member.bits = 0
    nested = {m.type for s in structs for m in s.members}
    top = [Member(f"v{i}", i) for i in range(count) if i not in nested]
    for index in range(count):
        member = generator.member(f"w{index}", 0, 0)
        if not isinstance(member.type, int):
            top.insert(rng.randint(0, len(top)), member)
    structs.append(Struct(0, top))
    return structs


def element_sizes(compiler, work):
    """Bytes of one element of each type, from the compiler."""
    words = [*SCALARS, *TEXTS]
    members = [Struct(1, [Member("m", w, units=int(w in TEXTS))]) for w in words]
    return {w: place.size
            for w, place in zip(words, ask(compiler, members, work))}


def run(shmtop, folder, *args):
    done = subprocess.run([*shmtop, *args], cwd=folder, capture_output=True,
                          text=True)
    if done.returncode != 0:
        raise Wrong(f"{' '.join(args)}: exit {done.returncode}: "
                    f"{(done.stderr or done.stdout)[:400]}")
    return json.loads(done.stdout.splitlines()[0])


def judge_check(got, found, totals):
    """`found` are lists of leaves by ABI, `totals` sizes of the mapping."""
    # A mapping ends with its last field; a struct has padding at its end.
    short = {abi: totals[abi] - size for abi, size in got["size"].items()}
    if set(short) != set(totals) or not all(
            0 <= missing < 16 for missing in short.values()):
        raise Wrong(f"size {got['size']}, not {totals}")
    fields = {field["path"]: field for field in got["fields"]}
    for abi, some in found.items():
        if set(fields) != {leaf.path for leaf in some}:
            raise Wrong(f"paths {set(fields) ^ {leaf.path for leaf in some}}")
        for leaf in some:
            field = fields[leaf.path]
            at, size = field["offset"][abi], field["size"][abi]
            if leaf.bits:
                fine = (at * 8 <= leaf.bit
                        and leaf.bit + leaf.bits <= (at + size) * 8)
            else:
                fine = (at, size) == (leaf.at, leaf.size)
            if not fine:
                raise Wrong(f"{abi}: {leaf.path} ({leaf.word}) at {at}+{size}, "
                            f"not {leaf.at}+{leaf.size} "
                            f"(bit {leaf.bit}, {leaf.bits} bits)")


def value(leaf, data, order):
    """The expected output of `print --raw`."""
    if leaf.bits:
        number = int.from_bytes(data, order) >> leaf.bit
        number &= (1 << leaf.bits) - 1
        if leaf.word in SIGNED and number >> (leaf.bits - 1):
            number -= 1 << leaf.bits
        return number
    raw = data[leaf.at:leaf.at + leaf.size]
    if leaf.word in TEXTS or leaf.word == "guid":
        return raw.hex()
    if leaf.word in ("bool", "bool32"):
        return int(any(raw))
    code = ("f" if leaf.size == 4 else "d") if leaf.word[0] == "f" else (
        INTEGERS[leaf.size])
    if leaf.word in SIGNED:
        code = code.lower()
    return struct.unpack("<>"[order == "big"] + code, raw)[0]


def same(got, want):
    if isinstance(want, float):
        if not math.isfinite(want):
            return got is None
        # An f32 is printed as the shortest decimal of an f32.
        return got == want or (
            abs(got) < 3.5e38
            and struct.pack("f", got) == struct.pack("f", want))
    return type(got) is type(want) and got == want


def judge_values(fields, some, data, order):
    if len(fields) != len(some):
        raise Wrong(f"{len(fields)} fields, not {len(some)}")
    for leaf in some:
        want = value(leaf, data, order)
        if leaf.path not in fields or not same(fields[leaf.path], want):
            raise Wrong(f"{order} {leaf.path} ({leaf.word}, byte {leaf.at}): "
                        f"{fields.get(leaf.path)}, not {want}")


def judge(args, judges, sizes, structs, orders, rng, folder):
    """Returns the number of values that were compared."""
    shmtop = args.shmtop
    top = len(structs) - 1
    places = {c.abi: ask(c, structs, folder) for c in judges}
    found = {abi: list(leaves(structs, p, top, sizes[abi]))
             for abi, p in places.items()}
    totals = {abi: p[top].size for abi, p in places.items()}
    layout = os.path.join(folder, "layout.ini")

    def write_layout(*head):
        with open(layout, "w", encoding="ascii") as out:
            out.write(to_ini(structs, top, head))

    if not args.values:
        write_layout("name = x", "abi = x64-linux")
        judge_check(run(shmtop, folder, "check", "--format", "json", layout),
                    found, totals)
    for abi, some in found.items():
        data = rng.randbytes(totals[abi])
        with open(os.path.join(folder, "bytes.mem"), "w",
                  encoding="ascii") as out:
            out.write(f"size {len(data)}\n")
            for at in range(0, len(data), 64):
                out.write(f"set {at} {data[at:at + 64].hex()}\n")
            out.write("frame\n")
        for order in orders:
            write_layout("name = mem:bytes.mem", f"abi = {abi}",
                         f"endian = {order}")
            got = run(shmtop, folder, "print", "--once", "--raw", "--format",
                      "json", layout)
            judge_values(got["fields"], some, data, order)
    return sum(len(some) for some in found.values()) * (
        len(orders) + (not args.values))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("shmtop", nargs="+", metavar="SHMTOP")
    parser.add_argument("--values", action="store_true",
                        help="print only, not check")
    parser.add_argument("--seed", type=int,
                        default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--count", type=int, default=12, metavar="LAYOUTS")
    parser.add_argument("--seconds", type=float, default=40,
                        help="stop after the layout at which so much is over")
    args = parser.parse_args()
    print(f"seed {args.seed}", flush=True)
    there = {}
    for compiler in COMPILERS:
        if compiler.abi not in there and compiler.is_there():
            there[compiler.abi] = compiler
    if len(there) < len({c.abi for c in COMPILERS}):
        print(f"compilers for {', '.join(there)} only")
        return 77
    rng = random.Random(args.seed)
    began = time.monotonic()
    compared = 0
    with tempfile.TemporaryDirectory() as folder:
        sizes = {abi: element_sizes(c, folder) for abi, c in there.items()}
        for number in range(args.count):
            if time.monotonic() - began > args.seconds:
                break
            # No ABI has bit fields from the most significant end.
            bit_fields = number % 2 == 0
            structs = draw(rng, rng.choice([1, 3, 10, 40]), bit_fields)
            orders = ["little"] if bit_fields else ["little", "big"]
            try:
                compared += judge(args, there.values(), sizes, structs, orders,
                                  rng, folder)
            except Wrong as wrong:
                print(f"layout {number}: {wrong}")
                return 1
    print(f"{compared} places and values, 0 failures")
    return 0


if __name__ == "__main__":
    sys.exit(main())
