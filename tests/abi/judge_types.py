#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares the sizes of types that depend on the ABI with compilers and the
headers of their C libraries: `long` or `time_t` of a real program.

usage: judge_types.py PLACES...
"""
import struct
import subprocess
import sys
import tempfile

from compilers import COMPILERS

HEADERS = """\
#include <stddef.h>
#include <stdint.h>
#include <time.h>
#include <wchar.h>
typedef unsigned long ulong_;
"""
TYPES = {
    "int": "int", "long": "long", "ulong": "ulong_", "size_t": "size_t",
    "time_t": "time_t", "wchar_t": "wchar_t", "ptr": "void *",
}

# Compilers with a C library; mingw with UCRT, the current one of Microsoft.
LIBRARIES = [
    ("gcc", ()),
    ("gcc-m32", ()),
    ("mingw64", ()),
    ("mingw32", ("-D_UCRT",)),
]
# Other ways to build, which layout/abi.h describes.
OTHERS = [
    ("gcc-m32", ("-D_FILE_OFFSET_BITS=64", "-D_TIME_BITS=64"), 8),
    ("mingw32", ("-D_USE_32BIT_TIME_T",), 4),
]


def sizes(compiler, options, work):
    table = ", ".join(f"sizeof({c})" for c in TYPES.values())
    data = compiler.section(
        HEADERS + '__attribute__((section(".judge"))) const uint32_t judge[] ='
        f" {{{table}}};\n", work, options)
    return dict(zip(TYPES, struct.unpack_from(f"<{len(TYPES)}I", data)))


def ours(driver, abi):
    found = {}
    for word in TYPES:
        run = subprocess.run(driver + [abi], text=True, check=True,
                             input=f"struct 1\n{word} 0 0 0\n",
                             capture_output=True)
        found[word] = int(run.stdout.split()[1])
    return found


def main(driver):
    by_name = {c.name: c for c in COMPILERS}
    failures = judged = 0
    with tempfile.TemporaryDirectory() as work:
        for name, options in LIBRARIES:
            compiler = by_name[name]
            if not compiler.is_there():
                print(f"no {name}")
                continue
            want, got = (sizes(compiler, options, work),
                         ours(driver, compiler.abi))
            judged += 1
            if got != want:
                failures += 1
                print(f"{compiler.abi}: {got}, but {name} has {want}")
        for name, options, size in OTHERS:
            if not by_name[name].is_there():
                continue
            want = sizes(by_name[name], options, work)["time_t"]
            if want != size:
                failures += 1
                print(f"time_t of {name} {' '.join(options)} is {want}")
    print(f"{judged} compilers, {failures} failures")
    if judged == 0:
        return 77
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
