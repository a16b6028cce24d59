/* SPDX-License-Identifier: MIT */
/* Which values a field may be given, and which one is the next: for `set` and
 * the keys of the dashboard.  Storing them is writer/set.h. */
#ifndef SHMTOP_LAYOUT_VALUE_CHANGE_H
#define SHMTOP_LAYOUT_VALUE_CHANGE_H

#include "layout/value.h"

/* False with STATUS_DENIED and the line of the layout, unless the layout
 * declares the field writable. */
bool change_check_writable(const struct field *field, struct err *err);
/* False with STATUS_DATA if the value is not in the range of `writable`. */
bool change_check_range(const struct field *field, const struct value *value,
                        struct err *err);

/* The value one step above or below `now`: an integer by 1 as it is stored, an
 * enum to the next or previous label, a bool to true or false, a real number to
 * the next multiple of change_real_step.  A step of a real number that would
 * leave the range of `writable` ends at its end.  False with STATUS_DATA for
 * text, bytes, GUIDs, flags and NaN, and if there is no such value. */
bool change_step(const struct field *field, const struct value *now, bool up,
                 struct value *out, struct err *err);
/* The step of a real field at `number` (shown units): one unit of the last
 * decimal of `precision`; else a 100th of the range of `writable`, else of
 * min..max, else of the number (of 1 if that is 0), rounded to 1, 2 or 5 times
 * a power of ten. */
double change_real_step(const struct field *field, double number);

/* What can be toggled in a field. */
enum change_flip {
    FLIP_NONE,
    FLIP_ONE,  /* there is only one thing: a bool, a bit field of one bit, one
                  flag, an enum of two values */
    FLIP_FLAG, /* a flag, by its name */
    FLIP_BIT,  /* a bit, by its number */
};
enum change_flip change_flip_of(const struct field *field);

/* Toggles what `which` names: a flag or the number of a bit; ignored if there
 * is only one thing.  `*bits` are those that change, from bit 0 of the value;
 * 0: the value changes as a whole.  False with STATUS_DATA. */
bool change_flip(const struct field *field, const struct value *now,
                 const char *which, struct value *out, uint64_t *bits,
                 struct err *err);

#endif
