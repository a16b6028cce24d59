/* SPDX-License-Identifier: MIT */
/* Any keys in any order, with samples and screens of any size in between: what
 * always holds of rows, cursor and screen. The keys are the same each time. */
#include "view_rig.h"

#include "base/utf8.h"
#include "ui/draw.h"

#define KEYS 6000

static const char *const layouts[] = {
    "[mapping]\nname = x\nsize = 2048\nlabel = First\n"
    "[enum e]\n0 = idle\n1 = busy\n"
    "[struct pos]\nx = i16 unit=m\ny = i16 warn=>100\n"
    "[struct car]\nid = u8\nstate = u8 enum=e\npos = pos\ntemps = u8[4]\n"
    "name = char[6]\n"
    "[fields]\n"
    "total = u32 @0 role=counter min=0 max=1000\n"
    "fan = f32 @4 group=Air precision=2 level=diag\n"
    "flow = u16 @8 group=Air unit=\"m\xc2\xb3/h\" crit=>60000\n"
    "cars = car[12] @16 hide=unused\n"
    "one = pos @600 group=Single\n"
    "long = u8[50] @700\n"
    "text = char[40] @800 level=debug\n",
    "[mapping]\nname = y\nsize = 256\n[mapping two]\nname = z\nsize = 64\n"
    "[fields]\na = u8[3] @0\nb = u64 @8 show=bin\n[fields two]\nc = u8 @0\n",
    "[mapping]\nname = x\nsize = 256\n[struct car]\nid = u8\nname = char[4]\n"
    "hidden = u8 level=diag\n[fields]\ncars = car[3] @0\nfan = f32 @60\n",
};

/* Numbers that are the same everywhere. */
static unsigned draw_lot(unsigned below)
{
    static uint32_t seed = 12345;
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % below;
}

static void put_frames(struct buf *out, unsigned size)
{
    buf_printf(out, "size %u\n", size);
    for (int i = 0; i < 300; i++) {
        unsigned at = draw_lot(size - 16);
        unsigned count = 1 + draw_lot(16);
        buf_printf(out, "set %u ", at);
        for (unsigned k = 0; k < count; k++)
            buf_put_hex(out, draw_lot(3) ? 0 : draw_lot(256), 2);
        buf_printf(out, "\nframe +%ums%s\n", 1 + draw_lot(1500),
                   draw_lot(20) ? "" : " gone");
    }
}

static struct key_event any_key(const struct view_rig *rig)
{
    static const int others[] = {'a',
                                 'l',
                                 '[',
                                 '*',
                                 '1',
                                 0xe9,
                                 KEY_CODE_TAB,
                                 KEY_CODE_ENTER,
                                 KEY_CODE_ESC,
                                 KEY_CODE_BACKSPACE,
                                 KEY_CODE_DELETE,
                                 KEY_CODE_UP,
                                 KEY_CODE_DOWN,
                                 KEY_CODE_LEFT,
                                 KEY_CODE_RIGHT,
                                 KEY_CTRL('u'),
                                 KEY_CTRL('w'),
                                 KEY_CODE_OTHER};
    struct key_event event = {
        KEY_CODE_MOUSE,
        {(enum mouse_kind)draw_lot(3), (int)draw_lot(200), (int)draw_lot(60)}};
    unsigned kind = draw_lot(10);
    if (kind == 0)
        return event;
    if (kind < 4)
        event.key = others[draw_lot(sizeof others / sizeof others[0])];
    else
        event.key = rig->view.key_map.keys[1 + draw_lot(ACTION_COUNT - 1)][0];
    return event;
}

