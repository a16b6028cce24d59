#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Computed fields judged by python3: random expressions over integers of 64
bits, with and without sign, and reals, at the ends of their ranges.  Python's
integers have no end, so what wraps around, and when, is said here.

usage: judge_expressions.py [--seed N] [--layouts N] SHMTOP...

SHMTOP is the program, perhaps behind an emulator.
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

EXPRESSIONS = 300
FRAMES = 4
TEXT_MAX = 185  # bytes of an expression: lines of a layout are short
FIELDS = [("i", "i64", "q"), ("j", "i64", "q"), ("u", "u64", "Q"),
          ("v", "u64", "Q"), ("f", "f64", "d"), ("g", "f64", "d"),
          ("s", "i16", "h"), ("w", "u32", "I")]
WIDE = {"u", "v"}


class Missing(Exception):
    """The expression has no value."""


def wrap(number):
    number &= 2**64 - 1
    return number - 2**64 if number >> 63 else number


def fit(number, wide):
    """An integer result: as int64_t, or exact from -2^63 to 2^64 - 1."""
    if not wide:
        return wrap(number)
    if -2**63 <= number < 2**64:
        return number
    return number & (2**64 - 1)


def divide(a, b):
    if b == 0 or math.isnan(b):
        sign = math.copysign(1, a) * math.copysign(1, b)
        bad = a == 0 or math.isnan(a) or math.isnan(b)
        return math.nan if bad else sign * math.inf
    return a / b


def real_modulo(a, b):
    if b == 0 or math.isinf(a) or math.isnan(a) or math.isnan(b):
        return math.nan
    rest = math.fmod(a, b)
    return rest + b if rest * b < 0 else rest


def real_floor(number):
    if math.isinf(number) or math.isnan(number):
        return number
    return math.copysign(float(math.floor(number)), number)  # -0.0 as well


class Node:
    """Lua's text, whether it may be 2^63 or more, and its value in a frame."""

    def __init__(self, text, wide, value, whole=True):
        self.text = text
        self.wide = wide
        self.value = value
        self.whole = whole  # never a real number


def arithmetic(op, a, b):
    wide = a.wide or b.wide

    def value(frame):
        x, y = a.value(frame), b.value(frame)
        if isinstance(x, int) and isinstance(y, int):
            if op in ("//", "%") and y == 0:
                raise Missing
            return fit({"+": lambda: x + y, "-": lambda: x - y,
                        "*": lambda: x * y, "//": lambda: x // y,
                        "%": lambda: x % y}[op](), wide)
        x, y = float(x), float(y)
        if op == "//":
            return real_floor(divide(x, y))
        if op == "%":
            return real_modulo(x, y)
        return {"+": x + y, "-": x - y, "*": x * y}[op]

    return Node(f"({a.text} {op} {b.text})", wide, value, a.whole and b.whole)


def quotient(a, b):
    def value(frame):
        return divide(float(a.value(frame)), float(b.value(frame)))
    return Node(f"({a.text} / {b.text})", False, value, False)


def bitwise(op, a, b):
    wide = a.wide or b.wide

    def value(frame):
        x, y = a.value(frame), b.value(frame)
        bits = x & (2**64 - 1)
        if op in ("<<", ">>"):
            left = (op == "<<") == (y >= 0)
            places = abs(y)
            result = 0 if places > 63 else \
                bits << places if left else bits >> places
        else:
            other = y & (2**64 - 1)
            result = {"&": bits & other, "|": bits | other,
                      "~": bits ^ other}[op]
        result &= 2**64 - 1
        return result if wide else wrap(result)

    return Node(f"({a.text} {op} {b.text})", wide, value)


def negate(a):
    def value(frame):
        x = a.value(frame)
        return -x if isinstance(x, float) else fit(-x, a.wide)
    return Node(f"(-{a.text})", a.wide, value, a.whole)


def complement(a):
    def value(frame):
        bits = ~a.value(frame) & (2**64 - 1)
        return bits if a.wide else wrap(bits)
    return Node(f"(~{a.text})", a.wide, value)


def compare(op, a, b):
    def value(frame):
        x, y = a.value(frame), b.value(frame)
        return {"==": x == y, "~=": x != y, "<": x < y, "<=": x <= y,
                ">": x > y, ">=": x >= y}[op]
    return Node(f"({a.text} {op} {b.text})", False, value)


def choose(test, a, b):
    """Lua looks at one of the two only."""
    def value(frame):
        return a.value(frame) if test.value(frame) else b.value(frame)
    return Node(f"({test.text} and {a.text} or {b.text})", a.wide or b.wide,
                value, a.whole and b.whole)


def extreme(name, a, b):
    def value(frame):
        x, y = a.value(frame), b.value(frame)
        if name == "max":
            return y if x < y else x
        return y if y < x else x
    return Node(f"{name}({a.text}, {b.text})", a.wide or b.wide, value,
                a.whole and b.whole)


