#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The command line for people and scripts: usage, every exit code, write, print,
# set and check on mappings of this run, cleaning up, and a proof that watching
# opens nothing for writing.
[ -n "${PRIVATE_SHM-}" ] ||
    exec sh "$(dirname "$0")/../private_shm.sh" bash "$0"
. "$(dirname "$0")/lib.sh"

name=shmtop-cli-$$
segment=/dev/shm/$name
chmod 711 "$work"
export TERM=xterm-256color
at_exit() { rm -f "$segment" "$segment"-*; }

# newterm() of ncurses leaks memory when it refuses a terminal.
echo 'leak:libtinfo' >"$work/lsan"
export LSAN_OPTIONS=suppressions=$work/lsan:print_suppressions=0

# Do not use settings or layouts of this machine.
export XDG_CONFIG_HOME=$work/config XDG_CONFIG_DIRS=$work/config
export XDG_DATA_HOME=$work/data XDG_DATA_DIRS=$work/shared
mkdir -p "$work/config" "$work/data/shmtop/layouts"

layout=$work/cli.ini
cat >"$layout" <<END
[mapping]
name = $name
size = 64
refresh = 20ms

[field counter]
offset = 0
type = i64
label = Counter
write = count 1

[fields]
setpoint = f32 @8 unit=bar precision=2 writable=0..10
mode = u8 @12 enum=mode writable=yes
fixed = u16 @14 write="const 7"
note = char[16] @16 writable=yes

[enum mode]
0 = Off
1 = Auto
END
cp "$layout" "$work/data/shmtop/layouts/cliname.ini"
printf '[mapping]\nname = %s\nsize = 4\n[field a]\noffset = 0\ntype = i46\n[field b]\noffset = 2\ntype = u32\nlabl = x\n' \
    "$name" >"$work/bad.ini"

# run ARGUMENTS...: runs the program, with its output in $work/out and
# $work/err and its exit code in $status.
run() {
    timeout 30 "$SHMTOP" "$@" >"$work/out" 2>"$work/err" </dev/null
    status=$?
}

# code WANTED WORDS ARGUMENTS...: checks the exit code, that stdout is empty,
# and that stderr matches WORDS (an extended regular expression).
code() {
    local wanted=$1 words=$2
    shift 2
    run "$@"
    same "exit $wanted: $*" "$status" "$wanted"
    check "... says '$words'" grep -qE -- "$words" "$work/err"
    check "... and nothing on stdout" [ ! -s "$work/out" ]
}

# in_terminal OUT COMMAND...: runs it on a terminal of 80x24, writes its output
# to OUT, returns its exit code.
in_terminal() {
    python3 - "$@" <<'END'
import os, pty, struct, sys, fcntl, termios
out, command = sys.argv[1], sys.argv[2:]
pid, fd = pty.fork()
if pid == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    os.execvp(command[0], command)
with open(out, "wb") as file:
    while True:
        try:
            data = os.read(fd, 65536)
        except OSError:
            break
        if not data:
            break
        file.write(data)
_, status = os.waitpid(pid, 0)
sys.exit(os.waitstatus_to_exitcode(status))
END
}

# with_signals COMMAND...: runs it with default signals: background jobs of a
# script ignore SIGINT.
with_signals() {
    exec python3 -c 'import os, signal, sys
for one in signal.SIGINT, signal.SIGHUP, signal.SIGTERM:
    signal.signal(one, signal.SIG_DFL)
os.execvp(sys.argv[1], sys.argv[1:])' "$@"
}

exists() { [ -e "$segment" ]; }
absent() { [ ! -e "$segment" ]; }
get() { once "$layout" 2>/dev/null | jq -r ".fields.$1"; }
value_is() { [ "$(get "$1")" = "$2" ]; }
above() { [ "$(get counter)" -gt "$1" ] 2>/dev/null; }

# serve [OPTION...]: starts the server in the background, its id in $server.
serve() {
    start server with_signals "$SHMTOP" write "$@" "$layout"
    server=$pid
    wait_until 10 value_is fixed 7 || {
        echo "not ok - the server did not start"
        cat "$work/server.err"
        exit 1
    }
}

