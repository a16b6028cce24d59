#!/bin/sh
# SPDX-License-Identifier: MIT
# Builds static libraries for Windows that Debian does not package for mingw-w64:
# ncurses, Lua, cmocka, utf8proc.  The sources are Debian's, in the versions that
# are installed for Linux.  Builds once and keeps the result outside of the tree.
# Reads the apt configuration of the user and does not change it.
# usage: windows_libraries.sh TRIPLET           builds what is missing
#        windows_libraries.sh --where TRIPLET   prints the folder
# TRIPLET is x86_64-w64-mingw32 or i686-w64-mingw32.
set -eu
here=$(cd "$(dirname "$0")" && pwd)

recipe=1 # increment it when a change below changes the result

die() {
    echo "windows_libraries.sh: $*" >&2
    exit 1
}

# version PACKAGE: the version of the source package of an installed package.
version() {
    dpkg-query -W -f '${source:Version}\n' "$1" 2>/dev/null | head -n 1
}

ncurses=$(version libncurses-dev || :)
lua=$(version liblua5.4-dev || :)
cmocka=$(version libcmocka-dev || :)
utf8proc=$(version libutf8proc-dev || :)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/shmtop-tests

where=no
[ "${1-}" != --where ] || { where=yes; shift; }
triplet=${1:?names no triplet, see the head of the file}
key=ncurses-$ncurses-lua-$lua-cmocka-$cmocka-utf8proc-$utf8proc-$recipe
prefix=$cache/$triplet/$(printf %s "$key" | tr -c 'A-Za-z0-9.-' _)
if [ "$where" = yes ]; then
    echo "$prefix"
    exit
fi
[ ! -d "$prefix" ] || exit 0
[ -n "$ncurses" ] && [ -n "$lua" ] && [ -n "$cmocka" ] &&
    [ -n "$utf8proc" ] || die "install libncurses-dev, liblua5.4-dev," \
        "libcmocka-dev and libutf8proc-dev first"
command -v "$triplet-gcc" >/dev/null || die "$triplet-gcc is not installed"

