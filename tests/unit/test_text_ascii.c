/* SPDX-License-Identifier: MIT */
/* Text in ASCII stays readable, and is ASCII whatever it was. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "base/utf8.h"

static const char *const cases[][2] = {
    {"", ""},
    {"plain ~", "plain ~"},
    {"m\xc2\xb3/h", "m3/h"},
    {"\xc2\xb0"
     "C",
     "degC"},
    {"\xe2\x84\x83", "degC"}, /* one code point */
    {"\xc2\xb5m \xce\xbcm", "um um"},
    {"k\xce\xa9 k\xe2\x84\xa6", "kOhm kOhm"},
    {"2\xc3\x97"
     "3",
     "2x3"},
    {"N\xc2\xb7m", "N*m"},
    {"10\xe2\x80\x93"
     "20 \xe2\x80\x94 \xe2\x88\x92"
     "5",
     "10-20 - -5"},
    {"more\xe2\x80\xa6", "more.."},
    {"\xe2\x80\xb0", "o/oo"},
    {"s\xe2\x81\xbb\xc2\xb9 m\xe2\x82\x82", "s-1 m2"},
    {"\xc2\xbd", "1/2"},
    {"Dru\xcc\x88"
     "ck Temp\xc3\xa9rature \xc3\x85 \xc5\x81\xc3\xb3"
     "d\xc5\xba",
     "Druck Temperature A Lodz"},
    {"Gr\xc3\xb6\xc3\x9f"
     "e",
     "Grosse"},
    {"\xef\xac\x81ne \xef\xbc\xa1", "fine A"},
    {"\xe6\xbc\xa2\xe5\xad\x97", "??"},
    {"a\xef\xbf\xbd", "a?"},
    {"\xe2\x82\xac", "EUR"},
};

static void test_cases(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf out = {0};
        buf_puts(&out, "");
        text_to_ascii(&out, cases[i][0], strlen(cases[i][0]));
        assert_string_equal(out.data, cases[i][1]);
        buf_free(&out);
    }
}

/* Every code point, after cleaning: at least one character, all of them
 * printable ASCII. */
static void test_every_code(void **state)
{
    (void)state;
    struct buf raw = {0}, clean = {0}, out = {0};
    for (uint32_t code = 1; code <= 0x10FFFF; code++) {
        buf_clear(&raw);
        buf_clear(&clean);
        buf_clear(&out);
        buf_puts(&out, "");
        text_put_code(&raw, code);
        text_clean(&clean, raw.data, raw.len);
        text_to_ascii(&out, clean.data, clean.len);
        if (utf8_plain_run(out.data, out.len) != out.len || out.len == 0)
            fail_msg("U+%04X: '%s'", (unsigned)code, out.data);
    }
    buf_free(&raw);
    buf_free(&clean);
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_every_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
