#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How many write() calls a frame of the dashboard takes: one, whatever changes.
The kernel counts them (/proc/PID/io).

usage: writes.py SHMTOP
"""
import fcntl
import os
import pty
import select
import shutil
import signal
import struct
import sys
import tempfile
import termios
import time

CHANGES = 20
PERIOD = 0.1  # of samples, and so of frames
PAUSE = 0.02


def spawn(argv, term, columns, rows):
    pid, fd = pty.fork()
    if pid == 0:
        os.environ.update(TERM=term, LC_ALL="C.UTF-8")
        time.sleep(0.1)  # the size is set by then
        os.execv(argv[0], argv)
    fcntl.ioctl(fd, termios.TIOCSWINSZ,
                struct.pack("HHHH", rows, columns, 0, 0))
    return pid, fd


def writes(pid):
    """Its write() calls so far; None if the kernel does not count them."""
    try:
        with open(f"/proc/{pid}/io", encoding="ascii") as file:
            for line in file:
                if line.startswith("syscw:"):
                    return int(line.split()[1])
    except OSError:
        pass
    return None


def read_frames(fd, seconds):
    """How many frames come in that time, and their bytes.  Frames are at least
    PAUSE apart, the parts of one are not."""
    frames = count = 0
    last = 0
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        if not select.select([fd], [], [], left)[0]:
            break
        count += len(os.read(fd, 65536))
        now = time.monotonic()
        frames += now - last > PAUSE
        last = now
    return frames, count


class Case:
    def __init__(self, program, folder, fields):
        self.program = program
        self.fields = fields
        self.file = os.path.join(folder, "memory")
        self.layout = os.path.join(folder, "counters.ini")
        with open(self.layout, "w", encoding="utf-8") as out:
            out.write(f"[mapping]\nname = file:{self.file}\n"
                      f"size = {fields * 8}\nrefresh = {PERIOD}s\n[fields]\n")
            for i in range(fields):
                out.write(f"c{i} = i64 @{i * 8}\n")

    def put(self, number):
        # One write(), so that hardly ever a sample is taken in between.
        data = struct.pack(f"<{self.fields}q",
                           *(number * 1111 + i for i in range(self.fields)))
        with open(self.file, "r+b" if os.path.exists(self.file)
                  else "w+b", buffering=0) as out:
            out.write(data)

    def run(self, term, columns, rows):
        self.put(1)
        pid, fd = spawn([self.program, self.layout], term, columns, rows)
        read_frames(fd, 1)
        before = writes(pid)
        if before is None:
            print("skip: the kernel does not count write() calls")
            sys.exit(77)
        frames = sent = 0
        for i in range(CHANGES):
            self.put(2 + i)
            more = read_frames(fd, PERIOD)
            frames += more[0]
            sent += more[1]
        count = writes(pid) - before
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(fd)
        # On a busy machine this program may see two frames as one.
        bad = (count > 1.5 * frames or frames < CHANGES / 2 or
               sent < 100 * frames)
        print(f"{'not ' if bad else ''}ok - {term}, {columns}x{rows}: "
              f"{count} writes for {frames} frames, {sent} bytes")
        return bad


def main():
    folder = tempfile.mkdtemp(prefix="shmtop-writes-")
    try:
        bad = 0
        for term, columns, rows in (("xterm-256color", 80, 24),
                                    ("tmux-256color", 200, 60),
                                    ("vt100", 80, 24)):
            bad += Case(sys.argv[1], folder, rows - 5).run(term, columns, rows)
    finally:
        shutil.rmtree(folder)
    sys.exit(bad != 0)


if __name__ == "__main__":
    main()
