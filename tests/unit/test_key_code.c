/* SPDX-License-Identifier: MIT */
/* The names of keys. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "draw/key_code.h"

struct name_case {
    const char *text;
    int keys[5]; /* ends with KEY_CODE_NONE or -1 */
    const char *rest;
};

static const struct name_case name_cases[] = {
    {"", {0}, ""},
    {"jk", {'j', 'k', 0}, ""},
    {"<Enter>", {KEY_CODE_ENTER, 0}, ""},
    {"<ENTER><esc>", {KEY_CODE_ENTER, KEY_CODE_ESC, 0}, ""},
    {"<Tab><Space><BS>", {'\t', ' ', KEY_CODE_BACKSPACE, 0}, ""},
    {"<Up><Down>", {KEY_CODE_UP, KEY_CODE_DOWN, 0}, ""},
    {"<Left><Right>", {KEY_CODE_LEFT, KEY_CODE_RIGHT, 0}, ""},
    {"<PgUp><PgDn>", {KEY_CODE_PGUP, KEY_CODE_PGDN, 0}, ""},
    {"<Home><End><F1>", {KEY_CODE_HOME, KEY_CODE_END, KEY_CODE_F1, 0}, ""},
    {"<C-l><c-Z><C-a>", {12, 26, 1, 0}, ""},
    {"<F10><S-Tab><Del>",
     {KEY_CODE_F1 + 9, KEY_CODE_BACKTAB, KEY_CODE_DELETE},
     ""},
    {"<F12><f2>", {KEY_CODE_F12, KEY_CODE_F1 + 1, 0}, ""},
    {"<Click 12,3>j", {KEY_CODE_MOUSE, 'j', 0}, ""},
    {"<wheelup 0,0><WHEELDOWN 999,499>", {KEY_CODE_MOUSE, KEY_CODE_MOUSE}, ""},
    {"<C-1>", {-1}, "<C-1>"},
    {"<C-LETTER>", {-1}, "<C-LETTER>"},
    {"<C-ab>", {-1}, "<C-ab>"},
    {"<F13>", {-1}, "<F13>"},
    {"<Click>", {-1}, "<Click>"},
    {"<Click 1>", {-1}, "<Click 1>"},
    {"<Click 1,>", {-1}, "<Click 1,>"},
    {"<Click ,1>", {-1}, "<Click ,1>"},
    {"<Click -1,1>", {-1}, "<Click -1,1>"},
    {"<Click 1000,1>", {-1}, "<Click 1000,1>"},
    {"<Click 1,500>", {-1}, "<Click 1,500>"},
    {"<Click COLUMN,ROW>", {-1}, "<Click COLUMN,ROW>"},
    {"<Clack 1,1>", {-1}, "<Clack 1,1>"},
    {"<lt>a<tick>", {'<', 'a', KEY_CODE_TICK, 0}, ""},
    {"\xc3\xa9x", {0xe9, 'x', 0}, ""},
    {"a<Nope>b", {'a', -1}, "<Nope>b"},
    {"<", {-1}, "<"},
    {"<>", {-1}, "<>"},
    {"<Enter", {-1}, "<Enter"},
    {"<Enterx>", {-1}, "<Enterx>"},
};

static void test_names(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof name_cases / sizeof name_cases[0]; i++) {
        const struct name_case *c = &name_cases[i];
        const char *text = c->text;
        size_t at = 0;
        int key;
        struct mouse mouse;
        do {
            key = key_next(&text, &mouse);
            if (key != c->keys[at])
                fail_msg("'%s' [%zu]: %d, not %d", c->text, at, key,
                         c->keys[at]);
            at++;
        } while (key > 0);
        assert_string_equal(text, c->rest);
    }
}

static void test_mouse(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        struct mouse mouse;
    } cases[] = {
        {"<Click 12,3>", {MOUSE_CLICK, 12, 3}},
        {"<WheelUp 0,499>", {MOUSE_WHEEL_UP, 0, 499}},
        {"<WheelDown 999,0>", {MOUSE_WHEEL_DOWN, 999, 0}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *text = cases[i].text;
        struct mouse mouse;
        assert_int_equal(key_next(&text, &mouse), KEY_CODE_MOUSE);
        assert_int_equal(mouse.kind, cases[i].mouse.kind);
        assert_int_equal(mouse.column, cases[i].mouse.column);
        assert_int_equal(mouse.row, cases[i].mouse.row);
    }
}

/* Every key that has a name is read again from it. */
static void test_put_name(void **state)
{
    (void)state;
    struct buf name = {0};
    size_t count = 0;
    for (int key = 1; key <= KEY_CODE_OTHER; key++) {
        buf_clear(&name);
        key_put_name(&name, key);
        if (!name.len)
            continue;
        const char *text = name.data;
        struct mouse mouse;
        if (key_next(&text, &mouse) != key || *text)
            fail_msg("%d: '%s'", key, name.data);
        count += key < 128 || key >= KEY_CODE_UP;
    }
    /* All of ASCII but NUL and Ctrl with a sign; special keys but the mouse,
     * nothing and others. */
    assert_int_equal(count, 127 - 4 + (KEY_CODE_OTHER - KEY_CODE_UP - 2));
    buf_free(&name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_mouse),
        cmocka_unit_test(test_put_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
