/* SPDX-License-Identifier: MIT */
/* Chooses the table's columns for a width. The value is the last column to be
 * dropped. What is in them is drawn by draw_table.c. */
#include "ui/columns.h"

#include "base/err.h"

#define GAP 2
#define NAME_LEAST 12    /* only the value takes these from a name */
#define NAME_USABLE 4    /* a shorter part of a name is useless */
#define NAME_ROOMY 20    /* short names get this much if there is room */
#define MIN_MAX_FROM 110 /* wider screens show min and max */

static int least(int a, int b)
{
    return a < b ? a : b;
}

static void place(struct columns *out)
{
    int at = out->prefix;
    for (int i = 0; i < COLUMN_COUNT; i++) {
        out->of[i].at = at;
        if (out->of[i].width)
            at += out->of[i].width + GAP;
    }
}

/* Widens a column to `wish` if there is room; returns the room that is left. */
static int widen(struct columns *out, enum column column, int wish, int room)
{
    int more = least(wish - out->of[column].width, room);
    if (more <= 0)
        return room;
    out->of[column].width += more;
    return room - more;
}

/* Narrow screens save the blank after the marks. */
static int prefix_width(int total, bool alarms)
{
    if (total < 8)
        return 0;
    if (!alarms || total < 16)
        return COLUMNS_PREFIX;
    return total < 40 ? COLUMNS_PREFIX_ALARM - 1 : COLUMNS_PREFIX_ALARM;
}

void columns_fit(struct columns *out, int total, bool alarms, int name_wish,
                 int value_wish, int unit_wish)
{
    CHECK(total > 0 && value_wish > 0);
    *out = (struct columns){0};
    out->prefix = prefix_width(total, alarms);
    int room = total - out->prefix;
    int value = least(value_wish, room);
    out->of[COLUMN_VALUE].width = value;
    room -= value;
    int name = least(least(name_wish, NAME_LEAST), room - GAP);
    if (name >= NAME_USABLE || (name > 0 && name >= name_wish)) {
        out->of[COLUMN_FIELD].width = name;
        room -= name + GAP;
    }
    const int widths[COLUMN_COUNT] = {
        [COLUMN_UNIT] = unit_wish, [COLUMN_RATE] = 8, [COLUMN_TREND] = 8,
        [COLUMN_AGE] = 4,          [COLUMN_MIN] = 10, [COLUMN_MAX] = 10,
    };
    int shown = total >= MIN_MAX_FROM ? COLUMN_COUNT : COLUMN_MIN;
    /* A screen whose names are cut gets no min and max. */
    for (int i = COLUMN_UNIT; i < shown && room >= widths[i] + GAP; i++) {
        if (i == COLUMN_MIN)
            room = widen(out, COLUMN_FIELD, name_wish, room);
        if (room < widths[i] + GAP)
            break;
        out->of[i].width = widths[i];
        room -= widths[i] + GAP;
    }
    if (out->of[COLUMN_FIELD].width) {
        room = widen(out, COLUMN_FIELD, name_wish, room);
        room = widen(out, COLUMN_FIELD, NAME_ROOMY, room);
    }
    if (out->of[COLUMN_TREND].width)
        widen(out, COLUMN_TREND, TREND_MOST, room);
    place(out);
}
