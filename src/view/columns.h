/* SPDX-License-Identifier: MIT */
/* The columns of the table: their words, which ones are shown, where they are.
 * What is in them is table_cell.c. */
#ifndef SHMTOP_VIEW_COLUMNS_H
#define SHMTOP_VIEW_COLUMNS_H

#include <stdbool.h>

#include "base/buf.h"
#include "layout/words.h"

#define TREND_MOST 60 /* cells of a trend at most */

enum column {
    COLUMN_NAME,
    COLUMN_VALUE,
    COLUMN_UNIT,
    COLUMN_RATE,
    COLUMN_TREND,
    COLUMN_AGE,
    COLUMN_MIN,
    COLUMN_MAX,
    COLUMN_AVERAGE,
    COLUMN_PREVIOUS,
    COLUMN_BASELINE,
    COLUMN_DIFFERENCE,
    COLUMN_ALARM,
    COLUMN_PATH,
    COLUMN_OFFSET,
    COLUMN_TYPE,
    COLUMN_COUNT,
};

/* The order of the rows is a column, or this: as in the layout. */
#define ORDER_LAYOUT COLUMN_COUNT

/* The words of the columns, then of the other orders: "layout", and "recent"
 * (as "age"). */
extern const struct word_row column_words[];
/* The words of the orders: there is none by the trend. */
#define sort_words (column_words + 1)

/* Which columns are shown, in which order. */
struct column_list {
    unsigned char items[COLUMN_COUNT]; /* enum column */
    int count;
};

/* The columns of a user who has not chosen any, for a table of `total`
 * columns of the screen. */
struct column_list columns_default(int total);

/* Reads "name value rate": words of columns. The name and the value are always
 * among them. STATUS_DATA. */
bool columns_parse(struct column_list *out, const char *text, struct err *err);
void columns_put(struct buf *out, const struct column_list *list);

/* The widths that the texts of a table want, in columns of the screen. */
struct column_wishes {
    int name, value, unit, number, path;
};

struct columns {
    int prefix; /* columns for marks before the first one */
    int total;
    struct {
        int at;
        int width; /* 0: not shown */
    } of[COLUMN_COUNT];
};

/* Places the columns of `list` on `total` columns of the screen: first the
 * value, then the name, then one after the other while they fit. */
void columns_fit(struct columns *out, const struct column_list *list, int total,
                 const struct column_wishes *wishes);

#endif
