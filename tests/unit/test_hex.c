/* SPDX-License-Identifier: MIT */
/* Bytes as hex digits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/hex.h"

static void test_digit(void **state)
{
    static const char digits[] = "0123456789abcdef";
    (void)state;
    for (int c = 0; c < 256; c++) {
        const char *lower = c ? strchr(digits, c) : NULL;
        const char *upper =
            c >= 'A' && c <= 'F' ? strchr(digits, c - 'A' + 'a') : NULL;
        const char *at = lower ? lower : upper;
        assert_int_equal(hex_digit((char)c), at ? at - digits : -1);
    }
}

static void test_pair(void **state)
{
    static const char *const bad[] = {"", "0", "g0", "0g", " 1", "-1", "0x"};
    (void)state;
    for (int i = 0; i < 256; i++) {
        const uint8_t byte = (uint8_t)i;
        struct buf text = {0};
        uint8_t got = (uint8_t)~byte;
        hex_put_bytes(&text, &byte, 1, ' ');
        assert_int_equal(text.len, 2);
        assert_true(hex_read_pair(text.data, &got));
        assert_int_equal(got, byte);
        buf_free(&text);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        uint8_t got = 77;
        assert_false(hex_read_pair(bad[i], &got));
        assert_int_equal(got, 77);
    }
}

static void test_bytes(void **state)
{
    static const uint8_t bytes[] = {0x00, 0x7f, 0xAB};
    struct buf out = {0};
    (void)state;
    hex_put_bytes(&out, bytes, 0, ' ');
    assert_int_equal(out.len, 0);
    hex_put_bytes(&out, bytes, 3, ' ');
    buf_putc(&out, '|');
    hex_put_bytes(&out, bytes, 3, '\0');
    assert_string_equal(out.data, "00 7f ab|007fab");
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_digit),
        cmocka_unit_test(test_pair),
        cmocka_unit_test(test_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
