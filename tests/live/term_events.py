#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the terminal sends to a program, and what the program sends to it for
the mouse, the title, the clipboard, full redraws and themes.

usage: term_events.py TERM_PROBE
"""
import fcntl
import os
import pty
import re
import select
import struct
import sys
import termios
import time

failures = 0


def check(what, good, got=b""):
    global failures
    print(f"{'' if good else 'not '}ok - {what}")
    if not good:
        print(f"# {got!r}")
        failures += 1


class Probe:
    def __init__(self, term, *options):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ["TERM"] = term
            time.sleep(0.1)  # the size is set by then
            os.execv(sys.argv[1], [sys.argv[1], *options])
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ,
                    struct.pack("HHHH", 10, 40, 0, 0))
        self.start = self.read(b"ready")

    def read(self, until, seconds=5):
        data = b""
        end = time.monotonic() + seconds
        while until not in data and (left := end - time.monotonic()) > 0:
            if not select.select([self.fd], [], [], left)[0]:
                break
            try:
                more = os.read(self.fd, 65536)
            except OSError:
                break
            if not more:
                break
            data += more
        return data

    def press(self, data, until=b"."):
        """Sends input; the output up to `until`, and what comes right after."""
        os.write(self.fd, data)
        got = self.read(until)
        return got + self.read(b"\0", 0.1)

    def end(self):
        os.write(self.fd, b"q")
        data = self.read(b"\0")
        os.close(self.fd)
        os.waitpid(self.pid, 0)
        return data


def expect_event(probe, sent, shown):
    got = probe.press(sent, shown + b".")
    check(f"{sent!r} is {shown.decode()}", shown + b"." in got, got)


def test_mouse():
    probe = Probe("xterm-256color", "mouse")
    check("the mouse is switched on", b"\x1b[?1006;1000h" in probe.start,
          probe.start)
    for sent, shown in ((b"\x1b[<0;5;3M", b"click 4,2"),
                        (b"\x1b[<0;5;3m\x1b[<64;1;1M", b"up 0,0"),
                        (b"\x1b[<65;300;8M", b"down 299,7"),
                        # The right button is not wanted, nor is a release.
                        (b"\x1b[<2;5;3M\x1b[<2;5;3m\x1b[<0;1;1mj", b"key 6a"),
                        (b"\x1b[21~", b"key 110011"),
                        (b"\x1b[Z", b"key 110015"),
                        (b"\x01", b"key 1")):
        expect_event(probe, sent, shown)
    end = probe.end()
    check("and off at the end", b"\x1b[?1006;1000l" in end, end)
    probe = Probe("tmux-256color", "mouse")
    expect_event(probe, b"\x1b[M %#", b"click 4,2")
    expect_event(probe, b"\x1b[M`%#", b"up 4,2")
    probe.end()
    for term, option in (("xterm-256color", "sync"), ("vt100", "mouse"),
                         ("linux", "mouse")):
        probe = Probe(term, option)
        check(f"no mouse: {term}, {option}", b"\x1b[?100" not in probe.start,
              probe.start)
        probe.end()


def test_window():
    probe = Probe("xterm-256color")
    got = probe.press(b"t")
    check("the title is kept, set and clean",
          b"\x1b[22;2t\x1b]2;pumps \xef\xbf\xbd]0;x\xef\xbf\xbd\x1b\\" in got,
          got)
    got = probe.press(b"t")
    check("the same title is not sent again", b"\x1b]2;" not in got, got)
    got = probe.press(b"u")
    check("another one is, but not kept again",
          b"\x1b]2;valves\x1b\\" in got and b"\x1b[22;2t" not in got, got)
    got = probe.press(b"y", b"+")
    check("copied", b"\x1b]52;c;MTIuNSBiYXI=\x1b\\" in got and b"+" in got, got)
    got = probe.press(b"b", b"\a")
    check("the bell", b"\a" in got, got)
    end = probe.end()
    check("the old title at the end", b"\x1b]2;\x1b\\\x1b[23;2t" in end, end)
    probe = Probe("vt100")
    got = probe.press(b"t") + probe.press(b"y", b"-")
    check("no title and no clipboard on a vt100",
          b"\x1b]" not in got and b"-" in got, got)
    end = probe.end()
    check("nor at the end", b"\x1b]" not in end, end)


def test_sync():
    whole = re.compile(rb"\x1b\[\?2026h.*ready.*\x1b\[\?2026l", re.S)
    probe = Probe("xterm-256color", "sync")
    start = probe.start + probe.read(b"\x1b[?2026l", 1)
    check("the first frame is shown at once", whole.search(start), start)
    got = probe.press(b"j")
    check("a change is not a full redraw", b"\x1b[?2026" not in got, got)
    got = probe.press(b"r", b"\x1b[?2026l")
    check("a redraw is shown at once", whole.search(got), got)
    probe.end()
    for term, option in (("xterm-256color", "mouse"), ("vt100", "sync")):
        probe = Probe(term, option)
        check(f"not on {term} with {option}", b"2026" not in probe.start,
              probe.start)
        probe.end()


def looks(data):
    """The look of each letter in `data`: its attributes and colours as SGR has
    them, in order."""
    now = {}
    found = {}
    part = re.compile(rb"\x1b\[([0-9;]*)m|\x1b\[[0-9;?]*[A-Za-z]|\x1b\(B|([A-Z])")
    for match in part.finditer(data):
        if match[2]:
            found[match[2].decode()] = " ".join(
                now[key] for key in sorted(now))
        codes = (match[1] or (b"0" if match[0] == b"\x1b[m" else b"")).decode()
        for code in re.findall(r"[34]8;5;\d+|\d+", codes):
            if code == "0":
                now = {}
            elif code in ("39", "49"):
                now.pop(code[0], None)
            else:
                # Colours replace each other, attributes add up.
                key = code[0] if code[0] in "34" and len(code) > 1 else "1" + code
                now[key] = code
    return [found.get(letter) for letter in "ABCDE"]


# The looks of text, dim, good, a changed critical value, and the cursor.
LOOKS = (
    ("xterm-256color", "terminal", ["", "2", "32", "1 31", "7"]),
    ("xterm-256color", "dark", ["38;5;252", "38;5;245", "38;5;114",
                                "1 38;5;203", "38;5;252 48;5;238"]),
    ("xterm", "dark", ["37", "37", "32", "1 31", "7 37"]),
    ("xterm-256color", "mono", ["", "2", "", "1 7", "7"]),
    ("vt100", "dark", ["", "", "", "1 7", "7"]),
)


def test_themes():
    for term, theme, want in LOOKS:
        probe = Probe(term, theme)
        got = probe.press(b"s", b"E")
        check(f"{theme} on {term}", looks(got) == want, (looks(got), got))
        probe.end()


def main():
    test_mouse()
    test_window()
    test_sync()
    test_themes()
    sys.exit(failures != 0)


if __name__ == "__main__":
    main()