# --- help ------------------------------------------------------------------
for command in "" watch print write set check; do
    run $command --help
    same "$command --help: exit 0" "$status" 0
    check "$command --help: on stdout" grep -q '^Usage: shmtop' "$work/out"
    check "$command --help: nothing on stderr" [ ! -s "$work/err" ]
done
run --version
check "--version" grep -qE '^shmtop [0-9]+\.[0-9]+' "$work/out"

# --- 64 usage --------------------------------------------------------------
code 64 'name a layout'
check "... in one line" [ "$(wc -l <"$work/err")" = 1 ]
code 64 "did you mean '--refresh'" --refesh 1 "$layout"
code 64 'belongs to: write' print --replace "$layout"
code 64 "did you mean 'json'" print --format jsn "$layout"
code 64 'needs TARGET' print
code 64 'needs TARGET FIELD=VALUE' set "$layout"
code 64 'write FIELD=VALUE' set "$layout" setpoint
code 64 'add --layout' print "shm:$name"
code 64 "did you mean 'cliname'" print clinmae
code 64 "$work/data/shmtop/layouts" print nothing-near
code 64 "did you mean 'shm:'" print --layout "$layout" "shn:$name"
code 64 'write it like 1s' --refresh soon "$layout"
code 64 'write it like 80x24' --screen 80 "$layout"
code 64 "did you mean 'dark'" --theme drak --screen 80x24 "$layout"
code 64 '--target is for one TARGET' --target shm:x "$layout" cliname

# --- 65 unsound ------------------------------------------------------------
code 65 'bad.ini:6: .*i46.*did you mean' print "$work/bad.ini"
check "... and every other error" grep -q "bad.ini:10: .*labl" "$work/err"
code 65 'bad.ini:6: ' write "$work/bad.ini"
check "... and nothing is created" absent
code 65 'bad.ini:6: ' set "$work/bad.ini" a=1
code 65 'bad.ini:6: ' --screen 80x24 "$work/bad.ini"
printf '[shmtop]\nrefresh = soon\ncolor = red\nrefesh = 1s\n' \
    >"$work/settings.ini"
code 65 'settings.ini:2: refresh: ' print --config "$work/settings.ini" "$layout"
check "... and the unknown key" grep -q "4: .*did you mean 'refresh'" "$work/err"
check "... but nothing that only the dashboard has" \
    [ "$(grep -c : "$work/err")" -eq 2 ]
mkdir -p "$work/config/shmtop"
cp "$work/settings.ini" "$work/config/shmtop/shmtop.ini"
code 65 'shmtop.ini:2: ' print "$layout"
rm "$work/config/shmtop/shmtop.ini"
run --config "$work/settings.ini" --screen 80x24 "$layout"
same "the dashboard runs with its defaults" "$status" 0
same "... and names each wrong line" \
    "$(grep -c 'settings.ini:[234]: warning: ' "$work/err")" 3

# --- 66 no such mapping or file ----------------------------------------------
code 66 "mapping.*$name.*--wait" print --once "$layout"
code 66 "$work/no-file" print --once --target "file:$work/no-file" "$layout"
code 66 "$name" set "$layout" setpoint=1
check "... and nothing is created" absent
code 66 'no-such.ini' print "$work/no-such.ini"
code 66 'no-such.ini' --config "$work/no-such.ini" "$layout"

# --- 69 no terminal ----------------------------------------------------------
code 69 'shmtop print' "$layout"
TERM=dumb in_terminal "$work/dumb" "$SHMTOP" "$layout"
same "TERM=dumb: exit 69" $? 69
TERM=no-such-terminal in_terminal "$work/dumb" "$SHMTOP" "$layout"
same "an unknown TERM: exit 69" $? 69

# --- 75 timed out ------------------------------------------------------------
code 75 "$name.*not there" print --wait=0.1 --once "$layout"
code 75 "$name.*not there" print --wait --timeout 0.1 "$layout"
code 75 "$name.*not there" --wait=0.1 "$layout"
in_terminal "$work/screen" "$SHMTOP" --timeout 0.2 "$layout"
same "a dashboard that only waited: exit 75" $? 75

