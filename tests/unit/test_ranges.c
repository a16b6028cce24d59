/* SPDX-License-Identifier: MIT */
/* Ranges: rounding, merging, finding; and against a plain bitmap. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "source/source.h"

#define MAX 4

static const struct {
    struct extent wanted[MAX];
    size_t count;
    struct range made[MAX];
    size_t made_count;
    size_t bytes;
} cases[] = {
    {{{0, 8}}, 1, {{0, 8, 0}}, 1, 8},
    {{{0, 1}}, 1, {{0, 8, 0}}, 1, 8},
    {{{7, 2}}, 1, {{0, 16, 0}}, 1, 16},
    {{{8, 8}, {0, 8}}, 2, {{0, 16, 0}}, 1, 16},
    {{{0, 0}, {5, 0}}, 2, {{0}}, 0, 0},
    {{{0}}, 0, {{0}}, 0, 0},
    /* 63 bytes rounded out to 56 lie between: one range. */
    {{{0, 8}, {71, 1}}, 2, {{0, 72, 0}}, 1, 72},
    /* 64 lie between: two. */
    {{{0, 8}, {72, 8}}, 2, {{0, 8, 0}, {72, 8, 8}}, 2, 16},
    /* One within another, and the same twice. */
    {{{0, 100}, {16, 4}, {0, 100}}, 3, {{0, 104, 0}}, 1, 104},
    {{{UINT64_C(1) << 45, 4}, {0, 4}},
     2,
     {{0, 8, 0}, {UINT64_C(1) << 45, 8, 8}},
     2,
     16},
    {{{UINT64_MAX - 23, 8}}, 1, {{UINT64_MAX - 23, 8, 0}}, 1, 8},
};

static void test_made(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct range *ranges;
        size_t bytes;
        size_t count =
            ranges_make(cases[i].wanted, cases[i].count, &ranges, &bytes);
        assert_int_equal(count, cases[i].made_count);
        assert_int_equal(bytes, cases[i].bytes);
        for (size_t k = 0; k < count; k++) {
            assert_int_equal(ranges[k].offset, cases[i].made[k].offset);
            assert_int_equal(ranges[k].size, cases[i].made[k].size);
            assert_int_equal(ranges[k].at, cases[i].made[k].at);
        }
        free(ranges);
    }
}

static void test_found(void **state)
{
    (void)state;
    const struct range ranges[] = {{8, 16, 0}, {128, 8, 16}, {4096, 64, 24}};
    const struct {
        uint64_t offset;
        size_t at;
    } rows[] = {
        {0, SIZE_MAX},         {7, SIZE_MAX},   {8, 0},     {23, 15},
        {24, SIZE_MAX},        {127, SIZE_MAX}, {128, 16},  {135, 23},
        {136, SIZE_MAX},       {4096, 24},      {4159, 87}, {4160, SIZE_MAX},
        {UINT64_MAX, SIZE_MAX}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_int_equal(ranges_find(ranges, 3, rows[i].offset), rows[i].at);
    assert_int_equal(ranges_find(NULL, 0, 5), SIZE_MAX);
}

/* Every wanted byte is found exactly once, in order, whatever is wanted. */
static void test_random(void **state)
{
    (void)state;
    enum { SPACE = 4096, ROUNDS = 2000 };
    srand(7);
    for (int round = 0; round < ROUNDS; round++) {
        struct extent wanted[20];
        bool want[SPACE] = {false};
        size_t count = (size_t)rand() % 20;
        for (size_t i = 0; i < count; i++) {
            wanted[i].offset = (uint64_t)(rand() % (SPACE - 128));
            wanted[i].size = (uint64_t)(rand() % 100);
            for (uint64_t k = 0; k < wanted[i].size; k++)
                want[wanted[i].offset + k] = true;
        }
        struct range *ranges;
        size_t bytes, total = 0;
        size_t made = ranges_make(wanted, count, &ranges, &bytes);
        for (size_t i = 0; i < made; i++) {
            assert_true(ranges[i].offset % 8 == 0 && ranges[i].size % 8 == 0);
            assert_true(ranges[i].size > 0);
            assert_int_equal(ranges[i].at, total);
            total += (size_t)ranges[i].size;
            if (i > 0)
                assert_true(ranges[i].offset - ranges[i - 1].offset >=
                            ranges[i - 1].size + 64);
        }
        assert_int_equal(total, bytes);
        size_t last = SIZE_MAX;
        for (uint64_t at = 0; at < SPACE; at++) {
            size_t found = ranges_find(ranges, made, at);
            if (want[at])
                assert_true(found < bytes);
            if (found != SIZE_MAX) {
                assert_true(last == SIZE_MAX || found == last + 1);
                last = found;
            }
        }
        free(ranges);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_made),
        cmocka_unit_test(test_found),
        cmocka_unit_test(test_random),
    };
    return cmocka_run_group_tests_name("ranges", tests, NULL, NULL);
}
