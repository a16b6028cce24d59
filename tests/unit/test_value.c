/* SPDX-License-Identifier: MIT */
/*
 * Values: every kind and width decoded, encoded, printed and parsed.
 */
#include "layout_rig.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "base/text.h"
#include "layout/value.h"
#include "layout/value_parse.h"
#include "layout/value_string.h"
#include "layout/value_text.h"

static bool same(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0 || (isnan(a) && isnan(b));
}

/* --- decode ------------------------------------------------------------- */

static void test_decode(void **state)
{
    (void)state;
    static const uint8_t bytes[] = {0x81, 0x02, 0x83, 0x04,
                                    0x85, 0x06, 0x87, 0xf8};
    static const struct {
        const char *line;
        enum value_type type;
        int64_t want;
    } cases[] = {
        {"i8 @0", VALUE_INT, -127},
        {"u8 @0", VALUE_UINT, 0x81},
        {"i16 @0", VALUE_INT, 0x0281},
        {"i16be @0", VALUE_INT, (int16_t)0x8102},
        {"u16be @0", VALUE_UINT, 0x8102},
        {"u32 @0", VALUE_UINT, 0x04830281},
        {"u32be @0", VALUE_UINT, 0x81028304},
        {"i32be @0", VALUE_INT, (int32_t)0x81028304},
        {"i64 @0", VALUE_INT, (int64_t)0xf887068504830281},
        {"u64be @0", VALUE_UINT, (int64_t)0x81028304850687f8},
        {"u8 @0 bits=7", VALUE_UINT, 1},
        {"u8 @0 bits=1..6", VALUE_UINT, 0},
        {"i8 @0 bits=7", VALUE_INT, -1},
        {"u16be @0 bits=8..15", VALUE_UINT, 0x81},
        {"u16be @0 bits=0..3", VALUE_UINT, 2},
        {"i16be @0 bits=8..15", VALUE_INT, -127},
        {"i32 @0 bits=16..23", VALUE_INT, -125},
        {"u64 @0 bits=0..63", VALUE_UINT, (int64_t)0xf887068504830281},
        {"u64 @0 bits=60..63", VALUE_UINT, 0xf},
        {"i64be @0 bits=0..7", VALUE_INT, -8},
        {"bool @0", VALUE_UINT, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct layout *layout = rig_field(cases[i].line);
        struct value value;
        value_decode(&layout->fields[0], bytes, &value);
        assert_int_equal(value.type, cases[i].type);
        if (value.i != cases[i].want)
            fail_msg("%s: %lld", cases[i].line, (long long)value.i);
        layout_free(layout);
    }
}

static uint64_t next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

/* decode, encode under the mask and decode again, at any alignment. */
static void check_round(const struct field *field, uint64_t *seed)
{
    /* Exactly as long as the field, so that the sanitizer sees a byte more. */
    uint8_t *bytes = malloc(field->size);
    uint8_t *stored = malloc(field->size);
    uint8_t *mask = malloc(field->size);
    uint8_t *other = malloc(field->size);
    assert_true(bytes && stored && mask && other);
    for (uint32_t i = 0; i < field->size; i++) {
        bytes[i] = (uint8_t)next_random(seed);
        other[i] = (uint8_t)next_random(seed);
    }
    struct value value;
    struct value again;
    value_decode(field, bytes, &value);
    assert_true(value_encode(field, &value, stored, mask));
    for (uint32_t i = 0; i < field->size; i++) {
        assert_int_equal(stored[i] & ~mask[i] & 0xff, 0);
        if (field->kind == KIND_INT || field->kind == KIND_UINT)
            assert_int_equal(stored[i], bytes[i] & mask[i]);
        other[i] = (uint8_t)((other[i] & ~mask[i]) | stored[i]);
    }
    value_decode(field, other, &again);
    assert_int_equal(again.type, value.type);
    if (value.type == VALUE_BYTES)
        assert_memory_equal(again.bytes, value.bytes, field->size);
    else if (value.type == VALUE_REAL)
        assert_true(same(again.real, value.real));
    else
        assert_true(again.u == value.u);
    free(bytes);
    free(stored);
    free(mask);
    free(other);
}

static void test_round_trip(void **state)
{
    (void)state;
    static const struct attributes attr = {.scale = 1, .precision = -1};
    uint64_t seed = UINT64_C(0x9e3779b97f4a7c15);
    struct field field = {.attr = &attr, .base = FIELD_NO_BASE};
    for (int order = ORDER_LITTLE; order <= ORDER_BIG; order++) {
        field.order = (uint8_t)order;
        for (int kind = KIND_INT; kind <= KIND_UINT; kind++) {
            field.kind = (uint8_t)kind;
            for (uint32_t size = 1; size <= 8; size *= 2) {
                field.size = size;
                field.shift = 0;
                field.width = 0;
                check_round(&field, &seed);
                for (uint32_t low = 0; low < size * 8; low++) {
                    for (uint32_t high = low; high < size * 8; high++) {
                        field.shift = (uint8_t)low;
                        field.width = (uint8_t)(high - low + 1);
                        check_round(&field, &seed);
                    }
                }
            }
        }
        field.shift = 0;
        field.width = 0;
        static const struct {
            enum kind kind;
            uint32_t size;
        } others[] = {{KIND_FLOAT, 4}, {KIND_FLOAT, 8}, {KIND_BOOL, 1},
                      {KIND_CHAR, 7},  {KIND_UTF16, 6}, {KIND_UTF32, 12},
                      {KIND_BYTES, 5}, {KIND_GUID, 16}};
        for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
            field.kind = (uint8_t)others[i].kind;
            field.size = others[i].size;
            for (int turn = 0; turn < 200; turn++)
                check_round(&field, &seed);
        }
    }
}

