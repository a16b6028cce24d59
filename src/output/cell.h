/* SPDX-License-Identifier: MIT */
/*
 * What the data formats (JSON, CSV) share: a value as bare text, and which
 * sort of text it is, so that each format only adds its own quotes.
 */
#ifndef SHMTOP_OUTPUT_CELL_H
#define SHMTOP_OUTPUT_CELL_H

#include "sampler/sampler.h"

enum cell {
    CELL_NONE,  /* nothing was appended: missing, NaN or infinite */
    CELL_PLAIN, /* a number, true or false */
    CELL_TEXT,  /* clean UTF-8, to be quoted */
    CELL_NAMES, /* nothing was appended: see cell_put_name */
};

/* Appends the value of `field` as programs want it: integers exact at every
 * width, other numbers in the fewest digits that read back, true or false,
 * text, the label of an enum, hex digits for bytes.  `raw` asks for what is
 * stored: numbers unscaled and without labels, all else as the hex digits of
 * field->size bytes. */
enum cell cell_put(struct buf *out, const struct field *field,
                   const struct value *value, bool raw);

/* For CELL_NAMES: appends the name of the first flag in `*bits`, which the
 * caller starts with cell_bits, and takes it out of them: "overheat", "zone=3"
 * where several bits have one name, the rest without a name as "0x8000".
 * False when none is left. */
bool cell_put_name(struct buf *out, const struct field *field, uint64_t *bits);
uint64_t cell_bits(const struct field *field, const struct value *value);

/* Appends a statistic of `field` (minimum, rate) in as few digits as its
 * values have. */
enum cell cell_put_number(struct buf *out, const struct field *field,
                          double number);

/* What --detail adds to a value, one row a column in the order in which they
 * are written. */
struct cell_detail {
    const char *name;
    enum cell (*put)(struct buf *out, const struct field *field,
                     const struct sample *sample, size_t index);
};

/* Ends with a row whose name is NULL. */
extern const struct cell_detail cell_details[];

/* "warn" and "crit" by enum alarm_level; NULL for none. */
extern const char *const cell_alarms[];

/* Puts quotes around what `out` holds from `start` on, and `escape` before
 * each quote and each `escape` in it. */
void cell_quote(struct buf *out, size_t start, char escape);

#endif
