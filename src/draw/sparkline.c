/* SPDX-License-Identifier: MIT */
/* Draws sparklines. Which numbers, and on which scale, is decided in ui/. */
#include "draw/sparkline.h"

#include <math.h>

#define LEVELS 7

struct scale sparkline_scale(const double *numbers, size_t count, double least)
{
    CHECK((numbers || count == 0) && least >= 0);
    struct scale scale = {INFINITY, -INFINITY};
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(numbers[i]))
            continue;
        scale.low = numbers[i] < scale.low ? numbers[i] : scale.low;
        scale.high = numbers[i] > scale.high ? numbers[i] : scale.high;
    }
    /* Halves, because the range may be more than a double holds. */
    double missing = least / 2 - (scale.high / 2 - scale.low / 2);
    if (scale.low <= scale.high && missing > 0) {
        scale.low -= missing;
        scale.high += missing;
    }
    return scale;
}

static bool is_constant(const double *numbers, size_t count)
{
    double first = NAN;
    for (size_t i = 0; i < count; i++)
        if (isnan(first))
            first = numbers[i];
        else if (!isnan(numbers[i]) && numbers[i] != first)
            return false;
    return true;
}

/* `span`: half of the scale, since all of it may be more than a double. */
static int level_of(struct scale scale, double span, double number)
{
    if (number <= scale.low || !(scale.low < scale.high))
        return 0;
    if (number >= scale.high)
        return LEVELS - 1;
    int level = (int)((number / 2 - scale.low / 2) / span * LEVELS);
    return level < LEVELS ? level : LEVELS - 1;
}

/* The highest block leaves a gap below the row above. */
static uint32_t glyph(const struct canvas *canvas, int level)
{
    static const char ascii[LEVELS + 1] = "_.-~=*#";
    CHECK(level >= 0 && level < LEVELS);
    return canvas->ascii ? (uint32_t)ascii[level] : 0x2581u + (uint32_t)level;
}

void draw_sparkline(const struct canvas *canvas, int row, int column,
                    const double *numbers, size_t count, struct scale scale,
                    uint32_t style)
{
    CHECK(numbers || count == 0);
    bool constant = is_constant(numbers, count);
    double span = scale.high / 2 - scale.low / 2;
    uint32_t dot = canvas->ascii ? '.' : 0xb7;
    for (size_t i = 0; i < count; i++) {
        uint32_t code = isnan(numbers[i]) ? ' '
                        : constant
                            ? dot
                            : glyph(canvas, level_of(scale, span, numbers[i]));
        grid_put_code(canvas->grid, row, column + (int)i, code,
                      style | STYLE_GRAPH);
    }
}
