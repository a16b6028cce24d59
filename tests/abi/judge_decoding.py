#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares decoding with python3: random bytes as every type in both byte
orders, aligned and not, arrays and every bit range of integers, printed as
stored (`print --raw`) and as shown.

usage: judge_decoding.py [--seed N] [--frames N] SHMTOP...

SHMTOP is the command that runs the program.
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
import uuid

SIZE = 4096
NUMBERS = {
    "i8": "b", "u8": "B", "i16": "h", "u16": "H", "i32": "i", "u32": "I",
    "i64": "q", "u64": "Q", "f32": "f", "f64": "d",
}
# The word of the type, attributes, codec of python, letters to draw from.
LATIN = "AZaz09 ~%&_\u00e9\u00df\u00f8\u00f1"
LETTERS = LATIN + "\u017e\u03b1\u0436\u4e2d\u6587\u20ac\U0001f600\U0001f680"
TEXTS = [
    ("char", "", "utf-8", LETTERS),
    ("char", "encoding=latin1", "latin-1", LATIN),
    ("utf16le", "", "utf-16-le", LETTERS),
    ("utf16be", "", "utf-16-be", LETTERS),
    ("utf32le", "", "utf-32-le", LETTERS),
    ("utf32be", "", "utf-32-be", LETTERS),
]
UNITS = {"char": 1, "utf16": 2, "utf32": 4}


class Judge:
    """Lines of a layout with fields at random places, texts excepted, and for
    each field two functions of the frame's bytes: the value with and without
    --raw."""

    def __init__(self, rng):
        self.rng = rng
        self.lines = []
        self.raw = {}
        self.shown = {}
        self.texts = b""  # comes after the random bytes of a frame

    def add(self, prefix, type, size, raw, shown, attributes="", count=0):
        name = f"{prefix}{len(self.lines)}"
        offset = self.rng.randrange(SIZE - size * max(count, 1) + 1)
        array = f"[{count}]" if count else ""
        self.lines.append(f"{name} = {type}{array} @{offset} overlap=yes "
                          f"{attributes}")
        for index in range(count or 1):
            path = f"{name}[{index}]" if count else name
            at = slice(offset + index * size, offset + (index + 1) * size)
            self.raw[path] = lambda data, at=at: raw(data[at])
            self.shown[path] = lambda data, at=at: shown(data[at])

    def number(self):
        word = self.rng.choice(sorted(NUMBERS))
        order = self.rng.choice(["le", "be"])
        code = ("<" if order == "le" else ">") + NUMBERS[word]

        def read(data):
            return struct.unpack(code, data)[0]

        self.add("n", word + order, struct.calcsize(code), read, read,
                 count=self.rng.choice([0, 0, 0, 1, 7]))

    def bits(self):
        rng = self.rng
        size = rng.choice([1, 2, 4, 8])
        order = rng.choice(["little", "big"])
        signed = rng.random() < 0.5
        low = rng.randrange(size * 8)
        width = rng.randrange(low, size * 8) - low + 1

        def read(data):
            value = int.from_bytes(data, order) >> low & ((1 << width) - 1)
            if signed and value >> (width - 1):
                value -= 1 << width
            return value

        word = f"{'iu'[not signed]}{size * 8}{order[0]}e"
        text = f"{low}..{low + width - 1}" if width > 1 else f"{low}"
        self.add("b", word, size, read, read, f"bits={text}")

    def other(self):
        rng = self.rng
        kind = rng.choice(["bool", "bytes", "guidle", "guidbe"])
        if kind == "bool":
            self.add("o", kind, 1, lambda data: int(data[0] != 0),
                     lambda data: data[0] != 0, count=rng.choice([0, 3]))
        elif kind == "bytes":
            size = rng.randint(1, 40)
            self.add("o", f"bytes[{size}]", size, bytes.hex, bytes.hex,
                     count=rng.choice([0, 3]))
        else:
            def read(data):
                return str(uuid.UUID(bytes_le=data) if kind == "guidle"
                           else uuid.UUID(bytes=data))

            self.add("o", kind, 16, bytes.hex, read)

    def text(self):
        rng = self.rng
        word, attributes, codec, letters = rng.choice(TEXTS)
        units = rng.randint(1, 20)
        size = UNITS[word.removesuffix("le").removesuffix("be")] * units

        name = f"t{len(self.lines)}"
        offset = SIZE + len(self.texts)
        text = "".join(rng.choices(letters, k=rng.randint(0, units)))
        data = text.encode(codec)
        while len(data) > size:
            text = text[:-1]
            data = text.encode(codec)
        nul = "\0".encode(codec)
        if len(data) + len(nul) <= size:
            # Random bytes after the end of the text are not shown.
            data += nul + rng.randbytes(size - len(data) - len(nul))
        self.texts += data
        self.lines.append(f"{name} = {word}[{units}] @{offset} {attributes}")
        at = slice(offset, offset + size)
        self.raw[name] = lambda frame: frame[at].hex()
        self.shown[name] = lambda frame: text


def same(got, want):
    if isinstance(want, float):
        if not math.isfinite(want):
            return got is None
        # An f32 is printed as the shortest decimal of an f32.
        return got == want or (
            isinstance(got, (int, float)) and abs(got) < 3.5e38
            and struct.pack("f", got) == struct.pack("f", want))
    return type(got) is type(want) and got == want


def compare(what, fields, readers, data):
    bad = len(set(fields) ^ set(readers))
    for path, read in readers.items():
        want = read(data)
        if path not in fields or not same(fields[path], want):
            bad += 1
            if bad < 20:
                print(f"{what} {path}: got {fields.get(path)!a}, not {want!a}")
    return bad


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("shmtop", nargs="+", metavar="SHMTOP")
    parser.add_argument("--seed", type=int,
                        default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--frames", type=int, default=3)
    args = parser.parse_args()
    print(f"seed {args.seed}", flush=True)
    rng = random.Random(args.seed)
    judge = Judge(rng)
    for _ in range(1000):
        judge.number()
        judge.bits()
    for _ in range(300):
        judge.other()
        judge.text()
    frames = [rng.randbytes(SIZE) + judge.texts for _ in range(args.frames)]
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        layout = os.path.join(folder, "all.ini")
        with open(layout, "w", encoding="ascii") as out:
            out.write("[mapping]\nname = mem:bytes.mem\n[fields]\n")
            out.write("\n".join(judge.lines) + "\n")
        with open(os.path.join(folder, "bytes.mem"), "w",
                  encoding="ascii") as out:
            out.write(f"size {len(frames[0])}\n")
            for frame in frames:
                for at in range(0, len(frame), 64):
                    out.write(f"set {at} {frame[at:at + 64].hex()}\n")
                out.write("frame\n")
        for what, options, readers in (("raw", ["--raw"], judge.raw),
                                       ("shown", [], judge.shown)):
            done = subprocess.run(
                [*args.shmtop, "print", "--format", "json", *options, layout],
                cwd=folder, stdout=subprocess.PIPE, check=True)
            lines = done.stdout.splitlines()
            if len(lines) != args.frames:
                print(f"{len(lines)} samples, not {args.frames}")
                return 1
            for line, frame in zip(lines, frames):
                bad += compare(what, json.loads(line)["fields"], readers, frame)
    print(f"{len(judge.raw)} values, {bad} differ")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
