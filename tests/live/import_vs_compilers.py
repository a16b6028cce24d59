#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Random structs, compiled with debug information by each compiler here: the
layout that `import` makes of them is turned into static assertions (offsetof,
sizeof) that the same compiler has to accept, and so are the places that `check`
gives for the values once it is loaded; the bits of each bit field are compared
with what the compiler sets for it.

usage: import_vs_compilers.py SHMTOP [SEED]"""
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
from struct import iter_unpack, unpack_from

SHMTOP = sys.argv[1]
SEED = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(1 << 32)
STRUCTS = 30
# compiler, objcopy, bytes of long, pointer, wchar_t, the abi in the layout
TARGETS = [
    ("gcc", "objcopy", 8, 8, 4, "x64-linux"),
    ("clang", "objcopy", 8, 8, 4, "x64-linux"),
    ("gcc -m32 -ffreestanding", "objcopy", 4, 4, 4, "x86-linux"),
    ("clang -m32 -ffreestanding", "objcopy", 4, 4, 4, "x86-linux"),
    ("x86_64-w64-mingw32-gcc", "x86_64-w64-mingw32-objcopy", 4, 8, 2,
     "x64-windows"),
    ("i686-w64-mingw32-gcc", "i686-w64-mingw32-objcopy", 4, 4, 2,
     "x86-windows"),
]
# Object files of other machines: their names are right only if libdwarf
# relocates them.  Their layouts have no abi; bytes of long and of pointers.
MACHINES = {
    "aarch64": 8, "aarch64_be": 8, "arm": 4, "armeb": 4, "hexagon": 4,
    "mips": 4, "mipsel": 4, "mips64": 8, "mips64el": 8, "powerpc": 4,
    "powerpc64": 8, "powerpc64le": 8, "s390x": 8,
}
GCCS = {
    "arm-linux-gnueabi": 4, "mips-linux-gnu": 4, "mips64el-linux-gnuabi64": 8,
    "powerpc-linux-gnu": 4, "powerpc64le-linux-gnu": 8, "s390x-linux-gnu": 8,
}
TARGETS += [(f"clang --target={name}-unknown-elf -ffreestanding "
             "-fno-short-enums", None, size,
             size, 4, "arm64-linux" if name == "aarch64" else None)
            for name, size in MACHINES.items()]
TARGETS += [(f"{name}-gcc -ffreestanding", None, size, size, 4, None)
            for name, size in GCCS.items()]
PLAIN = {
    "int8_t": "i8", "int16_t": "i16", "int32_t": "i32", "int64_t": "i64",
    "uint8_t": "u8", "uint16_t": "u16", "uint32_t": "u32", "uint64_t": "u64",
    "float": "f32", "double": "f64", "_Bool": "bool", "volatile int": "i32",
    "const short": "i16", "long": "long", "void *": "ptr",
    "number_t": "i32", "enum small": "u32 small", "enum wide": "i64 wide",
    "enum signs": "i32 signs",
}
HEAD = """#include <stddef.h>
#include <stdint.h>
typedef const volatile int hidden_t; typedef hidden_t number_t;
enum small { SMALL_A, SMALL_B = 7 };
enum signs { SIGNS_A = -2, SIGNS_B = 3 };
enum wide { WIDE_A = -1, WIDE_B = 0x7000000000LL };
"""
failed = 0


class Maker:
    """C text, and for each struct its members: name -> expected type."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.count = 0
        self.text = HEAD
        self.structs = {}
        self.depth = {}

    def name(self):
        self.count += 1
        return f"m{self.count}"

    def member(self, expected, deepest):
        pick = self.random.random
        name = self.name()
        if pick() < 0.15 and deepest:
            inner = self.random.choice(deepest)
            self.used.append(inner)
            if pick() < 0.5:
                n = self.random.randint(1, 3)
                expected[name] = f"{inner}[{n}]"
                return f"struct {inner} {name}[{n}];"
            expected[name] = inner
            return f"struct {inner} {name};"
        if pick() < 0.25:
            return self.bits(expected)
        if pick() < 0.2:
            n = self.random.randint(1, 40)
            word, c = self.random.choice([
                ("char", "char"), ("wchar", "wchar_t"), ("bytes", "uint8_t")])
            if word == "bytes" and n <= 16:
                word = "u8"
            expected[name] = f"{word}[{n}]"
            return f"{c} {name}[{n}];"
        c, layout = self.random.choice(list(PLAIN.items()))
        if pick() < 0.25:
            n, m = self.random.randint(1, 4), self.random.randint(1, 3)
            head, _, tail = layout.partition(" ")
            if head == "u8" and n * m > 16:
                head = "bytes"
            expected[name] = f"{head}[{n * m}] {tail}".strip()
            return f"{c} {name}[{n}][{m}];"
        expected[name] = layout
        return f"{c} {name};"

    def bits(self, expected):
        lines = []
        for _ in range(self.random.randint(1, 5)):
            c, width, sign = self.random.choice([
                ("unsigned", 32, "u"), ("int", 32, "i"),
                ("unsigned short", 16, "u"), ("unsigned char", 8, "u"),
                ("unsigned long long", 64, "u"), ("_Bool", 1, "u"),
                ("enum small", 32, "u"), ("signed char", 8, "i")])
            name = self.name()
            if self.packed:
                # Then they may begin at any bit: no integer holds all of 64
                # bits, and clang loses the place of those that fill a type.
                width = max(1, min(width - 1, 57))
            expected[name] = f"bits {sign} {self.random.randint(1, width)}"
            lines.append(f"{c} {name} : {expected[name].split()[2]};")
            if self.random.random() < 0.1:
                lines.append("unsigned : 0;")
        return " ".join(lines)

    def struct(self, index):
        name = f"s{index}"
        expected = self.structs[name] = {}
        self.used = []
        self.packed = self.random.random() < 0.25
        deepest = [s for s, d in self.depth.items() if d < 3]
        lines = []
        for _ in range(self.random.randint(2, 9)):
            if self.random.random() < 0.1:
                lines.append(
                    "union { %s struct { %s %s }; };" % tuple(
                        self.member(expected, deepest) for _ in range(3)))
            else:
                lines.append(self.member(expected, deepest))
        attribute = " __attribute__((packed))" if self.packed else ""
        body = "\n    ".join(lines)
        self.text += f"struct {name} {{\n    {body}\n}}{attribute};\n"
        self.text += f"struct {name} variable_{name};\n"
        self.depth[name] = 1 + max([self.depth[u] for u in self.used] or [0])


