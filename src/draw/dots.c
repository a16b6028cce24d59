/* SPDX-License-Identifier: MIT */
/* Dots as characters. */
#include "draw/dots.h"

#include <stdlib.h>

#include "base/mem.h"

#define ACROSS_MOST 2
#define DOWN_MOST 4

/* bits[y][x]: the dot in row y from the top of a character. */
static const struct alphabet {
    int across, down;
    uint8_t bits[DOWN_MOST][ACROSS_MOST];
} alphabets[] = {
    [GRAPH_BLOCKS] = {2, 2, {{1, 2}, {4, 8}}},
    [GRAPH_BRAILLE] = {2, 4, {{1, 8}, {2, 16}, {4, 32}, {64, 128}}},
    [GRAPH_ASCII] = {1, 3, {{1}, {2}, {4}}},
};

/* By the bits of the four quadrants. */
static const uint16_t quadrants[] = {
    ' ',    0x2598, 0x259d, 0x2580, 0x2596, 0x258c, 0x259e, 0x259b,
    0x2597, 0x259a, 0x2590, 0x259c, 0x2584, 0x2599, 0x259f, 0x2588};

int graph_across(enum graph graph)
{
    CHECK(graph <= GRAPH_ASCII);
    return alphabets[graph].across;
}

int graph_down(enum graph graph)
{
    CHECK(graph <= GRAPH_ASCII);
    return alphabets[graph].down;
}

void dots_open(struct dots *dots, enum graph graph, int columns, int rows)
{
    CHECK(columns > 0 && columns <= GRID_COLUMNS_MAX);
    CHECK(rows > 0 && rows <= GRID_ROWS_MAX);
    size_t count = (size_t)columns * (size_t)rows;
    *dots = (struct dots){
        .graph = graph,
        .columns = columns,
        .rows = rows,
        .wide = columns * graph_across(graph),
        .high = rows * graph_down(graph),
        .masks = mem_zalloc(count, sizeof *dots->masks),
        .owners = mem_zalloc(count, sizeof *dots->owners),
    };
}

void dots_free(struct dots *dots)
{
    free(dots->masks);
    free(dots->owners);
    *dots = (struct dots){0};
}

void dots_set(struct dots *dots, int x, int y, uint8_t owner)
{
    const struct alphabet *alphabet = &alphabets[dots->graph];
    if (x < 0 || x >= dots->wide || y < 0 || y >= dots->high)
        return;
    int from_top = dots->high - 1 - y;
    size_t at = (size_t)(from_top / alphabet->down) * (size_t)dots->columns +
                (size_t)(x / alphabet->across);
    if (!dots->masks[at])
        dots->owners[at] = owner;
    else if (dots->under && dots->owners[at] != owner)
        return;
    dots->masks[at] |=
        alphabet->bits[from_top % alphabet->down][x % alphabet->across];
}

void dots_rise(struct dots *dots, int x, int low, int high, uint8_t owner)
{
    if (low < 0)
        low = 0;
    for (int y = low; y <= high && y < dots->high; y++)
        dots_set(dots, x, y, owner);
}

void dots_line(struct dots *dots, int x, int y, int to_x, int to_y,
               uint8_t owner)
{
    int wide = abs(to_x - x), high = abs(to_y - y);
    int step_x = to_x < x ? -1 : 1, step_y = to_y < y ? -1 : 1;
    int error = wide - high;
    for (;;) {
        dots_set(dots, x, y, owner);
        if (x == to_x && y == to_y)
            return;
        int twice = 2 * error;
        if (twice > -high) {
            error -= high;
            x += step_x;
        }
        if (twice < wide) {
            error += wide;
            y += step_y;
        }
    }
}

static size_t index_of(const struct dots *dots, int row, int column)
{
    CHECK(row >= 0 && row < dots->rows);
    CHECK(column >= 0 && column < dots->columns);
    return (size_t)row * (size_t)dots->columns + (size_t)column;
}

uint32_t dots_code(const struct dots *dots, int row, int column)
{
    static const char ascii[] = {0, '\'', '-', '-', '.', '|', '-', '|'};
    uint8_t mask = dots->masks[index_of(dots, row, column)];
    if (!mask)
        return 0;
    switch (dots->graph) {
    case GRAPH_BLOCKS:
        return quadrants[mask];
    case GRAPH_BRAILLE:
        return 0x2800u + mask;
    case GRAPH_ASCII:
        break;
    }
    return (uint32_t)ascii[mask];
}

uint8_t dots_owner(const struct dots *dots, int row, int column)
{
    return dots->owners[index_of(dots, row, column)];
}
