/* SPDX-License-Identifier: MIT */
/* A table of `check` while it is made: its columns and its rows.  What is
 * above and below them is text.h. */
#ifndef SHMTOP_CHECK_TABLE_H
#define SHMTOP_CHECK_TABLE_H

#include "check/abi_views.h"

/* How tables are shown. */
struct check_style {
    bool unfold;  /* every element of every array */
    bool one_abi; /* as the layout was loaded, even if that moves fields */
};

/* One ABI, or several under which everything is the same. */
struct column {
    const struct abi_view *view;
    unsigned abis;      /* bits; 0: as the layout was loaded */
    uint64_t end;       /* bytes from the anchor that are shown so far */
    uint64_t from, gap; /* bytes: the hole before the next row */
};

struct table {
    const struct abi_views *views;
    const struct layout *layout;
    const struct check_style *style;
    struct buf *out;
    struct buf type; /* reused */
    size_t mapping;
    struct column columns[ABI_COUNT];
    size_t column_count;
    bool beside; /* ABIs side by side */
    bool marks;  /* "@" marks given offsets: some are given and some not */
    int path_width;
    int offset_width;
    int hex_width; /* digits */
    int size_width;
    int type_width;
    uint32_t anchor; /* of the rows, see location_anchor */
    /* Counted by table_put_rows: */
    uint64_t fields;
    uint64_t holes;
    uint64_t hole_bytes;
    uint64_t misaligned;
    uint64_t moving;
    const struct field *wide; /* one that only 64-bit producers write whole */
};

/* Chooses the columns and measures their widths. */
void table_measure(struct table *table);

/* The rows of the fields and of the holes between them, in the order of
 * places. */
void table_put_rows(struct table *table);

/* The first cell of a row. */
void table_put_path(struct table *table, const char *path);
/* The end of a row, without blanks at its end. */
void table_end_row(struct table *table);

#endif
