/* SPDX-License-Identifier: MIT */
/* `check --format json`: one JSON object for each layout, with its leaves and
 * its problems.  The JSON writer is base/json.h. */
#ifndef SHMTOP_CHECK_JSON_H
#define SHMTOP_CHECK_JSON_H

#include "check/abi_views.h"

/* Appends one JSON object on a line: all leaves in the order of the file, each
 * under every ABI with a sound view, and `problems`.  The layout of `views`,
 * from `file`, is NULL if it has errors; `many`: with a key "file". */
void check_put_json(struct buf *out, const char *file, bool many,
                    const struct abi_views *views,
                    const struct problems *problems);

#endif
