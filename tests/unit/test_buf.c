/* SPDX-License-Identifier: MIT */
/*
 * The buffer, and its numbers against snprintf and the reader, which are slow
 * but right.
 */
#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/double_text.h"
#include "base/os.h"

#define WHOLE_HIGH 9007199254740992.0 /* 2^53 */

/* Fewer where every instruction is watched (valgrind). */
static int random_rounds(void)
{
    return getenv("SHMTOP_TEST_SLOW") != NULL ? 2000 : 200000;
}

/* xorshift64*: the same numbers on every system. */
static uint64_t next_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * UINT64_C(2685821657736338717);
}

static double double_of(uint64_t bits)
{
    double value;

    memcpy(&value, &bits, sizeof value);
    return value;
}

static float float_of(uint32_t bits)
{
    float value;

    memcpy(&value, &bits, sizeof value);
    return value;
}

static void test_grow(void **state)
{
    struct buf buf = {0};
    size_t i;

    (void)state;
    buf_free(NULL);
    buf_clear(&buf);
    assert_null(buf.data);
    buf_add(&buf, NULL, 0);
    assert_string_equal(buf.data, "");
    for (i = 0; i < 10000; i++) {
        buf_putc(&buf, (char)('a' + i % 26));
        assert_int_equal(buf.len, i + 1);
        assert_int_equal(buf.data[buf.len], '\0');
        assert_true(buf.cap > buf.len);
    }
    for (i = 0; i < 10000; i++)
        assert_int_equal(buf.data[i], 'a' + i % 26);
    buf_free(&buf);
    assert_null(buf.data);
    assert_int_equal(buf.cap, 0);
}

static void test_reuse(void **state)
{
    struct buf buf = {0};
    const char *data;
    size_t cap;

    (void)state;
    buf_fill(&buf, 'x', 1000);
    data = buf.data;
    cap = buf.cap;
    buf_truncate(&buf, 3);
    assert_string_equal(buf.data, "xxx");
    buf_clear(&buf);
    assert_string_equal(buf.data, "");
    buf_fill(&buf, 'y', 1000);
    assert_ptr_equal(buf.data, data);
    assert_int_equal(buf.cap, cap);
    memcpy(buf_room(&buf, 5), "hello", 5);
    buf_grow(&buf, 5);
    assert_string_equal(buf.data + 1000, "hello");
    buf_free(&buf);
}

