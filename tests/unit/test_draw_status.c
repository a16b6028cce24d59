/* SPDX-License-Identifier: MIT */
/* The last line: position, message, hints that do not jump, prompts; and the
 * lists that lie over the view. */
#include "draw_rig.h"

static const char layout_text[] =
    "[mapping]\nname = x\nsize = 64\n[fields]\n"
    "alpha = u8 @0\nbravo = u8 @1\ncharlie = u8 @2\n";

static void open_three(struct screen *s)
{
    open_screen(s, layout_text, "size 64\nframe\nframe error\n");
}

/* The last line, without blanks at its ends. */
static const char *last_line(const struct screen *s)
{
    static char line[1024];
    const char *end = s->text + strlen(s->text) - 1;
    const char *at = end;
    while (at > s->text && at[-1] != '\n')
        at--;
    at += strspn(at, " ");
    snprintf(line, sizeof line, "%.*s", (int)(end - at), at);
    return line;
}

static void test_position(void **state)
{
    (void)state;
    static const struct {
        const char *keys, *line; /* begins with */
    } cases[] = {
        {"", "1/3  "},
        {"G", "3/3  "},
        {"/br<Enter>", "2/3  /br 1/1  "},
        {"\\br<Enter>", "1/1  /br 1/1  \\br  "},
        {"<Esc>&", "0/0  &  "},
        {"&Gsj<Enter>", "3/3  by name  "},
        {"I", "1/3  by name, reversed  "},
    };
    struct screen s;
    open_three(&s);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        view_rig_type(&s.rig, cases[i].keys);
        s.rig.view.message[0] = '\0';
        draw(&s, 120, 24);
        if (strncmp(last_line(&s), cases[i].line, strlen(cases[i].line)) != 0)
            fail_msg("'%s': '%s'", cases[i].keys, last_line(&s));
    }
    close_screen(&s);
}

/* A hint is where it was, or it is not there. */
static void test_hints_stay(void **state)
{
    (void)state;
    static const char *const keys[] = {
        "", "G", "/a<Enter>", "\\a<Enter>", "x", "<Esc>v", "s<Esc>", "2", "1"};
    struct screen s;
    open_three(&s);
    for (int columns = 10; columns <= 160; columns += 7) {
        int at[ACTION_COUNT];
        for (int i = 0; i < ACTION_COUNT; i++)
            at[i] = -1;
        for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++) {
            view_rig_type(&s.rig, keys[k]);
            draw(&s, columns, 24);
            for (int i = 0; i < ACTION_COUNT; i++) {
                if (!key_table[i].hint)
                    continue;
                struct buf hint = {0};
                key_map_put(&hint, &s.rig.view.key_map, (enum action)i, false);
                buf_printf(&hint, " %s", key_table[i].hint);
                const char *line = last_line(&s);
                const char *found = strstr(line, hint.data);
                int end = found ? (int)strlen(found) : -1;
                if (found && at[i] >= 0 && at[i] != end)
                    fail_msg("%d columns, '%s': '%s' jumped in '%s'", columns,
                             keys[k], hint.data, line);
                if (found)
                    at[i] = end;
                buf_free(&hint);
            }
        }
        view_rig_type(&s.rig, "<Esc><Esc>g");
    }
    /* Help and quit go last. */
    for (int columns = 30; columns <= 160; columns++) {
        draw(&s, columns, 24);
        expect_in(&s, "help", "? help  q quit\n");
    }
    close_screen(&s);
}

static void test_messages(void **state)
{
    (void)state;
    struct screen s;
    open_three(&s);
    draw(&s, 80, 24);
    view_set_message(&s.rig.view, "a message");
    draw(&s, 80, 24);
    expect_in(&s, "message", " 1/3");
    expect_in(&s, "message", "a message");
    /* A message is more important than the position, and is cut to fit. */
    view_set_message(&s.rig.view, "%s",
                     "a message that is so long that it is "
                     "wider than the whole of the screen");
    for (int columns = 1; columns < 70; columns++) {
        draw(&s, columns, 24);
        const char *line = last_line(&s);
        if (columns > 8 && *line != 'a')
            fail_msg("%d columns: '%s'", columns, line);
    }
    /* What is wrong with a saved layout stays. */
    s.rig.view.message[0] = '\0';
    strcpy(s.rig.view.problem_text, "x.ini:3: no such type");
    draw(&s, 80, 24);
    expect_in(&s, "problem", "x.ini:3: no such type");
    view_set_message(&s.rig.view, "news");
    draw(&s, 80, 24);
    expect_in(&s, "message", "news");
    expect_in(&s, "its own line", "\n x.ini:3: no such type\n 1/3   news");
    draw(&s, 80, 9); /* no room for a line */
    expect_not_in(&s, "message", "x.ini:3");
    s.rig.view.message[0] = '\0';
    draw(&s, 80, 9);
    expect_in(&s, "no room", "\n 1/3   x.ini:3: no such type");
    close_screen(&s);
}

