/* SPDX-License-Identifier: MIT */
/* The line of a prompt: keys of readline, characters of UTF-8, history. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "draw/key_code.h"
#include "view/line_edit.h"

/* Types keys as --keys gives them; returns whether the last one was taken. */
static bool type(struct line_edit *edit, const struct line_history *history,
                 const char *keys)
{
    bool taken = true;
    int key;
    while ((key = key_next(&keys, NULL)) > 0)
        taken = line_edit_key(edit, history, key);
    assert_int_equal(key, KEY_CODE_NONE);
    assert_int_equal(strlen(edit->text), edit->len);
    assert_in_range(edit->at, 0, edit->len);
    return taken;
}

/* The text with `|` at the cursor. */
static void expect(const struct line_edit *edit, const char *keys,
                   const char *want)
{
    char is[LINE_EDIT_MAX + 1];
    snprintf(is, sizeof is, "%.*s|%s", (int)edit->at, edit->text,
             edit->text + edit->at);
    if (strcmp(is, want) != 0)
        fail_msg("'%s': '%s', not '%s'", keys, is, want);
}

static void test_keys(void **state)
{
    (void)state;
    static const struct {
        const char *begin, *keys, *want;
    } cases[] = {
        {"", "", "|"},
        {"", "ab", "ab|"},
        {"abc", "", "abc|"},
        {"abc", "<Left>", "ab|c"},
        {"abc", "<C-b><C-b>", "a|bc"},
        {"abc", "<Left><Left><Left><Left>x", "x|abc"},
        {"abc", "<Right>", "abc|"},
        {"abc", "<Home><C-f>", "a|bc"},
        {"abc", "<Home><Right><Right>", "ab|c"},
        {"abc", "<C-a>x", "x|abc"},
        {"abc", "<Home>x<End>y", "xabcy|"},
        {"abc", "<C-a><C-e>y", "abcy|"},
        {"abc", "<BS>", "ab|"},
        {"abc", "<C-h><C-h>", "a|"},
        {"abc", "<Left><BS>", "a|c"},
        {"abc", "<Home><BS>", "|abc"},
        {"abc", "<Del>", "abc|"},
        {"abc", "<Home><Del>", "|bc"},
        {"abc", "<Left><C-d>", "ab|"},
        {"abc", "<Left><C-u>", "|c"},
        {"abc", "<C-u><C-u>", "|"},
        {"abc", "<Left><C-k>", "ab|"},
        {"abc", "<Home><C-k>", "|"},
        {"one two", "<C-w>", "one |"},
        {"one two  ", "<C-w>", "one |"},
        {"one two", "<C-w><C-w><C-w>", "|"},
        {"one two", "<Left><C-w>", "one |o"},
        {"one two", "<Home><C-w>", "|one two"},
        /* A character is one step, however long. */
        {"a\xc3\xa9\xe6\xbc\xa2", "<Left>", "a\xc3\xa9|\xe6\xbc\xa2"},
        {"a\xc3\xa9\xe6\xbc\xa2", "<Left><Left>", "a|\xc3\xa9\xe6\xbc\xa2"},
        {"a\xc3\xa9\xe6\xbc\xa2", "<BS>", "a\xc3\xa9|"},
        {"\xf0\x9f\x98\x80x", "<Home><Right>", "\xf0\x9f\x98\x80|x"},
        {"\xf0\x9f\x98\x80x", "<Home><Del>", "|x"},
        {"ab", "<Left>\xc3\xa9", "a\xc3\xa9|b"},
        {"", "<lt>\\*? ", "<\\*? |"},
    };
    static const struct line_history none = {0};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct line_edit edit;
        line_edit_begin(&edit, cases[i].begin);
        assert_true(type(&edit, &none, cases[i].keys));
        expect(&edit, cases[i].keys, cases[i].want);
    }
}

