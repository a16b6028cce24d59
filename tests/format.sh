#!/bin/sh
# SPDX-License-Identifier: MIT
# The C files are as clang-format leaves them.  Its versions differ in what they
# do: the one of Debian 12 decides, where another is installed the test is
# skipped (exit code 77).
# usage: format.sh ROOT
set -eu
wanted=14

tool=
found=none
for name in "clang-format-$wanted" clang-format; do
    command -v "$name" >/dev/null || continue
    found=$("$name" --version | sed 's/.*version \([0-9]*\).*/\1/')
    [ "$found" != "$wanted" ] || { tool=$name; break; }
done
if [ -z "$tool" ]; then
    echo "skip - clang-format $wanted is needed, installed is: $found" >&2
    exit 77
fi

find "$1/src" "$1/tests" -name '*.[ch]' -print0 |
    xargs -0 "$tool" --dry-run -Werror
