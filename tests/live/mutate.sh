#!/bin/sh
# SPDX-License-Identifier: MIT
# Makes a copy of a source with one fault, for tests that must detect it.
# usage: mutate.sh FROM TO SED_SCRIPT
set -eu
sed "$3" "$1" >"$2"
if cmp -s "$1" "$2"; then
    rm -f "$2"
    echo "mutate.sh: nothing in $1 matches '$3'" >&2
    exit 1
fi
