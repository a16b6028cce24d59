#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the dashboard sends to a terminal, byte by byte: whatever the mapping
holds, only the sequences that the program itself means get through, and a
screen on which nothing changes sends nothing.

usage: pty_bytes.py SHMTOP
"""
import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import sys
import tempfile
import termios
import time
import unicodedata

COLUMNS, ROWS = 100, 30
FIELDS = 16
WIDTH = 32  # bytes of a text field

# What the program may send besides text: placing, looks, erasing, and what
# terminfo has for taking and giving back the terminal.
ALLOWED = re.compile(
    rb"\x1b\[\d*(;\d+)?H|\x1b\[\d*[A-DGXbd@P]|\x1b\[[0-9;]*m|\x1b\[[12]?[JK]"
    rb"|\x08|\r|\n|\x1b\[39;49m|\x1bM|\x1b\[4h"
    rb"|\x1b\[\?(1|7|12|25|1049)[hl]|\x1b\[\?12;25[hl]|\x1b\[22;0;0t"
    rb"|\x1b\[23;0;0t|\x1b\[2[23];2t|\x1b\]2;|\x1b\\|\x1b\[\?2026[hl]"
    rb"|\x1b\[\?100[0-6](;100[0-6])*[hl]"
    rb"|\x1b\[1;\d+r|\x1b\(B|\x1b\)0|\x1b\[4l|\x1b\[\?[018]c|\x1b=|\x1b>|\x0f")

FORBIDDEN = ([*range(0, 0x20), *range(0x7f, 0xa0), 0x61c, 0x200e, 0x200f,
              0x2028, 0x2029, 0x2060, 0xfeff]
             + [*range(0x200b, 0x200e), *range(0x202a, 0x202f),
                *range(0x2066, 0x206a), *range(0xe000, 0xf900)])


def hostile():
    """Texts of WIDTH bytes at most that a mapping might hold."""
    texts = [bytes(range(first, first + WIDTH))
             for first in range(0, 256, WIDTH)]
    texts += [
        b"\x1b[2J\x1b[H\x1b]0;owned\x07\x1b[31m",
        b"\x1b]52;c;ZWNobw==\x07\x1bP$q\x1b\\",
        b"\x9b31m\x9d0;x\x9c\x90\x84",
        b"\r\n\t\b\x0c\x0b\x0e\x0f\x7f",
        "\u202eabc\u202c\u2066x\u2069\u200e".encode(),
        "a\u200b\u200c\u200d\u2060\ufeffb\u2028\u2029".encode(),
        ("e" + "\u0301" * 14).encode(),
        "\ue000\uf8ff\ufdd0".encode() + b"\xed\xa0\x80",
        "\u6f22\u5b57\U0001f600\U0001f468".encode(),
        b"\xc0\xaf\xe0\x80\xaf\xf8\x88\x80\x80\x80",
        b"\xe2\x82", b"\xf0\x9f\x98", b"\xff\xfe\xfd",
    ]
    assert all(len(text) <= WIDTH for text in texts)
    return texts


def read_all(fd, seconds, until=None):
    """What comes within that time, or until it holds `until`."""
    data = b""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        if not select.select([fd], [], [], left)[0]:
            break
        try:
            data += os.read(fd, 65536)
        except OSError:
            break
        if until and until in data:
            break
    return data


def spawn(argv, locale, term):
    pid, fd = pty.fork()
    if pid == 0:
        os.environ.update(TERM=term, LC_ALL=locale)
        time.sleep(0.1)  # the size is set by then
        os.execv(argv[0], argv)
    fcntl.ioctl(fd, termios.TIOCSWINSZ,
                struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    return pid, fd


def finish(pid, fd):
    os.write(fd, b"q")
    data = read_all(fd, 5)
    os.close(fd)
    end = time.monotonic() + 5
    while time.monotonic() < end:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return data, status
        time.sleep(0.02)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return data, "still running"


def complaint(data, ascii_only):
    """What is wrong with the bytes, or ''."""
    text = ALLOWED.sub(b"", data)
    # Between texts of cells only line ends of the closing shell screen stay.
    text = text.replace(b"\n", b"")
    if ascii_only and any(byte > 0x7e for byte in text):
        return "a byte beyond ASCII"
    try:
        decoded = text.decode("utf-8")
    except UnicodeDecodeError as error:
        return "not UTF-8: %s" % error
    for char in decoded:
        if ord(char) in FORBIDDEN:
            return "U+%04X got through near %r" % (
                ord(char), decoded[max(0, decoded.index(char) - 20):][:60])
    marks = 0
    for char in decoded:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks > 2:
            return "more than two combining marks"
    return ""


class Case:
    def __init__(self, program, folder):
        self.program = program
        self.file = os.path.join(folder, "memory")
        self.layout = os.path.join(folder, "bytes.ini")
        with open(self.layout, "w", encoding="utf-8") as out:
            out.write("[mapping]\nname = file:%s\nsize = %d\n"
                      "refresh = 50ms\nstale = never\n[fields]\n"
                      % (self.file, FIELDS * WIDTH))
            for i in range(FIELDS):
                kind = ("char[32]", "char[32] encoding=latin1", "utf16[16]",
                        "utf32[8]", "bytes[32]")[i % 5]
                type_, _, more = kind.partition(" ")
                out.write("f%d = %s @%d %s\n" % (i, type_, i * WIDTH, more))

    def put(self, text):
        with open(self.file, "r+b" if os.path.exists(self.file)
                  else "w+b") as out:
            out.write(text.ljust(WIDTH, b"\0") * FIELDS)

    def run(self, what, locale, term, options=()):
        ascii_only = locale == "C" or "--ascii" in options
        self.put(b"start")
        pid, fd = spawn([self.program, *options, self.layout], locale, term)
        data = read_all(fd, 5, b"start")
        for i, text in enumerate(hostile()):
            # A word that each new content brings shows that it was drawn.
            self.put(text)
            data += read_all(fd, 0.12)
            if i % 4 == 3:
                os.write(fd, b"j")
        self.put(b"the last one")
        data += read_all(fd, 5, b"the last one" if not ascii_only else b"last")
        end, status = finish(pid, fd)
        data += end
        wrong = complaint(data, ascii_only)
        if not wrong and b"start" not in data:
            wrong = "it never drew"
        if not wrong and len(data) < 4000:
            wrong = "only %d bytes came" % len(data)
        if not wrong and status != 0:
            wrong = "it ended with %s" % status
        return report("%s: only harmless bytes" % what, wrong)

    def run_still(self):
        """After the ages have come to their coarse steps, silence."""
        self.put(b"still")
        pid, fd = spawn([self.program, self.layout], "C.UTF-8", "xterm")
        # Until the age of one minute has been drawn.
        read_all(fd, 60.8)
        data = read_all(fd, 4)
        _, status = finish(pid, fd)
        wrong = "%d bytes: %r" % (len(data), data[:60]) if data else ""
        return report("a still screen sends nothing",
                      wrong or ("status %s" % status if status else ""))


def report(what, wrong):
    print("%sok - %s" % ("not " if wrong else "", what))
    if wrong:
        print("# " + wrong)
    return bool(wrong)


def main():
    folder = tempfile.mkdtemp(prefix="shmtop-pty-")
    try:
        case = Case(sys.argv[1], folder)
        failures = case.run("UTF-8", "C.UTF-8", "xterm-256color")
        failures += case.run("LC_ALL=C", "C", "vt100")
        failures += case.run("--ascii", "C.UTF-8", "linux", ("--ascii",))
        failures += case.run_still()
    finally:
        shutil.rmtree(folder)
    sys.exit(failures != 0)


if __name__ == "__main__":
    main()
