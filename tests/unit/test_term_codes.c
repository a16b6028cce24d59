/* SPDX-License-Identifier: MIT */
/* Control sequences: whole, and nothing in a text can end them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "draw/term_codes.h"

#define FFFD "\xEF\xBF\xBD"

static void test_types(void **state)
{
    (void)state;
    static const char *const with[] = {
        "xterm",        "xterm-256color", "tmux-256color", "screen",
        "rxvt-unicode", "st-256color",    "foot",          "alacritty"};
    static const char *const without[] = {"linux", "vt100",    "vt220",  "dumb",
                                          "",      "ansi",     "cons25", "sun",
                                          "stv52", "#win32con"};
    for (size_t i = 0; i < sizeof with / sizeof with[0]; i++)
        assert_true(term_type_has_window(with[i]));
    for (size_t i = 0; i < sizeof without / sizeof without[0]; i++)
        assert_false(term_type_has_window(without[i]));
    assert_false(term_type_has_window(NULL));
}

static void test_title(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool first;
        const char *want;
    } cases[] = {
        {"pumps", true, "\033[22;2t\033]2;pumps\033\\"},
        {"pumps", false, "\033]2;pumps\033\\"},
        {"", false, "\033]2;\033\\"},
        {"m\xc2\xb3", false, "\033]2;m\xc2\xb3\033\\"},
        {"a\033\\\033]52;c;eA==\007b\x9c\n", false,
         "\033]2;a" FFFD "\\" FFFD "]52;c;eA==" FFFD "b" FFFD FFFD "\033\\"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf out = {0};
        term_code_put_title(&out, cases[i].text, cases[i].first);
        assert_string_equal(out.data, cases[i].want);
        buf_free(&out);
    }
    /* A long one is cut. */
    char text[1001];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    struct buf out = {0};
    term_code_put_title(&out, text, false);
    assert_int_equal(out.len, 200 + 6);
    buf_free(&out);
}

static void test_copy(void **state)
{
    (void)state;
    /* RFC 4648, section 10, and one that needs cleaning. */
    static const char *const cases[][2] = {
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"},
        {"\xc2\xb3", "wrM="},
        {"rm -r .\n", "cm0gLXIgLu+/vQ=="},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf out = {0}, want = {0};
        buf_printf(&want, "\033]52;c;%s\033\\", cases[i][1]);
        assert_true(term_code_put_copy(&out, cases[i][0], strlen(cases[i][0])));
        assert_string_equal(out.data, want.data);
        buf_free(&out);
        buf_free(&want);
    }
}

static void test_copy_limit(void **state)
{
    (void)state;
    char *text = malloc(TERM_COPY_MAX + 1);
    assert_non_null(text);
    memset(text, 'x', TERM_COPY_MAX + 1);
    struct buf out = {0};
    assert_true(term_code_put_copy(&out, text, TERM_COPY_MAX));
    assert_int_equal(out.len, (TERM_COPY_MAX + 2) / 3 * 4 + 9);
    buf_clear(&out);
    assert_false(term_code_put_copy(&out, text, TERM_COPY_MAX + 1));
    /* Cleaning makes three bytes of each. */
    memset(text, '\033', TERM_COPY_MAX);
    assert_false(term_code_put_copy(&out, text, TERM_COPY_MAX));
    assert_int_equal(out.len, 0);
    buf_free(&out);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_types),
        cmocka_unit_test(test_title),
        cmocka_unit_test(test_copy),
        cmocka_unit_test(test_copy_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
