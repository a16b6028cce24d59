/* SPDX-License-Identifier: MIT */
/* The keys of the table. Which fields are its rows is decided in rows.c, what
 * it looks like in table.c. */
#include <stdlib.h>

#include "base/mem.h"
#include "layout/words.h"
#include "view/row_text.h"
#include "view/rows.h"
#include "view/view_private.h"

static struct row *cursor_row(struct view *view)
{
    return view->cursor < view->row_count ? &view->rows[view->cursor] : NULL;
}

/* The heading that the cursor is on, or NULL. */
static struct heading *cursor_heading(struct view *view)
{
    const struct row *row = cursor_row(view);
    return row && row->kind == ROW_HEADING ? &view->tree.headings[row->at]
                                           : NULL;
}

static void go_to_heading(struct view *view, uint32_t heading)
{
    while (heading != HEADING_NONE) {
        size_t at = rows_find(view, (struct row){ROW_HEADING, heading});
        if (at != SIZE_MAX) {
            view_move_to(view, at, false);
            return;
        }
        heading = view->tree.headings[heading].parent;
    }
}

static void fold(struct view *view, struct heading *heading, bool folded)
{
    heading->folded = folded;
    view->rows_stale = true;
}

/* Moves to the next column of the table that the cursor is in; false if there
 * is none. */
static bool move_in_table(struct view *view, int step)
{
    uint32_t table = view_table_of_cursor(view);
    if (table == HEADING_NONE)
        return false;
    const struct heading *element = &view->tree.headings[table + 1];
    int64_t members = element->end - element->first;
    int64_t at = view->member;
    do
        at += step;
    while (at >= 0 && at < members &&
           !member_is_column(view, table, (uint32_t)at));
    if (at < 0 || at >= members)
        return false;
    view->member = (uint32_t)at;
    return true;
}

static void go_left(struct view *view)
{
    struct heading *heading = cursor_heading(view);
    if (move_in_table(view, -1))
        return;
    if (heading && !heading->folded)
        fold(view, heading, true);
    else
        go_to_heading(view, view_heading_above(view));
}

static void go_right(struct view *view)
{
    struct heading *heading = cursor_heading(view);
    if (heading && heading->folded)
        fold(view, heading, false);
    else if (heading)
        view_move_to(view, view->cursor + 1, true);
    else
        move_in_table(view, 1);
}

static void toggle_detail(struct view *view, const struct view_fit *fit)
{
    view->detail = !view->detail;
    if (view->detail && !fit->detail_fits)
        view_set_message(view, "the terminal has too few rows for details");
}

static void open_row(struct view *view, const struct view_fit *fit)
{
    struct heading *heading = cursor_heading(view);
    if (heading)
        fold(view, heading, !heading->folded);
    else
        toggle_detail(view, fit);
}

static void fold_all(struct view *view)
{
    struct tree *tree = &view->tree;
    bool folded = false;
    for (size_t i = 0; i < view->row_count; i++)
        if (view->rows[i].kind == ROW_HEADING &&
            !tree->headings[view->rows[i].at].folded)
            folded = true;
    for (size_t i = 0; i < tree->heading_count; i++)
        tree->headings[i].folded = folded;
    view->rows_stale = true;
    view_set_message(view, folded ? "all folded" : "all unfolded");
}

/* The array of structs that the cursor is in or on, or HEADING_NONE. */
static uint32_t array_at_cursor(const struct view *view)
{
    uint32_t at = view_heading_above(view);
    if (view->cursor < view->row_count &&
        view->rows[view->cursor].kind == ROW_HEADING)
        at = view->rows[view->cursor].at;
    while (at != HEADING_NONE &&
           !heading_can_be_table(&view->tree.headings[at]))
        at = view->tree.headings[at].parent;
    return at;
}

bool view_has_table(const struct view *view)
{
    return array_at_cursor(view) != HEADING_NONE;
}

static void toggle_table(struct view *view)
{
    uint32_t at = array_at_cursor(view);
    if (at == HEADING_NONE) {
        view_set_message(view, "only an array of structs can be a table");
        return;
    }
    struct heading *array = &view->tree.headings[at];
    bool hidden = array->folded || view->order != ORDER_LAYOUT;
    if (view->order != ORDER_LAYOUT) {
        view->order = ORDER_LAYOUT;
        view_set_message(view, "order: as in the layout");
    }
    array->table = hidden || !array->table;
    fold(view, array, false);
}

/* --- marks and pins ------------------------------------------------------- */

