/* SPDX-License-Identifier: MIT */
/*
 * Joins a layout's mapping with a target.  Invariant: a target that was given
 * replaces the first mapping's and no other.  Opening is left to others.
 */
#include "engine/naming.h"

bool mapping_target(struct target *out, const struct layout *layout,
                    size_t index, const char *given, struct err *err)
{
    const char *name = layout->mappings[index].name;
    if (index == 0 && given != NULL)
        name = given;
    if (name == NULL)
        return err_set(err, STATUS_USAGE,
                       "%s: the layout names no mapping; add `name = ...` to "
                       "[mapping] or give one with --target",
                       layout->file);
    return target_parse(out, name, err);
}
