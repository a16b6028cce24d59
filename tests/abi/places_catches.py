#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Tests that judge_places.py fails if a rule of the placement is broken: breaks
each rule once, in a copy.

usage: places_catches.py CC SOURCE_ROOT
"""
import os
import subprocess
import sys
import tempfile

PLACE, ABI = "c_placement.c", "abi.c"
# The broken rule, the file, the text before and after.
MUTANTS = [
    ("a field that just fits its unit moves on", PLACE,
     "+ unit - 1) / unit >", "+ unit - 1) / unit >="),
    ("fields move on under a pack, too", PLACE,
     "placing->pack == 0 && straddles", "straddles"),
    ("8-byte fields keep to units of 4", PLACE,
     "member->size / member->alignment;", "1;"),
    ("a field moves to a unit of its size", PLACE,
     "bit = round_up(bit, (uint64_t)alignment * 8);",
     "bit = round_up(bit, member->size * 8);"),
    ("sizes share a unit", PLACE,
     "placing->unit_size == member->size", "placing->unit_size != 0"),
    ("the last bit of a unit is not used", PLACE,
     "member->bits <= placing->unit_size * 8",
     "member->bits < placing->unit_size * 8"),
    ("a unit is shared over a whole member", PLACE,
     "placing->unit_size = 0;", ""),
    ("a unit has only the bytes of its fields", PLACE,
     "take(placing, bit, member->size * 8);\n        if",
     "take(placing, bit, member->bits);\n        if"),
    ("bit fields know no pack", PLACE,
     "placing->pack < alignment", "placing->pack < alignment && !member->bits"),
    ("bit fields do not align the struct", PLACE,
     "alignment > placing->alignment)\n        placing",
     "alignment > placing->alignment && !member->bits)\n        placing"),
    ("no padding at the end", PLACE,
     "round_up(placing->end, placing->alignment)", "placing->end"),
    ("bits in 5 bytes have no container", PLACE,
     "size > 8)", "size > 4)"),
    ("a container reaches past the end of the struct", PLACE,
     "offset + size > end", "offset + size > end + 1"),
    ("a container is not moved down", PLACE,
     "first - smaller(first, size - (end - first))", "first"),
    ("8 bytes at 8 on x86-linux", ABI,
     "{4, 4, 4, 4, 4, false}", "{4, 4, 4, 4, 8, false}"),
    ("8 bytes at 4 on x86-windows", ABI,
     "{4, 4, 8, 2, 8, true}", "{4, 4, 8, 2, 4, true}"),
    ("long of 8 bytes on x64-windows", ABI,
     "{8, 4, 8, 2, 8, true}", "{8, 8, 8, 2, 8, true}"),
    ("wchar_t of 2 bytes on Linux", ABI,
     "{8, 8, 8, 4, 8, false}", "{8, 8, 8, 2, 8, false}"),
    ("a guid at any byte", ABI,
     "case KIND_GUID:\n        return 4;", "case KIND_GUID:\n        return 1;"),
]


# The rest of the judge's driver.
UNCHANGED = [
    "tests/abi/places.c", "src/layout/words.c", "src/base/buf.c",
    "src/base/double_text.c", "src/base/err.c",
    "src/base/hex.c",
    "src/base/mem.c", "src/base/number.c", "src/base/text.c",
    "src/base/text_words.c", "src/base/utf8.c",
]


class Builder:
    def __init__(self, cc, root, work):
        self.command = [cc, "-std=c11", "-D_GNU_SOURCE", "-w",
                        "-I", os.path.join(root, "src")]
        self.root = root
        self.work = work
        self.objects = [self.compile(os.path.join(root, path))
                        for path in UNCHANGED]

    def compile(self, path):
        made = os.path.join(self.work, os.path.basename(path) + ".o")
        subprocess.run([*self.command, "-c", path, "-o", made], check=True)
        return made

    def judge(self, sources):
        """Exit code of judge_places.py for `sources`, texts by file name."""
        objects = list(self.objects)
        for name, text in sources.items():
            path = os.path.join(self.work, name)
            with open(path, "w", encoding="utf-8") as out:
                out.write(text)
            objects.append(self.compile(path))
        driver = os.path.join(self.work, "places")
        subprocess.run([*self.command, *objects, "-lutf8proc", "-lm",
                        "-o", driver], check=True)
        judge = os.path.join(self.root, "tests/abi/judge_places.py")
        return subprocess.run(
            [sys.executable, judge, "--seed", "7", "--count", "800", driver],
            stdout=subprocess.DEVNULL, check=False).returncode


def main(cc, root):
    sources = {}
    for name in (PLACE, ABI):
        with open(os.path.join(root, "src/layout", name),
                  encoding="utf-8") as file:
            sources[name] = file.read()
    with tempfile.TemporaryDirectory() as work:
        builder = Builder(cc, root, work)
        status = builder.judge(sources)
        if status != 0:
            print("the judge finds fault with the sound placement")
            return status
        bad = 0
        for what, name, sound, broken in MUTANTS:
            mutant = sources[name].replace(sound, broken)
            if mutant == sources[name]:
                print(f"not in {name} any more: {what}")
                bad += 1
            elif builder.judge({**sources, name: mutant}) != 1:
                print(f"not noticed: {what}")
                bad += 1
    print(f"{len(MUTANTS)} broken rules, {bad} not noticed")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
