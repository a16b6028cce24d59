/* SPDX-License-Identifier: MIT */
/* JSON tokens. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"

#define COUNT(table) (sizeof table / sizeof((table)[0]))

static void test_strings(void **state)
{
    static const struct {
        const char *text;
        const char *want;
    } table[] = {
        {"", "\"\""},
        {"plain", "\"plain\""},
        {"say \"hi\"", "\"say \\\"hi\\\"\""},
        {"back\\slash", "\"back\\\\slash\""},
        {"\\", "\"\\\\\""},
        {"\"", "\"\\\"\""},
        {"a\nb\tc", "\"a\\u000ab\\u0009c\""},
        {"\x7F\x1F", "\"\\u007f\\u001f\""},
        {"\xC2\xB0"
         "C \xE6\xBC\xA2",
         "\"\xC2\xB0"
         "C \xE6\xBC\xA2\""},
        {"</script>/", "\"</script>/\""},
    };
    struct buf out = {0};
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(table); i++) {
        buf_clear(&out);
        json_put_string(&out, table[i].text, strlen(table[i].text));
        assert_string_equal(out.data, table[i].want);
    }
    buf_clear(&out);
    json_put_string(&out, "a\0b", 3);
    assert_string_equal(out.data, "\"a\\u0000b\"");
    buf_free(&out);
}

static void test_quotes(void **state)
{
    struct buf out = {0};
    (void)state;
    buf_puts(&out, "x");
    json_quote(&out, 1);
    assert_string_equal(out.data, "x\"\"");
    buf_clear(&out);
    buf_puts(&out, "[a\"b\\\x01z");
    json_quote(&out, 1);
    assert_string_equal(out.data, "[\"a\\\"b\\\\\\u0001z\"");
    buf_free(&out);
}

static void test_commas(void **state)
{
    struct buf out = {0};
    (void)state;
    buf_putc(&out, '{');
    json_put_key(&out, "a");
    buf_putc(&out, '[');
    for (int i = 0; i < 3; i++) {
        json_put_comma(&out);
        buf_put_i64(&out, i);
    }
    buf_putc(&out, ']');
    json_put_key(&out, "b{");
    json_put_string(&out, "[", 1);
    json_put_key(&out, "c");
    buf_puts(&out, "{}}");
    assert_string_equal(out.data, "{\"a\":[0,1,2],\"b{\":\"[\",\"c\":{}}");
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_strings),
        cmocka_unit_test(test_quotes),
        cmocka_unit_test(test_commas),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
