#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Several TARGETs on one dashboard in a real terminal: rates, states, reload,
# --count and --timeout; what the configuration and autosave do there.
[ -n "${PRIVATE_SHM-}" ] ||
    exec sh "$(dirname "$0")/../private_shm.sh" bash "$0"
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"
unset NO_COLOR
export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
export XDG_CONFIG_HOME=$work/config XDG_CONFIG_DIRS=$work/config
# shellcheck source-path=SCRIPTDIR source=pane.sh
. "$here/pane.sh"

name=shmtop-live-targets.$$
at_exit() {
    end_panes
    rm -f "/dev/shm/$name"-*
}
layout() { # LETTER REFRESH LABEL
    printf '[mapping]\nname = shm:%s-%s\nsize = 16\nrefresh = %s\n[fields]\ncounter = i64 @0 label="%s" write="count 1"\n' \
        "$name" "$1" "$2" "$3" >"$work/next"
    mv "$work/next" "$work/$1.ini"
}
layout a 50ms "First counter"
layout b 100ms "Second counter"
number() { screen | sed -n "s/^.*$1  *\([0-9 ]*[0-9]\)  .*$/\1/p" | tr -d ' '; }
grown() { [ "$(number "$1")" -gt "$2" ] 2>/dev/null; }

# --- two producers -------------------------------------------------------------
start first "$SHMTOP" write --quiet "$work/a.ini"
first=$pid
pane two "$SHMTOP" "$work/a.ini" "$work/b.ini"
see "the first target has its heading" "a.ini"
see "and the second one" "b.ini"
see "which waits" WAITING
check "the first one counts" wait_until 15 grown "First counter" 2
start second "$SHMTOP" write --quiet "$work/b.ini"
check "the second one is found" wait_until 15 grown "Second counter" 2
stop "$first"
see "the end of the first is seen" GONE
before=$(number "Second counter")
check "and the second goes on" wait_until 15 grown "Second counter" "$before"
layout b 100ms "Another name"
see "a layout that is saved is shown" "Another name"
before=$(number "Another name")
check "and goes on" wait_until 15 grown "Another name" "$before"
check "the other target stays" shows "First counter"
keys q
see "it ends well" "status=0"
end_pane

# --- how it ends ---------------------------------------------------------------
pane count "$SHMTOP" --count 3 --timeout 20s "$work/b.ini" "$work/b.ini"
see "--count ends it" "status=0"
end_pane
pane timeout "$SHMTOP" --timeout 1s "$work/a.ini" "$work/b.ini"
see "a mapping that is not there by --timeout: 75" "status=75"
check "it is named" shows "$name-a: not there"
end_pane
pane wait "$SHMTOP" --wait=100ms "$work/b.ini" "$work/a.ini"
see "--wait waits for all: 75" "status=75"
end_pane

# --- configuration and autosave ---------------------------------------------------
mkdir -p "$work/config/shmtop"
cat >"$work/config/shmtop/shmtop.ini" <<'END'
[shmtop]
theme = dark
autosave = yes
[keys]
quit = Q
down = Q
END
pane config "$SHMTOP" "$work/b.ini"
see "a clash of keys is the first message" "shmtop.ini:6: 'quit' has this key"
keys v
see "its keys work" "level diag"
keys q Q
see "as they are bound" "status=0"
check "and the settings are kept" \
    grep -qxF "[layout $work/b.ini]" "$XDG_STATE_HOME/shmtop/dashboard.ini"
check "with the level" grep -q '^level = diag' "$XDG_STATE_HOME/shmtop/dashboard.ini"
end_pane

finish
