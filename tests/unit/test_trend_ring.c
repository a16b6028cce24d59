/* SPDX-License-Identifier: MIT */
/* The ring of rows: pushing, reading, forgetting. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sampler/trend_ring.h"

struct room {
    size_t fields;
    size_t bytes;
    size_t max;
    size_t rows;
};

static void stays_within_its_memory(void **state)
{
    (void)state;
    static const struct room rooms[] = {
        {1, 800, 1000, 100},
        {1, 800, 60, 60},
        {10, 800, 60, 10},
        {10, 879, 60, 10},
        {50, 800, 60, 2},
        {51, 800, 60, 0},
        {100, 800, 60, 0},
        {4000000, 800, 60, 0},
        {0, 800, 60, 0},
        {1, 0, 60, 0},
        {1, 800, 0, 0},
        {1, 800, 1, 0},
        {SIZE_MAX / 2, 800, 60, 0},
    };
    for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++) {
        struct trend_ring history;
        trend_ring_make(&history, rooms[i].fields, rooms[i].bytes,
                        rooms[i].max);
        assert_int_equal(history.capacity, rooms[i].rows);
        assert_int_equal(trend_ring_push(&history) != NULL, rooms[i].rows > 0);
        trend_ring_free(&history);
    }
}

static void begins_with_gaps_and_then_copies(void **state)
{
    (void)state;
    struct trend_ring history;
    double out[8];
    trend_ring_make(&history, 2, 1000, 3);
    assert_int_equal(trend_ring_read(&history, 0, out, 8), 0);
    double *row = trend_ring_push(&history);
    assert_true(isnan(row[0]) && isnan(row[1]));
    row[1] = 5;
    row = trend_ring_push(&history);
    assert_true(isnan(row[0]));
    assert_true(row[1] == 5);
    row[0] = 7;
    assert_int_equal(trend_ring_read(&history, 0, out, 8), 2);
    assert_true(isnan(out[0]) && out[1] == 7);
    assert_int_equal(trend_ring_read(&history, 1, out, 1), 1);
    assert_true(out[0] == 5);
    trend_ring_free(&history);
}

static void forgets_the_oldest(void **state)
{
    (void)state;
    struct trend_ring history;
    trend_ring_make(&history, 3, 1000000, 5);
    for (int pushed = 1; pushed <= 23; pushed++) {
        double *row = trend_ring_push(&history);
        row[0] = pushed;
        row[2] = -pushed;
        double out[10];
        size_t have = pushed < 5 ? (size_t)pushed : 5;
        for (size_t asked = 0; asked <= 10; asked++) {
            size_t want = asked < have ? asked : have;
            assert_int_equal(trend_ring_read(&history, 0, out, asked), want);
            for (size_t i = 0; i < want; i++)
                assert_true(out[i] == pushed - (int)(want - 1 - i));
            assert_int_equal(trend_ring_read(&history, 2, out, asked), want);
            for (size_t i = 0; i < want; i++)
                assert_true(out[i] == -pushed + (int)(want - 1 - i));
        }
    }
    trend_ring_free(&history);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stays_within_its_memory),
        cmocka_unit_test(begins_with_gaps_and_then_copies),
        cmocka_unit_test(forgets_the_oldest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
