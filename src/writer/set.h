/* SPDX-License-Identifier: MIT */
/* Single changes of fields that a layout declares writable, in a mapping that
 * exists; writing all patterns again and again is writer.h. */
#ifndef SHMTOP_WRITER_SET_H
#define SHMTOP_WRITER_SET_H

#include "layout/layout.h"

/* One FIELD=VALUE for `set`. */
struct change {
    const char *path;
    const char *text;
};

/* Checks all changes (known path, writable, in range: STATUS_DATA or
 * STATUS_DENIED for a field that is not writable), then opens the
 * existing mapping for writing and stores them.  All or nothing. */
bool writer_set(const struct layout *layout, const char *target,
                const struct change *changes, size_t count, struct err *err);

#endif
