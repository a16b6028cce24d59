/* SPDX-License-Identifier: MIT */
/* Composes the screen: which part gets which rows and columns. Each part is
 * drawn in a file of its own. */
#include "ui/draw.h"

#include "base/mem.h"
#include "base/text.h"
#include "panes/detail.h"
#include "panes/plot_view.h"
#include "panes/table.h"
#include "ui/ui_private.h"

#define BESIDE_FROM 140 /* columns from which the detail is beside the view */
#define REASON_ROWS 3   /* rows that reasons may take */

const struct screen_ops screen_ops[] = {
    [VIEW_TABLE] = {draw_table, draw_table_position},
    [VIEW_HEALTH] = {draw_health, draw_health_position},
    [VIEW_PLOT] = {draw_plot_view, draw_plot_position},
};

struct screen_plan {
    int tabs; /* row, or -1, as: */
    int rule; /* above the detail */
    int bar;  /* of time */
    int status;
    int divider; /* column between view and detail */
    struct area view, detail, reasons;
};

static int detail_rows(int rows)
{
    return rows < 12   ? 0
           : rows < 16 ? 1
           : rows < 22 ? 2
           : rows < 24 ? 3
           : rows < 40 ? 4
                       : rows / 3;
}

/* The rows that the reasons need at the bottom of a screen with room. */
static int reason_rows(const struct drawing *d)
{
    struct buf *text = &d->fit->plain;
    int columns = d->canvas.grid->columns;
    buf_clear(text);
    draw_put_reasons(text, d->view);
    if (!text->len || d->canvas.grid->rows < 10 || columns < 2)
        return 0;
    int rows =
        (int)(text_columns(text->data, text->len) / (size_t)(columns - 1)) + 1;
    return rows < REASON_ROWS ? rows : REASON_ROWS;
}

/* Row 0 is the header's. */
static struct screen_plan make_plan(const struct drawing *d)
{
    const struct view *view = d->view;
    struct screen_plan plan = {-1, -1, -1, -1, -1, {0}, {0}, {0}};
    int rows = d->canvas.grid->rows;
    int columns = d->canvas.grid->columns;
    bool has_detail = view->detail && view_ops[view->kind].has_detail;
    bool beside = columns >= BESIDE_FROM && rows >= 12;
    int top = 1;
    int bottom = rows;
    d->fit->detail_fits = beside || detail_rows(rows) > 0;
    if (rows >= 3 || view->prompt != PROMPT_NONE)
        plan.status = --bottom;
    if (view->held && rows >= 4 && view_history(view))
        plan.bar = --bottom;
    int reasons = reason_rows(d);
    bottom -= reasons;
    plan.reasons = (struct area){bottom, reasons, 0, columns};
    if (has_detail && !beside && detail_rows(rows) > 0) {
        bottom -= detail_rows(rows);
        plan.detail = (struct area){bottom, detail_rows(rows), 0, columns};
    }
    if (rows >= 8 && (plan.detail.rows || !beside))
        plan.rule = --bottom;
    if (rows >= 7)
        plan.tabs = top++;
    plan.view = (struct area){top, bottom - top, 0, columns};
    if (has_detail && beside) {
        int wide = columns / 3;
        plan.divider = columns - wide - 2;
        plan.view.columns = plan.divider - 1;
        plan.detail = (struct area){top, bottom - top, columns - wide, wide};
    }
    return plan;
}

static void draw_rule(const struct drawing *d, int row)
{
    uint32_t code = d->canvas.ascii ? '-' : 0x2500;
    for (int i = 0; row >= 0 && i < d->canvas.grid->columns; i++)
        grid_put_code(d->canvas.grid, row, i, code, STYLE_DIM);
}

static void draw_divider(const struct drawing *d,
                         const struct screen_plan *plan)
{
    uint32_t code = d->canvas.ascii ? '|' : 0x2502;
    for (int i = 0; plan->divider >= 0 && i < plan->view.rows; i++)
        grid_put_code(d->canvas.grid, plan->view.row + i, plan->divider, code,
                      STYLE_DIM);
}

static void draw_reasons(const struct drawing *d, struct area area)
{
    const struct buf *text = &d->fit->plain;
    size_t at = 0;
    for (int i = 0; i < area.rows && at < text->len; i++) {
        size_t left = text->len - at;
        size_t fit = text_fit(text->data + at, left, (size_t)area.columns - 1);
        size_t end = fit;
        while (fit < left && end > 0 && text->data[at + end] != ' ')
            end--;
        if (fit < left && end > 0 && i + 1 < area.rows)
            fit = end;
        else
            fit = left;
        draw_text(&d->canvas, area.row + i, 1, area.columns - 1, ALIGN_LEFT,
                  text->data + at, fit, STYLE_WARN);
        at += fit;
        while (at < text->len && text->data[at] == ' ')
            at++;
    }
}

static void draw_screen(const struct drawing *d)
{
    struct screen_plan plan = make_plan(d);
    draw_header(d, 0);
    draw_tabs(d, plan.tabs);
    draw_reasons(d, plan.reasons);
    draw_rule(d, plan.rule);
    draw_divider(d, &plan);
    screen_ops[d->view->kind].draw(d, plan.view);
    if (plan.detail.rows > 0)
        draw_detail(d, plan.detail);
    if (d->view->picker != PICKER_NONE)
        draw_picker(d, plan.view);
    if (plan.bar >= 0)
        draw_timebar(d, plan.bar);
    if (plan.status >= 0)
        draw_status(d, plan.status, plan.reasons.rows > 0);
}

static void draw_one_row(const struct drawing *d)
{
    d->fit->page = 1;
    d->fit->top = d->view->cursor;
    d->fit->detail_fits = false;
    if (d->view->prompt != PROMPT_NONE)
        draw_status(d, 0, false);
    else
        draw_compact(d);
}

/* Forgets where things were on the last screen. */
static void begin(struct view_fit *fit, const struct grid *grid)
{
    if (fit->line_count != grid->rows) {
        fit->lines =
            mem_resize(fit->lines, (size_t)grid->rows, sizeof *fit->lines);
        fit->line_count = grid->rows;
    }
    for (int i = 0; i < grid->rows; i++)
        fit->lines[i] = (struct fit_line){.row = SIZE_MAX, .fold = -1};
    fit->title_row = fit->tab_row = fit->bar_row = -1;
    fit->plot.rows = 0;
    fit->plot.shown = 0;
    fit->plot.column_ns = 0;
}

void draw_dashboard(struct grid *grid, const struct view *view,
                    struct view_fit *fit)
{
    CHECK(grid->columns > 0 && grid->rows > 0);
    CHECK(view->kind < VIEW_COUNT && view->target_count > 0);
    CHECK(view->cursor < view->row_count || view->cursor == 0);
    struct canvas canvas = {grid, view->ascii, &fit->text, &fit->shorter};
    struct drawing d = {canvas, view, fit};
    grid_reset(grid, grid->columns, grid->rows);
    begin(fit, grid);
    if (view->help)
        draw_help(&d);
    else if (grid->rows == 1)
        draw_one_row(&d);
    else
        draw_screen(&d);
    if (view->ascii)
        grid_to_ascii(grid);
}
