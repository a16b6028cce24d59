/* SPDX-License-Identifier: MIT */
/* What keys do to the view: moving, folds, tables, marks, pins, settings, and
 * that the cursor stays on its field. Search and filter are test_match.c, lists
 * to choose from test_picker.c. */
#include "view_rig.h"

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

#define ROWS "delta alpha charlie bravo name -load load[0] load[1] load[2]"
#define ROW_LAST 8

static int set_up(void **state)
{
    struct view_rig *rig = malloc(sizeof *rig);
    view_rig_open(rig, layout_text, "size 64\nframe\n");
    view_rig_fake(rig);
    assert_int_equal(rig->layout->field_count, FIELDS);
    for (unsigned i = 0; i < FIELDS; i++)
        rig->values[i].u = i;
    *state = rig;
    return 0;
}

static int tear_down(void **state)
{
    view_rig_close(*state);
    free(*state);
    return 0;
}

static uint32_t cursor_field(const struct view_rig *rig)
{
    uint32_t leaf = view_cursor_leaf(&rig->view);
    assert_int_not_equal(leaf, LEAF_NONE);
    return rig->view.tree.leaves[leaf].field;
}

static void test_moving(void **state)
{
    struct view_rig *rig = *state;
    static const struct {
        const char *keys;
        size_t cursor;
    } cases[] = {
        {"", 0},
        {"k", 0},
        {"j", 1},
        {"jj<Up>", 1},
        {"G", ROW_LAST},
        {"Gj", ROW_LAST},
        {"<End>k", ROW_LAST - 1},
        {"Gg", 0},
        {"G<Home>", 0},
        {"<PgDn>", 4},
        {"<PgDn><C-f>", 8},
        {"<C-f><PgDn><PgDn>", ROW_LAST},
        {"G<PgUp>", 4},
        {"G<C-b>", 4},
        {"<PgUp>", 0},
        {"j<PgUp>", 0},
        {"<C-d>", 2},
        {"G<C-u>", 6},
        {"<C-d>k<C-u>", 0},
        {"<Down><Down>", 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        rig->view.cursor = 0;
        rig->fit.page = 5;
        view_rig_type(rig, cases[i].keys);
        if (rig->view.cursor != cases[i].cursor)
            fail_msg("'%s': row %zu, not %zu", cases[i].keys, rig->view.cursor,
                     cases[i].cursor);
    }
}

static void test_selection(void **state)
{
    struct view_rig *rig = *state;
    static const uint32_t fields[] = {DELTA, HIDDEN, LOAD + 1};
    static const struct view_options options = {.order = ORDER_LAYOUT};
    struct view_target target = view_rig_target(rig);
    target.fields = fields;
    target.field_count = 3;
    view_rig_hide(rig);
    view_open(&rig->view, &target, 1, &options);
    view_refresh(&rig->view);
    view_rig_expect(rig, "open", "delta -load load[1]");
    view_rig_type(rig, "v");
    view_rig_expect(rig, "v", "delta hidden -load load[1]");
}

static void test_levels(void **state)
{
    struct view_rig *rig = *state;
    view_rig_expect(rig, "info", ROWS);
    view_rig_type(rig, "v");
    view_rig_expect(rig, "diag",
                    "delta alpha charlie bravo hidden name "
                    "-load load[0] load[1] load[2]");
    view_rig_type(rig, "v");
    view_rig_expect(rig, "debug",
                    "delta alpha charlie bravo hidden deep name "
                    "-load load[0] load[1] load[2]");
    view_rig_type(rig, "v");
    view_rig_expect(rig, "info", ROWS);
    assert_string_equal(rig->view.message, "fields up to level info");
}

static void test_long_messages_stay_whole_characters(void **state)
{
    struct view_rig *rig = *state;
    char text[1024] = "";
    for (int i = 0; i < 300; i++)
        strcat(text, "\xe6\xbc\xa2");
    view_set_message(&rig->view, "%s", text);
    size_t len = strlen(rig->view.message);
    assert_int_equal(len % 3, 0);
    assert_in_range(len, 120, sizeof rig->view.message - 1);
    view_set_message(&rig->view, "a\033[2Jb");
    assert_string_equal(rig->view.message, "a\xef\xbf\xbd[2Jb");
    view_set_message(&rig->view, "%s", "");
    assert_string_equal(rig->view.message, "");
}

/* Gives every order something to sort by. */
static void make_ranks(struct view_rig *rig)
{
    for (size_t i = 0; i < FIELDS; i++) {
        rig->trends[i].changed_ns = 100;
        rig->trends[i].min = (double)i;
    }
    rig->trends[BRAVO].changed_ns = 300;
    rig->trends[NAME].changed_ns = 200;
    rig->trends[ALPHA].rate = -7;
    rig->trends[LOAD].rate = 3;
    rig->trends[DELTA].rate = 0;
    rig->values[CHARLIE].type = VALUE_NONE;
    rig->trends[ALPHA].alarm = ALARM_WARN;
    rig->trends[BRAVO].alarm = ALARM_CRIT;
}

static void test_cursor_stays_on_its_field(void **state)
{
    struct view_rig *rig = *state;
    static const char *const orders[] = {
        "name",  "value", "unit",   "rate", "age",     "min",     "max",
        "alarm", "path",  "offset", "type", "average", "previous"};
    make_ranks(rig);
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
        view_rig_order(rig, "as in the layout");
        view_rig_type(rig, "gjj");
        assert_int_equal(cursor_field(rig), CHARLIE);
        view_rig_order(rig, orders[i]);
        assert_int_equal(cursor_field(rig), CHARLIE);
        view_rig_type(rig, "I");
        assert_int_equal(cursor_field(rig), CHARLIE);
        view_rig_type(rig, "\\charlie<Enter>");
        view_rig_expect(rig, orders[i], "charlie");
        view_rig_type(rig, "<Esc>");
        assert_int_equal(cursor_field(rig), CHARLIE);
        view_rig_type(rig, "v");
        assert_int_equal(cursor_field(rig), CHARLIE);
        view_rig_type(rig, "vv");
        assert_int_equal(cursor_field(rig), CHARLIE);
    }
}

