/* SPDX-License-Identifier: MIT */
/* JSON tokens. */
#include <math.h>
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

static void test_doubles(void **state)
{
    static const struct {
        double value;
        const char *want;
    } table[] = {
        {0, "0"},
        {-1.5, "-1.5"},
        {1e300, "1e300"},
        {0.1, "0.1"},
        {NAN, "null"},
        {INFINITY, "null"},
        {-INFINITY, "null"},
        {5e-324, "5e-324"},
    };
    struct buf out = {0};
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(table); i++) {
        buf_clear(&out);
        json_put_double(&out, table[i].value);
        assert_string_equal(out.data, table[i].want);
    }
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_strings),
        cmocka_unit_test(test_doubles),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