static struct leaf *cursor_leaf(struct view *view, const char *what)
{
    uint32_t leaf = view_cursor_leaf(view);
    if (leaf != LEAF_NONE)
        return &view->tree.leaves[leaf];
    view_set_message(view, "%s: the cursor is not on a field", what);
    return NULL;
}

static void mark(struct view *view)
{
    struct leaf *leaf = cursor_leaf(view, "mark");
    if (!leaf)
        return;
    leaf->marked = !leaf->marked;
    view_move_to(view, view->cursor + 1, true);
}

static void unmark(struct view *view)
{
    size_t count = 0;
    for (size_t i = 0; i < view->tree.leaf_count; i++) {
        count += view->tree.leaves[i].marked;
        view->tree.leaves[i].marked = false;
    }
    view_set_message(view, "%zu mark%s cleared", count, count == 1 ? "" : "s");
}

void view_pin(struct view *view, uint32_t leaf, bool pinned)
{
    size_t at = 0;
    CHECK(leaf < view->tree.leaf_count);
    if (view->tree.leaves[leaf].pinned == pinned)
        return;
    view->tree.leaves[leaf].pinned = pinned;
    view->rows_stale = true;
    if (pinned) {
        *MEM_ADD(view->pins, view->pin_count) = leaf;
        return;
    }
    while (view->pins[at] != leaf)
        at++;
    for (; at + 1 < view->pin_count; at++)
        view->pins[at] = view->pins[at + 1];
    if (--view->pin_count == 0) {
        free(view->pins);
        view->pins = NULL;
    }
}

/* The row goes elsewhere; the cursor stays in its place, on the next one. */
static void pin(struct view *view)
{
    uint32_t leaf = view_cursor_leaf(view);
    const struct leaf *own = cursor_leaf(view, "pin");
    if (!own)
        return;
    bool pinned = !own->pinned;
    struct buf label = {0};
    leaf_put_label(&label, view, leaf);
    view_set_message(view, "%s: %s", pinned ? "pinned" : "unpinned",
                     label.data);
    buf_free(&label);
    view_pin(view, leaf, pinned);
    if (cursor_row(view)->kind == ROW_ELEMENT)
        return;
    size_t last = view->row_count - 1;
    if (view->cursor < last)
        view_move_to(view, view->cursor + 1, true);
    else if (last > 0)
        view_move_to(view, last - 1, false);
}

/* --- what is shown -------------------------------------------------------- */

static void next_base(struct view *view)
{
    static const enum show order[] = {SHOW_DEFAULT, SHOW_DEC, SHOW_HEX,
                                      SHOW_BIN, SHOW_OCT};
    enum { STEPS = sizeof order / sizeof order[0] };
    struct leaf *leaf = cursor_leaf(view, "number base");
    if (!leaf)
        return;
    const struct field *field = leaf_field(view, view_cursor_leaf(view));
    if (field->kind != KIND_INT && field->kind != KIND_UINT) {
        view_set_message(view, "only integers have a number base");
        return;
    }
    const struct attributes *attr = field->attr;
    bool own_is_dec = (attr->show == SHOW_DEFAULT || attr->show == SHOW_DEC) &&
                      !attr->scaled && !attr->labels;
    size_t at = 0;
    while (at < STEPS && order[at] != (enum show)leaf->base)
        at++;
    at = (at + 1) % STEPS;
    if (order[at] == SHOW_DEC && own_is_dec)
        at++;
    leaf->base = (uint8_t)order[at];
    view->serial++; /* widths begin again */
    const char *word =
        order[at] ? word_of(show_words, (int)order[at]) : "its own form";
    view_set_message(view, "%s: %s", field->path, word);
}

static void next_highlight(struct view *view)
{
    static const char *const words[] = {
        [HIGHLIGHT_OFF] = "off",
        [HIGHLIGHT_LAST] = "changed since the last refresh",
        [HIGHLIGHT_BASELINE] = "changed since the baseline",
    };
    view->highlight = view->highlight == HIGHLIGHT_BASELINE
                          ? HIGHLIGHT_OFF
                          : view->highlight + 1;
    view_set_message(view, "highlight: %s", words[view->highlight]);
}

static void next_level(struct view *view)
{
    view->level = view->level == LEVEL_DEBUG ? LEVEL_INFO : view->level + 1;
    view->rows_stale = true;
    view_set_message(view, "fields up to level %s",
                     word_of(level_words, (int)view->level));
}