static void test_encode_range(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        struct value value;
        bool ok;
    } cases[] = {
        {"u8 @0", {VALUE_UINT, {.u = 255}}, true},
        {"u8 @0", {VALUE_UINT, {.u = 256}}, false},
        {"u8 @0", {VALUE_INT, {.i = 255}}, true},
        {"u8 @0", {VALUE_INT, {.i = -1}}, false},
        {"i8 @0", {VALUE_INT, {.i = -128}}, true},
        {"i8 @0", {VALUE_INT, {.i = -129}}, false},
        {"i8 @0", {VALUE_INT, {.i = 128}}, false},
        {"i8 @0", {VALUE_UINT, {.u = 127}}, true},
        {"i64 @0", {VALUE_UINT, {.u = UINT64_MAX}}, false},
        {"i64 @0", {VALUE_INT, {.i = INT64_MIN}}, true},
        {"u64 @0", {VALUE_UINT, {.u = UINT64_MAX}}, true},
        {"u8 @0 bits=2..3", {VALUE_UINT, {.u = 3}}, true},
        {"u8 @0 bits=2..3", {VALUE_UINT, {.u = 4}}, false},
        {"i8 @0 bits=2..3", {VALUE_INT, {.i = -2}}, true},
        {"i8 @0 bits=2..3", {VALUE_INT, {.i = 2}}, false},
        {"bool @0", {VALUE_UINT, {.u = 1}}, true},
        {"bool @0", {VALUE_UINT, {.u = 2}}, false},
        {"u8 @0", {VALUE_REAL, {.real = 1}}, false},
        {"u8 @0", {VALUE_NONE, {.u = 1}}, false},
        {"f32 @0", {VALUE_REAL, {.real = 1e39}}, false},
        {"f32 @0", {VALUE_REAL, {.real = (double)FLT_MAX}}, true},
        {"f32 @0", {VALUE_REAL, {.real = -INFINITY}}, true},
        {"f32 @0", {VALUE_REAL, {.real = NAN}}, true},
        {"f64 @0", {VALUE_INT, {.i = -5}}, true},
        {"f64 @0", {VALUE_NONE, {.i = 0}}, false},
        {"char[4] @0", {VALUE_UINT, {.u = 1}}, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct layout *layout = rig_field(cases[i].line);
        uint8_t bytes[8];
        uint8_t mask[8];
        bool ok =
            value_encode(&layout->fields[0], &cases[i].value, bytes, mask);
        if (ok != cases[i].ok)
            fail_msg("case %zu: %s", i, cases[i].line);
        layout_free(layout);
    }
}

/* --- text --------------------------------------------------------------- */

struct text_case {
    const char *line;
    const char *hex; /* the stored bytes */
    const char *want;
};

static void check_text(const struct text_case *test, enum show show,
                       bool group_digits)
{
    struct layout *layout = rig_field(test->line);
    const struct field *field = &layout->fields[0];
    uint8_t *bytes = mem_zalloc(1, field->size);
    for (uint32_t i = 0; i < field->size && test->hex[2 * i]; i++) {
        char pair[3] = {test->hex[2 * i], test->hex[2 * i + 1], 0};
        bytes[i] = (uint8_t)strtoul(pair, NULL, 16);
    }
    struct value value;
    struct buf out = {0};
    value_decode(field, bytes, &value);
    buf_puts(&out, "");
    value_put_text(&out, field, &value, show, group_digits);
    if (strcmp(out.data ? out.data : "", test->want) != 0) {
        fail_msg("%s of %s: got '%s', not '%s'", test->line, test->hex,
                 out.data, test->want);
    }
    buf_free(&out);
    free(bytes);
    layout_free(layout);
}

