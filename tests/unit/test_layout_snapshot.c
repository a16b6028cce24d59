/* SPDX-License-Identifier: MIT */
/* Which fields a snapshot method uses, and which buffer is the newest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "layout/snapshot.h"

static void test_fields(void **state)
{
    (void)state;
    struct snapshot snapshot = {.method = SNAPSHOT_NONE};
    assert_int_equal(snapshot_field_count(&snapshot), 0);
    assert_int_equal(snapshot_buffers(&snapshot), 1);
    snapshot = (struct snapshot){.method = SNAPSHOT_SEQLOCK, .seq = 3};
    assert_int_equal(snapshot_field_count(&snapshot), 1);
    assert_int_equal(snapshot_field(&snapshot, 0), 3);
    snapshot = (struct snapshot){SNAPSHOT_PAIR, .begin = 4, .end = 2};
    assert_int_equal(snapshot_field_count(&snapshot), 2);
    assert_int_equal(snapshot_field(&snapshot, 0), 4);
    assert_int_equal(snapshot_field(&snapshot, 1), 2);
    assert_true(snapshot_uses(&snapshot, 2));
    assert_false(snapshot_uses(&snapshot, 3));
    snapshot = (struct snapshot){SNAPSHOT_NEWEST, .tick = 1, .tick_step = 5,
                                 .buffers = 3};
    assert_int_equal(snapshot_buffers(&snapshot), 3);
    assert_int_equal(snapshot_field(&snapshot, 2), 11);
    assert_true(snapshot_uses(&snapshot, 6));
    assert_false(snapshot_uses(&snapshot, 16));
}

static void test_newer(void **state)
{
    (void)state;
    assert_true(tick_is_newer(2, 1, 64));
    assert_false(tick_is_newer(1, 1, 64));
    assert_false(tick_is_newer(1, 2, 64));
    assert_true(tick_is_newer(0, UINT64_MAX, 64));
    assert_true(tick_is_newer(3, 250, 8));
    assert_false(tick_is_newer(250, 3, 8));
    assert_true(tick_is_newer((uint64_t)-1, (uint64_t)-2, 8)); /* signed */
}

static void test_newest(void **state)
{
    static const struct {
        uint64_t ticks[3];
        unsigned bits;
        bool zero_is_tick;
        uint32_t newest;
    } cases[] = {
        {{1, 2, 3}, 32, false, 2},
        {{3, 2, 1}, 32, false, 0},
        {{0, 0, 0}, 32, false, 0}, /* none was written */
        {{0, 0, 200}, 8, false, 2},
        {{0, 1, 255}, 8, false, 1}, /* 0 is older than all */
        {{0, 254, 255}, 8, true, 0},
        {{1, 255, 0}, 8, true, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (snapshot_newest(cases[i].ticks, 3, cases[i].bits,
                            cases[i].zero_is_tick) != cases[i].newest)
            fail_msg("case %zu", i);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fields),
        cmocka_unit_test(test_newer),
        cmocka_unit_test(test_newest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
