/* SPDX-License-Identifier: MIT */
/*
 * The outputs of `print`: pure functions from a layout and a sample into a
 * buffer.  A new format is one file and one row of output_table.
 */
#ifndef SHMTOP_OUTPUT_OUTPUT_H
#define SHMTOP_OUTPUT_OUTPUT_H

#include "sampler/sampler.h"

/* What to write, the same for all samples of a run. */
struct output_plan {
    const struct layout *layout;
    const uint32_t *fields; /* indices of the fields to show, in order */
    size_t field_count;
    bool raw;             /* stored numbers, unscaled, no enum labels */
    bool detail;          /* rate, age, ... beside each value */
    bool first_only;      /* one sample only (--once): text may skip what only
                             tells samples apart */
    size_t label_columns; /* set by begin; 0: found anew for each sample */
    bool marks;           /* set by begin: some field can be alarming */
};

struct output_ops {
    const char *name; /* for --format */
    /* Each appends to `out`; `begin`, once before the first sample, may note
     * in the plan what is the same for all of them, and is NULL when a format
     * has nothing to begin with. */
    void (*begin)(struct buf *out, struct output_plan *plan);
    void (*sample)(struct buf *out, const struct output_plan *plan,
                   const struct sample *sample);
};

/* Ends with a row whose name is NULL; the first row is the default. */
extern const struct output_ops output_table[];

/* The row with that name, or NULL. */
const struct output_ops *output_find(const char *name);
/* The nearest format name, or NULL. */
const char *output_nearest(const char *name);

/* Which fields --include and --exclude leave: those that match one of the
 * include globs (or all, if there is none) and no exclude glob, on their whole
 * path or their label; fields above `level` are left out.  `*out` is the
 * caller's to free(). */
size_t output_select(const struct layout *layout, enum detail_level level,
                     const char *const *include, size_t include_count,
                     const char *const *exclude, size_t exclude_count,
                     uint32_t **out);

#endif
