#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A layout of all counters of one JVM, made from its hsperfdata file.

Usage: hsperfdata_layout.py FILE >LAYOUT.ini

The format (OpenJDK's perfMemory.hpp): a header of 32 bytes, then entries of
20 bytes with a name and a value behind them, chained by their length; all
offsets in an entry count from its start.
"""
import os
import re
import struct
import sys

UNITS = {2: "B", 3: "ticks", 4: "events", 6: "Hz"}
STRING = 5
MONOTONIC = 2


def entries(data):
    """Name, type, units, variability, elements and offset of each entry."""
    order = "<" if data[4] == 1 else ">"
    at, count = struct.unpack_from(order + "ii", data, 24)
    for _ in range(count):
        length, name_at, elements, kind, _, units, change, value_at = (
            struct.unpack_from(order + "iiicBBBi", data, at))
        end = data.index(b"\0", at + name_at)
        name = data[at + name_at:end].decode("ascii")
        yield name, kind.decode(), units, change, elements, at + value_at
        at += length


def field_name(name, offset):
    """A field's name has 40 bytes: the counter's own where it fits."""
    short = re.sub(r"[^A-Za-z0-9]", "_", name)
    return short if len(short) <= 40 else f"{short[:32]}_{offset}"


def main():
    path = os.path.abspath(sys.argv[1])
    with open(path, "rb") as file:
        data = file.read()
    if data[:4] != b"\xca\xfe\xc0\xc0":
        sys.exit(f"{path}: not an hsperfdata file")
    print(f"; Made from {path}")
    print("[mapping]")
    print(f"linux   = file:{path}")
    print(f"size    = {len(data)}")
    print(f"endian  = {'little' if data[4] == 1 else 'big'}")
    print("refresh = 1s")
    print("stale   = 2s")
    for name, kind, units, change, elements, offset in entries(data):
        if kind == "J":
            shape = "i64"
        elif units == STRING:
            shape = f"char[{elements}]"
        else:
            shape = f"bytes[{elements}]"
        print(f"\n[field {field_name(name, offset)}]")
        print(f"offset = {offset}")
        print(f"type   = {shape}")
        print(f"label  = {name}")
        if units in UNITS:
            print(f"unit   = {UNITS[units]}")
        if kind == "J" and change == MONOTONIC:
            print("role   = counter")


main()
