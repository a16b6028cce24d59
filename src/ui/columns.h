/* SPDX-License-Identifier: MIT */
/*
 * Which columns the table has at a width, and where.
 */
#ifndef SHMTOP_UI_COLUMNS_H
#define SHMTOP_UI_COLUMNS_H

#include <stdbool.h>

#define COLUMNS_PREFIX 2 /* the cursor's marker and the state's mark */
#define COLUMNS_PREFIX_ALARM                                                   \
    4 /* where values can be alarming: two marks, and                          \
         a blank */

#define TREND_MOST 24 /* cells of a trend at most, each a sample */

/* In the order of the screen; they drop from the right. */
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
    int prefix; /* 0 where the screen is too narrow for marks */
    struct {
        int at;
        int width; /* 0: not shown */
    } of[COLUMN_COUNT];
};

/* Places the columns on a screen of `total`: the value first gets what it
 * wishes, the name what remains of it, then one column after the other.
 * `alarms`: there is room for their marks to be made. */
void columns_fit(struct columns *out, int total, bool alarms, int name_wish,
                 int value_wish, int unit_wish);

#endif