class Maker:
    def __init__(self, rng):
        self.rng = rng

    def constant(self):
        rng = self.rng
        number = rng.choice([0, 1, 2, 3, 7, 10, 255, 2**31, 2**53 + 1,
                             2**63 - 1, 2**63, 2**64 - 1,
                             rng.randrange(2**64), rng.randrange(1000)])
        text = rng.choice([str(number), hex(number)])
        return Node(text, number >= 2**63, lambda frame: number)

    def real(self):
        number = self.rng.choice([0.0, 0.5, 1.5, 1e3, 2.0**63, 2.0**64, 1e-9,
                                  self.rng.random()])
        text = repr(number)
        if "e" not in text and "." not in text:
            text += ".0"
        return Node(text, False, lambda frame: number, False)

    def leaf(self, whole):
        pick = self.rng.random()
        if pick < 0.3:
            return self.constant()
        if pick < 0.4 and not whole:
            return self.real()
        names = [name for name, type, code in FIELDS
                 if not whole or code != "d"]
        name = self.rng.choice(names)
        return Node(name, name in WIDE, lambda frame: frame[name],
                    name not in ("f", "g"))

    def test(self, depth):
        pick = self.rng.random()
        if depth > 0 and pick < 0.2:
            a, b = self.test(depth - 1), self.test(depth - 1)
            word = self.rng.choice(["and", "or"])
            both = {"and": lambda frame: a.value(frame) and b.value(frame),
                    "or": lambda frame: a.value(frame) or b.value(frame)}
            return Node(f"({a.text} {word} {b.text})", False, both[word])
        if depth > 0 and pick < 0.3:
            a = self.test(depth - 1)
            return Node(f"(not {a.text})", False,
                        lambda frame: not a.value(frame))
        op = self.rng.choice(["==", "~=", "<", "<=", ">", ">="])
        return compare(op, self.make(depth - 1), self.make(depth - 1))

    def make(self, depth, whole=False):
        rng = self.rng
        pick = rng.random()
        if depth <= 0 or pick < 0.1:
            return self.leaf(whole)
        if pick < 0.5:
            op = rng.choice(["+", "-", "*", "//", "%"])
            return arithmetic(op, self.make(depth - 1, whole),
                              self.make(depth - 1, whole))
        if pick < 0.6 and not whole:
            return quotient(self.make(depth - 1), self.make(depth - 1))
        if pick < 0.8:
            op = rng.choice(["&", "|", "~", "<<", ">>"])
            left = self.make(depth - 1, True)
            shift = op in ("<<", ">>") and rng.random() < 0.8
            places = str(rng.randrange(70))
            right = Node(places, False, lambda frame: int(places)) if shift \
                else self.make(depth - 1, True)
            return bitwise(op, left, right)
        if pick < 0.85:
            return negate(self.make(depth - 1, whole))
        if pick < 0.88:
            return complement(self.make(depth - 1, True))
        if pick < 0.95:
            return choose(self.test(depth - 1), self.make(depth - 1, whole),
                          self.make(depth - 1, whole))
        return extreme(rng.choice(["max", "min"]), self.make(depth - 1, True),
                       self.make(depth - 1, True))


def make_frame(rng):
    frame = {}
    for name, type, code in FIELDS:
        if code == "d":
            frame[name] = rng.choice([0.0, 1.0, -2.5, 1e18, -1e19, 2.0**63,
                                      -2.0**63, 2.0**53, rng.gauss(0, 1e6)])
            continue
        low, high = {"q": (-2**63, 2**63 - 1), "Q": (0, 2**64 - 1),
                     "h": (-2**15, 2**15 - 1), "I": (0, 2**32 - 1)}[code]
        frame[name] = rng.choice([low, high, high - 1, low + 1, 0, 1,
                                  high // 2, high // 2 + 1,
                                  rng.randint(low, high)])
    return frame


def expected(node, frame):
    try:
        value = node.value(frame)
    except (Missing, OverflowError):
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return int(value) if isinstance(value, bool) else value


def same(got, want):
    if want is None or got is None:
        return got is want
    if isinstance(want, int):
        return isinstance(got, int) and got == want
    return float(got) == want


def write_files(nodes, frames):
    with open("judge.ini", "w", encoding="ascii") as out:
        out.write(f"[mapping]\nname = mem:judge.mem\nsize = "
                  f"{len(FIELDS) * 8}\n[fields]\n")
        for index, (name, type, code) in enumerate(FIELDS):
            out.write(f"{name} = {type} @{index * 8}\n")
        for index, node in enumerate(nodes):
            out.write(f"[computed c{index}]\nexpr = {node.text}\n")
    with open("judge.mem", "w", encoding="ascii") as out:
        out.write(f"size {len(FIELDS) * 8}\n")
        for frame in frames:
            for index, (name, type, code) in enumerate(FIELDS):
                data = struct.pack("<" + code, frame[name])
                out.write(f"set {index * 8} {data.hex()}\n")
            out.write("frame\n")


def judge(rng, program, nodes):
    frames = [make_frame(rng) for _ in range(FRAMES)]
    write_files(nodes, frames)
    run = subprocess.run(program + ["print", "--format", "json", "judge.ini"],
                         capture_output=True, check=False)
    if run.returncode != 0:
        sys.exit(f"shmtop: {run.stderr.decode()[:2000]}")
    lines = run.stdout.splitlines()
    assert len(lines) == FRAMES, len(lines)
    wrong = 0
    for frame, line in zip(frames, lines):
        values = json.loads(line)["fields"]
        for index, node in enumerate(nodes):
            want, got = expected(node, frame), values[f"c{index}"]
            if not same(got, want):
                wrong += 1
                if wrong <= 5:
                    print(f"{node.text}\n  of {frame}\n  is {got!r}, python "
                          f"says {want!r}")
    return wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int)
    parser.add_argument("--layouts", type=int, default=8)
    parser.add_argument("program", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    seed = options.seed if options.seed is not None \
        else random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    maker = Maker(rng)
    program = [os.path.abspath(word) if os.path.exists(word) else word
               for word in options.program]
    wrong = 0
    values = 0
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for _ in range(options.layouts):
            nodes = []
            while len(nodes) < EXPRESSIONS:
                node = maker.make(rng.randrange(1, 6))
                if len(node.text) <= TEXT_MAX:
                    nodes.append(node)
            wrong += judge(rng, program, nodes)
            values += EXPRESSIONS * FRAMES
        os.chdir("/")
    print(f"{values} values, {wrong} wrong")
    sys.exit(1 if wrong else 0)


main()
