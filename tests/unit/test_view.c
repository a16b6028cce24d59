/* SPDX-License-Identifier: MIT */
/* What keys do to the view: moving, searching, filtering, settings. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "loader/loader.h"
#include "ui/view.h"

static const char layout_text[] = "[mapping]\n"
                                  "name = view_test\n"
                                  "size = 64\n"
                                  "[enum mode]\n"
                                  "0 = Off\n"
                                  "1 = Auto\n"
                                  "[fields]\n"
                                  "delta = i32 @0 label=\"Delta flow\"\n"
                                  "alpha = u16 @4\n"
                                  "charlie = f64 @8 label=\"Charlie\"\n"
                                  "bravo = u8 @16 enum=mode\n"
                                  "hidden = u8 @17 level=diag\n"
                                  "deep = u8 @18 level=debug\n"
                                  "name = char[8] @24\n"
                                  "load = u8[3] @32\n";
enum { DELTA, ALPHA, CHARLIE, BRAVO, HIDDEN, DEEP, NAME, LOAD, FIELDS = 10 };

struct fixture {
    struct layout *layout;
    struct view view;
    struct view_fit fit;
    struct sample sample;
    struct value values[FIELDS];
    struct trend trends[FIELDS];
};

static int setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    struct problems problems = {0};
    bool ok = layout_parse(&f->layout, "view.ini", layout_text,
                           strlen(layout_text), ABI_UNKNOWN, &problems);
    if (!ok)
        print_error("%s\n", problems.items[0].text);
    problems_free(&problems);
    if (!ok || f->layout->field_count != FIELDS)
        return -1;
    struct view_options options = {.highlight = HIGHLIGHT_LAST,
                                   .period_ns = 1000000000};
    view_open(&f->view, f->layout, &options);
    f->sample = (struct sample){.number = 1,
                                .mono_ns = 1000,
                                .state = STATE_LIVE,
                                .generation = 1,
                                .values = f->values,
                                .trends = f->trends,
                                .field_count = FIELDS};
    for (size_t i = 0; i < FIELDS; i++) {
        f->values[i] = (struct value){.type = VALUE_UINT, .u = i};
        f->trends[i] = (struct trend){
            .rate = NAN, .min = NAN, .max = NAN, .flags = TREND_FRESH};
    }
    view_refresh(&f->view, &f->sample);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    view_close(&f->view);
    view_fit_free(&f->fit);
    layout_free(f->layout);
    free(f);
    return 0;
}

/* Types keys as --keys gives them; returns the last effect. */
static enum view_effect type(struct fixture *f, const char *keys)
{
    enum view_effect effect = EFFECT_NONE;
    int key;
    while ((key = key_next(&keys, NULL)) > 0)
        effect = view_key(&f->view, &f->fit, key, &f->sample);
    assert_int_equal(key, KEY_CODE_NONE);
    view_refresh(&f->view, &f->sample);
    return effect;
}

/* The rows as text: the first letter of each path. */
static void expect_rows(const struct fixture *f, const char *want)
{
    char rows[FIELDS + 1] = "";
    for (size_t i = 0; i < f->view.row_count; i++)
        rows[i] = f->layout->fields[f->view.rows[i]].path[0];
    rows[f->view.row_count] = '\0';
    assert_string_equal(rows, want);
}

static uint32_t cursor_field(const struct fixture *f)
{
    return f->view.rows[f->view.cursor];
}

static void test_moving(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *keys;
        size_t cursor;
    } cases[] = {
        {"", 0},
        {"k", 0},
        {"j", 1},
        {"jj<Up>", 1},
        {"G", 7},
        {"Gj", 7},
        {"<End>k", 6},
        {"Gg", 0},
        {"G<Home>", 0},
        {"<PgDn>", 2},
        {"<PgDn><PgDn>", 4},
        {"G<PgUp>", 5},
        {"<PgUp>", 0},
        {"j<PgUp>", 0},
        {"<Down><Down>", 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        f->view.cursor = 0;
        f->fit.page = 3;
        type(f, cases[i].keys);
        if (f->view.cursor != cases[i].cursor)
            fail_msg("'%s': row %zu, not %zu", cases[i].keys, f->view.cursor,
                     cases[i].cursor);
    }
}

