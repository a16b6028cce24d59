/* SPDX-License-Identifier: MIT */
/* The mouse on screens as they are drawn: rows, cells, fold marks, titles,
 * tabs, the wheel. */
#include "view_rig.h"

#include "ui/draw.h"

#define COLUMNS 80
#define ROWS 24

static const char layout_text[] = "[mapping]\nname = x\nsize = 1024\n"
                                  "[struct slot]\npid = u16\nload = i16\n"
                                  "[fields]\n"
                                  "bravo = u32 @0 unit=bar\n"
                                  "alpha = u32 @4 unit=l\n"
                                  "slots = slot[3] @8\n"
                                  "deep = u8[60] @100\n";

struct fixture {
    struct view_rig rig;
    struct grid grid;
};

static void draw(struct fixture *f, int rows)
{
    grid_reset(&f->grid, COLUMNS, rows);
    view_refresh(&f->rig.view);
    draw_dashboard(&f->grid, &f->rig.view, &f->rig.fit);
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    view_rig_open(&f->rig, layout_text,
                  "size 1024\nset 0 0100 0000 0200 0000\n"
                  "set 8 0700 0900 0800 0800 0900 0700\nframe\n");
    view_rig_step(&f->rig, 1);
    draw(f, ROWS);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    view_rig_close(&f->rig);
    grid_free(&f->grid);
    free(f);
    return 0;
}

/* Where an ASCII text is on the screen; the first time at or below `row`. */
static struct mouse find(const struct fixture *f, const char *text, int row)
{
    const struct grid *grid = &f->grid;
    int len = (int)strlen(text);
    for (; row < grid->rows; row++)
        for (int column = 0; column + len <= grid->columns; column++) {
            const struct cell *cells =
                grid->cells + row * grid->columns + column;
            int at = 0;
            while (at < len && cells[at].code[0] == (unsigned char)text[at])
                at++;
            if (at == len)
                return (struct mouse){MOUSE_CLICK, column, row};
        }
    fail_msg("'%s' is not on the screen", text);
    return (struct mouse){MOUSE_CLICK, 0, 0};
}

static enum view_effect use(struct fixture *f, struct mouse mouse)
{
    enum view_effect effect = view_key(
        &f->rig.view, &f->rig.fit, (struct key_event){KEY_CODE_MOUSE, mouse});
    draw(f, f->grid.rows);
    return effect;
}

static void click(struct fixture *f, const char *text, int row, int offset)
{
    struct mouse mouse = find(f, text, row);
    mouse.column += offset;
    use(f, mouse);
}

#define OPEN "bravo alpha -slots #slots slots[0] slots[1] slots[2] +deep"

static void test_rows(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *text;
        int offset;
        const char *cursor;
    } cases[] = {
        {"alpha", 0, "alpha"}, {"bravo", 30, "bravo"},  {"bravo", -3, "bravo"},
        {"alpha", 9, "alpha"}, {"slots", 10, "-slots"}, {"deep", 3, "+deep"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        click(f, cases[i].text, 0, cases[i].offset);
        view_rig_expect_cursor(&f->rig, cases[i].text, cases[i].cursor);
        view_rig_expect(&f->rig, cases[i].text, OPEN);
    }
}

static void test_folds(void **state)
{
    struct fixture *f = *state;
    click(f, "slots", 0, -2);
    view_rig_expect(&f->rig, "fold", "bravo alpha +slots +deep");
    view_rig_expect_cursor(&f->rig, "fold", "+slots");
    click(f, "slots", 0, -2);
    view_rig_expect(&f->rig, "unfold", OPEN);
    /* A mark of a field is none. */
    click(f, "bravo", 0, -2);
    view_rig_expect(&f->rig, "field", OPEN);
}

/* The place of a member's cell of an element, or of its title (NULL). */
static struct mouse find_cell(const struct fixture *f, const char *element,
                              const char *member)
{
    struct mouse title = find(f, "#  pid  load", 0);
    title.column += strcmp(member, "pid") == 0 ? 3 : 8;
    if (element)
        title.row = find(f, element, title.row).row;
    return title;
}

static void test_cells(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *element, *member, *path;
    } cases[] = {
        {"     1  ", "load", "slots[1].load"},
        {"     1  ", "pid", "slots[1].pid"},
        {"     0  ", "load", "slots[0].load"},
        {"     2  ", "load", "slots[2].load"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        use(f, find_cell(f, cases[i].element, cases[i].member));
        uint32_t leaf = view_cursor_leaf(&f->rig.view);
        assert_int_not_equal(leaf, LEAF_NONE);
        assert_string_equal(leaf_field(&f->rig.view, leaf)->path,
                            cases[i].path);
    }
}

