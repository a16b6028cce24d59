#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Outside judges of `print`: random bytes in a mapping of every type, decoded
here with struct, must come out the same in JSON and CSV; text must hold nothing
that a terminal obeys.

usage: judge.py [--frames N] [--seed N] [EMULATOR...] SHMTOP
"""
import argparse
import csv
import io
import json
import math
import os
import random
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import unicodedata
import uuid

SIZE = 512
TRICKY = [0x1B, 0x9B, 0x07, 0x0A, 0x0D, 0x22, 0x5C, 0x2C, 0x7F, 0x061C, 0x200B,
          0x200D, 0x200F, 0x2028, 0x202E, 0x2066, 0x2069, 0x2060, 0xFEFF,
          0xE000, 0xFDD0, 0xFFFE, 0x10FFFF, 0x1FFFE, 0xD800, 0x0301, 0x1F600,
          0x6F22, 0x41, 0x20, 0x3D]
INTS = [(kind + str(bits), fmt, order)
        for kind, formats in (("i", "bhiq"), ("u", "BHIQ"))
        for bits, fmt in zip((8, 16, 32, 64), formats)
        for order in ("", "be")]
UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e"
                    "\u2060\u2066-\u2069\ufeff\ud800-\uf8ff\ufdd0-\ufdef"
                    "\ufffe\uffff\U000f0000-\U0010ffff]")

failures = 0


def fail(*what):
    global failures
    failures += 1
    if failures <= 20:
        print("not ok -", *what)


class Layout:
    """Fields at rising offsets, and how each is read by python."""

    def __init__(self):
        self.lines = []
        self.readers = {}
        self.texts = set()
        self.at = 0

    def add(self, name, kind, size, read, attributes=""):
        self.at = (self.at + 7) // 8 * 8
        self.lines.append(f"{name} = {kind} @{self.at} {attributes}")
        at = self.at
        self.readers[name] = lambda data: read(data[at:at + size])
        self.at += size

    def text(self, name, kind, size, attributes=""):
        self.add(name, kind, size, lambda data: None, attributes)
        self.texts.add(name)

    def ini(self, target):
        return (f"[mapping]\nname = {target}\nsize = {SIZE}\n[fields]\n"
                + "\n".join(self.lines) + "\n[enum mode]\n0..99 = low\n"
                "100 = say \"100\", so\n* = other\n"
                "[flags bits]\n0 = a\n1 = b\n2 = c,d\n")


def number(fmt):
    def read(data):
        value = struct.unpack(fmt, data)[0]
        return value if math.isfinite(value) else None
    return read


def make_layout():
    layout = Layout()
    for name, fmt, order in INTS:
        code = (">" if order else "<") + fmt
        layout.add("n_" + name + order, name + order, struct.calcsize(code),
                   number(code))
    for name, fmt in (("f32", "<f"), ("f32be", ">f"), ("f64", "<d"),
                      ("f64be", ">d")):
        layout.add("n_" + name, name, struct.calcsize(fmt), number(fmt))
    layout.add("flag", "bool", 1, lambda data: data[0] != 0)
    layout.add("low", "u16be", 2,
               lambda data: int.from_bytes(data, "big") >> 3 & 0x7F,
               "bits=3..9")
    layout.add("mode", "u8", 1, lambda data: "low" if data[0] < 100 else
               'say "100", so' if data[0] == 100 else "other", "enum=mode")
    layout.add("bits", "u8 ", 1,
               lambda data: [name for bit, name in enumerate(["a", "b", "c,d"])
                             if data[0] >> bit & 1],
               "flags=bits bits=0..2")
    layout.add("tenth", "i16", 2, lambda data: float(
        f"{int.from_bytes(data, 'little', signed=True)}e-1"), "scale=0.1")
    layout.add("blob", "bytes[5]", 5, lambda data: data.hex())
    layout.add("id", "guid", 16, lambda data: str(uuid.UUID(bytes_le=data)))
    layout.text("text", "char[24]", 24)
    layout.text("latin", "char[16]", 16, "encoding=latin1")
    layout.text("wide", "utf16[8]", 16)
    layout.text("widebe", "utf16be[8]", 16)
    layout.text("wider", "utf32[6]", 24)
    assert layout.at <= SIZE
    return layout


def random_bytes(rng):
    """Noise, extremes, and text made of what is hard."""
    data = bytearray(rng.randbytes(SIZE))
    for at in range(0, SIZE, 8):
        choice = rng.random()
        if choice < 0.1:
            data[at:at + 8] = b"\0" * 8
        elif choice < 0.2:
            data[at:at + 8] = b"\xff" * 8
        elif choice < 0.4:
            code = "".join(map(chr, rng.choices(TRICKY, k=4)))
            how = rng.choice(["utf-8", "utf-16-le", "utf-16-be", "utf-32-le"])
            data[at:at + 8] = code.encode(how, "surrogatepass")[:8].ljust(8)
        elif choice < 0.5:
            data[at:at + 8] = struct.pack(rng.choice("<>") + "d", rng.choice(
                [math.nan, math.inf, -math.inf, 0.1, 1e300, 5e-324, -0.0]))
    return bytes(data)


def same(name, got, wanted):
    """float32 values are printed in the fewest digits that read back."""
    if isinstance(wanted, float) and isinstance(got, (int, float)):
        if "f32" in name:
            return struct.unpack("f", struct.pack("f", got))[0] == wanted
        return float(got) == wanted
    return type(got) is type(wanted) and got == wanted


def check_text(where, text):
    found = UNSAFE.search(text)
    if found:
        fail(where, "holds", ascii(found.group()))
    for char in text:
        if unicodedata.category(char) in ("Cc", "Cs", "Co"):
            fail(where, "holds", ascii(char))


def as_csv(value):
    """What JSON's value is in CSV."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "|".join(value) if isinstance(value, list) else value


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--frames", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("shmtop", nargs="+")
    options = parser.parse_args()
    frames, seed = options.frames, options.seed
    shmtop = options.shmtop[:-1] + [os.path.abspath(options.shmtop[-1])]
    rng = random.Random(seed)
    layout = make_layout()
    names = list(layout.readers)
    stored = [random_bytes(rng) for _ in range(frames)]
    work = tempfile.mkdtemp(prefix="shmtop-judge.")

    def run(*options):
        result = subprocess.run(
            [*shmtop, "print", *options, "judge.ini"], cwd=work, timeout=300,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        if result.returncode or result.stderr:
            fail(options, "exit", result.returncode, result.stderr[:500])
        return result.stdout

    try:
        with open(f"{work}/judge.ini", "w", encoding="utf-8") as file:
            file.write(layout.ini("mem:judge.mem"))
        with open(f"{work}/judge.mem", "w", encoding="utf-8") as file:
            file.write(f"size {SIZE}\n")
            for data in stored:
                for at in range(0, SIZE, 64):
                    file.write(f"set {at} {data[at:at + 64].hex()}\n")
                file.write("frame +10ms\n")
        judge_all(run, layout, names, stored)
    finally:
        shutil.rmtree(work)
    print(f"{'not ok' if failures else 'ok'} - {frames} frames of {len(names)} "
          f"fields, seed {seed}, {failures} failures")
    return 1 if failures else 0


def judge_all(run, layout, names, stored):
    text = run("--format", "json")
    samples = [json.loads(line) for line in text.decode("utf-8").splitlines()]
    if len(samples) != len(stored):
        fail("json has", len(samples), "lines, not", len(stored))
    judge_values(layout, names, stored, samples)
    judge_csv(run("--format", "csv"), names, samples)
    judge_jq(text, len(stored))
    for options in (["--raw"], ["--detail"], ["--raw", "--detail"]):
        lines = run("--format", "json", *options).decode("utf-8").splitlines()
        for line in lines:
            json.loads(line)
            check_text(f"json {options}", line)
        rows = list(csv.reader(io.StringIO(
            run("--format", "csv", *options).decode("utf-8"), newline=""),
            strict=True))
        if len({len(row) for row in rows}) != 1 or len(rows) != len(lines) + 1:
            fail("csv", options, "is ragged")
    for options in ([], ["--raw"], ["--detail"]):
        for line in run(*options).decode("utf-8").split("\n"):
            check_text(f"text {options}", line)


def judge_values(layout, names, stored, samples):
    for data, sample in zip(stored, samples):
        fields = sample["fields"]
        if list(fields) != names:
            fail("json has other fields:", list(fields))
        for name in names:
            if name in layout.texts:
                check_text(name, fields[name])
                continue
            wanted = layout.readers[name](data)
            if not same(name, fields[name], wanted):
                fail(name, "is", repr(fields[name]), "not", repr(wanted))


def judge_csv(text, names, samples):
    decoded = text.decode("utf-8")
    if decoded.count("\r\n") != decoded.count("\n"):
        fail("csv has lines that do not end in CRLF")
    rows = list(csv.reader(io.StringIO(decoded, newline=""), strict=True))
    if rows[0] != ["time", "state", "generation"] + names:
        fail("csv has another header:", rows[0])
    if len(rows) != len(samples) + 1:
        fail("csv has", len(rows), "lines, not", len(samples) + 1)
    for row, sample in zip(rows[1:], samples):
        head = [sample["time"], sample["state"], str(sample["generation"])]
        if row[:3] != head:
            fail("csv begins with", row[:3], "not", head)
        for name, got in zip(names, row[3:]):
            wanted = as_csv(sample["fields"][name])
            if not isinstance(wanted, str):
                got = json.loads(got)
            if got != wanted:
                fail("csv:", name, "is", repr(got), "not", repr(wanted))


def judge_jq(text, count):
    if not shutil.which("jq"):
        return
    result = subprocess.run(["jq", "-s", "length"], input=text, check=False,
                            stdout=subprocess.PIPE)
    if result.stdout.strip() != str(count).encode():
        fail("jq reads", result.stdout, "objects, not", count)


if __name__ == "__main__":
    sys.exit(main())
