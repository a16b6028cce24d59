#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The past on a real terminal (tmux): hold, step back, save, while the producer
# ends and begins again and the layout is saved with other fields.
[ -n "${PRIVATE_SHM-}" ] ||
    exec sh "$(dirname "$0")/../private_shm.sh" bash "$0"
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"
need tmux
unset NO_COLOR
# The unit tests check for leaks; here they would change exit codes.
export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0

# shellcheck source-path=SCRIPTDIR source=pane.sh
. "$here/pane.sh"

name=shmtop-live-past.$$
at_exit() {
    end_panes
    rm -f "/dev/shm/$name"
}
fields='counter = i64 @0 label=Counter write="count 1"
level = f32 @8 label="Tank level" unit=m precision=2 write="sine 1..9 3s"'
layout() { # FIELDS
    printf '[mapping]\nname = shm:%s\nsize = 64\nrefresh = 20ms\n[fields]\n%s\n' \
        "$name" "$1" >"$work/new.ini"
    mv "$work/new.ini" "$work/past.ini"
}
layout "$fields"

# judge FILE EXPRESSION: python3 reads the file into `rows`, dicts of texts by
# column; the expression must be true.
judge() {
    python3 - "$@" <<'END'
import csv, json, sys
name, wanted = sys.argv[1:]
with open(name, newline="", encoding="utf-8") as file:
    if name.endswith(".csv"):
        rows = list(csv.DictReader(file, strict=True))
    else:
        rows = json.load(file)
        rows = [dict(row, **row["fields"]) for row in rows]
counts = [int(row["counter"]) for row in rows if row.get("counter")]
if not eval(f"({wanted})"):
    print("#", len(rows), "samples:", *rows[:2], "...", *rows[-2:])
    sys.exit(1)
END
}
save() { # FILE: at the prompt that S opens
    keys S
    see "S asks for a file" " to:"
    keys -l "$1"
    keys Enter
    see "... and answers" "saved $1 ("
}
below_first() {
    local value
    value=$(counter)
    [ -n "$value" ] && [ "$value" -lt "$first" ]
}

# --- hold, and step back ---------------------------------------------------

start writer "$SHMTOP" write --quiet "$work/past.ini"
writer=$pid
cd "$work" || exit 1
pane past "$SHMTOP" past.ini
need_at_start "the counter is live" 15 shows "● LIVE"
first=$(counter)
check "it counts" wait_until 15 moved
first=20
check "a second has passed" wait_until 15 moved
keys Space
see "Space holds" "PAUSED"
first=$(counter)
keys '[' '[' '['
check "[ steps back" wait_until 15 below_first
first=$(counter)

# --- the producer ends while the view is held ---------------------------------

stop "$writer"
check "the mapping is gone" wait_until 15 [ ! -e "/dev/shm/$name" ]
keys '}' '{'
see "still held" "PAUSED"
save held.csv
check "python3 reads it: each sample is live" judge held.csv \
    'len(rows) > 20 and all(row["state"] == "LIVE" for row in rows)'
check "no sample is missing or twice" judge held.csv \
    'counts == sorted(counts) and len(set(row["time"] for row in rows)) == len(rows)'
save held.json
check "and as JSON" judge held.json \
    'counts == sorted(counts) and {"counter", "level"} == set(rows[0]["fields"])'
same "the same samples" "$(($(wc -l <held.csv) + 1))" "$(wc -l <held.json)"
save "$work/held.jsonl"
sed '1d;$d;s/^,//' held.json >held.lines
same_files "as lines, with a path, the same" held.jsonl held.lines
keys S
keys -l held.csv
keys Enter
see "a file that is there stays" "held.csv exists and is not overwritten"
keys Space
see "Space shows what is there now" "GONE"

# --- it begins again ------------------------------------------------------------

start writer "$SHMTOP" write --quiet "$work/past.ini"
writer=$pid
see "a new generation" "gen 2"
first=10
check "it counts" wait_until 15 moved
save both.csv
check "both generations, and the time between, are there" judge both.csv \
    '[row["generation"] for row in rows] == sorted(row["generation"] for row in rows)
     and {row["generation"] for row in rows} == {"1", "2"}
     and {"LIVE", "GONE"} <= {row["state"] for row in rows}'
check "nothing is shown of the time between" judge both.csv \
    'all(row["counter"] == "" for row in rows if row["state"] == "GONE")'
same "without a temporary file" "$(find "$work" -name '*.tmp')" ""

keys S
keys -l nowhere/file.csv
keys Enter
see "what cannot be written is a message" "not saved: "

# --- the layout is saved with other fields ------------------------------------------

keys Space
see "held" "PAUSED"
layout "$fields
twice = i64 @16 label=Twice write=\"count 2\""
see "the moment stays while the layout is saved" "PAUSED"
keys '['
see "with its history" "PAUSED"
check "and its fields" hides Twice
keys Space
see "the layout is loaded when the view is live" "Twice"
layout "$fields
other = u8 @24 label=Other"
see "again" "Other"
first=$(counter)
check "it goes on counting" wait_until 15 moved
keys S
see "S asks for a file" " to:"
layout "$fields
other = u8 @24 label=Another"
see "a layout that is saved meanwhile" "Another"
check "closes the prompt" hides " to:"
save other.csv
check "the file has the new field, from the new layout on" judge other.csv \
    '"other" in rows[0] and "twice" not in rows[0] and counts[0] > 10'
layout "$fields
wrong"
see "a layout with a fault" "past.ini:"
save fault.csv
check "changes nothing" judge fault.csv \
    '"other" in rows[0] and counts[0] == '"$(sed -n 2p other.csv | cut -d, -f4)"
keys q
see "the end" "status=0"
end_pane

# --- no history ---------------------------------------------------------------------

layout "$fields"
pane none "$SHMTOP" --history 0 past.ini
see "without a history" "● LIVE"
keys S
see "there is nothing to save" "--history 0"
keys Space
see "nor to hold" "no history"
end_pane
pane small "$SHMTOP" --history 1K past.ini
see "with too small a one" "● LIVE"
keys S
see "the way out is named" "--history 1M or more"
end_pane

stop "$writer"
finish
