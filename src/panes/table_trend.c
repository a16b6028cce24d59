/* SPDX-License-Identifier: MIT */
/* Draws how a field moves: a meter on the range that its layout gives, else its
 * last cells as a sparkline on the range that was seen. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "draw/meter.h"
#include "draw/sparkline.h"
#include "panes/field_text.h"
#include "panes/table.h"
#include "view/rows.h"

/* Gauges that move less than this part of their value do not fill the
 * height. */
#define NOISE_PART 0.01
#define NOISE_DIGITS 4 /* neither do those that move by a few last digits */
#define RESTING_CELLS 3

static bool has_range(const struct attributes *attr)
{
    return attr->has_min && attr->has_max && attr->min < attr->max;
}

double trend_least(const struct field *field, double low, double high)
{
    if (field->attr->role != ROLE_GAUGE)
        return 0;
    double least = NOISE_PART * fmax(fabs(low), fabs(high));
    if (field->attr->precision >= 0)
        least = fmax(least, NOISE_DIGITS * pow(10, -field->attr->precision));
    return least;
}

/* The range seen, wide enough that noise is not drawn as a storm. */
static struct scale seen_scale(const struct field *field, const double *numbers,
                               size_t count)
{
    struct scale scale = sparkline_scale(numbers, count, 0);
    if (!(scale.low < scale.high))
        return scale;
    return sparkline_scale(numbers, count,
                           trend_least(field, scale.low, scale.high));
}

/* A field that has rested for some cells is a line over all columns: what it
 * was before is not known, but a line that grows looks as if something
 * happened. */
static size_t extend_constant(double *numbers, size_t count, size_t columns)
{
    size_t more = columns - count;
    if (!count)
        return count;
    memmove(numbers + more, numbers, count * sizeof *numbers);
    for (size_t i = 0; i < more; i++)
        numbers[i] = numbers[more];
    return columns;
}

void draw_trend(const struct drawing *d, int row, int column, int columns,
                uint32_t leaf)
{
    const struct view *view = d->view;
    const struct field *field = leaf_field(view, leaf);
    double numbers[TREND_MOST];
    if (columns <= 0)
        return;
    size_t want = columns < TREND_MOST ? (size_t)columns : TREND_MOST;
    size_t count = sampler_trend(leaf_target(view, leaf)->sampler,
                                 view->tree.leaves[leaf].field, numbers, want);
    struct scale scale = seen_scale(field, numbers, count);
    const struct trend *trend = leaf_trend(view, leaf);
    bool rests = count >= RESTING_CELLS && trend && !trend_has_changed(trend);
    if (scale.low == scale.high && rests)
        count = extend_constant(numbers, count, want);
    else if (has_range(field->attr))
        scale = (struct scale){field->attr->min, field->attr->max};
    draw_sparkline(&d->canvas, row, column + columns - (int)count, numbers,
                   count, scale, STYLE_DIM);
}

static void put_bar(const struct canvas *canvas, struct area area, int column,
                    double part)
{
    int level = (int)(part * (area.rows * 8 - 1)) + 1;
    for (int i = 0; i < area.rows && level > 0; i++, level -= 8) {
        uint32_t code = level >= 8 ? 0x2588 : 0x2580 + (uint32_t)level;
        if (canvas->ascii)
            code = level >= 4 ? '#' : '.';
        grid_put_code(canvas->grid, area.row + area.rows - 1 - i, column, code,
                      STYLE_DIM);
    }
}

/* The ends of the scale at the left of a chart; returns their columns. */
static int draw_scale(const struct drawing *d, struct area area,
                      const struct field *field, struct scale scale)
{
    struct buf *text = &d->fit->text;
    int width = 0;
    for (int i = 0; i < 2; i++) {
        buf_clear(text);
        buf_puts(text, "");
        draw_put_number(text, field, i ? scale.low : scale.high);
        if (i && area.rows == 1)
            break;
        int columns = (int)text_columns(text->data, text->len);
        draw_word(&d->canvas, i ? area.row + area.rows - 1 : area.row,
                  area.column, area.columns / 3, text->data, STYLE_DIM);
        width = columns > width ? columns : width;
    }
    return width < area.columns / 3 ? width + 1 : area.columns / 3;
}

bool draw_chart(const struct drawing *d, struct area area, uint32_t leaf)
{
    const struct view *view = d->view;
    const struct field *field = leaf_field(view, leaf);
    const struct sampler *sampler = leaf_target(view, leaf)->sampler;
    double numbers[TREND_MOST];
    size_t count = sampler_trend(sampler, view->tree.leaves[leaf].field,
                                 numbers, TREND_MOST);
    struct scale scale = seen_scale(field, numbers, count);
    if (!(scale.low < scale.high))
        return false;
    int left = draw_scale(d, area, field, scale);
    area.column += left;
    area.columns -= left;
    /* A cell is as many columns as there is room for, the newest at the right.
     */
    int wide = area.columns / TREND_MOST;
    wide = wide > 1 ? wide : 1;
    int end = area.column + area.columns;
    for (size_t i = count; i-- > 0 && end - wide >= area.column; end -= wide)
        for (int k = 1; isfinite(numbers[i]) && k <= wide; k++)
            put_bar(&d->canvas, area, end - k,
                    (numbers[i] - scale.low) / (scale.high - scale.low));
    return true;
}

/* Where a number is in the range, 0..1 of it. */
static double part_of(const struct attributes *attr, double number)
{
    return (number / 2 - attr->min / 2) / (attr->max / 2 - attr->min / 2);
}

/* Marks a limit where it begins and ends. */
static size_t add_marks(struct meter_mark *marks, size_t count,
                        const struct attributes *attr,
                        const struct limit *limit, uint32_t style)
{
    bool low = limit->kind == LIMIT_BELOW || limit->kind == LIMIT_AT_MOST;
    bool high = limit->kind == LIMIT_ABOVE || limit->kind == LIMIT_AT_LEAST ||
                limit->kind == LIMIT_INSIDE;
    if (low)
        marks[count++] =
            (struct meter_mark){part_of(attr, limit->low), true, style};
    if (high)
        marks[count++] = (struct meter_mark){
            part_of(attr,
                    limit->kind == LIMIT_INSIDE ? limit->low : limit->high),
            false, style};
    return count;
}

static void draw_gauge(const struct drawing *d, int row, int column,
                       int columns, uint32_t leaf)
{
    const struct view *view = d->view;
    const struct attributes *attr = leaf_field(view, leaf)->attr;
    double number =
        value_number(leaf_field(view, leaf), leaf_value(view, leaf));
    struct meter_mark marks[4];
    size_t count = add_marks(marks, 0, attr, &attr->warn, STYLE_WARN);
    count = add_marks(marks, count, attr, &attr->crit, STYLE_CRIT);
    draw_meter(&d->canvas, row, column, columns, part_of(attr, number),
               STYLE_DIM, marks, count);
}

void draw_range_or_trend(const struct drawing *d, int row, int column,
                         int columns, uint32_t leaf)
{
    const struct attributes *attr = leaf_field(d->view, leaf)->attr;
    if (columns <= 0)
        return;
    if (has_range(attr) && attr->role == ROLE_GAUGE)
        draw_gauge(d, row, column, columns, leaf);
    else
        draw_trend(d, row, column, columns, leaf);
}
