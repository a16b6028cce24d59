#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compares shipped layouts with compilers: published/NAME.c has the structs as
the producers publish them, filled with values.  Each compiler places them;
`print` with the shipped layout must show all of these values and no others.

usage: judge_published.py LAYOUTS SHMTOP...

LAYOUTS is the folder of the layouts, SHMTOP the command that runs the program.
Comments in a source:
    /* layout NAME: ABI...[: OPTION...] */   a run,
    /* state STATE: OPTION... */             a run that ends in another state,
    /* unjudged PATTERN */                   paths that are not a member,
    .member = VALUE, /* = PATH */            the path that shows the value,
    /* = PATH : TEXT */                      and the text that it shows, in
    JSON. A layout of several mappings is compiled once for each, with
    -DPART=NUMBER.
"""
import fnmatch
import json
import os
import re
import subprocess
import sys
import tempfile

from compilers import COMPILERS

HERE = os.path.dirname(os.path.abspath(__file__))
VALUE = re.compile(r"^\s*(?:[.\w\[\]]+ = )?(?P<value>.*?),?\s*"
                   r"/\* = (?P<path>\S+)(?: : (?P<shown>.*?))? \*/", re.M)
NUMBER = re.compile(r"^-?(0x[0-9a-fA-F]+|[0-9.]+(e[-+]?\d+)?f?)[uUlL]*$")


class Wrong(Exception):
    """The output of the program is wrong."""


def parse(text):
    """The value of a C literal; a list for braces, None for an expression."""
    text = text.strip()
    if text.startswith("{"):
        inner = re.sub(r"\s+", " ", text[1:-1])
        parts = re.findall(r'\{[^{}]*\}|[uUL]?"[^"]*"|[^,\s][^,]*', inner)
        items = []
        for part in parts:
            value = parse(part)
            items += value if isinstance(value, list) else [value]
        return items
    quoted = re.match(r'^[uUL]?"(.*)"$', text)
    if quoted:
        return quoted.group(1)
    if text in ("true", "false"):
        return text == "true"
    if not NUMBER.match(text):
        return None
    if text.startswith(("0x", "-0x")):
        return int(text.rstrip("uUlL"), 16)
    bare = text.rstrip("uUlLf")
    return float(bare) if re.search(r"[.e]", bare) else int(bare)


def expand(shown):
    """"73+0*251" is 73 and 251 bytes of 00 in hex."""
    return re.sub(r"\+0\*(\d+)", lambda m: "00" * int(m.group(1)), shown)


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


class Source:
    def __init__(self, path):
        self.text = read(path)
        self.name = os.path.basename(path)[:-2]
        find = lambda word: re.findall(rf"/\* {word} (.*?) \*/", self.text)
        self.runs = [(run + ": ").split(":")[:3] for run in find("layout")]
        self.states = [state.split(":") for state in find("state")]
        self.unjudged = find("unjudged")
        self.numbers, self.shown = {}, {}
        for match in VALUE.finditer(self.text):
            self.note(match["path"], match["value"], match["shown"])

    def note(self, path, value, shown):
        if shown is not None:
            self.add(self.shown, path, json.loads(expand(shown)))
            return
        value = parse(value)
        if value is None:
            raise Wrong(f"{self.name}: {path}: a value that is no literal")
        several = isinstance(value, list)
        for index, item in enumerate(value if several else [value]):
            where = f"{path}[{index}]" if several else path
            kind = self.shown if isinstance(item, str) else self.numbers
            self.add(kind, where, item)

    def add(self, kind, path, value):
        if path in self.numbers or path in self.shown:
            raise Wrong(f"{self.name}: {path} twice")
        kind[path] = value


def retarget(text):
    """The layout with files instead of mappings, and the number of mappings."""
    lines, files, pending = [], [], False
    for line in text.splitlines():
        section = re.match(r"\[mapping( \w+)?\]", line)
        if section or line.startswith("["):
            pending = bool(section)
        if pending and re.match(r"(name|linux|windows)\s*=", line):
            continue
        lines.append(line)
        if section:
            files.append(f"{len(files) + 1}.bin")
            lines.append(f"name = file:{files[-1]}")
    return "\n".join(lines) + "\n", files


def run(shmtop, folder, *args):
    done = subprocess.run([*shmtop, "print", "--once", "--format", "json",
                           "--verbose", "--verbose", *args, "judged.ini"],
                          cwd=folder, capture_output=True, text=True,
                          encoding="utf-8")
    if done.returncode == 66 and "require does not hold" in done.stderr:
        return {"state": "WAITING"}
    if done.returncode != 0 or done.stderr:
        raise Wrong(f"{args}: exit {done.returncode}: {done.stderr[:400]}")
    return json.loads(done.stdout.splitlines()[0])


def states_of(frame):
    if "state" in frame:
        return {frame["state"]}
    return {m["state"] for m in frame["mappings"].values()}


def same(got, wanted):
    if isinstance(got, bool):
        got = int(got)
    return got == wanted and got is not None


def compare(source, raw, shown):
    compared = 0
    for path, wanted in source.numbers.items():
        if path not in raw:
            raise Wrong(f"no field {path}")
        if not same(raw[path], wanted):
            raise Wrong(f"{path} is {raw[path]}, not {wanted}")
        compared += 1
    for path, wanted in source.shown.items():
        if path not in shown:
            raise Wrong(f"no field {path}")
        if not same(shown[path], wanted):
            raise Wrong(f"{path} is shown as {shown[path]!r}, not {wanted!r}")
        compared += 1
    for path, value in shown.items():
        if (value is not None and path not in source.numbers
                and path not in source.shown
                and not any(fnmatch.fnmatchcase(path, p)
                            for p in source.unjudged)):
            raise Wrong(f"{path} is {value!r}, but no member is for it")
    return compared


def make(source, compiler, folder, files, options):
    for part, name in enumerate(files, 1):
        data = compiler.section(
            source.text, folder,
            ("-ffreestanding", f"-I{HERE}/published", f"-DPART={part}",
             *options))
        with open(os.path.join(folder, name), "wb") as file:
            file.write(data)


def judge(source, layouts, shmtop, compiler, layout, options, state, folder):
    text, files = retarget(read(os.path.join(layouts, layout + ".ini")))
    with open(os.path.join(folder, "judged.ini"), "w", encoding="utf-8") as file:
        file.write(text)
    make(source, compiler, folder, files, options)
    abi = ("--abi", compiler.abi)
    shown = run(shmtop, folder, *abi)
    if states_of(shown) != {state}:
        raise Wrong(f"state {states_of(shown)}, not {state}: {shown}"[:400])
    if state != "LIVE":
        return 1
    raw = run(shmtop, folder, "--raw", *abi)
    return compare(source, raw["fields"], shown["fields"])


def judge_source(source, layouts, shmtop):
    """Number of runs; runs of missing compilers are skipped."""
    runs = [(layout.strip(), abis.split(), options.split(), "LIVE")
            for layout, abis, options in source.runs]
    first = runs[0]
    runs += [(first[0], first[1][:1], [*first[2], *options.split()], state)
             for state, options in source.states]
    count = 0
    for layout, abis, options, state in runs:
        for compiler in COMPILERS:
            if compiler.abi not in abis or not compiler.is_there():
                continue
            with tempfile.TemporaryDirectory() as folder:
                try:
                    values = judge(source, layouts, shmtop, compiler, layout,
                                   options, state, folder)
                except Wrong as wrong:
                    raise Wrong(f"{source.name}.c by {compiler.name} {options},"
                                f" {layout}.ini: {wrong}") from None
            print(f"{layout}: {values} values as {compiler.name} places them")
            count += 1
    return count


def check(path, shmtop):
    """Checks that a shipped layout has no errors and no warnings."""
    done = subprocess.run([*shmtop, "check", os.path.basename(path)],
                          cwd=os.path.dirname(path), capture_output=True,
                          text=True, encoding="utf-8")
    if done.returncode != 0 or done.stderr:
        raise Wrong(f"check {path}: exit {done.returncode}, {done.stderr}")


def main():
    layouts, shmtop = sys.argv[1], sys.argv[2:]
    if not COMPILERS[0].is_there():
        sys.exit(77)
    folder = os.path.join(HERE, "published")
    names = sorted(n for n in os.listdir(folder) if n.endswith(".c"))
    only = os.environ.get("ONLY")
    judged = {"demo", "test_memory"}  # they have no producer
    for name in names:
        if only and only not in name:
            continue
        source = Source(os.path.join(folder, name))
        if judge_source(source, layouts, shmtop) == 0:
            print(f"{name}: no compiler for it")
        judged |= {run[0].strip() for run in source.runs}
    shipped = {n[:-4] for n in os.listdir(layouts) if n.endswith(".ini")}
    if not only and shipped != judged:
        raise Wrong(f"no judge for {sorted(shipped ^ judged)}")
    for name in sorted(shipped):
        check(os.path.join(layouts, name + ".ini"), shmtop)


if __name__ == "__main__":
    try:
        main()
    except Wrong as wrong:
        sys.exit(f"wrong: {wrong}")
