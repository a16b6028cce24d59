#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares `check --c-header` with compilers: the header must compile as C and
as C++ for every ABI, with its static asserts, and bit fields of random structs
must be where the original struct has them.

usage: judge_headers.py [--seed N] [--count N] [--layout FILE]... SHMTOP...
"""
import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

from compilers import COMPILERS
from structs import Generator, Member, Struct, to_c, to_ini

CPLUSPLUS = {"gcc": "g++", "gcc -m32": "g++ -m32", "clang": "clang++"}


class Wrong(Exception):
    """The header is wrong."""


def header(shmtop, layout, abi):
    done = subprocess.run([*shmtop, "check", "--c-header", "--abi", abi,
                           layout], capture_output=True, text=True)
    if done.returncode != 0:
        raise Wrong(f"{layout} {abi}: exit {done.returncode}: {done.stderr}")
    return done.stdout


def compile_it(command, language, text, what):
    done = subprocess.run(
        [*command, "-ffreestanding", "-Wall", "-Werror", f"-std={language}11",
         "-x", language, "-fsyntax-only", "-"],
        input=text, capture_output=True, text=True)
    if done.returncode != 0:
        raise Wrong(f"{what}, {' '.join(command)}, {language}:\n"
                    f"{done.stderr[:1500]}")


def judge_layout(shmtop, layout, compilers):
    for compiler in compilers:
        text = header(shmtop, layout, compiler.abi)
        compile_it(compiler.command, "c", text, layout)
        plus = CPLUSPLUS.get(" ".join(compiler.command))
        if plus and shutil.which(plus.split()[0]):
            compile_it(plus.split(), "c++", text, layout)


def images(structs):
    """For each bit field both structs, with only its bits set."""
    fields, values = [], []
    for index, item in enumerate(structs):
        for m in item.bit_members():
            for name, plus in ((f"struct s{index}", -1),
                               (f"struct layout_s{index}", -1)):
                one = 1 if m.type == "bool" and "layout" not in name else plus
                fields.append(f"{name} f{len(fields)};")
                values.append(f"{{.{m.name} = {one}}}")
    return fields, values


def judge_structs(shmtop, structs, compiler, layout, work):
    top = len(structs) - 1
    text = header(shmtop, layout, compiler.abi)
    same = "".join(f"_Static_assert(sizeof(struct s{i}) == "
                   f"sizeof(struct layout_s{i}), \"s{i}\");\n"
                   for i in range(top))
    fields, values = images(structs[:top])
    compile_it(compiler.command, "c", text + to_c(structs) + same, layout)
    if not fields:
        return
    for number in range(0, len(fields), 2):
        if f"{structs_member(values[number])} :" not in text:
            raise Wrong(f"{layout} {compiler.name}: a bit field is missing")
    # Packed, so that there is no padding between the images.
    data = compiler.section(
        text + to_c(structs) + "#pragma pack(push, 1)\n"
        "struct judge { u8 first; " + "\n".join(fields)
        + "};\n#pragma pack(pop)\n"
        '__attribute__((section(".judge"))) struct judge judge = {1,'
        + ",\n".join(values) + "};\n"
        '__attribute__((section(".sizes"))) u32 sizes[] = {'
        + ",".join(f"sizeof({f.rsplit(' ', 1)[0]})" for f in fields) + "};\n",
        work)
    sizes = [int.from_bytes(b, "little") for b in chunks(compiler, work)]
    at = 1
    for number in range(0, len(fields), 2):
        size = sizes[number]
        if data[at:at + size] != data[at + size:at + 2 * size]:
            raise Wrong(f"{compiler.name}: {fields[number]} "
                        f"{values[number]} is elsewhere")
        at += 2 * size


def structs_member(value):
    return value[2:].split(" ", 1)[0]


def chunks(compiler, work):
    base = os.path.join(work, compiler.name)
    subprocess.run([compiler.objcopy, "-O", "binary", "-j", ".sizes",
                    base + ".o", base + ".bin"], check=True)
    with open(base + ".bin", "rb") as file:
        data = file.read()
    return [data[i:i + 4] for i in range(0, len(data) // 4 * 4, 4)]


def draw(rng):
    generator = Generator(rng, leaves=60, holdable=True)
    for _ in range(rng.choice([1, 5, 20])):
        generator.add()
    structs = generator.structs
    structs.append(Struct(0, [Member(f"v{i}", i)
                              for i in range(len(structs))]))
    return structs


def judge_random(args, compilers, rng, folder):
    """Returns the number of sets of structs that were compared."""
    began = time.monotonic()
    layout = os.path.join(folder, "layout.ini")
    for number in range(args.count):
        if time.monotonic() - began > args.seconds:
            return number
        structs = draw(rng)
        for compiler in compilers:
            with open(layout, "w", encoding="ascii") as out:
                out.write(to_ini(structs, len(structs) - 1,
                                 [f"abi = {compiler.abi}"]))
            judge_structs(args.shmtop, structs, compiler, layout, folder)
    return args.count


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("shmtop", nargs="+", metavar="SHMTOP")
    parser.add_argument("--seed", type=int,
                        default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--layout", action="append", default=[])
    args = parser.parse_args()
    print(f"seed {args.seed}", flush=True)
    compilers = [c for c in COMPILERS if c.is_there()]
    if {c.abi for c in COMPILERS} != {c.abi for c in compilers}:
        print("compilers for", *sorted({c.abi for c in compilers}), "only")
        return 77
    try:
        for layout in args.layout:
            judge_layout(args.shmtop, layout, compilers)
        with tempfile.TemporaryDirectory() as folder:
            count = judge_random(args, compilers, random.Random(args.seed),
                                 folder)
    except Wrong as wrong:
        print(wrong)
        return 1
    print(f"{len(args.layout)} layouts, {count} random ones, 0 failures")
    return 0


if __name__ == "__main__":
    sys.exit(main())
