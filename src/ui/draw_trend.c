/* SPDX-License-Identifier: MIT */
/* Draws the trend of a field: one cell a sample, the newest at the right, a
 * blank where a sample has no value. */
#include <math.h>

#include "ui/columns.h"
#include "ui/ui_private.h"

#define LEVELS 8
#define LEVEL_CONSTANT 3 /* of a field that does not change */

struct scale {
    double low, high;
};

static struct scale scale_of(const struct attributes *attr,
                             const double *numbers, size_t count)
{
    if (attr->has_min && attr->has_max && attr->min < attr->max)
        return (struct scale){attr->min, attr->max};
    struct scale scale = {INFINITY, -INFINITY};
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(numbers[i]))
            continue;
        scale.low = numbers[i] < scale.low ? numbers[i] : scale.low;
        scale.high = numbers[i] > scale.high ? numbers[i] : scale.high;
    }
    return scale;
}

static int level_of(struct scale scale, double number)
{
    if (!(scale.low < scale.high))
        return LEVEL_CONSTANT;
    if (number <= scale.low)
        return 0;
    if (number >= scale.high)
        return LEVELS - 1;
    /* Halves, because the range may be more than a double holds. */
    double part =
        (number / 2 - scale.low / 2) / (scale.high / 2 - scale.low / 2);
    return (int)(part * LEVELS);
}

static uint32_t glyph(const struct drawing *d, int level)
{
    static const char ascii[LEVELS + 1] = "_.-~=+*#";
    CHECK(level >= 0 && level < LEVELS);
    return d->view->ascii ? (uint32_t)ascii[level] : 0x2581u + (uint32_t)level;
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
    for (size_t i = 0; i < count; i++) {
        if (isnan(numbers[i]))
            continue;
        int at = column + columns - (int)count + (int)i;
        grid_put_code(d->grid, row, at, glyph(d, level_of(scale, numbers[i])),
                      STYLE_PLAIN);
    }
}