# --- write, print, set -------------------------------------------------------
# A reader that is first waits for the server.
start early "$SHMTOP" print --wait=20 --count 2 --format json "$layout"
early=$pid
serve
wait "$early"
same "print --wait ends well" $? 0
same "... with the samples that it waited for" \
    "$(jq -r .state "$work/early" | tr '\n' ' ')" 'LIVE LIVE '
same "the mapping is its owner's alone" "$(stat -c %a "$segment")" 600
same "... and as large as the layout says" "$(stat -c %s "$segment")" 64
check "the server says what it writes" \
    grep -q "shm:/$name: 64 bytes.*counter, fixed" "$work/server.err"
check "... and nothing on a stdout that is no terminal" [ ! -s "$work/server" ]
check "the counter counts" wait_until 10 above 3
same "a field without a pattern is zero" "$(get mode)" Off
same "an installed layout goes by its name" \
    "$(once cliname | jq .fields.fixed)" 7
same "a mapping with --layout" \
    "$(once --layout "$layout" "shm:$name" | jq .fields.fixed)" 7
same "... or by its bare name" \
    "$(once --layout cliname "$name" | jq .fields.fixed)" 7

run set "$layout" setpoint=4.25 mode=Auto "note=hi there"
same "set: exit 0" "$status" 0
check "... without a word" [ ! -s "$work/out" ] && [ ! -s "$work/err" ]
same "set changed what it should" \
    "$(once "$layout" | jq -c '[.fields | .setpoint, .mode, .note]')" \
    '[4.25,"Auto","hi there"]'
code 65 "did you mean 'setpoint'" set "$layout" setpont=1
code 65 '0 to 10' set "$layout" mode=Off setpoint=11
code 65 'mode' set "$layout" mode=Maybe
code 77 'counter.*not writable' set "$layout" mode=Off counter=1
same "a refused set changes nothing" \
    "$(once "$layout" | jq -c '[.fields | .setpoint, .mode]')" '[4.25,"Auto"]'
before=$(get counter)
check "... and the server goes on" wait_until 10 above "$before"

# --- 73 cannot create ----------------------------------------------------------
inode=$(stat -c %i "$segment")
code 73 "$name.*--replace" write "$layout"
same "an existing mapping is left alone" "$(stat -c %i "$segment")" "$inode"
same "... with its values" "$(get mode)" Auto
code 73 'nowhere' print --once --output "$work/nowhere/x" "$layout"
code 73 'nowhere' print --refresh 1 --output "$work/nowhere/x" "$layout"

# --- 74 input and output -------------------------------------------------------
timeout 20 "$SHMTOP" print --once "$layout" >/dev/full 2>"$work/err"
same "a full disk: exit 74" $? 74
timeout 20 "$SHMTOP" check "$layout" >/dev/full 2>"$work/err"
same "... for check: exit 74" $? 74
code 74 'directory' print "$work"

# --- how long print runs -------------------------------------------------------
run print "$layout"
same "no terminal, no rate: exit 0" "$status" 0
same "... one sample" "$(grep -c Counter "$work/out")" 1
run print --refresh 10ms --count 3 --format csv "$layout"
same "--count 3: a header and three rows" "$(grep -c . "$work/out")" 4
run print --refresh 10ms --timeout 0.3 --format json "$layout"
same "an endless stream ends by --timeout: exit 0" "$status" 0
check "... with whole samples" [ "$(jq -s length "$work/out")" -ge 2 ]
run print --refresh 10ms --count 100000 --timeout 0.3 --format json "$layout"
same "--count not reached: exit 75" "$status" 75
check "... the samples are there" [ "$(jq -s length "$work/out")" -ge 2 ]
check "... and the message" grep -q 'of 100000 samples' "$work/err"
for signal in TERM INT HUP; do
    start stream with_signals "$SHMTOP" print --refresh 10ms --format json \
        "$layout"
    stream=$pid
    wait_until 10 some stream '.state == "LIVE"'
    kill "-$signal" "$stream"
    wait "$stream"
    same "SIG$signal ends a stream: exit 0" $? 0
    check "... after a whole line" jq -s . "$work/stream" >/dev/null
