/* SPDX-License-Identifier: MIT */
/* What a field with a `write` pattern holds at a tick: a function of tick and
 * time, so a run can be repeated.  Parsing patterns is loader/pattern.c. */
#ifndef SHMTOP_WRITER_PATTERN_VALUE_H
#define SHMTOP_WRITER_PATTERN_VALUE_H

#include "layout/value.h"

struct instant {
    uint64_t tick;      /* from 0 */
    int64_t elapsed_ns; /* since the first tick */
    int64_t wall_ns;
};

/* The value of field `index` of `layout` at `now`; VALUE_NONE if it has no
 * pattern.  The index seeds random and walk; the n elements of an array are 1/n
 * of a period, or one tick, apart.  Integers wrap at the field's width; numbers
 * of scaled fields are in shown units.  Bytes of text go to `storage`, of
 * field->size bytes. */
void pattern_value(const struct layout *layout, size_t index,
                   const struct instant *now, uint8_t *storage,
                   struct value *out);

/* The integer that is left of `bits` at the width of `field`. */
void pattern_wrap(const struct field *field, uint64_t bits, struct value *out);

/* Whether the pattern gives the same value at every instant: it is written
 * once. */
bool pattern_is_constant(const struct field *field);

#endif
