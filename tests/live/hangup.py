#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What happens to the dashboard when its terminal is closed, as by a lost SSH
connection: it ends by itself, soon, and without burning CPU on the way.  With
--stuck: when the terminal is there but takes nothing any more, a stop signal
still ends it.

usage: hangup.py [--stuck] SHMTOP TARGET
"""
import fcntl
import os
import pty
import resource
import select
import signal
import struct
import sys
import termios
import time

PATIENCE = 5.0  # seconds until it must have ended
WRITE_CALLS = ("1", "4", "64")  # of x86-64, of x86 and arm, of arm64
CPU_MOST = 0.5  # seconds of a core from the drop to the end


def spawn(program, options, ignore=False):
    """The dashboard on a pseudo-terminal, once it has drawn."""
    pid, fd = pty.fork()
    if pid == 0:
        os.environ["TERM"] = "xterm"
        if ignore:
            signal.signal(signal.SIGHUP, signal.SIG_IGN)
        os.execv(program, [program, *options])
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    seen = b""
    end = time.monotonic() + PATIENCE
    while b"LIVE" not in seen and time.monotonic() < end:
        if select.select([fd], [], [], 0.1)[0]:
            seen += os.read(fd, 65536)
    return pid, fd, b"LIVE" in seen


def wait_for(pid):
    """What is wrong with its end, or ''."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return "ended with wait status %#x" % status if status else ""
        time.sleep(0.02)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return "still running after %g s" % PATIENCE


def drop(program, target, ignore, fed):
    """Returns what went wrong when the terminal was closed, or ''."""
    pid, fd, drawn = spawn(program, [target], ignore)
    if fed:
        os.write(fd, b"/half a sea")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    os.close(fd)
    wrong = wait_for(pid)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = (after.ru_utime + after.ru_stime
           - before.ru_utime - before.ru_stime)
    if not drawn:
        return "it never drew"
    return wrong or ("took %.2f s of CPU" % cpu if cpu > CPU_MOST else "")


def is_writing(pid):
    """Whether the process sleeps in a write to its terminal."""
    with open("/proc/%d/syscall" % pid, encoding="ascii") as file:
        call, *arguments = file.read().split()
    return call in WRITE_CALLS and arguments[:1] == ["0x1"]


def is_full(pid):
    """Whether the terminal of the process takes nothing."""
    fd = os.open("/proc/%d/fd/1" % pid, os.O_WRONLY | os.O_NOCTTY)
    writable = select.select([], [fd], [], 0)[1]
    os.close(fd)
    return not writable


def stick(program, target, flow):
    """The same for a terminal that is stopped (Ctrl-S) or never read.  One
    that is stopped is not written to, unless it was stopped in a write; one that
    is never read takes a part of a screen and blocks the rest.  If the last
    screen that it took just fitted, it is not written to either: then some room
    is made, for less than a screen."""
    pid, fd, drawn = spawn(program, ["--refresh", "10ms", target])
    if flow:
        os.write(fd, b"\x13")
    end = time.monotonic() + PATIENCE
    if flow:
        end = time.monotonic() + 1
    while time.monotonic() < end and not is_writing(pid):
        if not flow and is_full(pid):
            os.read(fd, 256)
        # Redrawing fills the buffers soon.
        os.write(fd, b"\x0c")
        time.sleep(0.04)
    stuck = is_writing(pid)
    os.kill(pid, signal.SIGTERM)
    wrong = wait_for(pid)
    os.close(fd)
    return wrong or ("" if drawn and (stuck or flow) else "it never got stuck")


def main():
    stuck = sys.argv[1] == "--stuck"
    program, target = sys.argv[1 + stuck:]
    failures = 0
    for first in (False, True):
        for second in (False, True) if not stuck else (False,):
            if stuck:
                wrong = stick(program, target, first)
                what = "stopped" if first else "never read"
            else:
                wrong = drop(program, target, first, second)
                what = "SIGHUP %s%s" % ("ignored" if first else "taken",
                                        ", with input" if second else "")
            if wrong:
                failures += 1
                print("# %s: %s" % (what, wrong))
    sys.exit(failures != 0)


if __name__ == "__main__":
    main()
