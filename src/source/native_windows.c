/* SPDX-License-Identifier: MIT */
/*
 * The mappings of Windows.
 */
#include "source/native.h"

const char *const native_prefix = "map:";
const char *const native_prefixes = "map: file: mem:";

bool native_has(const struct target *target, struct err *err)
{
    switch (target->kind) {
    case TARGET_MAP:
    case TARGET_FILE:
    case TARGET_MEM:
        return true;
    default:
        return err_set(err, STATUS_USAGE,
                       "memory such as '%s' exists on Linux only; here write "
                       "map:NAME or file:PATH",
                       target->text);
    }
}
