/* SPDX-License-Identifier: MIT */
/* Plots as pictures in three alphabets, their axes, and states over time. */
#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "draw/plot.h"

#define COUNT(table) (sizeof table / sizeof((table)[0]))
#define SECOND INT64_C(1000000000)

struct paper {
    struct grid grid;
    struct buf text, shorter;
    struct canvas canvas;
};

static void open_paper(struct paper *paper, int columns, int rows, bool ascii)
{
    *paper = (struct paper){{0}, {0}, {0}, {0}};
    paper->canvas =
        (struct canvas){&paper->grid, ascii, &paper->text, &paper->shorter};
    grid_reset(&paper->grid, columns, rows);
}

/* Compares and closes it. */
static void expect(struct paper *paper, const char *what, const char *want)
{
    struct buf out = {0};
    grid_put_text(&out, &paper->grid);
    CHECK(out.data);
    if (strcmp(out.data, want) != 0)
        fail_msg("%s:\n%snot\n%s", what, out.data, want);
    buf_free(&out);
    buf_free(&paper->text);
    buf_free(&paper->shorter);
    grid_free(&paper->grid);
}

static void test_axes(void **state)
{
    (void)state;
    static const struct {
        double low, high, least;
        bool log;
        double want_low, want_high;
    } cases[] = {
        {3.92, 4.63, 0, false, 3.9, 4.7},
        {0, 1, 0, false, 0, 1},
        {-1, 1, 0, false, -1, 1},
        {5, 5, 0, false, 4.85, 5.15},
        {5, 5, 2, false, 4, 6},
        {0, 0, 0, false, 0, 0.5},
        {0, 0, 2, false, 0, 1},
        {0.1, 5, 20, false, 0, 14},
        {-3, 0, 0, false, -3, 0},
        {1e15, 1e15 + 700, 0, false, 1e15, 1e15 + 700},
        {-1.7e308, 1.7e308, 0, false, -DBL_MAX, DBL_MAX},
        {DBL_MIN, DBL_MIN, 0, false, 0, 5e-291},
        {3, 80, 0, true, 2, 100},
        {3, 80000, 0, true, 1, 100000},
        {7, 7, 0, true, 6.8, 7.2},
        {20.6, 21.3, 0, true, 20.6, 21.3},
        {1, 1, 0, true, 0.975, 1.025},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct axis axis = axis_make(cases[i].low, cases[i].high,
                                     cases[i].least, cases[i].log, NULL);
        double span = axis.high / 2 - axis.low / 2;
        if (fabs(axis.low - cases[i].want_low) > span * 0.2 ||
            fabs(axis.high - cases[i].want_high) > span * 0.2)
            fail_msg("%zu: %.17g to %.17g", i, axis.low, axis.high);
        assert_true(axis.low <= cases[i].low && cases[i].high <= axis.high);
        assert_true(axis_part(&axis, axis.low) == 0);
        assert_true(fabs(axis_part(&axis, axis.high) - 1) < 1e-9);
    }
}

/* An axis is kept until numbers leave it or fill too little of it. */
static void test_kept(void **state)
{
    (void)state;
    struct axis axis = axis_make(0, 95, 0, false, NULL);
    assert_true(axis.high == 100);
    struct axis next = axis_make(2, 88, 0, false, &axis);
    assert_true(next.low == axis.low && next.high == axis.high && !next.log);
    next = axis_make(0, 101, 0, false, &axis);
    assert_true(next.high > 100);
    next = axis_make(0, 20, 0, false, &axis);
    assert_true(next.high < 50);
    next = axis_make(2, 88, 0, true, &axis);
    assert_true(next.log);
    struct axis none = {0};
    next = axis_make(2, 88, 0, false, &none);
    assert_true(next.high >= 88);
}

