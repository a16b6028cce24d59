/* SPDX-License-Identifier: MIT */
/* The lines above panels of the plot: letters, labels, the values of the
 * moment that is shown, and the range of the time that is plotted. */
#include <math.h>
#include <string.h>

#include "base/double_text.h"
#include "base/text.h"
#include "layout/value_text.h"
#include "panes/field_text.h"
#include "panes/plot_view.h"
#include "panes/table.h"
#include "view/rows.h"

#define VALUE_LEAST 8

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

static const uint32_t palette[] = {STYLE_HEADING, STYLE_GOOD, STYLE_ACCENT,
                                   STYLE_PLAIN};
#define PALETTE_COUNT (sizeof palette / sizeof palette[0])

uint32_t plot_style(const struct panel *panel, size_t index)
{
    CHECK(index >= panel->first);
    return palette[(index - panel->first) % PALETTE_COUNT];
}

char plot_letter(const struct panel *panel, size_t index)
{
    CHECK(index >= panel->first && index < panel->first + panel->count);
    return (char)('a' + panel->letters + (int)(index - panel->first));
}

/* What the moment's values of two curves differ by: "b-a +1.22". */
static void put_difference(struct buf *out, const struct picture *p,
                           const struct panel *panel)
{
    const struct view *view = p->d->view;
    const struct field *field = plot_field(p, panel->first);
    double numbers[2];
    for (size_t i = 0; i < 2; i++)
        numbers[i] = plot_moment(view, p->series[panel->first + i].leaf);
    double by = numbers[1] - numbers[0];
    if (!isfinite(by))
        return;
    buf_printf(out, "%c-%c ", plot_letter(panel, panel->first + 1),
               plot_letter(panel, panel->first));
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
    const struct field *field = plot_field(p, index);
    if (!(series->low <= series->high))
        return;
    draw_put_number(out, field, series->low);
    buf_puts(out, "..");
    draw_put_number(out, field, series->high);
}

/* "┆ +0.25 since the baseline" */
static void put_since_baseline(struct buf *out, const struct picture *p,
                               size_t index)
{
    const struct view *view = p->d->view;
    uint32_t leaf = p->series[index].leaf;
    const struct value *value = leaf_value(view, leaf);
    struct value baseline;
    buf_puts(out, "");
    if (!view->has_baseline || value->type == VALUE_NONE ||
        !leaf_baseline(view, leaf, &baseline))
        return;
    text_put_code(out, PLOT_BASELINE(p->d->canvas.ascii));
    buf_putc(out, ' ');
    size_t at = out->len;
    value_put_difference(out, plot_field(p, index), &baseline, value);
    if (out->len == at)
        buf_clear(out);
    else
        buf_puts(out, " since the baseline");
}

struct legend legend_measure(const struct picture *p, const struct panel *panel,
                             int columns)
{
    struct legend legend = {0, panel->state ? 0 : VALUE_LEAST, 0};
    struct buf *text = &p->d->fit->text;
    for (size_t i = panel->first; i < panel->first + panel->count; i++) {
        uint32_t leaf = p->series[i].leaf;
        const struct field *field = plot_field(p, i);
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

void legend_draw_item(const struct picture *p, const struct panel *panel,
                      const struct legend *legend, size_t index, int row,
                      int column, int columns)
{
    struct buf *text = &p->d->fit->text;
    uint32_t leaf = p->series[index].leaf;
    const struct field *field = plot_field(p, index);
    int end = column + columns;
    uint32_t style = plot_style(panel, index);
    if (panel->count > 1 && !panel->state) {
        grid_put_code(p->d->canvas.grid, row, column,
                      (uint32_t)plot_letter(panel, index), style | STYLE_BOLD);
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
    put_since_baseline(text, p, index);
    if ((int)text_columns(text->data, text->len) <= end - column &&
        text->len > 0)
        column +=
            flush(p, row, column, end - column, ALIGN_LEFT, STYLE_PLAIN) + 3;
    if (panel->count != 2 || index == panel->first)
        return;
    buf_clear(text);
    buf_puts(text, "");
    put_difference(text, p, panel);
    if ((int)text_columns(text->data, text->len) <= end - column)
        flush(p, row, column, end - column, ALIGN_LEFT, STYLE_PLAIN);
}

/* The unit of a panel, over the labels of its axis. */
static void draw_unit(const struct picture *p, const struct panel *panel,
                      int row)
{
    struct buf *text = &p->d->fit->text;
    int width = p->d->fit->plot.column - p->area.column - 2;
    const struct field *field = plot_field(p, panel->first);
    buf_clear(text);
    buf_puts(text, panel->scale.prefix);
    draw_put_plain(text, &p->d->canvas, field->attr->unit);
    if (width > 0)
        flush(p, row, p->area.column, width, ALIGN_RIGHT, STYLE_DIM);
}

void legend_draw(const struct picture *p, const struct panel *panel, int row)
{
    int column = p->d->fit->plot.column;
    int columns = p->area.column + p->area.columns - column;
    int wide = columns / panel->items;
    struct legend legend = legend_measure(p, panel, wide - 2);
    for (size_t i = 0; i < panel->count; i++) {
        int line = (int)i / panel->items, at = (int)i % panel->items;
        if (line < panel->legend)
            legend_draw_item(p, panel, &legend, panel->first + i, row + line,
                             column + at * wide,
                             at + 1 < panel->items ? wide - 2
                                                   : columns - at * wide);
    }
    draw_unit(p, panel, row);
}
