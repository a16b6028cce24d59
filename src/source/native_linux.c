/* SPDX-License-Identifier: MIT */
/*
 * The mappings of Linux.
 */
#include "source/native.h"

const char *const native_prefix = "shm:";
const char *const native_prefixes = "shm: file: sysv: pid: mem:";

bool native_has(const struct target *target, struct err *err)
{
    if (target->kind != TARGET_MAP)
        return true;
    return err_set(err, STATUS_USAGE,
                   "named mappings ('%s') exist on Windows only; here write "
                   "shm:NAME or file:PATH",
                   target->text);
}
