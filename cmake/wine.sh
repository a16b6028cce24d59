#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs a Windows program as if it were one of this system, in a Wine prefix of
# its own, which is made when it is missing.
# usage: [WINE_DISPLAY=:N] wine.sh PREFIX PROGRAM.exe [ARGUMENT...]
set -eu
WINEPREFIX=${1:?usage: wine.sh PREFIX PROGRAM.exe [ARGUMENT...]}
shift
WINEDEBUG=-all
# No offers to install Mono and Gecko, no entries in the user's menus.
WINEDLLOVERRIDES='mscoree,mshtml,winemenubuilder.exe='
LC_ALL=${LC_ALL:-C.UTF-8}
export WINEPREFIX WINEDEBUG WINEDLLOVERRIDES LC_ALL
unset DISPLAY WAYLAND_DISPLAY

quietly() {
    "$@" </dev/null >/dev/null 2>&1 9>&-
}

mkdir -p "$WINEPREFIX"
(
    flock 9
    if [ ! -e "$WINEPREFIX/complete" ]; then
        quietly wine wineboot --init
        quietly wineserver -w
        : >"$WINEPREFIX/complete"
    fi
    # The next program starts ten times as fast when the server is still there.
    # What the first program starts besides outlives it: it must not keep that
    # one's output open.
    if quietly wineserver -p20; then
        quietly wine cmd /c exit || :
    fi
) 9>"$WINEPREFIX.lock"

# What has been started so far stays without a display, which may be gone
# before it.
if [ -n "${WINE_DISPLAY-}" ]; then
    DISPLAY=$WINE_DISPLAY
    export DISPLAY
fi

# Wine takes a terminal on stdin for its console and changes its modes, even
# when the output goes elsewhere.
if [ -t 0 ] && [ ! -t 1 ]; then
    exec </dev/null
fi
exec wine "$@"
