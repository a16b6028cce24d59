/* SPDX-License-Identifier: MIT */
/* Single changes of fields that a layout declares writable, in a mapping that
 * exists; writing all patterns again and again is writer.h. */
#ifndef SHMTOP_WRITER_SET_H
#define SHMTOP_WRITER_SET_H

#include "layout/layout.h"

/* One FIELD=VALUE. */
struct change {
    const char *path;
    const char *text;
};

/* Checks all changes, then opens the existing mapping for writing and stores
 * them; none if one is wrong.  STATUS_DATA for an unknown path or a value that
 * does not fit, STATUS_DENIED for a field that is not writable. */
bool writer_set(const struct layout *layout, const char *target,
                const struct change *changes, size_t count, struct err *err);

#endif