static void test_extremes(void **state)
{
    (void)state;
    static const double numbers[] = {
        -DBL_MAX, -1e300,      -1e15,  -1,   -1e-300, -DBL_MIN / 4,
        0,        DBL_MIN / 4, 1e-300, 1e-9, 1,       1 + DBL_EPSILON,
        1e15,     1e300,       DBL_MAX};
    for (size_t i = 0; i < COUNT(numbers); i++)
        for (size_t k = i; k < COUNT(numbers); k++)
            for (int log = 0; log <= (numbers[i] > 0); log++) {
                struct axis axis =
                    axis_make(numbers[i], numbers[k], 0, log, NULL);
                if (!(axis.low < axis.high))
                    fail_msg("%g to %g, %d", numbers[i], numbers[k], log);
                assert_true(isfinite(axis.low) && isfinite(axis.high));
                for (int rows = 1; rows < 100; rows += 7) {
                    struct tick ticks[TICKS_MOST];
                    size_t count = axis_ticks(&axis, rows, ticks);
                    assert_true(count >= 2 && count <= TICKS_MOST);
                    int width = axis_width(&axis, rows, axis_put_label, NULL);
                    assert_in_range(width, 1, 32);
                }
            }
}

static void test_labels(void **state)
{
    (void)state;
    static const struct {
        struct axis axis;
        int rows;
        const char *want;
    } cases[] = {
        {{3.9, 4.7, false},
         2,
         "4.7 ┤\n"
         "3.9 ┤\n"},
        {{3.9, 4.7, false},
         8,
         "    │\n"
         "    │\n"
         "4.5 ┤\n"
         "    │\n"
         "    │\n"
         "    │\n"
         "4.0 ┤\n"
         "    │\n"},
        {{0, 100, false},
         5,
         "100 ┤\n"
         "    │\n"
         " 50 ┤\n"
         "    │\n"
         "  0 ┤\n"},
        {{2382676000, 2382677000, false},
         6,
         "2382677000 ┤\n"
         "           │\n"
         "2382676500 ┤\n"
         "           │\n"
         "           │\n"
         "2382676000 ┤\n"},
        {{1, 10000, true},
         9,
         "10000 ┤\n"
         "      │\n"
         "      │\n"
         "      │\n"
         "  100 ┤\n"
         "      │\n"
         "      │\n"
         "      │\n"
         "    1 ┤\n"},
        {{1, 1e12, true},
         6,
         "    1e+12 ┤\n"
         "100000000 ┤\n"
         "          │\n"
         "    10000 ┤\n"
         "          │\n"
         "        1 ┤\n"},
        {{0.2, 5, true},
         12,
         "  5 ┤\n"
         "    │\n"
         "    │\n"
         "  2 ┤\n"
         "    │\n"
         "  1 ┤\n"
         "    │\n"
         "    │\n"
         "0.5 ┤\n"
         "    │\n"
         "    │\n"
         "0.2 ┤\n"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int rows = cases[i].rows;
        int width = axis_width(&cases[i].axis, rows, axis_put_label, NULL);
        struct paper paper;
        open_paper(&paper, width + 2, rows, false);
        axis_draw(&paper.canvas, (struct area){0, rows, 0, width + 2},
                  &cases[i].axis, axis_put_label, NULL);
        expect(&paper, "labels", cases[i].want);
    }
}

/* Cells of the numbers, with nothing between min and max. */
static void fill(struct plot_cell *cells, const double *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++)
        cells[i] = (struct plot_cell){numbers[i], numbers[i], numbers[i],
                                      numbers[i], false};
}

struct curve_case {
    const char *what;
    enum graph graph;
    double numbers[2][16];
    size_t curves, gap; /* gap: a cell that begins anew; 0: none */
    const char *want;
};

