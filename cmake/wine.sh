#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs a Windows program like a program of this system, in the Wine prefix
# PREFIX.  Creates the prefix if it is missing.
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
    # The next program starts ten times as fast if the wineserver still runs.
    # The first program starts background processes that run on after it: they
    # must not inherit the output of PROGRAM and keep it open.
    if quietly wineserver -p20; then
        quietly wine cmd /c exit || :
    fi
) 9>"$WINEPREFIX.lock"

# Processes started so far have no display: they may run longer than it exists.
if [ -n "${WINE_DISPLAY-}" ]; then
    DISPLAY=$WINE_DISPLAY
    export DISPLAY
fi

# If stdin is a terminal, Wine uses it as its console and changes its modes,
# even if the output goes elsewhere.
if [ -t 0 ] && [ ! -t 1 ]; then
    exec </dev/null
fi
exec wine "$@"