def complain(what):
    global failed
    failed += 1
    print(f"not ok - {what}")


def parse(text):
    """section -> member -> (type, offset, rest); sizes of structs."""
    sections, sizes, at = {}, {}, None
    for line in text.splitlines():
        line = line.split(" ;")[0].strip()
        if line.startswith(";") or not line:
            continue
        found = re.fullmatch(r"\[(\w+)(?: (\w+))?\]", line)
        if found:
            kind, name = found.groups()
            at = sections.setdefault(name or kind, {})
            at["?"] = kind
            continue
        key, value = line.split(" = ", 1)
        if key == "@size":
            sizes[at_name(sections, at)] = int(value)
            continue
        found = re.fullmatch(r"(\S+) @(\d+)(.*)", value)
        at[key] = (found[1], int(found[2]), found[3]) if found else value
    return sections, sizes


def at_name(sections, at):
    return next(name for name, value in sections.items() if value is at)


def expected_text(layout, target):
    _, _, long_size, pointer, _, abi = target
    layout = layout.replace("long", f"i{8 * long_size}")
    if abi is None:
        layout = layout.replace("ptr", f"u{8 * pointer}")
        layout = layout.replace("wchar", "utf32")
    return layout


def size_text(layout, target):
    """What C says of the size of a type that the layout names."""
    _, _, _, pointer, wchar, _ = target
    word, *counts = re.split(r"[\[\]]+", layout.rstrip("]"))
    size = {"ptr": pointer, "wchar": wchar, "bool": 1, "char": 1,
            "bytes": 1, "utf32": 4}.get(word)
    if size is None:
        number = re.fullmatch(r"[iuf](\d+)", word)
        size = int(number[1]) // 8 if number else f"sizeof(struct {word})"
    return " * ".join([str(size)] + [c for c in counts if c])