static const struct text_case text_cases[] = {
    {"i8 @0", "ff", "-1"},
    {"u64 @0", "ffffffffffffffff", "18446744073709551615"},
    {"i64 @0", "0000000000000080", "-9223372036854775808"},
    {"bool @0", "00", "false"},
    {"bool @0", "02", "true"},
    {"f32 @0", "cdcccc3d", "0.1"},
    {"f64 @0", "9a9999999999b93f", "0.1"},
    {"f64be @0", "7ff8000000000000", "nan"},
    {"f64be @0", "7ff0000000000000", "inf"},
    {"f32be @0", "ff800000", "-inf"},
    {"f32 @0 precision=2", "cdcccc3d", "0.10"},
    {"f64be @0 precision=1", "7ff8000000000000", "nan"},
    {"i16 @0 scale=0.1", "0300", "0.3"},
    {"i16 @0 scale=0.1 bias=-40", "9001", "0.0"},
    {"u8 @0 scale=2 bias=1", "05", "11"},
    {"u8 @0 scale=1e-3", "05", "0.005"},
    {"u16 @0 show=hex", "0f00", "0x000f"},
    {"i16 @0 show=hex", "ffff", "0xffff"},
    {"u8 @0 bits=0..2 show=hex", "ff", "0x7"},
    {"u16be @0 show=bin", "0005", "0b0000000000000101"},
    {"i8 @0 show=oct", "ff", "0o377"},
    {"u8 @0 show=char", "41", "'A'"},
    {"u8 @0 show=char", "00", "'\\x00'"},
    {"u8 @0 show=char", "1b", "'\\x1b'"},
    {"u32 @0 show=char", "48574953", "'HWIS'"},
    {"u32be @0 show=char", "48574953", "'HWIS'"},
    {"u32 @0 show=bytes", "01020aff", "01 02 0a ff"},
    {"u32 @0 show=ipv4", "0a000001", "10.0.0.1"},
    {"u32be @0 show=ipv4", "0a000001", "10.0.0.1"},
    {"f32 @0 show=hex", "cdcccc3d", "0x3dcccccd"},
    {"u8 @0 enum=mode", "01", "Auto"},
    {"u8 @0 enum=mode", "05", "Service"},
    {"u8 @0 enum=mode", "08", "Unknown (8)"},
    {"u8 @0 enum=mode show=hex", "08", "Unknown (0x08)"},
    {"u8 @0 enum=bare", "09", "9"},
    {"i8 @0 enum=sign", "fe", "Minus"},
    {"i8 @0 enum=sign", "fa", "-6"},
    {"i8 @0 enum=sign", "01", "1"},
    {"u8 @0 flags=bits", "00", "-"},
    {"u8 @0 flags=bits", "01", "low_oil"},
    {"u8 @0 flags=bits", "b3", "low_oil|overheat|zone=3|test_mode"},
    {"u8 @0 flags=bits", "0c", "0xc"},
    {"u16 @0 flags=bits", "0180", "low_oil|0x8000"},
    {"i8 @0 flags=bits", "80", "test_mode"},
    {"u32 @0 show=si", "0c300000", "12.3 k"},
    {"u32 @0 show=si", "e7030000", "999"},
    {"u32 @0 show=si", "e8030000", "1.0 k"},
    {"u32 @0 show=si precision=0", "3f420f00", "1 M"},
    {"u64 @0 show=si", "ffffffffffffffff", "18.4 E"},
    {"i32 @0 show=si", "20d1ffff", "-12.0 k"},
    {"f64be @0 show=si", "3f947ae147ae147b", "20.0 m"},
    {"f64be @0 show=si", "7ff0000000000000", "inf"},
    {"u32 @0 show=si", "00000000", "0"},
    {"u32 @0 show=iec", "00100000", "4.0 Ki"},
    {"u32 @0 show=iec", "ff030000", "1023"},
    {"u64 @0 show=iec precision=2", "0000000000000100", "256.00 Ti"},
    {"u32 @0 show=duration", "8b6f0100", "1d 02:08:11"},
    {"f64be @0 show=duration", "4056480000000000", "00:01:29.1"},
    {"i32 @0 show=duration", "ffffffff", "-00:00:01"},
    {"u32 @0 show=duration scale=0.001 precision=3", "e1ef0000",
     "00:01:01.409"},
    {"f64be @0 show=duration", "404dfae147ae147b", "00:01:00.0"},
    {"u32 @0 show=unix", "00000000", "1970-01-01T00:00:00Z"},
    {"i32 @0 show=unix", "ffffffff", "1969-12-31T23:59:59Z"},
    {"u32 @0 show=unix", "80055765", "2023-11-17T06:17:36Z"},
    {"i64 @0 show=unix_ms", "ffffffffffffffff", "1969-12-31T23:59:59.999Z"},
    {"u64 @0 show=unix_us", "40420f0000000000", "1970-01-01T00:00:01.000000Z"},
    {"u64 @0 show=unix_ns", "0100000000000000",
     "1970-01-01T00:00:00.000000001Z"},
    {"u64 @0 show=unix", "ffffffffffffffff", "18446744073709551615"},
    {"i64 @0 show=unix", "ffffffffffffff7f", "9223372036854775807"},
    {"i64be @0 show=unix", "0000003afff4417f", "9999-12-31T23:59:59Z"},
    {"i64be @0 show=unix", "0000003afff44180", "253402300800"},
    {"u64 @0 show=filetime", "0000000000000000",
     "1601-01-01T00:00:00.0000000Z"},
    {"u64be @0 show=filetime", "019db1ded53e8000",
     "1970-01-01T00:00:00.0000000Z"},
    {"u64be @0 show=filetime precision=0", "019db1ded53e8000",
     "1970-01-01T00:00:00Z"},
    {"u64be @0 show=dotnet", "089f7ff5f7b58000",
     "1970-01-01T00:00:00.0000000Z"},
    {"u64be @0 show=dotnet", "489f7ff5f7b58000",
     "1970-01-01T00:00:00.0000000Z"},
    {"i64 @0 show=dotnet", "0000000000000000", "0001-01-01T00:00:00.0000000Z"},
    {"f64be @0 show=unix", "3fe0000000000000", "1970-01-01T00:00:00.500Z"},
    {"f64be @0 show=unix", "7ff8000000000000", "nan"},
    {"bytes[4] @0", "deadbeef", "de ad be ef"},
    {"char[4] @0", "61626364", "abcd"},
    {"char[4] @0", "61006364", "a"},
    {"char[4] @0", "00626364", ""},
    {"char[4] @0", "1b5b324a", "\xef\xbf\xbd[2J"},
    {"char[4] @0", "c3a9ff00", "\xc3\xa9\xef\xbf\xbd"},
    {"char[4] @0 show=bytes", "61006364", "61 00 63 64"},
    {"char[4] @0 encoding=latin1", "e9859b41",
     "\xc3\xa9\xef\xbf\xbd\xef\xbf\xbd"
     "A"},
    {"utf16[4] @0", "610062000000ffff", "ab"},
    {"utf16be[2] @0", "00610062", "ab"},
    {"utf16[2] @0", "3dd800de", "\xf0\x9f\x98\x80"},
    {"utf16be[2] @0", "d83dde00", "\xf0\x9f\x98\x80"},
    {"utf16be[3] @0", "d83d0041de00",
     "\xef\xbf\xbd"
     "A\xef\xbf\xbd"},
    {"utf16be[1] @0", "d83d", "\xef\xbf\xbd"},
    {"utf16be[2] @0", "202e0041",
     "\xef\xbf\xbd"
     "A"},
    {"utf32[2] @0", "00f6010041000000",
     "\xf0\x9f\x98\x80"
     "A"},
    {"utf32be[2] @0", "0011000000000041",
     "\xef\xbf\xbd"
     "A"},
    {"guid @0", "33221100554477668899aabbccddeeff",
     "00112233-4455-6677-8899-aabbccddeeff"},
    {"guidbe @0", "00112233445566778899aabbccddeeff",
     "00112233-4455-6677-8899-aabbccddeeff"},
};

static void test_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof text_cases / sizeof text_cases[0]; i++)
        check_text(&text_cases[i], SHOW_DEFAULT, false);
}

