/* SPDX-License-Identifier: MIT */
/* Draws the trend of a field: one cell a sample, the newest at the right, a
 * blank where a sample has no value. */
#include "draw/sparkline.h"
#include "ui/columns.h"
#include "ui/ui_private.h"

static struct scale scale_of(const struct attributes *attr,
                             const double *numbers, size_t count)
{
    if (attr->has_min && attr->has_max && attr->min < attr->max)
        return (struct scale){attr->min, attr->max};
    return sparkline_scale(numbers, count, 0);
}

void draw_trend(const struct drawing *d, int row, int column, int columns,
                uint32_t field)
{
    CHECK(field < d->layout->field_count);
    double numbers[TREND_MOST];
    if (columns <= 0)
        return;
    size_t want = columns < TREND_MOST ? (size_t)columns : TREND_MOST;
    size_t count = sampler_history(d->sampler, field, numbers, want);
    const struct attributes *attr = d->layout->fields[field].attr;
    struct scale scale = scale_of(attr, numbers, count);
    draw_sparkline(&d->canvas, row, column + columns - (int)count, numbers,
                   count, scale, STYLE_PLAIN);
}