static void test_selection(void **state)
{
    struct fixture *f = *state;
    static const uint32_t fields[] = {LOAD, DELTA, HIDDEN};
    struct view_options options = {
        .period_ns = 1, .fields = fields, .field_count = 3};
    view_close(&f->view);
    view_fit_free(&f->fit);
    view_open(&f->view, f->layout, &options);
    view_refresh(&f->view, &f->sample);
    expect_rows(f, "ld");
    type(f, "v");
    expect_rows(f, "ldh");
}

static void test_levels(void **state)
{
    struct fixture *f = *state;
    expect_rows(f, "dacbnlll");
    type(f, "v");
    expect_rows(f, "dacbhnlll");
    type(f, "v");
    expect_rows(f, "dacbhdnlll");
    type(f, "v");
    expect_rows(f, "dacbnlll");
    assert_string_equal(f->view.message, "fields up to level info");
}

static void test_filter(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *keys;
        const char *rows;
        const char *filter;
    } cases[] = {
        {"\\LOAD<Enter>", "lll", "LOAD"},
        {"\\FLOW", "d", ""}, /* matches a label, while typing */
        {"\\FLOW<Esc>", "dacbnlll", ""},
        {"\\a<Enter>", "dacbnlll", "a"},
        {"\\load[1]<Enter>", "l", "load[1]"},
        {"\\*lta<Enter>", "d", "*lta"},
        {"\\?lpha<Enter>", "a", "?lpha"},
        {"\\al<Enter><Esc>", "dacbnlll", ""},
        {"\\al<Enter>\\<BS><BS>ch<Enter>", "c", "ch"},
        {"\\al<Enter>\\x<Esc>", "a", "al"},
        {"\\nothing<Enter>", "", "nothing"},
        {"\\nothing<Enter>jkGg<PgDn>xn<Enter><Esc>", "dacbnlll", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        type(f, cases[i].keys);
        expect_rows(f, cases[i].rows);
        assert_string_equal(f->view.filter, cases[i].filter);
        type(f, "<Esc><Esc>");
        expect_rows(f, "dacbnlll");
    }
}

static void test_filter_keeps_the_cursors_field(void **state)
{
    struct fixture *f = *state;
    type(f, "jjj");
    assert_int_equal(cursor_field(f), BRAVO);
    type(f, "\\b<Enter>");
    expect_rows(f, "b");
    assert_int_equal(cursor_field(f), BRAVO);
    type(f, "<Esc>");
    assert_int_equal(cursor_field(f), BRAVO);
    type(f, "G\\delta<Enter>");
    assert_int_equal(f->view.cursor, 0);
}

static void test_search(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *keys;
        size_t cursor;
        const char *message;
    } cases[] = {
        {"/LOAD<Enter>", 5, ""},
        {"/load", 5, ""}, /* while typing */
        {"<Esc>j/load<Esc>", 1, ""},
        {"/load<Enter>n", 6, ""},
        {"/load<Enter>nnn", 5, ""}, /* around the end */
        {"/load<Enter>N", 7, ""},
        {"/load<Enter>j/<Enter>", 6, ""}, /* empty: repeats the last one */
        {"/zzz<Enter>", 0, "not found: zzz"},
        {"/zzz<Enter>n", 0, "not found: zzz"},
        {"/br<BS><BS>n<Enter>", 4, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        f->view.cursor = 0;
        type(f, cases[i].keys);
        if (f->view.cursor != cases[i].cursor)
            fail_msg("'%s': row %zu, not %zu", cases[i].keys, f->view.cursor,
                     cases[i].cursor);
        assert_string_equal(f->view.message, cases[i].message);
        type(f, "<Esc>");
    }
}

static void test_search_without_a_pattern(void **state)
{
    struct fixture *f = *state;
    type(f, "n");
    assert_non_null(strstr(f->view.message, "nothing to search"));
    type(f, "/<Enter>");
    assert_int_equal(f->view.prompt, PROMPT_NONE);
    assert_string_equal(f->view.search, "");
}