static const struct curve_case curve_cases[] = {
    {"a line",
     GRAPH_BLOCKS,
     {{0, 1, 2, 3, 4, 5, 6, 7, 7, 7, 6, 5, 4, 3, 2, 1}},
     1,
     0,
     "   ▞▀▖\n"
     "  ▞  ▝▖\n"
     " ▞    ▝▖\n"
     "▞      ▝\n"},
    {"braille",
     GRAPH_BRAILLE,
     {{0, 1, 2, 3, 4, 5, 6, 7, 7, 7, 6, 5, 4, 3, 2, 1}},
     1,
     0,
     "   ⡔⠲⡀\n"
     "  ⡜  ⠱⡀\n"
     " ⡜    ⠱⡀\n"
     "⡜      ⠑\n"},
    {"ascii",
     GRAPH_ASCII,
     {{0, 2, 4, 7, 7, 4, 2, 0}},
     1,
     0,
     "   --\n"
     "  | '-\n"
     " -'  '-\n"
     "-'    '-\n"},
    {"letters",
     GRAPH_ASCII,
     {{0, 2, 4, 7, 7, 4, 2, 0}, {7, 7, 7, 7, 7, 7, 7, 0}},
     2,
     0,
     "bbbaabb\n"
     "  a aab\n"
     " aa  aabb\n"
     "aa    aaa\n"},
    {"a gap",
     GRAPH_ASCII,
     {{0, 0, 0, 7, 7, 7, NAN, NAN}},
     1,
     3,
     "   ---\n"
     "\n"
     "\n"
     "...\n"},
    {"a hole",
     GRAPH_ASCII,
     {{0, NAN, 0, NAN, NAN, NAN, 0, 0}},
     1,
     0,
     "\n"
     "\n"
     "\n"
     "...   ..\n"},
};

static void test_curves(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(curve_cases); i++) {
        const struct curve_case *c = &curve_cases[i];
        bool ascii = c->graph == GRAPH_ASCII;
        struct plot_cell cells[2][16];
        struct plot_curve curves[2];
        struct paper paper;
        open_paper(&paper, 9, 4, ascii);
        for (size_t k = 0; k < 2; k++) {
            fill(cells[k], c->numbers[k], 16);
            if (c->gap)
                cells[k][c->gap].gap = true;
            curves[k] =
                (struct plot_curve){cells[k], STYLE_PLAIN, (char)('a' + k)};
        }
        struct plot plot = {.graph = c->graph,
                            .axis = {0, 8, false},
                            .curves = curves,
                            .curve_count = c->curves,
                            .count = ascii ? 8 : 16,
                            .hole_most = 1,
                            .baseline = -1,
                            .cursor = -1};
        draw_plot(&paper.canvas, (struct area){0, 4, 0, 8 + (c->curves > 1)},
                  &plot);
        expect(&paper, c->what, c->want);
    }
}

/* The range of a cell is filled, limits are behind the curve, and what is
 * beyond them has their colour. */
/* A curve that fills its rows is under the others, and letters tell them
 * apart. */
static void test_thick(void **state)
{
    (void)state;
    struct plot_cell cells[2][48];
    struct plot_curve curves[2];
    struct paper paper;
    for (size_t i = 0; i < 48; i++) {
        cells[0][i] = (struct plot_cell){0, 6, 1, 5, false};
        cells[1][i] = (struct plot_cell){3, 3, 3, 3, false};
    }
    for (size_t i = 0; i < 2; i++)
        curves[i] = (struct plot_curve){cells[i], STYLE_PLAIN, (char)('a' + i)};
    const struct plot plot = {.graph = GRAPH_BLOCKS,
                              .axis = {0, 8, false},
                              .curves = curves,
                              .curve_count = 2,
                              .count = 48,
                              .baseline = -1,
                              .cursor = -1};
    open_paper(&paper, 25, 4, false);
    draw_plot(&paper.canvas, (struct area){0, 4, 0, 25}, &plot);
    expect(&paper, "a thick curve",
           "▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄\n"
           "████████a███████████████a\n"
           "▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀b▀▀▀▀▀▀▀b\n"
           "████████████████████████\n");
}

