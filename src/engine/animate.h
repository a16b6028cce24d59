/* SPDX-License-Identifier: MIT */
/*
 * Writer patterns: what a field holds at a tick.  Pure functions of tick and
 * time, so that a run can be repeated.
 */
#ifndef SHMTOP_ENGINE_ANIMATE_H
#define SHMTOP_ENGINE_ANIMATE_H

#include "layout/value.h"

struct instant {
    uint64_t tick;      /* from 0 */
    int64_t elapsed_ns; /* since the first tick */
    int64_t wall_ns;
};

/* The value of `field` (index `index` in its layout, which seeds random and
 * walk and shifts the phase of array elements) at `now`; VALUE_NONE when it has no
 * pattern.  Text goes to `storage`, of field->size bytes.  Integers wrap at
 * the field's width; scaled fields are given in shown units. */
void animate_field(const struct field *field, size_t index,
                   const struct instant *now, uint8_t *storage,
                   struct value *out);

#endif
