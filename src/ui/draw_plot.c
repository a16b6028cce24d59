/* SPDX-License-Identifier: MIT */
/* The plot view: fields of one unit share a panel, states are bands; above each
 * panel are the values of the moment that is shown. What is read and how it is
 * scaled is plot_data.c. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/double_text.h"
#include "base/mem.h"
#include "base/text.h"
#include "draw/numbers.h"
#include "layout/value_text.h"
#include "ui/field_text.h"
#include "ui/plot_data.h"
#include "ui/table.h"
#include "view/rows.h"

#define LABELS_LEAST 7  /* columns of the axis of numbers, with its line */
#define PANEL_ROWS 5    /* of curves, at least */
#define TIMES_FROM 14   /* rows from which times have a row of their own */
#define ITEM_COLUMNS 44 /* of the legend, if there are several in a row */
#define VALUE_LEAST 8
#define LABELS_CALM_NS INT64_C(10000000000)

/* Curves of one unit, or all bands. */
struct panel {
    bool state;
    size_t first, count; /* of picture.series */
    int items;           /* in a row of the legend */
    int legend, rows;    /* rows of the legend, of the curves */
    bool known;          /* it has numbers */
    struct plot_scale scale;
};

struct picture {
    const struct drawing *d;
    struct area area;
    struct plot_series series[PLOT_CURVES_MOST]; /* by panel */
    size_t count;
    struct panel panels[PLOT_CURVES_MOST];
    size_t panel_count;
    size_t shown; /* panels */
    int times;    /* rows of the axis of times */
    struct plot_window window;
};

