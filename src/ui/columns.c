/* SPDX-License-Identifier: MIT */
/*
 * The table's columns.  Invariant: shown columns lie side by side with a gap
 * between, inside the screen, and the value is the last to go.
 */
#include "ui/columns.h"

#include <string.h>

#define GAP 2
#define NAME_LEAST 12    /* a name gives this up only to the value */
#define NAME_USABLE 4    /* fewer columns of a name tell nothing */
#define NAME_ROOMY 20    /* a narrow name column still gets so much air */
#define MIN_MAX_FROM 110 /* screens as wide as this show min and max */

static int least(int a, int b)
{
    return a < b ? a : b;
}

static int most(int a, int b)
{
    return a > b ? a : b;
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

/* Takes up to `wish` more columns for a column that is shown. */
static int widen(struct columns *out, enum column column, int wish, int room)
{
    int more = least(most(wish - out->of[column].width, 0), room);
    out->of[column].width += more;
    return room - more;
}

/* Narrow screens save the blank behind the marks. */
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
    memset(out, 0, sizeof *out);
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
    /* Names before extras: a screen whose names are cut gets no min and max. */
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
