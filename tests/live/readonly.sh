#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Watching never writes: the system calls of each kind of target, by strace.
[ -n "${PRIVATE_SHM-}" ] ||
    exec sh "$(dirname "$0")/../private_shm.sh" bash "$0"
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"
need strace script ipcmk ipcrm
export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
strace -o "$work/trial" true 2>/dev/null || skip "strace may not trace here"

shm=/dev/shm/shmtop-live-readonly.$$
at_exit() {
    rm -f "$shm"
    [ -z "${id-}" ] || ipcrm -m "$id"
}
printf '\1\2\3\4\5\6\7\10%4088d' 0 >"$shm"
cp "$shm" "$work/file"
chmod 0600 "$work/file"
id=$(ipcmk -M 4096 -p 0600 | grep -o '[0-9]*$') || exit 1
exec 8<"$shm"

# offences FILE: prints the calls that could change the target.  shmtop may open
# its output, the terminal and the null device for writing.
offences() {
    grep -aE '^([0-9]+ +)?(open|openat|creat)\(.*O_(RDWR|WRONLY|CREAT|TRUNC)' \
        "$1" | grep -vE '"/dev/(null|tty|pts/[0-9]+)"'
    grep -aE '(mmap|mmap2)\(.*PROT_WRITE.*MAP_SHARED[^_]' "$1" |
        grep -v MAP_ANONYMOUS
    grep -aE 'shmat\(' "$1" | grep -v SHM_RDONLY
    grep -aE 'shmget\(.*IPC_CREAT|shmctl\(.*IPC_(RMID|SET)' "$1"
    grep -aE '[^a-z_](f?truncate(64)?|unlink(at)?|rename(at2?)?|f?chmod(at)?)\(' \
        "$1"
    grep -aE '[^a-z_](flock|semop|utimensat|fallocate|process_vm_writev)\(' "$1"
    grep -aE 'fcntl(64)?\(.*F_(OFD_)?SETLKW?' "$1"
    grep -aE 'mprotect\(.*PROT_WRITE.*MAP_SHARED' "$1"
}

# It must detect programs that do such calls.
for guilty in "truncate -s 8 $work/other" "ipcmk -M 8" "rm $work/other"; do
    # shellcheck disable=SC2086 # words on purpose
    strace -f -o "$work/strace" $guilty >"$work/out" 2>&1
    check "'${guilty%% *}' would be noticed" [ -n "$(offences "$work/strace")" ]
    made=$(sed -n 's/^Shared memory id: //p' "$work/out")
    [ -z "$made" ] || ipcrm -m "$made"
done

# traced WHAT OPENED ARGUMENT...: OPENED must occur, else nothing is proven.
traced() {
    local what=$1 opened=$2
    shift 2
    strace -f -o "$work/strace" "$SHMTOP" "$@" >"$work/out" 2>"$work/out.err" \
        </dev/null
    check "$what: runs" [ $? -eq 0 ]
    check "$what: reads it" grep -aqE "$opened" "$work/strace"
    offences "$work/strace" | sed "s/^/ /" >"$work/offences"
    check "$what: writes nothing" [ ! -s "$work/offences" ]
    sed 's/^/#/;10q' "$work/offences"
}
one=(print --count 3 --refresh 20ms --format json)
layout=$here/readonly.ini
name=$(basename "$shm")
traced shm "open.*$name.*O_RDONLY" "${one[@]}" --target "shm:$name" "$layout"
traced file "open.*$work/file.*O_RDONLY" \
    "${one[@]}" --target "file:$work/file" "$layout"
traced sysv "shmat\($id,.*SHM_RDONLY" \
    "${one[@]}" --target "sysv:id=$id" "$layout"
traced "pid fd" "open.*\"(/proc/$$/)?fd/8\".*O_RDONLY" \
    "${one[@]}" --target "pid:$$/fd/8" "$layout"
traced procfs "open.*/proc/version.*O_RDONLY" \
    "${one[@]}" --target "file:/proc/version" "$layout"
traced "dashboard" "open.*$name.*O_RDONLY" --screen 80x24 --keys "jxd0?q" \
    --target "shm:$name" "$layout"
traced "keys that change values" "open.*$name.*O_RDONLY" --screen 80x24 \
    --keys "e1<Enter>.,~u" --target "shm:$name" "$layout"
# The same on a real terminal; writing to it is allowed.
mkfifo "$work/keys"
terminal() {
    TERM=xterm-256color exec script -qefc "strace -f -o '$work/strace' \
        '$SHMTOP' --target 'shm:$name' '$layout'" /dev/null <"$work/keys"
}
start terminal terminal
exec 7>"$work/keys"
check "terminal: draws" wait_until 20 grep -aq "$name" "$work/terminal"
printf 'jxd0e.,~u?qq' >&7
check "terminal: ends by q" wait_until 20 grep -aq 'exited with 0' \
    "$work/strace"
exec 7>&-
stop "$pid"
grep -aq 'exited with 0' "$work/strace" ||
    tail -c 400 "$work/terminal" | cat -v | sed 's/^/# /'
check "terminal: reads it" grep -aqE "open.*$name.*O_RDONLY" "$work/strace"
offences "$work/strace" >"$work/offences"
check "terminal: writes nothing" [ ! -s "$work/offences" ]
sed 's/^/# /;10q' "$work/offences"

traced "check" "open.*readonly.ini.*O_RDONLY" check "$layout"

same "the bytes are as they were" "$(cksum <"$shm")" "$(cksum <"$work/file")"
same "and the mode" "$(stat -c %a "$work/file")" 600
# Mappings without write permission work, too.
chmod 0400 "$work/file"
same "a read-only file" \
    "$(once --raw --target "file:$work/file" "$layout" | value first)" \
    $((0x0807060504030201))
finish
