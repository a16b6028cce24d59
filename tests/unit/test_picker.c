/* SPDX-License-Identifier: MIT */
/* The lists to choose an order and columns from. */
#include "view_rig.h"

static const char layout_text[] = "[mapping]\nname = x\nsize = 64\n"
                                  "[struct slot]\npid = u16\nload = i16\n"
                                  "[fields]\n"
                                  "bravo = u32 @0\n"
                                  "alpha = u32 @4\n"
                                  "slots = slot[3] @8\n";

#define ROWS "bravo alpha -slots #slots slots[0] slots[1] slots[2]"
#define BY_NAME                                                                \
    "alpha bravo slots[0].load slots[0].pid slots[1].load slots[1].pid "       \
    "slots[2].load slots[2].pid"
#define BY_NAME_REVERSED                                                       \
    "slots[2].pid slots[2].load slots[1].pid slots[1].load slots[0].pid "      \
    "slots[0].load bravo alpha"

static int set_up(void **state)
{
    struct view_rig *rig = malloc(sizeof *rig);
    view_rig_open(rig, layout_text, "size 64\nset 8 0300 0200 0100\nframe\n");
    view_rig_step(rig, 1);
    rig->fit.columns.total = 80;
    *state = rig;
    return 0;
}

static int tear_down(void **state)
{
    view_rig_close(*state);
    free(*state);
    return 0;
}

/* The lines of the open list: "[x] word" for what is chosen, `>` before the
 * line of the cursor. */
static void expect_lines(const struct view_rig *rig, const char *want)
{
    struct buf out = {0};
    for (int i = 0; i < view_picker_count(&rig->view); i++) {
        size_t at = out.len;
        buf_puts(&out, i == rig->view.picker_at ? " >. " : "  . ");
        if (view_picker_put(&out, &rig->view, i))
            out.data[at + 2] = 'x';
    }
    if (strcmp(out.data, want) != 0)
        fail_msg("lines are '%s', not '%s'", out.data, want);
    buf_free(&out);
}

