/* SPDX-License-Identifier: MIT */
/* Text on a canvas: aligned, shortened, and pieces that are dropped by rank. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "draw/pieces.h"

#define COUNT(table) (sizeof table / sizeof((table)[0]))

struct screen {
    struct grid grid;
    struct buf text, shorter;
    struct canvas canvas;
};

static void screen_open(struct screen *s, int columns)
{
    *s = (struct screen){0};
    grid_reset(&s->grid, columns, 1);
    s->canvas = (struct canvas){
        .grid = &s->grid, .text = &s->text, .shorter = &s->shorter};
}

/* Compares the screen, and frees it. */
static void screen_close(struct screen *s, const char *what, const char *want)
{
    struct buf out = {0};
    grid_put_text(&out, &s->grid);
    buf_truncate(&out, out.len - 1);
    if (strcmp(out.data, want) != 0)
        fail_msg("%s: '%s', not '%s'", what, out.data, want);
    buf_free(&out);
    buf_free(&s->text);
    buf_free(&s->shorter);
    grid_free(&s->grid);
}

struct text_case {
    const char *text;
    int columns;
    enum align align;
    bool ascii;
    int used;
    const char *screen; /* from column 1 of 12 */
};

static const struct text_case text_cases[] = {
    {"pump", 8, ALIGN_LEFT, false, 4, " pump"},
    {"pump", 8, ALIGN_RIGHT, false, 4, "     pump"},
    {"pump", 4, ALIGN_RIGHT, false, 4, " pump"},
    {"pressure", 5, ALIGN_LEFT, false, 5, " pr…re"},
    {"pressure", 5, ALIGN_RIGHT, true, 5, " pr..e"},
    {"pressure", 1, ALIGN_LEFT, false, 1, " …"},
    {"pressure", 1, ALIGN_LEFT, true, 1, " p"},
    {"pressure", 0, ALIGN_LEFT, false, 0, ""},
    {"pressure", -3, ALIGN_LEFT, false, 0, ""},
    {"", 8, ALIGN_RIGHT, false, 0, ""},
    {"漢字", 8, ALIGN_RIGHT, false, 4, "     漢字"},
    {"漢字漢字", 5, ALIGN_LEFT, false, 5, " 漢…字"},
};

static void test_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(text_cases); i++) {
        const struct text_case *c = &text_cases[i];
        struct screen s;
        screen_open(&s, 12);
        s.canvas.ascii = c->ascii;
        assert_int_equal(draw_text(&s.canvas, 0, 1, c->columns, c->align,
                                   c->text, strlen(c->text), STYLE_PLAIN),
                         c->used);
        screen_close(&s, c->text, c->screen);
    }
}

static void test_clean(void **state)
{
    (void)state;
    struct buf out = {0};
    buf_puts(&out, "a");
    draw_put_clean(&out, NULL);
    draw_put_clean(&out, "b\033[2Jc");
    assert_string_equal(out.data, "ab\xEF\xBF\xBD[2Jc");
    buf_free(&out);
}

/* title (rank 4, down to 3 columns), state (rank 5), size (rank 1), an empty
 * piece, and a note (rank 2, down to 4 columns) */
static void make_line(struct screen *s, struct pieces *line)
{
    *line = (struct pieces){.text = &s->text};
    buf_puts(line->text, "boiler");
    piece_end(line, 0, 4, 3, STYLE_HEADING);
    buf_puts(line->text, "LIVE");
    piece_end(line, 2, 5, 0, STYLE_GOOD);
    buf_puts(line->text, "64 B");
    piece_end(line, 1, 1, 0, STYLE_DIM);
    piece_end(line, 9, 9, 0, STYLE_PLAIN);
    buf_puts(line->text, "a note");
    piece_end(line, 3, 2, 4, STYLE_PLAIN);
}

static void test_pieces(void **state)
{
    (void)state;
    static const char *const want[] = {
        [26] = "boiler  LIVE 64 B   a note",
        [25] = "boiler  LIVE   a note",
        [21] = "boiler  LIVE   a note",
        [20] = "boiler  LIVE   a …te",
        [19] = "boiler  LIVE   a …e",
        [18] = "boiler  LIVE",
        [12] = "boiler  LIVE",
        [11] = "bo…er  LIVE",
        [9] = "b…r  LIVE",
        [8] = "LIVE",
        [4] = "LIVE",
        [3] = "L…E",
        [1] = "…",
    };
    for (size_t columns = 1; columns < COUNT(want); columns++) {
        struct screen s;
        struct pieces line;
        if (!want[columns])
            continue;
        screen_open(&s, (int)columns);
        make_line(&s, &line);
        pieces_draw(&s.canvas, 0, 0, (int)columns, &line);
        assert_int_equal(s.grid.cells[0].style,
                         columns > 8 ? STYLE_HEADING : STYLE_GOOD);
        screen_close(&s, "pieces", want[columns]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_clean),
        cmocka_unit_test(test_pieces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
