/* SPDX-License-Identifier: MIT */
/* The names that [enum NAME] and [flags NAME] give to values; reading the
 * sections is loader/label_sections.h. */
#ifndef SHMTOP_LAYOUT_LABEL_SET_H
#define SHMTOP_LAYOUT_LABEL_SET_H

#include "layout/layout.h"

/* The layout's enum (or flags) of that name, or NULL. */
const struct label_set *label_set_find(const struct layout *layout,
                                       const char *name, bool flags);
/* The name of the layout's enum or flags nearest to a mistyped one, or NULL. */
const char *label_set_nearest(const struct layout *layout, const char *name,
                              bool flags);

/* The row of an enum in which the value is (a 64-bit pattern), or NULL. */
const struct label_row *label_set_row(const struct label_set *set,
                                      uint64_t bits);
/* The first row whose label is the `len` bytes at `label`, or NULL. */
const struct label_row *label_set_row_of(const struct label_set *set,
                                         const char *label, size_t len);
/* The label of the set nearest to a mistyped one, or NULL. */
const char *label_set_nearest_label(const struct label_set *set,
                                    const char *label);

/* Mask of the bits that this row of flags covers. */
uint64_t label_row_mask(const struct label_row *row);
/* Appends the next name of the flags in `*bits` and removes its bits from
 * them: "overheat", "zone=3" for a row of several bits, and at last "0x80" for
 * bits without a name.  False if no bit is left. */
bool label_set_put_flag(struct buf *out, const struct label_set *set,
                        uint64_t *bits);

#endif
