# SPDX-License-Identifier: MIT
"""Finds out where compilers place the members of structs, without running a
program: the results are constants in an object file."""
import os
import shutil
import struct
import subprocess

from structs import to_c


class Compiler:
    def __init__(self, name, abi, command, objcopy):
        self.name = name
        self.abi = abi
        self.command = command.split()
        self.objcopy = objcopy

    def is_there(self):
        return (shutil.which(self.command[0]) is not None
                and shutil.which(self.objcopy) is not None
                and self.works())

    def works(self):
        """Whether it can compile for its target."""
        run = subprocess.run(
            self.command + ["-ffreestanding", "-x", "c", "-S", "-o",
                            os.devnull, "-"],
            input="int x;", text=True, capture_output=True)
        return run.returncode == 0

    def section(self, text, work, options=("-ffreestanding",)):
        """Compiles C source `text`; returns the bytes of section .judge."""
        base = os.path.join(work, self.name)
        with open(base + ".c", "w", encoding="ascii") as file:
            file.write(text)
        subprocess.run(
            self.command + ["-std=c11", "-O0", "-w", *options,
                            "-c", base + ".c", "-o", base + ".o"], check=True)
        subprocess.run([self.objcopy, "-O", "binary", "-j", ".judge",
                        base + ".o", base + ".bin"], check=True)
        with open(base + ".bin", "rb") as file:
            return file.read()


# Each ABI needs one of them.  Debian cannot install gcc-multilib and gcc for
# arm64 together.  clang is a second judge for each ABI, and the only one for
# Microsoft's own rules.
COMPILERS = [
    Compiler("gcc", "x64-linux", "gcc", "objcopy"),
    Compiler("gcc-m32", "x86-linux", "gcc -m32", "objcopy"),
    Compiler("mingw64", "x64-windows", "x86_64-w64-mingw32-gcc",
             "x86_64-w64-mingw32-objcopy"),
    Compiler("mingw32", "x86-windows", "i686-w64-mingw32-gcc",
             "i686-w64-mingw32-objcopy"),
    Compiler("gcc-arm64", "arm64-linux", "aarch64-linux-gnu-gcc",
             "aarch64-linux-gnu-objcopy"),
    Compiler("clang", "x64-linux", "clang", "objcopy"),
    Compiler("clang-m32", "x86-linux", "clang -m32", "objcopy"),
    Compiler("clang-arm64", "arm64-linux",
             "clang --target=aarch64-linux-gnu",
             "aarch64-linux-gnu-objcopy"),
    Compiler("clang-msvc64", "x64-windows",
             "clang --target=x86_64-pc-windows-msvc",
             "x86_64-w64-mingw32-objcopy"),
    Compiler("clang-msvc32", "x86-windows",
             "clang --target=i686-pc-windows-msvc",
             "i686-w64-mingw32-objcopy"),
]


class Place:
    """The place of a struct: `size`, `alignment`, and for each member its byte
    offset, or for a bit field the mask of its bits as an integer."""

    def __init__(self, size, alignment, members):
        self.size = size
        self.alignment = alignment
        self.members = members


def question(structs):
    """C source whose section .judge is a table of 32-bit numbers (size and
    alignment of each struct, and the offsets of its members), then for each
    bit field its struct with all bits of it set."""
    numbers, fields, images = [], [], []
    for index, item in enumerate(structs):
        name = f"struct s{index}"
        numbers += [f"sizeof({name})", f"_Alignof({name})"]
        for m in item.members:
            if m.bits:
                fields.append(f"{name} f{len(fields)};")
                one = 1 if m.type == "bool" else -1
                images.append(f"{{.{m.name} = {one}}}")
            else:
                numbers.append(f"__builtin_offsetof({name}, {m.name})")
    # Packed, so that there is no padding between the images.
    return (to_c(structs) + "#pragma pack(push, 1)\n"
            f"struct judge {{ u32 numbers[{len(numbers)}]; "
            + "\n".join(fields) + "};\n#pragma pack(pop)\n"
            '__attribute__((section(".judge"))) struct judge judge = {{'
            + ",\n".join(numbers) + "}" + "".join(",\n" + i for i in images)
            + "};\n")


def ask(compiler, structs, work):
    """A Place for each struct."""
    data = compiler.section(question(structs), work)
    places, at = [], 0

    def number():
        nonlocal at
        at += 4
        return struct.unpack_from("<I", data, at - 4)[0]

    for item in structs:
        size, alignment = number(), number()
        places.append(Place(size, alignment, [
            None if m.bits else number() for m in item.members]))
    for item, place in zip(structs, places):
        for index, m in enumerate(item.members):
            if m.bits:
                image = data[at:at + place.size]
                at += place.size
                place.members[index] = int.from_bytes(image, "little")
    # objcopy may pad the section.
    if not 0 <= len(data) - at < 64:
        raise AssertionError(f"{compiler.name}: {len(data)} bytes, {at} used")
    return places
