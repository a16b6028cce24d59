#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Writer and reader as two programs: frames that follow the method are never
# mixed, even if written slowly; with --tear=break some are mixed; after a
# writer that dies in the middle of a frame, the last whole frame is shown.
set -euo pipefail
shmtop=${SHMTOP:?}
work=$(mktemp -d)
writer=
finish() {
    [ -z "$writer" ] || kill "$writer" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT

die() {
    echo "snapshot.sh: $*" >&2
    exit 1
}

layout() {
    cat >"$work/$1.ini" <<EOF
[mapping]
name    = file:$work/$1.map
size    = 64
refresh = 20ms
$2
[fields]
seq   = u32 @0
begin = u32 @8
end   = u32 @16
first = u32 @24 write="count 1"
last  = u32 @32 write="count 1"
EOF
}
layout seqlock "[snapshot]
method = seqlock
seq = seq"
layout pair "[snapshot]
method = pair
begin = begin
end = end"

# Whether `first` and `last` differ in a frame of 60, and how many differ
# from the one before.
mixed() {
    "$shmtop" print --wait=5 --refresh 7ms --count 60 --format json \
        --include first --include last "$work/$1.ini" |
        sed 's/.*"first":\([^,]*\),"last":\([^}]*\)}.*/\1 \2/' |
        awk '$1 != $2 { mixed++ } $1 != was { moved++ } { was = $1 }
             END { print mixed + 0, moved + 0 }'
}

for method in seqlock pair; do
    for tear in slow break; do
        "$shmtop" write --quiet "--tear=$tear" "$work/$method.ini" &
        writer=$!
        read -r count moved < <(mixed "$method")
        kill "$writer"
        wait "$writer"
        writer=
        [ "$moved" -ge 5 ] || die "$method $tear: $moved frames moved"
        [ "$tear" = break ] || [ "$count" = 0 ] || die "$method: $count mixed"
        [ "$tear" = slow ] || [ "$count" -gt 0 ] || die "$method: none mixed"
    done
done

# The third tick is half written; on a busy machine its number is higher than 2.
# A reader that ran before would hold the values of the second tick; one that
# starts later has no values.
"$shmtop" write --tear=die --count 3 "$work/seqlock.ini" 2>"$work/said"
grep -q 'ended in the middle of tick [0-9]' "$work/said" || die "$(cat "$work/said")"
[ -f "$work/seqlock.map" ] || die "the mapping is gone"
line=$("$shmtop" print --once --format json "$work/seqlock.ini")
case $line in
*'"first":null,"last":null'*) ;;
*) die "a torn frame was shown: $line" ;;
esac
line=$("$shmtop" print --count 20 --refresh 20ms --format json \
    --detail "$work/seqlock.ini" | tail -n 1)
case $line in
*'"snapshot":{"method":"seqlock","whole":false'*'"given_up":20'*) ;;
*) die "not told: $line" ;;
esac
