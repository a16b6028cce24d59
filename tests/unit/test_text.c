/* SPDX-License-Identifier: MIT */
/* Hostile text, every byte, widths, cutting, words and patterns. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "base/utf8.h"

#define COUNT(table) (sizeof table / sizeof((table)[0]))
#define FFFD "\xEF\xBF\xBD"
#define ACUTE "\xCC\x81"    /* U+0301 combining acute accent */
#define WIDE "\xE6\xBC\xA2" /* U+6F22, two columns */

static void clean(struct buf *out, const char *text, size_t len)
{
    /* an exact copy, so that the sanitizers see reads past its end */
    char *copy = malloc(len + 1);

    assert_non_null(copy);
    memcpy(copy, text, len);
    copy = realloc(copy, len ? len : 1);
    buf_clear(out);
    buf_add(out, "", 0);
    text_clean(out, copy, len);
    free(copy);
}

static void test_each_byte(void **state)
{
    struct buf out = {0};
    int byte;

    (void)state;
    for (byte = 0; byte < 256; byte++) {
        char text[3] = {'a', (char)byte, 'b'};
        char want[16];

        clean(&out, text, sizeof text);
        if (byte >= 0x20 && byte < 0x7F)
            snprintf(want, sizeof want, "a%cb", byte);
        else
            snprintf(want, sizeof want, "a" FFFD "b");
        assert_string_equal(out.data, want);
        assert_int_equal(text_columns(out.data, out.len), 3);
    }
    buf_free(&out);
}

/* Two bytes cover every start with every wrong or right continuation. */
static void test_each_pair(void **state)
{
    struct buf out = {0};
    struct buf again = {0};
    int pair;

    (void)state;
    for (pair = 0; pair < 65536; pair++) {
        char text[2] = {(char)(pair >> 8), (char)pair};
        size_t i;

        clean(&out, text, sizeof text);
        for (i = 0; i < out.len;) {
            uint32_t code;

            i += utf8_next(out.data + i, out.len - i, &code);
            assert_true(utf8_is_safe(code));
        }
        clean(&again, out.data, out.len);
        assert_string_equal(again.data, out.data);
    }
    buf_free(&out);
    buf_free(&again);
}

static void test_unsafe_codes(void **state)
{
    static const uint32_t ranges[][2] = {
        {0x00, 0x1F},       {0x7F, 0x9F},         {0x202A, 0x202E},
        {0x2066, 0x2069},   {0x200B, 0x200F},     {0x061C, 0x061C},
        {0x2060, 0x2060},   {0xFEFF, 0xFEFF},     {0x2028, 0x2029},
        {0xD800, 0xDFFF},   {0xE000, 0xF8FF},     {0xFDD0, 0xFDEF},
        {0xFFFE, 0xFFFF},   {0x1FFFE, 0x1FFFF},   {0x10FFFE, 0x10FFFF},
        {0xF0000, 0xF00FF}, {0x100000, 0x1000FF}, {0xE0001, 0xE0001},
        {0x0378, 0x0378},   {0x110000, 0x110010}, {UINT32_MAX, UINT32_MAX},
    };
    static const uint32_t safe[] = {
        0x20,   0x7E,   0xA0,   0xB0,   0xE9,   0x3B1,   0x301,
        0x2026, 0x2581, 0x2588, 0x6F22, 0xFFFD, 0x1F600, 0x20AC,
    };
    struct buf encoded = {0};
    struct buf out = {0};
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(ranges); i++) {
        uint32_t code = ranges[i][0];

        for (;; code++) {
            if (utf8_is_safe(code))
                fail_msg("U+%04X", code);
            buf_clear(&encoded);
            text_put_code(&encoded, code);
            clean(&out, encoded.data, encoded.len);
            assert_string_equal(out.data, FFFD);
            if (code == ranges[i][1])
                break;
        }
    }
    for (i = 0; i < COUNT(safe); i++)
        if (!utf8_is_safe(safe[i]))
            fail_msg("U+%04X", safe[i]);
    buf_free(&encoded);
    buf_free(&out);
}

