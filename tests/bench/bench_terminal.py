#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The cost of a refresh of the dashboard, compared with limits and other
programs.

usage: bench_terminal.py SHMTOP BARE [--seconds N]

Each program runs on a pseudo-terminal; this program reads and counts its
output. CPU time is from /proc/PID/schedstat, or the rusage of the whole run
for programs that start others at each refresh (watch).  Compare only numbers
of one run.
"""
import argparse
import fcntl
import os
import pty
import resource
import select
import shutil
import signal
import statistics
import struct
import subprocess
import tempfile
import termios
import time


def spawn(argv, columns, rows):
    pid, fd = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm-256color", LC_ALL="C.UTF-8",
                          COLUMNS="", LINES="")
        del os.environ["COLUMNS"], os.environ["LINES"]
        time.sleep(0.05)  # until the size is set
        os.execvp(argv[0], argv)
    fcntl.ioctl(fd, termios.TIOCSWINSZ,
                struct.pack("HHHH", rows, columns, 0, 0))
    return pid, fd


def drain(fd, until, stop_at=None):
    """Bytes read until the time `until`, or until `stop_at` was seen."""
    seen = b""
    count = 0
    while (left := until - time.monotonic()) > 0:
        if not select.select([fd], [], [], left)[0]:
            break
        try:
            data = os.read(fd, 65536)
        except OSError:
            break
        count += len(data)
        if stop_at:
            seen = (seen + data)[-100000:]
            if stop_at in seen:
                break
    return count


def cpu_ns(pid):
    with open(f"/proc/{pid}/schedstat") as f:
        return int(f.read().split()[0])


def switches(pid):
    with open(f"/proc/{pid}/status") as f:
        for line in f:
            if line.startswith("voluntary_ctxt"):
                return int(line.split()[1])
    return 0


def resident_kib(pid):
    with open(f"/proc/{pid}/status") as f:
        for line in f:
            if line.startswith("VmRSS"):
                return int(line.split()[1])
    return 0


class Run:
    """One program on a terminal for some seconds, `settle` after its start."""

    def __init__(self, argv, columns, rows, seconds, whole=False,
                 settle=1.5):
        pid, fd = spawn(argv, columns, rows)
        self.alive = True
        try:
            drain(fd, time.monotonic() + settle)
            before, woken = cpu_ns(pid), switches(pid)
            start = time.monotonic()
            self.bytes = drain(fd, start + seconds)
            self.seconds = time.monotonic() - start
            self.cpu = (cpu_ns(pid) - before) / 1e9
            self.woken = switches(pid) - woken
            self.resident = resident_kib(pid)
        except (OSError, IndexError):
            self.alive = False
        os.kill(pid, signal.SIGKILL if not whole else signal.SIGTERM)
        _, _, usage = os.wait4(pid, 0)
        os.close(fd)
        if whole and self.alive:
            share = self.seconds / (self.seconds + settle)
            self.cpu = (usage.ru_utime + usage.ru_stime) * share


def counters_layout(path, name, fields, moving):
    with open(path, "w") as f:
        f.write(f"[mapping]\nname = {name}\nsize = {fields * 8}\n")
        f.write("refresh = 100ms\n[fields]\n")
        for i in range(fields):
            write = 'write="count 1 from 100000"' if i < moving else ""
            f.write(f"counter{i:03} = i64 @{i * 8} {write}\n")


class Producer:
    """shmtop write, animating the first `moving` of `fields` counters."""

    def __init__(self, shmtop, fields, moving, hz=10):
        self.name = f"shmtop_bench_{os.getpid()}"
        self.folder = tempfile.mkdtemp()
        self.layout = f"{self.folder}/bench.ini"
        counters_layout(self.layout, self.name, fields, moving)
        self.process = subprocess.Popen(
            [shmtop, "write", "--quiet", "--refresh", f"{hz}hz", self.layout])
        while not os.path.exists(f"/dev/shm/{self.name}"):
            time.sleep(0.01)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.folder)


def row(what, run, refreshes, base=None):
    if not run.alive:
        print(f"{what:34} (did not run)")
        return
    per = run.cpu / refreshes * 1e3
    ratio = f"{per / base:6.2f}x" if base else ""
    print(f"{what:34} {run.bytes / refreshes:9.1f} {per:9.3f} {ratio}")
    return per


def bench_refresh(args):
    hz = 10
    refreshes = hz * args.seconds
    for columns, rows in ((80, 24), (200, 60)):
        shown = rows - 5
        for what, fields, moving in (("one of 20 counters", 20, 1),
                                     ("every value", shown, shown),
                                     ("nothing", 20, 0)):
            print(f"\n{what} changing, {columns}x{rows}, {hz} Hz"
                  f"\n{'':34} {'bytes':>9} {'CPU ms':>9} a refresh")
            with Producer(args.shmtop, fields, moving) as producer:
                shm = f"/dev/shm/{producer.name}"
                # Ages change each second up to ten, then every ten: the
                # cost of a constant field is visible only after that.
                settle = 1.5 if moving == shown else 12
                limit = row("bare ncurses", Run(
                    [args.bare, "ncurses", str(hz), str(fields), shm],
                    columns, rows, args.seconds), refreshes)
                row("shmtop", Run(
                    [args.shmtop, producer.layout], columns, rows,
                    args.seconds, settle=settle), refreshes, limit)
                row("shmtop --highlight off", Run(
                    [args.shmtop, "--highlight", "off", producer.layout],
                    columns, rows, args.seconds, settle=settle),
                    refreshes, limit)
                row("watch -n 0.1 -d od", Run(
                    ["watch", "-n", "0.1", "-d", "od", "-An", "-td8", shm],
                    columns, rows, args.seconds, whole=True),
                    refreshes, limit)
        if shutil.which("htop"):
            print(f"\nhtop, {columns}x{rows}, 1 Hz")
            row("htop -d 10", Run(["htop", "-d", "10"], columns, rows,
                                  args.seconds), args.seconds)


def bench_idle(args):
    print(f"\n{'CPU and wake-ups, 100 fields':34} {'% of core':>9} "
          f"{'wake-ups/s':>10} {'resident KiB':>12}")
    with Producer(args.shmtop, 100, 5, hz=1) as producer:
        for hz in (1, 10, 60):
            for what, argv in (
                    ("bare timer", [args.bare, "timer", str(hz)]),
                    ("shmtop", [args.shmtop, "--refresh", f"{hz}hz",
                                producer.layout])):
                run = Run(argv, 80, 24, args.seconds)
                print(f"{what + f', {hz} Hz':34} "
                      f"{100 * run.cpu / run.seconds:9.3f} "
                      f"{run.woken / run.seconds:10.1f} {run.resident:12}")


def first_frame_ms(argv, last):
    """Time from exec until `last`, a word at the end of the frame, is read."""
    pid, fd = spawn(argv, 80, 24)
    start = time.monotonic() + 0.05  # spawn waits this time before exec
    drain(fd, start + 5, stop_at=last)
    took = time.monotonic() - start
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.close(fd)
    return took * 1e3


def once_ms(argv, times=200):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for _ in range(times):
        subprocess.run(argv, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ((after.ru_utime + after.ru_stime) -
            (before.ru_utime + before.ru_stime)) / times * 1e3


def bench_start(args):
    with Producer(args.shmtop, 100, 5) as producer:
        print("\nfirst frame, 100 fields, median of 20")
        for what, argv, last in (
                ("bare ncurses", [args.bare, "ncurses", "10", "23",
                                  f"/dev/shm/{producer.name}"], b"022"),
                ("shmtop", [args.shmtop, producer.layout], b"quit")):
            frames = [first_frame_ms(argv, last) for _ in range(20)]
            print(f"{what:34} {statistics.median(frames):9.1f} ms")
        print("\none run, mean of 200")
        for what, argv in (
                ("true (fork and exec)", ["true"]),
                ("od", ["od", "-An", "-td8", f"/dev/shm/{producer.name}"]),
                ("shmtop print --once json", [
                    args.shmtop, "print", "--once", "--format", "json",
                    producer.layout])):
            print(f"{what:34} {once_ms(argv):9.2f} ms CPU")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("shmtop", type=os.path.abspath)
    parser.add_argument("bare", type=os.path.abspath)
    parser.add_argument("--seconds", type=int, default=5)
    args = parser.parse_args()
    bench_refresh(args)
    bench_idle(args)
    bench_start(args)


if __name__ == "__main__":
    main()