/* When a sample sorts the rows, the cursor goes with its field. */
static void test_moving_order(void **state)
{
    struct view_rig *rig = *state;
    make_ranks(rig);
    view_rig_order(rig, "rate");
    view_rig_expect(rig, "rate",
                    "alpha load[0] delta charlie bravo name load[1] load[2]");
    view_rig_type(rig, "gjjjj");
    assert_int_equal(cursor_field(rig), BRAVO);
    rig->trends[DELTA].rate = 99;
    rig->trends[BRAVO].rate = -100;
    view_rig_pass(rig, 1);
    view_rig_expect(rig, "sorted",
                    "bravo delta alpha load[0] charlie name load[1] load[2]");
    assert_int_equal(cursor_field(rig), BRAVO);
    /* Rows move at most once a second. */
    rig->trends[NAME].rate = 1000;
    rig->sample.mono_ns += RIG_SECOND / 2;
    rig->sample.number++;
    view_refresh(&rig->view);
    view_rig_expect(rig, "calm",
                    "bravo delta alpha load[0] charlie name load[1] load[2]");
    rig->sample.mono_ns += RIG_SECOND / 2;
    rig->sample.number++;
    view_refresh(&rig->view);
    view_rig_expect(rig, "again",
                    "name bravo delta alpha load[0] charlie load[1] load[2]");
    assert_int_equal(cursor_field(rig), BRAVO);
}

/* Until a key has moved the cursor, it is on the first row. */
static void test_opens_at_the_top(void **state)
{
    struct view_rig *rig = *state;
    static const unsigned orders[] = {ORDER_LAYOUT, COLUMN_NAME, COLUMN_AGE,
                                      COLUMN_RATE, COLUMN_ALARM};
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
        struct view_options options = {.order = orders[i]};
        struct view_target target = view_rig_target(rig);
        view_rig_hide(rig);
        view_open(&rig->view, &target, 1, &options);
        rig->view.targets[0].sample = &rig->sample;
        for (int k = 0; k < FIELDS; k++)
            rig->trends[k] = (struct trend){.flags = TREND_FRESH, .rate = NAN};
        view_refresh(&rig->view);
        make_ranks(rig);
        view_rig_pass(rig, 2);
        assert_int_equal(rig->view.cursor, 0);
        view_rig_type(rig, "j");
        uint32_t field = cursor_field(rig);
        rig->trends[NAME] = rig->trends[ALPHA];
        rig->trends[NAME].rate = 1000;
        rig->trends[NAME].changed_ns = 1000;
        view_rig_pass(rig, 2);
        assert_int_equal(cursor_field(rig), field);
    }
}