static void test_limits(void **state)
{
    (void)state;
    static const struct plot_limit limits[] = {{5, false, STYLE_WARN, "!"},
                                               {99, false, STYLE_CRIT, "!!"}};
    struct plot_cell cells[8];
    const struct plot_curve curve = {cells, STYLE_HEADING, 'a'};
    struct paper paper;
    for (size_t i = 0; i < 8; i++)
        cells[i] = (struct plot_cell){2, i == 6 ? 7 : 2, 2, 2, false};
    const struct plot plot = {.graph = GRAPH_ASCII,
                              .axis = {0, 8, false},
                              .curves = &curve,
                              .curve_count = 1,
                              .count = 8,
                              .limits = limits,
                              .limit_count = 2,
                              .baseline = -1,
                              .cursor = 4};
    open_paper(&paper, 8, 4, true);
    draw_plot(&paper.canvas, (struct area){0, 4, 0, 8}, &plot);
    assert_int_equal(paper.grid.cells[6].style, STYLE_WARN | STYLE_GRAPH);
    assert_int_equal(paper.grid.cells[8].style, STYLE_WARN);
    assert_int_equal(paper.grid.cells[16].style, STYLE_HEADING | STYLE_GRAPH);
    assert_int_equal(paper.grid.cells[20].style,
                     STYLE_HEADING | STYLE_GRAPH | STYLE_BOLD);
    expect(&paper, "limits",
           "    | -\n"
           "! ==|=|=\n"
           "......|.\n"
           "    |\n");
}