static void reverse(struct view *view)
{
    uint32_t table = view_table_to_order(view);
    if (table != HEADING_NONE) {
        struct heading *array = &view->tree.headings[table];
        if (array->sort_member == LEAF_NONE)
            array->sort_member = view->member;
        array->reverse = !array->reverse;
    } else if (view->order == ORDER_LAYOUT) {
        view_set_message(view, "the order of the layout has no reverse; s "
                               "chooses another one");
        return;
    } else {
        view->reverse = !view->reverse;
    }
    view->rows_stale = true;
}

static void toggle_alarmed(struct view *view)
{
    view->alarmed = !view->alarmed;
    view->rows_stale = true;
    view_set_message(view, view->alarmed ? "only alarmed rows" : "all rows");
}

static void clear_filter(struct view *view)
{
    match_forget(view);
    if (!*view->filter && !view->alarmed)
        return;
    view->filter[0] = '\0';
    view->alarmed = false;
    view->rows_stale = true;
    view_set_message(view, "all rows");
}

static void search_again(struct view *view, int step)
{
    if (!*view->search)
        view_set_message(view, "nothing to search for yet; type / first");
    else if (!match_go(view, step))
        view_set_message(view, "not found: %s", view->search);
}

static void go_to_alarm(struct view *view, bool back)
{
    if (!match_alarm(view, back))
        view_set_message(view, "no row is alarmed");
}

/* --- moving --------------------------------------------------------------- */

static void move(struct view *view, size_t step, bool down)
{
    size_t at = view->cursor;
    view_move_to(view, down ? at + step : at > step ? at - step : 0, down);
}

static bool apply_move(struct view *view, const struct view_fit *fit,
                       enum action action)
{
    size_t page = fit->page > 1 ? fit->page - 1 : 1;
    size_t half = fit->page > 3 ? fit->page / 2 : 1;
    switch (action) {
    case ACTION_DOWN:
        move(view, 1, true);
        return true;
    case ACTION_UP:
        move(view, 1, false);
        return true;
    case ACTION_PAGE_DOWN:
        move(view, page, true);
        return true;
    case ACTION_PAGE_UP:
        move(view, page, false);
        return true;
    case ACTION_HALF_DOWN:
        move(view, half, true);
        return true;
    case ACTION_HALF_UP:
        move(view, half, false);
        return true;
    case ACTION_FIRST:
        view_move_to(view, 0, true);
        return true;
    case ACTION_LAST:
        view_move_to(view, view->row_count, true);
        return true;
    case ACTION_LEFT:
        go_left(view);
        return true;
    case ACTION_RIGHT:
        go_right(view);
        return true;
    default:
        return false;
    }
}

static bool apply_find(struct view *view, enum action action)
{
    switch (action) {
    case ACTION_SEARCH:
        view_prompt_open(view, PROMPT_SEARCH);
        return true;
    case ACTION_FILTER:
        view_prompt_open(view, PROMPT_FILTER);
        return true;
    case ACTION_SEARCH_NEXT:
        search_again(view, 1);
        return true;
    case ACTION_SEARCH_PREVIOUS:
        search_again(view, -1);
        return true;
    case ACTION_ALARMED:
        toggle_alarmed(view);
        return true;
    case ACTION_ALARM_NEXT:
        go_to_alarm(view, false);
        return true;
    case ACTION_ALARM_PREVIOUS:
        go_to_alarm(view, true);
        return true;
    case ACTION_CANCEL:
        clear_filter(view);
        return true;
    default:
        return false;
    }
}

enum action view_table_apply(struct view *view, struct view_fit *fit,
                             enum action action)
{
    if (apply_move(view, fit, action) || apply_find(view, action))
        return ACTION_NONE;
    switch (action) {
    case ACTION_OPEN:
        open_row(view, fit);
        break;
    case ACTION_FOLD_ALL:
        fold_all(view);
        break;
    case ACTION_TABLE:
        toggle_table(view);
        break;
    case ACTION_MARK:
        mark(view);
        break;
    case ACTION_UNMARK:
        unmark(view);
        break;
    case ACTION_PIN:
        pin(view);
        break;
    case ACTION_SORT:
        view_picker_open(view, fit, PICKER_ORDER);
        break;
    case ACTION_REVERSE:
        reverse(view);
        break;
    case ACTION_COLUMNS:
        view_picker_open(view, fit, PICKER_COLUMNS);
        break;
    case ACTION_HIGHLIGHT:
        next_highlight(view);
        break;
    case ACTION_NUMBER_BASE:
        next_base(view);
        break;
    case ACTION_LEVEL:
        next_level(view);
        break;
    default:
        return action;
    }
    return ACTION_NONE;
}