static void test_order(void **state)
{
    struct view_rig *rig = *state;
    static const struct {
        const char *keys, *rows;
        bool open;
    } cases[] = {
        {"s", ROWS, true},
        {"<Esc>", ROWS, false},
        {"sj<Esc>", ROWS, false},
        {"sjq", ROWS, false},
        {"sjs", ROWS, false},
        {"sj", ROWS, true},
        {"<Enter>", BY_NAME, false},
        {"s<Enter>", BY_NAME_REVERSED, false}, /* the same again */
        {"s<Space>", BY_NAME, false},
        {"sk<Enter>", ROWS, false},
        {"s<Enter>", ROWS, false},       /* the layout's has no reverse */
        {"sGkk<Enter>", BY_NAME, false}, /* path */
        {"sg<Enter>", ROWS, false},
        {"skkk<Enter>", ROWS, false},
        {"s<PgDn><PgUp>x?w/<Enter>", ROWS, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        view_rig_type(rig, cases[i].keys);
        assert_int_equal(rig->view.picker != PICKER_NONE, cases[i].open);
        if (strstr(cases[i].keys, "Gkk"))
            assert_int_equal(rig->view.order, COLUMN_PATH);
        else
            view_rig_expect(rig, cases[i].keys, cases[i].rows);
    }
    assert_false(rig->view.help);
    assert_int_equal(rig->view.prompt, PROMPT_NONE);
}

static void test_order_lines(void **state)
{
    struct view_rig *rig = *state;
    view_rig_type(rig, "s");
    expect_lines(rig, " >x as in the layout  . name  . value  . unit  . rate  "
                      ". age  . min  . max  . average  . previous  . "
                      "baseline  . difference  . alarm  . "
                      "path  . offset  . type");
    view_rig_type(rig, "jjjj<Enter>s");
    assert_int_equal(rig->view.order, COLUMN_RATE);
    expect_lines(rig, "  . as in the layout  . name  . value  . unit >x rate  "
                      ". age  . min  . max  . average  . previous  . "
                      "baseline  . difference  . alarm  . "
                      "path  . offset  . type");
    view_rig_type(rig, "G");
    assert_int_equal(rig->view.picker_at, 15);
    view_rig_type(rig, "j<C-d><PgDn>");
    assert_int_equal(rig->view.picker_at, 15);
    view_rig_type(rig, "<C-u>k");
    assert_int_equal(rig->view.picker_at, 9);
    view_rig_type(rig, "<Home><Up>");
    assert_int_equal(rig->view.picker_at, 0);
}

static void test_order_of_a_table(void **state)
{
    struct view_rig *rig = *state;
    view_rig_type(rig, "Gks");
    expect_lines(rig, " >x index  . pid  . load");
    view_rig_type(rig, "j<Enter>");
    view_rig_expect(rig, "pid",
                    "bravo alpha -slots #slots slots[0] slots[1] slots[2]");
    view_rig_expect_cursor(rig, "pid", "slots[1]");
    view_rig_type(rig, "s");
    expect_lines(rig, "  . index >x pid  . load");
    view_rig_type(rig, "<Enter>");
    view_rig_expect(rig, "again",
                    "bravo alpha -slots #slots slots[2] slots[1] slots[0]");
    view_rig_expect_cursor(rig, "again", "slots[1]");
    view_rig_type(rig, "sg<Enter>");
    view_rig_expect(rig, "index", ROWS);
    assert_int_equal(rig->view.order, ORDER_LAYOUT);
}

static void test_columns(void **state)
{
    struct view_rig *rig = *state;
    static const struct {
        const char *keys, *columns; /* "": none chosen */
    } cases[] = {
        {"C<Esc>", ""},
        {"C<Enter>", ""},
        {"CC", ""},
        {"Cjj<Space>", "name value rate trend age"},
        {"<Esc>", ""}, /* taken back */
        {"Cjj<Space><Enter>", "name value rate trend age"},
        {"C<Enter>", "name value rate trend age"},
        {"Cl<Enter>", "value name rate trend age"},
        {"Clh<Enter>", "value name rate trend age"},
        {"Cjhh<Enter>", "name value rate trend age"},
        {"CGh<Enter>", "name value rate trend age"},
        {"CGkkk<Space><Enter>", "name value rate trend age alarm"},
        {"C<PgDn>hhhhh<Enter>", "alarm name value rate trend age"},
        {"C<PgDn><Space><Space>C", "alarm name value rate trend age"},
        {"C<Space>C", "name value rate trend age"}, /* C keeps, too */
        {"Cj<Space>", "name value rate trend age"}, /* they stay */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf out = {0};
        buf_puts(&out, "");
        view_rig_type(rig, cases[i].keys);
        columns_put(&out, &rig->view.columns);
        if (strcmp(out.data, cases[i].columns) != 0)
            fail_msg("%zu '%s': '%s', not '%s'", i, cases[i].keys, out.data,
                     cases[i].columns);
        buf_free(&out);
    }
    assert_non_null(strstr(rig->view.message, "always shown"));
}

static void test_column_lines(void **state)
{
    struct view_rig *rig = *state;
    view_rig_type(rig, "C");
    expect_lines(
        rig, " >x name  x value  x unit  x rate  x trend  x age  . "
             "min  . max  . average  . previous  . baseline  . difference  . "
             "alarm  . path  . offset  . type");
    view_rig_type(rig, "jj<Space>l");
    expect_lines(
        rig, "  x name  x value  x rate >. unit  x trend  x age  . "
             "min  . max  . average  . previous  . baseline  . difference  . "
             "alarm  . path  . offset  . type");
    view_rig_type(rig, "<Enter>");
    assert_int_equal(rig->view.picker, PICKER_NONE);
    /* On a wide screen more columns are shown at first. */
    view_rig_type(rig, "Cg<Esc>");
    rig->view.columns.count = 0;
    rig->fit.columns.total = 120;
    view_rig_type(rig, "C");
    expect_lines(
        rig, " >x name  x value  x unit  x rate  x trend  x age  x "
             "min  x max  x average  . previous  . baseline  . difference  . "
             "alarm  . path  . offset  . type");
}

#define PICKER_TEST(name)                                                      \
    cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PICKER_TEST(test_order),        PICKER_TEST(test_order_lines),
        PICKER_TEST(test_columns),      PICKER_TEST(test_order_of_a_table),
        PICKER_TEST(test_column_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
