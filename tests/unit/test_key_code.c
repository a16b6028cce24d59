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
    {"<C-l><c-Z>", {12, 26, 0}, ""},
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
        do {
            key = key_next(&text);
            if (key != c->keys[at])
                fail_msg("'%s' [%zu]: %d, not %d", c->text, at, key,
                         c->keys[at]);
            at++;
        } while (key > 0);
        assert_string_equal(text, c->rest);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