/* Other keys change nothing: no control and no bidi character gets in. */
static void test_other_keys(void **state)
{
    (void)state;
    static const int keys[] = {
        KEY_CODE_NONE, KEY_CODE_TAB,   KEY_CODE_ENTER, KEY_CODE_ESC,
        KEY_CODE_PGUP, KEY_CODE_PGDN,  KEY_CODE_F1,    KEY_CODE_BACKTAB,
        KEY_CODE_TICK, KEY_CODE_OTHER, KEY_CODE_MOUSE, KEY_CTRL('g'),
        0x9b,          0x202e,         0xd800,         0xfffe};
    static const struct line_history none = {0};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        struct line_edit edit;
        line_edit_begin(&edit, "abc");
        edit.at = 1;
        if (line_edit_key(&edit, &none, keys[i]))
            fail_msg("key %#x was taken", (unsigned)keys[i]);
        expect(&edit, "", "a|bc");
    }
}

static void test_full(void **state)
{
    (void)state;
    static const struct line_history none = {0};
    static const char *const texts[] = {"a", "\xc3\xa9", "\xe6\xbc\xa2",
                                        "\xf0\x9f\x98\x80"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct line_edit edit;
        size_t size = strlen(texts[i]);
        line_edit_begin(&edit, "");
        for (int k = 0; k < 2 * LINE_EDIT_MAX; k++)
            type(&edit, &none, texts[i]);
        assert_int_equal(edit.len, (LINE_EDIT_MAX - 1) / size * size);
        type(&edit, &none, "<Home>\xf0\x9f\x98\x80");
        assert_true(edit.len < LINE_EDIT_MAX);
        for (size_t at = 0; at < edit.len;) {
            uint32_t code;
            at += utf8_next(edit.text + at, edit.len - at, &code);
            assert_true(utf8_is_safe(code));
        }
    }
}

static void test_history(void **state)
{
    (void)state;
    static const struct {
        const char *keys, *want;
    } cases[] = {
        {"<Up>", "three|"},
        {"<C-p>", "three|"},
        {"<Up><Up>", "two|"},
        {"<Up><Up><Up><Up><Up>", "one|"},
        {"<Up><Up><Down>", "three|"},
        {"<Up><C-n>", "|"},
        {"<Down>", "|"},
        {"new<Up><Down>", "new|"}, /* the new line is not lost */
        {"new<Down>", "new|"},
        {"new<Up><Up><Down><Down><Down>", "new|"},
        {"<Up>x<Up>", "two|"},
        {"<Up>x<Up><Down>", "three|"}, /* an old line stays what it was */
        {"<Up><BS><Down>", "|"},
        {"<Up><Home>a", "a|three"},
    };
    struct line_history history = {0};
    line_history_add(&history, "one");
    line_history_add(&history, "two");
    line_history_add(&history, "two");
    line_history_add(&history, "");
    line_history_add(&history, "three");
    assert_int_equal(history.count, 3);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct line_edit edit;
        line_edit_begin(&edit, "");
        type(&edit, &history, cases[i].keys);
        expect(&edit, cases[i].keys, cases[i].want);
    }
    line_history_free(&history);
    assert_int_equal(history.count, 0);
}

/* The oldest lines go. */
static void test_long_history(void **state)
{
    (void)state;
    struct line_history history = {0};
    struct line_edit edit;
    char line[16];
    for (int i = 0; i < 2 * LINE_HISTORY_MAX + 3; i++) {
        snprintf(line, sizeof line, "line %d", i);
        line_history_add(&history, line);
    }
    assert_int_equal(history.count, LINE_HISTORY_MAX);
    line_edit_begin(&edit, "");
    for (int i = 0; i < 2 * LINE_HISTORY_MAX; i++)
        type(&edit, &history, "<Up>");
    snprintf(line, sizeof line, "line %d", LINE_HISTORY_MAX + 3);
    assert_string_equal(edit.text, line);
    line_history_free(&history);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys),         cmocka_unit_test(test_other_keys),
        cmocka_unit_test(test_full),         cmocka_unit_test(test_history),
        cmocka_unit_test(test_long_history),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