done
in_terminal "$work/shown" timeout -s TERM 1 "$SHMTOP" print "$layout"
check "on a terminal it is a stream" [ "$(grep -c Counter "$work/shown")" -ge 2 ]
run print --once --output "$work/a file.json" --format json "$layout"
same "--output: a file" "$(jq .fields.fixed "$work/a file.json")" 7
check "... and nothing on stdout" [ ! -s "$work/out" ]
run print --once --output /dev/null "$layout"
same "--output to a device: exit 0" "$status" 0
check "... which stays one" [ -c /dev/null ]
run print --once --output - "$layout"
check "--output - is stdout" grep -q Counter "$work/out"

# --- --fail-on with for ----------------------------------------------------------
cat >"$work/for.ini" <<END
[mapping]
name = $name
[fields]
setpoint = f32 @8 crit=>1 for=400ms
mode = u8 @12 warn===1 for=1h
fixed = u16 @14 crit===7 for=1h
END
judge() { run print --once --fail-on crit --include "$1" "${@:2}" "$work/for.ini"; }
"$SHMTOP" set "$layout" setpoint=5
start=$(date +%s%3N)
judge setpoint
took=$(($(date +%s%3N) - start))
same "a limit that stays broken: exit 1" "$status" 1
check "... after its time ($took ms)" [ "$took" -ge 400 ]
check "... which stderr says" grep -q 'watching setpoint for up to 0.4 s' \
    "$work/err"
same "... and one sample is printed" "$(grep -c setpoint "$work/out")" 1
judge fixed --timeout 300ms
same "a timeout before that time: exit 75" "$status" 75
"$SHMTOP" set "$layout" setpoint=0.5
judge setpoint
same "a limit that is not broken: exit 0" "$status" 0
check "... at once" [ ! -s "$work/err" ]
"$SHMTOP" set "$layout" mode=Auto
start watched "$SHMTOP" print --once --fail-on warn --include mode \
    "$work/for.ini"
check "one that is broken is watched" wait_until 10 grep -q 'watching mode' \
    "$work/watched.err"
"$SHMTOP" set "$layout" mode=Off
wait "$pid"
same "... until the value is within it again: exit 0" $? 0
"$SHMTOP" set "$layout" mode=Auto
start watched with_signals "$SHMTOP" print --once --fail-on warn \
    --include mode "$work/for.ini"
wait_until 10 grep -q 'watching mode' "$work/watched.err"
kill -TERM "$pid"
wait "$pid"
same "... or until a signal: exit 75" $? 75

# --- which rate counts: command line, layout, configuration ---------------------
header() { "$SHMTOP" --screen 80x12 "$@" | head -n 1; }
sed '/^refresh/d' "$layout" >"$work/norate.ini"
printf '[shmtop]\nrefresh = 250ms\n' >"$work/settings.ini"
check "the command line beats the layout" \
    grep -q '10 Hz' <(header --refresh 100ms --config "$work/settings.ini" "$layout")
check "the layout beats the configuration" \
    grep -q '50 Hz' <(header --config "$work/settings.ini" "$layout")
check "the configuration beats the default" \
    grep -q '4 Hz' <(header --config "$work/settings.ini" "$work/norate.ini")
check "the default is 1 Hz" grep -q ' 1 Hz' <(header "$work/norate.ini")

# --- the dashboard's colours ----------------------------------------------------
# colored SETTINGS... -- OPTIONS...: whether the terminal gets colours.
colored() {
    local settings=()
    while [ "$1" != -- ]; do settings+=("$1"); shift; done
    shift
    (
        export TERM=xterm-256color "${settings[@]}"
        in_terminal "$work/colors" "$SHMTOP" --count 3 "$@" "$layout"
    ) || return 2
    grep -qaP '\x1b\[[0-9;]*\b3[0-7]m' "$work/colors"
}
not() { ! "$@"; }
check "colour by default" colored A=1 -- --ascii
check "NO_COLOR is honoured" not colored NO_COLOR=1 --
check "an empty NO_COLOR is not one" colored NO_COLOR= --
check "--color never" not colored A=1 -- --color never
check "--color always beats NO_COLOR" colored NO_COLOR=1 -- --color always

