/* SPDX-License-Identifier: MIT */
/*
 * Writer patterns: what a field holds at a tick.  Pure functions of tick and
 * time, so that a run can be repeated.
 */
#ifndef SHMTOP_WRITER_PATTERN_VALUE_H
#define SHMTOP_WRITER_PATTERN_VALUE_H

#include "layout/value.h"

struct instant {
    uint64_t tick;      /* from 0 */
    int64_t elapsed_ns; /* since the first tick */
    int64_t wall_ns;
};

/* The value of field `index` of `layout` at `now`; VALUE_NONE when it has no
 * pattern.  The index seeds random and walk; the elements of an array of n
 * stand 1/n of a period, or one tick, apart.  Bytes of text go to `storage`,
 * of field->size bytes.  Integers wrap at the field's width; numbers of
 * scaled fields are given in shown units. */
void pattern_value(const struct layout *layout, size_t index,
                   const struct instant *now, uint8_t *storage,
                   struct value *out);

/* Whether the pattern gives the same value at every instant, so that writing
 * it once is enough. */
bool pattern_is_constant(const struct field *field);

#endif