static void check_view(const struct view *view)
{
    assert_true(view->cursor < view->row_count || view->cursor == 0);
    assert_true(view->pinned <= view->row_count);
    assert_true(view->pin_count >= view->pinned);
    assert_true(view->match_count == 0 || view->match == SIZE_MAX ||
                view->match < view->match_count);
    size_t pinned = 0;
    for (uint32_t i = 0; i < view->tree.leaf_count; i++)
        pinned += view->tree.leaves[i].pinned;
    assert_int_equal(pinned, view->pin_count);
    for (size_t i = 0; i < view->row_count; i++) {
        struct row row = view->rows[i];
        bool field = row.kind == ROW_FIELD || row.kind == ROW_PINNED;
        assert_int_equal(row.kind == ROW_PINNED, i < view->pinned);
        assert_true(row.at <
                    (field ? view->tree.leaf_count : view->tree.heading_count));
        if (field)
            assert_true(leaf_shown(view, row.at));
        if (row.kind == ROW_TITLES) {
            /* There is a heading before it, and an element after it. */
            assert_true(i > 0 && i + 1 < view->row_count);
            assert_int_equal(view->rows[i - 1].at, row.at);
            assert_int_equal(view->rows[i + 1].kind, ROW_ELEMENT);
            assert_true(view->cursor != i);
        }
    }
    if (view->row_count) {
        uint32_t leaf = view_cursor_leaf(view);
        assert_true(leaf == LEAF_NONE || leaf < view->tree.leaf_count);
    }
}

static void check_grid(const struct grid *grid)
{
    for (int i = 0; i < grid->rows * grid->columns; i++)
        assert_true(!grid->cells[i].code[0] ||
                    utf8_is_safe(grid->cells[i].code[0]));
}

static void draw_any(struct view_rig *rig, struct grid *grid)
{
    grid_reset(grid, 1 + (int)draw_lot(200), 1 + (int)draw_lot(60));
    rig->view.ascii = draw_lot(4) == 0;
    rig->fit.draw_ns = view_now_ns(&rig->view);
    draw_dashboard(grid, &rig->view, &rig->fit);
    check_grid(grid);
}

/* Samples do not move the cursor to another field or heading. */
static void sample_any(struct view *view, const struct view_target *targets)
{
    size_t index = draw_lot((unsigned)view->target_count);
    view_refresh(view);
    bool had = view->row_count > 0 && view->touched;
    struct row row = {0};
    if (had)
        row = view->rows[view->cursor];
    view->targets[index].sample = sampler_step(targets[index].sampler);
    view_refresh(view);
    size_t at = had ? rows_find(view, row) : SIZE_MAX;
    if (at != SIZE_MAX)
        assert_int_equal(view->cursor, at);
}

static void run(size_t count)
{
    static const struct view_options options = {.order = ORDER_LAYOUT};
    enum { LAYOUTS = sizeof layouts / sizeof layouts[0] };
    struct view_rig rigs[LAYOUTS];
    struct view_target all[LAYOUTS];
    struct view_target targets[2];
    struct grid grid = {0};
    for (size_t i = 0; i < LAYOUTS; i++) {
        struct buf frames = {0};
        put_frames(&frames, i ? 256 : 2048);
        view_rig_open(&rigs[i], layouts[i], frames.data);
        all[i] = view_rig_target(&rigs[i]);
        buf_free(&frames);
    }
    struct view_rig *rig = &rigs[0];
    view_rig_hide(rig);
    targets[0] = all[0];
    targets[1] = all[1];
    view_open(&rig->view, targets, count, &options);
    for (int i = 0; i < KEYS; i++) {
        view_key(&rig->view, &rig->fit, any_key(rig));
        check_view(&rig->view);
        if (draw_lot(8) == 0)
            sample_any(&rig->view, targets);
        if (draw_lot(16) == 0)
            draw_any(rig, &grid);
        if (draw_lot(200) == 0) {
            /* The last layout takes the place of the first one, and back. */
            targets[0] = all[draw_lot(2) ? 0 : LAYOUTS - 1];
            view_replace(&rig->view, 0, &targets[0]);
        }
        check_view(&rig->view);
        for (size_t k = 0; k < count && draw_lot(100) == 0; k++) {
            /* What is kept can be restored at any time. */
            struct kept kept = {0};
            struct err err = {0};
            view_keep(&rig->view, k, &kept);
            if (!view_restore(&rig->view, k, &kept, &err))
                fail_msg("%s", err.text);
            kept_free(&kept);
            view_refresh(&rig->view);
        }
    }
    grid_free(&grid);
    for (size_t i = 0; i < LAYOUTS; i++)
        view_rig_close(&rigs[i]);
}

static void test_one_target(void **state)
{
    (void)state;
    run(1);
}

static void test_two_targets(void **state)
{
    (void)state;
    run(2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_target),
        cmocka_unit_test(test_two_targets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
