/* SPDX-License-Identifier: MIT */
/* Finds fields whose place is stored in other fields.  The numbers there are
 * not trusted: every location lies within the mapping.  This is one
 * computation; keeping the result between frames is placement.h. */
#ifndef SHMTOP_LAYOUT_LOCATION_H
#define SHMTOP_LAYOUT_LOCATION_H

#include "layout/value.h"

enum location_state {
    LOCATION_UNREAD, /* a field that it depends on could not be read */
    LOCATION_KNOWN,
    LOCATION_ABSENT, /* its element is not below the count */
    LOCATION_BAD,    /* the fields' numbers are impossible */
};

/* Where a base is. */
struct location {
    enum location_state state;
    uint64_t at;   /* bytes from the mapping's start */
    uint64_t same; /* the same without the offset of the newest buffer: while
                      it does not change, the same record is there */
};

/* Reads field `field`, an integer at byte `at` of the mapping and within it.
 * False if it cannot be read now. */
typedef bool location_read_fn(void *user, uint32_t field, uint64_t at,
                              struct value *out);

/* What locations are computed from. */
struct location_view {
    const struct layout *layout;
    size_t mapping;  /* whose bases are located */
    uint64_t size;   /* bytes that the mapping has now */
    uint32_t newest; /* index of its newest buffer */
    location_read_fn *read;
    void *user;
};

/* The locations of all bases before anything was read: LOCATION_ABSENT for
 * elements of an array with a count field, else LOCATION_UNREAD. */
void locations_begin(const struct layout *layout, struct location *locations);

/* Locates each base of the mapping; `locations` has an item for each base of
 * the layout.  Returns the number of LOCATION_BAD ones, and appends a line
 * about the first of them to `why` if that is empty (and not NULL). */
size_t locations_find(const struct location_view *view,
                      struct location *locations, struct buf *why);

/* The offset of the field's first byte from the mapping's start.  `locations`
 * are those of locations_find, or NULL for a layout without bases.  False if
 * the base is not LOCATION_KNOWN. */
bool field_location(const struct field *field, const struct location *locations,
                    uint64_t *at);

/* The base that location_offset counts from: of the field's base and those
 * around it, the innermost that depends on the numbers in fields;
 * FIELD_NO_BASE: the mapping's start. */
uint32_t location_anchor(const struct layout *layout,
                         const struct field *field);
/* Bytes from there to the field. */
uint64_t location_offset(const struct layout *layout,
                         const struct field *field);
/* Appends the place of an anchor in terms of fields, such as
 * "header.entry_offset+2*header.entry_size"; nothing for FIELD_NO_BASE. */
void location_put_anchor(struct buf *out, const struct layout *layout,
                         uint32_t base);

#endif
