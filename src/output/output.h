/* SPDX-License-Identifier: MIT */
/* The outputs of `print`: functions from a layout and a sample to a buffer. A
 * new format is a file and a row of output_table. */
#ifndef SHMTOP_OUTPUT_OUTPUT_H
#define SHMTOP_OUTPUT_OUTPUT_H

#include "sampler/sampler.h"

/* What to write; the same for all samples of a run. */
struct output_plan {
    const struct layout *layout;
    const uint32_t *fields; /* indices of the fields to show, in order */
    size_t field_count;
    bool raw;             /* stored numbers, unscaled, no enum labels */
    bool detail;          /* rate, age, ... beside each value */
    bool empty_held;      /* a held value is written as a missing one */
    bool first_only;      /* one sample only (--once): no time in text */
    size_t label_columns; /* set by begin; 0: found again for each sample */
    bool marks;           /* set by begin: some field has limits */
};

struct output_ops {
    const char *name; /* for --format */
    bool empty_held;  /* the default of the plan's */
    /* Both append to `out`. `begin` is called once, before the first sample;
     * it may be NULL. */
    void (*begin)(struct buf *out, struct output_plan *plan);
    void (*sample)(struct buf *out, const struct output_plan *plan,
                   const struct sample *sample);
};

/* Ends with a row whose name is NULL; the first row is the default. */
extern const struct output_ops output_table[];

/* The format of that name, or NULL. */
const struct output_ops *output_find(const char *name);
/* The nearest format name, or NULL. */
const char *output_nearest(const char *name);

/* Selects the fields up to `level` whose path, label or group matches one of
 * the include globs (if there are any) and no exclude glob. Returns how many;
 * `*out` is the caller's to free(). */
size_t output_select(const struct layout *layout, enum detail_level level,
                     const char *const *include, size_t include_count,
                     const char *const *exclude, size_t exclude_count,
                     uint32_t **out);

#endif