static void test_put_and_next(void **state)
{
    struct buf out = {0};
    uint32_t code;

    (void)state;
    for (code = 0; code <= 0x110000; code++) {
        uint32_t want = code;
        uint32_t got;
        size_t took;

        if ((code >= 0xD800 && code <= 0xDFFF) || code > 0x10FFFF)
            want = UTF8_REPLACEMENT;
        buf_clear(&out);
        text_put_code(&out, code);
        took = utf8_next(out.data, out.len, &got);
        if (took != out.len || got != want)
            fail_msg("U+%04X became U+%04X", code, got);
    }
    buf_free(&out);
}

static void test_clean(void **state)
{
    static const struct {
        const char *text;
        const char *want;
    } table[] = {
        {"", ""},
        {"plain text ~", "plain text ~"},
        {"gr\xC3\xBC\xC3\x9F", "gr\xC3\xBC\xC3\x9F"},
        {"\x1B[31mred", FFFD "[31mred"},
        {"a\tb\nc\rd\be", "a" FFFD "b" FFFD "c" FFFD "d" FFFD "e"},
        {"\xC2\x9B"
         "31m",
         FFFD "31m"}, /* C1 CSI */
        {"a\xE2\x80\xAE"
         "b",
         "a" FFFD "b"}, /* U+202E */
        {"a\xE2\x80\x8B"
         "b",
         "a" FFFD "b"}, /* U+200B */
        {"\xEF\xBB\xBF"
         "a",
         FFFD "a"}, /* U+FEFF */
        {"a\xE2\x80\xA8"
         "b",
         "a" FFFD "b"},         /* U+2028 */
        {"\xEE\x80\x80", FFFD}, /* U+E000 */
        {"\xEF\xBF\xBF", FFFD}, /* U+FFFF */
        {FFFD, FFFD},
        /* overlong, surrogate, too high, truncated */
        {"\xC0\x80", FFFD FFFD},
        {"\xC1\xBF", FFFD FFFD},
        {"\xE0\x80\xAF", FFFD FFFD FFFD},
        {"\xF0\x80\x80\xAF", FFFD FFFD FFFD FFFD},
        {"\xED\xA0\x80", FFFD FFFD FFFD},
        {"\xF4\x90\x80\x80", FFFD FFFD FFFD FFFD},
        {"\xF8\x88\x80\x80\x80", FFFD FFFD FFFD FFFD FFFD},
        {"a\xC3", "a" FFFD},
        {"a\xE2\x82", "a" FFFD FFFD},
        {"a\xF0\x9F\x98", "a" FFFD FFFD FFFD},
        {"\xE2\x82"
         "a",
         FFFD FFFD "a"},
        /* combining marks: two stay, a leading one is replaced */
        {"e" ACUTE, "e" ACUTE},
        {"e" ACUTE ACUTE, "e" ACUTE ACUTE},
        {"e" ACUTE ACUTE ACUTE ACUTE "x" ACUTE, "e" ACUTE ACUTE "x" ACUTE},
        {ACUTE "e", FFFD "e"},
        {ACUTE ACUTE, FFFD ACUTE},
        {WIDE ACUTE ACUTE ACUTE, WIDE ACUTE ACUTE},
        {"\n" ACUTE ACUTE ACUTE, FFFD ACUTE ACUTE},
        {"a\xE2\x80\x8D" ACUTE ACUTE ACUTE, "a" FFFD ACUTE ACUTE},
    };
    struct buf out = {0};
    struct buf again = {0};
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(table); i++) {
        clean(&out, table[i].text, strlen(table[i].text));
        assert_string_equal(out.data, table[i].want);
        clean(&again, out.data, out.len);
        assert_string_equal(again.data, out.data);
    }
    clean(&out, "a\0b", 3);
    assert_string_equal(out.data, "a" FFFD "b");
    buf_free(&out);
    buf_free(&again);
}

