/* SPDX-License-Identifier: MIT */
/* Rates of simulated producers. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sampler/rate.h"

#define MS INT64_C(1000000)
#define S INT64_C(1000000000)

struct step {
    uint64_t before;
    uint64_t after;
    unsigned bits;
    bool is_signed;
    double counter; /* NaN: a restart */
    double gauge;
};

static void takes_exact_distances(void **state)
{
    (void)state;
    const uint64_t min64 = UINT64_C(1) << 63;
    const struct step rows[] = {
        {5, 8, 32, false, 3, 3},
        {8, 5, 32, false, NAN, -3},
        {255, 0, 8, false, 1, -255},
        {250, 4, 8, false, 10, -246},
        {200, 100, 8, false, NAN, -100},
        {128, 0, 8, false, NAN, -128}, /* exactly half is no wrap */
        {129, 0, 8, false, 127, -129},
        {65535, 9, 16, false, 10, -65526},
        {UINT32_MAX, 0, 32, false, 1, -4294967295.0},
        {UINT64_MAX, 0, 64, false, 1, -18446744073709551615.0},
        {UINT64_MAX - 2, 4, 64, false, 7, -18446744073709551609.0},
        /* above 2^53, where doubles count by two and more */
        {(UINT64_C(1) << 53) + 1, (UINT64_C(1) << 53) + 2, 64, false, 1, 1},
        {UINT64_MAX - 1, UINT64_MAX, 64, false, 1, 1},
        {UINT64_MAX, UINT64_MAX - 1, 64, false, NAN, -1},
        /* signed: bits are sign-extended */
        {127, (uint64_t)-128, 8, true, 1, -255},
        {(uint64_t)-1, 0, 8, true, 1, 1},
        {(uint64_t)-100, 100, 8, true, 200, 200},
        {INT64_MAX, min64, 64, true, 1, -18446744073709551615.0},
        {min64, INT64_MAX, 64, true, 18446744073709551615.0,
         18446744073709551615.0},
        {0, (uint64_t)-1, 64, true, NAN, -1},
        /* bit fields */
        {7, 0, 3, false, 1, -7},
        {5, 4, 3, false, NAN, -1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct step *r = &rows[i];
        double counter =
            rate_counter_delta(r->before, r->after, r->bits, r->is_signed);
        double gauge = rate_gauge_delta(r->before, r->after, r->is_signed);
        if (isnan(r->counter))
            assert_true(isnan(counter));
        else
            assert_true(counter == r->counter);
        assert_true(gauge == r->gauge);
    }
}

static int64_t wobble(uint64_t step, int64_t amplitude)
{
    if (amplitude == 0)
        return 0;
    uint64_t x = (step + 1) * UINT64_C(0x9e3779b97f4a7c15);
    x ^= x >> 29;
    return (int64_t)(x % (uint64_t)(2 * amplitude + 1)) - amplitude;
}

/* Samples of a counter of `hz` that started at 0. */
struct watcher {
    struct rate rate;
    double per_second;
    int64_t changed_ns;
    uint64_t seen;
    double low, high; /* of the rates shown once a second is over */
    int changes;
};

static void look(struct watcher *w, uint64_t count, int64_t now_ns)
{
    if (count != w->seen) {
        double delta = rate_counter_delta(w->seen, count, 64, false);
        rate_change(&w->rate, &w->per_second, delta, now_ns);
        w->seen = count;
        w->changed_ns = now_ns;
        w->changes++;
    } else if (rate_deadline(&w->rate, w->changed_ns) <= now_ns) {
        w->per_second = 0;
    }
    if (w->rate.span_ns > 0) {
        w->low = fmin(w->low, w->per_second);
        w->high = fmax(w->high, w->per_second);
    }
}

struct watch {
    double counter_hz;
    int64_t period_ns;
    int64_t jitter_ns;
    double tolerance; /* of every rate shown, relative */
};

static void shows_the_true_rate(void **state)
{
    (void)state;
    static const struct watch rows[] = {
        {1, 100 * MS, 0, 0.10},
        {1, 100 * MS, 8 * MS, 0.12},
        {1000, 100 * MS, 0, 0.001},
        {1000, 100 * MS, 20 * MS, 0.02},
        {7, 100 * MS, 0, 0.11},
        {7, 100 * MS, 10 * MS, 0.13},
        {0.2, 100 * MS, 10 * MS, 0.03},
        {1, S, 0, 0.001},
        {0.05, S, 0, 0.06},
        {123456, 10 * S, MS, 0.001},
        {3, MS, 0, 0.01},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct watch *row = &rows[i];
        struct watcher w = {.per_second = NAN, .low = INFINITY};
        w.high = -INFINITY;
        w.changed_ns = S;
        int64_t end = 200 * S;
        uint64_t n = 0;
        for (int64_t t = S; t < end; t += row->period_ns, n++) {
            int64_t at = t + wobble(n, row->jitter_ns);
            double exact = (double)at / 1e9 * row->counter_hz + 0.25;
            if (n == 0)
                w.seen = (uint64_t)exact;
            look(&w, (uint64_t)exact, at);
        }
        assert_true(w.changes > 5);
        assert_true(w.low >= row->counter_hz * (1 - row->tolerance));
        assert_true(w.high <= row->counter_hz * (1 + row->tolerance));
    }
}

static void needs_two_changes(void **state)
{
    (void)state;
    struct rate rate = {0};
    double per_second = NAN;
    rate_change(&rate, &per_second, 100, 10 * S);
    assert_true(isnan(per_second));
    rate_change(&rate, &per_second, 5, 12 * S);
    assert_float_equal(per_second, 2.5, 1e-12);
}

/* After a rest the first change has no rate yet. */
static void is_unknown_after_quiet(void **state)
{
    (void)state;
    struct rate rate = {0};
    double per_second = 0;
    rate_change(&rate, &per_second, 5, 10 * S);
    assert_true(isnan(per_second));
    rate_change(&rate, &per_second, 5, 12 * S);
    assert_float_equal(per_second, 2.5, 1e-12);
}

/* Before a second has passed, the rate is that of the time so far. */
static void speaks_early(void **state)
{
    (void)state;
    struct rate rate = {0};
    double per_second = NAN;
    rate_change(&rate, &per_second, 1, 10 * S);
    rate_change(&rate, &per_second, 1, 10 * S + 100 * MS);
    assert_float_equal(per_second, 10, 1e-9);
    rate_change(&rate, &per_second, 1, 10 * S + 500 * MS);
    assert_float_equal(per_second, 4, 1e-9);
    rate_change(&rate, &per_second, 2, 11 * S);
    assert_float_equal(per_second, 4, 1e-9);
    /* After the first window changes are gathered for a second. */
    rate_change(&rate, &per_second, 30, 11 * S + 100 * MS);
    assert_float_equal(per_second, 4, 1e-9);
    rate_change(&rate, &per_second, 20, 12 * S);
    assert_float_equal(per_second, 50, 1e-9);
}

static void forgets_at_a_restart(void **state)
{
    (void)state;
    struct rate rate = {0};
    double per_second = NAN;
    rate_change(&rate, &per_second, 1, 10 * S);
    rate_change(&rate, &per_second, 1, 11 * S);
    assert_float_equal(per_second, 1, 1e-9);
    rate_change(&rate, &per_second, NAN, 12 * S);
    assert_true(isnan(per_second));
    rate_change(&rate, &per_second, 6, 14 * S);
    assert_float_equal(per_second, 3, 1e-9);
    rate_reset(&rate);
    rate_change(&rate, &per_second, 6, 15 * S);
    rate_change(&rate, &per_second, 7, 16 * S);
    assert_float_equal(per_second, 7, 1e-9);
}

static void falls_with_a_gauge(void **state)
{
    (void)state;
    struct rate rate = {0};
    double per_second = NAN;
    rate_change(&rate, &per_second, -4, 10 * S);
    rate_change(&rate, &per_second, -4, 11 * S);
    rate_change(&rate, &per_second, -5, 13 * S);
    assert_float_equal(per_second, -2.5, 1e-9);
}

struct quiet {
    int64_t span_ns;
    int64_t changed_ns;
    int64_t deadline_ns;
};

static void knows_when_to_be_still(void **state)
{
    (void)state;
    static const struct quiet rows[] = {
        {0, 10 * S, 13 * S},
        {500 * MS, 10 * S, 13 * S},
        {S, 10 * S, 13 * S},
        {2 * S, 10 * S, 16 * S},
        {60 * S, 10 * S, 190 * S},
        {INT64_MAX / 2, 10 * S, INT64_MAX},
        {INT64_MAX / 3, 10 * S, INT64_MAX},
        {0, INT64_MAX - S, INT64_MAX},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct rate rate = {.span_ns = rows[i].span_ns};
        assert_true(rate_deadline(&rate, rows[i].changed_ns) ==
                    rows[i].deadline_ns);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_exact_distances),
        cmocka_unit_test(shows_the_true_rate),
        cmocka_unit_test(needs_two_changes),
        cmocka_unit_test(is_unknown_after_quiet),
        cmocka_unit_test(speaks_early),
        cmocka_unit_test(forgets_at_a_restart),
        cmocka_unit_test(falls_with_a_gauge),
        cmocka_unit_test(knows_when_to_be_still),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