static void test_printf(void **state)
{
    struct buf buf = {0};
    char long_text[3000];

    (void)state;
    memset(long_text, 'z', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    buf_printf(&buf, "%s", "");
    assert_string_equal(buf.data, "");
    buf_printf(&buf, "%d-%s-", 7, "seven");
    buf_printf(&buf, "%s", long_text);
    assert_int_equal(buf.len, 8 + sizeof long_text - 1);
    assert_memory_equal(buf.data, "7-seven-", 8);
    assert_string_equal(buf.data + 8, long_text);
    buf_free(&buf);
}

static void test_integers(void **state)
{
    uint64_t seed = 1;
    struct buf buf = {0};
    int rounds = random_rounds();
    int i;

    (void)state;
    for (i = 0; i < rounds; i++) {
        uint64_t value = next_random(&seed) >> (i % 64);
        char text[128];

        switch (i) {
        case 0:
            value = 0;
            break;
        case 1:
            value = UINT64_MAX;
            break;
        case 2:
            value = (uint64_t)INT64_MIN;
            break;
        case 3:
            value = (uint64_t)INT64_MAX;
            break;
        }
        snprintf(text, sizeof text, "%llu|%lld|%llx|%08llx|%06llu",
                 (unsigned long long)value, (long long)value,
                 (unsigned long long)value, (unsigned long long)value,
                 (unsigned long long)value);
        buf_clear(&buf);
        buf_put_u64(&buf, value);
        buf_putc(&buf, '|');
        buf_put_i64(&buf, (int64_t)value);
        buf_putc(&buf, '|');
        buf_put_hex(&buf, value, 1);
        buf_putc(&buf, '|');
        buf_put_hex(&buf, value, 8);
        buf_putc(&buf, '|');
        buf_put_padded(&buf, value, 6);
        assert_string_equal(buf.data, text);
    }
    buf_clear(&buf);
    buf_put_hex(&buf, 0xAB, 20);
    assert_string_equal(buf.data, "000000000000000000ab");
    buf_clear(&buf);
    buf_put_padded(&buf, 5, 30);
    assert_string_equal(buf.data, "000000000000000000000000000005");
    buf_free(&buf);
}

static void check_fixed(struct buf *buf, double value, int decimals)
{
    char text[400];

    snprintf(text, sizeof text, "%.*f", decimals, value);
    buf_clear(buf);
    double_put_fixed(buf, value, decimals);
    if (strcmp(buf->data, text) != 0)
        fail_msg("%a with %d decimals: %s, not %s", value, decimals, buf->data,
                 text);
}

static void test_fixed_table(void **state)
{
    static const double values[] = {
        0,
        -0.0,
        0.5,
        1.5,
        2.5,
        -0.5,
        0.25,
        0.125,
        0.375,
        0.005,
        1.005,
        2.675,
        9.995,
        9.5,
        99.5,
        0.95,
        0.99999999999999989,
        0.000244140625,
        0.00024414062499999997,
        1e-5,
        1e-17,
        5e-324,
        DBL_MIN,
        DBL_MAX,
        -DBL_MAX,
        4503599627370496.5,
        4503599627370495.5,
        9007199254740993.0,
        9223372036854775807.0,
        9223372036854774784.0,
        1e22,
        1e23,
        123456.789,
        -123456.789,
        1.0 / 3,
    };
    struct buf buf = {0};
    size_t i;
    int decimals;

    (void)state;
    for (i = 0; i < sizeof values / sizeof values[0]; i++)
        for (decimals = 0; decimals <= 17; decimals++)
            check_fixed(&buf, values[i], decimals);
    buf_free(&buf);
}

static void test_fixed_random(void **state)
{
    uint64_t seed = 2;
    struct buf buf = {0};
    int rounds = random_rounds();
    int i;

    (void)state;
    for (i = 0; i < rounds; i++) {
        uint64_t bits = next_random(&seed);
        double value = double_of(bits);

        /* every second one of everyday size, some of them exact ties */
        if (i % 2 || !isfinite(value))
            value = (double)(int64_t)bits / (i % 4 == 1 ? 0x1p40 : 1e13);
        if (i % 16 == 3)
            value = (double)(bits % 100000) / 8;
        check_fixed(&buf, value, (int)((bits >> 32) % 18));
    }
    buf_free(&buf);
}

static void test_not_finite(void **state)
{
    static const struct {
        double value;
        const char *text;
    } table[] = {{NAN, "nan"}, {INFINITY, "inf"}, {-INFINITY, "-inf"}};
    struct buf buf = {0};
    size_t i;

    (void)state;
    for (i = 0; i < 3; i++) {
        buf_clear(&buf);
        double_put_fixed(&buf, table[i].value, 3);
        assert_string_equal(buf.data, table[i].text);
        buf_clear(&buf);
        double_put_shortest(&buf, table[i].value);
        assert_string_equal(buf.data, table[i].text);
        buf_clear(&buf);
        double_put_shortest_f32(&buf, (float)table[i].value);
        assert_string_equal(buf.data, table[i].text);
    }
    buf_free(&buf);
}

static int significant_digits(const char *text)
{
    int digits = 0;
    int zeros = 0;

    for (; *text && *text != 'e'; text++) {
        if (*text < '0' || *text > '9' || (*text == '0' && digits == 0))
            continue;
        digits++;
        zeros = *text == '0' ? zeros + 1 : 0;
    }
    return digits - zeros;
}

/* -?(0|[1-9][0-9]*)(\.[0-9]+)?(e-?[0-9]+)? */
static bool is_json_number(const char *text)
{
    size_t digits;

    text += *text == '-';
    digits = strspn(text, "0123456789");
    if (digits == 0 || (digits > 1 && *text == '0'))
        return false;
    text += digits;
    if (*text == '.') {
        digits = strspn(text + 1, "0123456789");
        if (digits == 0)
            return false;
        text += 1 + digits;
    }
    if (*text == 'e') {
        text++;
        text += *text == '-';
        digits = strspn(text, "0123456789");
        if (digits == 0)
            return false;
        text += digits;
    }
    return *text == '\0';
}

static void check_form(const char *text, double value)
{
    double size = fabs(value);
    bool wants_exponent = size != 0 && (size < 1e-5 || size >= 1e16);

    if (!is_json_number(text))
        fail_msg("%a: '%s' is not JSON", value, text);
    if ((strchr(text, 'e') != NULL) != wants_exponent)
        fail_msg("%a: '%s' exponent", value, text);
    if ((text[0] == '-') != (signbit(value) != 0))
        fail_msg("%a: '%s' sign", value, text);
}

/* strtod of mingw-w64 reads some numbers one unit off, all of which have only
 * ones in their fraction. */
static bool may_be_misread(double value)
{
    int exponent;
    return strcmp(os_name, "windows") == 0 &&
           frexp(fabs(value), &exponent) == 1 - DBL_EPSILON / 2;
}

static void check_shortest(struct buf *buf, double value)
{
    char text[64];
    int digits;

    buf_clear(buf);
    double_put_shortest(buf, value);
    check_form(buf->data, value);
    if (may_be_misread(value))
        return;
    if (strtod(buf->data, NULL) != value)
        fail_msg("%a: '%s' reads back as another", value, buf->data);
    for (digits = 1; digits < 17; digits++) {
        snprintf(text, sizeof text, "%.*e", digits - 1, value);
        if (strtod(text, NULL) == value)
            break;
    }
    /* whole numbers stand there with all their digits */
    if (significant_digits(buf->data) > digits &&
        (fabs(value) >= WHOLE_HIGH || value != floor(value)))
        fail_msg("%a: '%s' is not the shortest, %s", value, buf->data, text);
    /* of the shortest ones, the nearest */
    if (value != 0 && significant_digits(buf->data) == digits &&
        strtod(text, NULL) == value) {
        char mine[64];

        snprintf(mine, sizeof mine, "%.*e", digits - 1,
                 strtod(buf->data, NULL));
        assert_string_equal(mine, text);
    }
}

static void test_shortest_table(void **state)
{
    static const struct {
        double value;
        const char *text;
    } table[] = {
        {0, "0"},
        {-0.0, "-0"},
        {1, "1"},
        {-1, "-1"},
        {0.1, "0.1"},
        {0.3, "0.3"},
        {0.1 + 0.2, "0.30000000000000004"},
        {-2.5, "-2.5"},
        {100, "100"},
        {1e15, "1000000000000000"},
        {9007199254740993.0, "9007199254740992"},
        {9999999999999998.0, "9999999999999998"},
        {1e16, "1e16"},
        {1.5e300, "1.5e300"},
        {1e-5, "0.00001"},
        {1.2345e-5, "0.000012345"},
        {9.9999e-6, "9.9999e-6"},
        {1e-7, "1e-7"},
        {123456789.125, "123456789.125"},
        {DBL_MAX, "1.7976931348623157e308"},
        {DBL_MIN, "2.2250738585072014e-308"},
        {5e-324, "5e-324"},
        {-1e-320, "-1e-320"},
        {1e23, "1e23"},
        {9.5e-3, "0.0095"},
        {1.0 / 3, "0.3333333333333333"},
        {3.141592653589793, "3.141592653589793"},
        {0x1p-14, "0.00006103515625"},
        {5e-5, "0.00005"},
        {0.00010000000000000002, "0.00010000000000000002"},
        /* powers of two, where the nearest 16 digits do not read back */
        {0x1p-1017, "7.120236347223045e-307"},
        {0x1p-44, "5.684341886080802e-14"},
    };
    struct buf buf = {0};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof table / sizeof table[0]; i++) {
        buf_clear(&buf);
        double_put_shortest(&buf, table[i].value);
        assert_string_equal(buf.data, table[i].text);
        check_shortest(&buf, table[i].value);
    }
    buf_free(&buf);
}

