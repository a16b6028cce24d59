/* SPDX-License-Identifier: MIT */
/* The lists to choose from: the order of the rows or of a table, and the
 * columns. What is chosen is shown at once. */
#include <string.h>

#include "draw/key_code.h"
#include "view/row_text.h"
#include "view/rows.h"
#include "view/view_private.h"

/* Orders by a column: the words but the other ones, "layout" and "recent". */
#define ORDER_COUNT (COLUMN_COUNT - 1)

/* --- orders --------------------------------------------------------------- */

static uint32_t members_of(const struct view *view)
{
    const struct heading *element =
        &view->tree.headings[view->picker_table + 1];
    return element->end - element->first;
}

/* The member of a table that line `line` is about: the columns of the table
 * from line 1 on; LEAF_NONE: its index, or there is no such line. */
static uint32_t order_member(const struct view *view, int line)
{
    for (uint32_t i = 0; i < members_of(view); i++)
        if (member_is_column(view, view->picker_table, i) && --line == 0)
            return i;
    return LEAF_NONE;
}

/* Line 0 is the order of the layout, or the index of a table. */
static int order_line(const struct view *view)
{
    if (view->picker_table != HEADING_NONE) {
        uint32_t member = view->tree.headings[view->picker_table].sort_member;
        for (int i = 1; order_member(view, i) != LEAF_NONE; i++)
            if (order_member(view, i) == member)
                return i;
        return 0;
    }
    for (int i = 0; i < ORDER_COUNT; i++)
        if (sort_words[i].value == (int)view->order)
            return i + 1;
    return 0;
}

static int order_count(const struct view *view)
{
    int count = 1;
    if (view->picker_table == HEADING_NONE)
        return ORDER_COUNT + 1;
    while (order_member(view, count) != LEAF_NONE)
        count++;
    return count;
}

static void choose_order(struct view *view)
{
    bool again = order_line(view) == view->picker_at;
    int line = view->picker_at;
    view->rows_stale = true;
    if (view->picker_table != HEADING_NONE) {
        struct heading *array = &view->tree.headings[view->picker_table];
        array->reverse = again && line > 0 && !array->reverse;
        array->sort_member = order_member(view, line);
        return;
    }
    /* Who is at the top wants to see what comes first. */
    if (view->row_count > 0 && view->cursor == view->pinned) {
        view->has_place = false;
        view->row_count = 0;
        view->cursor = view->pinned;
    }
    view->reverse = again && line > 0 && !view->reverse;
    view->order = line ? (unsigned)sort_words[line - 1].value : ORDER_LAYOUT;
}

static void put_order(struct buf *out, const struct view *view, int line)
{
    bool table = view->picker_table != HEADING_NONE;
    if (line == 0)
        buf_puts(out, table ? "index" : "as in the layout");
    else if (table)
        leaf_put_member_label(
            out, view,
            view->tree.headings[view->picker_table + 1].first +
                order_member(view, line),
            view->picker_table + 1);
    else
        buf_puts(out, sort_words[line - 1].word);
}

/* --- columns -------------------------------------------------------------- */

static void begin_columns(struct view *view, const struct column_list *shown)
{
    view->picker_before = view->columns;
    view->picking = *shown;
    memset(view->picked, 0, sizeof view->picked);
    for (int i = 0; i < shown->count; i++)
        view->picked[shown->items[i]] = true;
    for (int i = 0; i < COLUMN_COUNT; i++)
        if (!view->picked[i])
            view->picking.items[view->picking.count++] = (unsigned char)i;
}

static void take_columns(struct view *view)
{
    view->columns.count = 0;
    for (int i = 0; i < COLUMN_COUNT; i++)
        if (view->picked[view->picking.items[i]])
            view->columns.items[view->columns.count++] = view->picking.items[i];
}

