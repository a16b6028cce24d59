/* SPDX-License-Identifier: MIT */
/* Draws states over time: what a state is called, and a line as long as it
 * lasts. */
#include "base/text.h"
#include "draw/plot.h"

void draw_band(const struct canvas *canvas, int row, int column,
               const struct band_run *runs, size_t count)
{
    CHECK(runs || count == 0);
    for (size_t i = 0; i < count; i++) {
        const struct band_run *run = &runs[i];
        CHECK(run->from < run->to);
        if (!run->known)
            continue;
        int at = run->from;
        for (int k = at; k < run->to; k++)
            grid_put_code(canvas->grid, row, column + k,
                          canvas->ascii ? '-' : 0x2500,
                          STYLE_DIM | STYLE_GRAPH);
        if (run->begins)
            grid_put_code(canvas->grid, row, column + at++,
                          canvas->ascii ? '|' : 0x2503, run->style);
        int room = run->to - at;
        int width = (int)text_columns(run->text, run->len);
        /* One that is cut is no name: it stays away, unless some of it can be
         * read. */
        if (width > room && room < 4)
            continue;
        at += draw_text(canvas, row, column + at, room, ALIGN_LEFT, run->text,
                        run->len, run->style);
        if (at < run->to)
            grid_put_code(canvas->grid, row, column + at, ' ', STYLE_PLAIN);
    }
}
