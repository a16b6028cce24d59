/* SPDX-License-Identifier: MIT */
/* The mouse on screens as they are drawn: rows, cells, fold marks, titles,
 * tabs, the wheel. */
#include "draw_rig.h"

#define COLUMNS 80
#define ROWS 24

static const char layout_text[] = "[mapping]\nname = x\nsize = 1024\n"
                                  "[struct slot]\npid = u16\nload = i16\n"
                                  "[fields]\n"
                                  "bravo = u32 @0 unit=bar\n"
                                  "alpha = u32 @4 unit=l\n"
                                  "slots = slot[3] @8\n"
                                  "deep = u8[60] @100\n";

static int set_up(void **state)
{
    struct screen *s = calloc(1, sizeof *s);
    open_screen(s, layout_text,
                "size 1024\nset 0 0100 0000 0200 0000\n"
                "set 8 0700 0900 0800 0800 0900 0700\nframe\n");
    draw(s, COLUMNS, ROWS);
    *state = s;
    return 0;
}

static int tear_down(void **state)
{
    close_screen(*state);
    free(*state);
    return 0;
}

/* A click on an ASCII text, the first one at or below `row`. */
static struct mouse find_mouse(const struct screen *s, const char *text,
                               int row)
{
    int column, found;
    find_from(s, text, row, &column, &found);
    return (struct mouse){MOUSE_CLICK, column, found};
}

static enum view_effect use(struct screen *s, struct mouse mouse)
{
    enum view_effect effect = view_key(
        &s->rig.view, &s->rig.fit, (struct key_event){KEY_CODE_MOUSE, mouse});
    draw(s, COLUMNS, s->grid.rows);
    return effect;
}

static void click(struct screen *s, const char *text, int row, int offset)
{
    struct mouse mouse = find_mouse(s, text, row);
    mouse.column += offset;
    use(s, mouse);
}

#define OPEN "bravo alpha -slots #slots slots[0] slots[1] slots[2] +deep"

static void test_rows(void **state)
{
    struct screen *s = *state;
    static const struct {
        const char *text;
        int offset;
        const char *cursor;
    } cases[] = {
        {"alpha", 0, "alpha"}, {"bravo", 30, "bravo"},  {"bravo", -3, "bravo"},
        {"alpha", 9, "alpha"}, {"slots", 10, "-slots"}, {"deep", 3, "+deep"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        click(s, cases[i].text, 0, cases[i].offset);
        view_rig_expect_cursor(&s->rig, cases[i].text, cases[i].cursor);
        view_rig_expect(&s->rig, cases[i].text, OPEN);
    }
}

static void test_folds(void **state)
{
    struct screen *s = *state;
    click(s, "slots", 0, -2);
    view_rig_expect(&s->rig, "fold", "bravo alpha +slots +deep");
    view_rig_expect_cursor(&s->rig, "fold", "+slots");
    click(s, "slots", 0, -2);
    view_rig_expect(&s->rig, "unfold", OPEN);
    /* A mark of a field is none. */
    click(s, "bravo", 0, -2);
    view_rig_expect(&s->rig, "field", OPEN);
}

/* The place of a member's cell of an element, or of its title (NULL). */
static struct mouse find_cell(const struct screen *s, const char *element,
                              const char *member)
{
    struct mouse title = find_mouse(s, "#  pid  load", 0);
    title.column += strcmp(member, "pid") == 0 ? 3 : 8;
    if (element)
        title.row = find_mouse(s, element, title.row).row;
    return title;
}

static void test_cells(void **state)
{
    struct screen *s = *state;
    static const struct {
        const char *element, *member, *path;
    } cases[] = {
        {"     1  ", "load", "slots[1].load"},
        {"     1  ", "pid", "slots[1].pid"},
        {"     0  ", "load", "slots[0].load"},
        {"     2  ", "load", "slots[2].load"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        use(s, find_cell(s, cases[i].element, cases[i].member));
        uint32_t leaf = view_cursor_leaf(&s->rig.view);
        assert_int_not_equal(leaf, LEAF_NONE);
        assert_string_equal(leaf_field(&s->rig.view, leaf)->path,
                            cases[i].path);
    }
}

static void test_titles_of_a_table(void **state)
{
    struct screen *s = *state;
    static const struct {
        const char *member, *rows;
    } cases[] = {
        {"load", "bravo alpha -slots #slots slots[0] slots[1] slots[2] +deep"},
        {"load", "bravo alpha -slots #slots slots[2] slots[1] slots[0] +deep"},
        {"load", "bravo alpha -slots #slots slots[0] slots[1] slots[2] +deep"},
        {"pid", "bravo alpha -slots #slots slots[2] slots[1] slots[0] +deep"},
        {"load", "bravo alpha -slots #slots slots[0] slots[1] slots[2] +deep"},
    };
    click(s, "alpha", 0, 0);
    struct mouse pid = find_cell(s, NULL, "pid");
    struct mouse load = find_cell(s, NULL, "load");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        use(s, strcmp(cases[i].member, "pid") == 0 ? pid : load);
        view_rig_expect(&s->rig, cases[i].member, cases[i].rows);
        view_rig_expect_cursor(&s->rig, cases[i].member, "alpha");
    }
    assert_int_equal(s->rig.view.order, ORDER_LAYOUT);
    /* The cell of the cursor stays, too. */
    use(s, find_cell(s, "     1  ", "load"));
    use(s, pid);
    assert_string_equal(
        leaf_field(&s->rig.view, view_cursor_leaf(&s->rig.view))->path,
        "slots[1].load");
}

static void test_column_titles(void **state)
{
    struct screen *s = *state;
    static const struct {
        const char *title;
        unsigned order;
        bool reverse;
    } cases[] = {
        {"Value", COLUMN_VALUE, false},
        {"Value", COLUMN_VALUE, true},
        {"Value", COLUMN_VALUE, false},
        {"Field", COLUMN_NAME, false},
        {"Unit", COLUMN_UNIT, false},
        {"Rate", COLUMN_RATE, false},
        {"Age", COLUMN_AGE, false},
        {"Range", COLUMN_AGE, false}, /* no order by the trend */
    };
    click(s, "alpha", 0, 0);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        click(s, cases[i].title, 0, 1);
        assert_int_equal(s->rig.view.order, cases[i].order);
        assert_int_equal(s->rig.view.reverse, cases[i].reverse);
        view_rig_expect_cursor(&s->rig, cases[i].title, "alpha");
    }
}