mkdir -p "$cache/$triplet" "$cache/sources"
work=$(mktemp -d "$cache/$triplet/build.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
log=$work/log

# run COMMAND...: shows its output only if it fails.
run() {
    "$@" >"$log" 2>&1 || {
        tail -n 40 "$log" >&2
        die "failed: $*"
    }
}

# apt-get for source packages, with the archives of the system and a private
# state.
private_apt() {
    apt-get -q -o Dir::Etc::SourceList=/dev/null \
        -o Dir::Etc::SourceParts="$work/apt/sources" \
        -o Dir::State::Lists="$work/apt/lists" \
        -o Dir::Cache="$work/apt/cache" \
        -o Acquire::Languages=none -o APT::Sandbox::User= "$@"
}

prepare_apt() {
    mkdir -p "$work/apt/sources" "$work/apt/lists/partial" \
        "$work/apt/cache/archives/partial"
    cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null |
        sed -n 's/^[[:space:]]*deb\([[:space:]]\)/deb-src\1/p' \
            >"$work/apt/sources/one.list"
    for file in /etc/apt/sources.list.d/*.sources; do
        [ -f "$file" ] || continue
        sed 's/^[Tt]ypes:.*/Types: deb-src/' "$file" \
            >"$work/apt/sources/$(basename "$file")"
    done
    # This fails if one archive has no sources, which does not matter.
    private_apt update >"$log" 2>&1 || :
}

# source_of PACKAGE VERSION: unpacks its source to $work/PACKAGE.
source_of() {
    kept=$cache/sources/$1-$(printf %s "$2" | tr -c 'A-Za-z0-9.-' _)
    if [ ! -d "$kept" ]; then
        [ -d "$work/apt" ] || prepare_apt
        mkdir "$work/download"
        # shellcheck disable=SC2016 # $1 and $2 are the inner shell's
        (cd "$work/download" &&
            run private_apt source --download-only "$1=$2")
        mv -T "$work/download" "$kept" 2>/dev/null || rm -rf "$work/download"
    fi
    run dpkg-source --no-check -x "$kept"/*.dsc "$work/$1"
}

build_ncurses() {
    source_of ncurses "$ncurses"
    mkdir "$work/ncurses-build"
    cd "$work/ncurses-build"
    run ../ncurses/configure --build="$(gcc -dumpmachine)" --host="$triplet" \
        --prefix="$prefix" --enable-widec --enable-term-driver \
        --enable-sp-funcs --disable-database \
        --with-fallbacks=ms-terminal,xterm-256color \
        --disable-home-terminfo --without-shared --with-normal \
        --without-debug --without-ada --without-cxx --without-cxx-binding \
        --without-manpages --without-tests --without-progs \
        --without-pthread --enable-pc-files \
        --with-pkg-config-libdir="$prefix/lib/pkgconfig" \
        CFLAGS='-O2 -DNCURSES_STATIC'
    run make -j "$(nproc)" -C include
    run make -j "$(nproc)" -C ncurses
    run make DESTDIR="$work/root" -C include install
    run make DESTDIR="$work/root" -C ncurses install
    run make DESTDIR="$work/root" -C misc install.libs
    # Otherwise the header declares everything as imported from a DLL.
    sed -i 's/^Cflags:/& -DNCURSES_STATIC/' \
        "$work/root$prefix/lib/pkgconfig/ncursesw.pc"
}

# The makefile of Lua would build a DLL for Windows.
build_lua() {
    source_of lua5.4 "$lua"
    mkdir "$work/lua-build"
    cd "$work/lua-build"
    for file in ../lua5.4/src/*.c; do
        case ${file##*/} in
        lua.c | luac.c) ;;
        *) run "$triplet-gcc" -std=gnu99 -O2 -DLUA_COMPAT_5_3 -c "$file" ;;
        esac
    done
    mkdir -p "$work/root$prefix/include" "$work/root$prefix/lib/pkgconfig"
    run "$triplet-ar" rcs "$work/root$prefix/lib/liblua5.4.a" ./*.o
    for file in lua.h luaconf.h lualib.h lauxlib.h; do
        cp "../lua5.4/src/$file" "$work/root$prefix/include"
    done
    cat >"$work/root$prefix/lib/pkgconfig/lua5.4.pc" <<END
Name: Lua
Description: an embeddable language
Version: ${lua%%-*}
Cflags: -I$prefix/include
Libs: -L$prefix/lib -llua5.4 -lm
END
}

# build_with_cmake PACKAGE [OPTION...]
build_with_cmake() {
    package=$1
    shift
    cd "$work"
    run cmake -S "$package" -B "$package-build" -G Ninja \
        -DCMAKE_SYSTEM_NAME=Windows -DCMAKE_C_COMPILER="$triplet-gcc" \
        -DCMAKE_RC_COMPILER="$triplet-windres" -DCMAKE_BUILD_TYPE=Release \
        -DCMAKE_INSTALL_PREFIX="$prefix" -DCMAKE_INSTALL_LIBDIR=lib \
        -DBUILD_SHARED_LIBS=OFF "$@"
    run cmake --build "$package-build"
    run env DESTDIR="$work/root" cmake --install "$package-build"
}

echo "==> building for $triplet: ncurses $ncurses, Lua $lua," \
    "cmocka $cmocka, utf8proc $utf8proc"
build_ncurses
build_lua
source_of cmocka "$cmocka"
build_with_cmake cmocka -DWITH_EXAMPLES=OFF -DUNIT_TESTING=OFF \
    -DWITH_STATIC_LIB=ON
# Version 1.1.5 always builds the DLL, 1.1.7 builds libcmocka.a instead.
static=$work/root$prefix/lib/libcmocka-static.a
if [ -e "$static" ]; then
    mv "$static" "$work/root$prefix/lib/libcmocka.a"
    rm "$work/root$prefix/lib/libcmocka.dll.a" "$work/root$prefix/bin/cmocka.dll"
fi
source_of utf8proc "$utf8proc"
build_with_cmake utf8proc -DCMAKE_C_FLAGS=-DUTF8PROC_STATIC
sed -i 's/UTF8PROC_EXPORTS/UTF8PROC_STATIC/' \
    "$work/root$prefix/lib/pkgconfig/libutf8proc.pc"
mv -T "$work/root$prefix" "$prefix"