static void test_shortest_powers(void **state)
{
    struct buf buf = {0};
    int i;

    (void)state;
    for (i = -1074; i <= 1023; i++) {
        double value = ldexp(1, i);

        check_shortest(&buf, value);
        check_shortest(&buf, nextafter(value, INFINITY));
        check_shortest(&buf, -nextafter(value, 0));
    }
    for (i = -323; i <= 308; i++) {
        char text[16];
        double value;

        snprintf(text, sizeof text, "1e%d", i);
        value = strtod(text, NULL);
        check_shortest(&buf, value);
        check_shortest(&buf, nextafter(value, INFINITY));
        check_shortest(&buf, nextafter(value, 0));
    }
    buf_free(&buf);
}

static void test_shortest_random(void **state)
{
    uint64_t seed = 3;
    struct buf buf = {0};
    int rounds = random_rounds();
    int i;

    (void)state;
    for (i = 0; i < rounds; i++) {
        uint64_t bits = next_random(&seed);
        double value = double_of(bits);

        switch (i % 8) {
        case 0: /* any bits */
            break;
        case 1: /* decimals as people write them */
            value = (double)((int64_t)bits >> 30) / 1000;
            break;
        case 2:
            value = (double)(bits % 1000000007) / 1e7;
            break;
        default: /* all bits within the range without exponents */
            value = ldexp(1 + (double)(bits >> 12) * 0x1p-52,
                          (int)(bits % 70) - 17);
        }
        if (isfinite(value))
            check_shortest(&buf, value);
    }
    buf_free(&buf);
}

