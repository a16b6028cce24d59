#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The cost of a refresh of the dashboard, compared with limits and other
programs.

usage: bench_terminal.py SHMTOP FOLDER [--seconds N] [--settle N]
       [--size COLUMNSxROWS ...] [--part PART ...]

FOLDER has bench_bare and bench_first_frame: the release build is made and
measured by `tests/bench/run.sh terminal`; of another build it is its folder
`tests`.  Parts: refresh idle start keys (all).  `--seconds
2 --settle 2` shows whether it works; compare numbers of 5 seconds or more on a
quiet machine.

Each program runs on a pseudo-terminal; this program reads and counts its
output. write() calls are those that the kernel counts (/proc/PID/io).  CPU
time is from /proc/PID/schedstat, or the rusage of the whole run
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


def writes(pid):
    with open(f"/proc/{pid}/io") as f:
        for line in f:
            if line.startswith("syscw"):
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
            written = writes(pid)
            start = time.monotonic()
            self.bytes = drain(fd, start + seconds)
            self.seconds = time.monotonic() - start
            self.cpu = (cpu_ns(pid) - before) / 1e9
            self.woken = switches(pid) - woken
            self.writes = writes(pid) - written
            self.resident = resident_kib(pid)
        except (OSError, IndexError):
            self.alive = False
        os.kill(pid, signal.SIGKILL if not whole else signal.SIGTERM)
        _, _, usage = os.wait4(pid, 0)
        os.close(fd)
        if whole and self.alive:
            share = self.seconds / (self.seconds + settle)
            self.cpu = (usage.ru_utime + usage.ru_stime) * share


def counters_layout(path, name, fields, moving, first=0):
    with open(path, "w") as f:
        f.write(f"[mapping]\nname = {name}\nsize = {fields * 8}\n")
        f.write("refresh = 100ms\n[fields]\n")
        for i in range(fields):
            write = 'write="count 1 from 100000"' if 0 <= i - first < moving else ""
            f.write(f"counter{i:03} = i64 @{i * 8} {write}\n")


class Producer:
    """shmtop write, animating `moving` of `fields` counters from `first` on."""

    def __init__(self, shmtop, fields, moving, hz=10, first=0):
        self.name = f"shmtop_bench_{os.getpid()}"
        self.folder = tempfile.mkdtemp()
        self.layout = f"{self.folder}/bench.ini"
        counters_layout(self.layout, self.name, fields, moving, first)
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


def row(what, run, refreshes, base=None, whole=False):
    if not run.alive:
        print(f"{what:34} (did not run)")
        return None
    per = run.cpu / refreshes * 1e3
    ratio = f"{per / base:6.2f}x" if base else ""
    count = "" if whole else f"{run.writes / refreshes:.1f}"
    print(f"{what:34} {run.bytes / refreshes:9.1f} {count:>8} {per:9.3f} "
          f"{ratio}")
    return per


def bench_refresh(args):
    hz = 10
    refreshes = hz * args.seconds
    for size in args.size:
        columns, rows = map(int, size.split("x"))
        shown = rows - 5
        for what, fields, moving, first in (
                ("one of 20 counters, the cursor's,", 20, 1, 0),
                ("another one of 20 counters", 20, 1, 1),
                ("every value", shown, shown, 0),
                ("nothing", 20, 0, 0)):
            print(f"\n{what} changing, {columns}x{rows}, {hz} Hz"
                  f"\n{'':34} {'bytes':>9} {'write()s':>8} {'CPU ms':>9} "
                  "a refresh")
            with Producer(args.shmtop, fields, moving,
                          first=first) as producer:
                shm = f"/dev/shm/{producer.name}"
                # Ages change each second up to a minute, and trends grow
                # until they are full: what comes after that is measured.
                settle = args.settle
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
                    refreshes, limit, whole=True)
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


def measured(args, argv, last, times=20, keys=""):
    """What bench_first_frame prints: the time from exec until `last`, a word at
    the end of the frame, has come, and from each key to its first byte."""
    result = subprocess.run(
        [args.first_frame, "80", "24", str(times), last, keys, *argv],
        capture_output=True, text=True)
    if result.returncode:
        print(f"# {result.stderr.strip()}")
    return [line.rsplit(" ", 1) for line in result.stdout.splitlines()]


def declared_layout(folder, fields):
    path = f"{folder}/declared.ini"
    with open(f"{folder}/memory", "wb") as f:
        f.truncate(fields * 8)
    counters_layout(path, f"file:{folder}/memory", fields, 0)
    return path


def bench_keys(args):
    """Keys on many fields."""
    with tempfile.TemporaryDirectory() as folder:
        layout = declared_layout(folder, 100000)
        print("\n100,000 declared fields, ms")
        for what, ms in measured(args, [args.shmtop, layout], "help", 5,
                                 "jGgvn*"):
            print(f"{what:34} {float(ms):9.2f}")


def once_ms(argv, times=200):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for _ in range(times):
        subprocess.run(argv, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ((after.ru_utime + after.ru_stime) -
            (before.ru_utime + before.ru_stime)) / times * 1e3


def bench_start(args):
    with Producer(args.shmtop, 100, 5) as producer:
        print("\nfirst frame, 100 fields, median of 20, ms from exec")
        for what, argv, last in (
                ("bare ncurses", [args.bare, "ncurses", "10", "23",
                                  f"/dev/shm/{producer.name}"], "022"),
                ("shmtop", [args.shmtop, producer.layout], "help")):
            for _, ms in measured(args, argv, last):
                print(f"{what:34} {float(ms):9.2f}")
        print("\none run, mean of 200")
        for what, argv in (
                ("true (fork and exec)", ["true"]),
                ("od", ["od", "-An", "-td8", f"/dev/shm/{producer.name}"]),
                ("shmtop print --once json", [
                    args.shmtop, "print", "--once", "--format", "json",
                    producer.layout])):
            print(f"{what:34} {once_ms(argv):9.2f} ms CPU")


PARTS = ["refresh", "idle", "start", "keys"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("shmtop", type=os.path.abspath)
    parser.add_argument("folder", type=os.path.abspath)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--settle", type=int, default=70)
    parser.add_argument("--size", nargs="+", default=["80x24", "200x60"])
    parser.add_argument("--part", nargs="+", default=PARTS, choices=PARTS)
    args = parser.parse_args()
    args.bare = f"{args.folder}/bench_bare"
    args.first_frame = f"{args.folder}/bench_first_frame"
    for part in args.part:
        globals()[f"bench_{part}"](args)


if __name__ == "__main__":
    main()
