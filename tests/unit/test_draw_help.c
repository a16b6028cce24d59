/* SPDX-License-Identifier: MIT */
/* The help: every key at any size, grouped, and searchable. */
#include "draw_rig.h"

static const char layout_text[] =
    "[mapping]\nname = x\nsize = 16\n[fields]\nf = u8 @0\n";

/* All pages of the help, one after the other; the caller frees it. */
static char *all_pages(struct screen *s, int columns, int rows)
{
    struct buf out = {0};
    s->rig.view.help_top = 0;
    draw(s, columns, rows);
    for (size_t top = 0; top < s->rig.fit.help.lines; top++) {
        s->rig.view.help_top = top;
        draw(s, columns, rows);
        buf_puts(&out, s->text);
    }
    return out.data;
}

static void test_every_key(void **state)
{
    (void)state;
    static const int sizes[][2] = {{200, 60}, {120, 40}, {80, 24}, {60, 10},
                                   {40, 10},  {30, 3},   {60, 1}};
    struct screen s;
    open_screen(&s, layout_text, "size 16\nframe\n");
    view_rig_type(&s.rig, "?");
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        char *text = all_pages(&s, sizes[i][0], sizes[i][1]);
        for (int k = ACTION_NONE + 1; k < ACTION_COUNT; k++) {
            /* The start of the help; it may be on several lines. */
            char part[16] = "";
            strncat(part, key_table[key_table[k].help ? k : k - 1].help, 10);
            struct buf keys = {0};
            key_map_put(&keys, &s.rig.view.key_map, (enum action)k, false);
            if (!strstr(text, part) || !strstr(text, keys.data))
                fail_msg("%dx%d: no '%s' for '%s' in\n%s", sizes[i][0],
                         sizes[i][1], keys.data, part, text);
            buf_free(&keys);
            if (!strstr(text, key_table[k].group))
                fail_msg("%dx%d: no group '%s'", sizes[i][0], sizes[i][1],
                         key_table[k].group);
        }
        free(text);
    }
    /* A large screen shows everything at once. */
    draw(&s, 200, 60);
    assert_true(s.rig.fit.help.lines <= s.rig.fit.help.rows);
    close_screen(&s);
}

/* Keys of the configuration are shown in place of the default ones. */
static void test_own_keys(void **state)
{
    (void)state;
    struct screen s;
    struct err err = {0};
    open_screen(&s, layout_text, "size 16\nframe\n");
    assert_true(key_map_bind(&s.rig.view.key_map, "quit", "Q <F12>", &err));
    view_rig_type(&s.rig, "?/quit");
    draw(&s, 80, 24);
    expect_in(&s, "own", "Q, F12");
    expect_not_in(&s, "default", "Ctrl-C");
    view_rig_type(&s.rig, "<Esc><Esc>");
    draw(&s, 80, 24);
    expect_in(&s, "hint", "Q quit");
    close_screen(&s);
}

static void test_search(void **state)
{
    (void)state;
    static const struct {
        const char *keys, *there, *gone;
    } cases[] = {
        {"", "previous row", "zzz"},
        {"/baseline", "baseline at this", "previous row"}, /* while typing */
        {"<Enter>", "baseline at this", "previous row"},
        {"<Esc>", "previous row", "zzz"},
        {"/BASELINE<Enter>", "baseline at this", "previous row"},
        {"<Esc>/Ctrl-U<Enter>", "half a page down, up", "previous row"},
        {"<Esc>/GONE<Enter>", "removed", "previous row"},
        {"<Esc>/zzz<Esc>", "previous row", "zzz"},
    };
    struct screen s;
    open_screen(&s, layout_text, "size 16\nframe\n");
    view_rig_type(&s.rig, "?");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        view_rig_type(&s.rig, cases[i].keys);
        assert_true(s.rig.view.help);
        draw(&s, 200, 60);
        expect_in(&s, cases[i].keys, cases[i].there);
        expect_not_in(&s, cases[i].keys, cases[i].gone);
    }
    /* Nothing found is said, and nothing is drawn beyond the grid. */
    view_rig_type(&s.rig, "/zzz<Enter>");
    for (int rows = 1; rows < 10; rows++)
        draw(&s, 40, rows);
    close_screen(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_key),
        cmocka_unit_test(test_own_keys),
        cmocka_unit_test(test_search),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
