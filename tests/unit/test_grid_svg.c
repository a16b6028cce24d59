/* SPDX-License-Identifier: MIT */
/* A grid as SVG: its elements, and well-formed whatever the cells hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "draw/grid_svg.h"

static void put(struct grid *grid, int row, int column, const char *text,
                uint32_t style)
{
    grid_put(grid, row, column, grid->columns, text, strlen(text), style);
}

static void expect(const char *svg, const char *part)
{
    if (!strstr(svg, part))
        fail_msg("no '%s' in:\n%s", part, svg);
}

static void expect_none(const char *svg, const char *part)
{
    if (strstr(svg, part))
        fail_msg("'%s' in:\n%s", part, svg);
}

static void test_elements(void **state)
{
    (void)state;
    struct grid grid = {0};
    struct buf out = {0};
    grid_reset(&grid, 20, 4);
    put(&grid, 0, 2, "a <b> & \"c\"", STYLE_PLAIN);
    put(&grid, 1, 0, "warm", STYLE_WARN | STYLE_BOLD);
    put(&grid, 1, 5, "cold  wet", STYLE_ACCENT | STYLE_UNDERLINE);
    put(&grid, 2, 10, "one two  three ", STYLE_HEADING);
    put(&grid, 2, 0, "\xe2\x96\x88x\xe2\x96\x8c\xe2\x96\x90\xe2\x96\x82",
        STYLE_GOOD);
    put(&grid, 3, 0, "\xe6\xbc\xa2\xe5\xad\x97", STYLE_CURSOR);
    grid_put_svg(&out, &grid, theme_find("dark"));
    /* Two margins of 8 around cells of 8 x 17. */
    expect(out.data, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"176\" "
                     "height=\"84\"");
    expect(out.data, "<rect x=\"0\" y=\"0\" width=\"176\" height=\"84\" "
                     "fill=\"#000000\"/>");
    expect(out.data, "<text x=\"24\" y=\"21\" textLength=\"88\" "
                     "fill=\"#d0d0d0\">a &lt;b&gt; &amp; \"c\"</text>");
    expect(out.data, "<text x=\"8\" y=\"38\" textLength=\"32\" "
                     "fill=\"#ffd75f\" font-weight=\"bold\">warm</text>");
    expect(out.data, "<text x=\"48\" y=\"38\" textLength=\"72\" "
                     "fill=\"#5fafff\" text-decoration=\"underline\">cold  "
                     "wet</text>");
    /* Columns keep their places. */
    expect(out.data, "<text x=\"88\" y=\"55\" textLength=\"56\" "
                     "fill=\"#5fd7d7\">one two</text>");
    expect(out.data, "<text x=\"160\" y=\"55\" textLength=\"8\" "
                     "fill=\"#5fd7d7\">t</text>");
    /* Full, left half, right half, a quarter from below. */
    expect(out.data, "<rect x=\"8\" y=\"42\" width=\"8\" height=\"17\" "
                     "fill=\"#87d787\"/>");
    expect(out.data, ">x</text>");
    expect(out.data, "<rect x=\"24\" y=\"42\" width=\"4\" height=\"17\"");
    expect(out.data, "<rect x=\"36\" y=\"42\" width=\"4\" height=\"17\"");
    expect(out.data, "<rect x=\"40\" y=\"54.75\" width=\"8\" height=\"4.25\"");
    /* The cursor's ground, and wide characters, which take two cells. */
    expect(out.data, "<rect x=\"8\" y=\"59\" width=\"32\" height=\"17\" "
                     "fill=\"#444444\"/>");
    expect(out.data, "textLength=\"32\" fill=\"#d0d0d0\">\xe6\xbc\xa2\xe5\xad"
                     "\x97</text>");
    expect_none(out.data, "\xe2\x96");
    buf_free(&out);
    grid_free(&grid);
}

static void test_looks(void **state)
{
    (void)state;
    static const struct {
        const char *theme;
        uint32_t style;
        const char *part;
    } cases[] = {
        {"terminal", STYLE_PLAIN, "fill=\"#d0d0d0\">x<"},
        {"terminal", STYLE_CRIT, "fill=\"#cd0000\">x<"},
        {"terminal", STYLE_DIM, "fill=\"#7c7c7c\">x<"},
        {"terminal", STYLE_CURSOR, "fill=\"#000000\">x<"},
        {"terminal", STYLE_CHANGED, "font-weight=\"bold\">x<"},
        {"light", STYLE_PLAIN, "fill=\"#262626\">x<"},
        {"light", STYLE_PLAIN, "height=\"33\" fill=\"#ffffff\"/>"},
        {"mono", STYLE_CRIT, "fill=\"#000000\" font-weight=\"bold\">x<"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct grid grid = {0};
        struct buf out = {0};
        grid_reset(&grid, 3, 1);
        put(&grid, 0, 1, "x", cases[i].style);
        grid_put_svg(&out, &grid, theme_find(cases[i].theme));
        expect(out.data, cases[i].part);
        buf_free(&out);
        grid_free(&grid);
    }
}

/* The end of the tag at `at`, NULL if it is none of a picture. */
static const char *tag_end(const char *at)
{
    static const char *const tags[] = {"<svg ", "</svg>", "<rect ", "<text ",
                                       "</text>"};
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
        if (strncmp(at, tags[i], strlen(tags[i])) == 0)
            return strchr(at, '>') + 1;
    return NULL;
}

/* Every `<` begins one of our tags, every `&` an entity. */
static void expect_well_formed(const char *svg)
{
    int depth = 0;
    while (*svg) {
        if (*svg == '<') {
            const char *end = tag_end(svg);
            assert_non_null(end);
            depth += svg[1] == '/' ? -1 : end[-2] == '/' ? 0 : 1;
            assert_in_range(depth, 0, 2);
            svg = end;
        } else {
            assert_true((unsigned char)*svg >= ' ' || *svg == '\n');
            assert_int_not_equal(*svg, '>');
            if (*svg == '&')
                assert_true(strncmp(svg, "&lt;", 4) == 0 ||
                            strncmp(svg, "&gt;", 4) == 0 ||
                            strncmp(svg, "&amp;", 5) == 0);
            svg++;
        }
    }
    assert_int_equal(depth, 0);
}

static void test_well_formed(void **state)
{
    (void)state;
    struct grid grid = {0};
    struct buf out = {0};
    grid_reset(&grid, 128, 512);
    for (int i = 0; i < grid.columns * grid.rows; i++)
        grid_put_code(&grid, i / grid.columns, i % grid.columns,
                      (uint32_t)i * 7 % 0x3000, (uint32_t)i % STYLE_ACCENT);
    grid_put_svg(&out, &grid, theme_find("terminal"));
    assert_true(out.len > 100000);
    expect_well_formed(out.data);
    buf_free(&out);
    grid_free(&grid);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_elements),
        cmocka_unit_test(test_looks),
        cmocka_unit_test(test_well_formed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
