#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The zip for Windows: what is in it, that the program needs nothing but
# Windows, and that it works wherever it is unpacked.
# usage: package_windows.sh SOURCE_ROOT BUILD_DIR OBJDUMP [EMULATOR...]
set -u -o pipefail
export LC_ALL=C.UTF-8
root=$1 build=$2 objdump=$3
emulator=("${@:4}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

same() { # WHAT GOT WANTED
    if [ "$2" = "$3" ]; then
        echo "ok - $1"
    else
        printf 'not ok - %s\n# got    %s\n# wanted %s\n' "$1" "$2" "$3"
        failures=$((failures + 1))
    fi
}

cpack --config "$build/CPackConfig.cmake" -B "$work" >"$work/log" 2>&1 || {
    cat "$work/log"
    exit 1
}
place="$work/Träger 20 €"
mkdir "$place"
(cd "$place" && cmake -E tar xf "$work"/shmtop-*.zip)
cd "$place"/shmtop-* || exit 1

same "the files in it" "$(find . -type f | sort | tr '\n' ' ')" "$({
    printf './%s\n' LICENSE NEWS.md README.md config/shmtop.ini shmtop.exe
    cd "$root" && find ./layouts -name '*.ini'
} | sort | tr '\n' ' ')"

system=' advapi32 kernel32 msvcrt ntdll shell32 user32 winmm '
foreign=
for dll in $("$objdump" -p shmtop.exe | sed -n 's/.*DLL Name: *//p' |
    tr '[:upper:]' '[:lower:]'); do
    case $system in
    *" ${dll%.dll} "*) ;;
    *) foreign="$foreign $dll" ;;
    esac
done
same "no DLL but those of Windows" "$foreign" ""
same "UTF-8 and long paths in the manifest" \
    "$(grep -aoE '>UTF-8<|>true</longPathAware' shmtop.exe | tr '\n' ' ')" \
    ">UTF-8< >true</longPathAware "

program=$PWD/shmtop.exe
run() {
    "${emulator[@]}" "$program" "$@" 2>&1 </dev/null
}
version=$(sed -n 's/^project(shmtop VERSION \([0-9.]*\).*/\1/p' \
    "$root/CMakeLists.txt")
same "it runs" "$(run --version | head -n 1)" "shmtop $version"

mkdir "$work/elsewhere" && cd "$work/elsewhere" || exit 1
printf 'size 64\nset 0 2a00000000000000\nframe\n' >pümp.mem
value='s/.*"counter": *\([0-9]*\).*/\1/p'
same "layouts beside it have names, arguments are UTF-8" \
    "$(run print --once --format json --target mem:pümp.mem test_memory |
        sed -n "$value")" 42
cp "$root/layouts/test_memory.ini" 'Größe €.ini'
same "files have any name" \
    "$(run print --once --format json --target mem:pümp.mem 'Größe €.ini' |
        sed -n "$value")" 42
exit $((failures > 0))
