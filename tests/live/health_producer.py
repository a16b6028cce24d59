#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A producer that lives, rests and dies on demand.

usage: health_producer.py FILE

Writes 64 bytes into FILE, mapped: magic, its own pid, a heartbeat and a
counter.  SIGUSR1: writes the magic, SIGUSR2: its heart stops (the counter
goes on) or beats again, SIGTERM: says that it ends, and ends.
"""
import mmap
import os
import signal
import struct
import sys
import time

with open(sys.argv[1], "r+b") as file:
    memory = mmap.mmap(file.fileno(), 64)
beats = False
ready = False


def on_magic(*_):
    global ready, beats
    ready = beats = True


def on_heart(*_):
    global beats
    beats = not beats


def on_end(*_):
    memory[0:4] = struct.pack("<I", 0xDEAD)
    sys.exit(0)


signal.signal(signal.SIGUSR1, on_magic)
signal.signal(signal.SIGUSR2, on_heart)
signal.signal(signal.SIGTERM, on_end)
beat = counter = 0
memory[4:8] = struct.pack("<I", os.getpid())
print("ready", flush=True)
while True:
    if ready:
        memory[0:4] = struct.pack("<I", 0x4E4F5453)
    beat += beats
    counter += 1
    memory[8:24] = struct.pack("<QQ", beat, counter)
    time.sleep(0.02)