static void test_prompt_takes_only_text(void **state)
{
    struct fixture *f = *state;
    type(f, "/a\xc3\xa9\xe6\xbc\xa2");
    view_key(&f->view, &f->fit, 0x202e, &f->sample);
    view_key(&f->view, &f->fit, 0x9b, &f->sample);
    view_key(&f->view, &f->fit, '\t', &f->sample);
    view_key(&f->view, &f->fit, KEY_CODE_UP, &f->sample);
    assert_string_equal(f->view.input, "a\xc3\xa9\xe6\xbc\xa2");
    type(f, "<BS>");
    assert_string_equal(f->view.input, "a\xc3\xa9");
    type(f, "<BS><BS><BS><BS>");
    assert_string_equal(f->view.input, "");
    for (int i = 0; i < 3 * VIEW_INPUT_MAX; i++)
        type(f, "\xe6\xbc\xa2");
    assert_in_range(strlen(f->view.input), VIEW_INPUT_MAX - 4,
                    VIEW_INPUT_MAX - 1);
    /* q is a letter at a prompt. */
    type(f, "<Esc>/q");
    assert_string_equal(f->view.input, "q");
    assert_int_equal(type(f, "<Enter>"), EFFECT_NONE);
    assert_string_equal(f->view.message, "not found: q");
}

static void test_long_messages_stay_whole_characters(void **state)
{
    struct fixture *f = *state;
    char text[1024] = "";
    for (int i = 0; i < 300; i++)
        strcat(text, "\xe6\xbc\xa2");
    view_set_message(&f->view, "%s", text);
    size_t len = strlen(f->view.message);
    assert_int_equal(len % 3, 0);
    assert_in_range(len, 120, sizeof f->view.message - 1);
    view_set_message(&f->view, "a\033[2Jb");
    assert_string_equal(f->view.message, "a\xef\xbf\xbd[2Jb");
    view_set_message(&f->view, "%s", "");
    assert_string_equal(f->view.message, "");
}

static void sort_setup(struct fixture *f)
{
    for (size_t i = 0; i < FIELDS; i++)
        f->trends[i].changed_ns = 100;
    f->trends[BRAVO].changed_ns = 300;
    f->trends[NAME].changed_ns = 200;
    f->trends[ALPHA].rate = -7;
    f->trends[LOAD].rate = 3;
    f->trends[DELTA].rate = 0;
    f->values[CHARLIE].type = VALUE_NONE;
    f->trends[ALPHA].alarm = ALARM_WARN;
    f->trends[BRAVO].alarm = ALARM_CRIT;
}

static void test_sort(void **state)
{
    struct fixture *f = *state;
    static const char *const orders[] = {
        "cdabllln", /* "Charlie", "Delta flow", then lower case */
        "bndalllc", "aldbnllc", "badnlllc", /* critical, alarming, the rest */
        "dacbnlll",
    };
    sort_setup(f);
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
        type(f, "jj");
        type(f, "s");
        expect_rows(f, orders[i]);
        /* A new order is read from its top. */
        assert_int_equal(f->view.cursor, 0);
    }
}

/* When a sample sorts the rows, the cursor stays on its row. */
static void test_moving_order(void **state)
{
    struct fixture *f = *state;
    sort_setup(f);
    type(f, "sss");
    expect_rows(f, "aldbnllc");
    f->trends[DELTA].rate = 99;
    f->sample.number++;
    view_refresh(&f->view, &f->sample);
    expect_rows(f, "dalbnllc");
    assert_int_equal(f->view.cursor, 0);
    type(f, "jj");
    assert_int_equal(cursor_field(f), LOAD);
    f->trends[BRAVO].rate = 100;
    f->sample.number++;
    view_refresh(&f->view, &f->sample);
    expect_rows(f, "bdalnllc");
    assert_int_equal(f->view.cursor, 2);
    /* After a filter or a new level it stays on its field. */
    assert_int_equal(cursor_field(f), ALPHA);
    type(f, "\\al<Enter>");
    expect_rows(f, "a");
    type(f, "<Esc>");
    assert_int_equal(cursor_field(f), ALPHA);
    f->trends[HIDDEN].rate = 1000;
    type(f, "v");
    expect_rows(f, "hbdalnllc");
    assert_int_equal(cursor_field(f), ALPHA);
}

