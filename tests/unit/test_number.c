/* SPDX-License-Identifier: MIT */
/* Numbers as people write them, and all the near misses. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/number.h"

#define COUNT(table) (sizeof table / sizeof((table)[0]))

static void test_u64(void **state)
{
    static const struct {
        const char *text;
        bool ok;
        uint64_t value;
    } table[] = {
        {"0", true, 0},
        {"7", true, 7},
        {"007", true, 7},
        {"1_000_000", true, 1000000},
        {"18446744073709551615", true, UINT64_MAX},
        {"18446744073709551616", false, 0},
        {"99999999999999999999999999", false, 0},
        {"0x0", true, 0},
        {"0xFf", true, 255},
        {"0XfF", true, 255},
        {"0xffff_ffff_ffff_ffff", true, UINT64_MAX},
        {"0x1_0000_0000_0000_0000", false, 0},
        {"0o17", true, 15},
        {"0o18", false, 0},
        {"0b1010", true, 10},
        {"0b12", false, 0},
        {"", false, 0},
        {"0x", false, 0},
        {"_1", false, 0},
        {"1_", false, 0},
        {"1__0", false, 0},
        {"0x_1", false, 0},
        {"-1", false, 0},
        {"+1", false, 0},
        {" 1", false, 0},
        {"1 ", false, 0},
        {"1a", false, 0},
        {"1.0", false, 0},
        {"0x1g", false, 0},
    };
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(table); i++) {
        uint64_t value = 4711;
        bool ok = number_parse_u64(table[i].text, &value);

        if (ok != table[i].ok || value != (ok ? table[i].value : 4711))
            fail_msg("'%s': %d %llu", table[i].text, ok,
                     (unsigned long long)value);
    }
}

static void test_i64(void **state)
{
    static const struct {
        const char *text;
        bool ok;
        int64_t value;
    } table[] = {
        {"0", true, 0},
        {"-0", true, 0},
        {"+5", true, 5},
        {"-5", true, -5},
        {"-0x10", true, -16},
        {"9223372036854775807", true, INT64_MAX},
        {"9223372036854775808", false, 0},
        {"-9223372036854775808", true, INT64_MIN},
        {"-9223372036854775809", false, 0},
        {"--1", false, 0},
        {"+-1", false, 0},
        {"-", false, 0},
        {"", false, 0},
        {"- 1", false, 0},
    };
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(table); i++) {
        int64_t value = 4711;
        bool ok = number_parse_i64(table[i].text, &value);

        if (ok != table[i].ok || value != (ok ? table[i].value : 4711))
            fail_msg("'%s': %d %lld", table[i].text, ok, (long long)value);
    }
}

static void test_double(void **state)
{
    static const struct {
        const char *text;
        bool ok;
        double value;
    } table[] = {
        {"0", true, 0},
        {"-2.5", true, -2.5},
        {"+2.5", true, 2.5},
        {".5", true, 0.5},
        {"5.", true, 5},
        {"1e3", true, 1000},
        {"1E-3", true, 0.001},
        {"1.5e+3", true, 1500},
        {"18446744073709551616", true, 18446744073709551616.0},
        {"0x10", true, 16},
        {"-0x10", true, -16},
        {"1_000", true, 1000},
        {"0b11", true, 3},
        {"1e-400", true, 0},
        {"1e400", false, 0},
        {"-1e400", false, 0},
        {"0x1p3", false, 0},
        {"0x1.8", false, 0},
        {"nan", false, 0},
        {"inf", false, 0},
        {"-infinity", false, 0},
        {"", false, 0},
        {".", false, 0},
        {"-", false, 0},
        {"e3", false, 0},
        {"1e", false, 0},
        {"1e+", false, 0},
        {"1,5", false, 0},
        {" 1.5", false, 0},
        {"1.5 ", false, 0},
        {"1.5x", false, 0},
        {"1.2.3", false, 0},
        {"1_000.5", false, 0},
    };
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(table); i++) {
        double value = 4711;
        bool ok = number_parse_double(table[i].text, &value);

        if (ok != table[i].ok || value != (ok ? table[i].value : 4711))
            fail_msg("'%s': %d %g", table[i].text, ok, value);
    }
}

static void test_size(void **state)
{
    static const struct {
        const char *text;
        bool ok;
        uint64_t value;
    } table[] = {
        {"64", true, 64},
        {"0x1000", true, 4096},
        {"4K", true, 4096},
        {"4k", true, 4096},
        {"4KiB", true, 4096},
        {"4 KiB", true, 4096},
        {"2M", true, 2u << 20},
        {"2MiB", true, 2u << 20},
        {"3G", true, UINT64_C(3) << 30},
        {"1T", true, UINT64_C(1) << 40},
        {"1TiB", true, UINT64_C(1) << 40},
        {"16777215T", true, UINT64_C(16777215) << 40},
        {"16777216T", false, 0},
        {"18446744073709551615", true, UINT64_MAX},
        {"18446744073709551615K", false, 0},
        {"", false, 0},
        {"K", false, 0},
        {"4KB", false, 0},
        {"4KK", false, 0},
        {"4Ki", false, 0},
        {"4KiBs", false, 0},
        {"4B", false, 0},
        {"1.5K", false, 0},
        {"-4K", false, 0},
        {"4K ", false, 0},
        {"4 ", false, 0},
        {" 4", false, 0},
    };
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(table); i++) {
        uint64_t value = 4711;
        bool ok = number_parse_size(table[i].text, &value);

        if (ok != table[i].ok || value != (ok ? table[i].value : 4711))
            fail_msg("'%s': %d %llu", table[i].text, ok,
                     (unsigned long long)value);
    }
}

static void test_period(void **state)
{
    static const struct {
        const char *text;
        int64_t ns; /* 0: refused */
    } table[] = {
        {"1s", 1000000000},
        {"1", 1000000000},
        {"1.5", 1500000000},
        {"0.1", 100000000},
        {".5", 500000000},
        {"100ms", 100000000},
        {"100 ms", 100000000},
        {"250us", 250000},
        {"250\xC2\xB5s", 250000},
        {"33.3ms", 33300000},
        {"1ns", 1},
        {"2m", INT64_C(120000000000)},
        {"2min", INT64_C(120000000000)},
        {"1h", INT64_C(3600000000000)},
        {"10hz", 100000000},
        {"10Hz", 100000000},
        {"60HZ", 16666667},
        {"0.5hz", 2000000000},
        {"2kHz", 500000},
        {"1S", 1000000000},
        {"9000000000s", INT64_C(9000000000000000000)},
        {"10000000000s", 0},
        {"0", 0},
        {"0s", 0},
        {"0hz", 0},
        {"0.1ns", 0},
        {"-1s", 0},
        {"+1s", 0},
        {"", 0},
        {"s", 0},
        {"1x", 0},
        {"1 ", 0},
        {" 1", 0},
        {"1s ", 0},
        {"1ss", 0},
        {"1.5.5s", 0},
        {"1e3", 0},
        {"0x10", 0},
        {"inf", 0},
        {"nan", 0},
        {"99999999999999999999999999999999999999999999999999999999999999999",
         0},
    };
    size_t i;

    (void)state;
    for (i = 0; i < COUNT(table); i++) {
        int64_t ns = 4711;
        bool ok = number_parse_period(table[i].text, &ns);

        if (ok != (table[i].ns != 0) || ns != (ok ? table[i].ns : 4711))
            fail_msg("'%s': %d %lld", table[i].text, ok, (long long)ns);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_u64),    cmocka_unit_test(test_i64),
        cmocka_unit_test(test_double), cmocka_unit_test(test_size),
        cmocka_unit_test(test_period),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