static void test_tabs(void **state)
{
    struct screen *s = *state;
    click(s, "Health", 0, 2);
    assert_int_equal(s->rig.view.kind, VIEW_HEALTH);
    click(s, "Health", 0, 0);
    assert_int_equal(s->rig.view.kind, VIEW_HEALTH);
    /* A click elsewhere in it does nothing to the table. */
    use(s, (struct mouse){MOUSE_CLICK, 5, 6});
    assert_int_equal(s->rig.view.cursor, 0);
    click(s, "Table", 0, 0);
    assert_int_equal(s->rig.view.kind, VIEW_TABLE);
    use(s, (struct mouse){MOUSE_CLICK, 70, s->rig.fit.tab_row});
    assert_int_equal(s->rig.view.kind, VIEW_TABLE);
}

static void test_wheel(void **state)
{
    struct screen *s = *state;
    use(s, (struct mouse){MOUSE_WHEEL_DOWN, 5, 5});
    view_rig_expect_cursor(&s->rig, "down", "slots[0]"); /* past the titles */
    use(s, (struct mouse){MOUSE_WHEEL_UP, 5, 5});
    view_rig_expect_cursor(&s->rig, "up", "bravo");
    use(s, (struct mouse){MOUSE_WHEEL_UP, 5, 5});
    view_rig_expect_cursor(&s->rig, "top", "bravo");
    view_rig_type(&s->rig, "2");
    draw(s, COLUMNS, 3);
    use(s, (struct mouse){MOUSE_WHEEL_DOWN, 5, 1});
    assert_int_equal(s->rig.view.health_top, 3);
    use(s, (struct mouse){MOUSE_WHEEL_UP, 5, 1});
    assert_int_equal(s->rig.view.health_top, 0);
}

/* Any place at any time: nothing but a row, a cell or an order changes. */
static void test_everywhere(void **state)
{
    struct screen *s = *state;
    static const char *const keys[] = {
        "", "/a", "<Esc>?", "<Esc>s", "<Esc>C", "<Esc>Gl", "G", "2", "1*"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        view_rig_type(&s->rig, keys[i]);
        for (int rows = 1; rows <= ROWS; rows += rows < 6 ? 1 : 6) {
            draw(s, COLUMNS, rows);
            for (int row = -1; row <= ROWS; row++)
                for (int column = -1; column <= COLUMNS; column += 13) {
                    struct mouse mouse = {MOUSE_CLICK, column, row};
                    view_key(&s->rig.view, &s->rig.fit,
                             (struct key_event){KEY_CODE_MOUSE, mouse});
                    draw(s, COLUMNS, rows);
                    assert_true(s->rig.view.cursor < s->rig.view.row_count);
                }
        }
    }
}

#define MOUSE_TEST(name)                                                       \
    cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        MOUSE_TEST(test_rows),          MOUSE_TEST(test_folds),
        MOUSE_TEST(test_cells),         MOUSE_TEST(test_titles_of_a_table),
        MOUSE_TEST(test_column_titles), MOUSE_TEST(test_tabs),
        MOUSE_TEST(test_wheel),         MOUSE_TEST(test_everywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