/* A field that hides leaves the cursor at its place. */
static void test_cursor_of_a_row_that_goes(void **state)
{
    struct view_rig *rig = *state;
    view_rig_type(rig, "vgjjjj");
    assert_int_equal(cursor_field(rig), HIDDEN);
    view_rig_type(rig, "vv");
    assert_int_equal(rig->view.cursor, 4);
    view_rig_type(rig, "G\\delta<Enter>");
    assert_int_equal(rig->view.cursor, 0);
    view_rig_type(rig, "<Esc>G\\nothing<Enter>");
    assert_int_equal(rig->view.row_count, 0);
    assert_int_equal(rig->view.cursor, 0);
    assert_int_equal(view_cursor_leaf(&rig->view), LEAF_NONE);
    assert_int_equal(view_target_at_cursor(&rig->view), 0);
    /* No key needs a row. */
    view_rig_type(rig, "jkGg<PgDn><C-u>hl<Enter>*tmMpxaA&&Idby");
    view_rig_type(rig, "s<Enter>C<Esc>n<Esc>");
    assert_int_not_equal(rig->view.row_count, 0);
}

/* When no row is left for a while, the cursor comes back to its field. */
static void test_cursor_returns(void **state)
{
    struct view_rig *rig = *state;
    static const char *const keys[] = {
        "\\zz<Esc>", "\\zz<BS><BS><Enter>", "\\zz<Enter><Esc>", "&&",
        "&<Esc>",    "&sj<Enter>&"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        view_rig_order(rig, "as in the layout");
        view_rig_type(rig, "gjjj");
        assert_int_equal(cursor_field(rig), BRAVO);
        view_rig_type(rig, keys[i]);
        if (cursor_field(rig) != BRAVO)
            fail_msg("'%s': the cursor is on field %u", keys[i],
                     (unsigned)cursor_field(rig));
    }
}

static void test_views(void **state)
{
    struct view_rig *rig = *state;
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
        {"sIxdvmMpt*C<Enter>nN", VIEW_HEALTH, 0}, /* these need the table */
        {"<Tab>", VIEW_PLOT, 0},
        {"jkC*s", VIEW_PLOT, 0},
        {"<Tab>", VIEW_TABLE, 0},
        {"<S-Tab>", VIEW_PLOT, 0},
        {"<S-Tab>", VIEW_HEALTH, 0},
        {"3", VIEW_PLOT, 0},
        {"<Esc>", VIEW_TABLE, 0},
        {"1", VIEW_TABLE, 0},
        {"2", VIEW_HEALTH, 0},
        {"2", VIEW_HEALTH, 0},
        {"<Esc>", VIEW_TABLE, 0},
        {"<Tab>/al<Enter>", VIEW_TABLE, 0},
        {"<Tab>j<Tab><Tab><Tab>", VIEW_HEALTH, 0},
        {"\\al<Enter>", VIEW_TABLE, 0},
    };
    rig->fit.health.rows = 5;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        view_rig_type(rig, cases[i].keys);
        if (rig->view.kind != cases[i].kind)
            fail_msg("case %zu, '%s': view %d", i, cases[i].keys,
                     (int)rig->view.kind);
        assert_int_equal(rig->view.health_top, cases[i].top);
        assert_int_equal(rig->view.order, ORDER_LAYOUT);
        assert_int_equal(rig->view.picker, PICKER_NONE);
        assert_int_equal(rig->view.pin_count, 0);
        assert_true(rig->view.detail);
    }
    assert_int_equal(view_rig_type(rig, "<Tab>q"), EFFECT_QUIT);
    assert_int_equal(view_rig_type(rig, "+"), EFFECT_PERIOD);
}

