/* SPDX-License-Identifier: MIT */
/* The plot view: fields of one unit share a panel, states are bands; above each
 * panel are the values of the moment that is shown. What is read and how it is
 * scaled is plot_data.c. */
#include "panes/plot_view.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "draw/numbers.h"
#include "view/rows.h"

#define PANEL_ROWS 5    /* of curves, at least */
#define ITEM_COLUMNS 44 /* of the legend, if there are several in a row */
#define LABELS_CALM_NS INT64_C(10000000000)

const struct field *plot_field(const struct picture *p, size_t index)
{
    return leaf_field(p->d->view, p->series[index].leaf);
}

/* --- panels --------------------------------------------------------------- */

/* Numbers without a unit may be of anything, but elements of one array are
 * alike. */
static bool share_axis(const struct field *a, const struct field *b)
{
    if (!a->attr->unit || !b->attr->unit)
        return a->attr == b->attr;
    return strcmp(a->attr->unit, b->attr->unit) == 0 &&
           a->attr->show == b->attr->show;
}

/* Puts the leaves that fit `panel` behind each other. */
static void take_panel(struct picture *p, const uint32_t *leaves, bool *taken,
                       size_t count, size_t from)
{
    const struct view *view = p->d->view;
    const struct field *first = leaf_field(view, leaves[from]);
    struct panel *panel = &p->panels[p->panel_count++];
    panel->state = field_plot_kind(first) == PLOT_STATE;
    panel->first = p->count;
    for (size_t i = from; i < count; i++) {
        const struct field *field = leaf_field(view, leaves[i]);
        bool state = field_plot_kind(field) == PLOT_STATE;
        if (taken[i] || state != panel->state ||
            (!state && !share_axis(first, field)))
            continue;
        taken[i] = true;
        p->series[p->count++].leaf = leaves[i];
        panel->count++;
    }
}

/* Panels of numbers, in the order of their first fields, then the bands. */
static void make_panels(struct picture *p, const uint32_t *leaves, size_t count)
{
    bool taken[PLOT_CURVES_MOST] = {false};
    for (int states = 0; states < 2; states++)
        for (size_t i = 0; i < count; i++) {
            enum plot_kind kind =
                field_plot_kind(leaf_field(p->d->view, leaves[i]));
            if (!taken[i] && kind == (states ? PLOT_STATE : PLOT_NUMBER))
                take_panel(p, leaves, taken, count, i);
        }
}

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

/* Gives the panels their rows, as many as fit; those of curves share what is
 * left. */
static void plan_rows(struct picture *p)
{
    p->times = p->area.rows >= TIMES_FROM ? 2 : 1;
    int left = p->area.rows - p->times;
    int curves = 0;
    int beside = p->area.columns / ITEM_COLUMNS;
    int letters = 0;
    for (size_t i = 0; i < p->panel_count; i++) {
        struct panel *panel = &p->panels[i];
        int count = (int)panel->count;
        panel->letters = letters;
        letters += count > 1 ? count : 0;
        bool many = count > 2 && count > p->area.rows / 6;
        panel->items = panel->state || !many || beside < 2 ? 1 : beside;
        panel->legend = (count + panel->items - 1) / panel->items;
        int least = panel->state ? 2 * count : panel->legend + PANEL_ROWS;
        if (i > 0 && least > left)
            break;
        if (panel->state && least > left) { /* some of its bands */
            panel->count = (size_t)(left / 2);
            least = 2 * (int)panel->count;
        }
        least = smaller(least, left);
        panel->legend = smaller(panel->legend, least - 1);
        panel->rows = least - panel->legend;
        left -= least;
        p->shown++;
        curves += !panel->state;
    }
    for (size_t i = 0; i < p->shown && curves > 0; i++) {
        struct panel *panel = &p->panels[i];
        if (panel->state)
            continue;
        panel->rows += left / curves;
        left -= left / curves--;
    }
}

/* --- axes ----------------------------------------------------------------- */

/* The columns left of the curves: they grow at once, and shrink when less has
 * been enough for some time. */
