/* SPDX-License-Identifier: MIT */
/* Draws sparklines. Which numbers, and on which scale, is decided in ui/. */
#include "draw/sparkline.h"

#include <math.h>

#define LEVELS 8
#define LEVEL_CONSTANT 3 /* of a field that does not change */

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

static uint32_t glyph(const struct canvas *canvas, int level)
{
    static const char ascii[LEVELS + 1] = "_.-~=+*#";
    CHECK(level >= 0 && level < LEVELS);
    return canvas->ascii ? (uint32_t)ascii[level] : 0x2581u + (uint32_t)level;
}

void draw_sparkline(const struct canvas *canvas, int row, int column,
                    const double *numbers, size_t count, struct scale scale)
{
    CHECK(numbers || count == 0);
    for (size_t i = 0; i < count; i++) {
        if (isnan(numbers[i]))
            continue;
        int level = level_of(scale, numbers[i]);
        grid_put_code(canvas->grid, row, column + (int)i, glyph(canvas, level),
                      STYLE_PLAIN);
    }
}