def judge_member(struct, name, layout, got, target, asserts, masks, what):
    if got is None:
        complain(f"{what}: {struct}.{name} is missing")
        return
    kind, offset, rest = got
    if layout.startswith("bits "):
        _, sign, width = layout.split()
        found = re.search(r"bits=(\d+)(?:\.\.(\d+))?", rest)
        if not found and kind == sign + width:
            # clang calls one that fills its type an ordinary member
            found = re.match(r"(0)..(\d+)", f"0..{int(width) - 1}")
        if not found or not kind.startswith(sign):
            complain(f"{what}: {struct}.{name}: {got}, wanted {layout}")
            return
        low = int(found[1])
        high = int(found[2] or low)
        if high - low + 1 != int(width):
            complain(f"{what}: {struct}.{name}: {got}, wanted {layout}")
        mask = (offset, int(kind[1:]) // 8, ((1 << int(width)) - 1) << low)
        masks.setdefault(struct, []).append((name, mask))
        return
    head, _, label = expected_text(layout, target).partition(" ")
    if kind != head or (label and f"enum={label}" not in rest):
        # enums are unsigned in some ABIs, and a PE long is 32 bits: sizes are
        # judged below, names here
        complain(f"{what}: {struct}.{name}: {kind}{rest}, wanted {head} {label}")
    asserts.append(f"offsetof(struct {struct}, {name}) == {offset}")
    asserts.append(f"sizeof(((struct {struct} *)0)->{name}) == "
                   f"{size_text(kind, target)}")


def run(*words):
    return subprocess.run(words, capture_output=True, text=True)


def section_of(path, name):
    """The bytes of a section of an ELF file, and its byte order."""
    with open(path, "rb") as file:
        data = file.read()
    wide, order = data[4] == 2, "<" if data[5] == 1 else ">"
    start, = unpack_from(order + "Q" if wide else order + "I", data,
                         40 if wide else 32)
    size, count, names = unpack_from(order + "HHH", data, 58 if wide else 46)
    rows = list(iter_unpack(order + ("IIQQQQIIQQ" if wide else "10I"),
                            data[start:start + count * size]))
    for at, _, _, _, offset, length, *_ in rows:
        at += rows[names][4]
        if data[at:data.index(b"\0", at)] == name.encode():
            return data[offset:offset + length], "<>".index(order)
    return b"", 0


def masked(size, place, is_big):
    """A struct of zeros but for the bits of one bit field."""
    offset, length, mask = place
    data = bytearray(size)
    data[offset:offset + length] = mask.to_bytes(length,
                                                 ["little", "big"][is_big])
    return data


def judge_masks(folder, target, masks, sizes, source, what):
    compiler, objcopy = target[0].split(), target[1]
    lines = [f'#include "{source}"']
    for number, (struct, members) in enumerate(masks.items()):
        rows = ", ".join(f"{{ .{name} = -1 }}" for name, _ in members)
        lines.append(f'__attribute__((section(".m{number}"), used)) '
                     f"const struct {struct} masks_{struct}[] = {{ {rows} }};")
    path, out = f"{folder}/masks.c", f"{folder}/masks.o"
    with open(path, "w") as file:
        file.write("\n".join(lines) + "\n")
    made = run(*compiler, "-w", "-c", path, "-o", out)
    if made.returncode:
        complain(f"{what}: {made.stderr}")
        return
    for number, (name, members) in enumerate(masks.items()):
        data, is_big = b"", 0
        if objcopy:
            data_path = f"{folder}/masks.bin"
            run(objcopy, "-O", "binary", "-j", f".m{number}", out, data_path)
            with open(data_path, "rb") as file:
                data = file.read()
        else:
            data, is_big = section_of(out, f".m{number}")
        size = sizes[name]
        for i, (member, place) in enumerate(members):
            wanted = masked(size, place, is_big)
            got = data[i * size:(i + 1) * size]
            if got != wanted:
                complain(f"{what}: bits of {name}.{member}: {wanted.hex()}, "
                         f"the compiler sets {got.hex()}")


def loaded_asserts(loaded, maker, struct, abi):
    """What the layout, once loaded, makes of the places of all values."""
    asserts = [f"sizeof(struct {struct}) == {loaded['size'][abi]}"]
    bits = {name for members in maker.structs.values()
            for name, layout in members.items() if layout.startswith("bits ")}
    for field in loaded["fields"][:200]:
        path = field["path"]
        first = re.sub(r"\[0\]$", "", path)
        # Elements of arrays of several dimensions have no such path in C.
        if first.endswith("]") or first.split(".")[-1] in bits:
            continue
        asserts.append(
            f"offsetof(struct {struct}, {first}) == {field['offset'][abi]}")
        if first == path:
            asserts.append(f"sizeof(((struct {struct} *)0)->{path}) == "
                           f"{field['size'][abi]}")
    return asserts


def judge(folder, maker, target, binary, source, what):
    asserts, masks, all_sizes, done = [], {}, {}, set()
    compiler = target[0].split()
    # Of other machines fewer: what differs there are the names.
    for struct in list(maker.structs)[:None if target[1] else 8]:
        made = run(SHMTOP, "import", binary, f"struct {struct}")
        if made.returncode:
            complain(f"{what}: import {struct}: {made.stderr}")
            continue
        path = f"{folder}/imported.ini"
        with open(path, "w") as file:
            file.write(made.stdout)
        checked = run(SHMTOP, "check", "--format", "json", path)
        if checked.returncode:
            complain(f"{what}: check {struct}: {checked.stderr}{made.stdout}")
            continue
        asserts += loaded_asserts(json.loads(checked.stdout), maker, struct,
                                  target[5] or "x64-linux")
        sections, sizes = parse(made.stdout)
        if sections["mapping"].get("abi") != target[5]:
            complain(f"{what}: abi {sections['mapping'].get('abi')}")
        sizes[struct] = int(sections["mapping"]["size"])
        sections[struct] = sections.pop("fields")
        all_sizes.update(sizes)
        for name, members in sections.items():
            if name not in maker.structs or name in done:
                continue
            done.add(name)
            asserts.append(f"sizeof(struct {name}) == {sizes[name]}")
            for member, layout in maker.structs[name].items():
                judge_member(name, member, layout, members.get(member),
                             target, asserts, masks, what)
    path = f"{folder}/asserts.c"
    with open(path, "w") as file:
        file.write(f'#include "{source}"\n')
        for line in asserts:
            file.write(f'_Static_assert({line}, "");\n')
    accepted = run(*compiler, "-w", "-fsyntax-only", path)
    if accepted.returncode:
        complain(f"{what}: {accepted.stderr[:2000]}")
    judge_masks(folder, target, masks, all_sizes, source, what)
    return len(asserts) + sum(len(m) for m in masks.values())


def main():
    print(f"# seed {SEED}")
    maker = Maker(SEED)
    for i in range(STRUCTS):
        maker.struct(i)
    if run(SHMTOP, "import", "/dev/null", "x").returncode == 69:
        print("skip - this program is built without import")
        sys.exit(77)
    with tempfile.TemporaryDirectory(prefix="shmtop-import.") as folder:
        source = f"{folder}/structs.c"
        with open(source, "w") as file:
            file.write(maker.text)
        for target in TARGETS:
            compiler = target[0].split()
            if not shutil.which(compiler[0]):
                print(f"skip - {compiler[0]} is missing")
                continue
            kinds = [(f"-gdwarf-{version}", ending)
                     for version in (4, 5) for ending in ("o", "so")]
            if target[1] is None:
                kinds = [("-gdwarf-4 -gz", "o"), ("-gdwarf-5", "o")]
            if target[0] == "gcc":
                kinds += [("-g -fdebug-types-section -gdwarf-4", "so"),
                          ("-g -gz", "so"), ("-g -gz", "o"),
                          ("-gdwarf-3 -gstrict-dwarf", "o")]
            for flags, ending in kinds:
                what = f"{target[0]} {flags} .{ending}"
                binary = f"{folder}/structs.{ending}"
                shared = ["-shared", "-nostdlib"] if ending == "so" else ["-c"]
                if "mingw" in target[0] and ending == "so":
                    shared.append("-Wl,-e,0")
                elif ending == "so":
                    shared.append("-fPIC")
                made = run(*compiler, *flags.split(), "-w", *shared, source,
                           "-o", binary)
                if made.returncode:
                    complain(f"{what}: {made.stderr}")
                    continue
                before = failed
                count = judge(folder, maker, target, binary, source, what)
                if failed == before:
                    print(f"ok - {what}: {count} facts")
    if failed:
        print(f"# {failed} failed; seed {SEED}")
    sys.exit(failed > 0)


main()