/* The cursor of a prompt is on the screen, with the text around it. */
static void test_prompts(void **state)
{
    (void)state;
    static const char *const prompts[] = {"/", "\\", "P", "?/"};
    for (size_t i = 0; i < sizeof prompts / sizeof prompts[0]; i++) {
        struct screen s;
        open_three(&s);
        view_rig_type(&s.rig, prompts[i]);
        view_rig_type(&s.rig, "0123456789\xe6\xbc\xa2\xe5\xad\x97"
                              "abcdefghijABCDEFGHIJ");
        for (int step = 0; step < 33; step++) {
            for (int columns = 1; columns < 90; columns++) {
                int cursors = 0;
                draw(&s, columns, 3);
                const struct cell *cells = s.grid.cells + 2 * s.grid.columns;
                for (int k = 0; k < columns; k++)
                    cursors += (cells[k].style & STYLE_REVERSE) != 0;
                if (columns > 80)
                    expect_in(&s, "text",
                              "0123456789\xe6\xbc\xa2\xe5\xad\x97"
                              "abcdefghijABCDEFGHIJ");
                if (columns > 8 && cursors != 1)
                    fail_msg("'%s', step %d, %d columns: %d cursors in\n%s",
                             prompts[i], step, columns, cursors, s.text);
            }
            view_rig_type(&s.rig, "<Left>");
        }
        close_screen(&s);
    }
}

/* Lists show the line of their cursor at any size. */
static void test_lists(void **state)
{
    (void)state;
    static const char *const lists[] = {"s", "C"};
    for (size_t i = 0; i < 2; i++) {
        struct screen s;
        open_three(&s);
        draw(&s, 80, 24);
        view_rig_type(&s.rig, lists[i]);
        for (int line = 0; line < view_picker_count(&s.rig.view); line++) {
            assert_int_equal(s.rig.view.picker_at, line);
            for (int rows = 5; rows < 30; rows += 4)
                for (int columns = 10; columns < 120; columns += 13) {
                    int cursors = 0;
                    draw(&s, columns, rows);
                    /* The list is at the right edge of the table. */
                    for (int k = 0; k < rows; k++) {
                        const struct cell *cells =
                            s.grid.cells + k * s.grid.columns;
                        int end = columns - 1;
                        cursors += (cells[end].style & STYLE_CURSOR) &&
                                   !(cells[end].style & STYLE_REVERSE);
                    }
                    if (!cursors)
                        fail_msg("%s line %d, %dx%d: no cursor in\n%s",
                                 lists[i], line, columns, rows, s.text);
                }
            view_rig_type(&s.rig, "j");
        }
        draw(&s, 80, 24);
        expect_in(&s, "a line", "[ ] type");
        close_screen(&s);
    }
}

/* Why values are missing is on lines of its own, never cut while there is
 * room. */
static void test_reasons(void **state)
{
    (void)state;
    struct screen s;
    open_screen(&s,
                "[mapping]\nname = x\nsize = 64\nheartbeat = beat\n"
                "require = magic == 12345 and other == 67890\n[fields]\n"
                "magic = u32 @0\nother = u32 @4\nbeat = u8 @8\n",
                "size 64\nframe\n");
    const char *note = s.rig.view.targets[0].sample->frames[0].note;
    assert_non_null(note);
    assert_true(*note);
    for (int columns = 40; columns <= 200; columns += 20) {
        draw(&s, columns, 24);
        /* Word by word, since it may be wrapped. */
        char word[64];
        for (const char *at = note; *at; at += strspn(at, " ")) {
            size_t len = strcspn(at, " ");
            snprintf(word, sizeof word, "%.*s", (int)len, at);
            expect_in(&s, "reason", word);
            at += len;
        }
    }
    close_screen(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_position), cmocka_unit_test(test_hints_stay),
        cmocka_unit_test(test_messages), cmocka_unit_test(test_prompts),
        cmocka_unit_test(test_lists),    cmocka_unit_test(test_reasons),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
