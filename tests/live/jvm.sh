#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# hsperfdata of a JVM: the header with the shipped layout, all counters with a
# layout made from the file, compared with jcmd (alive) and jstat (killed).

# Every JVM that starts removes the files of processes that have ended.
if [ -z "${PRIVATE_SHM-}" ]; then
    folder=/tmp/hsperfdata_$(id -un) # JVMs use it, whatever TMPDIR is
    mkdir -p -m 755 "$folder"
    exec sh "$(dirname "$0")/../private_shm.sh" --hide "$folder" bash "$0"
fi
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

# All tools from one JDK, whatever is first in PATH.
find_jdk() {
    local dir tool
    for dir in ${JAVA_HOME:+"$JAVA_HOME/bin"} $(type -aP javac |
        xargs -r -n 1 readlink -f | xargs -r -n 1 dirname) \
        /usr/lib/jvm/*/bin; do
        for tool in java javac jcmd jstat; do
            [ -x "$dir/$tool" ] || continue 2
        done
        echo "$dir"
        return
    done
    return 1
}
jdk=$(find_jdk) || skip "no JDK with jcmd (see tests/live/packages.txt)"
unset JAVA_TOOL_OPTIONS _JAVA_OPTIONS JDK_JAVA_OPTIONS
echo "# $("$jdk/java" -XX:-UsePerfData -version 2>&1 | head -n 1), $jdk"

cp "$here/Alloc.java" "$work" && "$jdk/javac" -d "$work" "$work/Alloc.java" ||
    exit 1

# jcmd and jstat are such JVMs.  So the parent of ours waits for it only at a
# signal: after its kill it is a zombie until the file has been compared.
start java python3 -c 'import signal, subprocess, sys
signal.signal(signal.SIGTERM, lambda *_: None)
child = subprocess.Popen(sys.argv[1:])
print(child.pid, flush=True)
signal.pause()
child.wait()' "$jdk/java" -XX:+UseSerialGC -XX:+UsePerfData -Xmx64m \
    -cp "$work" Alloc "$work/rest"
parent=$pid
need_at_start "a JVM starts" 10 [ -s "$work/java" ]
read -r java <"$work/java"
alive=$java
file=/tmp/hsperfdata_$(id -un)/$java
header=(--target "file:$file" "$layouts/hsperfdata.ini")
at_exit() {
    [ -z "$alive" ] || kill -KILL "$alive"
    rm -f "$file"
}

is_accessible() { [ "$(once "${header[@]}" | value accessible)" = True ]; }
need_at_start "the JVM makes its counters" 30 is_accessible

make_layout() {
    "$here/hsperfdata_layout.py" "$file" >"$work/$1" || exit 1
}
make_layout jvm.ini

# By label, which is the name of the counter; `name value`, as jcmd prints.
snapshot() {
    "$SHMTOP" print --once --format json "$1" | python3 -c '
import json, re, sys
label = {}
for line in open(sys.argv[1]):
    if m := re.match(r"\[field (.*)\]", line):
        name = m.group(1)
    if m := re.match(r"label  = (.*)", line):
        label[name] = m.group(1)
for name, value in json.loads(sys.stdin.readline())["fields"].items():
    print(label[name], value)' "$1" | sort
}
# jcmd and jstat print name=value, text in quotes; a header line has no `=`.
peer() { sed -n 's/^\([^=]*\)="\(.*\)"$/\1 \2/p;t;s/=/ /p' | sort; }

# --- alive and busy
watch live "$work/jvm.ini"
shmtop=$pid
check "a busy JVM is LIVE" wait_until 10 has_state live LIVE
first=$(last live .fields.sun_gc_collector_0_invocations)
collected() {
    [ "$(last live .fields.sun_gc_collector_0_invocations)" -gt "$first" ]
}
check "collections are seen while they happen" wait_until 10 collected
same "one generation" "$(last live .generation)" 1

# --- alive and at rest
touch "$work/rest"
"$jdk/jcmd" "$java" PerfCounter.print >/dev/null # adds its own counters
make_layout rest.ini
settled() {
    snapshot "$work/rest.ini" >"$work/before"
    "$jdk/jcmd" "$java" PerfCounter.print | peer >"$work/jcmd.all"
    grep -v '^sun\.perfdata\.' "$work/jcmd.all" >"$work/jcmd"
    snapshot "$work/rest.ini" >"$work/after"
    comm -12 "$work/before" "$work/after" >"$work/steady"
    # Only clocks of the JVM and counters that jcmd changes may move.
    [ "$(comm -23 "$work/before" "$work/steady" | wc -l)" -le 4 ]
}
check "the JVM comes to rest" wait_until 20 settled
cut -d ' ' -f 1 "$work/steady" | sort >"$work/steady.names"
# With -t, join does not change values: __DATE__ can have two blanks.
join -t ' ' "$work/steady.names" "$work/jcmd" | sort >"$work/jcmd.steady"
same_files "all steady counters are what jcmd prints" \
    "$work/steady" "$work/jcmd.steady"
echo "# $(wc -l <"$work/steady") of $(wc -l <"$work/after") counters compared"
check "that is nearly all of them" [ "$(wc -l <"$work/steady")" -ge 100 ]
for name in sun.gc.collector.0.invocations java.property.java.version \
    sun.gc.generation.0.space.0.capacity sun.rt.createVmBeginTime; do
    check "$name is among them" grep -q "^$name " "$work/steady"
done
cut -d ' ' -f 1 "$work/after" >"$work/our.names"
cut -d ' ' -f 1 "$work/jcmd" >"$work/jcmd.names"
same_files "the names are jcmd's names" "$work/our.names" "$work/jcmd.names"

# jcmd shows the fields of the header as counters, too.
once --raw "${header[@]}" | fields >"$work/header"
header() { sed -n "s/^$1 //p" "$work/header"; }
jcmd() { sed -n "s/^sun\.perfdata\.$1 //p" "$work/jcmd.all"; }
same "magic" "$(header magic)" $((0xcafec0c0))
same "byte order" "$(once "${header[@]}" | value byte_order)" little
same "version" "$(header major).$(header minor)" \
    "$(jcmd majorVersion).$(jcmd minorVersion)"
same "used" "$(header used)" "$(jcmd used)"
same "overflow" "$(header overflow)" "$(jcmd overflow)"
same "last entry added" "$(header mod_time)" "$(jcmd timestamp)"
same "entries" "$(header entries)" "$(wc -l <"$work/jcmd")"
same "first entry" "$(header entry_offset)" 32

# --- killed: the file remains
rm "$work/rest"
check "busy again, LIVE again" wait_until 10 has_state live LIVE
kill -KILL "$java"
alive=
check "kill -9 leaves the file" cp "$file" "$work/copy"
check "which is STALE" wait_until 20 has_state live STALE
make_layout dead.ini
snapshot "$work/dead.ini" >"$work/dead"
"$jdk/jstat" -J-XX:-UsePerfData -J-Djstat.showUnsupported=true \
    -snap "file://$work/copy" | peer | grep -v '^sun\.perfdata\.' >"$work/jstat"
same_files "each value is what jstat reads from the file" \
    "$work/dead" "$work/jstat"
same "no other generation" "$(last live .generation)" 1

# The next JVM of the same user removes such files.
stop "$parent"
"$jdk/java" -XX:+UsePerfData -version >/dev/null 2>&1
check "swept away by the next JVM: GONE" wait_until 10 has_state live GONE
stop "$shmtop"
finish