static void check_f32(struct buf *buf, float value)
{
    char text[64];
    int digits;

    buf_clear(buf);
    double_put_shortest_f32(buf, value);
    check_form(buf->data, (double)value);
    if (strtof(buf->data, NULL) != value)
        fail_msg("%a: '%s' reads back as another", (double)value, buf->data);
    for (digits = 1; digits < 9; digits++) {
        snprintf(text, sizeof text, "%.*e", digits - 1, (double)value);
        if (strtof(text, NULL) == value)
            break;
    }
    if (significant_digits(buf->data) > digits &&
        (fabsf(value) >= 16777216.0f || value != floorf(value)))
        fail_msg("%a: '%s' is not the shortest", (double)value, buf->data);
}

static void test_f32(void **state)
{
    int rounds = random_rounds();
    static const struct {
        float value;
        const char *text;
    } table[] = {
        {0.1f, "0.1"},
        {-0.0f, "-0"},
        {3.14f, "3.14"},
        {16777216.0f, "16777216"},
        {16777217.0f, "16777216"},
        {1e10f, "10000000000"},
        {1e16f, "1e16"},
        {FLT_MAX, "3.4028235e38"},
        {FLT_MIN, "1.1754944e-38"},
        {1e-45f, "1e-45"},
        {0.3333333433f, "0.33333334"},
        {1e-5f, "1e-5"}, /* this float is below 0.00001 */
        {2e-5f, "0.00002"},
        {123456.79f, "123456.79"},
    };
    uint64_t seed = 4;
    struct buf buf = {0};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof table / sizeof table[0]; i++) {
        buf_clear(&buf);
        double_put_shortest_f32(&buf, table[i].value);
        assert_string_equal(buf.data, table[i].text);
    }
    for (i = 0; i < 254; i++) {
        float value = ldexpf(1, (int)i - 126);

        check_f32(&buf, value);
        check_f32(&buf, nextafterf(value, INFINITY));
        check_f32(&buf, -nextafterf(value, 0));
    }
    for (i = 0; i < (size_t)rounds; i++) {
        uint64_t bits = next_random(&seed);
        float value = float_of((uint32_t)bits);

        if (i % 2)
            value = ldexpf(1 + (float)(bits >> 41) * 0x1p-23f,
                           (int)(bits % 70) - 17);
        if (isfinite(value))
            check_f32(&buf, value);
    }
    buf_free(&buf);
}

static void test_time(void **state)
{
    static const struct {
        int64_t wall_ns;
        const char *text;
    } table[] = {
        {0, "1970-01-01T00:00:00.000000000Z"},
        {-1, "1969-12-31T23:59:59.999999999Z"},
        {INT64_C(1767323045123456789), "2026-01-02T03:04:05.123456789Z"},
        {INT64_C(951782400000000000), "2000-02-29T00:00:00.000000000Z"},
        {INT64_C(951868800000000000), "2000-03-01T00:00:00.000000000Z"},
        {INT64_C(4107542400000000000), "2100-03-01T00:00:00.000000000Z"},
        {INT64_C(4107542399999999999), "2100-02-28T23:59:59.999999999Z"},
        {INT64_C(1735689599999999999), "2024-12-31T23:59:59.999999999Z"},
        {INT64_MAX, "2262-04-11T23:47:16.854775807Z"},
        {INT64_MIN, "1677-09-21T00:12:43.145224192Z"},
    };
    struct buf buf = {0};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof table / sizeof table[0]; i++) {
        buf_clear(&buf);
        buf_put_time(&buf, table[i].wall_ns);
        assert_string_equal(buf.data, table[i].text);
    }
    buf_free(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_grow),
        cmocka_unit_test(test_reuse),
        cmocka_unit_test(test_printf),
        cmocka_unit_test(test_integers),
        cmocka_unit_test(test_fixed_table),
        cmocka_unit_test(test_fixed_random),
        cmocka_unit_test(test_not_finite),
        cmocka_unit_test(test_shortest_table),
        cmocka_unit_test(test_shortest_powers),
        cmocka_unit_test(test_shortest_random),
        cmocka_unit_test(test_f32),
        cmocka_unit_test(test_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
