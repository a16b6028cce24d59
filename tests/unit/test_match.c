/* SPDX-License-Identifier: MIT */
/* Search and filter: what they look at, where the cursor goes, and that folded
 * rows are found. */
#include "view_rig.h"

#include "view/match.h"

static const char layout_text[] =
    "[mapping]\nname = first_map\nsize = 256\nlabel = Boiler room\n"
    "[mapping two]\nname = second_map\nsize = 64\n"
    "[enum mode]\n0 = Idle\n1 = Running\n"
    "[struct slot]\npid = u16\nname = char[4]\n"
    "[fields]\n"
    "alpha = u32 @0 label=\"Steam flow\" unit=kg/h\n"
    "beta = u16 @4 group=Feed*water\n"
    "gamma = u8 @6 enum=mode group=Feed*water\n"
    "slots = slot[3] @8\n"
    "long = u8[40] @100\n"
    "[fields two]\n"
    "delta = char[8] @0\n";

static const char frames_text[] = "size 256\n"
                                  "set 0 d2040000 0700 01\n"
                                  "set 8 0a00 61626300\n"
                                  "set 14 1400 64656600\n"
                                  "set 20 1e00 61626364\n"
                                  "frame\n"
                                  "set 6 00\nset 14 1400 61620000\nframe\n"
                                  "frame +2s\n";

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