static void test_width(void **state)
{
    static const struct {
        uint32_t code;
        int width;
    } table[] = {
        {'a', 1},     {0xE9, 1},   {0x301, 0},  {0x6F22, 2}, {0x2588, 1},
        {0x1F600, 2}, {0xFFFD, 1}, {0xFF21, 2}, {0xB0, 1},   {0x2026, 1},
    };
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(table); i++)
        if (utf8_width(table[i].code) != table[i].width)
            fail_msg("U+%04X: %d", table[i].code, utf8_width(table[i].code));
}

static void test_fit(void **state)
{
    static const struct {
        const char *text;
        size_t columns;
        const char *want;
    } table[] = {
        {"", 5, ""},
        {"abc", 0, ""},
        {"abc", 2, "ab"},
        {"abc", 3, "abc"},
        {"abc", 9, "abc"},
        {WIDE WIDE, 1, ""},
        {WIDE WIDE, 2, WIDE},
        {WIDE WIDE, 3, WIDE},
        {WIDE WIDE, 4, WIDE WIDE},
        {"a" WIDE "b", 2, "a"},
        {"e" ACUTE ACUTE "x", 1, "e" ACUTE ACUTE},
        {"\xC3\xA9\xC3\xA9", 1, "\xC3\xA9"},
    };
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(table); i++) {
        size_t len = strlen(table[i].text);

        assert_int_equal(text_fit(table[i].text, len, table[i].columns),
                         strlen(table[i].want));
    }
}

static void test_shorten(void **state)
{
    static const struct {
        const char *text;
        size_t columns;
        const char *ellipsis;
        const char *want;
    } table[] = {
        {"temperature", 11, "..", "temperature"},
        {"temperature", 10, "..", "temp..ture"},
        {"temperature", 9, "..", "temp..ure"},
        {"temperature", 4, "..", "t..e"},
        {"temperature", 3, "..", "t.."},
        {"temperature", 2, "..", ".."},
        {"temperature", 1, "..", "t"},
        {"temperature", 0, "..", ""},
        {"temperature", 5, "\xE2\x80\xA6", "te\xE2\x80\xA6re"},
        {WIDE WIDE WIDE WIDE, 8, "~", WIDE WIDE WIDE WIDE},
        {WIDE WIDE WIDE WIDE, 7, "~", WIDE "~" WIDE WIDE},
        {WIDE WIDE WIDE WIDE, 6, "~", WIDE "~" WIDE},
        {WIDE WIDE WIDE WIDE, 2, "~", "~"},
        {"abcde" ACUTE, 4, "~", "ab~e" ACUTE},
        {"a" ACUTE "bcde", 4, "~", "a" ACUTE "b~e"},
        {"abcd" ACUTE "e", 4, "~", "ab~e"},
    };
    struct buf out = {0};
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(table); i++) {
        buf_clear(&out);
        buf_puts(&out, "");
        text_shorten(&out, table[i].text, strlen(table[i].text),
                     table[i].columns, table[i].ellipsis);
        assert_string_equal(out.data, table[i].want);
        assert_true(text_columns(out.data, out.len) <= table[i].columns);
    }
    buf_free(&out);
}

static void test_nearest(void **state)
{
    static const char *const words[] = {"offset", "type",  "label", "i64",
                                        "u64",    "scale", "show",  "min"};
    static const struct {
        const char *word;
        const char *want;
    } table[] = {
        {"ofset", "offset"},   {"offest", "offset"}, {"OFFSET", "offset"},
        {"tpye", "type"},      {"typ", "type"},      {"types", "type"},
        {"lable", "label"},    {"i46", "i64"},       {"I64", "i64"},
        {"64", "i64"},         {"scael", "scale"},   {"offsetting", NULL},
        {"wholly else", NULL}, {"", NULL},           {"x", NULL},
        {"zz", NULL},          {"man", "min"},       {"type", "type"},
    };
    char longest[300];
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(table); i++) {
        const char *got = text_nearest(table[i].word, words, COUNT(words));

        if (!table[i].want)
            assert_null(got);
        else
            assert_string_equal(got, table[i].want);
    }
    memset(longest, 'a', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    assert_null(text_nearest(longest, words, COUNT(words)));
    assert_null(text_nearest("type", words, 0));
}