static void test_opens_at_the_top(void **state)
{
    struct fixture *f = *state;
    static const enum sort_order orders[] = {
        SORT_LAYOUT, SORT_NAME, SORT_RECENT, SORT_RATE, SORT_ALARM};
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
        struct view_options options = {.sort = orders[i], .period_ns = 1};
        struct sample none = f->sample;
        none.number = 0;
        view_close(&f->view);
        view_fit_free(&f->fit);
        view_open(&f->view, f->layout, &options);
        view_refresh(&f->view, &none);
        sort_setup(f);
        f->sample.number++;
        view_refresh(&f->view, &f->sample);
        assert_int_equal(f->view.cursor, 0);
    }
}

static void test_views(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *keys;
        enum view_kind kind;
        size_t top;
    } cases[] = {
        {"", VIEW_TABLE, 0},
        {"<Tab>", VIEW_HEALTH, 0},
        {"jj", VIEW_HEALTH, 2},
        {"k", VIEW_HEALTH, 1},
        {"<PgDn>", VIEW_HEALTH, 5},
        {"<PgUp>", VIEW_HEALTH, 1},
        {"kk", VIEW_HEALTH, 0},
        {"sxdv<Enter>nN", VIEW_HEALTH, 0}, /* these need the table */
        {"<Tab>", VIEW_TABLE, 0},
        {"<Tab><Esc>", VIEW_TABLE, 0},
        {"<Tab>/al<Enter>", VIEW_TABLE, 0},
        {"<Tab>j<Tab><Tab>", VIEW_HEALTH, 0},
        {"\\al<Enter>", VIEW_TABLE, 0},
    };
    f->fit.health.rows = 5;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        type(f, cases[i].keys);
        assert_int_equal(f->view.kind, cases[i].kind);
        assert_int_equal(f->view.health_top, cases[i].top);
        assert_int_equal(f->view.sort, SORT_LAYOUT);
        assert_true(f->view.detail);
    }
    assert_int_equal(type(f, "<Tab>q"), EFFECT_QUIT);
    assert_int_equal(type(f, "+"), EFFECT_PERIOD);
}

static void test_number_base(void **state)
{
    struct fixture *f = *state;
    static const enum show plain[] = {SHOW_HEX, SHOW_BIN, SHOW_OCT,
                                      SHOW_DEFAULT, SHOW_HEX};
    static const enum show labelled[] = {SHOW_DEC, SHOW_HEX, SHOW_BIN, SHOW_OCT,
                                         SHOW_DEFAULT};
    for (size_t i = 0; i < 5; i++) {
        type(f, "gx");
        assert_int_equal(f->view.bases[DELTA], plain[i]);
        type(f, "jjjx");
        assert_int_equal(f->view.bases[BRAVO], labelled[i]);
        assert_int_equal(f->view.bases[ALPHA], SHOW_DEFAULT);
    }
    type(f, "gjjx");
    assert_int_equal(f->view.bases[CHARLIE], SHOW_DEFAULT);
    assert_non_null(strstr(f->view.message, "only integers"));
}

static void test_period(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(type(f, "+"), EFFECT_PERIOD);
    assert_int_equal(f->view.period_ns, 2000000000);
    assert_string_equal(f->view.message, "refresh 2 s (0.5 Hz)");
    assert_int_equal(type(f, "---"), EFFECT_PERIOD);
    assert_int_equal(f->view.period_ns, 200000000);
    assert_string_equal(f->view.message, "refresh 200 ms (5 Hz)");
    while (type(f, "+") == EFFECT_PERIOD)
        ;
    assert_non_null(strstr(f->view.message, "60 s"));
    assert_non_null(strstr(f->view.message, "the slowest"));
    while (type(f, "-") == EFFECT_PERIOD)
        ;
    assert_string_equal(f->view.message, "refresh 1 ms (1000 Hz), the fastest");
}