static void test_number_base(void **state)
{
    struct view_rig *rig = *state;
    static const enum show plain[] = {SHOW_HEX, SHOW_BIN, SHOW_OCT,
                                      SHOW_DEFAULT, SHOW_HEX};
    static const enum show labelled[] = {SHOW_DEC, SHOW_HEX, SHOW_BIN, SHOW_OCT,
                                         SHOW_DEFAULT};
    const struct leaf *leaves = rig->view.tree.leaves;
    for (size_t i = 0; i < 5; i++) {
        view_rig_type(rig, "gx");
        assert_int_equal(leaves[DELTA].base, plain[i]);
        view_rig_type(rig, "jjjx");
        assert_int_equal(leaves[BRAVO].base, labelled[i]);
        assert_int_equal(leaves[ALPHA].base, SHOW_DEFAULT);
    }
    view_rig_type(rig, "gjjx");
    assert_int_equal(leaves[CHARLIE].base, SHOW_DEFAULT);
    assert_non_null(strstr(rig->view.message, "only integers"));
    view_rig_type(rig, "Gkkkx"); /* a heading */
    assert_non_null(strstr(rig->view.message, "not on a field"));
}

static void test_period(void **state)
{
    struct view_rig *rig = *state;
    const int64_t *period_ns = &rig->view.targets[0].period_ns;
    assert_int_equal(view_rig_type(rig, "-"), EFFECT_PERIOD);
    assert_true(*period_ns == 2 * RIG_SECOND);
    assert_string_equal(rig->view.message, "refresh 2 s");
    assert_int_equal(view_rig_type(rig, "+++"), EFFECT_PERIOD);
    assert_true(*period_ns == RIG_SECOND / 5);
    assert_string_equal(rig->view.message, "refresh 200 ms (5 Hz)");
    while (view_rig_type(rig, "-") == EFFECT_PERIOD)
        ;
    assert_non_null(strstr(rig->view.message, "60 s"));
    assert_non_null(strstr(rig->view.message, "the slowest"));
    while (view_rig_type(rig, "+") == EFFECT_PERIOD)
        ;
    assert_string_equal(rig->view.message,
                        "refresh 1 ms (1000 Hz), the fastest");
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
        assert_true(view_period_step(cases[i][0], true) == cases[i][1]);
        assert_true(view_period_step(cases[i][0], false) == cases[i][2]);
    }
}

static void test_switches(void **state)
{
    struct view_rig *rig = *state;
    struct view *view = &rig->view;
    assert_int_equal(view->highlight, HIGHLIGHT_LAST);
    view_rig_type(rig, "d");
    assert_int_equal(view->highlight, HIGHLIGHT_BASELINE);
    view_rig_type(rig, "d");
    assert_int_equal(view->highlight, HIGHLIGHT_OFF);
    view_rig_type(rig, "d");
    assert_int_equal(view->highlight, HIGHLIGHT_LAST);
    rig->fit.detail_fits = true;
    view_rig_type(rig, "<Enter>");
    assert_false(view->detail);
    rig->fit.detail_fits = false;
    view_rig_type(rig, "<Enter>");
    assert_true(view->detail);
    assert_non_null(strstr(view->message, "too few rows"));
    view_rig_type(rig, "j");
    assert_string_equal(view->message, "");
}

