/* SPDX-License-Identifier: MIT */
/* Numbers as the dashboard shows them. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "draw/numbers.h"

static void test_rates(void **state)
{
    (void)state;
    static const struct {
        double rate;
        const char *text;
    } cases[] = {
        {NAN, ""},          {0, "0.0"},          {1, "+1.0"},
        {-1, "-1.0"},       {9.96, "+10.0"},     {12.34, "+12.3"},
        {99.96, "+100"},    {999.4, "+999"},     {999.6, "+1.0k"},
        {-1500, "-1.5k"},   {123456, "+123k"},   {4.56e6, "+4.6M"},
        {1e18, "+1.0E"},    {9.99e20, "+999E"},  {1e22, "+1e+22"},
        {0.5, "+0.5"},      {0.05, "+0.050"},    {-0.0004, "-4e-04"},
        {INFINITY, "+inf"}, {-INFINITY, "-inf"}, {5e-320, "+5e-320"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf out = {0};
        buf_puts(&out, "");
        draw_put_rate(&out, cases[i].rate);
        assert_string_equal(out.data, cases[i].text);
        assert_in_range(out.len, 0, 8);
        buf_free(&out);
    }
}

static void test_ages(void **state)
{
    (void)state;
    static const struct {
        double seconds;
        const char *text;
    } cases[] = {
        {-5, "0s"},    {0, "0s"},         {0.999, "0s"}, {1, "1s"},
        {9.99, "9s"},  {10, "10s"},       {19.9, "19s"}, {59.9, "59s"},
        {60, "1m"},    {3599, "59m"},     {3600, "1h"},  {86399, "23h"},
        {86400, "1d"}, {8640000, "100d"}, {9e8, ">3y"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf out = {0};
        draw_put_age(&out, (int64_t)(cases[i].seconds * 1e9));
        assert_string_equal(out.data, cases[i].text);
        buf_free(&out);
    }
}

static void test_durations(void **state)
{
    (void)state;
    static const struct {
        double seconds;
        const char *text;
    } cases[] = {
        {-5, "0s"},       {0, "0s"},        {59.9, "59s"},
        {60, "1m00s"},    {64, "1m04s"},    {3599.9, "59m59s"},
        {3600, "1h00m"},  {3900, "1h05m"},  {86399, "23h59m"},
        {86400, "1d00h"}, {97200, "1d03h"}, {8640000, "100d00h"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf out = {0};
        draw_put_duration(&out, (int64_t)(cases[i].seconds * 1e9));
        assert_string_equal(out.data, cases[i].text);
        buf_free(&out);
    }
}

static void test_sizes(void **state)
{
    (void)state;
    static const struct {
        uint64_t bytes;
        const char *text;
    } cases[] = {
        {0, "0 B"},
        {64, "64 B"},
        {9999, "9999 B"},
        {10240, "10 KiB"},
        {10500, "10.3 KiB"},
        {1 << 20, "1 MiB"},
        {1073741824, "1 GiB"},
        {UINT64_MAX, "16 EiB"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf out = {0};
        draw_put_size(&out, cases[i].bytes);
        assert_string_equal(out.data, cases[i].text);
        buf_free(&out);
    }
}

static void test_periods(void **state)
{
    (void)state;
    static const struct {
        int64_t period_ns;
        const char *text;
    } cases[] = {
        {1, "1ns"},
        {1000000, "1ms"},
        {200000000, "200ms"},
        {1500000000, "1500ms"},
        {2000000000, "2s"},
        {INT64_C(180000000000), "3m"},
        {INT64_C(7200000000000), "2h"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf out = {0};
        draw_put_period(&out, cases[i].period_ns);
        assert_string_equal(out.data, cases[i].text);
        buf_free(&out);
    }
}

static void test_hertz(void **state)
{
    (void)state;
    static const struct {
        int64_t period_ns;
        double achieved;
        const char *text;
    } cases[] = {
        {1000000000, NAN, "1 Hz"},       {1000000000, 1, "1 Hz"},
        {1000000000, 0.96, "1 Hz"}, /* the usual jitter is no news */
        {2500000000, NAN, "2.5 s"},      {60000000000, 0.017, "60 s"},
        {1000000000, 0.5, "1 Hz (0.5)"}, {3000000000, 0.2, "3 s (5)"},
        {10000000, 99.9, "100 Hz"},      {10000000, 90, "100 Hz (90.0)"},
        {10000000, 110, "100 Hz (110)"}, {1000000, 876.54, "1000 Hz (877)"},
        {1000, NAN, "1000000 Hz"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf out = {0};
        draw_put_hz(&out, cases[i].period_ns, cases[i].achieved);
        assert_string_equal(out.data, cases[i].text);
        buf_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rates),     cmocka_unit_test(test_ages),
        cmocka_unit_test(test_durations), cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_periods),   cmocka_unit_test(test_hertz),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
