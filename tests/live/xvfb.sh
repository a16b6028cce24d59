#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The frame buffer file of Xvfb: a big-endian header before little-endian
# pixels. The server removes it at its end, and the next one creates it again.
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"
need Xvfb xsetroot xrandr

mkdir "$work/fb"
file=$work/fb/Xvfb_screen0
target=(--target "file:$file" "$here/xvfb.ini")

# server OUT WIDTHxHEIGHT: starts an X server on a free display; it prints the
# number of the display when it is ready.
server() {
    start "$1" Xvfb -displayfd 1 -noreset -nolisten tcp -fbdir "$work/fb" \
        -screen 0 "${2}x24"
    xvfb=$pid
    local out=$work/$1
    need_at_start "Xvfb starts" 20 [ -s "$out" ]
    DISPLAY=:$(cat "$out")
    export DISPLAY
}

watch live --raw "${target[@]}"
shmtop=$pid
check "no server: WAITING" is_waiting "${target[@]}"
server xvfb 320x200
echo "# display $DISPLAY"
check "a server: LIVE" wait_until 10 has_state live LIVE

# --- pixels, little-endian
has_pixel() { some live ".fields.first_pixel == $1"; }
has_height() { [ "$(last live .fields.pixmap_height)" = "$1" ]; }
xsetroot -solid '#ff0000'
pixels() { # WANTED
    once --raw "${target[@]}" | fields | grep -E '^(first|last)_pixel' >"$work/pixels"
    [ "$(xargs <"$work/pixels")" = "first_pixel $1 last_pixel $1" ]
}
check "a red screen" wait_until 10 pixels $((0xff0000))
check "seen by who watches" wait_until 10 has_pixel $((0xff0000))
xsetroot -solid '#12ab34'
check "a green one" wait_until 10 pixels $((0x12ab34))

# The header, compared with python and with the X protocol.
once --raw "${target[@]}" | fields |
    grep -vE '^(first_pixel|last_pixel|window_name) ' >"$work/got"
python3 -c '
import struct, sys
data = open(sys.argv[1], "rb").read()
for line in open(sys.argv[2]):
    word = line.split()
    if word[1:2] == ["="] and word[2] in ("u32", "i32"):
        form = ">I" if word[2] == "u32" else ">i"
        print(word[0], *struct.unpack_from(form, data, int(word[3][1:])))
' "$file" "$here/xvfb.ini" >"$work/wanted"
same_files "25 words of header" "$work/got" "$work/wanted"
got() { sed -n "s/^$1 //p" "$work/got"; }
same "version of the dump" "$(got file_version)" 7
same "size is that of xrandr" "$(got pixmap_width) x $(got pixmap_height)" \
    "$(xrandr 2>/dev/null | sed -n 's/.* current \([0-9]* x [0-9]*\),.*/\1/p')"
same "the file's size follows from the header" "$(stat -c %s "$file")" \
    $(($(got header_size) + 12 * $(got ncolors) + \
        $(got bytes_per_line) * $(got pixmap_height)))
check "window name" grep -q "^Xvfb .*$DISPLAY" \
    <<<"$(once "${target[@]}" | value window_name)"

# --- the server ends, and another one starts, with a smaller screen
stop "$xvfb"
check "Xvfb removes its file" [ ! -e "$file" ]
check "GONE" wait_until 10 has_state live GONE
same "the last width is held" "$(last live .fields.pixmap_width)" 320
server xvfb2 320x100
check "back again: REPLACED" wait_until 10 some live '.generation == 2'
same "REPLACED is one sample, the first of its generation" \
    "$(jq -nR '[inputs | fromjson? | select(.generation == 2)] |
        (first | .state), (map(select(.state == "REPLACED")) | length)' -r \
        <"$work/live" | xargs)" "REPLACED 1"
check "of the new height" wait_until 10 has_height 100
check "smaller than the layout: SHORT" wait_until 10 has_state live SHORT
same "what lies behind its end is missing" "$(last live .fields.last_pixel)" null
stop "$xvfb"
check "GONE again" wait_until 10 has_state live GONE
stop "$shmtop"
finish
