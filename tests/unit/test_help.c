/* SPDX-License-Identifier: MIT */
/* The help screen: what is in it at every size, its filter, and that nothing
 * gets out of its column. Which keys scroll it is test_view.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "base/utf8.h"
#include "ui/draw.h"

struct fixture {
    struct view view;
    struct view_fit fit;
    struct grid grid;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    f->view.help = true;
    f->view.target_count = 1; /* nothing of it is shown */
    key_map_default(&f->view.key_map);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    view_fit_free(&f->fit);
    grid_free(&f->grid);
    free(f);
    return 0;
}

static void draw(struct fixture *f, int columns, int rows)
{
    grid_reset(&f->grid, columns, rows);
    draw_dashboard(&f->grid, &f->view, &f->fit);
}

/* The screen as text; the caller frees it. */
static char *screen(struct fixture *f, int columns, int rows)
{
    struct buf out = {0};
    draw(f, columns, rows);
    grid_put_text(&out, &f->grid);
    return out.data;
}

/* All pages as text. */
static char *pages(struct fixture *f, int columns, int rows)
{
    struct buf out = {0};
    f->view.help_top = 0;
    do {
        draw(f, columns, rows);
        grid_put_text(&out, &f->grid);
        assert_int_equal(f->fit.help.top, f->view.help_top);
        f->view.help_top += f->fit.help.rows;
        size_t last = f->fit.help.lines - f->fit.help.rows;
        if (f->view.help_top > last && f->fit.help.top < last)
            f->view.help_top = last;
    } while (f->view.help_top < f->fit.help.lines &&
             f->fit.help.lines > f->fit.help.rows &&
             f->fit.help.top + f->fit.help.rows < f->fit.help.lines);
    f->view.help_top = 0;
    return out.data;
}

static void set_filter(struct fixture *f, const char *text)
{
    size_t len = strlen(text);
    assert_true(len < sizeof f->view.help_filter);
    memcpy(f->view.help_filter, text, len + 1);
}

static void expect(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("'%s' is not in\n%s", part, text);
}

static const int sizes[][2] = {{40, 10}, {80, 24}, {120, 40}, {200, 60}};

static void test_all_is_there(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < 8; i++) {
        f->view.ascii = i >= 4;
        char *text = pages(f, sizes[i % 4][0], sizes[i % 4][1]);
        for (int s = 0; s < STATE_COUNT; s++)
            expect(text, state_name((enum source_state)s));
        for (int k = ACTION_NONE + 1; k < ACTION_COUNT; k++) {
            struct buf keys = {0};
            key_map_put(&keys, &f->view.key_map, (enum action)k, true);
            expect(text, keys.data);
            buf_free(&keys);
            expect(text, key_table[k].group);
        }
        expect(text, f->view.ascii ? " -  " : " \xe2\x80\x93  ");
        expect(text, "Rate 5s");
        expect(text, "Range or trend");
        expect(text, "Ctrl-U");
        expect(text, "wheel");
        free(text);
    }
}

/* Every explanation, whole, with the keys and the heading. */
static void test_filter_finds_each_key(void **state)
{
    struct fixture *f = *state;
    for (int k = ACTION_NONE + 1; k < ACTION_COUNT; k++) {
        struct buf row = {0};
        const char *help = key_table[key_table[k].help ? k : k - 1].help;
        set_filter(f, help);
        char *text = screen(f, 200, 60);
        key_map_put(&row, &f->view.key_map, (enum action)k, true);
        expect(text, row.data);
        expect(text, help);
        expect(text, key_table[k].group);
        assert_true(f->fit.help.lines < 60);
        buf_free(&row);
        free(text);
    }
}

static void test_one_page(void **state)
{
    struct fixture *f = *state;
    static const int one[][2] = {{140, 45}, {150, 45}, {160, 45}, {200, 60}};
    for (int i = 0; i < 4; i++) {
        draw(f, one[i][0], one[i][1]);
        if (f->fit.help.lines > f->fit.help.rows)
            fail_msg("%dx%d: %zu lines", one[i][0], one[i][1],
                     f->fit.help.lines);
    }
    draw(f, 80, 24);
    assert_in_range(f->fit.help.lines, 24, 4 * 23);
    char *text = screen(f, 80, 24);
    assert_memory_equal(text, "Marks", 5);
    expect(text, "\nhelp  1-23/");
    expect(text, "/ search   q back\n");
    free(text);
}

/* Three columns of 38 with blanks between them, whatever the keys are. */
static void test_columns_are_kept(void **state)
{
    struct fixture *f = *state;
    for (int many = 0; many < 2; many++) {
        for (int k = ACTION_NONE + 1; many && k < ACTION_COUNT; k++)
            for (int i = 0; i < KEYS_OF_ACTION; i++)
                f->view.key_map.keys[k][i] = i ? KEY_CTRL('a' + i) : 0x6f22;
        draw(f, 120, 40);
        for (int row = 0; row < 39; row++)
            for (int i = 0; i < 6; i++) {
                int column = i < 3 ? 38 + i : 79 + i - 3;
                const struct cell *cell = &f->grid.cells[row * 120 + column];
                if (cell->code[0] != ' ')
                    fail_msg("row %d, column %d: %c", row, column,
                             (int)cell->code[0]);
            }
    }
}

