#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What happens to the dashboard when its terminal is closed, as by a lost SSH
connection: it ends by itself, soon, and without burning CPU on the way.

usage: hangup.py SHMTOP TARGET
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
CPU_MOST = 0.5  # seconds of a core from the drop to the end


def run(program, target, ignore, fed):
    """Returns what went wrong, or ''."""
    pid, fd = pty.fork()
    if pid == 0:
        os.environ["TERM"] = "xterm"
        if ignore:
            signal.signal(signal.SIGHUP, signal.SIG_IGN)
        os.execv(program, [program, target])
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    seen = b""
    end = time.monotonic() + PATIENCE
    while b"LIVE" not in seen and time.monotonic() < end:
        if select.select([fd], [], [], 0.1)[0]:
            seen += os.read(fd, 65536)
    if b"LIVE" not in seen:
        return "it never drew"
    if fed:
        os.write(fd, b"/half a sea")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    os.close(fd)
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            break
        time.sleep(0.02)
    else:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        return "still running after %g s" % PATIENCE
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = (after.ru_utime + after.ru_stime
           - before.ru_utime - before.ru_stime)
    if not os.WIFEXITED(status) or os.WEXITSTATUS(status) != 0:
        return "ended with wait status %#x" % status
    if cpu > CPU_MOST:
        return "took %.2f s of CPU" % cpu
    return ""


def main():
    failures = 0
    for ignore in (False, True):
        for fed in (False, True):
            wrong = run(sys.argv[1], sys.argv[2], ignore, fed)
            if wrong:
                failures += 1
                print("# SIGHUP %s%s: %s" % ("ignored" if ignore else "taken",
                                             ", with input" if fed else "",
                                             wrong))
    sys.exit(failures != 0)


if __name__ == "__main__":
    main()
