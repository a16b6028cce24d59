#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The CPU time of `print` per field, in ns, compared with cat copying the same
text (the limit) and with od and python3 on the same bytes, in one run.

usage: bench_print.py SHMTOP [RUNS]
"""
import os
import random
import statistics
import struct
import subprocess
import sys
import tempfile

MANY = 1000000
# Type of the layout, letter of struct, type of od.
MIXES = {
    "i64": [("i64", "q", "d8")],
    "f64": [("f64", "d", "fD")],
    "mixed": [("i64", "q", None), ("u32", "I", None), ("f32", "f", None),
              ("i16", "h", None), ("u16", "H", None), ("u32", "I", None),
              ("f64", "d", None), ("u64", "Q", None)],
}
PEER = """
import json, struct, sys
count, lines, form = int(sys.argv[3]), int(sys.argv[4]), sys.argv[5]
data = open(sys.argv[1], "rb").read()
unpack = struct.Struct(sys.argv[2]).unpack_from
names = [f"f[{i}]" for i in range(count)]
keys = [f'"{name}":' for name in names]
write = sys.stdout.write
for line in range(lines):
    values = unpack(data, 0)
    if form == "json.dumps":
        write(json.dumps(dict(zip(names, values)), separators=(",", ":")) +
        "\\n") elif form == "json": write("{" + ",".join([f"{k}{v}" for k, v in
        zip(keys, values)]) + "}\\n") else: write(",".join([f"{v}" for v in
        values]) + "\\n")
"""


def cpu_seconds(command):
    """User and system time of a command that writes into a pipe."""
    read, write = os.pipe()
    reader = subprocess.Popen(["cat"], stdin=read, stdout=subprocess.DEVNULL)
    os.close(read)
    process = subprocess.Popen(command, stdout=write, stdin=subprocess.DEVNULL)
    os.close(write)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    reader.wait()
    if process.returncode != 0:
        sys.exit(f"exit {process.returncode}: {command}")
    return usage.ru_utime + usage.ru_stime


def median(runs, command):
    return statistics.median(cpu_seconds(command) for _ in range(runs))


class Case:
    """A layout of `count` fields and a file with their bytes."""

    def __init__(self, work, mix, count):
        self.mix, self.count = mix, count
        self.path = f"{work}/{mix}-{count}"
        rng = random.Random(1)
        kinds = MIXES[mix]
        share = count // len(kinds)
        lines, data, self.format = [], bytearray(), "<"
        for at, (kind, letter, _) in enumerate(kinds):
            number = share if at else count - share * (len(kinds) - 1)
            size = struct.calcsize("<" + letter)
            data += b"\0" * (-len(data) % size)
            self.format += "x" * (len(data) - struct.calcsize(self.format))
            lines.append(f"f{at} = {kind}[{number}] @{len(data)}")
            self.format += f"{number}{letter}"
            data += b"".join(struct.pack("<" + letter, self.value(rng, letter))
                             for _ in range(number))
        with open(self.path, "wb") as file:
            file.write(data)
        with open(self.path + ".ini", "w", encoding="ascii") as file:
            file.write(f"[mapping]\nname = file:{self.path}\n"
                       f"size = {len(data)}\n[fields]\n" + "\n".join(lines)
                       + "\n")
        with open(self.path + ".mem", "w", encoding="ascii") as file:
            file.write(f"size {len(data)}\n")
            for at in range(0, len(data), 4096):
                file.write(f"set {at} {data[at:at + 4096].hex()}\n")
            file.write("frame\n")
        self.size = len(data)

    @staticmethod
    def value(rng, letter):
        if letter in "fd":
            return rng.uniform(-1000, 1000)
        bits = 8 * struct.calcsize("<" + letter) - letter.islower()
        return rng.getrandbits(rng.randrange(1, bits + 1))

    def ours(self, shmtop, form, lines):
        return [shmtop, "print", "--format", form, "--count", str(lines),
                "--refresh", "1us", self.path + ".ini"]

    def recorded(self, shmtop, form, lines):
        """From a recording: no waiting, and many lines in one write."""
        return [shmtop, "print", "--format", form, "--count", str(lines),
                "--target", f"mem:{self.path}.mem", self.path + ".ini"]

    def python(self, form, lines):
        return [sys.executable, "-c", PEER, self.path, self.format,
                str(self.count), str(lines), form]

    def od(self, lines):
        """od on the same number of records; None for a mix of types."""
        kind = MIXES[self.mix][0][2]
        if kind is None:
            return None
        record = self.path
        if lines > 1:
            record += ".records"
            with open(self.path, "rb") as file:
                data = file.read()
            with open(record, "wb") as file:
                for _ in range(lines):
                    file.write(data)
        return ["od", "-An", "-v", f"-w{self.size if lines > 1 else 8}", "-t",
                kind, record]


def text_of(work, command):
    path = f"{work}/text"
    with open(path, "wb") as file:
        subprocess.run(command, stdout=file, check=True)
    return path


def row(work, shmtop, case, form, lines, runs):
    fields = case.count * lines
    ours = case.ours(shmtop, form, lines)
    od = case.od(lines)
    columns = {
        "ours": median(runs, ours),
        "recorded": median(runs, case.recorded(shmtop, form, lines))
                    if lines > 1 else None,
        "cat": median(runs, ["cat", text_of(work, ours)]),
        "od": median(runs, od) if od else None,
        "python": median(1, case.python(form, lines)),
        "dumps": median(1, case.python("json.dumps", lines))
                 if form == "json" else None,
    }
    spent = columns["ours"]
    cells = [f"{value / fields * 1e9:8.1f}" if value is not None else " " * 8
             for value in columns.values()]
    ratios = [f"{value / spent:7.1f}x" if value is not None else " " * 8
              for name, value in columns.items() if name in ("od", "python")]
    print(f"{case.mix:6} {case.count:8} {lines:7} {form:5}", *cells, *ratios,
          f"{lines / spent:11.0f}", flush=True)


def steady(shmtop, case, form, runs):
    """The time of one of many samples, without loading the layout."""
    one = median(runs, case.ours(shmtop, form, 1))
    more = median(runs, case.ours(shmtop, form, 6))
    return (more - one) / 5 / case.count * 1e9


def main():
    shmtop = sys.argv[1]
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    print("print: ns of CPU a field, the whole process into a pipe")
    print("ours: one write a tick, ticks as fast as they go; recorded: ours "
          "from a recording,\nwithout ticks; cat: the limit; lines/s: of CPU, "
          "ours")
    print("mix      fields   lines form      ours recorded      cat       od"
          "   python    dumps   od/ours  py/ours     lines/s")
    with tempfile.TemporaryDirectory(prefix="shmtop-bench.") as work:
        for mix in MIXES:
            for count, lines in ((10, 20000), (1000, 1000), (MANY, 1)):
                case = Case(work, mix, count)
                for form in ("json", "csv"):
                    row(work, shmtop, case, form, lines, runs)
                if count == MANY:
                    for form in ("json", "csv"):
                        spent = steady(shmtop, case, form, runs)
                        print(f"{mix:6} {count:8}    more {form:5} {spent:8.1f}"
                              "  (a sample after the first; aim: 60)")


if __name__ == "__main__":
    main()
