/* SPDX-License-Identifier: MIT */
/* Writes SVG: a rectangle for each run of cells with a background, a text for
 * each run of one look, and rectangles for block characters, which fonts do not
 * draw to the edges of a cell. */
#include "draw/grid_svg.h"

#include "base/text.h"
#include "base/utf8.h"
#include "draw/color.h"

/* Of a cell, in the picture's units. */
#define CELL_WIDTH 8
#define CELL_HEIGHT 17
#define BASELINE 13
#define FONT_SIZE 13
#define MARGIN 8

struct picture {
    struct buf *out;
    const struct grid *grid;
    const struct theme *theme;
    struct rgb front, back; /* the "terminal's own" colours */
};

/* A look in this picture: reversed, faint and own colours are worked out. */
struct paint {
    struct rgb front, back;
    uint32_t attributes; /* STYLE_BOLD and STYLE_UNDERLINE */
};

static bool same_color(struct rgb a, struct rgb b)
{
    return a.red == b.red && a.green == b.green && a.blue == b.blue;
}

static bool same_paint(const struct paint *a, const struct paint *b)
{
    return same_color(a->front, b->front) && same_color(a->back, b->back) &&
           a->attributes == b->attributes;
}

static struct rgb between(struct rgb a, struct rgb b)
{
    return (struct rgb){(uint8_t)((a.red * 3 + b.red * 2) / 5),
                        (uint8_t)((a.green * 3 + b.green * 2) / 5),
                        (uint8_t)((a.blue * 3 + b.blue * 2) / 5)};
}

static struct paint paint_of(const struct picture *p, uint32_t style)
{
    struct look look = theme_look(p->theme, style);
    struct paint paint = {
        .front = look.front == LOOK_OWN ? p->front : color_rgb(look.front),
        .back = look.back == LOOK_OWN ? p->back : color_rgb(look.back),
        .attributes = look.attributes & (STYLE_BOLD | STYLE_UNDERLINE),
    };
    if (look.attributes & STYLE_FAINT)
        paint.front = between(paint.front, paint.back);
    if (look.attributes & STYLE_REVERSE) {
        struct rgb front = paint.front;
        paint.front = paint.back;
        paint.back = front;
    }
    return paint;
}

static const struct cell *cell_at(const struct picture *p, int row, int column)
{
    const struct grid *grid = p->grid;
    return &grid->cells[(size_t)row * (size_t)grid->columns + (size_t)column];
}

/* The column after the run of cells from `column` on that look alike. A wide
 * character stays whole. */
static int run_end(const struct picture *p, int row, int column)
{
    struct paint first = paint_of(p, cell_at(p, row, column)->style);
    int end = column + 1;
    for (; end < p->grid->columns; end++) {
        const struct cell *cell = cell_at(p, row, end);
        struct paint paint = paint_of(p, cell->style);
        if (cell->code[0] && !same_paint(&paint, &first))
            break;
    }
    return end;
}

static void put_color(struct buf *out, struct rgb color)
{
    buf_printf(out, "#%02x%02x%02x", color.red, color.green, color.blue);
}

/* Appends a rectangle of eighths of a cell. */
static void put_rectangle(const struct picture *p, double x, double y,
                          double width, double height, struct rgb color)
{
    buf_printf(p->out,
               "<rect x=\"%g\" y=\"%g\" width=\"%g\" height=\"%g\" "
               "fill=\"",
               x, y, width, height);
    put_color(p->out, color);
    buf_puts(p->out, "\"/>\n");
}

/* Draws a block character; false for others. */
static bool put_block(const struct picture *p, uint32_t code, double x,
                      double y, struct rgb color)
{
    double eighth_x = CELL_WIDTH / 8.0;
    double eighth_y = CELL_HEIGHT / 8.0;
    double left = 0, width = 8, top = 0, height = 8;
    if (code >= 0x2581 && code <= 0x2588) {
        height = code - 0x2580;
        top = 8 - height;
    } else if (code >= 0x2589 && code <= 0x258F) {
        width = 0x2590 - code;
    } else if (code == 0x2590) {
        left = width = 4;
    } else {
        return false;
    }
    put_rectangle(p, x + left * eighth_x, y + top * eighth_y, width * eighth_x,
                  height * eighth_y, color);
    return true;
}

static bool is_block(uint32_t code)
{
    return code >= 0x2581 && code <= 0x2590;
}

