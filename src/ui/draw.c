/* SPDX-License-Identifier: MIT */
/* Composes the screen: which part gets which rows. Each part is drawn in a
 * file of its own. */
#include "ui/draw.h"

#include "ui/ui_private.h"

struct screen_plan {
    struct area rule_top, view, rule_bottom, detail, status;
};

static int detail_rows(int rows)
{
    return rows < 12 ? 0 : rows < 16 ? 1 : rows < 22 ? 2 : rows < 40 ? 3 : 5;
}

/* Row 0 is the header's. */
static struct screen_plan make_plan(const struct drawing *d)
{
    const struct view *view = d->view;
    struct screen_plan plan = {0};
    int rows = d->canvas.grid->rows;
    int top = 1;
    int bottom = rows;
    if (rows >= 3 || view->prompt != PROMPT_NONE)
        plan.status = (struct area){--bottom, 1};
    d->fit->detail_fits = detail_rows(rows) > 0;
    if (view->detail && view_ops[view->kind].has_detail) {
        bottom -= detail_rows(rows);
        plan.detail = (struct area){bottom, detail_rows(rows)};
    }
    if (rows >= 8)
        plan.rule_bottom = (struct area){--bottom, 1};
    if (rows >= 7)
        plan.rule_top = (struct area){top++, 1};
    plan.view = (struct area){top, bottom - top};
    return plan;
}

static void draw_rule(const struct drawing *d, struct area area)
{
    uint32_t code = d->canvas.ascii ? '-' : 0x2500;
    for (int i = 0; area.rows && i < d->canvas.grid->columns; i++)
        grid_put_code(d->canvas.grid, area.row, i, code, STYLE_DIM);
}

static void draw_screen(const struct drawing *d)
{
    struct screen_plan plan = make_plan(d);
    draw_header(d, 0);
    draw_rule(d, plan.rule_top);
    view_ops[d->view->kind].draw(d, plan.view);
    draw_rule(d, plan.rule_bottom);
    if (plan.detail.rows)
        draw_detail(d, plan.detail);
    if (plan.status.rows)
        draw_status(d, plan.status.row);
}

static void draw_one_row(const struct drawing *d)
{
    d->fit->page = 1;
    d->fit->top = d->view->cursor;
    d->fit->detail_fits = false;
    if (d->view->prompt != PROMPT_NONE)
        draw_status(d, 0);
    else
        draw_compact(d);
}

void draw_dashboard(struct grid *grid, const struct view *view,
                    struct view_fit *fit, const struct sampler *sampler,
                    const struct sample *sample)
{
    CHECK(grid->columns > 0 && grid->rows > 0);
    CHECK(view->kind < VIEW_COUNT && view->period_ns > 0);
    CHECK(sample->field_count == view->layout->field_count);
    CHECK(view->cursor < view->row_count || view->cursor == 0);
    struct canvas canvas = {grid, view->ascii, &fit->text, &fit->shorter};
    struct drawing d = {canvas, view, fit, view->layout, sampler, sample};
    grid_reset(grid, grid->columns, grid->rows);
    if (view->help)
        draw_help(&d);
    else if (grid->rows == 1)
        draw_one_row(&d);
    else
        draw_screen(&d);
    if (view->ascii)
        grid_to_ascii(grid);
}
