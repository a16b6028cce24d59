/* SPDX-License-Identifier: MIT */
/* The grid of cells: nothing is set outside, wide characters stay whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "draw/grid.h"

static void expect_text(const struct grid *grid, const char *want)
{
    struct buf out = {0};
    grid_put_text(&out, grid);
    assert_string_equal(out.data, want);
    buf_free(&out);
}

static int put(struct grid *grid, int row, int column, int columns,
               const char *text)
{
    return grid_put(grid, row, column, columns, text, strlen(text), 0);
}

struct put_case {
    const char *name;
    int row, column, columns;
    const char *text;
    int used;
    const char *screen; /* of 6 x 2, after "abcdef" in row 0 */
};

static const struct put_case put_cases[] = {
    {"plain", 1, 0, 6, "xyz", 3, "abcdef\nxyz\n"},
    {"over", 0, 1, 3, "xyz", 3, "axyzef\n\n"},
    {"cut by columns", 1, 0, 2, "xyz", 2, "abcdef\nxy\n"},
    {"cut by the edge", 1, 4, 9, "xyz", 2, "abcdef\n    xy\n"},
    {"row above", -1, 0, 6, "xyz", 0, "abcdef\n\n"},
    {"row below", 2, 0, 6, "xyz", 0, "abcdef\n\n"},
    {"column before", 1, -1, 6, "xyz", 0, "abcdef\n\n"},
    {"column behind", 1, 6, 6, "xyz", 0, "abcdef\n\n"},
    {"no columns", 1, 0, 0, "xyz", 0, "abcdef\n\n"},
    {"negative columns", 1, 0, -4, "xyz", 0, "abcdef\n\n"},
    {"huge columns", 1, 3, INT32_MAX, "xyz", 3, "abcdef\n   xyz\n"},
    {"wide", 1, 0, 6, "\xe6\xbc\xa2z", 3, "abcdef\n\xe6\xbc\xa2z\n"},
    {"wide halved by columns", 1, 0, 1, "\xe6\xbc\xa2", 1, "abcdef\n\n"},
    {"wide halved by the edge", 0, 5, 6, "\xe6\xbc\xa2", 1, "abcde\n\n"},
    {"marks", 1, 0, 6, "e\xcc\x81\xcc\xa3z", 2, "abcdef\ne\xcc\x81\xcc\xa3z\n"},
    {"three marks: two stay", 1, 0, 6, "e\xcc\x81\xcc\xa3\xcc\xa4z", 2,
     "abcdef\ne\xcc\x81\xcc\xa3z\n"},
    {"a mark with no base", 1, 0, 6, "\xcc\x81z", 1, "abcdef\nz\n"},
};

static void test_put(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof put_cases / sizeof put_cases[0]; i++) {
        const struct put_case *c = &put_cases[i];
        struct grid grid = {0};
        grid_reset(&grid, 6, 2);
        put(&grid, 0, 0, 6, "abcdef");
        int used = put(&grid, c->row, c->column, c->columns, c->text);
        if (used != c->used)
            fail_msg("%s: %d columns, not %d", c->name, used, c->used);
        expect_text(&grid, c->screen);
        grid_free(&grid);
    }
}

static void test_wide_is_split(void **state)
{
    (void)state;
    struct grid grid = {0};
    grid_reset(&grid, 6, 1);
    put(&grid, 0, 0, 6, "\xe6\xbc\xa2\xe5\xad\x97z");
    grid_put_code(&grid, 0, 1, 'x', 0);
    expect_text(&grid, " x\xe5\xad\x97z\n");
    grid_put_code(&grid, 0, 2, 'y', 0);
    expect_text(&grid, " xy z\n");
    put(&grid, 0, 0, 6, "\xe6\xbc\xa2\xe5\xad\x97z");
    put(&grid, 0, 1, 2, "\xe6\xbc\xa2");
    expect_text(&grid, " \xe6\xbc\xa2 z\n");
    grid_free(&grid);
}

static void test_sizes_are_clamped(void **state)
{
    (void)state;
    static const int cases[][4] = {
        {0, 0, 1, 1},
        {-5, 3, 1, 3},
        {INT32_MAX, INT32_MAX, GRID_COLUMNS_MAX, GRID_ROWS_MAX},
        {80, 24, 80, 24},
    };
    struct grid grid = {0};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        grid_reset(&grid, cases[i][0], cases[i][1]);
        assert_int_equal(grid.columns, cases[i][2]);
        assert_int_equal(grid.rows, cases[i][3]);
        size_t last = (size_t)grid.columns * (size_t)grid.rows - 1;
        assert_int_equal(grid.cells[last].code[0], ' ');
    }
    grid_free(&grid);
}

static void test_reset_reuses_memory(void **state)
{
    (void)state;
    struct grid grid = {0};
    grid_reset(&grid, 80, 24);
    struct cell *cells = grid.cells;
    put(&grid, 3, 3, 5, "text");
    grid_reset(&grid, 80, 24);
    assert_ptr_equal(grid.cells, cells);
    assert_int_equal(grid.cells[3 * 80 + 3].code[0], ' ');
    grid_free(&grid);
}

static void test_styles(void **state)
{
    (void)state;
    struct grid grid = {0};
    grid_reset(&grid, 4, 1);
    grid_put(&grid, 0, 0, 2, "ab", 2, STYLE_BOLD);
    grid_style(&grid, 0, 1, 100, STYLE_REVERSE);
    grid_style(&grid, 5, -3, 100, STYLE_REVERSE);
    assert_int_equal(grid.cells[0].style, STYLE_BOLD);
    assert_int_equal(grid.cells[1].style, STYLE_BOLD | STYLE_REVERSE);
    assert_int_equal(grid.cells[3].style, STYLE_REVERSE);
    grid_style(&grid, 0, 2, 1, STYLE_WARN);
    grid_style(&grid, 0, 2, 1, STYLE_CRIT | STYLE_CURSOR);
    assert_int_equal(grid.cells[2].style,
                     STYLE_CRIT | STYLE_CURSOR | STYLE_REVERSE);
    grid_free(&grid);
}

static void test_ascii(void **state)
{
    (void)state;
    struct grid grid = {0};
    grid_reset(&grid, 8, 1);
    put(&grid, 0, 0, 8,
        "\xc2\xb0"
        "C\xe6\xbc\xa2"
        "e\xcc\x81~\xc2\xb3");
    grid_to_ascii(&grid);
    expect_text(&grid, "?C??e~3\n");
    for (int i = 0; i < 8; i++) {
        assert_in_range(grid.cells[i].code[0], 0x20, 0x7e);
        assert_int_equal(grid.cells[i].code[1], 0);
    }
    grid_free(&grid);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_put),
        cmocka_unit_test(test_wide_is_split),
        cmocka_unit_test(test_sizes_are_clamped),
        cmocka_unit_test(test_reset_reuses_memory),
        cmocka_unit_test(test_styles),
        cmocka_unit_test(test_ascii),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
