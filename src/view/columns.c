/* SPDX-License-Identifier: MIT */
/* Chooses the table's columns for a width. The value is the last column to be
 * dropped. What is in them is drawn by table.c. */
#include "view/columns.h"

#include <string.h>

#define GAP 2
#define NAME_LEAST 12 /* only the value takes these from a name */
#define NAME_USABLE 4 /* a shorter part of a name is useless */
#define NAME_ROOMY 20 /* short names get this much if there is room */
#define TREND_LEAST 8
#define NARROW_TO 60  /* from here on rates come before long names, */
#define MIDDLE_TO 80  /* and from here on trends */
#define WIDE_FROM 104 /* wider tables show min, max and average */

const struct word_row column_words[] = {
    {"trend", COLUMN_TREND},
    {"name", COLUMN_NAME},
    {"value", COLUMN_VALUE},
    {"unit", COLUMN_UNIT},
    {"rate", COLUMN_RATE},
    {"age", COLUMN_AGE},
    {"min", COLUMN_MIN},
    {"max", COLUMN_MAX},
    {"average", COLUMN_AVERAGE},
    {"previous", COLUMN_PREVIOUS},
    {"baseline", COLUMN_BASELINE},
    {"difference", COLUMN_DIFFERENCE},
    {"alarm", COLUMN_ALARM},
    {"path", COLUMN_PATH},
    {"offset", COLUMN_OFFSET},
    {"type", COLUMN_TYPE},
    {"layout", ORDER_LAYOUT},
    {"recent", COLUMN_AGE},
    {NULL, 0},
};

static void add(struct column_list *list, enum column column)
{
    CHECK(list->count < COLUMN_COUNT);
    list->items[list->count++] = (unsigned char)column;
}

static bool has(const struct column_list *list, enum column column)
{
    return memchr(list->items, (int)column, (size_t)list->count);
}

struct column_list columns_default(int total)
{
    struct column_list list = {0};
    enum column last = total >= WIDE_FROM ? COLUMN_AVERAGE : COLUMN_AGE;
    for (enum column i = COLUMN_NAME; i <= last; i++)
        add(&list, i);
    return list;
}

bool columns_parse(struct column_list *out, const char *text, struct err *err)
{
    struct column_list list = {0};
    char word[16];
    for (const char *at = text + strspn(text, " ,"); *at;
         at += strspn(at, " ,")) {
        size_t len = strcspn(at, " ,");
        size_t fit = len < sizeof word ? len : sizeof word - 1;
        memcpy(word, at, fit);
        word[fit] = '\0';
        int column = len == fit ? word_find(column_words, word) : -1;
        if (column < 0 || column >= COLUMN_COUNT)
            return err_set(err, STATUS_DATA, "'%.*s' is not a column%s",
                           (int)(len < 40 ? len : 40), at,
                           word_hint_in(column_words, word).text);
        if (!has(&list, (enum column)column))
            add(&list, (enum column)column);
        at += len;
    }
    if (!has(&list, COLUMN_VALUE))
        add(&list, COLUMN_VALUE);
    if (!has(&list, COLUMN_NAME)) {
        memmove(list.items + 1, list.items, (size_t)list.count);
        list.items[0] = COLUMN_NAME;
        list.count++;
    }
    *out = list;
    return true;
}

void columns_put(struct buf *out, const struct column_list *list)
{
    for (int i = 0; i < list->count; i++)
        buf_printf(out, "%s%s", i ? " " : "",
                   word_of(column_words, list->items[i]));
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

/* Widens a column to `wish` if there is room; returns the room that is left. */
static int widen(struct columns *out, enum column column, int wish, int room)
{
    int more = least(wish - out->of[column].width, room);
    if (more <= 0 || !out->of[column].width)
        return room;
    out->of[column].width += more;
    return room - more;
}

/* Columns for marks on a screen of `total` columns: two for an alarm or a
 * state, one for a marked row. */
static int columns_prefix(int total)
{
    return total < 8 ? 0 : total < 24 ? 2 : 3;
}

static int width_of(enum column column, const struct column_wishes *wishes)
{
    switch (column) {
    case COLUMN_UNIT:
        return wishes->unit;
    case COLUMN_RATE:
        return 7;
    case COLUMN_TREND:
        return TREND_LEAST;
    case COLUMN_AGE:
        return 4;
    case COLUMN_ALARM:
        return 10;
    case COLUMN_PATH:
        return wishes->path;
    case COLUMN_OFFSET:
    case COLUMN_TYPE:
        return 8;
    default:
        return wishes->number;
    }
}

/* The columns other than name and value, while they fit. */
static int add_others(struct columns *out, const struct column_list *list,
                      const struct column_wishes *wishes, int room)
{
    for (int i = 0; i < list->count; i++) {
        enum column column = list->items[i];
        int width = width_of(column, wishes);
        if (column == COLUMN_NAME || column == COLUMN_VALUE)
            continue;
        /* A table whose names are cut gets no statistics; a narrow one gets
         * names and values first. */
        if (column == COLUMN_MIN ||
            (column == COLUMN_RATE && out->total < NARROW_TO) ||
            (column == COLUMN_TREND && out->total < MIDDLE_TO))
            room = widen(out, COLUMN_NAME, wishes->name, room);
        if (room < width + GAP)
            break;
        out->of[column].width = width;
        room -= width + GAP;
    }
    return room;
}

void columns_fit(struct columns *out, const struct column_list *list, int total,
                 const struct column_wishes *wishes)
{
    CHECK(total > 0 && wishes->value > 0);
    *out = (struct columns){.prefix = columns_prefix(total), .total = total};
    int room = total - out->prefix;
    int value = least(wishes->value, room);
    out->of[COLUMN_VALUE].width = value;
    room -= value;
    int name = least(least(wishes->name, NAME_LEAST), room - GAP);
    if (name >= NAME_USABLE || (name > 0 && name >= wishes->name)) {
        out->of[COLUMN_NAME].width = name;
        room -= name + GAP;
    }
    room = add_others(out, list, wishes, room);
    room = widen(out, COLUMN_NAME, wishes->name, room);
    room = widen(out, COLUMN_NAME, NAME_ROOMY, room);
    room = widen(out, COLUMN_PREVIOUS, wishes->value, room);
    room = widen(out, COLUMN_BASELINE, wishes->value, room);
    widen(out, COLUMN_TREND, TREND_MOST, room);
    int at = out->prefix;
    for (int i = 0; i < list->count; i++) {
        enum column column = list->items[i];
        out->of[column].at = at;
        if (out->of[column].width)
            at += out->of[column].width + GAP;
    }
}