static void test_effects(void **state)
{
    struct view_rig *rig = *state;
    static const struct {
        const char *keys;
        enum view_effect effect;
    } cases[] = {
        {"q", EFFECT_QUIT},
        {"<F10>", EFFECT_QUIT},
        {"<C-c>", EFFECT_QUIT},
        {"0", EFFECT_BASELINE},
        {"b", EFFECT_BASELINE},
        {"<C-l>", EFFECT_REDRAW},
        {"<C-z>", EFFECT_SUSPEND},
        {"w", EFFECT_KEEP},
        {"y", EFFECT_COPY_VALUE},
        {"Y", EFFECT_COPY_PATH},
        {"j", EFFECT_NONE},
        {"U", EFFECT_NONE},
        {"<Tab>", EFFECT_NONE},
        {"<Tab>/<C-z>", EFFECT_SUSPEND},
        {"<Esc>?<C-l>", EFFECT_REDRAW},
        {"q", EFFECT_NONE}, /* leaves help */
        {"P", EFFECT_NONE},
        {"<Enter>", EFFECT_NONE}, /* no name, no file */
        {"Pa.svg<Esc>", EFFECT_NONE},
        {"Pa.svg<Enter>", EFFECT_SAVE_SCREEN},
        {"q", EFFECT_QUIT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (view_rig_type(rig, cases[i].keys) != cases[i].effect)
            fail_msg("case %zu: '%s'", i, cases[i].keys);
    view_rig_type(rig, "Pa.svg<Enter>");
    assert_string_equal(rig->view.edit.text, "a.svg");
    view_rig_type(rig, "U");
    assert_non_null(strstr(rig->view.message, "? help"));
}

static void test_help(void **state)
{
    struct view_rig *rig = *state;
    struct view *view = &rig->view;
    rig->fit.help.rows = 5;
    view_rig_type(rig, "?");
    assert_true(view->help);
    view_rig_type(rig, "j");
    assert_int_equal(view->help_top, 1);
    assert_int_equal(view->cursor, 0);
    view_rig_type(rig, "<PgDn>");
    assert_int_equal(view->help_top, 5);
    view_rig_type(rig, "k<PgUp>");
    assert_int_equal(view->help_top, 0);
    view_rig_type(rig, "k");
    assert_int_equal(view->help_top, 0);
    /* Once the length is known, a key starts from the last page. */
    rig->fit.help.lines = 30;
    view_rig_type(rig, "Gk");
    assert_int_equal(view->help_top, 24);
    view_rig_type(rig, "jjj");
    assert_int_equal(view->help_top, 26);
    view_rig_type(rig, "/filt<Enter>");
    assert_string_equal(view->help_filter, "filt");
    assert_int_equal(view->help_top, 0);
    view_rig_type(rig, "<Esc>");
    assert_string_equal(view->help_filter, "");
    assert_true(view->help);
    view_rig_type(rig, "<Esc>");
    assert_false(view->help);
    view_rig_type(rig, "<F1>");
    assert_true(view->help);
    view_rig_type(rig, "?");
    assert_false(view->help);
}

static void test_prompt_takes_only_text(void **state)
{
    struct view_rig *rig = *state;
    const char *text = rig->view.edit.text;
    view_rig_type(rig, "/a\xc3\xa9\xe6\xbc\xa2");
    view_rig_key(rig, 0x202e);
    view_rig_key(rig, 0x9b);
    view_rig_key(rig, '\t');
    view_rig_key(rig, KEY_CODE_PGUP);
    view_rig_key(rig, KEY_CODE_MOUSE);
    assert_string_equal(text, "a\xc3\xa9\xe6\xbc\xa2");
    view_rig_type(rig, "<BS>");
    assert_string_equal(text, "a\xc3\xa9");
    view_rig_type(rig, "<BS><BS><BS><BS>");
    assert_string_equal(text, "");
    for (int i = 0; i < 3 * LINE_EDIT_MAX; i++)
        view_rig_type(rig, "\xe6\xbc\xa2");
    assert_in_range(strlen(text), LINE_EDIT_MAX - 4, LINE_EDIT_MAX - 1);
    /* q is a letter at a prompt. */
    view_rig_type(rig, "<Esc>/q");
    assert_string_equal(text, "q");
    assert_int_equal(view_rig_type(rig, "<Enter>"), EFFECT_NONE);
    assert_string_equal(rig->view.message, "not found: q");
    /* Each prompt has its own history. */
    view_rig_type(rig, "\\al<Enter>/<Up>");
    assert_string_equal(text, "q");
    view_rig_type(rig, "<Esc>\\<Up>");
    assert_string_equal(text, "al");
}

#define VIEW_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        VIEW_TEST(test_moving),
        VIEW_TEST(test_selection),
        VIEW_TEST(test_levels),
        VIEW_TEST(test_long_messages_stay_whole_characters),
        VIEW_TEST(test_cursor_stays_on_its_field),
        VIEW_TEST(test_moving_order),
        VIEW_TEST(test_opens_at_the_top),
        VIEW_TEST(test_cursor_of_a_row_that_goes),
        VIEW_TEST(test_cursor_returns),
        VIEW_TEST(test_views),
        VIEW_TEST(test_number_base),
        VIEW_TEST(test_period),
        cmocka_unit_test(test_period_off_the_ladder),
        VIEW_TEST(test_switches),
        VIEW_TEST(test_effects),
        VIEW_TEST(test_help),
        VIEW_TEST(test_prompt_takes_only_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