static void test_times(void **state)
{
    (void)state;
    static const int64_t day = 1796000000 / 86400 * 86400;
    static const struct {
        int64_t from, column; /* seconds, milliseconds */
        const char *two, *one;
    } cases[] = {
        {12 * 3600, 1500,
         "└┬───────────────────┬───────────────────┬─────────\n"
         "                 12:00:30            12:01:00\n",
         "++ 12:00:00 ---------+ 12:00:30 ---------+ 12:01:00\n"},
        {12 * 3600 + 1, 10,
         "└┬───────────────────┬───────────────────┬─────────\n"
         "                12:00:01.2          12:00:01.4\n",
         "++ 12:00:01.0 -------+ 12:00:01.2 -------+---------\n"},
        {23 * 3600, 300000,
         "└┬───────────┬───────────┬───────────┬───────────┬─\n"
         "          Dec 01       01:00       02:00\n",
         "++ 23:00 ----+ Dec 01 ---+ 01:00 ----+ 02:00 ----+-\n"},
        {0, 86400000,
         "└───┬─────────────┬─────────────┬─────────────┬────\n"
         " Dec 03        Dec 17        Dec 31        Jan 14\n",
         "+---+ Dec 03 -----+ Dec 17 -----+ Dec 31 -----+----\n"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t local[51];
        struct paper paper;
        for (int k = 0; k <= 50; k++)
            local[k] = (day + cases[i].from) * SECOND +
                       k * cases[i].column * (SECOND / 1000);
        open_paper(&paper, 51, 2, false);
        axis_draw_times(&paper.canvas, (struct area){0, 2, 1, 50}, local);
        expect(&paper, "times in two rows", cases[i].two);
        open_paper(&paper, 51, 1, true);
        axis_draw_times(&paper.canvas, (struct area){0, 1, 1, 50}, local);
        expect(&paper, "times in a row", cases[i].one);
    }
}

static void test_bands(void **state)
{
    (void)state;
    static const struct band_run runs[] = {
        {0, 12, true, false, "Manual", 6, STYLE_PLAIN},
        {12, 13, true, true, "Auto", 4, STYLE_PLAIN},
        {13, 20, true, true, "Service", 7, STYLE_PLAIN},
        {20, 24, false, false, NULL, 0, STYLE_PLAIN},
        {24, 30, true, true, "Fault", 5, STYLE_CRIT},
        {30, 33, true, true, "Run", 3, STYLE_PLAIN},
    };
    static const char *const want[] = {" Manual ─────┃┃Ser…ce    ┃Fault┃──\n",
                                       " Manual -----||Se..ce    |Fault|--\n"};
    for (int ascii = 0; ascii < 2; ascii++) {
        struct paper paper;
        open_paper(&paper, 34, 1, ascii);
        draw_band(&paper.canvas, 0, 1, runs, COUNT(runs));
        expect(&paper, "bands", want[ascii]);
    }
}

static void test_xy(void **state)
{
    (void)state;
    static const double xs[] = {0, 1, 2, 3, 4, 5, 6, 7};
    static const double ys[] = {0, 2, 4, 7, 7, NAN, 2, 0};
    static const char *const want[] = {"     ▗▀▀▘\n"
                                       "    ●▘\n"
                                       "  ▄▀        ▄\n"
                                       "▄▀           ▀○\n",
                                       "     .---\n"
                                       "    @'\n"
                                       "  .-        .\n"
                                       ".-           -o\n"};
    for (int ascii = 0; ascii < 2; ascii++) {
        struct plot_point points[8];
        struct paper paper;
        for (size_t i = 0; i < 8; i++)
            points[i] = (struct plot_point){xs[i], ys[i], i > 0};
        const struct plot_xy plot = {.graph =
                                         ascii ? GRAPH_ASCII : GRAPH_BLOCKS,
                                     .x_axis = {0, 8, false},
                                     .y_axis = {0, 8, false},
                                     .points = points,
                                     .count = 8,
                                     .moment = &points[2]};
        open_paper(&paper, 16, 4, ascii);
        draw_plot_xy(&paper.canvas, (struct area){0, 4, 0, 16}, &plot);
        expect(&paper, "x against y", want[ascii]);
    }
}

/* Whatever the numbers and sizes, nothing is drawn outside of the area. */
static void test_area(void **state)
{
    (void)state;
    static const double numbers[] = {NAN, -INFINITY, INFINITY, -1e308, 1e308,
                                     0,   1,         1e-9,     -3};
    uint32_t seed = 1;
    for (int round = 0; round < 2000; round++) {
        struct plot_cell cells[64];
        enum graph graph = (enum graph)(round % 3);
        int columns = 1 + round % 20, rows = 1 + round % 7;
        for (size_t i = 0; i < COUNT(cells); i++) {
            double got[4];
            for (size_t k = 0; k < 4; k++) {
                seed = seed * 1664525u + 1013904223u;
                got[k] = numbers[(seed >> 16) % COUNT(numbers)];
            }
            cells[i] =
                (struct plot_cell){got[0], got[1], got[2], got[3], seed >> 31};
        }
        const struct plot_curve curve = {cells, STYLE_PLAIN, 'a'};
        const struct plot_limit limit = {cells[0].min, seed & 1, STYLE_WARN,
                                         "!!"};
        const struct plot plot = {.graph = graph,
                                  .axis = {0.5, 2, seed >> 30 & 1},
                                  .curves = &curve,
                                  .curve_count = 1,
                                  .count =
                                      (size_t)(columns * graph_across(graph)),
                                  .hole_most = 2,
                                  .limits = &limit,
                                  .limit_count = 1,
                                  .baseline = -1,
                                  .cursor = round % 25};
        struct paper paper;
        open_paper(&paper, 30, 10, graph == GRAPH_ASCII);
        draw_plot(&paper.canvas, (struct area){1, rows, 2, columns}, &plot);
        for (int i = 0; i < 300; i++) {
            int row = i / 30 - 1, column = i % 30 - 2;
            if (row < 0 || row >= rows || column < 0 || column >= columns)
                assert_int_equal(paper.grid.cells[i].code[0], ' ');
        }
        buf_free(&paper.text);
        buf_free(&paper.shorter);
        grid_free(&paper.grid);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_axes),     cmocka_unit_test(test_kept),
        cmocka_unit_test(test_extremes), cmocka_unit_test(test_labels),
        cmocka_unit_test(test_curves),   cmocka_unit_test(test_thick),
        cmocka_unit_test(test_limits),   cmocka_unit_test(test_times),
        cmocka_unit_test(test_bands),    cmocka_unit_test(test_xy),
        cmocka_unit_test(test_area),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