# --- 77 permission ----------------------------------------------------------------
cp "$segment" "$work/closed"
chmod 000 "$work/closed"
if [ "$(id -u)" -eq 0 ]; then
    cp "$SHMTOP" "$work/program"
    chmod 755 "$work/program"
    chmod 644 "$layout"
    as_other() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }
    if as_other "$work/program" check "$layout" >/dev/null 2>"$work/err"; then
        as_other "$work/program" print --once "$layout" 2>"$work/err"
        same "another user's mapping: exit 77" $? 77
        check "... which is named" grep -q "$name" "$work/err"
        as_other "$work/program" print --wait=9 --once "$layout" 2>"$work/err"
        same "... with --wait too" $? 77
        as_other "$work/program" set "$layout" mode=Off 2>"$work/err"
        same "... set on it: exit 77" $? 77
        same "... changes nothing" "$(get mode)" Auto
    else
        echo "skip - no other user may run this program: $(cat "$work/err")"
    fi
else
    code 77 "$work/closed" print --once --target "file:$work/closed" "$layout"
fi

# --- the server's end ---------------------------------------------------------------
stop "$server"
check "TERM removes the mapping" absent
for signal in TERM INT HUP; do
    serve --quiet
    kill "-$signal" "$server"
    wait "$server"
    same "SIG$signal ends the server: exit 0" $? 0
    check "... the mapping is removed" absent
    check "... and --quiet was quiet" [ ! -s "$work/server.err" ]
done
run write --count 3 --refresh 20ms "$layout"
same "write --count ends: exit 0" "$status" 0
check "... and removes the mapping" absent

# A killed server removes nothing: the next one needs --replace.
serve
kill -KILL "$server"
wait "$server" 2>/dev/null
check "kill -9 leaves the mapping" exists
code 73 'replace' write "$layout"
watch watcher "$layout"
wait_until 10 some watcher '.generation == 1'
serve --replace
check "--replace replaces it, and a watcher sees that" \
    wait_until 10 some watcher '.generation == 2'
stop "$server"
check "... and it is gone again" absent
check "... which the watcher sees too" wait_until 10 has_state watcher GONE
stop "$pid"

# The name now belongs to another program.
serve
rm "$segment"
printf 'foreign' >"$segment"
stop "$server"
same "a mapping that is not its own is left alone" "$(cat "$segment")" foreign
rm "$segment"

# An ignored SIGINT stays ignored, as with nohup or in a script's background.
start server "$SHMTOP" write "$layout"
server=$pid
check "a server in the background" wait_until 10 value_is fixed 7
kill -INT "$server"
before=$(get counter)
check "... lives through Ctrl-C" wait_until 10 above "$before"
stop "$server"

# Streams that are closed do not become the mapping.
start server bash -c 'exec "$@" <&- >&- 2>&-' - "$SHMTOP" write "$layout"
server=$pid
check "a server with closed streams" wait_until 10 value_is fixed 7
check "... writes no message into its mapping" \
    [ "$(dd if="$segment" bs=1 skip=16 status=none | tr -d '\0' | wc -c)" -eq 0 ]
stop "$server"

# The status line, on a terminal.
in_terminal "$work/status" "$SHMTOP" write --count 5 --refresh 300ms "$layout"
same "write on a terminal: exit 0" $? 0
check "... shows tick and value, rewriting the line" \
    grep -qaP '\rcli  tick \d+  Counter \d+  \(Ctrl-C ends\)' "$work/status"
in_terminal "$work/status" "$SHMTOP" write --quiet --count 2 --refresh 10ms \
    "$layout"
check "... and nothing with --quiet" [ ! -s "$work/status" ]