static void test_override(void **state)
{
    (void)state;
    static const struct {
        struct text_case test;
        enum show show;
    } cases[] = {
        {{"u8 @0 enum=mode", "01", "1"}, SHOW_DEC},
        {{"u8 @0 flags=bits", "03", "0x03"}, SHOW_HEX},
        {{"bool @0", "01", "1"}, SHOW_DEC},
        {{"bool @0", "01", "0x01"}, SHOW_HEX},
        {{"f64be @0", "3ff0000000000000", "0x3ff0000000000000"}, SHOW_HEX},
        {{"char[2] @0", "6162", "61 62"}, SHOW_HEX},
        {{"char[2] @0", "6162", "ab"}, SHOW_DEC},
        {{"u64 @0", "0100000000000000", "1"}, SHOW_CHAR},
        {{"u8 @0", "01", "1"}, SHOW_IPV4},
        {{"i16 @0 scale=0.1", "0a00", "0x000a"}, SHOW_HEX},
        {{"u32 @0 show=hex", "0a000000", "10"}, SHOW_DEC},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check_text(&cases[i].test, cases[i].show, false);
}

static void test_grouping(void **state)
{
    (void)state;
    static const struct text_case cases[] = {
        {"u32 @0", "0f270000", "9999"},
        {"u32 @0", "10270000", "10 000"},
        {"i32 @0", "f0d8ffff", "-10 000"},
        {"u32 @0", "40420f00", "1 000 000"},
        {"u64 @0", "ffffffffffffffff", "18 446 744 073 709 551 615"},
        {"f64be @0", "40f86a0000000000", "100 000"},
        {"f64be @0 precision=2", "c0f86a0000000000", "-100 000.00"},
        {"f64be @0", "7ff0000000000000", "inf"},
        {"u32 @0 show=hex", "40420f00", "0x000f4240"},
        {"u32 @0 enum=mode", "40420f00", "Unknown (1 000 000)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check_text(&cases[i], SHOW_DEFAULT, true);
}

/* Real numbers without `precision`. */
static void test_digits(void **state)
{
    (void)state;
    static const struct text_case cases[] = {
        {"f32be @0", "3dcccccd", "0.1"},
        {"f32be @0", "3eaaaaab", "0.3333333"},
        {"f32be @0", "4b800000", "16777216"},
        {"f32be @0", "7f7fffff", "3.402823e38"},
        {"f32be @0", "00000001", "1e-45"},
        {"f32be @0 scale=2", "3dcccccd", "0.2"},
        {"f64be @0", "3fb999999999999a", "0.1"},
        {"f64be @0", "3fcd3c97e2a3d70a", "0.2284116608"},
        {"f64be @0", "3e9d7c0f1a2b3c4d", "4.393548584e-7"},
        {"f64be @0", "4273c00d56d6f75f", "1357223652719"},
        {"f64be @0", "408f3ffffffffffd", "1000"},
        {"f64be @0", "8000000000000000", "-0"},
        {"u8 @0 scale=0.1", "03", "0.3"},
        {"i32 @0 scale=0.001 bias=0.5", "01000000", "0.501"},
        {"u8 @0 scale=0.3333333333333333", "01", "0.3333333333"},
        {"u64 @0 scale=0.5", "ffffffffff030000", "2199023255551.5"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check_text(&cases[i], SHOW_DEFAULT, false);
}

struct statistic {
    const char *line;
    double number;
    const char *want;
};

/* A lowest value or a mean looks like the values. */
static void test_statistics(void **state)
{
    (void)state;
    static const struct statistic rows[] = {
        {"u32 @0", 0, "0"},
        {"u32 @0", 2382676317, "2 382 676 317"},
        {"u64 @0", 0x1p64, "18 446 744 073 709 551 615"},
        {"i64 @0", -0x1p63, "-9 223 372 036 854 775 808"},
        {"u8 @0", 12.34567, "12.35"},
        {"u8 @0", 0.04321987, "0.04322"},
        {"u64 @0", 2382676317.25, "2 382 676 317"},
        {"u8 @0 show=hex", 10, "0x0a"},
        {"u8 @0 show=hex", 10.5, "10.5"},
        {"f64 @0", 4.39351770797788e-7, "4.393517708e-7"},
        {"f64 @0", 1357212390313.4607, "1 357 212 390 313"},
        {"f64 @0 precision=2", 1357212390313.4607, "1 357 212 390 313.46"},
        {"f32 @0", 0.1f, "0.1"},
        {"u8 @0 scale=0.1", 78.4333333, "78.4"},
        {"u8 @0 scale=0.1", 3 * 0.1, "0.3"},
        {"u8 @0 scale=0.1 precision=2", 12.34, "12.34"},
        {"u64 @0 show=iec", 3221225472, "3.0 Gi"},
        {"u64 @0 show=si", 2100000.5, "2.1 M"},
        {"u32 @0 show=duration", 93784, "1d 02:03:04"},
        {"u32 @0 show=duration", 61.4, "00:01:01"},
        {"f64 @0 show=duration", 61.4, "00:01:01.4"},
        {"u32 @0 show=unix", 1700000000, "2023-11-14T22:13:20Z"},
        {"bool @0", 0.25, "0.25"},
        {"u8 @0 enum=mode", 1, "1"},
        {"f64 @0", NAN, ""},
        {"f64 @0", INFINITY, "inf"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct layout *layout = rig_field(rows[i].line);
        struct buf out = {0};
        buf_puts(&out, "");
        value_put_number_text(&out, &layout->fields[0], rows[i].number, true);
        if (strcmp(out.data, rows[i].want) != 0)
            fail_msg("%s, %.17g: got '%s', not '%s'", rows[i].line,
                     rows[i].number, out.data, rows[i].want);
        buf_free(&out);
        layout_free(layout);
    }
}

static void test_differences(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        uint64_t before, after; /* the stored bytes */
        const char *want;
    } rows[] = {
        {"u32 @0", 5, 5, "0"},
        {"u32 @0", 5, 7, "+2"},
        {"u32 @0", 70000, 5, "-69 995"},
        {"i8 @0", 5, 0xfb, "-10"},
        {"u64 @0", UINT64_MAX, UINT64_MAX - 1, "-1"},
        {"u64 @0", 0, UINT64_MAX, "+18 446 744 073 709 551 615"},
        {"i64 @0", UINT64_C(1) << 63, INT64_MAX, "+18 446 744 073 709 551 615"},
        {"i64 @0", INT64_MAX, INT64_MAX - 1, "-1"},
        {"u8 @0 show=hex", 16, 32, "+16"},
        {"u8 @0 scale=0.1", 3, 1, "-0.2"},
        {"u8 @0 scale=-2 bias=5", 3, 1, "+4"},
        {"f32 @0", 0x41433333, 0x4144cccd, "+0.1"}, /* 12.2, 12.3 */
        {"f32 @0 precision=2", 0x41433333, 0x4144cccd, "+0.10"},
        {"f32 @0 precision=0", 0x4144cccd, 0x41433333, "0"},
        {"f32 @0", 0x7f800000, 0x41433333, "-inf"},
        {"f32 @0", 0x7f800000, 0x7f800000, ""},
        {"f32 @0", 0x7fc00000, 0x41433333, ""},
        {"f64 @0", 0, 0, "0"},
        {"f64 @0", 0, UINT64_C(0x3ddb7cdfd9d7bdbb), "+1e-10"},
        {"u64 @0 show=iec", 0, 3221225472, "+3.0 Gi"},
        {"u32 @0 show=duration", 93784, 0, "-1d 02:03:04"},
        {"u32 @0 show=unix", 1700000000, 1700000061, "+00:01:01"},
        {"u64 @0 show=unix_ms", 1700000000900, 1700000000200, "-00:00:00.700"},
        {"u64 @0 show=unix_ms", 1700000000900, 1700000000900, "00:00:00.000"},
        {"u32 @0 show=ipv4", 1, 2, ""},
        {"u32 @0 show=char", 1, 2, ""},
        {"bool @0", 0, 1, ""},
        {"u8 @0 enum=mode", 0, 1, ""},
        {"char[4] @0", 0x41, 0x42, ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct layout *layout = rig_field(rows[i].line);
        const struct field *field = &layout->fields[0];
        struct value before, after, none = {.type = VALUE_NONE};
        struct buf out = {0};
        value_decode(field, (const uint8_t *)&rows[i].before, &before);
        value_decode(field, (const uint8_t *)&rows[i].after, &after);
        buf_puts(&out, "");
        value_put_difference(&out, field, &before, &none);
        value_put_difference(&out, field, &none, &after);
        value_put_difference(&out, field, &before, &after);
        if (strcmp(out.data, rows[i].want) != 0)
            fail_msg("%zu, %s: got '%s', not '%s'", i, rows[i].line, out.data,
                     rows[i].want);
        buf_free(&out);
        layout_free(layout);
    }
}

static void test_none(void **state)
{
    (void)state;
    struct layout *layout = rig_field("u8 @0 enum=mode");
    struct value value = {.type = VALUE_NONE};
    struct buf out = {0};
    value_put_text(&out, &layout->fields[0], &value, SHOW_HEX, true);
    value_put_string(&out, &layout->fields[0], &value);
    value_put_guid(&out, &layout->fields[0], &value);
    assert_int_equal(out.len, 0);
    assert_true(isnan(value_number(&layout->fields[0], &value)));
    assert_null(value_enum_label(&layout->fields[0], &value));
    layout_free(layout);
}

/* Whatever the bytes, text is clean: cleaning it again changes nothing. */
static void test_hostile(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "char[64] @0",  "char[64] @0 encoding=latin1",
        "utf16[32] @0", "utf16be[32] @0",
        "utf32[16] @0", "u32 @0 show=char",
        "guid @0"};
    uint64_t seed = 42;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct layout *layout = rig_field(lines[i]);
        for (int turn = 0; turn < 500; turn++) {
            uint8_t bytes[64];
            for (size_t b = 0; b < sizeof bytes; b++) {
                bytes[b] =
                    (uint8_t)(turn < 256 && b == 8 ? (uint64_t)turn
                                                   : next_random(&seed) | 1);
            }
            struct value value;
            struct buf out = {0};
            struct buf clean = {0};
            value_decode(&layout->fields[0], bytes, &value);
            value_put_text(&out, &layout->fields[0], &value, SHOW_DEFAULT,
                           true);
            text_clean(&clean, out.data, out.len);
            assert_string_equal(clean.data, out.data);
            buf_free(&out);
            buf_free(&clean);
        }
        layout_free(layout);
    }
}

/* --- numbers ------------------------------------------------------------ */

static void test_number(void **state)
{
    (void)state;
    struct layout *layout = rig_field("i16 @0 scale=0.5 bias=3");
    struct value value = {VALUE_INT, {.i = -8}};
    assert_true(same(value_number(&layout->fields[0], &value), -1));
    assert_true(field_is_numeric(&layout->fields[0]));
    assert_int_equal(field_wrap_bits(&layout->fields[0]), 16);
    layout_free(layout);
    static const struct {
        const char *line;
        bool numeric;
        unsigned wrap;
    } cases[] = {
        {"u64 @0", true, 64},     {"u8 @0 bits=1..3", true, 3},
        {"f32 @0", true, 0},      {"bool @0", true, 0},
        {"char[2] @0", false, 0}, {"bytes[2] @0", false, 0},
        {"guid @0", false, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        layout = rig_field(cases[i].line);
        assert_int_equal(field_is_numeric(&layout->fields[0]),
                         cases[i].numeric);
        assert_int_equal(field_wrap_bits(&layout->fields[0]), cases[i].wrap);
        layout_free(layout);
    }
}

static void test_many_labels(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_puts(&text, "[fields]\na = i32 @0 enum=e\n[enum e]\n");
    for (int i = 999; i >= -1000; i--)
        buf_printf(&text, "%d..%d = L%d\n", i * 10, i * 10 + 4, i);
    struct layout *layout = rig_layout(text.data);
    for (int i = -11000; i < 11000; i++) {
        struct value value = {VALUE_INT, {.i = i}};
        const char *label = value_enum_label(&layout->fields[0], &value);
        int row = (i + 11000) / 10 - 1100;
        bool inside = row >= -1000 && row <= 999 && i - row * 10 < 5;
        assert_int_equal(label != NULL, inside);
        if (label)
            assert_int_equal(atoi(label + 1), row);
    }
    layout_free(layout);
    buf_free(&text);
}

/* --- parse -------------------------------------------------------------- */

static void test_parse(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        const char *text;
        const char *hex; /* what is stored; NULL: refused */
    } cases[] = {
        {"u8 @0", "255", "ff"},
        {"u8 @0", "0xff", "ff"},
        {"u8 @0", "0b101", "05"},
        {"u8 @0", "256", NULL},
        {"u8 @0", "-1", NULL},
        {"u8 @0", "", NULL},
        {"u8 @0", "x", NULL},
        {"u8 @0", "1x", NULL},
        {"u8 @0", "2.0", "02"},
        {"u8 @0", "2.5", NULL},
        {"u8 @0", "nan", NULL},
        {"u8 @0", "1e400", NULL},
        {"i8 @0", "-128", "80"},
        {"i8 @0", "128", NULL},
        {"i16be @0", "-2", "fffe"},
        {"u64 @0", "18446744073709551615", "ffffffffffffffff"},
        {"u64 @0", "18446744073709551616", NULL},
        {"i64 @0", "-9223372036854775808", "0000000000000080"},
        {"i64 @0", "9223372036854775808", NULL},
        {"u8 @0 bits=0..3", "15", "0f"},
        {"u8 @0 bits=0..3", "16", NULL},
        {"i8 @0 bits=4..7", "-1", "f0"},
        {"bool @0", "true", "01"},
        {"bool @0", "0", "00"},
        {"bool @0", "yes", NULL},
        {"f32be @0", "1.5", "3fc00000"},
        {"f32be @0", "-inf", "ff800000"},
        {"f32be @0", "1e39", NULL},
        {"f64be @0", "nan", "7ff8000000000000"},
        {"i16 @0 scale=0.1", "12.3", "7b00"},
        {"i16 @0 scale=0.1 bias=-40", "-40", "0000"},
        {"i16 @0 scale=0.1", "4000", NULL},
        {"i16 @0 scale=0.1", "abc", NULL},
        {"f32be @0 scale=2", "3", "3fc00000"},
        {"u64 @0 scale=0.5", "9e18", "000008c5a1d8ccf9"},
        {"u8 @0 enum=mode", "Auto", "01"},
        {"u8 @0 enum=mode", "Service", "02"},
        {"u8 @0 enum=mode", "7", "07"},
        {"u8 @0 enum=mode", "auto", NULL},
        {"i8 @0 enum=sign", "Minus", "fb"},
        {"i8 @0 enum=sign", "-3", "fd"},
        {"u8 @0 flags=bits", "low_oil|zone=3", "31"},
        {"u8 @0 flags=bits", " overheat | 0x80 ", "82"},
        {"u8 @0 flags=bits", "-", "00"},
        {"u8 @0 flags=bits", "zone=8", NULL},
        {"u8 @0 flags=bits", "zone", "10"},
        {"u8 @0 flags=bits", "low_oil|", NULL},
        {"u8 @0 flags=bits", "lowoil", NULL},
        {"u8 @0 flags=bits", "0x100", NULL},
        {"i8 @0 flags=bits", "test_mode", "80"},
        {"u32 @0 show=ipv4", "10.0.0.1", "0a000001"},
        {"u32be @0 show=ipv4", "10.0.0.1", "0a000001"},
        {"u32 @0 show=ipv4", "10.0.0.256", NULL},
        {"u32 @0 show=ipv4", "10.0.0", NULL},
        {"u32 @0 show=char", "'RIFF'", "52494646"},
        {"u32 @0 show=char", "'RIF'", NULL},
        {"u32 @0 show=char", "RIFF", "52494646"},
        {"u32be @0 show=char", "RIFF", "52494646"},
        {"u32 @0 show=char", "1234", "d2040000"},
        {"u32 @0 show=char", "'1234'", "31323334"},
        {"u16 @0 show=char", "'\\x00A'", "0041"},
        {"u16 @0 show=char", "'\\x0A'", NULL},
        {"u32 @0 show=char", "RIF", NULL},
        {"u32 @0 show=bytes", "01 02 0a ff", "01020aff"},
        {"u8 @0 show=bytes", "10", "10"},
        {"char[2] @0 show=bytes", "61 00", "6100"},
        {"char[2] @0 show=bytes", "ab", "6162"},
        {"i16 @0 show=hex", "0xffff", "ffff"},
        {"i16 @0 show=hex", "0x10000", NULL},
        {"f32be @0 show=hex", "0x3dcccccd", "3dcccccd"},
        {"f32be @0 show=hex", "1.5", "3fc00000"},
        {"i16 @0 scale=0.1 show=hex", "0x000a", "0a00"},
        {"u32 @0", "1 000 000", "40420f00"},
        {"i32 @0", "-10 000", "f0d8ffff"},
        {"u32 @0", "1 00 000", NULL},
        {"u32 @0", "1 0000", NULL},
        {"u8 @0 enum=mode", "Unknown (8)", "08"},
        {"u8 @0 enum=mode", "Unknown (300)", NULL},
        {"u32 @0 show=duration", "00:01:30", "5a000000"},
        {"u32 @0 show=duration", "1:30", "5a000000"},
        {"u32 @0 show=duration", "1d 02:08:11", "8b6f0100"},
        {"u32 @0 show=duration", "1d", "80510100"},
        {"u32 @0 show=duration", "1d02:08:11", "8b6f0100"},
        {"u32 @0 show=duration", "90", "5a000000"},
        {"u32 @0 show=duration", "1:60", NULL},
        {"u32 @0 show=duration", "1:60:00", NULL},
        {"u32 @0 show=duration", "1d 24:00:00", NULL},
        {"u32 @0 show=duration", "1d 5", NULL},
        {"u32 @0 show=duration", "1:2:3:4", NULL},
        {"u32 @0 show=duration", "1:", NULL},
        {"u32 @0 show=duration", ":30", NULL},
        {"u32 @0 show=duration", "1:+3", NULL},
        {"u32 @0 show=duration", "1:1e1", NULL},
        {"u32 @0 show=duration", "00:00:01.5", NULL},
        {"u32 @0 show=duration", "-00:00:01", NULL},
        {"u32 @0 show=duration", "99999999d", NULL},
        {"u32 @0", "00:01:30", NULL},
        {"i32 @0 show=duration", "-00:00:01", "ffffffff"},
        {"f64be @0 show=duration", "00:01:29.5", "4056600000000000"},
        {"u32 @0 show=duration scale=0.001", "00:01:01.409", "e1ef0000"},
        {"u32 @0 show=unix", "1970-01-01T00:00:00Z", "00000000"},
        {"u32 @0 show=unix", "2023-11-17T06:17:36Z", "80055765"},
        {"u32 @0 show=unix", "2023-11-17 06:17:36Z", "80055765"},
        {"u32 @0 show=unix", "2023-11-17T06:17:36", NULL},
        {"u32 @0 show=unix", "2023-02-29T00:00:00Z", NULL},
        {"u32 @0 show=unix", "2024-02-29T00:00:00Z", "00c9df65"},
        {"u32 @0 show=unix", "2023-13-01T00:00:00Z", NULL},
        {"u32 @0 show=unix", "2023-11-17T24:00:00Z", NULL},
        {"u32 @0 show=unix", "2023-11-17T06:60:36Z", NULL},
        {"u32 @0 show=unix", "2023-11-17T06:17:36.5Z", NULL},
        {"u32 @0 show=unix", "2023-11-17T06:17:36.0Z", "80055765"},
        {"u32 @0 show=unix", "2023-11-17T06:17:36.Z", NULL},
        {"u32 @0 show=unix", "1969-12-31T23:59:59Z", NULL},
        {"u32 @0 show=unix", "2106-02-07T06:28:16Z", NULL},
        {"i32 @0 show=unix", "1969-12-31T23:59:59Z", "ffffffff"},
        {"i64 @0 show=unix_ms", "1969-12-31T23:59:59.999Z", "ffffffffffffffff"},
        {"u64 @0 show=unix_us", "1970-01-01T00:00:01Z", "40420f0000000000"},
        {"u64 @0 show=unix_ns", "1970-01-01T00:00:00.000000001Z",
         "0100000000000000"},
        {"i64 @0 show=unix_ns", "2500-01-01T00:00:00Z", NULL},
        {"u64be @0 show=filetime", "1970-01-01T00:00:00.0000000Z",
         "019db1ded53e8000"},
        {"u64be @0 show=dotnet", "1970-01-01T00:00:00Z", "089f7ff5f7b58000"},
        {"f64be @0 show=unix", "1970-01-01T00:00:00.500Z", "3fe0000000000000"},
        {"u32 @0 show=si", "12.3 k", "0c300000"},
        {"u32 @0 show=si", "12.3k", "0c300000"},
        {"u32 @0 show=si", "1.2345k", "d3040000"},
        {"u32 @0 show=si", "1 M", "40420f00"},
        {"u32 @0 show=si", "20 m", NULL},
        {"u32 @0 show=si", "1 Ki", NULL},
        {"u32 @0 show=si", "k", NULL},
        {"u32 @0 show=si", "1  k", NULL},
        {"u32 @0 show=si", "5 G", NULL},
        {"u32 @0", "12.3k", NULL},
        {"f64be @0 show=si", "20.0 m", "3f947ae147ae147b"},
        {"f64be @0 show=si", "1 \xc2\xb5", "3eb0c6f7a0b5ed8d"},
        {"u32 @0 show=iec", "4.0 Ki", "00100000"},
        {"u32 @0 show=iec", "4 Ki", "00100000"},
        {"u32 @0 show=iec", "4Ki", "00100000"},
        {"u32 @0 show=iec", "4.1Ki", "66100000"},
        {"u32 @0 show=iec", "4 k", NULL},
        {"char[4] @0", "abc", "61626300"},
        {"char[4] @0", "abcd", "61626364"},
        {"char[4] @0", "abcde", NULL},
        {"char[4] @0", "", "00000000"},
        {"char[4] @0 encoding=latin1", "\xc3\xa9", "e9000000"},
        {"char[4] @0 encoding=latin1", "\xe2\x82\xac", NULL},
        {"char[4] @0 encoding=latin1", "\xff", NULL},
        {"utf16[2] @0", "\xf0\x9f\x98\x80", "3dd800de"},
        {"utf16be[3] @0", "ab", "006100620000"},
        {"utf16[1] @0", "\xf0\x9f\x98\x80", NULL},
        {"utf32be[1] @0", "\xf0\x9f\x98\x80", "0001f600"},
        {"utf16[2] @0", "abc", NULL},
        {"bytes[3] @0", "de ad-BE", "deadbe"},
        {"bytes[3] @0", "deadbe", "deadbe"},
        {"bytes[3] @0", "dead", NULL},
        {"bytes[3] @0", "deadbeef", NULL},
        {"bytes[3] @0", "dea dbe", NULL},
        {"guid @0", "00112233-4455-6677-8899-aabbccddeeff",
         "33221100554477668899aabbccddeeff"},
        {"guidbe @0", "{00112233-4455-6677-8899-AABBCCDDEEFF}",
         "00112233445566778899aabbccddeeff"},
        {"guid @0", "00112233-4455-6677-8899-aabbccddeef", NULL},
        {"guid @0", "0011-2233-4455-6677-8899-aabbccddeeff", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct layout *layout = rig_field(cases[i].line);
        const struct field *field = &layout->fields[0];
        uint8_t storage[64] = {0};
        uint8_t bytes[64] = {0};
        uint8_t mask[64];
        struct value value;
        struct err err = {0};
        bool ok = value_parse(field, cases[i].text, storage, &value, &err);
        if (ok != (cases[i].hex != NULL))
            fail_msg("%s '%s': %s", cases[i].line, cases[i].text, err.text);
        if (ok) {
            assert_true(value_encode(field, &value, bytes, mask));
            struct buf hex = {0};
            for (uint32_t b = 0; b < field->size; b++)
                buf_put_hex(&hex, bytes[b], 2);
            assert_string_equal(hex.data, cases[i].hex);
            buf_free(&hex);
        } else {
            assert_int_equal(err.status, STATUS_DATA);
            assert_true(err.text[0] != '\0');
        }
        layout_free(layout);
    }
}

/* What is printed reads back as the same stored bytes. */
static void test_parse_printed(void **state)
{
    (void)state;
    static const char *const lines[] = {"i8 @0",
                                        "u16be @0",
                                        "i32 @0",
                                        "u64 @0",
                                        "i64be @0",
                                        "u64 @0 show=hex",
                                        "i32 @0 show=hex",
                                        "u8 @0 show=bin",
                                        "u16 @0 show=oct",
                                        "bool @0",
                                        "u8 @0 flags=bits",
                                        "u8 @0 enum=bare",
                                        "i16 @0 scale=0.1 bias=5",
                                        "bytes[6] @0",
                                        "guid @0",
                                        "u32 @0 show=ipv4",
                                        "u16 @0 bits=3..9",
                                        "i16 @0 bits=3..9",
                                        "f32 @0 show=hex",
                                        "f64 @0 show=bin",
                                        "i16 @0 scale=0.1 show=oct",
                                        "i8 @0 bits=1..6 show=hex",
                                        "i32 @0 show=bytes",
                                        "u32 @0 show=char",
                                        "i16be @0 show=char",
                                        "u32 @0 show=duration",
                                        "i32 @0 show=duration",
                                        "i64 @0 show=duration",
                                        ("u32 @0 show=duration scale=0.001 "
                                         "precision=3"),
                                        "u32 @0 show=unix",
                                        "i32be @0 show=unix",
                                        "i64 @0 show=unix",
                                        "i64 @0 show=unix_ms",
                                        "i64 @0 show=unix_us",
                                        "i64 @0 show=unix_ns",
                                        "u64 @0 show=unix_ns",
                                        "u64 @0 show=filetime"};
    uint64_t seed = 7;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct layout *layout = rig_field(lines[i]);
        const struct field *field = &layout->fields[0];
        for (int turn = 0; turn < 300; turn++) {
            uint8_t bytes[16];
            for (size_t b = 0; b < sizeof bytes; b++)
                bytes[b] = (uint8_t)next_random(&seed);
            struct value value;
            struct value again;
            uint8_t storage[16];
            struct buf out = {0};
            struct err err = {0};
            value_decode(field, bytes, &value);
            value_put_text(&out, field, &value, SHOW_DEFAULT, turn % 2 == 0);
            if (!value_parse(field, out.data, storage, &again, &err))
                fail_msg("%s: %s", lines[i], err.text);
            uint8_t first[16];
            uint8_t second[16];
            uint8_t mask[16];
            assert_true(value_encode(field, &value, first, mask));
            assert_true(value_encode(field, &again, second, mask));
            if (!(value.type == VALUE_REAL && isnan(value.real)) &&
                memcmp(first, second, field->size) != 0)
                fail_msg("%s: %s does not read back", lines[i], out.data);
            buf_free(&out);
        }
        layout_free(layout);
    }
}

/* Prefixes and fractions lose digits: what is read back prints the same. */
static void test_parse_rounded(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "u64 @0 show=si",       "i64 @0 show=si",
        "u64 @0 show=iec",      "i64 @0 show=iec precision=2",
        "f64 @0 show=si",       "f64 @0 show=iec",
        "f64 @0 show=duration", "i32 @0 show=si scale=0.001",
        "u64 @0 show=dotnet",   "f64 @0",
        "f64 @0 precision=2",   "f64 @0 scale=0.25"};
    uint64_t seed = 11;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct layout *layout = rig_field(lines[i]);
        const struct field *field = &layout->fields[0];
        for (int turn = 0; turn < 300; turn++) {
            uint64_t bits = next_random(&seed) >> (2 + turn % 60);
            uint8_t bytes[8];
            uint8_t storage[8];
            struct value value;
            struct buf out = {0};
            struct buf again = {0};
            struct err err = {0};
            double real = (double)bits / 1e6;
            if (field->kind == KIND_FLOAT)
                memcpy(&bits, &real, sizeof bits);
            memcpy(bytes, &bits, sizeof bytes);
            value_decode(field, bytes, &value);
            value_put_text(&out, field, &value, SHOW_DEFAULT, true);
            if (!value_parse(field, out.data, storage, &value, &err))
                fail_msg("%s: %s", lines[i], err.text);
            value_put_text(&again, field, &value, SHOW_DEFAULT, true);
            assert_string_equal(again.data, out.data);
            buf_free(&out);
            buf_free(&again);
        }
        layout_free(layout);
    }
}

static void test_parse_error(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        const char *text;
        const char *error;
    } cases[] = {
        {"u64 @0", "-1",
         "-1 is out of the field's range of 0..18446744073709551615"},
        {"i64 @0", "9223372036854775808",
         "9223372036854775808 is out of the field's range of "
         "-9223372036854775808..9223372036854775807"},
        {"u32 @0 bits=0..3", "16", "16 is out of the field's range of 0..15"},
        {"i8 @0 scale=0.5", "100",
         "100 is out of the field's range of -64..63.5"},
        {"u64 @0", "99999999999999999999999",
         "99999999999999999999999 is out of the field's range of "
         "0..18446744073709551615"},
        {"u8 @0", "x", "'x' is not a number"},
        {"u32 @0 show=duration", "1:99",
         "'1:99' is not a number; write 12 or 1d 02:03:04"},
        {"u32 @0 show=unix", "2026-02-30T00:00:00Z",
         "'2026-02-30T00:00:00Z' is not a number; write 12 or "
         "2026-01-02T03:04:05Z"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct layout *layout = rig_field(cases[i].line);
        uint8_t storage[8];
        struct value value;
        struct err err = {0};
        assert_false(value_parse(&layout->fields[0], cases[i].text, storage,
                                 &value, &err));
        assert_string_equal(err.text, cases[i].error);
        layout_free(layout);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decode),
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_encode_range),
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_override),
        cmocka_unit_test(test_grouping),
        cmocka_unit_test(test_digits),
        cmocka_unit_test(test_statistics),
        cmocka_unit_test(test_differences),
        cmocka_unit_test(test_none),
        cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_number),
        cmocka_unit_test(test_many_labels),
        cmocka_unit_test(test_parse),
        cmocka_unit_test(test_parse_printed),
        cmocka_unit_test(test_parse_rounded),
        cmocka_unit_test(test_parse_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
