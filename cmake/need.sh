# SPDX-License-Identifier: MIT
# need PACKAGE...: installs the Debian packages that are missing, and says so.
# Sourced by demo.sh and test.sh.  On other systems install the named libraries
# by hand; the scripts go on when everything they call is there.

need() {
    if ! command -v dpkg-query >/dev/null 2>&1; then
        echo "not a Debian system: taking for granted: $*"
        return 0
    fi
    missing=
    for package in "$@"; do
        case $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null) in
        *" installed") ;;
        *) missing="$missing $package" ;;
        esac
    done
    [ -n "$missing" ] || return 0
    echo "==> installing:$missing"
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null 2>&1 || {
            echo "run as root: apt-get install$missing" >&2
            return 1
        }
        as_root=sudo
    fi
    log=$(mktemp)
    # An update that fails in part (a mirror that is down, a foreign
    # architecture) leaves lists that will often do.
    $as_root apt-get update >"$log" 2>&1 || :
    # shellcheck disable=SC2086 # words on purpose
    if $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y \
            --no-install-recommends $missing >>"$log" 2>&1; then
        rm -f "$log"
    else
        tail -n 20 "$log" >&2
        rm -f "$log"
        return 1
    fi
}

build_packages="gcc libc6-dev cmake ninja-build pkg-config
    libncurses-dev libinih-dev libutf8proc-dev"
