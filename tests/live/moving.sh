#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Reads a table while its producer moves it and changes its size: each frame has
# the records of one table, and as many as its header has.
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

cat >"$work/table.ini" <<EOF
[mapping]
name = file:$work/table.map
size = 1028096
abi  = x64-linux
[struct header]
at     = u32
stride = u16
count  = u16
[struct record]
index  = u32
serial = u32
name   = char[8]
[fields]
header  = header @0
records = record[64] @header.at stride=header.stride count=header.count label="Record {name}"
EOF

start writer python3 "$here/moving.py" write "$work/table.map"
producer=$pid
"$SHMTOP" print --wait=10 --refresh 3ms --count 600 --format json \
    "$work/table.ini" >"$work/samples"
same "print ends well" $? 0
check "every frame is one table" python3 "$here/moving.py" judge "$work/samples"

# A header with random bytes is reported and never followed.
stop "$producer" KILL
python3 -c 'import struct, sys
with open(sys.argv[1], "r+b") as file:
    file.write(struct.pack("<IHH", 0xffffff00, 64, 3))' "$work/table.map"
once "$work/table.ini" >"$work/bad"
same "a table outside is no table" \
    "$(jq -c '[.fields["records[0].serial"], .trouble]' "$work/bad")" \
    "[null,\"records[0] is not within the mapping's 1028096 bytes: header.at is 4294967040, header.stride is 64\"]"
finish