static void test_is_word(void **state)
{
    (void)state;
    assert_true(text_is_word("Enter>", 5, "enTER"));
    assert_true(text_is_word("", 0, ""));
    assert_false(text_is_word("Enter", 4, "enter"));
    assert_false(text_is_word("Enters", 6, "enter"));
    assert_false(text_is_word("\xc4", 1, "\xe4")); /* ASCII letters only */
}

static void test_match(void **state)
{
    static const struct {
        const char *pattern;
        const char *path;
        bool plain;   /* with classes everywhere */
        bool literal; /* with literal index brackets */
    } table[] = {
        {"", "", true, true},
        {"", "a", false, false},
        {"*", "", true, true},
        {"*", "anything.at[3].all", true, true},
        {"abc", "abc", true, true},
        {"abc", "abcd", false, false},
        {"abcd", "abc", false, false},
        {"a*c", "abbbc", true, true},
        {"a*c", "abbbd", false, false},
        {"*a*b*", "xxaxxbxx", true, true},
        {"*a*b*", "xxbxxaxx", false, false},
        {"**b", "aab", true, true},
        {"a?c", "abc", true, true},
        {"a?c", "ac", false, false},
        {"?", "\xC3\xA9", true, true},
        {"??", "\xC3\xA9", false, false},
        {"?", WIDE, true, true},
        {"[abc]x", "bx", true, true},
        {"[abc]x", "dx", false, false},
        {"[!abc]x", "dx", true, true},
        {"[!abc]x", "ax", false, false},
        {"[a-c]x", "bx", true, true},
        {"[a-c]x", "dx", false, false},
        {"[a-]", "-", true, true},
        {"[]a]", "]", true, false}, /* an empty index */
        {"[!]a]", "b", true, true},
        {"[\\]a]", "]", true, true},
        {"[\xC3\xA0-\xC3\xBF]", "\xC3\xA9", true, true},
        {"[abc", "[abc", true, true},
        {"[abc", "a", false, false},
        {"[", "[", true, true},
        {"[!", "[!", true, true},
        {"a\\*c", "a*c", true, true},
        {"a\\*c", "abc", false, false},
        {"a\\", "a\\", true, true},
        {"\\[0]", "[0]", true, true},
        {"pumps[0].id", "pumps[0].id", false, true},
        {"pumps[0].id", "pumps0.id", true, false},
        {"pumps[*].id", "pumps[12].id", false, true},
        {"pumps[*].id", "pumps*.id", true, false},
        {"pumps[1?].*", "pumps[12].id", false, true},
        {"pumps[]", "pumps[]", true, true},
        {"pumps[[]0].id", "pumps[0].id", true, true},
    };
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(table); i++)
        if (text_match(table[i].pattern, table[i].path, false) !=
                table[i].plain ||
            text_match(table[i].pattern, table[i].path, true) !=
                table[i].literal)
            fail_msg("'%s' on '%s'", table[i].pattern, table[i].path);
}

/* A pattern full of stars must not take exponential time. */
static void test_match_is_bounded(void **state)
{
    char pattern[201];
    char path[2001];
    size_t i;

    (void)state;
    for (i = 0; i < 200; i++)
        pattern[i] = i % 2 ? 'a' : '*';
    pattern[199] = 'b';
    pattern[200] = '\0';
    memset(path, 'a', 2000);
    path[2000] = '\0';
    assert_false(text_match(pattern, path, false));
    path[1999] = 'b';
    assert_true(text_match(pattern, path, false));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_byte),
        cmocka_unit_test(test_each_pair),
        cmocka_unit_test(test_unsafe_codes),
        cmocka_unit_test(test_put_and_next),
        cmocka_unit_test(test_clean),
        cmocka_unit_test(test_width),
        cmocka_unit_test(test_fit),
        cmocka_unit_test(test_shorten),
        cmocka_unit_test(test_nearest),
        cmocka_unit_test(test_is_word),
        cmocka_unit_test(test_match),
        cmocka_unit_test(test_match_is_bounded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
