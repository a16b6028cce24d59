/* SPDX-License-Identifier: MIT */
/* What the mouse does: the wheel scrolls, a click goes to a row, a cell or a
 * tab, folds, or sorts by a column. In the plot the wheel changes the span, and
 * a click chooses the moment. */
#include "draw/key_code.h"
#include "view/rows.h"
#include "view/view_private.h"

#define WHEEL_ROWS 3

static void wheel(struct view *view, struct view_fit *fit, bool down)
{
    enum action action = down ? ACTION_DOWN : ACTION_UP;
    if (view->kind == VIEW_PLOT) {
        view_time_apply(view, down ? ACTION_BAR_LONGER : ACTION_BAR_SHORTER);
        return;
    }
    for (int i = 0; i < WHEEL_ROWS; i++)
        view_ops[view->kind].apply(view, fit, action);
}

static enum action click_tab(const struct view_fit *fit, int column)
{
    for (int i = 0; i < VIEW_COUNT; i++)
        if (column >= fit->tab_at[i] && column < fit->tab_at[i + 1])
            return (enum action)(ACTION_VIEW_TABLE + i);
    return ACTION_NONE;
}

/* The moment at a column. */
static void click_plot(struct view *view, const struct plot_fit *plot,
                       const struct mouse *mouse)
{
    int column = mouse->column - plot->column;
    if (mouse->row >= plot->row && mouse->row < plot->row + plot->rows &&
        column >= 0 && column < plot->columns)
        view_hold(view, plot->from_ns + (column + 1) * plot->column_ns - 1);
}

static void click_title(struct view *view, const struct view_fit *fit,
                        int column)
{
    for (unsigned i = 0; i < COLUMN_COUNT; i++) {
        int at = fit->columns.of[i].at;
        int width = fit->columns.of[i].width;
        if (!width || column < at || column >= at + width || i == COLUMN_TREND)
            continue;
        view->reverse = view->order == i && !view->reverse;
        view->order = i;
        view->rows_stale = true;
    }
}

static void click_row(struct view *view, const struct fit_line *line,
                      int column)
{
    if (line->row >= view->row_count)
        return;
    struct row row = view->rows[line->row];
    if (row.kind == ROW_TITLES)
        return;
    view_move_to(view, line->row, true);
    if (row.kind == ROW_HEADING && line->fold >= 0 && column >= line->fold &&
        column < line->fold + 2) {
        struct heading *heading = &view->tree.headings[row.at];
        heading->folded = !heading->folded;
        view->rows_stale = true;
    }
}

/* The member of a table whose cell is at `column`. */
static void click_cell(struct view *view, const struct view_fit *fit,
                       const struct fit_line *line, int column)
{
    for (int i = line->cells; i < line->cells_end; i++)
        if (column >= fit->cells[i].at &&
            column < fit->cells[i].at + fit->cells[i].width)
            view->member = fit->cells[i].member;
}

/* A click on the title of a member sorts its table. */
static void click_member(struct view *view, const struct view_fit *fit,
                         const struct fit_line *line, int column)
{
    struct heading *array = &view->tree.headings[view->rows[line->row].at];
    uint32_t member = view->member;
    click_cell(view, fit, line, column);
    array->reverse = array->sort_member == view->member && !array->reverse;
    array->sort_member = view->member;
    view->member = member;
    view->rows_stale = true;
}

/* A click on the time bar holds the moment there; beside it the bar moves. */
static enum action click_bar(struct view *view, const struct view_fit *fit,
                             int column)
{
    int at = column - fit->bar_at;
    double length_ns = (double)(fit->bar_end_ns - fit->bar_from_ns);
    if (at < 0 || at >= fit->bar_columns)
        return at < 0 ? ACTION_BAR_BACK : ACTION_BAR_ON;
    view_hold(view, fit->bar_from_ns +
                        (int64_t)((at + 0.5) / fit->bar_columns * length_ns));
    return ACTION_NONE;
}

enum action view_mouse(struct view *view, struct view_fit *fit,
                       const struct mouse *mouse)
{
    if (mouse->kind != MOUSE_CLICK && mouse->row == fit->bar_row)
        return mouse->kind == MOUSE_WHEEL_DOWN ? ACTION_STEP_ON
                                               : ACTION_STEP_BACK;
    if (mouse->kind != MOUSE_CLICK) {
        wheel(view, fit, mouse->kind == MOUSE_WHEEL_DOWN);
        return ACTION_NONE;
    }
    if (mouse->row == fit->tab_row)
        return click_tab(fit, mouse->column);
    if (mouse->row == fit->bar_row)
        return click_bar(view, fit, mouse->column);
    if (view->kind == VIEW_PLOT)
        click_plot(view, &fit->plot, mouse);
    if (view->kind != VIEW_TABLE)
        return ACTION_NONE;
    if (mouse->row == fit->title_row) {
        click_title(view, fit, mouse->column);
        return ACTION_NONE;
    }
    if (mouse->row < 0 || mouse->row >= fit->line_count ||
        mouse->column >= fit->columns.total)
        return ACTION_NONE;
    const struct fit_line *line = &fit->lines[mouse->row];
    if (line->row >= view->row_count)
        return ACTION_NONE;
    struct row row = view->rows[line->row];
    if (row.kind == ROW_TITLES) {
        click_member(view, fit, line, mouse->column);
        return ACTION_NONE;
    }
    click_row(view, line, mouse->column);
    if (row.kind == ROW_ELEMENT)
        click_cell(view, fit, line, mouse->column);
    return ACTION_NONE;
}