static void test_titles_of_a_table(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *member, *rows;
    } cases[] = {
        {"load", "bravo alpha -slots #slots slots[0] slots[1] slots[2] +deep"},
        {"load", "bravo alpha -slots #slots slots[2] slots[1] slots[0] +deep"},
        {"load", "bravo alpha -slots #slots slots[0] slots[1] slots[2] +deep"},
        {"pid", "bravo alpha -slots #slots slots[2] slots[1] slots[0] +deep"},
        {"load", "bravo alpha -slots #slots slots[0] slots[1] slots[2] +deep"},
    };
    click(f, "alpha", 0, 0);
    struct mouse pid = find_cell(f, NULL, "pid");
    struct mouse load = find_cell(f, NULL, "load");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        use(f, strcmp(cases[i].member, "pid") == 0 ? pid : load);
        view_rig_expect(&f->rig, cases[i].member, cases[i].rows);
        view_rig_expect_cursor(&f->rig, cases[i].member, "alpha");
    }
    assert_int_equal(f->rig.view.order, ORDER_LAYOUT);
    /* The cell of the cursor stays, too. */
    use(f, find_cell(f, "     1  ", "load"));
    use(f, pid);
    assert_string_equal(
        leaf_field(&f->rig.view, view_cursor_leaf(&f->rig.view))->path,
        "slots[1].load");
}

static void test_column_titles(void **state)
{
    struct fixture *f = *state;
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
    click(f, "alpha", 0, 0);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        click(f, cases[i].title, 0, 1);
        assert_int_equal(f->rig.view.order, cases[i].order);
        assert_int_equal(f->rig.view.reverse, cases[i].reverse);
        view_rig_expect_cursor(&f->rig, cases[i].title, "alpha");
    }
}

static void test_tabs(void **state)
{
    struct fixture *f = *state;
    click(f, "Health", 0, 2);
    assert_int_equal(f->rig.view.kind, VIEW_HEALTH);
    click(f, "Health", 0, 0);
    assert_int_equal(f->rig.view.kind, VIEW_HEALTH);
    /* A click elsewhere in it does nothing to the table. */
    use(f, (struct mouse){MOUSE_CLICK, 5, 6});
    assert_int_equal(f->rig.view.cursor, 0);
    click(f, "Table", 0, 0);
    assert_int_equal(f->rig.view.kind, VIEW_TABLE);
    use(f, (struct mouse){MOUSE_CLICK, 70, f->rig.fit.tab_row});
    assert_int_equal(f->rig.view.kind, VIEW_TABLE);
}

static void test_wheel(void **state)
{
    struct fixture *f = *state;
    use(f, (struct mouse){MOUSE_WHEEL_DOWN, 5, 5});
    view_rig_expect_cursor(&f->rig, "down", "slots[0]"); /* past the titles */
    use(f, (struct mouse){MOUSE_WHEEL_UP, 5, 5});
    view_rig_expect_cursor(&f->rig, "up", "bravo");
    use(f, (struct mouse){MOUSE_WHEEL_UP, 5, 5});
    view_rig_expect_cursor(&f->rig, "top", "bravo");
    view_rig_type(&f->rig, "2");
    draw(f, 3);
    use(f, (struct mouse){MOUSE_WHEEL_DOWN, 5, 1});
    assert_int_equal(f->rig.view.health_top, 3);
    use(f, (struct mouse){MOUSE_WHEEL_UP, 5, 1});
    assert_int_equal(f->rig.view.health_top, 0);
}

/* Any place at any time: nothing but a row, a cell or an order changes. */
static void test_everywhere(void **state)
{
    struct fixture *f = *state;
    static const char *const keys[] = {
        "", "/a", "<Esc>?", "<Esc>s", "<Esc>C", "<Esc>Gl", "G", "2", "1*"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        view_rig_type(&f->rig, keys[i]);
        for (int rows = 1; rows <= ROWS; rows += rows < 6 ? 1 : 6) {
            draw(f, rows);
            for (int row = -1; row <= ROWS; row++)
                for (int column = -1; column <= COLUMNS; column += 13) {
                    struct mouse mouse = {MOUSE_CLICK, column, row};
                    view_key(&f->rig.view, &f->rig.fit,
                             (struct key_event){KEY_CODE_MOUSE, mouse});
                    draw(f, rows);
                    assert_true(f->rig.view.cursor < f->rig.view.row_count);
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