static void toggle_column(struct view *view)
{
    unsigned char column = view->picking.items[view->picker_at];
    if (column == COLUMN_NAME || column == COLUMN_VALUE) {
        view_set_message(view, "name and value are always shown");
        return;
    }
    view->picked[column] = !view->picked[column];
    take_columns(view);
}

static void move_column(struct view *view, int step)
{
    int to = view->picker_at + step;
    unsigned char *items = view->picking.items;
    if (to < 0 || to >= COLUMN_COUNT)
        return;
    unsigned char moved = items[view->picker_at];
    items[view->picker_at] = items[to];
    items[to] = moved;
    view->picker_at = to;
    take_columns(view);
}

/* What was chosen and is not on the screen: columns give way from the end on.
 */
static void say_no_room(struct view *view, const struct columns *columns)
{
    struct buf names = {0};
    for (int i = 0; i < view->columns.count; i++) {
        unsigned char column = view->columns.items[i];
        if (!columns->of[column].width)
            buf_printf(&names, "%s%s", names.len ? ", " : "",
                       word_of(column_words, column));
    }
    if (names.len)
        view_set_message(view, "no room for %s: hide others, or move it left",
                         names.data);
    buf_free(&names);
}

/* --- both ----------------------------------------------------------------- */

void view_picker_open(struct view *view, struct view_fit *fit,
                      enum picker picker)
{
    CHECK(picker != PICKER_NONE);
    view->picker = picker;
    view->picker_at = 0;
    if (picker == PICKER_ORDER) {
        view->picker_table = view_table_to_order(view);
        view->picker_at = order_line(view);
        return;
    }
    struct column_list shown = view->columns;
    if (!shown.count)
        shown = columns_default(fit->columns.total);
    begin_columns(view, &shown);
}

int view_picker_count(const struct view *view)
{
    return view->picker == PICKER_ORDER ? order_count(view) : COLUMN_COUNT;
}

bool view_picker_put(struct buf *out, const struct view *view, int index)
{
    CHECK(index >= 0 && index < view_picker_count(view));
    if (view->picker == PICKER_ORDER) {
        put_order(out, view, index);
        return index == order_line(view);
    }
    buf_puts(out, word_of(column_words, view->picking.items[index]));
    return view->picked[view->picking.items[index]];
}

static bool move_line(struct view *view, enum action action)
{
    int last = view_picker_count(view) - 1;
    int at = view->picker_at;
    switch (action) {
    case ACTION_DOWN:
        at++;
        break;
    case ACTION_UP:
        at--;
        break;
    case ACTION_PAGE_DOWN:
    case ACTION_HALF_DOWN:
        at += 5;
        break;
    case ACTION_PAGE_UP:
    case ACTION_HALF_UP:
        at -= 5;
        break;
    case ACTION_FIRST:
        at = 0;
        break;
    case ACTION_LAST:
        at = last;
        break;
    default:
        return false;
    }
    view->picker_at = at < 0 ? 0 : at > last ? last : at;
    return true;
}

void view_picker_key(struct view *view, const struct view_fit *fit, int key)
{
    enum action action = key_map_action(&view->key_map, key);
    bool columns = view->picker == PICKER_COLUMNS;
    if (move_line(view, action))
        return;
    if (columns && action == ACTION_LEFT)
        move_column(view, -1);
    else if (columns && action == ACTION_RIGHT)
        move_column(view, 1);
    else if (columns && action == ACTION_HOLD)
        toggle_column(view);
    else if (action == ACTION_OPEN || (!columns && action == ACTION_HOLD)) {
        if (columns)
            say_no_room(view, &fit->columns);
        else
            choose_order(view);
        view->picker = PICKER_NONE;
    } else if (action == ACTION_CANCEL || action == ACTION_QUIT ||
               action == ACTION_SORT || action == ACTION_COLUMNS) {
        if (columns && action != ACTION_COLUMNS)
            view->columns = view->picker_before;
        view->picker = PICKER_NONE;
    }
}