/* Characters that XML forbids are not safe either. */
static void put_escaped(struct buf *out, uint32_t code)
{
    if (!utf8_is_safe(code))
        text_put_code(out, UTF8_REPLACEMENT);
    else if (code == '<')
        buf_puts(out, "&lt;");
    else if (code == '>')
        buf_puts(out, "&gt;");
    else if (code == '&')
        buf_puts(out, "&amp;");
    else
        text_put_code(out, code);
}

static bool is_blank(const struct picture *p, int row, int column)
{
    return cell_at(p, row, column)->code[0] == ' ';
}

/* One <text> for cells that look alike. */
static void put_words(const struct picture *p, int row, int column, int end,
                      const struct paint *paint)
{
    struct buf *out = p->out;
    buf_printf(out, "<text x=\"%d\" y=\"%d\" textLength=\"%d\" fill=\"",
               MARGIN + column * CELL_WIDTH,
               MARGIN + row * CELL_HEIGHT + BASELINE,
               (end - column) * CELL_WIDTH);
    put_color(out, paint->front);
    buf_putc(out, '"');
    if (paint->attributes & STYLE_BOLD)
        buf_puts(out, " font-weight=\"bold\"");
    if (paint->attributes & STYLE_UNDERLINE)
        buf_puts(out, " text-decoration=\"underline\"");
    buf_putc(out, '>');
    for (; column < end; column++) {
        const struct cell *cell = cell_at(p, row, column);
        for (int i = 0; i < CELL_CODES && cell->code[i]; i++)
            put_escaped(out, cell->code[i]);
    }
    buf_puts(out, "</text>\n");
}

/* The text of cells that look alike, without blanks at its ends. Each column of
 * a table is a text of its own, so that it stays at its place in a font of
 * another width. */
static void put_text(const struct picture *p, int row, int column, int end,
                     const struct paint *paint)
{
    if (paint->attributes & STYLE_UNDERLINE) {
        if (column < end)
            put_words(p, row, column, end, paint);
        return;
    }
    while (column < end) {
        if (is_blank(p, row, column)) {
            column++;
            continue;
        }
        int stop = column + 1;
        while (stop < end && !(is_blank(p, row, stop) &&
                               (stop + 1 == end || is_blank(p, row, stop + 1))))
            stop++;
        put_words(p, row, column, stop, paint);
        column = stop;
    }
}

/* Draws a run of cells that look alike: blocks, and the text between them. */
static void put_run(const struct picture *p, int row, int column, int end)
{
    struct paint paint = paint_of(p, cell_at(p, row, column)->style);
    int y = MARGIN + row * CELL_HEIGHT;
    if (!same_color(paint.back, p->back))
        put_rectangle(p, MARGIN + column * CELL_WIDTH, y,
                      (end - column) * CELL_WIDTH, CELL_HEIGHT, paint.back);
    int begin = column;
    for (; column < end; column++) {
        uint32_t code = cell_at(p, row, column)->code[0];
        if (!is_block(code))
            continue;
        put_text(p, row, begin, column, &paint);
        put_block(p, code, MARGIN + column * CELL_WIDTH, y, paint.front);
        begin = column + 1;
    }
    put_text(p, row, begin, end, &paint);
}

void grid_put_svg(struct buf *out, const struct grid *grid,
                  const struct theme *theme)
{
    CHECK(grid->cells && theme);
    static const struct rgb dark_ground = {0, 0, 0};
    static const struct rgb dark_text = {208, 208, 208};
    static const struct rgb light_ground = {255, 255, 255};
    static const struct rgb light_text = {38, 38, 38};
    bool light = theme == theme_find("light");
    struct picture p = {
        .out = out,
        .grid = grid,
        .theme = theme,
        .front = light ? light_text : dark_text,
        .back = light ? light_ground : dark_ground,
    };
    int width = grid->columns * CELL_WIDTH + 2 * MARGIN;
    int height = grid->rows * CELL_HEIGHT + 2 * MARGIN;
    buf_printf(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" "
        "height=\"%d\" viewBox=\"0 0 %d %d\" font-family=\"DejaVu Sans Mono,Menlo,Consolas,monospace\" "
        "font-size=\"%d\" xml:space=\"preserve\">\n",
        width, height, width, height, FONT_SIZE);
    put_rectangle(&p, 0, 0, width, height, p.back);
    for (int row = 0; row < grid->rows; row++) {
        for (int column = 0; column < grid->columns;) {
            int end = run_end(&p, row, column);
            put_run(&p, row, column, end);
            column = end;
        }
    }
    buf_puts(out, "</svg>\n");
}
