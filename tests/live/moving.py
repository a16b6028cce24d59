# SPDX-License-Identifier: MIT
"""A table that grows, shrinks and moves in shared memory, and its judge.

    moving.py write FILE       until killed
    moving.py judge SAMPLES    lines of `print --format json`

A table is written where nobody looks, then the header says where it is, by one
store of 8 bytes; no table is overwritten for half a second.  Each record holds
the table's number, so a frame that mixes two tables, or has records that the
header does not count, is found out.
"""
import json
import mmap
import struct
import sys
import time

MOST = 64
TABLES = 250
ROOM = 4096


def shape(serial):
    """How many records table number `serial` has, and how far apart."""
    return serial * 7 % (MOST + 1), 16 + serial % 4 * 8


def write(path):
    size = ROOM * (TABLES + 1)
    with open(path, "w+b") as file:
        file.truncate(size)
        memory = mmap.mmap(file.fileno(), size)
    header = memoryview(memory)[:8].cast("Q")
    serial = 0
    while True:
        serial += 1
        count, stride = shape(serial)
        at = ROOM * (1 + serial % TABLES) + serial % 3
        for i in range(count):
            struct.pack_into("<II8s", memory, at + i * stride, i, serial,
                             b"n%d" % i)
        header[0] = at | stride << 32 | count << 48
        time.sleep(0.002)


def judge(path):
    tables = set()
    samples = 0
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            fields = json.loads(line)["fields"]
            count = fields["header.count"]
            samples += 1
            assert "trouble" not in line, line[:200]
            serials = set()
            for i in range(MOST):
                record = [fields[f"records[{i}].{name}"]
                          for name in ("index", "serial", "name")]
                if i >= count:
                    assert record == [None] * 3, (i, count, record)
                    continue
                assert record[0] == i and record[2] == f"n{i}", (i, record)
                serials.add(record[1])
            assert len(serials) == (1 if count else 0), serials
            for serial in serials:
                assert shape(serial) == (count, fields["header.stride"])
            tables |= serials
    assert samples >= 100 and len(tables) >= 30, (samples, len(tables))
    print(samples, "samples of", len(tables), "tables")


{"write": write, "judge": judge}[sys.argv[1]](sys.argv[2])
