/* SPDX-License-Identifier: MIT */
/* Fuzzes the functions that make text safe for a terminal and for JSON, and the
 * parsers and printers of numbers. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/double_text.h"
#include "base/json.h"
#include "base/number.h"
#include "base/text.h"
#include "base/utf8.h"

static void check_clean(const struct buf *clean)
{
    struct buf again = {0};
    size_t columns = 0;
    size_t at = 0;
    int marks = 2; /* a base character must come first */

    while (at < clean->len) {
        uint32_t code;

        at += utf8_next(clean->data + at, clean->len - at, &code);
        CHECK(utf8_is_safe(code));
        marks = utf8_width(code) == 0 ? marks + 1 : 0;
        CHECK(marks <= 2);
        columns += (size_t)utf8_width(code);
    }
    CHECK(columns == text_columns(clean->data, clean->len));
    buf_puts(&again, "");
    text_clean(&again, clean->data, clean->len);
    CHECK(again.len == clean->len);
    CHECK(memcmp(again.data, clean->data, clean->len) == 0);
    buf_free(&again);
}

static void check_cuts(const struct buf *clean)
{
    size_t whole = text_columns(clean->data, clean->len);
    struct buf cut = {0};
    size_t columns;

    for (columns = 0; columns < 12; columns++) {
        size_t fits = text_fit(clean->data, clean->len, columns);

        CHECK(text_columns(clean->data, fits) <= columns);
        CHECK(fits == clean->len || whole > columns);
        buf_clear(&cut);
        buf_puts(&cut, "");
        text_shorten(&cut, clean->data, clean->len, columns, "\xE2\x80\xA6");
        CHECK(text_columns(cut.data, cut.len) <= columns);
        CHECK(whole > columns || cut.len == clean->len);
        check_clean(&cut);
    }
    buf_free(&cut);
}

static void check_json(const struct buf *clean)
{
    struct buf json = {0};
    size_t i;

    json_put_string(&json, clean->data, clean->len);
    CHECK(json.len >= 2 && json.data[0] == '"');
    for (i = 1; json.data[i] != '"'; i++) {
        CHECK((unsigned char)json.data[i] >= 0x20);
        i += json.data[i] == '\\';
    }
    CHECK(i == json.len - 1);
    buf_free(&json);
}

static void check_numbers(const char *text)
{
    struct buf out = {0};
    uint64_t u64;
    int64_t i64;
    double number;
    double back;

    if (number_parse_u64(text, &u64)) {
        buf_put_u64(&out, u64);
        CHECK(strtoull(out.data, NULL, 10) == u64);
        CHECK(strlen(text) > 63 || number_parse_size(text, &u64));
    }
    if (number_parse_i64(text, &i64)) {
        buf_clear(&out);
        buf_put_i64(&out, i64);
        CHECK(strtoll(out.data, NULL, 10) == i64);
    }
    if (number_parse_double(text, &number)) {
        CHECK(isfinite(number));
        buf_clear(&out);
        double_put_shortest(&out, number);
        CHECK(number_parse_double(out.data, &back) && back == number);
    }
    if (number_parse_period(text, &i64))
        CHECK(i64 > 0);
    buf_free(&out);
}

static void check_bits(const uint8_t *data)
{
    struct buf out = {0};
    double number;
    double back;
    float f32;

    memcpy(&number, data, sizeof number);
    memcpy(&f32, data, sizeof f32);
    if (isfinite(number)) {
        double_put_shortest(&out, number);
        CHECK(number_parse_double(out.data, &back) && back == number);
    }
    if (isfinite(f32)) {
        buf_clear(&out);
        double_put_shortest_f32(&out, f32);
        CHECK(strtof(out.data, NULL) == f32);
    }
    buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *const words[] = {"offset", "type", "label",
                                 "\xC3\xA9t\xC3\xA9"};
    struct buf clean = {0};
    struct buf text = {0};
    size_t half = size < 200 ? size / 2 : 100;

    buf_puts(&clean, "");
    text_clean(&clean, (const char *)data, size);
    check_clean(&clean);
    check_cuts(&clean);
    check_json(&clean);
    buf_add(&text, data, size < 1000 ? size : 1000);
    check_numbers(text.data);
    text_nearest(text.data, words, sizeof words / sizeof words[0]);
    /* The first half is a pattern for the second. */
    if (size > 0) {
        text.data[half] = '\0';
        text_match(text.data, text.data + half + 1, size & 1);
        CHECK(text_match("*", text.data, false));
    }
    if (size >= 8)
        check_bits(data);
    buf_free(&clean);
    buf_free(&text);
    return 0;
}
