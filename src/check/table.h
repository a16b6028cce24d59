/* SPDX-License-Identifier: MIT */
/*
 * A table of `check` while it is made: shared by check_columns.c, check_rows.c
 * and check_text.c.
 */
#ifndef SHMTOP_CHECK_TABLE_H
#define SHMTOP_CHECK_TABLE_H

#include "check/check.h"

/* One ABI, or some under which all is the same. */
struct column {
    const struct abi_view *view; /* NULL: the layout as it is */
    unsigned abis;               /* bits */
    uint64_t end;                /* bytes, of what was shown of the anchor */
    uint64_t from, gap;          /* of the hole that is shown */
};

struct table {
    const struct checkup *checkup;
    const struct layout *layout;
    const struct check_style *style;
    struct buf *out;
    struct buf type; /* reused */
    size_t mapping;
    struct column columns[ABI_COUNT];
    size_t column_count;
    bool beside;    /* ABIs side by side */
    bool marks;     /* some offsets are given and some are not */
    bool any_given; /* some are given */
    int path_width;
    int offset_width;
    int hex_width; /* digits */
    int size_width;
    int type_width;
    uint32_t anchor;
    uint64_t fields;
    uint64_t holes;
    uint64_t hole_bytes;
    uint64_t misaligned;
    uint64_t moving;
    const struct field *wide; /* one that only 64-bit producers write whole */
};

/* Chooses the columns and measures their widths. */
void table_measure(struct table *table);

/* The field's type in words, until the next call. */
const char *table_type(struct table *table, const struct field *field);
/* A leaf, and the bytes of the mapping, as a column shows them. */
struct leaf_place table_place(const struct table *table,
                              const struct column *column, size_t leaf);
uint64_t table_need(const struct table *table, const struct column *column);
/* Whether the field has a row in this mapping's table. */
bool table_has(const struct table *table, const struct field *field);

/* The rows of the fields and holes, in the order of places, counted. */
void table_put_rows(struct table *table);

/* The first column of a row, and the end of one without the blanks there. */
void table_put_path(struct table *table, const char *path);
void table_end_row(struct table *table);

#endif
