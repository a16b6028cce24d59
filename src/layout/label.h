/* SPDX-License-Identifier: MIT */
/* Labels of fields, after the labels of the structs around them.  Names of
 * enum values are label_set.h. */
#ifndef SHMTOP_LAYOUT_LABEL_H
#define SHMTOP_LAYOUT_LABEL_H

#include "layout/value.h"

/* Appends the field's label after the labels of the structs around it, with the
 * index of an array ("Load [2]"); its path if none has a label.  `values` (one
 * a field, or NULL) replace {member} in a struct's label. */
void field_put_label(struct buf *out, const struct layout *layout, size_t index,
                     const struct value *values);

/* Appends the field's label without those of the structs around it: its own, or
 * its name; of an element of an array its index, "[2]". */
void field_put_short_label(struct buf *out, const struct layout *layout,
                           size_t index);

/* Appends the label of a struct (an index into layout->instances) without those
 * of the structs around it: "Station", "[2]", "[2] Pump north". */
void struct_put_label(struct buf *out, const struct layout *layout,
                      size_t instance, const struct value *values);

/* Which element the field is, of how many, counted through all arrays around
 * it; 0 of 1 for a scalar. */
void field_element(const struct layout *layout, size_t index, uint64_t *element,
                   uint64_t *count);

#endif
