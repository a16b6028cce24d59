# SPDX-License-Identifier: MIT
# need PACKAGE...: installs the missing Debian packages, and prints their names.
# need_i386 PACKAGE...: the same for a list that contains NAME:i386; adds the
# foreign architecture.
# Sourced by demo.sh and test.sh.  On other systems install the libraries by
# hand; the scripts continue without a check.

need() {
    is_debian "$@" || return 0
    find_missing "$@"
    [ -n "$missing" ] || return 0
    echo "==> installing:$missing"
    become_root || return 1
    log=$(mktemp)
    update_lists
    if install_missing || install_aligned; then
        rm -f "$log"
    else
        tail -n 20 "$log" >&2
        rm -f "$log"
        return 1
    fi
}

need_i386() {
    is_debian "$@" || return 0
    find_missing "$@"
    [ -n "$missing" ] || return 0
    become_root || return 1
    case " $(dpkg --print-foreign-architectures | tr '\n' ' ')" in
    *" i386 "*) ;;
    *)
        echo "==> adding the foreign architecture i386, for 32-bit programs"
        echo "    (to undo: dpkg --remove-architecture i386, once its" \
             "packages are purged)"
        $as_root dpkg --add-architecture i386 || return 1
        ;;
    esac
    echo "==> installing:$missing"
    log=$(mktemp)
    update_lists
    if install_missing || install_aligned; then
        rm -f "$log"
    else
        tail -n 20 "$log" >&2
        rm -f "$log"
        return 1
    fi
}

is_debian() {
    command -v dpkg-query >/dev/null 2>&1 && return 0
    echo "not a Debian system: taking for granted: $*"
    return 1
}

find_missing() {
    missing=
    for package in "$@"; do
        case $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null) in
        *" installed") ;;
        *) missing="$missing $package" ;;
        esac
    done
}

become_root() {
    as_root=
    [ "$(id -u)" -ne 0 ] || return 0
    command -v sudo >/dev/null 2>&1 || {
        echo "run as root: apt-get install$missing" >&2
        return 1
    }
    as_root=sudo
}

# If an update fails in part (a mirror that is down, a foreign architecture),
# the lists are often still good enough.
update_lists() {
    $as_root apt-get update >"$log" 2>&1 || :
}

install_missing() {
    # shellcheck disable=SC2086 # words on purpose
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y \
        --no-install-recommends "$@" $missing >>"$log" 2>&1
}

# A library must have the same version for i386 and amd64, but the i386 index of
# an archive may be older.  So this call installs the versions of the release.
install_aligned() {
    preferences=$(mktemp)
    chmod a+r "$preferences"
    printf 'Package: *\nPin: release l=Debian\nPin-Priority: 1001\n' \
        >"$preferences"
    status=0
    install_missing --allow-downgrades \
        -o Dir::Etc::Preferences="$preferences" || status=$?
    rm -f "$preferences"
    return "$status"
}

build_packages="gcc libc6-dev cmake ninja-build pkg-config
    libncurses-dev libinih-dev liblua5.4-dev libutf8proc-dev libdwarf-dev"
linux32_packages="gcc-multilib libc6-dev-i386 lib32ncurses-dev
    libinih-dev:i386 liblua5.4-dev:i386 libutf8proc-dev:i386
    libdwarf-dev:i386 libcmocka-dev:i386"
# dpkg-dev unpacks the sources of libraries without a mingw package.
windows_packages="gcc-mingw-w64-x86-64-win32 gcc-mingw-w64-i686-win32
    dpkg-dev make xz-utils wine wine64 wine32:i386"
