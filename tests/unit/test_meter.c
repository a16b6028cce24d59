/* SPDX-License-Identifier: MIT */
/* Meters and sparklines, cell by cell. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "draw/meter.h"
#include "draw/sparkline.h"

#define COUNT(table) (sizeof table / sizeof((table)[0]))

static void expect(const struct grid *grid, const char *what, const char *want)
{
    struct buf out = {0};
    grid_put_text(&out, grid);
    CHECK(out.len);
    buf_truncate(&out, out.len - 1);
    if (strcmp(out.data, want) != 0)
        fail_msg("%s: '%s', not '%s'", what, out.data, want);
    buf_free(&out);
}

/* The styles of a row, a letter a cell. */
static void expect_styles(const struct grid *grid, const char *what,
                          const char *want)
{
    char got[80] = "";
    for (int i = 0; i < grid->columns; i++) {
        uint32_t style = grid->cells[i].style & ~(uint32_t)STYLE_GRAPH;
        if (grid->cells[i].code[0] == ' ' || grid->cells[i].code[0] == 0x2581)
            style =
                STYLE_PLAIN; /* of what is empty only that it is a graph's */
        got[i] = style == STYLE_DIM    ? 'd'
                 : style == STYLE_WARN ? 'w'
                 : style == STYLE_CRIT ? 'c'
                                       : '-';
    }
    if (strcmp(got, want) != 0)
        fail_msg("%s: styles '%s', not '%s'", what, got, want);
}

struct meter_case {
    const char *name;
    double fraction;
    struct meter_mark marks[3];
    size_t count;
    const char *blocks, *ascii, *styles; /* 10 columns in a grid of 12 */
};

#define WARN(fraction)                                                         \
    {                                                                          \
        fraction, false, STYLE_WARN                                            \
    }
#define CRIT(fraction)                                                         \
    {                                                                          \
        fraction, false, STYLE_CRIT                                            \
    }
#define LOW(fraction)                                                          \
    {                                                                          \
        fraction, true, STYLE_CRIT                                             \
    }

static const struct meter_case meter_cases[] = {
    {"nothing", 0, {WARN(0)}, 0, " ▕▁▁▁▁▁▁▁▁▏", " [        ]", "-d--------d-"},
    {"all", 1, {WARN(0)}, 0, " ▕▅▅▅▅▅▅▅▅▏", " [########]", "-dddddddddd-"},
    {"half", 0.5, {WARN(0)}, 0, " ▕▅▅▅▅▁▁▁▁▏", " [####    ]", "-ddddd----d-"},
    {"an eighth",
     1 / 64.0,
     {WARN(0)},
     0,
     " ▕▁▁▁▁▁▁▁▁▏",
     " [        ]",
     "-d--------d-"},
    {"nearly a cell",
     7 / 64.0,
     {WARN(0)},
     0,
     " ▕▅▁▁▁▁▁▁▁▏",
     " [#       ]",
     "-dd-------d-"},
    {"half a cell",
     12 / 64.0,
     {WARN(0)},
     0,
     " ▕▅▂▁▁▁▁▁▁▏",
     " [##      ]",
     "-ddd------d-"},
    {"under", -3, {WARN(0)}, 0, " ▕▁▁▁▁▁▁▁▁▏", " [        ]", "-d--------d-"},
    {"over", 1e300, {WARN(0)}, 0, " ▕▅▅▅▅▅▅▅▅▏", " [########]", "-dddddddddd-"},
    {"NaN", NAN, {WARN(0.5)}, 1, " ▕▁▁▁▁│▁▁▁▏", " [    :   ]", "-d----d---d-"},
    {"a limit ahead",
     0.25,
     {WARN(0.5), CRIT(0.75)},
     2,
     " ▕▅▅▁▁│▁│▁▏",
     " [##  : : ]",
     "-ddd--d-d-d-"},
    {"at the limit",
     0.5,
     {WARN(0.5)},
     1,
     " ▕▅▅▅▅│▁▁▁▏",
     " [####:   ]",
     "-dddddd---d-"},
    {"over the limit",
     0.75,
     {WARN(0.5), CRIT(0.875)},
     2,
     " ▕▅▅▅▅│▅▁│▏",
     " [####:# :]",
     "-dddddww-dd-"},
    {"over both",
     1,
     {WARN(0.5), CRIT(0.75)},
     2,
     " ▕▅▅▅▅│▅│▅▏",
     " [####:#:#]",
     "-dddddwwccd-"},
    {"below a low limit",
     0.25,
     {LOW(0.5)},
     1,
     " ▕▅▅▁▁│▁▁▁▏",
     " [##  :   ]",
     "-dcc--c---d-"},
    {"above a low limit",
     0.75,
     {LOW(0.5)},
     1,
     " ▕▅▅▅▅│▅▁▁▏",
     " [####:#  ]",
     "-ddddddd--d-"},
    {"a limit at the end",
     0.5,
     {CRIT(1)},
     1,
     " ▕▅▅▅▅▁▁▁│▏",
     " [####   :]",
     "-ddddd---dd-"},
    {"limits outside",
     0.5,
     {WARN(-1e300), CRIT(1e300)},
     2,
     " ▕▅▅▅▅▁▁▁▁▏",
     " [####    ]",
     "-dwwww----d-"},
};

