/* SPDX-License-Identifier: MIT */
/* `check` as text: a table for each mapping, with a summary.  One table is
 * table.h, JSON is json.h. */
#ifndef SHMTOP_CHECK_TEXT_H
#define SHMTOP_CHECK_TEXT_H

#include "check/table.h"

/* Appends the tables of a layout without errors: a row for each field (path,
 * offset, size, type, alignment, whether it is atomic for the producer's ABI)
 * and each hole between fields, then a summary.  If fields move, a table has
 * offsets and sizes for each ABI. */
void check_put_text(struct buf *out, const struct abi_views *views,
                    const struct check_style *style);

#endif