static const struct field *series_field(const struct picture *p, size_t index)
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
    for (size_t i = 0; i < p->panel_count; i++) {
        struct panel *panel = &p->panels[i];
        int count = (int)panel->count;
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
        panel->legend = smaller(panel->legend, left - 1);
        left -= smaller(least, left);
        panel->rows = least - panel->legend;
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

/* --- legend --------------------------------------------------------------- */

static const uint32_t palette[] = {STYLE_HEADING, STYLE_GOOD, STYLE_ACCENT,
                                   STYLE_PLAIN};
#define PALETTE_COUNT (sizeof palette / sizeof palette[0])

static char letter_of(size_t index)
{
    CHECK(index < PLOT_CURVES_MOST);
    return (char)('a' + index);
}

/* What the moment's values of two curves differ by: "b-a +1.22". */
static void put_difference(struct buf *out, const struct picture *p,
                           const struct panel *panel)
{
    const struct view *view = p->d->view;
    const struct field *field = series_field(p, panel->first);
    double numbers[2];
    for (size_t i = 0; i < 2; i++) {
        uint32_t leaf = p->series[panel->first + i].leaf;
        const struct trend *trend = leaf_trend(view, leaf);
        if (!trend || trend->flags & TREND_HELD)
            return;
        numbers[i] =
            value_number(leaf_field(view, leaf), leaf_value(view, leaf));
    }
    double by = numbers[1] - numbers[0];
    if (!isfinite(by))
        return;
    buf_printf(out, "%c-%c ", letter_of(panel->first + 1),
               letter_of(panel->first));
    if (by > 0)
        buf_putc(out, '+');
    if (field->attr->precision >= 0)
        double_put_fixed(out, by, field->attr->precision);
    else
        double_put_digits(out, by, 6);
}

static void put_range(struct buf *out, const struct picture *p, size_t index)
{
    const struct plot_series *series = &p->series[index];
    const struct field *field = series_field(p, index);
    if (!(series->low <= series->high))
        return;
    draw_put_number(out, field, series->low);
    buf_puts(out, "..");
    draw_put_number(out, field, series->high);
}

/* The columns of the parts of a panel's legend. */
struct legend {
    int label, value, unit;
};

static struct legend measure_legend(const struct picture *p,
                                    const struct panel *panel, int columns)
{
    struct legend legend = {0, panel->state ? 0 : VALUE_LEAST, 0};
    struct buf *text = &p->d->fit->text;
    for (size_t i = panel->first; i < panel->first + panel->count; i++) {
        uint32_t leaf = p->series[i].leaf;
        const struct field *field = series_field(p, i);
        for (int part = 0; part < 3; part++) {
            int *width = part == 0   ? &legend.label
                         : part == 1 ? &legend.value
                                     : &legend.unit;
            buf_clear(text);
            buf_puts(text, "");
            if (part == 0)
                draw_put_label(text, p->d, leaf);
            else if (part == 1)
                draw_put_value(text, p->d, leaf, true);
            else
                draw_put_plain(text, &p->d->canvas, field->attr->unit);
            int need = (int)text_columns(text->data, text->len);
            *width = need > *width ? need : *width;
        }
    }
    legend.value = smaller(legend.value, columns / 3);
    int room = columns - legend.value - legend.unit - 6;
    legend.label = smaller(legend.label, room > 8 ? room : 8);
    return legend;
}

/* Draws what was appended to the text, and clears it. */
static int flush(const struct picture *p, int row, int column, int columns,
                 enum align align, uint32_t style)
{
    struct buf *text = &p->d->fit->text;
    int used = draw_text(&p->d->canvas, row, column, columns, align, text->data,
                         text->len, style);
    buf_clear(text);
    return used;
}

static void draw_item(const struct picture *p, const struct panel *panel,
                      const struct legend *legend, size_t index, int row,
                      int column, int columns)
{
    struct buf *text = &p->d->fit->text;
    uint32_t leaf = p->series[index].leaf;
    const struct field *field = series_field(p, index);
    int end = column + columns;
    uint32_t style = palette[(index - panel->first) % PALETTE_COUNT];
    if (panel->count > 1 && !panel->state) {
        grid_put_code(p->d->canvas.grid, row, column,
                      (uint32_t)letter_of(index), style | STYLE_BOLD);
        column += 2;
    }
    buf_clear(text);
    draw_put_label(text, p->d, leaf);
    flush(p, row, column, smaller(legend->label, end - column), ALIGN_LEFT,
          STYLE_PLAIN);
    column += legend->label + 2;
    if (column >= end)
        return;
    draw_put_value(text, p->d, leaf, true);
    size_t len = text->len;
    table_put_value(p->d, row, column, smaller(legend->value, end - column),
                    panel->state ? ALIGN_LEFT : ALIGN_RIGHT, text->data, len,
                    table_value_style(p->d, leaf) | STYLE_BOLD);
    buf_clear(text);
    column += legend->value + 1;
    if (panel->state || column >= end)
        return;
    draw_put_plain(text, &p->d->canvas, field->attr->unit);
    flush(p, row, column, smaller(legend->unit, end - column), ALIGN_LEFT,
          STYLE_DIM);
    column += legend->unit + 2;
    buf_puts(text, "");
    put_range(text, p, index);
    if ((int)text_columns(text->data, text->len) > end - column)
        return;
    column += flush(p, row, column, end - column, ALIGN_LEFT, STYLE_DIM) + 3;
    if (panel->count != 2 || index == panel->first)
        return;
    buf_puts(text, "");
    put_difference(text, p, panel);
    if ((int)text_columns(text->data, text->len) <= end - column)
        flush(p, row, column, end - column, ALIGN_LEFT, STYLE_PLAIN);
}

static void draw_legend(const struct picture *p, const struct panel *panel,
                        int row)
{
    int column = p->d->fit->plot.column;
    int columns = p->area.column + p->area.columns - column;
    int wide = columns / panel->items;
    struct legend legend = measure_legend(p, panel, wide - 2);
    for (size_t i = 0; i < panel->count; i++) {
        int line = (int)i / panel->items, at = (int)i % panel->items;
        if (line < panel->legend)
            draw_item(p, panel, &legend, panel->first + i, row + line,
                      column + at * wide,
                      at + 1 < panel->items ? wide - 2 : columns - at * wide);
    }
}

/* The unit of a panel, over the labels of its axis. */
static void draw_unit(const struct picture *p, const struct panel *panel,
                      int row)
{
    struct buf *text = &p->d->fit->text;
    int width = p->d->fit->plot.column - p->area.column - 2;
    const struct field *field = series_field(p, panel->first);
    buf_clear(text);
    buf_puts(text, panel->scale.prefix);
    draw_put_plain(text, &p->d->canvas, field->attr->unit);
    if (width > 0)
        flush(p, row, p->area.column, width, ALIGN_RIGHT, STYLE_DIM);
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
        const struct field *field = series_field(p, panel->first + i);
        curves[i] = (struct plot_curve){p->series[panel->first + i].cells,
                                        palette[i % PALETTE_COUNT],
                                        letter_of(panel->first + i)};
        if (i == 0 || field->attr != series_field(p, panel->first)->attr)
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
                        .cursor = plot_cursor(d, &p->window)};
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
        measure_legend(p, panel, p->area.columns - p->d->fit->plot.column);
    int cursor = plot_cursor(p->d, &p->window);
    int column = p->d->fit->plot.column;
    for (size_t i = 0; i < panel->count; i++, row += 2) {
        draw_item(p, panel, &legend, panel->first + i, row, column,
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
        draw_legend(p, panel, row);
        draw_unit(p, panel, row);
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
}

/* --- one number against the other ----------------------------------------- */

/* The legend of one of the two, with its name on the axis. */
static void draw_xy_item(const struct picture *p, const struct panel *panel,
                         const struct legend *legend, size_t index, int row)
{
    int column = p->d->fit->plot.column;
    grid_put_code(p->d->canvas.grid, row, column, index ? 'y' : 'x',
                  STYLE_BOLD);
    draw_item(p, panel, legend, index, row, column + 2,
              p->area.column + p->area.columns - column - 2);
}

static void draw_xy(struct picture *p)
{
    const struct drawing *d = p->d;
    d->fit->plot.shown = 2;
    struct plot_scale scales[2];
    struct panel panel = {.count = 1, .items = 1};
    struct plot_fit *fit = &d->fit->plot;
    p->window = plot_window(d, p->area.columns);
    for (size_t i = 0; i < 2; i++) {
        plot_read(&p->series[i], d, &p->window, p->series[i].leaf);
        if (!plot_make_scale(&scales[i], &p->series[i], 1, d, &fit->axes[i])) {
            draw_word(&d->canvas, p->area.row, p->area.column + 1,
                      p->area.columns - 1, "no numbers in this time",
                      STYLE_DIM);
            return;
        }
    }
    int times = p->area.rows >= TIMES_FROM ? 2 : 1;
    int rows = p->area.rows - 2 - times;
    if (rows < 1)
        return;
    int left = axis_width(&scales[1].axis, rows, axis_put_label, NULL) + 3;
    left =
        smaller(left > LABELS_LEAST ? left : LABELS_LEAST, p->area.columns / 2);
    fit->column = p->area.column + left;
    panel.count = 2;
    struct legend legend =
        measure_legend(p, &panel, p->area.columns - left - 2);
    panel.count = 1;
    for (size_t i = 0; i < 2; i++) {
        panel.first = i;
        draw_xy_item(p, &panel, &legend, i, p->area.row + (int)i);
    }
    int cursor = plot_cursor(d, &p->window);
    const struct plot_xy plot = {
        .graph = plot_graph(d),
        .x_axis = scales[0].axis,
        .y_axis = scales[1].axis,
        .x = p->series[0].cells,
        .y = p->series[1].cells,
        .count = p->series[0].count,
        .hole_most = p->series[0].hole_most,
        .at = cursor < 0 ? -1 : (int64_t)(cursor + 1) * p->window.across - 1,
        .style = STYLE_HEADING};
    int row = p->area.row + 2;
    axis_draw(&d->canvas, (struct area){row, rows, p->area.column, left},
              &scales[1].axis, axis_put_label, NULL);
    draw_plot_xy(&d->canvas,
                 (struct area){row, rows, fit->column, p->area.columns - left},
                 &plot);
    axis_draw_below(
        &d->canvas,
        (struct area){row + rows, times, fit->column, p->area.columns - left},
        &scales[0].axis);
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
            draw_xy(p);
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
    if (shown < count)
        buf_printf(out, "  %zu of %zu fields", shown, count);
}
