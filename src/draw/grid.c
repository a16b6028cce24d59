/* SPDX-License-Identifier: MIT */
/* Sets cells, and keeps both halves of wide characters together. Text is clean
 * when it gets here (text_clean). */
#include "draw/grid.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/utf8.h"

static int clamp(int value, int low, int high)
{
    return value < low ? low : value > high ? high : value;
}

void grid_reset(struct grid *grid, int columns, int rows)
{
    columns = clamp(columns, 1, GRID_COLUMNS_MAX);
    rows = clamp(rows, 1, GRID_ROWS_MAX);
    size_t count = (size_t)columns * (size_t)rows;
    if (!grid->cells || grid->columns != columns || grid->rows != rows)
        grid->cells = mem_resize(grid->cells, count, sizeof *grid->cells);
    grid->columns = columns;
    grid->rows = rows;
    size_t row = (size_t)columns;
    for (size_t i = 0; i < row; i++)
        grid->cells[i] = (struct cell){.code = {' '}};
    for (size_t i = row; i < count; i += row)
        memcpy(grid->cells + i, grid->cells, row * sizeof *grid->cells);
}

void grid_free(struct grid *grid)
{
    free(grid->cells);
    *grid = (struct grid){0};
}

static struct cell *cell_at(struct grid *grid, int row, int column)
{
    if (row < 0 || row >= grid->rows || column < 0 || column >= grid->columns)
        return NULL;
    return &grid->cells[(size_t)row * (size_t)grid->columns + (size_t)column];
}

/* Blanks the other half of a wide character before one half is replaced. */
static void split_wide(const struct grid *grid, struct cell *here, int column)
{
    struct cell *right = column + 1 < grid->columns ? here + 1 : NULL;
    if (here->code[0] == 0)
        here[-1] = (struct cell){.code = {' '}, .style = here->style};
    if (right && right->code[0] == 0)
        *right = (struct cell){.code = {' '}, .style = right->style};
}

static void set_cell(struct grid *grid, int row, int column, uint32_t code,
                     uint32_t style)
{
    struct cell *cell = cell_at(grid, row, column);
    split_wide(grid, cell, column);
    *cell = (struct cell){.code = {code}, .style = style};
}

/* Sets `len` cells, which are there, to printable ASCII. */
static void set_plain(struct grid *grid, int row, int column, const char *text,
                      size_t len, uint32_t style)
{
    struct cell *cells = cell_at(grid, row, column);
    split_wide(grid, cells, column);
    split_wide(grid, cells + len - 1, column + (int)len - 1);
    for (size_t i = 0; i < len; i++)
        cells[i] =
            (struct cell){.code = {(unsigned char)text[i]}, .style = style};
}

static void add_mark(struct cell *cell, uint32_t code)
{
    for (int i = 1; i < CELL_CODES; i++) {
        if (cell->code[i] == 0) {
            cell->code[i] = code;
            return;
        }
    }
}

int grid_put(struct grid *grid, int row, int column, int columns,
             const char *text, size_t len, uint32_t style)
{
    CHECK(grid->cells);
    if (!cell_at(grid, row, column) || columns <= 0)
        return 0;
    int end =
        columns > grid->columns - column ? grid->columns : column + columns;
    int at = column;
    struct cell *last = NULL;
    for (size_t i = 0; i < len;) {
        size_t run = utf8_plain_run(text + i, len - i);
        if (run > 0) {
            run = run < (size_t)(end - at) ? run : (size_t)(end - at);
            if (run == 0)
                break;
            set_plain(grid, row, at, text + i, run, style);
            i += run;
            at += (int)run;
            last = cell_at(grid, row, at - 1);
            continue;
        }
        uint32_t code = 0;
        i += utf8_next(text + i, len - i, &code);
        int width = utf8_width(code);
        if (width == 0) {
            if (last)
                add_mark(last, code);
            continue;
        }
        if (at + width > end) {
            if (at < end)
                set_cell(grid, row, at++, ' ', style);
            break;
        }
        /* The right half first: setting it would split the left one. */
        if (width == 2)
            set_cell(grid, row, at + 1, ' ', style);
        set_cell(grid, row, at, code, style);
        last = cell_at(grid, row, at);
        if (width == 2)
            cell_at(grid, row, at + 1)->code[0] = 0;
        at += width;
    }
    return at - column;
}

void grid_put_code(struct grid *grid, int row, int column, uint32_t code,
                   uint32_t style)
{
    if (cell_at(grid, row, column))
        set_cell(grid, row, column, code, style);
}

void grid_style(struct grid *grid, int row, int column, int columns,
                uint32_t style)
{
    uint32_t keep = style & STYLE_ROLE ? ~(uint32_t)STYLE_ROLE : UINT32_MAX;
    for (int i = 0; i < columns; i++) {
        struct cell *cell = cell_at(grid, row, column + i);
        if (cell)
            cell->style = (cell->style & keep) | style;
    }
}

/* The ASCII character for a cell, '?' if it needs several or none is known. */
static uint32_t cell_to_ascii(uint32_t code, struct buf *utf8,
                              struct buf *ascii)
{
    if (code < 0x20)
        return '?';
    buf_clear(utf8);
    buf_clear(ascii);
    text_put_code(utf8, code);
    text_to_ascii(ascii, utf8->data, utf8->len);
    return ascii->len == 1 ? (uint32_t)ascii->data[0] : '?';
}

void grid_to_ascii(struct grid *grid)
{
    CHECK(grid->cells);
    struct buf utf8 = {0}, ascii = {0};
    size_t count = (size_t)grid->columns * (size_t)grid->rows;
    for (size_t i = 0; i < count; i++) {
        struct cell *cell = &grid->cells[i];
        if (cell->code[0] < 0x20 || cell->code[0] > 0x7e)
            cell->code[0] = cell_to_ascii(cell->code[0], &utf8, &ascii);
        cell->code[1] = cell->code[2] = 0;
    }
    buf_free(&utf8);
    buf_free(&ascii);
}

/* The column after the last one that is not blank. */
static int row_end(const struct cell *cells, int end)
{
    while (end > 0 && cells[end - 1].code[0] == ' ' &&
           cells[end - 1].code[1] == 0)
        end--;
    return end;
}

void grid_put_text(struct buf *out, const struct grid *grid)
{
    CHECK(grid->cells);
    for (int row = 0; row < grid->rows; row++) {
        const struct cell *cells =
            grid->cells + (size_t)row * (size_t)grid->columns;
        int end = row_end(cells, grid->columns);
        for (int column = 0; column < end; column++)
            for (int i = 0; i < CELL_CODES && cells[column].code[i]; i++)
                text_put_code(out, cells[column].code[i]);
        buf_putc(out, '\n');
    }
}
