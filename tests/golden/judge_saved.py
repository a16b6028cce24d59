#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What S of the dashboard saves is what `print` writes of the same recording, and
python3 reads it.

usage: judge_saved.py [EMULATOR...] SHMTOP
"""
import csv
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
# Layouts whose first samples print leaves out: it waits for the mapping.
LAYOUTS = ["alarms", "buffers", "computed", "counter", "health", "hostile",
           "many", "pair", "plant", "pumps", "rows", "show", "signs", "states",
           "story", "torn", "two", "types"]
failures = 0


def check(what, ok, *more):
    global failures
    if not ok:
        failures += 1
        print("not ok -", what, *more)


def run(*arguments):
    done = subprocess.run(program + list(arguments), cwd=HERE, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          timeout=60)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def save(layout, name, keys="", options=()):
    # A time bar of 3 days holds every recording.
    keys = "Z" * 14 + keys + "S" + name.replace("<", "<lt>") + "<Enter>"
    code, screen, errors = run("--screen", "160x24", "--color", "never",
                               "--keys", keys, *options, layout)
    check(f"{layout}: the dashboard", code == 0, code, errors)
    return screen.splitlines()[-1] if screen else ""


def read(name):
    with open(name, newline="", encoding="utf-8") as file:
        return file.read()


def as_json(text):
    return [json.loads(line) for line in text.splitlines()]


def as_csv(text):
    rows = list(csv.reader(text.splitlines(keepends=True), strict=True))
    check("rows of one width", len({len(row) for row in rows}) == 1)
    return rows


def same(what, form, saved, printed):
    """All that was printed is there; before it are samples without a mapping."""
    lines = saved.splitlines(keepends=True)
    wanted = printed.splitlines(keepends=True)
    head = 1 if form == "csv" else 0
    more = len(lines) - len(wanted)
    check(what, lines[:head] + lines[head + more:] == wanted)
    for line in lines[head:head + more]:
        state = (line.split(",")[1] if form == "csv"
                 else json.loads(line)["state"])
        check(what, state in ("WAITING", "DENIED", "ERROR"), state)
    reader = as_csv if form == "csv" else as_json
    check(what, len(reader(saved)) == len(lines))


def compare(layout, form, end, options=()):
    what = f"{layout} {form} {' '.join(options)}"
    name = os.path.join(folder, layout + end)
    answer = save(layout + ".ini", name, options=options)
    if not os.path.exists(name):
        check(what, False, answer)
        return
    code, printed, errors = run("print", "--wait", "--format", form, *options,
                                layout + ".ini")
    check(what, code == 0, errors)
    same(what, form, read(name), printed)
    os.remove(name)


def main():
    for layout in LAYOUTS:
        compare(layout, "csv", ".csv")
        compare(layout, "json", ".ndjson")
    compare("states", "csv", ".csv", ["--held", "shown"])
    compare("states", "json", ".jsonl", ["--held", "empty"])
    compare("levels", "csv", ".csv", ["--verbose"])
    compare("types", "json", ".jsonl", ["--include", "i*"])

    array = os.path.join(folder, "array.json")
    lines = os.path.join(folder, "array.jsonl")
    save("states.ini", array)
    save("states.ini", lines)
    check("a JSON document", json.loads(read(array)) == as_json(read(lines)))
    os.remove(array)
    os.remove(lines)

    name = os.path.join(folder, "part.csv")
    answer = save("alarms.ini", name, "mjm")  # marks two fields
    check("marked fields", read(name).startswith(
        "time,state,generation,temperature,burner\r\n"), read(name)[:60])
    check("the answer", "saved" in answer and "samples, " in answer, answer)
    before = read(name)
    answer = save("alarms.ini", name)
    check("no file is overwritten", "not overwritten" in answer, answer)
    check("no file is overwritten", read(name) == before)
    answer = save("alarms.ini", os.path.join(folder, "part.txt"))
    check("the list of ends", ".ndjson" in answer, answer)
    name = os.path.join(folder, "two.csv")
    answer = save("alarms.ini", name, options=["story.ini"])
    check("the TARGET of the cursor", "(Pump station, " in answer, answer)
    check("its fields", "temperature" not in read(name).splitlines()[0])
    check("nothing else is left", sorted(os.listdir(folder)) ==
          ["part.csv", "two.csv"], os.listdir(folder))


program = sys.argv[1:]
with tempfile.TemporaryDirectory() as folder:
    main()
sys.exit(failures > 0)