static void test_text(void **state)
{
    (void)state;
    static const struct {
        const char *text, *pattern;
        bool matches;
    } cases[] = {
        {"Steam flow", "steam", true},
        {"Steam flow", "FLOW", true},
        {"Steam flow", "m f", true},
        {"Steam flow", "flows", false},
        {"Steam flow", "", true},
        {"", "", true},
        {"", "a", false},
        {"aab", "ab", true},
        {"Steam flow", "*flow", true},
        {"Steam flow", "flow*", false},
        {"Steam flow", "S?eam*", true},
        {"Steam flow", "?", false},
        {"Steam flow", "?", false},
        {"x", "?", true},
        {"a[1]", "a[1]", true},
        {"a[1]", "a[?]", true},
        {"caf\xc3\xa9", "f\xc3\xa9", true},
        {"caf\xc3\xa9", "caf?", true},
        {"k", "\xe2\x84\xaa", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (match_text(cases[i].text, cases[i].pattern) != cases[i].matches)
            fail_msg("'%s', pattern '%s'", cases[i].text, cases[i].pattern);
}

/* --- filter -------------------------------------------------------------- */

#define ALL                                                                    \
    "-@main alpha -=Feed*water beta gamma -slots #slots slots[0] slots[1] "    \
    "slots[2] +long -@two delta"

static void test_filter(void **state)
{
    struct view_rig *rig = *state;
    static const struct {
        const char *what, *keys, *rows, *filter;
    } cases[] = {
        {"label", "\\steam<Enter>", "-@main alpha", "steam"},
        {"path", "\\ALPH<Enter>", "-@main alpha", "ALPH"},
        {"unit", "\\kg/h<Enter>", "-@main alpha", "kg/h"},
        {"value", "\\1234<Enter>", "-@main alpha", "1234"},
        {"label of an enum", "\\runn<Enter>", "-@main -=Feed*water gamma",
         "runn"},
        {"text", "\\def<Enter>", "-@main -slots #slots slots[1]", "def"},
        {"group", "\\feed<Enter>", "-@main -=Feed*water beta gamma", "feed"},
        {"array", "\\slots<Enter>",
         "-@main -slots #slots slots[0] slots[1] slots[2]", "slots"},
        {"element", "\\slots[1]<Enter>", "-@main -slots #slots slots[1]",
         "slots[1]"},
        {"label of a mapping", "\\boiler<Enter>",
         "-@main alpha -=Feed*water beta gamma -slots #slots slots[0] slots[1] "
         "slots[2] +long "
         "long[0] long[1] long[2] long[3] long[4] long[5] long[6] long[7] "
         "long[8] long[9] long[10] long[11] long[12] long[13] long[14] "
         "long[15] long[16] long[17] long[18] long[19] long[20] long[21] "
         "long[22] long[23] long[24] long[25] long[26] long[27] long[28] "
         "long[29] long[30] long[31] long[32] long[33] long[34] long[35] "
         "long[36] long[37] long[38] long[39]",
         "boiler"},
        {"target of a mapping", "\\second_m<Enter>", "-@two delta", "second_m"},
        {"in a folded one", "\\long[7]<Enter>", "-@main +long long[7]",
         "long[7]"},
        {"glob", "\\*[?].pid<Enter>",
         "-@main -slots #slots slots[0] slots[1] slots[2]", "*[?].pid"},
        {"glob of the whole", "\\?lpha<Enter>", "-@main alpha", "?lpha"},
        {"while typing", "\\steam", "-@main alpha", ""},
        {"taken back", "\\steam<Esc>", ALL, ""},
        {"Esc clears", "\\steam<Enter><Esc>", ALL, ""},
        {"typed on", "\\steam<Enter>\\ f<Enter>", "-@main alpha", "steam f"},
        {"replaced", "\\steam<Enter>\\<C-u>beta<Enter>",
         "-@main -=Feed*water beta", "beta"},
        {"the old one again", "\\steam<Enter>\\x<Esc>", "-@main alpha",
         "steam"},
        {"nothing", "\\nothing<Enter>", "", "nothing"},
        {"emptied", "\\steam<Enter>\\<C-u><Enter>", ALL, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        view_rig_type(rig, cases[i].keys);
        view_rig_expect(rig, cases[i].what, cases[i].rows);
        assert_string_equal(rig->view.filter, cases[i].filter);
        view_rig_type(rig, "<Esc><Esc>");
        view_rig_expect(rig, "no filter", ALL);
    }
}

static void test_filter_keeps_the_cursor(void **state)
{
    struct view_rig *rig = *state;
    view_rig_type(rig, "jjj");
    view_rig_expect_cursor(rig, "beta", "beta");
    view_rig_type(rig, "\\bet<Enter>");
    view_rig_expect_cursor(rig, "filter", "beta");
    view_rig_type(rig, "<Esc>");
    view_rig_expect_cursor(rig, "cleared", "beta");
    /* A row that is filtered away leaves the cursor near its place. */
    view_rig_type(rig, "G\\alpha<Enter>");
    view_rig_expect_cursor(rig, "filtered away", "alpha");
}

/* The filter looks at new values, about once a second. */
static void test_filter_follows_values(void **state)
{
    struct view_rig *rig = *state;
    view_rig_type(rig, "\\idle<Enter>");
    view_rig_expect(rig, "not idle", "");
    view_rig_step(rig, 2);
    view_rig_expect(rig, "idle", "-@main -=Feed*water gamma");
    view_rig_type(rig, "<Esc>\\def<Enter>");
    view_rig_expect(rig, "not def any more", "");
}

/* What matches by a heading over it stays when its value changes. */
static void test_filter_by_heading_stays(void **state)
{
    struct view_rig *rig = *state;
    view_rig_type(rig, "\\feed<Enter>");
    view_rig_step(rig, 2); /* gamma changes */
    view_rig_expect(rig, "feed", "-@main -=Feed*water beta gamma");
}

/* A member that is not shown is not found. */
static void test_search_of_hidden_members(void **state)
{
    (void)state;
    struct view_rig rig;
    view_rig_open(
        &rig,
        "[mapping]\nname = x\nsize = 64\n[struct s]\na = char[4]\n"
        "b = char[4] level=diag\nc = char[4]\n[fields]\ns = s[2] @0\n",
        "size 64\nset 4 71757800 71757800\nset 16 71757800\nframe\n");
    view_rig_step(&rig, 1);
    view_rig_type(&rig, "/qux<Enter>");
    assert_int_equal(rig.view.match_count, 1);
    assert_string_equal(
        leaf_field(&rig.view, view_cursor_leaf(&rig.view))->path, "s[0].c");
    view_rig_type(&rig, "vn");
    assert_int_equal(rig.view.match_count, 2);
    assert_string_equal(
        leaf_field(&rig.view, view_cursor_leaf(&rig.view))->path, "s[1].b");
    view_rig_close(&rig);
}

/* --- search -------------------------------------------------------------- */

#define TOP "from the top again"
#define END "from the end again"

static void test_search(void **state)
{
    struct view_rig *rig = *state;
    static const struct {
        const char *keys, *cursor;
        size_t at, of; /* the match, from 1; 0 of 0: none */
        const char *message;
    } cases[] = {
        {"/STEAM<Enter>", "alpha", 1, 1, ""},
        {"/steam", "alpha", 1, 1, ""}, /* while typing */
        {"/steam<Esc>", "-@main", 0, 0, ""},
        {"/kg/h<Enter>", "alpha", 1, 1, ""},
        {"/1234<Enter>", "alpha", 1, 1, ""},
        {"/running<Enter>", "gamma", 1, 1, ""},
        {"/feed<Enter>", "-=Feed*water", 1, 1, ""},
        {"/boiler<Enter>", "-@main", 1, 1, ""},
        {"/second_map<Enter>", "-@two", 1, 1, ""},
        {"/ta<Enter>", "beta", 1, 2, ""},
        {"/ta<Enter>n", "delta", 2, 2, ""},
        {"/ta<Enter>nn", "beta", 1, 2, TOP}, /* around the end */
        {"/ta<Enter>N", "delta", 2, 2, END},
        {"/ta<Enter>NN", "beta", 1, 2, ""},
        {"/ta<Enter>gn", "beta", 1, 2, ""},
        {"/ta<Enter>Gn", "beta", 1, 2, TOP},
        {"/ta<Enter>GN", "beta", 1, 2, ""},
        {"G/ta<Enter>", "delta", 2, 2, ""},        /* from the cursor on */
        {"/ta<Enter>/<Enter>", "delta", 2, 2, ""}, /* empty: the next one */
        {"/ab<Enter>", "slots[0]", 1, 2, ""},
        {"/ab<Enter>n", "slots[2]", 2, 2, ""},
        {"/slots<Enter>", "-slots", 1, 4, ""},
        {"/slots<Enter>nn", "slots[1]", 3, 4, ""},
        {"/long[3]<Enter>", "long[3]", 1, 1, ""}, /* unfolds */
        {"/long[3]<Esc>", "-@main", 0, 0, ""},
        {"/zzz<Enter>", "-@main", 0, 0, "not found: zzz"},
        {"/zzz<Enter>n", "-@main", 0, 0, "not found: zzz"},
        {"j/zzz<Esc>", "alpha", 0, 0, ""},
        {"/del<BS><BS>elta<Enter>", "delta", 1, 1, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        rig->view.search[0] = '\0';
        view_rig_type(rig, "g");
        view_rig_type(rig, cases[i].keys);
        view_rig_expect_cursor(rig, cases[i].keys, cases[i].cursor);
        size_t at = rig->view.match == SIZE_MAX ? 0 : rig->view.match + 1;
        if (rig->view.match_count != cases[i].of || at != cases[i].at)
            fail_msg("'%s': %zu/%zu", cases[i].keys, at, rig->view.match_count);
        assert_string_equal(rig->view.message, cases[i].message);
        view_rig_type(rig, "<Esc>");
    }
}

/* The cursor is on the cell that matches. */
static void test_search_in_a_table(void **state)
{
    struct view_rig *rig = *state;
    static const struct {
        const char *keys, *path;
    } cases[] = {
        {"/20<Enter>", "slots[1].pid"},
        {"/def<Enter>", "slots[1].name"},
        {"/slots[2].na<Enter>", "slots[2].name"},
        {"/abcd<Enter>", "slots[2].name"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        view_rig_type(rig, "g*"); /* everything folded */
        view_rig_type(rig, cases[i].keys);
        uint32_t leaf = view_cursor_leaf(&rig->view);
        assert_int_not_equal(leaf, LEAF_NONE);
        assert_string_equal(leaf_field(&rig->view, leaf)->path, cases[i].path);
        view_rig_type(rig, "*");
    }
}

static void test_search_in_filtered_rows(void **state)
{
    struct view_rig *rig = *state;
    view_rig_type(rig, "\\slots[?].pid<Enter>/<C-u>name<Enter>");
    assert_int_equal(rig->view.match_count, 3); /* of elements that are rows */
    view_rig_type(rig, "/delta<Enter>");
    assert_string_equal(rig->view.message, "not found: delta");
    view_rig_type(rig, "<Esc>n");
    view_rig_expect_cursor(rig, "filter cleared", "delta");
    /* The same in a flat order. */
    view_rig_order(rig, "name");
    view_rig_type(rig, "/ta<Enter>");
    assert_int_equal(rig->view.match_count, 2);
    view_rig_type(rig, "nn");
    assert_int_equal(rig->view.match_count, 2);
}

static void test_search_without_a_pattern(void **state)
{
    struct view_rig *rig = *state;
    view_rig_type(rig, "n");
    assert_non_null(strstr(rig->view.message, "nothing to search"));
    view_rig_type(rig, "N");
    assert_non_null(strstr(rig->view.message, "nothing to search"));
    view_rig_type(rig, "/<Enter>");
    assert_int_equal(rig->view.prompt, PROMPT_NONE);
    assert_string_equal(rig->view.search, "");
}

/* Esc at the prompt brings the search before back, with its matches. */
static void test_search_taken_back(void **state)
{
    struct view_rig *rig = *state;
    view_rig_type(rig, "/ta<Enter>");
    assert_int_equal(rig->view.match_count, 2);
    view_rig_type(rig, "/slots");
    assert_int_equal(rig->view.match_count, 4);
    view_rig_type(rig, "<Esc>");
    view_rig_expect_cursor(rig, "Esc", "beta");
    assert_string_equal(rig->view.search, "ta");
    assert_int_equal(rig->view.match_count, 2);
}

/* --- alarms -------------------------------------------------------------- */

static void test_alarms(void **state)
{
    struct view_rig *rig = *state;
    static const struct {
        const char *keys, *cursor, *message;
    } cases[] = {
        {"a", "beta", "alarm 1 of 3"},
        {"a", "slots[1]", "alarm 2 of 3"},
        {"a", "long[39]", "alarm 3 of 3"}, /* it was folded */
        {"a", "beta", "alarm 1 of 3, " TOP},
        {"A", "long[39]", "alarm 3 of 3, " END},
        {"A", "slots[1]", "alarm 2 of 3"},
        {"gA", "long[39]", "alarm 3 of 3, " END},
        {"*gA", "long[39]", "alarm 3 of 3, " END},
    };
    view_rig_type(rig, "a");
    assert_string_equal(rig->view.message, "no row is alarmed");
    view_rig_expect_cursor(rig, "none", "-@main");
    view_rig_fake(rig);
    for (uint32_t i = 0; i < rig->view.tree.leaf_count; i++) {
        const char *path = leaf_field(&rig->view, i)->path;
        bool alarmed = strcmp(path, "beta") == 0 ||
                       strcmp(path, "slots[1].name") == 0 ||
                       strcmp(path, "long[39]") == 0;
        rig->trends[rig->view.tree.leaves[i].field].alarm =
            alarmed ? ALARM_WARN : ALARM_NONE;
    }
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        view_rig_type(rig, cases[i].keys);
        view_rig_expect_cursor(rig, cases[i].keys, cases[i].cursor);
        assert_string_equal(rig->view.message, cases[i].message);
    }
    /* The search is not lost. */
    view_rig_type(rig, "/delta<Enter>a");
    assert_string_equal(rig->view.search, "delta");
    view_rig_type(rig, "n");
    view_rig_expect_cursor(rig, "n", "delta");
}

#define MATCH_TEST(name)                                                       \
    cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text),
        MATCH_TEST(test_filter),
        MATCH_TEST(test_filter_keeps_the_cursor),
        MATCH_TEST(test_filter_follows_values),
        MATCH_TEST(test_filter_by_heading_stays),
        MATCH_TEST(test_search),
        cmocka_unit_test(test_search_of_hidden_members),
        MATCH_TEST(test_search_in_a_table),
        MATCH_TEST(test_search_in_filtered_rows),
        MATCH_TEST(test_search_without_a_pattern),
        MATCH_TEST(test_search_taken_back),
        MATCH_TEST(test_alarms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
