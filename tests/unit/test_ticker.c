/* SPDX-License-Identifier: MIT */
/* The ticker on a clock that the test sets. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sampler/ticker.h"

#define MS INT64_C(1000000)
#define S INT64_C(1000000000)

static void starts_at_once(void **state)
{
    (void)state;
    struct ticker t;
    ticker_start(&t, 5 * S, 100 * MS);
    assert_int_equal(t.next_ns, 5 * S);
    assert_int_equal(t.missed, 0);
    assert_true(isnan(t.achieved_hz));
}

/* Served at `at`; then the next deadline and the total of missed ones. */
struct served {
    int64_t at_ms;
    int64_t next_ms;
    uint64_t missed;
};

static void keeps_its_grid(void **state)
{
    (void)state;
    static const struct served rows[] = {
        {1000, 1100, 0}, /* on the deadline */
        {1101, 1200, 0}, /* late, but no drift */
        {1299, 1300, 0}, /* just before the next */
        {1400, 1500, 1}, /* the deadline at 1400 was missed, too */
        {1850, 1900, 4}, /* 1600, 1700 and 1800 are lost */
        {1890, 2000, 4}, /* woken early */
        {9000, 9100, 74},
    };
    struct ticker t;
    ticker_start(&t, 1000 * MS, 100 * MS);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ticker_advance(&t, rows[i].at_ms * MS);
        assert_int_equal(t.next_ns, rows[i].next_ms * MS);
        assert_int_equal(t.missed, rows[i].missed);
    }
}

static void stops_at_the_end_of_time(void **state)
{
    (void)state;
    struct ticker t;
    ticker_start(&t, 10 * S, INT64_MAX - 5 * S);
    ticker_advance(&t, 10 * S);
    assert_true(t.next_ns == INT64_MAX);
    ticker_change(&t, 10 * S, INT64_MAX - 1);
    assert_true(t.next_ns == INT64_MAX);
}

static void changes_its_period(void **state)
{
    (void)state;
    struct ticker t;
    ticker_start(&t, 1 * S, 100 * MS);
    ticker_advance(&t, 1 * S);
    ticker_advance(&t, 1 * S + 350 * MS);
    assert_int_equal(t.missed, 2);
    ticker_change(&t, 1 * S + 400 * MS, S);
    assert_int_equal(t.next_ns, 2 * S + 400 * MS);
    assert_int_equal(t.missed, 2);
    assert_true(isnan(t.achieved_hz));
    ticker_advance(&t, 2 * S + 400 * MS);
    assert_true(isnan(t.achieved_hz));
    ticker_advance(&t, 3 * S + 400 * MS);
    assert_float_equal(t.achieved_hz, 1.0, 1e-9);
}

/* A deterministic wobble in [-amplitude, amplitude]. */
static int64_t wobble(uint64_t step, int64_t amplitude)
{
    uint64_t x = (step + 1) * UINT64_C(0x9e3779b97f4a7c15);
    x ^= x >> 29;
    return (int64_t)(x % (uint64_t)(2 * amplitude + 1)) - amplitude;
}

struct pace {
    int64_t period_ns;
    int64_t jitter_ns;
    int ticks;
    double hz;
    double tolerance;
};

static void measures_what_it_achieves(void **state)
{
    (void)state;
    static const struct pace rows[] = {
        {10 * S, 30 * MS, 4, 0.1, 0.001}, {S, 5 * MS, 5, 1, 0.02},
        {100 * MS, 20 * MS, 40, 10, 0.5}, {MS, 300000, 5000, 1000, 2},
        {1000, 0, 2000000, 1e6, 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct pace *row = &rows[i];
        struct ticker t;
        ticker_start(&t, S, row->period_ns);
        for (int tick = 0; tick < row->ticks; tick++) {
            int64_t late = 0;
            if (row->jitter_ns > 0)
                late = row->jitter_ns + wobble((uint64_t)tick, row->jitter_ns);
            ticker_advance(&t, S + tick * row->period_ns + late);
            /* Plausible from the start. */
            if (tick > 2)
                assert_float_equal(t.achieved_hz, row->hz, row->hz / 2);
        }
        assert_int_equal(t.missed, 0);
        assert_float_equal(t.achieved_hz, row->hz, row->tolerance);
    }
}

/* Asked for 1 kHz, served at 250 Hz. */
static void shows_when_it_cannot_keep_up(void **state)
{
    (void)state;
    struct ticker t;
    ticker_start(&t, S, MS);
    for (int i = 0; i < 1000; i++)
        ticker_advance(&t, S + i * 4 * MS);
    assert_float_equal(t.achieved_hz, 250, 1);
    assert_int_equal(t.missed, 999 * 3 + 0);
}

/* After a minute of being stopped, a second suffices to recover. */
static void recovers_from_a_pause(void **state)
{
    (void)state;
    struct ticker t;
    ticker_start(&t, S, 100 * MS);
    for (int i = 0; i < 30; i++)
        ticker_advance(&t, S + i * 100 * MS);
    int64_t back = 64 * S;
    ticker_advance(&t, back);
    assert_true(t.achieved_hz < 0.5);
    for (int i = 1; i <= 10; i++)
        ticker_advance(&t, back + i * 100 * MS);
    assert_float_equal(t.achieved_hz, 10, 0.01);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(starts_at_once),
        cmocka_unit_test(keeps_its_grid),
        cmocka_unit_test(stops_at_the_end_of_time),
        cmocka_unit_test(changes_its_period),
        cmocka_unit_test(measures_what_it_achieves),
        cmocka_unit_test(shows_when_it_cannot_keep_up),
        cmocka_unit_test(recovers_from_a_pause),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
