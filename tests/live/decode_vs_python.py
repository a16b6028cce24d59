#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Decoding judged by python3's struct: random bytes, every number type in
both byte orders at aligned and unaligned places, and every bit range of some
integers, printed by `shmtop print --raw --format json`.

usage: decode_vs_python.py SHMTOP [SEED]
"""
import json
import math
import os
import random
import struct
import subprocess
import sys
import tempfile

TYPES = {
    "i8": "b", "u8": "B", "i16": "h", "u16": "H", "i32": "i", "u32": "I",
    "i64": "q", "u64": "Q", "f32": "f", "f64": "d",
}


def add_numbers(lines, judge, data, rng):
    for index in range(2000):
        word = rng.choice(sorted(TYPES))
        order = rng.choice(["le", "be"])
        size = struct.calcsize("<" + TYPES[word])
        offset = rng.randrange(len(data) - size)
        name = f"n{index}"
        lines.append(f"{name} = {word}{order} @{offset} overlap=yes")
        code = ("<" if order == "le" else ">") + TYPES[word]
        judge[name] = struct.unpack_from(code, data, offset)[0]


def add_bits(lines, judge, data, rng):
    for index in range(1000):
        size = rng.choice([1, 2, 4, 8])
        order = rng.choice(["little", "big"])
        signed = rng.random() < 0.5
        low = rng.randrange(size * 8)
        high = rng.randrange(low, size * 8)
        offset = rng.randrange(len(data) - size)
        word = f"{'i' if signed else 'u'}{size * 8}{'le' if order == 'little' else 'be'}"
        name = f"b{index}"
        lines.append(f"{name} = {word} @{offset} bits={low}..{high} overlap=yes")
        value = int.from_bytes(data[offset:offset + size], order)
        width = high - low + 1
        value = (value >> low) & ((1 << width) - 1)
        if signed and value >> (width - 1):
            value -= 1 << width
        judge[name] = value


def same(got, want):
    if isinstance(want, float):
        if not math.isfinite(want):
            return got is None
        # An f32 is printed as its own shortest decimal.
        return got == want or struct.pack("f", got) == struct.pack("f", want)
    return got == want


def main():
    shmtop = sys.argv[1]
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(1 << 32)
    rng = random.Random(seed)
    data = rng.randbytes(4096)
    lines = ["[fields]"]
    judge = {}
    add_numbers(lines, judge, data, rng)
    add_bits(lines, judge, data, rng)
    with tempfile.TemporaryDirectory() as folder:
        layout = os.path.join(folder, "all.ini")
        target = os.path.join(folder, "bytes")
        with open(layout, "w", encoding="ascii") as out:
            out.write("\n".join(lines) + "\n")
        with open(target, "wb") as out:
            out.write(data)
        run = subprocess.run(
            [shmtop, "print", "--once", "--raw", "--format", "json",
             "--target", "file:" + target, layout],
            check=True, stdout=subprocess.PIPE)
    fields = json.loads(run.stdout)["fields"]
    bad = 0
    for name, want in judge.items():
        if name not in fields or not same(fields[name], want):
            print(f"{name}: got {fields.get(name)}, not {want}")
            bad += 1
    print(f"seed {seed}: {len(judge)} fields, {bad} differ")
    return 1 if bad or len(fields) != len(judge) else 0


if __name__ == "__main__":
    sys.exit(main())