static void test_meters(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(meter_cases); i++) {
        const struct meter_case *c = &meter_cases[i];
        struct grid grid = {0};
        struct canvas canvas = {.grid = &grid};
        grid_reset(&grid, 12, 1);
        draw_meter(&canvas, 0, 1, 10, c->fraction, STYLE_DIM, c->marks,
                   c->count);
        expect(&grid, c->name, c->blocks);
        expect_styles(&grid, c->name, c->styles);
        for (int k = 0; k < 12; k++)
            assert_int_equal(grid.cells[k].style & STYLE_GRAPH,
                             k > 0 && k < 11 ? STYLE_GRAPH : 0);
        grid_reset(&grid, 12, 1);
        canvas.ascii = true;
        draw_meter(&canvas, 0, 1, 10, c->fraction, STYLE_DIM, c->marks,
                   c->count);
        expect(&grid, c->name, c->ascii);
        grid_free(&grid);
    }
}

static void test_narrow_meters(void **state)
{
    (void)state;
    static const char *const want[] = {"", "", "", "▕▅▏", "▕▅│▏", "▕▅▅│▏"};
    const struct meter_mark mark = WARN(0.9);
    for (int columns = -1; columns < 6; columns++) {
        struct grid grid = {0};
        const struct canvas canvas = {.grid = &grid};
        grid_reset(&grid, 6, 1);
        draw_meter(&canvas, 0, 0, columns, 1, STYLE_DIM, &mark, columns > 3);
        expect(&grid, "narrow", columns < 0 ? "" : want[columns]);
        grid_free(&grid);
    }
}

struct line_case {
    const char *name;
    double numbers[9];
    size_t count;
    struct scale scale;
    const char *blocks, *ascii;
};

static const struct line_case line_cases[] = {
    {"none", {0}, 0, {0, 1}, "", ""},
    {"every level",
     {0, 1, 2, 3, 4, 5, 6, 7, 8},
     9,
     {0, 8},
     " ▁▁▂▃▄▅▆▇▇",
     " __.-~=*##"},
    {"outside the scale", {-9, 99}, 2, {0, 8}, " ▁▇", " _#"},
    {"infinite", {-INFINITY, INFINITY, 4}, 3, {0, 8}, " ▁▇▄", " _#~"},
    {"NaN is a gap", {0, NAN, 8, NAN}, 4, {0, 8}, " ▁ ▇", " _ #"},
    {"constant", {3, NAN, 3, 3}, 4, {0, 8}, " · ··", " . .."},
    {"constant, no scale", {3, 3}, 2, {3, 3}, " ··", " .."},
    {"only NaN", {NAN, NAN}, 2, {0, 8}, "", ""},
    {"the largest range",
     {-1.7e308, 0, 1.7e308},
     3,
     {-1.7e308, 1.7e308},
     " ▁▄▇",
     " _~#"},
};

static void test_lines(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(line_cases); i++) {
        const struct line_case *c = &line_cases[i];
        struct grid grid = {0};
        struct canvas canvas = {.grid = &grid};
        grid_reset(&grid, 12, 1);
        draw_sparkline(&canvas, 0, 1, c->numbers, c->count, c->scale,
                       STYLE_DIM);
        expect(&grid, c->name, c->blocks);
        assert_int_equal(grid.cells[1].style,
                         c->count ? STYLE_DIM | STYLE_GRAPH : 0);
        canvas.ascii = true;
        draw_sparkline(&canvas, 0, 1, c->numbers, c->count, c->scale,
                       STYLE_DIM);
        expect(&grid, c->name, c->ascii);
        grid_free(&grid);
    }
}

static void test_scales(void **state)
{
    (void)state;
    static const struct {
        double numbers[4];
        size_t count;
        double least, low, high;
    } cases[] = {
        {{1, 3, 2}, 3, 0, 1, 3},
        {{1, 3, 2}, 3, 2, 1, 3},
        {{1, 3, 2}, 3, 6, -1, 5},
        {{5}, 1, 4, 3, 7},
        {{5}, 1, 0, 5, 5},
        {{NAN, 5, INFINITY, -INFINITY}, 4, 0, 5, 5},
        {{-1.7e308, 1.7e308}, 2, 10, -1.7e308, 1.7e308},
        {{NAN}, 1, 4, INFINITY, -INFINITY},
        {{0}, 0, 4, INFINITY, -INFINITY},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct scale scale =
            sparkline_scale(cases[i].numbers, cases[i].count, cases[i].least);
        if (scale.low != cases[i].low || scale.high != cases[i].high)
            fail_msg("%zu: %g to %g", i, scale.low, scale.high);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_meters),
        cmocka_unit_test(test_narrow_meters),
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_scales),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
