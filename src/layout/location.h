/* SPDX-License-Identifier: MIT */
/*
 * Where fields stand whose place the mapping itself says.  Whatever the
 * mapping holds, a place that comes out of here lies within it.
 */
#ifndef SHMTOP_LAYOUT_LOCATION_H
#define SHMTOP_LAYOUT_LOCATION_H

#include "layout/value.h"

enum base_state {
    BASE_UNREAD, /* a field that says it could not be read */
    BASE_AT,
    BASE_ABSENT, /* its element is not below the count */
    BASE_BAD,    /* what the fields say cannot be */
};

/* Where a base is. */
struct base_place {
    enum base_state state;
    uint64_t at;   /* bytes from the mapping's start */
    uint64_t same; /* as `at`, but counted from the beginning of the newest
                      buffer, where there is one: while it stays, the same
                      record stands there */
};

/* Reads field `field`, which is an integer and stands `at` bytes behind the
 * mapping's start; its bytes are within the mapping.  False: not now. */
typedef bool bases_read_fn(void *user, uint32_t field, uint64_t at,
                           struct value *out);

/* What places are made of. */
struct bases_view {
    const struct layout *layout;
    size_t mapping; /* only bases of this one are looked at */
    uint64_t size;  /* bytes that it has now */
    uint32_t newest;
    bases_read_fn *read;
    void *user;
};

/* The places of all bases before anything was read: BASE_ABSENT for elements
 * of what has a count field, BASE_UNREAD for the rest. */
void bases_begin(const struct layout *layout, struct base_place *places);

/* Finds the place of each base of the mapping into its row of `places`, which
 * has one a base of the layout.  Returns how many are BASE_BAD, and then
 * puts one line about the first of them into `why` (empty; NULL: nowhere). */
size_t bases_find(const struct bases_view *view, struct base_place *places,
                  struct buf *why);

/* The place of a field: its first byte from the mapping's start.  `places` is
 * as bases_find made it, and may be NULL where the layout has no bases.  False
 * when the field is nowhere. */
bool field_place(const struct field *field, const struct base_place *places,
                 uint64_t *at);

#endif