static int labels_width(struct picture *p)
{
    struct steady_width *width = &p->d->fit->plot.labels;
    int64_t now_ns = p->d->fit->draw_ns;
    int need = LABELS_LEAST;
    for (size_t i = 0; i < p->shown; i++) {
        const struct panel *panel = &p->panels[i];
        if (!panel->known || panel->state)
            continue;
        int own =
            axis_width(&panel->scale.axis, panel->rows, axis_put_label, NULL) +
            3;
        need = own > need ? own : need;
    }
    need = smaller(need, p->area.columns / 2);
    if (need >= width->width || now_ns - width->since_ns >= LABELS_CALM_NS)
        *width = (struct steady_width){need, now_ns};
    return width->width;
}

static void read_panels(struct picture *p)
{
    for (size_t i = 0; i < p->shown; i++) {
        struct panel *panel = &p->panels[i];
        struct plot_series *series = &p->series[panel->first];
        for (size_t k = 0; k < panel->count; k++) {
            free(series[k].cells);
            plot_read(&series[k], p->d, &p->window, series[k].leaf);
        }
        if (!panel->state)
            panel->known = plot_make_scale(
                &panel->scale, series, panel->count, p->d,
                &p->d->fit->plot.axes[smaller((int)i, FIT_AXES - 1)]);
    }
}

/* Reads the columns that there are beside labels, which depend on what was
 * read. */
static void read_all(struct picture *p)
{
    int letters = 0;
    for (size_t i = 0; i < p->shown; i++)
        letters |= !p->panels[i].state && p->panels[i].count > 1;
    int width = p->d->fit->plot.labels.width;
    width = smaller(width > LABELS_LEAST ? width : LABELS_LEAST,
                    p->area.columns / 2);
    for (int round = 0; round < 2; round++) {
        p->window = plot_window(p->d, p->area.columns - width - letters);
        read_panels(p);
        int need = labels_width(p);
        if (need == width)
            break;
        width = need;
    }
    struct plot_fit *fit = &p->d->fit->plot;
    fit->column =
        p->area.column + p->area.columns - p->window.columns - letters;
    fit->columns = p->window.columns;
    fit->from_ns = p->window.from_ns;
    fit->column_ns = p->window.column_ns;
    fit->row = p->area.row;
    fit->rows = p->area.rows;
}

/* --- panels on the screen ------------------------------------------------- */

static void draw_curves(const struct picture *p, const struct panel *panel,
                        int row)
{
    const struct drawing *d = p->d;
    struct plot_curve curves[PLOT_CURVES_MOST];
    struct plot_limit limits[PLOT_CURVES_MOST * PLOT_LIMITS_MOST];
    size_t limit_count = 0;
    int left = d->fit->plot.column - p->area.column;
    for (size_t i = 0; i < panel->count; i++) {
        const struct field *field = plot_field(p, panel->first + i);
        curves[i] = (struct plot_curve){p->series[panel->first + i].cells,
                                        plot_style(panel, panel->first + i),
                                        plot_letter(panel, panel->first + i)};
        if (i == 0 || field->attr != plot_field(p, panel->first)->attr)
            limit_count +=
                plot_limits(&panel->scale, field, limits + limit_count);
    }
    struct plot plot = {.graph = plot_graph(d),
                        .axis = panel->scale.axis,
                        .curves = curves,
                        .curve_count = panel->count,
                        .count = p->series[panel->first].count,
                        .hole_most = p->series[panel->first].hole_most,
                        .limits = limits,
                        .limit_count = limit_count,
                        .cursor = plot_cursor(d, &p->window),
                        .baseline = plot_baseline(d, &p->window)};
    axis_draw(&d->canvas, (struct area){row, panel->rows, p->area.column, left},
              &panel->scale.axis, axis_put_label, NULL);
    draw_plot(&d->canvas,
              (struct area){row, panel->rows, d->fit->plot.column,
                            p->window.columns + (panel->count > 1)},
              &plot);
}

