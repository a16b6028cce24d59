/* SPDX-License-Identifier: MIT */
/* Which rows there are, in which order: folds, tables, pins, unused elements,
 * alarms, and orders by columns and by the members of a table. */
#include "view_rig.h"

static const char layout_text[] =
    "[mapping]\nname = x\nsize = 256\n"
    "[enum state]\n0 = free\n1 = busy\n"
    "[struct slot]\npid = u16\nload = i16\nstate = u8 enum=state\n"
    "name = char[3]\n"
    "[fields]\n"
    "total = u32 @0 unit=1/s warn=>100\n"
    "slots = slot[4] @8 hide=unused\n"
    "fan = u16 @80 group=Cooling unit=rpm\n"
    "pump = u16 @82 group=Cooling unit=l/min level=diag\n"
    "flow = u16[3] @84 group=Cooling\n";

/* Slots 0, 2 and 3 are in use. */
static const char frames_text[] =
    "size 256\nset 0 05000000\n"
    "set 8 0a00 0500 01 626200\n"
    "set 24 0700 feff 01 616100\n"
    "set 32 0900 0500 00 000000\n"
    "set 80 6400 0000 0300 0100 0200\n"
    "frame\n"
    "set 16 0100\nframe\n"                                /* slot 1 comes */
    "set 8 0000 0000 00 000000\nset 0 c8000000\nframe\n"; /* slot 0 goes */

#define OPEN                                                                   \
    "total -slots #slots slots[0] slots[2] slots[3] -=Cooling fan -flow "      \
    "flow[0] flow[1] flow[2]"

static int set_up(void **state)
{
    struct view_rig *rig = malloc(sizeof *rig);
    view_rig_open(rig, layout_text, frames_text);
    view_rig_step(rig, 1);
    *state = rig;
    return 0;
}

static int tear_down(void **state)
{
    view_rig_close(*state);
    free(*state);
    return 0;
}

/* --- folds --------------------------------------------------------------- */

