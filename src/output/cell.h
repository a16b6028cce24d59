/* SPDX-License-Identifier: MIT */
/* Values for the data formats: the text is the same in JSON and CSV, and a
 * struct cell_format gives what differs: quotes, missing values, flags. */
#ifndef SHMTOP_OUTPUT_CELL_H
#define SHMTOP_OUTPUT_CELL_H

#include "output/output.h"

enum cell {
    CELL_NONE,  /* nothing was appended: missing, NaN or infinite */
    CELL_PLAIN, /* a number, true or false */
    CELL_TEXT,  /* clean UTF-8, to be quoted */
    CELL_FLAGS, /* nothing was appended: the value is a set of flags */
};

struct cell_format {
    const char *missing; /* in place of a value: "null" */
    /* Quotes what `out` holds from `start` on, if the format needs it. */
    void (*quote)(struct buf *out, size_t start);
    const char *flags_open, *flags_close; /* around the names of flags */
    char flags_between;
    bool quote_each_flag; /* else the names together are one text */
    /* Appends what comes before the detail `name`. */
    void (*begin_detail)(struct buf *out, const char *name);
};

/* Appends the value of field `index` in the plan's form, raw or not. */
void cell_put_value(struct buf *out, const struct cell_format *format,
                    const struct output_plan *plan, const struct sample *sample,
                    size_t index);
/* Appends all details of field `index`, in the order of cell_details. */
void cell_put_details(struct buf *out, const struct cell_format *format,
                      const struct output_plan *plan,
                      const struct sample *sample, size_t index);

/* Appends the value of `field` without quotes: integers exact at every width,
 * other numbers in the fewest digits that read back, true or false, text, the
 * label of an enum, hex digits for bytes. `raw`: as stored, numbers unscaled
 * and without labels, all else as the hex digits of field->size bytes. */
enum cell cell_put(struct buf *out, const struct field *field,
                   const struct value *value, bool raw);
/* Appends a statistic of `field` (minimum, maximum) in as few digits as its
 * values have. */
enum cell cell_put_number(struct buf *out, const struct field *field,
                          double number);

/* The names of what --detail adds to a value; ends with NULL. */
extern const char *const cell_details[];
/* "warn" and "crit" by enum alarm_level; NULL for none. */
extern const char *const cell_alarms[];

#endif