static void draw_bands(const struct picture *p, const struct panel *panel,
                       int row)
{
    const struct legend legend =
        legend_measure(p, panel, p->area.columns - p->d->fit->plot.column);
    int cursor = plot_cursor(p->d, &p->window);
    int column = p->d->fit->plot.column;
    for (size_t i = 0; i < panel->count; i++, row += 2) {
        legend_draw_item(p, panel, &legend, panel->first + i, row, column,
                         p->area.column + p->area.columns - column);
        plot_draw_band(p->d, row + 1, column, &p->window,
                       &p->series[panel->first + i]);
        if (cursor >= 0)
            grid_style(p->d->canvas.grid, row + 1, column + cursor, 1,
                       STYLE_REVERSE);
    }
}

static void draw_panels(const struct picture *p)
{
    const struct drawing *d = p->d;
    int row = p->area.row;
    for (size_t i = 0; i < p->shown; i++) {
        const struct panel *panel = &p->panels[i];
        if (panel->state) {
            draw_bands(p, panel, row);
            row += 2 * (int)panel->count;
            continue;
        }
        legend_draw(p, panel, row);
        row += panel->legend;
        if (panel->known && panel->rows > 0)
            draw_curves(p, panel, row);
        else
            draw_word(&d->canvas, row, d->fit->plot.column, p->window.columns,
                      "no numbers in this time", STYLE_DIM);
        row += panel->rows;
    }
    for (size_t i = 0; i < p->shown; i++)
        d->fit->plot.shown += p->panels[i].count;
    int64_t local_ns[GRID_COLUMNS_MAX + 1];
    plot_times(leaf_target(d->view, p->series[0].leaf), &p->window, local_ns);
    axis_draw_times(
        &d->canvas,
        (struct area){row, p->times, d->fit->plot.column, p->window.columns},
        local_ns);
    row += p->times + 1;
    if (p->panels[0].state && row < p->area.row + p->area.rows)
        plot_draw_changes(p, row, p->area.row + p->area.rows - row);
}

/* --- the view ------------------------------------------------------------- */

static bool is_xy(const struct picture *p)
{
    return p->d->view->plot_xy && p->count == 2 && !p->panels[0].state &&
           !p->panels[p->panel_count - 1].state;
}

static const char *find_problem(const struct drawing *d, const uint32_t *leaves,
                                size_t count)
{
    const char *problem = NULL;
    for (size_t i = 0; i < count; i++) {
        problem = plot_problem(d->view, leaves[i]);
        if (!problem)
            return NULL;
    }
    return count ? problem : "no field with numbers here; j k go to others";
}

void draw_plot_view(const struct drawing *d, struct area area)
{
    uint32_t leaves[PLOT_CURVES_MOST];
    size_t count = view_plot_leaves(d->view, leaves, PLOT_CURVES_MOST);
    struct picture *p = mem_zalloc(1, sizeof *p);
    p->d = d;
    p->area =
        (struct area){area.row, area.rows, area.column + 1, area.columns - 1};
    if (count > PLOT_CURVES_MOST)
        count = PLOT_CURVES_MOST;
    const char *problem = find_problem(d, leaves, count);
    if (problem && area.rows > 0)
        draw_word(&d->canvas, area.row, p->area.column, p->area.columns,
                  problem, STYLE_DIM);
    if (!problem && area.rows >= 3 && area.columns >= 16) {
        make_panels(p, leaves, count);
        if (is_xy(p)) {
            plot_draw_xy(p);
        } else {
            plan_rows(p);
            read_all(p);
            draw_panels(p);
        }
    }
    for (size_t i = 0; i < p->count; i++)
        free(p->series[i].cells);
    free(p);
}

void draw_plot_position(struct buf *out, const struct drawing *d)
{
    uint32_t leaves[1];
    size_t count = view_plot_leaves(d->view, leaves, 1);
    size_t shown = d->fit->plot.shown;
    buf_puts(out, "plot  ");
    draw_put_span(out, d->view->span_ns);
    if (shown > 0 && shown < count)
        buf_printf(out, "  %zu of %zu fields", shown, count);
}
