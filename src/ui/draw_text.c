/* SPDX-License-Identifier: MIT */
/* Puts text on the grid. Which text goes where is decided by the other draw
 * files; cells are set by grid.c. */
#include "ui/draw_text.h"

#include <string.h>

#include "base/text.h"
#include "layout/label.h"

const char *draw_ellipsis(const struct drawing *d)
{
    return d->view->ascii ? ".." : "\xe2\x80\xa6";
}

uint32_t draw_alarm_style(enum alarm_level level)
{
    switch (level) {
    case ALARM_CRIT:
        return STYLE_BAD;
    case ALARM_WARN:
        return STYLE_WARN;
    default:
        return STYLE_PLAIN;
    }
}

uint32_t draw_state_style(enum source_state state)
{
    switch (state) {
    case STATE_LIVE:
        return STYLE_BOLD | STYLE_GOOD;
    case STATE_GONE:
    case STATE_DENIED:
    case STATE_ERROR:
        return STYLE_BOLD | STYLE_BAD;
    default:
        return STYLE_BOLD | STYLE_WARN;
    }
}

void draw_put_clean(struct buf *out, const char *text)
{
    if (text)
        text_clean(out, text, strlen(text));
}

void draw_put_label(struct buf *out, const struct drawing *d, uint32_t field)
{
    CHECK(field < d->layout->field_count);
    struct buf *label = &d->fit->shorter;
    buf_clear(label);
    field_put_label(label, d->layout, field, d->sample->values);
    draw_put_clean(out, label->data);
}

int draw_text(const struct drawing *d, int row, int column, int columns,
              enum align align, const char *text, size_t len, uint32_t style)
{
    if (columns <= 0 || len == 0)
        return 0;
    size_t width = text_columns(text, len);
    if (width <= (size_t)columns) {
        int at = column;
        if (align == ALIGN_RIGHT)
            at += columns - (int)width;
        return grid_put(d->grid, row, at, columns, text, len, style);
    }
    struct buf *shorter = &d->fit->shorter;
    buf_clear(shorter);
    text_shorten(shorter, text, len, (size_t)columns, draw_ellipsis(d));
    if (!shorter->len)
        return 0;
    return grid_put(d->grid, row, column, columns, shorter->data, shorter->len,
                    style);
}

int draw_word(const struct drawing *d, int row, int column, int columns,
              const char *text, uint32_t style)
{
    return draw_text(d, row, column, columns, ALIGN_LEFT, text, strlen(text),
                     style);
}