static void test_filter(void **state)
{
    struct fixture *f = *state;
    set_filter(f, "FOLD");
    char *text = screen(f, 80, 24);
    expect(text, "\nhelp  1-");
    expect(text, "/FOLD   / search   Esc shows all   q back\n");
    expect(text, "fold all, unfold all");
    assert_null(strstr(text, "next, previous row"));
    assert_null(strstr(text, "Program"));
    free(text);
    /* Matches are lit, and nothing else. */
    int lit = 0;
    for (int i = 0; i < 80 * 24; i++) {
        const struct cell *cell = &f->grid.cells[i];
        if (!(cell->style & STYLE_UNDERLINE))
            continue;
        assert_int_equal(text_lower((char)cell->code[0]), "fold"[lit % 4]);
        lit++;
    }
    assert_true(lit >= 16);
    /* A heading that matches keeps its rows. */
    set_filter(f, "take away");
    text = screen(f, 80, 24);
    expect(text, "copy the value, the path");
    free(text);
    /* Patterns are plain text here. */
    set_filter(f, "?");
    text = screen(f, 80, 24);
    expect(text, "?, F1");
    assert_null(strstr(text, "next, previous row"));
    free(text);
}

/* What is typed counts while the prompt is open. */
static void test_prompt(void **state)
{
    struct fixture *f = *state;
    set_filter(f, "quit");
    f->view.prompt = PROMPT_HELP;
    line_edit_begin(&f->view.edit, "DENIED");
    for (int rows = 2; rows <= 24; rows++) {
        char *text = screen(f, 80, rows);
        expect(text, "\n/DENIED");
        expect(text, "States");
        assert_null(strstr(text, "quit"));
        free(text);
    }
    draw(f, 80, 1);
    assert_int_equal(f->grid.cells[0].code[0], '/');
}

static const char *const hostile[] = {
    "",
    "\x1b[31m",
    "\xe2\x80\xae_fold",
    "\xff\xfe\x80",
    "\x93",
    "\xe6\xbc\xa2\xe5\xad\x97",
    "e\xcc\x81\xcc\x81\xcc\x81\xcc\x81",
    "0123456789 123456789 123456789 123456789 123456789 123456789 12345678",
    "a",
};
#define HOSTILE (sizeof hostile / sizeof hostile[0])

static void expect_safe(const struct grid *grid)
{
    for (int i = 0; i < grid->rows * grid->columns; i++)
        for (int k = 0; k < CELL_CODES; k++) {
            uint32_t code = grid->cells[i].code[k];
            if (code && !utf8_is_safe(code))
                fail_msg("cell %d: U+%04X", i, (unsigned)code);
        }
}

static void test_every_size(void **state)
{
    struct fixture *f = *state;
    static const int rows[] = {1, 2, 3, 4, 10, 24, 40, 60};
    for (int columns = 1; columns <= 200; columns += columns < 90 ? 1 : 9)
        for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
            for (size_t k = 0; k < HOSTILE; k++) {
                bool typed = k & 1;
                f->view.ascii = i & 1;
                f->view.prompt = typed ? PROMPT_HELP : PROMPT_NONE;
                f->view.help_top = k == 0 ? SIZE_MAX / 2 : 0;
                set_filter(f, typed ? "x" : hostile[k]);
                if (typed && utf8_is_safe((unsigned char)hostile[k][0]))
                    line_edit_begin(&f->view.edit, hostile[k]);
                draw(f, columns, rows[i]);
                expect_safe(&f->grid);
                assert_true(f->fit.help.top <= f->fit.help.lines);
            }
}

static void test_nothing_found(void **state)
{
    struct fixture *f = *state;
    set_filter(f, "\x1b]0;x\x07");
    char *text = screen(f, 80, 24);
    expect(text, "nothing in the help contains '\xef\xbf\xbd]0;x\xef\xbf\xbd'; "
                 "Esc shows all\n");
    free(text);
}

static void test_other_keys(void **state)
{
    struct fixture *f = *state;
    struct err err = {0};
    struct key_map *map = &f->view.key_map;
    assert_true(key_map_bind(map, "sort", "<F5> \xc3\xb6", &err));
    assert_true(key_map_bind(map, "search", "<F3>", &err));
    memset(map->keys[ACTION_REVERSE], 0, sizeof map->keys[ACTION_REVERSE]);
    char *text = screen(f, 200, 60);
    expect(text, "F5, \xc3\xb6  sort: choose the order");
    expect(text, "F3 search");
    assert_null(strstr(text, key_table[ACTION_REVERSE].help));
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_all_is_there, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_filter_finds_each_key, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_one_page, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_columns_are_kept, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_filter, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_prompt, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_every_size, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nothing_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_other_keys, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