static void test_folds(void **state)
{
    struct view_rig *rig = *state;
    static const struct {
        const char *keys, *rows, *cursor;
    } cases[] = {
        {"", OPEN, "total"},
        {"h", OPEN, "total"}, /* no heading over it */
        {"l", OPEN, "total"},
        {"jh", "total +slots -=Cooling fan -flow flow[0] flow[1] flow[2]",
         "+slots"},
        {"h", "total +slots -=Cooling fan -flow flow[0] flow[1] flow[2]",
         "+slots"},
        {"l", OPEN, "-slots"},
        {"l", OPEN, "slots[0]"}, /* past the titles */
        {"h", OPEN, "-slots"},
        {"<Enter>", "total +slots -=Cooling fan -flow flow[0] flow[1] flow[2]",
         "+slots"},
        {"<Enter><Down><Up>", OPEN, "-slots"},
        {"Gh", OPEN, "-flow"},
        {"h",
         "total -slots #slots slots[0] slots[2] slots[3] -=Cooling fan +flow",
         "+flow"},
        {"h",
         "total -slots #slots slots[0] slots[2] slots[3] -=Cooling fan +flow",
         "-=Cooling"},
        {"h", "total -slots #slots slots[0] slots[2] slots[3] +=Cooling",
         "+=Cooling"},
        {"<Right>",
         "total -slots #slots slots[0] slots[2] slots[3] -=Cooling fan +flow",
         "-=Cooling"},
        {"<Left>", "total -slots #slots slots[0] slots[2] slots[3] +=Cooling",
         "+=Cooling"},
        {"*", "total +slots +=Cooling", "+=Cooling"},
        {"*", OPEN, "-=Cooling"},
        /* The cursor goes to the heading that hides its row. */
        {"G*", "total +slots +=Cooling", "+=Cooling"},
        {"*gjl", OPEN, "slots[0]"},
        {"*", "total +slots +=Cooling", "+slots"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        view_rig_type(rig, cases[i].keys);
        view_rig_expect(rig, cases[i].keys, cases[i].rows);
        view_rig_expect_cursor(rig, cases[i].keys, cases[i].cursor);
    }
}

static void test_tables(void **state)
{
    struct view_rig *rig = *state;
    static const char tree[] =
        "total -slots -slots[0] slots[0].pid slots[0].load slots[0].state "
        "slots[0].name -slots[2] slots[2].pid slots[2].load slots[2].state "
        "slots[2].name -slots[3] slots[3].pid slots[3].load slots[3].state "
        "slots[3].name -=Cooling fan -flow flow[0] flow[1] flow[2]";
    static const struct {
        const char *keys, *rows, *cursor;
    } cases[] = {
        {"jt", tree, "-slots"},
        {"t", OPEN, "-slots"},
        {"jt", tree, "slots[0].pid"}, /* the cell becomes a row */
        {"jt", OPEN, "slots[0]"},     /* and a row the cell "load" */
        {"jlt", tree, "slots[2].state"},
        {"t", OPEN, "slots[2]"},
        {"Gt", OPEN, "flow[2]"},
        {"gjht", OPEN, "-slots"}, /* a folded one unfolds */
        {"gt", OPEN, "total"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        view_rig_type(rig, cases[i].keys);
        view_rig_expect(rig, cases[i].keys, cases[i].rows);
        view_rig_expect_cursor(rig, cases[i].keys, cases[i].cursor);
    }
    assert_non_null(strstr(rig->view.message, "array of structs"));
}

/* The cell of the cursor stays when it moves to another element. */
static void test_cells(void **state)
{
    struct view_rig *rig = *state;
    static const struct {
        const char *keys, *path;
    } cases[] = {
        {"jl", "slots[0].pid"}, {"l", "slots[0].load"},
        {"j", "slots[2].load"}, {"lll", "slots[2].name"},
        {"j", "slots[3].name"}, {"hhh", "slots[3].pid"},
        {"kk", "slots[0].pid"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        view_rig_type(rig, cases[i].keys);
        uint32_t leaf = view_cursor_leaf(&rig->view);
        assert_int_not_equal(leaf, LEAF_NONE);
        assert_string_equal(leaf_field(&rig->view, leaf)->path, cases[i].path);
    }
    view_rig_type(rig, "h");
    view_rig_expect_cursor(rig, "h in the first cell", "-slots");
}

/* Members that are not shown are no cells. */
static void test_hidden_cells(void **state)
{
    (void)state;
    static const struct {
        const char *keys, *path; /* NULL: on the heading */
    } cases[] = {
        {"j", "s[0].b"},   {"l", "s[0].d"}, {"l", "s[0].d"},
        {"j", "s[1].d"},   {"h", "s[1].b"}, {"h", NULL},
        {"jvl", "s[0].c"}, {"h", "s[0].b"}, {"vvl", "s[0].d"},
    };
    struct view_rig rig;
    view_rig_open(&rig,
                  "[mapping]\nname = x\nsize = 64\n[struct s]\n"
                  "b = u8\nc = u8 level=diag\nd = u8\n"
                  "e = u8 level=diag\n[fields]\ns = s[2] @0\n",
                  "size 64\nframe\n");
    view_rig_step(&rig, 1);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        view_rig_type(&rig, cases[i].keys);
        uint32_t leaf = view_cursor_leaf(&rig.view);
        const char *path =
            leaf == LEAF_NONE ? "" : leaf_field(&rig.view, leaf)->path;
        if (strcmp(path, cases[i].path ? cases[i].path : "") != 0)
            fail_msg("%zu '%s': the cell is '%s'", i, cases[i].keys, path);
    }
    view_rig_close(&rig);
}

/* --- what the samples change --------------------------------------------- */

static void test_unused_elements(void **state)
{
    struct view_rig *rig = *state;
    view_rig_type(rig, "jljj");
    view_rig_expect_cursor(rig, "first", "slots[3]");
    view_rig_step(rig, 1);
    view_rig_expect(rig, "comes",
                    "total -slots #slots slots[0] slots[1] slots[2] slots[3] "
                    "-=Cooling fan -flow flow[0] flow[1] flow[2]");
    view_rig_expect_cursor(rig, "comes", "slots[3]");
    view_rig_step(rig, 1);
    view_rig_expect(rig, "goes",
                    "total -slots #slots slots[1] slots[2] slots[3] "
                    "-=Cooling fan -flow flow[0] flow[1] flow[2]");
    view_rig_expect_cursor(rig, "goes", "slots[3]");
}

/* With all elements unused, the heading goes. */
static void test_all_unused(void **state)
{
    (void)state;
    struct view_rig rig;
    view_rig_open(&rig, layout_text, "size 256\nframe\n");
    view_rig_step(&rig, 1);
    view_rig_expect(&rig, "unused",
                    "total -=Cooling fan -flow flow[0] flow[1] flow[2]");
    assert_int_equal(rig.view.hidden_count, 16);
    view_rig_type(&rig, "\\pid<Enter>");
    view_rig_expect(&rig, "filter", "");
    assert_int_equal(rig.view.hidden_count, 4);
    view_rig_close(&rig);
}

static void test_alarmed(void **state)
{
    struct view_rig *rig = *state;
    view_rig_type(rig, "&");
    view_rig_expect(rig, "none", "");
    view_rig_step(rig, 2); /* total is 200 */
    view_rig_expect(rig, "one", "total");
    view_rig_type(rig, "<Esc>*&");
    view_rig_expect(rig, "one of folded ones", "total");
    view_rig_type(rig, "&");
    view_rig_expect(rig, "all", "total +slots +=Cooling");
}

/* --- pins ---------------------------------------------------------------- */

static void test_pins(void **state)
{
    struct view_rig *rig = *state;
    static const struct {
        const char *keys, *rows, *cursor;
    } cases[] = {
        {"Gp", /* a pinned field is at the top only; the cursor stays */
         "^flow[2] total -slots #slots slots[0] slots[2] slots[3] -=Cooling "
         "fan -flow flow[0] flow[1]",
         "flow[1]"},
        {"gjp",
         "^flow[2] ^total -slots #slots slots[0] slots[2] slots[3] -=Cooling "
         "fan -flow flow[0] flow[1]",
         "-slots"},
        /* They stay when everything is folded. */
        {"*", "^flow[2] ^total +slots +=Cooling", "+slots"},
        {"*",
         "^flow[2] ^total -slots #slots slots[0] slots[2] slots[3] -=Cooling "
         "fan -flow flow[0] flow[1]",
         "-slots"},
        {"g\\fan<Enter>", "^flow[2] ^total -=Cooling fan", "^flow[2]"},
        {"<Esc>&", "^flow[2] ^total", "^flow[2]"},
        {"&gp",
         "^total -slots #slots slots[0] slots[2] slots[3] -=Cooling "
         "fan -flow flow[0] flow[1] flow[2]",
         "^total"},
        {"gp", OPEN, "-slots"},
        {"p", OPEN, "-slots"}, /* not a heading */
        {"jlp",
         "^slots[0].load total -slots #slots slots[0] slots[2] slots[3] "
         "-=Cooling fan -flow flow[0] flow[1] flow[2]",
         "slots[0]"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        view_rig_type(rig, cases[i].keys);
        view_rig_expect(rig, cases[i].keys, cases[i].rows);
        view_rig_expect_cursor(rig, cases[i].keys, cases[i].cursor);
    }
}

/* --- marks --------------------------------------------------------------- */

static void test_marks(void **state)
{
    struct view_rig *rig = *state;
    const struct leaf *leaves = rig->view.tree.leaves;
    view_rig_type(rig, "m");
    assert_true(leaves[0].marked);
    view_rig_expect_cursor(rig, "m goes on", "-slots");
    view_rig_type(rig, "m");
    assert_non_null(strstr(rig->view.message, "not on a field"));
    view_rig_type(rig, "llm");
    assert_true(leaves[2].marked); /* the cell */
    view_rig_type(rig, "gm");
    assert_false(leaves[0].marked);
    view_rig_type(rig, "gmM");
    for (size_t i = 0; i < rig->view.tree.leaf_count; i++)
        assert_false(leaves[i].marked);
    assert_string_equal(rig->view.message, "2 marks cleared");
}

static void test_copy(void **state)
{
    struct view_rig *rig = *state;
    static const struct {
        const char *keys;
        bool path;
        const char *text;
    } cases[] = {
        {"g", false, "5"},
        {"", true, "total"},
        {"j", false, ""},
        {"", true, "slots"},
        {"l", false, "10"},
        {"l", true, "slots[0].load"},
        {"/Cooling<Enter>", true, ""}, /* a group has no path */
        {"G", true, "flow[2]"},
        {"gmGm", true, "total\nflow[2]"},
        {"g", false, "total\t5\nflow[2]\t2"},
        {"M", false, "5"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf out = {0};
        buf_puts(&out, "");
        view_rig_type(rig, cases[i].keys);
        view_put_copy(&out, &rig->view, cases[i].path);
        if (strcmp(out.data, cases[i].text) != 0)
            fail_msg("%zu: '%s', not '%s'", i, out.data, cases[i].text);
        buf_free(&out);
    }
}

/* --- orders -------------------------------------------------------------- */

/* The first letter of each row's name, in the order of a column. */
static void test_orders(void **state)
{
    (void)state;
    static const char text[] = "[mapping]\nname = x\nsize = 64\n[fields]\n"
                               "delta = u32 @12 label=Delta unit=bar\n"
                               "bravo = i16 @4 label=Xylo unit=l\n"
                               "charlie = char[4] @8 label=Echo\n"
                               "alpha = f32 @0 label=alpha unit=bar\n";
    static const struct {
        const char *order, *rows, *reversed;
    } cases[] = {
        {"name", "delta charlie bravo alpha", "alpha bravo charlie delta"},
        {"path", "alpha bravo charlie delta", "delta charlie bravo alpha"},
        {"unit", "delta alpha bravo charlie", "bravo delta alpha charlie"},
        {"offset", "alpha bravo charlie delta", "delta charlie bravo alpha"},
        {"type", "charlie alpha bravo delta", "delta bravo alpha charlie"},
        {"rate", "bravo alpha delta charlie", "delta alpha bravo charlie"},
        {"age", "charlie alpha bravo delta", "delta bravo alpha charlie"},
        {"min", "delta bravo charlie alpha", "bravo delta charlie alpha"},
        {"max", "bravo delta charlie alpha", "delta bravo charlie alpha"},
        {"alarm", "bravo delta charlie alpha", "delta bravo charlie alpha"},
    };
    struct view_rig rig;
    view_rig_open(&rig, text, "size 64\nframe\n");
    view_rig_step(&rig, 1);
    view_rig_fake(&rig);
    enum { DELTA, BRAVO, CHARLIE, ALPHA };
    static const int64_t ages[] = {10, 20, 40, 30};
    for (int i = 0; i < 4; i++)
        rig.trends[i].changed_ns = ages[i];
    rig.trends[DELTA].rate = 1;
    rig.trends[BRAVO].rate = -3; /* by size */
    rig.trends[ALPHA].rate = 2;
    rig.trends[DELTA].min = 5;
    rig.trends[BRAVO].min = -5;
    rig.trends[DELTA].max = 6;
    rig.trends[BRAVO].max = 7;
    rig.trends[DELTA].alarm = ALARM_WARN;
    rig.trends[BRAVO].alarm = ALARM_CRIT;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        view_rig_order(&rig, cases[i].order);
        view_rig_expect(&rig, cases[i].order, cases[i].rows);
        view_rig_type(&rig, "I");
        view_rig_expect(&rig, cases[i].order, cases[i].reversed);
        assert_true(rig.view.reverse);
    }
    view_rig_order(&rig, "as in the layout");
    view_rig_expect(&rig, "layout", "delta bravo charlie alpha");
    view_rig_type(&rig, "I");
    assert_non_null(strstr(rig.view.message, "has no reverse"));
    view_rig_expect(&rig, "layout", "delta bravo charlie alpha");
    view_rig_close(&rig);
}

/* By value: numbers, the highest first, then what has none; texts before. */
static void test_order_by_value(void **state)
{
    struct view_rig *rig = *state;
    view_rig_order(rig, "value");
    view_rig_expect(
        rig, "value",
        "fan slots[0].pid slots[3].pid slots[2].pid total slots[0].load "
        "slots[3].load flow[0] flow[2] slots[0].state slots[2].state flow[1] "
        "slots[3].state slots[2].load slots[2].name slots[0].name "
        "slots[3].name"); /* texts, and an empty one, come last */
}

static void test_table_sorted(void **state)
{
    struct view_rig *rig = *state;
    static const struct {
        const char *member, *rows, *reversed;
    } cases[] = {
        {"pid", "slots[0] slots[3] slots[2]", "slots[2] slots[3] slots[0]"},
        {"load", "slots[0] slots[3] slots[2]", "slots[2] slots[0] slots[3]"},
        {"state", "slots[0] slots[2] slots[3]", "slots[3] slots[0] slots[2]"},
    };
    view_rig_type(rig, "jljj");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char want[256];
        view_rig_order(rig, cases[i].member);
        snprintf(want, sizeof want,
                 "total -slots #slots %s -=Cooling fan -flow flow[0] flow[1] "
                 "flow[2]",
                 cases[i].rows);
        view_rig_expect(rig, cases[i].member, want);
        view_rig_expect_cursor(rig, cases[i].member, "slots[3]");
        view_rig_type(rig, "I");
        snprintf(want, sizeof want,
                 "total -slots #slots %s -=Cooling fan -flow flow[0] flow[1] "
                 "flow[2]",
                 cases[i].reversed);
        view_rig_expect(rig, cases[i].member, want);
        view_rig_expect_cursor(rig, cases[i].member, "slots[3]");
    }
    assert_int_equal(rig->view.order, ORDER_LAYOUT);
    view_rig_order(rig, "index");
    view_rig_expect(rig, "index", OPEN);
    /* I sorts by the cell of the cursor. */
    view_rig_type(rig, "I");
    view_rig_expect(rig, "I",
                    "total -slots #slots slots[2] slots[3] slots[0] -=Cooling "
                    "fan -flow flow[0] flow[1] flow[2]");
}

static void test_table_follows_samples(void **state)
{
    (void)state;
    struct view_rig rig;
    view_rig_open(&rig,
                  "[mapping]\nname = x\nsize = 64\n[struct s]\na = u8\n"
                  "b = u8\n[fields]\ns = s[3] @0\n",
                  "size 64\nset 0 0100 0200 0300\nframe\nset 2 09\nframe +2s\n"
                  "set 0 0a\nframe +100ms\nframe +2s\n");
    view_rig_step(&rig, 1);
    view_rig_type(&rig, "jj");
    view_rig_expect_cursor(&rig, "open", "s[1]");
    view_rig_order(&rig, "a");
    view_rig_expect(&rig, "first", "-s #s s[2] s[1] s[0]");
    view_rig_step(&rig, 1);
    view_rig_expect(&rig, "next", "-s #s s[1] s[2] s[0]");
    view_rig_expect_cursor(&rig, "next", "s[1]");
    view_rig_step(&rig, 1); /* too soon */
    view_rig_expect(&rig, "calm", "-s #s s[1] s[2] s[0]");
    view_rig_step(&rig, 1);
    view_rig_expect(&rig, "then", "-s #s s[0] s[1] s[2]");
    view_rig_expect_cursor(&rig, "then", "s[1]");
    view_rig_close(&rig);
}

/* --- finding rows -------------------------------------------------------- */

static void test_find(void **state)
{
    struct view_rig *rig = *state;
    struct view *view = &rig->view;
    size_t room = view->tree.leaf_count * 2 + view->tree.heading_count * 2;
    struct row *rows = mem_zalloc(room, sizeof *rows);
    for (size_t i = 0; i < view->row_count; i++)
        assert_int_equal(rows_find(view, view->rows[i]), i);
    assert_true(rows_find(view, (struct row){ROW_FIELD, 1}) == SIZE_MAX);
    /* A cell is found as its element, or as the heading that hides it. */
    assert_int_equal(rows_find_leaf(view, 0), 0);
    assert_int_equal(rows_find_leaf(view, 1), 3);
    assert_int_equal(rows_find_leaf(view, 9), 4);
    view_rig_type(rig, "*");
    assert_int_equal(rows_find_leaf(view, 9), 1);
    size_t count = rows_unfolded(view, rows);
    view_rig_type(rig, "*");
    assert_int_equal(count, view->row_count);
    assert_memory_equal(rows, view->rows, count * sizeof *rows);
    free(rows);
}

#define ROWS_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* --- the baseline --------------------------------------------------------- */

/* Another sampler stands for a moment of the past: `value` is equal there and
 * then, `text` has changed since. */
static void compares_the_past_with_the_baseline(void **state)
{
    (void)state;
    struct view_rig rig;
    struct sampler *past;
    const struct sampler_options options = {.stale_ns = INT64_MAX};
    struct err err = {0};
    struct value value;
    view_rig_open(&rig,
                  "[mapping]\nname = x\nsize = 8\n[fields]\nvalue = u8 @0\n"
                  "text = char[4] @4\n[computed sum]\nexpr = value .. text\n",
                  "size 8\nset 0 05\nset 4 6f6e6500\nframe\n"
                  "set 0 06\nframe\nset 0 05\nset 4 74776f00\nframe\n");
    if (!sampler_open(&past, rig.layout, rig.target, &options, &err))
        fail_msg("%s", err.text);
    assert_false(leaf_baseline(&rig.view, 0, &value));
    assert_false(leaf_has_moved(&rig.view, 0));
    view_rig_step(&rig, 2);
    assert_true(leaf_has_moved(&rig.view, 0)); /* since the first sample */
    assert_false(leaf_has_moved(&rig.view, 1));
    view_rig_step(&rig, 1);
    sampler_reset_baseline(rig.sampler);
    assert_false(leaf_has_moved(&rig.view, 1));
    rig.view.targets[0].sampler = past;
    static const bool moved[][3] = {{false, false, false},
                                    {false, true, true},
                                    {true, true, true},
                                    {false, false, false}};
    for (size_t i = 0; i < sizeof moved / sizeof *moved; i++) {
        rig.view.targets[0].sample =
            i == 0 ? sampler_last(past) : sampler_step(past);
        for (uint32_t k = 0; k < 3; k++)
            if (leaf_has_moved(&rig.view, k) != moved[i][k])
                fail_msg("sample %zu, leaf %u", i, k);
    }
    assert_true(leaf_baseline(&rig.view, 0, &value));
    assert_int_equal(value.u, 5);
    sampler_close(past);
    view_rig_close(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ROWS_TEST(test_folds),
        ROWS_TEST(test_tables),
        ROWS_TEST(test_cells),
        cmocka_unit_test(test_hidden_cells),
        ROWS_TEST(test_unused_elements),
        cmocka_unit_test(test_all_unused),
        ROWS_TEST(test_alarmed),
        ROWS_TEST(test_pins),
        ROWS_TEST(test_marks),
        ROWS_TEST(test_copy),
        cmocka_unit_test(test_orders),
        ROWS_TEST(test_order_by_value),
        ROWS_TEST(test_table_sorted),
        cmocka_unit_test(test_table_follows_samples),
        ROWS_TEST(test_find),
        cmocka_unit_test(compares_the_past_with_the_baseline),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
