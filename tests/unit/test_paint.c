/* SPDX-License-Identifier: MIT */
/*
 * Painting, judged by a small terminal: after the bytes it shows the grid,
 * and the bytes are few and harmless.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "ui/paint.h"

/* --- a terminal ---------------------------------------------------------- */

struct screen {
    struct grid grid;
    int row, column;
    uint32_t style;
};

static void screen_sgr(struct screen *screen, int code)
{
    static const uint32_t styles[] = {
        [1] = STYLE_BOLD,    [2] = STYLE_DIM,    [4] = STYLE_UNDERLINE,
        [7] = STYLE_REVERSE, [31] = STYLE_BAD,   [32] = STYLE_GOOD,
        [33] = STYLE_WARN,   [36] = STYLE_ACCENT};
    const uint32_t colors = STYLE_BAD | STYLE_GOOD | STYLE_WARN | STYLE_ACCENT;
    if (code == 0) {
        screen->style = 0;
        return;
    }
    assert_in_range(code, 1, 36);
    assert_int_not_equal(styles[code], 0);
    if (code > 30)
        screen->style &= ~colors;
    screen->style |= styles[code];
}

static size_t screen_csi(struct screen *screen, const char *text)
{
    int args[8] = {0};
    size_t at = 0, count = 0;
    for (;; at++) {
        if (text[at] >= '0' && text[at] <= '9')
            args[count] = args[count] * 10 + text[at] - '0';
        else if (text[at] == ';')
            assert_true(++count < 8);
        else
            break;
    }
    switch (text[at]) {
    case 'm':
        for (size_t i = 0; i <= count; i++)
            screen_sgr(screen, args[i]);
        break;
    case 'H':
        screen->row = args[0] ? args[0] - 1 : 0;
        screen->column = args[1] ? args[1] - 1 : 0;
        break;
    case 'C':
        screen->column += args[0] ? args[0] : 1;
        break;
    case 'K':
        assert_int_equal(screen->style & (STYLE_REVERSE | STYLE_UNDERLINE), 0);
        for (int i = screen->column; i < screen->grid.columns; i++)
            grid_put_code(&screen->grid, screen->row, i, ' ', 0);
        break;
    case 'J':
        assert_int_equal(args[0], 2);
        grid_reset(&screen->grid, screen->grid.columns, screen->grid.rows);
        break;
    default:
        fail_msg("sequence ends with %d", text[at]);
    }
    return at + 1;
}

static void screen_feed(struct screen *screen, const struct buf *bytes)
{
    for (size_t i = 0; i < bytes->len;) {
        unsigned char c = (unsigned char)bytes->data[i];
        assert_in_range(screen->row, 0, screen->grid.rows - 1);
        if (c == 27) {
            assert_int_equal(bytes->data[i + 1], '[');
            i += 2 + screen_csi(screen, bytes->data + i + 2);
        } else if (c == '\b') {
            screen->column--;
            i++;
        } else if (c == '\r') {
            screen->column = 0;
            i++;
        } else {
            uint32_t code = 0;
            size_t len = text_next(bytes->data + i, bytes->len - i, &code);
            assert_true(text_is_safe(code));
            /* Marks join the cell that was written last. */
            if (text_width(code) == 0) {
                struct cell *cell =
                    &screen->grid.cells[screen->row * screen->grid.columns +
                                        screen->column - 1];
                cell->code[cell->code[1] ? 2 : 1] = code;
            } else {
                assert_in_range(screen->column, 0, screen->grid.columns - 1);
                screen->column +=
                    grid_put(&screen->grid, screen->row, screen->column, 2,
                             bytes->data + i, len, screen->style);
            }
            i += len;
        }
    }
}

static const struct paint_options able = {.color = true,
                                          .bold = true,
                                          .dim = true,
                                          .underline = true,
                                          .reverse = true,
                                          .erase = true};

static bool same_looks(const struct cell *a, const struct cell *b)
{
    uint32_t mask = UINT32_MAX;
    if (a->code[0] == ' ' && !a->code[1])
        mask = STYLE_REVERSE | STYLE_UNDERLINE;
    return memcmp(a->code, b->code, sizeof(a->code)) == 0 &&
           (a->style & mask) == (b->style & mask);
}

static void expect_shown(const struct screen *screen, const struct grid *grid)
{
    for (int i = 0; i < grid->rows * grid->columns; i++) {
        if (grid->cells[i].code[0] != 0 &&
            !same_looks(&grid->cells[i], &screen->grid.cells[i]))
            fail_msg("cell %d,%d: %x %x, not %x %x", i / grid->columns,
                     i % grid->columns, screen->grid.cells[i].code[0],
                     screen->grid.cells[i].style, grid->cells[i].code[0],
                     grid->cells[i].style);
    }
}

/* --- the tests ----------------------------------------------------------- */

