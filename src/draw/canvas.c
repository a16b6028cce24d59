/* SPDX-License-Identifier: MIT */
/* Puts text on a grid. Cells are set by grid.c; which text goes where is
 * decided in ui/. */
#include "draw/canvas.h"

#include <string.h>

#include "base/text.h"

const char *draw_ellipsis(const struct canvas *canvas)
{
    return canvas->ascii ? ".." : "\xe2\x80\xa6";
}

void draw_put_clean(struct buf *out, const char *text)
{
    if (text)
        text_clean(out, text, strlen(text));
}

int draw_text(const struct canvas *canvas, int row, int column, int columns,
              enum align align, const char *text, size_t len, uint32_t style)
{
    if (columns <= 0 || len == 0)
        return 0;
    size_t width = text_columns(text, len);
    if (width <= (size_t)columns) {
        int at = column;
        if (align == ALIGN_RIGHT)
            at += columns - (int)width;
        return grid_put(canvas->grid, row, at, columns, text, len, style);
    }
    struct buf *shorter = canvas->shorter;
    buf_clear(shorter);
    text_shorten(shorter, text, len, (size_t)columns, draw_ellipsis(canvas));
    if (!shorter->len)
        return 0;
    return grid_put(canvas->grid, row, column, columns, shorter->data,
                    shorter->len, style);
}

int draw_word(const struct canvas *canvas, int row, int column, int columns,
              const char *text, uint32_t style)
{
    return draw_text(canvas, row, column, columns, ALIGN_LEFT, text,
                     strlen(text), style);
}
