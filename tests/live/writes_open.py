#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Reads the system calls of a dashboard with --rw (strace -f): how often it opened
the mapping for writing. Each time it must have been unmapped and closed before
the dashboard waited, wrote to the terminal or opened it again, and nothing else
may have been mapped for writing.

usage: writes_open.py STRACE NAME
"""
import re
import sys

CALL = re.compile(r"^\d+ +(\w+)\((.*)\) += (-?\w+)")
WAITS = {"poll", "ppoll", "select", "pselect6", "epoll_wait", "pause", "write"}


def main():
    descriptor = address = None
    opened = 0
    problems = []
    with open(sys.argv[1], encoding="utf-8", errors="replace") as file:
        for number, line in enumerate(file, 1):
            match = CALL.match(line)
            if not match:
                continue
            name, arguments, result = match.groups()
            is_open = descriptor is not None or address is not None
            writable = re.search(r"O_RDWR|O_WRONLY", arguments)
            if name in ("open", "openat") and sys.argv[2] in arguments:
                if is_open:
                    problems.append(f"{number}: opened while it was open")
                if writable and int(result) >= 0:
                    opened += 1
                    descriptor = result
            elif name.startswith("mmap") and re.search(
                    r"PROT_WRITE, MAP_SHARED\b", arguments):
                if f" {descriptor}," not in arguments:
                    problems.append(f"{number}: another shared mapping")
                address = result
            elif name == "munmap" and address and arguments.startswith(address):
                address = None
            elif name == "close" and arguments == descriptor:
                descriptor = None
            elif name in WAITS and is_open:
                problems.append(f"{number}: still open for writing")
    if descriptor or address:
        problems.append("open for writing at the end")
    for problem in problems:
        print(f"# {sys.argv[1]}:{problem}", file=sys.stderr)
    print("bad" if problems else opened)


main()