static unsigned next_random(unsigned *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

static void scribble(struct grid *grid, unsigned *seed)
{
    static const char *const texts[] = {"12345",
                                        "   ",
                                        "a",
                                        "\xe2\x96\x81\xe2\x96\x88",
                                        "\xe6\xbc\xa2\xe5\xad\x97",
                                        "e\xcc\x81x",
                                        "          ",
                                        "\xe2\x94\x80\xe2\x94\x80",
                                        "\xf0\x9f\x98\x80"};
    static const uint32_t styles[] = {0,
                                      0,
                                      STYLE_BOLD,
                                      STYLE_BOLD | STYLE_UNDERLINE,
                                      STYLE_DIM,
                                      STYLE_REVERSE,
                                      STYLE_GOOD | STYLE_BOLD,
                                      STYLE_BAD,
                                      STYLE_ACCENT};
    for (unsigned i = next_random(seed) % 12; i > 0; i--) {
        const char *text = texts[next_random(seed) % 9];
        grid_put(grid, (int)(next_random(seed) % (unsigned)grid->rows),
                 (int)(next_random(seed) % (unsigned)grid->columns), 100, text,
                 strlen(text), styles[next_random(seed) % 9]);
    }
}

static void test_any_change_is_shown(void **state)
{
    (void)state;
    unsigned seed = 1;
    for (int round = 0; round < 40; round++) {
        int columns = (int)(next_random(&seed) % 60) + 1;
        int rows = (int)(next_random(&seed) % 12) + 1;
        struct paint paint = {.options = able};
        struct screen screen = {0};
        struct grid grid = {0};
        struct buf out = {0};
        grid_reset(&grid, columns, rows);
        grid_reset(&screen.grid, columns, rows);
        for (int step = 0; step < 60; step++) {
            if (step % 10 == 9)
                grid_reset(&grid, columns, rows);
            scribble(&grid, &seed);
            buf_clear(&out);
            paint_grid(&paint, &grid, &out);
            screen_feed(&screen, &out);
            expect_shown(&screen, &grid);
            buf_clear(&out);
            paint_grid(&paint, &grid, &out);
            assert_int_equal(out.len, 0);
        }
        buf_free(&out);
        grid_free(&grid);
        grid_free(&screen.grid);
        paint_free(&paint);
    }
}

static size_t paint_once(struct paint *paint, const struct grid *grid)
{
    struct buf out = {0};
    paint_grid(paint, grid, &out);
    size_t len = out.len;
    buf_free(&out);
    return len;
}

static void test_a_counter_is_cheap(void **state)
{
    (void)state;
    struct paint paint = {.options = able};
    struct grid grid = {0};
    grid_reset(&grid, 80, 24);
    paint_once(&paint, &grid);
    for (int i = 10000; i < 10100; i++) {
        char text[16];
        snprintf(text, sizeof(text), "%d", i);
        grid_put(&grid, 5, 30, 10, text, strlen(text),
                 STYLE_BOLD | STYLE_UNDERLINE);
        size_t bytes = paint_once(&paint, &grid);
        if (i > 10001)
            assert_in_range(bytes, 2, 6);
    }
    paint_free(&paint);
    grid_free(&grid);
}

/* Two counters far apart, one of them lit. */
static void test_two_counters_are_cheap(void **state)
{
    (void)state;
    struct paint paint = {.options = able};
    struct grid grid = {0};
    grid_reset(&grid, 80, 24);
    for (int i = 10; i < 20; i++) {
        char text[16];
        snprintf(text, sizeof(text), "%d", i);
        grid_put(&grid, 5, 30, 10, text, 2, STYLE_BOLD | STYLE_UNDERLINE);
        grid_put(&grid, 21, 30, 10, text, 2, STYLE_PLAIN);
        size_t bytes = paint_once(&paint, &grid);
        if (i > 11)
            assert_in_range(bytes, 4, 30);
    }
    paint_free(&paint);
    grid_free(&grid);
}

static void test_unable_terminals_get_plain_bytes(void **state)
{
    (void)state;
    struct paint paint = {.options = {.ascii = true, .color = false}};
    struct grid grid = {0};
    struct buf out = {0};
    static const char text[] = "x\xe6\xbc\xa2"
                               "e\xcc\x81\xe2\x96\x88";
    grid_reset(&grid, 20, 1);
    paint_once(&paint, &grid);
    grid_put(&grid, 0, 0, 20, text, strlen(text),
             STYLE_BOLD | STYLE_UNDERLINE | STYLE_REVERSE | STYLE_BAD);
    paint_grid(&paint, &grid, &out);
    assert_string_equal(out.data, "x??e?");
    buf_free(&out);
    grid_free(&grid);
    paint_free(&paint);
}

static void test_unsafe_cells_do_not_leave(void **state)
{
    (void)state;
    static const uint32_t codes[] = {1,      7,      27,      127,    0x9b,
                                     0x202e, 0x200b, 0xfeff,  0xe000, 0xd800,
                                     0xfffe, 0x2028, 0x110000};
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        struct paint paint = {.options = able};
        struct grid grid = {0};
        struct buf out = {0};
        grid_reset(&grid, 4, 1);
        paint_once(&paint, &grid);
        grid_put_code(&grid, 0, 0, codes[i], 0);
        grid.cells[0].code[1] = codes[i];
        paint_grid(&paint, &grid, &out);
        assert_int_equal(out.data[0], '?');
        for (size_t k = 1; k < out.len; k++)
            assert_in_range(out.data[k], 0x20, 0x7e);
        buf_free(&out);
        grid_free(&grid);
        paint_free(&paint);
    }
}

static void test_corner_is_left_alone(void **state)
{
    (void)state;
    struct paint paint = {.options = {.keep_corner = true}};
    struct grid grid = {0};
    struct buf out = {0};
    grid_reset(&grid, 5, 2);
    grid_put(&grid, 0, 0, 5, "abcde", 5, 0);
    grid_put(&grid, 1, 0, 5, "vwxyz", 5, 0);
    paint_grid(&paint, &grid, &out);
    assert_non_null(strstr(out.data, "abcde"));
    assert_non_null(strstr(out.data, "vwxy"));
    assert_null(strchr(out.data, 'z'));
    buf_free(&out);
    grid_free(&grid);
    paint_free(&paint);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_any_change_is_shown),
        cmocka_unit_test(test_a_counter_is_cheap),
        cmocka_unit_test(test_two_counters_are_cheap),
        cmocka_unit_test(test_unable_terminals_get_plain_bytes),
        cmocka_unit_test(test_unsafe_cells_do_not_leave),
        cmocka_unit_test(test_corner_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
