/* SPDX-License-Identifier: MIT */
/* Which columns the table has at a width, and where they are. */
#ifndef SHMTOP_UI_COLUMNS_H
#define SHMTOP_UI_COLUMNS_H

#include <stdbool.h>

/* Columns before the first one: the cursor and one mark, or, with alarms, the
 * cursor, two marks and a blank. */
#define COLUMNS_PREFIX 2
#define COLUMNS_PREFIX_ALARM 4

#define TREND_MOST 24 /* cells of a trend at most, one a sample */

/* In the order of the screen. The last ones are dropped first. */
enum column {
    COLUMN_FIELD,
    COLUMN_VALUE,
    COLUMN_UNIT,
    COLUMN_RATE,
    COLUMN_TREND,
    COLUMN_AGE,
    COLUMN_MIN,
    COLUMN_MAX,
    COLUMN_COUNT,
};

struct columns {
    int prefix; /* 0: the screen is too narrow for marks */
    struct {
        int at;
        int width; /* 0: not shown */
    } of[COLUMN_COUNT];
};

/* Places the columns on a screen of `total` columns, in this order: the value,
 * the name, then one column after the other while they fit. `alarms`: the marks
 * of alarms need room. */
void columns_fit(struct columns *out, int total, bool alarms, int name_wish,
                 int value_wish, int unit_wish);

#endif
