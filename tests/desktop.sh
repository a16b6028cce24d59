#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Runs a Windows program on a desktop of its own, with an X server that nobody
# sees, so that it can have a console window; without one where there is no
# Xvfb.  Shows its output and ends with its status.
# usage: desktop.sh WINE.sh PREFIX PROGRAM.exe [ARGUMENT...]
set -u -o pipefail
wine=("$1" "$2")
shift 2
command -v Xvfb >/dev/null || exec sh "${wine[@]}" "$@"

work=$(mktemp -d)
server=
finish() {
    local status=$?
    trap - EXIT
    if [ -n "$server" ]; then
        kill "$server" 2>/dev/null
        wait "$server" 2>/dev/null
    fi
    rm -rf "$work"
    exit "$status"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM

mkfifo "$work/display"
Xvfb -displayfd 3 -nolisten tcp -screen 0 1280x1024x24 3>"$work/display" \
    >/dev/null 2>"$work/log" &
server=$!
# Its end closes the pipe, so this ends, too.
if ! read -r display <"$work/display" || [ -z "$display" ]; then
    echo "Xvfb does not start"
    cat "$work/log"
    exit 1
fi

# Wine gives each process the desktop of its parent, and the first one of all
# has none.  The desktop's own program keeps the status for itself, and that of
# Wine 10 the output, too: both go to files.
windows_path() { printf 'Z:%s' "${1//\//\\}"; }
cat >"$work/run.cmd" <<END
@echo off
$(for word; do
    case $word in
    /*) word=$(windows_path "$word") ;;
    esac
    printf '"%s" ' "$word"
done) >"$(windows_path "$work/output")" 2>&1
echo %errorlevel% >"$(windows_path "$work/status")"
END
WINE_DISPLAY=:$display sh "${wine[@]}" explorer \
    "/desktop=shmtop-$$,1280x1024" \
    cmd /c "$(windows_path "$work/run.cmd")" \
    </dev/null >"$work/log" 2>&1
cat "$work/output" 2>/dev/null || cat "$work/log"
status=$(tr -cd '0-9-' 2>/dev/null <"$work/status")
exit "${status:-1}"
