/* SPDX-License-Identifier: MIT */
/* The reader of decimals that Windows uses, beside glibc's, which is right. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <float.h>
#include <math.h>

/* decimal_windows.c, compiled under these names. */
double exact_read_double(const char *decimal);
float exact_read_float(const char *decimal);

static void check(const char *text)
{
    double want = strtod(text, NULL);
    double got = exact_read_double(text);
    float want_f32 = strtof(text, NULL);
    float got_f32 = exact_read_float(text);

    if (memcmp(&got, &want, sizeof got) != 0)
        fail_msg("%.60s (%zu bytes): %a, not %a", text, strlen(text), got,
                 want);
    if (memcmp(&got_f32, &want_f32, sizeof got_f32) != 0)
        fail_msg("%.60s (%zu bytes): %a, not %a as f32", text, strlen(text),
                 (double)got_f32, (double)want_f32);
}

static void test_table(void **state)
{
    static const char *const table[] = {
        "0",
        "-0",
        "0.0",
        "0e99",
        "-.0e-99",
        "1",
        "+1",
        "-1",
        "10",
        "1e1",
        "1E+1",
        "100e-1",
        ".5",
        "5.",
        "007",
        "0.1",
        "0.3",
        "1e22",
        "1e23",
        "8.5e22",
        "123456789012345678901234567890",
        "9007199254740993",
        "9007199254740992.9999999999999999",
        "1.7976931348623157e308",
        "1.7976931348623158e308",
        "1.7976931348623159e308",
        "1e308",
        "1e309",
        "1e310",
        "1e311",
        "-1e400",
        "1e999999999999999999999",
        "1e-999999999999999999999",
        "0e999999999999999999999",
        "4.9e-324",
        "2.4703282292062327e-324",
        "2.4703282292062328e-324",
        "2.5e-324",
        "1e-323",
        "1e-345",
        "1e-346",
        "1e-350",
        "2.2250738585072011e-308",
        "2.2250738585072014e-308",
        "2.2250738585072012e-308",
        "3.4028235e38",
        "3.4028235677973366e38",
        "3.4028235677973367e38",
        "1.4e-45",
        "7.006492321624085e-46",
        "7.006492321624086e-46",
        "1.1754942e-38",
        "9.5466761359362636e-153",
        "9.5466761359362636e153",
    };

    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        check(table[i]);
}

static uint64_t next_random(uint64_t *seed)
{
    uint64_t z = *seed += UINT64_C(0x9E3779B97F4A7C15);

    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

/* Of all sizes, every fourth with all its bits alike. */
static double random_double(uint64_t *seed)
{
    const uint64_t fraction = (UINT64_C(1) << 52) - 1;
    double value;

    do {
        uint64_t bits = next_random(seed);

        if (bits % 8 == 0)
            bits |= fraction;
        else if (bits % 8 == 1)
            bits &= ~fraction;
        memcpy(&value, &bits, sizeof value);
    } while (!isfinite(value));
    return value;
}

static void test_printed(void **state)
{
    uint64_t seed = 1;
    char text[64];

    (void)state;
    for (int i = 0; i < 20000; i++) {
        snprintf(text, sizeof text, "%.*e", i % 20, random_double(&seed));
        check(text);
    }
}

/* Half way between two numbers, exactly; and a little beside, which the last
 * of very many digits decides. */
static void test_ties(void **state)
{
    uint64_t seed = 2;
    char text[2000];

    (void)state;
    for (int i = 0; i < 3000; i++) {
        int exponent = (int)(next_random(&seed) % 2097) - 1074;
        double high =
            (double)(next_random(&seed) >> 11 | UINT64_C(1) << 52 | 1);
        long double tie = ldexpl((long double)high + 0.5L, exponent - 52);
        size_t len;

        if (i % 4 == 0) /* of two floats */
            tie = ldexpl((long double)(next_random(&seed) >> 40) + 0.5L,
                         exponent % 150);
        len = (size_t)snprintf(text, sizeof text, "%.1100Lf", tie);
        check(text);
        strcpy(text + len, "000000001");
        check(text);
        text[len - 1] = '1';
        check(text);
    }
}

static void test_digits(void **state)
{
    uint64_t seed = 3;
    char text[1200];

    (void)state;
    for (int i = 0; i < 4000; i++) {
        unsigned max = i % 16 == 0 ? 1100 : 40;
        size_t len = 1 + (size_t)(next_random(&seed) % max);
        size_t point = (size_t)(next_random(&seed) % (len + 1));
        int digit = (int)(next_random(&seed) % 16);

        for (size_t at = 0; at < len; at++)
            text[at] = digit < 10 && i % 3 == 0
                           ? (char)('0' + digit)
                           : (char)('0' + next_random(&seed) % 10);
        if (point < len && len > 1)
            text[point] = '.';
        snprintf(text + len, sizeof text - len, "e%d",
                 (int)(next_random(&seed) % 800) - 400);
        check(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_printed),
        cmocka_unit_test(test_ties),
        cmocka_unit_test(test_digits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