# --- check ----------------------------------------------------------------------------
run check "$layout"
same "check: exit 0" "$status" 0
check "... shows the fields" grep -qE '^setpoint +8 ' "$work/out"
run check "$layout" "$work/bad.ini" "$work/no-such.ini"
same "check of several: the first failure's code" "$status" 65
check "... shows the sound one" grep -q setpoint "$work/out"
check "... the errors of the unsound one" grep -q 'bad.ini:6:' "$work/err"
check "... all of them" grep -q 'bad.ini:10:' "$work/err"
check "... and the missing one" grep -q 'no-such.ini' "$work/err"
run check --format json "$layout" "$work/bad.ini"
same "check --format json: exit 65" "$status" 65
same "... an object for each layout" "$(jq -s length "$work/out")" 2
same "... with its problems" \
    "$(jq -s '.[1].problems | map(.line) | index(6) != null' "$work/out")" true
run check cliname
same "check of an installed layout: exit 0" "$status" 0
code 64 'where a layout is meant' check shm:x

# --- hostile names ------------------------------------------------------------------
run print "$work"/$'\e[2Jno\u202e.ini'
check "file names are cleaned" not grep -qP '\x1b|\xe2\x80\xae' "$work/err"
run $'--\e[31m'
check "... and so are options" not grep -qP '\x1b' "$work/err"

# --- watching never opens for writing --------------------------------------------------
# The leak check of the sanitizer does not work under strace.
export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
traced() {
    local log=$1
    shift
    strace -f -qq -o "$log" "$@"
}
if ! command -v strace >/dev/null || ! traced "$work/trace" true; then
    echo "skip - strace cannot be used here"
    finish
fi
serve
cp "$segment" "$work/map"
sysv=$((0x5c000000 + $$ % 0xffffff))
python3 - "$sysv" <<'END'
import ctypes, sys
libc = ctypes.CDLL(None, use_errno=True)
if libc.shmget(ctypes.c_int(int(sys.argv[1])), ctypes.c_size_t(64), 0o1600) < 0:
    sys.exit(ctypes.get_errno())
END
at_exit() {
    rm -f "$segment" "$segment"-*
    ipcrm -M "$sysv" 2>/dev/null
}

# Calls that could change anything but memory of the process itself.
writing='open(at)?\(.*O_(WRONLY|RDWR|CREAT|TRUNC|APPEND)|^[0-9]+ +(creat|unlink|unlinkat|rename|renameat|renameat2|truncate|ftruncate|fallocate|link|linkat|mkdir|mkdirat|chmod|fchmod|fchmodat|chown|fchown|flock|shmctl\(.*IPC_(RMID|SET)|pwrite64|process_vm_writev|ptrace|madvise\(.*REMOVE)\b|shmget\(.*IPC_CREAT|shmat\([^)]*, 0\)|mmap\(.*PROT_WRITE.*MAP_SHARED|mprotect\(.*PROT_WRITE.*SHARED'
for target in "shm:$name" "file:$work/map" "sysv:$sysv" "pid:$server/map/0-0"; do
    case $target in
    pid:*)
        range=$(awk -v path="$segment" '$6 == path { print $1; exit }' \
            "/proc/$server/maps")
        [ -n "$range" ] || { echo "skip - no range of the server"; continue; }
        target=pid:$server/map/$range ;;
    esac
    traced "$work/trace" "$SHMTOP" print --refresh 10ms --count 3 \
        --format json --layout "$layout" "$target" >"$work/out" 2>"$work/err"
    same "print ${target%%:*}: exit 0 below strace" $? 0
    check "... reads it" [ "$(jq -s length "$work/out")" = 3 ]
    same "... opens nothing for writing" \
        "$(grep -E "$writing" "$work/trace")" ""
    in_terminal "$work/screen" strace -f -qq -o "$work/trace" \
        "$SHMTOP" --refresh 20ms --count 3 --layout "$layout" "$target"
    same "watch ${target%%:*}: exit 0 below strace" $? 0
    check "... reads it" grep -qa 'Counter' "$work/screen"
    same "... opens nothing for writing" \
        "$(grep -E "$writing" "$work/trace" | grep -v '"/dev/tty"')" ""
done
# The proof must detect a program that does write.
traced "$work/trace" "$SHMTOP" set "$layout" mode=Off
check "the trace of 'set' shows that it opens for writing" \
    grep -qE "$writing" "$work/trace"
stop "$server"

finish