static void test_period_off_the_ladder(void **state)
{
    (void)state;
    static const int64_t cases[][3] = {
        /* period, slower, faster */
        {33333333, 50000000, 20000000},
        {1, 1000000, 1},
        {INT64_C(3600000000000), INT64_C(3600000000000), 60000000000},
        {1000000000, 2000000000, 500000000},
    };
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(view_period_step(cases[i][0], true), cases[i][1]);
        assert_int_equal(view_period_step(cases[i][0], false), cases[i][2]);
    }
}

static void test_switches(void **state)
{
    struct fixture *f = *state;
    assert_false(f->view.paused);
    type(f, "<Space>");
    assert_true(f->view.paused);
    type(f, "j<Space>");
    assert_false(f->view.paused);
    assert_int_equal(f->view.highlight, HIGHLIGHT_LAST);
    type(f, "d");
    assert_int_equal(f->view.highlight, HIGHLIGHT_BASELINE);
    type(f, "d");
    assert_int_equal(f->view.highlight, HIGHLIGHT_OFF);
    type(f, "d");
    assert_int_equal(f->view.highlight, HIGHLIGHT_LAST);
    f->fit.detail_fits = true;
    type(f, "<Enter>");
    assert_false(f->view.detail);
    f->fit.detail_fits = false;
    type(f, "<Enter>");
    assert_true(f->view.detail);
    assert_non_null(strstr(f->view.message, "too few rows"));
    type(f, "j");
    assert_string_equal(f->view.message, "");
}

static void test_effects(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *keys;
        enum view_effect effect;
    } cases[] = {
        {"q", EFFECT_QUIT},         {"0", EFFECT_BASELINE},
        {"<C-l>", EFFECT_REDRAW},   {"<C-z>", EFFECT_SUSPEND},
        {"j", EFFECT_NONE},         {"w", EFFECT_NONE},
        {"u", EFFECT_NONE},         {"<Tab>", EFFECT_NONE},
        {"/<C-z>", EFFECT_SUSPEND}, {"<Esc>?<C-l>", EFFECT_REDRAW},
        {"q", EFFECT_NONE}, /* leaves help */
        {"q", EFFECT_QUIT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (type(f, cases[i].keys) != cases[i].effect)
            fail_msg("case %zu: '%s'", i, cases[i].keys);
}

static void test_help(void **state)
{
    struct fixture *f = *state;
    f->fit.help.rows = 5;
    type(f, "?");
    assert_true(f->view.help);
    type(f, "j");
    assert_int_equal(f->view.help_top, 1);
    assert_int_equal(f->view.cursor, 0);
    type(f, "<PgDn>");
    assert_int_equal(f->view.help_top, 5);
    type(f, "k<PgUp>");
    assert_int_equal(f->view.help_top, 0);
    type(f, "k");
    assert_int_equal(f->view.help_top, 0);
    /* Once the length is known, a key starts from the last page. */
    f->fit.help.lines = 30;
    type(f, "Gk");
    assert_int_equal(f->view.help_top, 24);
    type(f, "jjj");
    assert_int_equal(f->view.help_top, 26);
    type(f, "<Esc>");
    assert_false(f->view.help);
    type(f, "<F1>");
    assert_true(f->view.help);
    type(f, "?");
    assert_false(f->view.help);
}

#define VIEW_TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        VIEW_TEST(test_moving),
        VIEW_TEST(test_selection),
        VIEW_TEST(test_levels),
        VIEW_TEST(test_filter),
        VIEW_TEST(test_filter_keeps_the_cursors_field),
        VIEW_TEST(test_search),
        VIEW_TEST(test_search_without_a_pattern),
        VIEW_TEST(test_prompt_takes_only_text),
        VIEW_TEST(test_long_messages_stay_whole_characters),
        VIEW_TEST(test_sort),
        VIEW_TEST(test_moving_order),
        VIEW_TEST(test_opens_at_the_top),
        VIEW_TEST(test_views),
        VIEW_TEST(test_number_base),
        VIEW_TEST(test_period),
        cmocka_unit_test(test_period_off_the_ladder),
        VIEW_TEST(test_switches),
        VIEW_TEST(test_effects),
        VIEW_TEST(test_help),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
