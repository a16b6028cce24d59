/* SPDX-License-Identifier: MIT */
/*
 * The screen as a whole: what stands in which rows.  Invariant: every part
 * keeps to the rows it was given, at any size.
 */
#include "ui/draw.h"

#include <string.h>

#include "base/text.h"
#include "ui/draw_parts.h"

struct plan {
    struct area rule_top, titles, table, rule_bottom, detail, status;
};

const char *draw_ellipsis(const struct drawing *d)
{
    return d->view->ascii ? ".." : "\xe2\x80\xa6";
}

uint32_t draw_alarm_style(enum alarm_level level)
{
    switch (level) {
    case ALARM_CRIT:
        return STYLE_BAD;
    case ALARM_WARN:
        return STYLE_WARN;
    default:
        return STYLE_PLAIN;
    }
}

void draw_put_clean(struct buf *out, const char *text)
{
    if (text)
        text_clean(out, text, strlen(text));
}

int draw_text(const struct drawing *d, int row, int column, int columns,
              enum align align, const char *text, size_t len, uint32_t style)
{
    if (columns <= 0 || len == 0)
        return 0;
    size_t width = text_columns(text, len);
    if (width <= (size_t)columns) {
        int at = column;
        if (align == ALIGN_RIGHT)
            at += columns - (int)width;
        return grid_put(d->grid, row, at, columns, text, len, style);
    }
    struct buf *shorter = &d->fit->shorter;
    buf_clear(shorter);
    text_shorten(shorter, text, len, (size_t)columns, draw_ellipsis(d));
    if (!shorter->len)
        return 0;
    return grid_put(d->grid, row, column, columns, shorter->data, shorter->len,
                    style);
}

int draw_word(const struct drawing *d, int row, int column, int columns,
              const char *text, uint32_t style)
{
    return draw_text(d, row, column, columns, ALIGN_LEFT, text, strlen(text),
                     style);
}

static int detail_rows(int rows)
{
    return rows < 12 ? 0 : rows < 16 ? 1 : rows < 22 ? 2 : rows < 40 ? 3 : 5;
}

/* Deals out the rows below the header, from the bottom. */
static void make_plan(struct plan *plan, const struct drawing *d, int rows)
{
    const struct view *view = d->view;
    memset(plan, 0, sizeof *plan);
    bool typing = view->prompt != PROMPT_NONE;
    int top = 1;
    int bottom = rows;
    if (rows >= 3 || typing)
        plan->status = (struct area){--bottom, 1};
    d->fit->detail_fits = detail_rows(rows) > 0;
    if (view->detail && d->fit->detail_fits && view->pane == PANE_TABLE) {
        bottom -= detail_rows(rows);
        plan->detail = (struct area){bottom, detail_rows(rows)};
    }
    if (rows >= 8)
        plan->rule_bottom = (struct area){--bottom, 1};
    if (rows >= 7)
        plan->rule_top = (struct area){top++, 1};
    if (rows >= 5 && view->pane == PANE_TABLE)
        plan->titles = (struct area){top++, 1};
    plan->table = (struct area){top, bottom - top};
}

static void draw_rule(const struct drawing *d, struct area area)
{
    uint32_t code = d->view->ascii ? '-' : 0x2500;
    for (int i = 0; area.rows && i < d->grid->columns; i++)
        grid_put_code(d->grid, area.row, i, code, STYLE_DIM);
}

static void draw_screen(const struct drawing *d)
{
    struct plan plan;
    make_plan(&plan, d, d->grid->rows);
    draw_header(d, 0);
    draw_rule(d, plan.rule_top);
    if (d->view->pane == PANE_HEALTH)
        draw_health(d, plan.table);
    else
        draw_table(d, plan.titles, plan.table);
    draw_rule(d, plan.rule_bottom);
    if (plan.detail.rows)
        draw_detail(d, plan.detail);
    if (plan.status.rows)
        draw_status(d, plan.status.row);
}

void draw_dashboard(struct grid *grid, const struct view *view,
                    struct view_fit *fit, const struct sampler *sampler,
                    const struct sample *sample)
{
    struct drawing d = {grid, view, fit, view->layout, sampler, sample};
    grid_reset(grid, grid->columns, grid->rows);
    if (view->help) {
        draw_help(&d);
    } else if (grid->rows == 1) {
        fit->page = 1;
        fit->top = view->cursor;
        fit->detail_fits = false;
        if (view->prompt != PROMPT_NONE)
            draw_status(&d, 0);
        else
            draw_compact(&d);
    } else {
        draw_screen(&d);
    }
    if (view->ascii)
        grid_to_ascii(grid);
}
