/* SPDX-License-Identifier: MIT */
/* Fits pieces of text into a line. Their texts and ranks are those of ui/. */
#include "draw/pieces.h"

#include "base/text.h"

void piece_end(struct pieces *line, int gap, int rank, int least,
               uint32_t style)
{
    CHECK(line->count < PIECES_MAX);
    struct piece *piece = &line->items[line->count];
    size_t at = line->count ? piece[-1].at + piece[-1].len : 0;
    size_t len = line->text->len - at;
    *piece = (struct piece){gap, rank, least, style, at, len, 0};
    if (len) {
        size_t width = text_columns(line->text->data + at, len);
        piece->width =
            width < GRID_COLUMNS_MAX * 2 ? (int)width : GRID_COLUMNS_MAX * 2;
    }
    line->count++;
}

static int pieces_width(const struct pieces *line)
{
    int width = 0;
    for (int i = 0; i < line->count; i++) {
        const struct piece *piece = &line->items[i];
        if (piece->width)
            width += piece->width + (width ? piece->gap : 0);
    }
    return width;
}

static struct piece *lowest(struct pieces *line)
{
    struct piece *found = NULL;
    for (int i = 0; i < line->count; i++) {
        struct piece *piece = &line->items[i];
        if (piece->width && (!found || piece->rank < found->rank))
            found = piece;
    }
    return found;
}

static void pieces_fit(struct pieces *line, int columns)
{
    for (;;) {
        int excess = pieces_width(line) - columns;
        struct piece *piece = excess > 0 ? lowest(line) : NULL;
        if (!piece)
            return;
        if (piece->least && piece->width - excess >= piece->least)
            piece->width -= excess;
        else if (pieces_width(line) == piece->width)
            piece->width = columns; /* the last piece is cut instead */
        else
            piece->width = 0;
    }
}

void pieces_draw(const struct canvas *canvas, int row, int column, int columns,
                 struct pieces *line)
{
    int at = column;
    pieces_fit(line, columns);
    for (int i = 0; i < line->count; i++) {
        const struct piece *piece = &line->items[i];
        if (!piece->width)
            continue;
        at += at > column ? piece->gap : 0;
        draw_text(canvas, row, at, piece->width, ALIGN_LEFT,
                  line->text->data + piece->at, piece->len, piece->style);
        at += piece->width;
    }
}
