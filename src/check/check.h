/* SPDX-License-Identifier: MIT */
/*
 * The layout doctor: what `shmtop check` prints about a sound layout.
 */
#ifndef SHMTOP_CHECK_CHECK_H
#define SHMTOP_CHECK_CHECK_H

#include "check/abi_views.h"
#include "loader/overlap.h"

/* How the tables are shown. */
struct check_style {
    bool unfold;  /* every element of every array */
    bool one_abi; /* as the layout was loaded, even if that moves fields */
};

/* Appends the tables of `check` for a sound layout: a row a field (path,
 * offset, size, type, alignment, atomic for the producer's ABI), holes between
 * them as rows of their own, then a summary line and some on what the ABI does.
 * Where fields move, offset and size stand there for each ABI. */
void check_put_text(struct buf *out, const struct checkup *checkup,
                    const struct check_style *style);
/* The same as one JSON object on a line, with `problems` in it; the layout of
 * `checkup`, which is that of `file`, is NULL when it is unsound; `many`: with
 * a key "file". */
void check_put_json(struct buf *out, const char *file, bool many,
                    const struct checkup *checkup,
                    const struct problems *problems);

#endif
