#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs a test in namespaces with shared memory of its own: an empty /dev/shm and
# no SysV segments.  The test sees and removes no names but its own, and others
# do not see those.
# usage: private_shm.sh [--hide FOLDER] COMMAND [ARGUMENT...]
# --hide puts an empty folder in place of FOLDER, too.  Exit code 77 with the
# reason where namespaces are not permitted.
set -eu

if [ "${1-}" = --inside ]; then
    # Mounts must not reach the machine's namespace.  In a chroot, / need not
    # be a mount point.
    mount --make-rprivate / 2>/dev/null || mount --make-private /dev/shm
    mount -t tmpfs -o mode=1777 private /dev/shm
    [ -z "$2" ] || mount -t tmpfs -o mode=755 private "$2"
    shift 2
    # An ordinary user has the rights for the mounts alone.
    [ "$(id -u)" -eq 0 ] ||
        set -- setpriv --ambient-caps=-all --inh-caps=-all "$@"
    PRIVATE_SHM=yes exec "$@"
fi

hide=
[ "$1" != --hide ] || { hide=$2; shift 2; }
reason=
for options in '' '--user --map-current-user --keep-caps'; do
    options="unshare $options --mount --ipc --propagation unchanged"
    # shellcheck disable=SC2086 # words on purpose
    if reason=$($options sh "$0" --inside "$hide" true 2>&1); then
        exec $options sh "$0" --inside "$hide" "$@"
    fi
done
echo "skip - no namespaces here: $reason" >&2
exit 77
