/* SPDX-License-Identifier: MIT */
/* The keys of the plot, and which fields it is of; what it looks like is
 * panes/plot_view.c. */
#include "view/row_text.h"
#include "view/rows.h"
#include "view/view_private.h"

#define USUAL_COLUMNS 100

enum plot_kind field_plot_kind(const struct field *field)
{
    const struct attributes *attr = field->attr;
    enum show show = attr->show;
    if (field->kind > KIND_BOOL && field->kind != KIND_COMPUTED)
        return PLOT_NOTHING;
    return field->kind == KIND_BOOL || attr->labels ||
                   attr->role == ROLE_STATE || show == SHOW_CHAR ||
                   show == SHOW_BYTES || show == SHOW_IPV4
               ? PLOT_STATE
               : PLOT_NUMBER;
}

static enum plot_kind plot_kind(const struct view *view, uint32_t leaf)
{
    return field_plot_kind(leaf_field(view, leaf));
}

/* The first number below a heading, else the first state. */
static uint32_t first_below(const struct view *view, uint32_t heading)
{
    uint32_t state = LEAF_NONE;
    const struct heading *own = &view->tree.headings[heading];
    for (uint32_t i = own->first; i < own->end; i++) {
        enum plot_kind kind = plot_kind(view, i);
        if (kind == PLOT_NOTHING || !leaf_shown(view, i))
            continue;
        if (kind == PLOT_NUMBER)
            return i;
        if (state == LEAF_NONE)
            state = i;
    }
    return state;
}

size_t view_plot_leaves(const struct view *view, uint32_t *leaves, size_t most)
{
    size_t count = 0;
    CHECK(leaves && most > 0);
    for (size_t i = 0; i < view->tree.leaf_count; i++)
        if (view->tree.leaves[i].marked && leaf_shown(view, (uint32_t)i)) {
            if (count < most)
                leaves[count] = (uint32_t)i;
            count++;
        }
    if (count > 0 || !view->row_count)
        return count;
    leaves[0] = view_cursor_leaf(view);
    if (leaves[0] == LEAF_NONE)
        leaves[0] = first_below(view, view->rows[view->cursor].at);
    return leaves[0] != LEAF_NONE;
}

/* --- keys ----------------------------------------------------------------- */

/* The marked fields if they are two numbers. */
static bool are_two_numbers(const struct view *view)
{
    uint32_t leaves[2];
    return view_plot_leaves(view, leaves, 2) == 2 &&
           plot_kind(view, leaves[0]) == PLOT_NUMBER &&
           plot_kind(view, leaves[1]) == PLOT_NUMBER;
}

static void toggle_xy(struct view *view)
{
    if (!view->plot_xy && !are_two_numbers(view)) {
        view_set_message(view, "X needs exactly two marked fields with "
                               "numbers (m)");
        return;
    }
    view->plot_xy = !view->plot_xy;
    if (!view->plot_xy) {
        view_set_message(view, "over time");
        return;
    }
    struct buf text = {0};
    uint32_t leaves[2] = {LEAF_NONE, LEAF_NONE};
    if (view_plot_leaves(view, leaves, 2) == 2) {
        buf_puts(&text, "x: ");
        leaf_put_label(&text, view, leaves[0]);
        buf_puts(&text, ", y: ");
        leaf_put_label(&text, view, leaves[1]);
        view_set_message(view, "%s", text.data);
    }
    buf_free(&text);
}

static void toggle_log(struct view *view)
{
    view->plot_log = !view->plot_log;
    view_set_message(view, view->plot_log
                               ? "log axis: values of 0 or less are not drawn"
                               : "linear axis");
}

/* Moves on past headings, to the next field; back if there is none. */
static void settle(struct view *view, size_t from, bool down)
{
    while (view_cursor_leaf(view) == LEAF_NONE) {
        size_t at = view->cursor;
        if (down || at > 0)
            view_move_to(view, down ? at + 1 : at - 1, down);
        if (view->cursor == at) {
            view_move_to(view, from, !down);
            return;
        }
    }
}

/* The cursor of the table, from field to field. */
static bool move_field(struct view *view, struct view_fit *fit,
                       enum action action)
{
    bool down = action == ACTION_DOWN || action == ACTION_PAGE_DOWN ||
                action == ACTION_HALF_DOWN || action == ACTION_FIRST;
    bool up = action == ACTION_UP || action == ACTION_PAGE_UP ||
              action == ACTION_HALF_UP || action == ACTION_LAST;
    size_t from = view->cursor;
    uint32_t leaves[1] = {LEAF_NONE};
    if (!down && !up)
        return false;
    view_table_apply(view, fit, action);
    settle(view, from, down);
    if (view_plot_leaves(view, leaves, 1) > 1 ||
        leaves[0] != view_cursor_leaf(view))
        view_set_message(view, "the marked fields are shown; M clears marks");
    return true;
}

static void move_moment(struct view *view, const struct view_fit *fit, int step)
{
    int64_t column_ns = fit->plot.column_ns;
    if (column_ns <= 0) /* keys came before the first drawing */
        column_ns = view->span_ns / USUAL_COLUMNS;
    view_hold(view, view_time_bar(view).moment_ns + step * column_ns);
}

enum action view_plot_apply(struct view *view, struct view_fit *fit,
                            enum action action)
{
    if (move_field(view, fit, action))
        return ACTION_NONE;
    switch (action) {
    case ACTION_LEFT:
        move_moment(view, fit, -1);
        return ACTION_NONE;
    case ACTION_RIGHT:
        move_moment(view, fit, 1);
        return ACTION_NONE;
    case ACTION_PLOT_LOG:
        toggle_log(view);
        return ACTION_NONE;
    case ACTION_PLOT_XY:
        toggle_xy(view);
        return ACTION_NONE;
    case ACTION_CANCEL:
        return ACTION_VIEW_TABLE;
    case ACTION_OPEN:
        return ACTION_NONE;
    case ACTION_MARK: {
        size_t from = view->cursor;
        view_table_apply(view, fit, action);
        settle(view, from, true);
        return ACTION_NONE;
    }
    case ACTION_UNMARK:
    case ACTION_SEARCH:
    case ACTION_SEARCH_NEXT:
    case ACTION_SEARCH_PREVIOUS:
    case ACTION_ALARM_NEXT:
    case ACTION_ALARM_PREVIOUS:
        return view_table_apply(view, fit, action);
    default:
        return action;
    }
}
