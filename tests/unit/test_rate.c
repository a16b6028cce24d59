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
#define UNIT (INT64_C(1) << RATE_GAP_SHIFT)

static void is_near(double is, double wanted)
{
    if (!(fabs(is - wanted) <= 1e-9 * fabs(wanted)))
        fail_msg("%.17g instead of %.17g", is, wanted);
}

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
    double low, high; /* of the rates shown once a window is over */
    int changes;
};

static void look(struct watcher *w, uint64_t count, int64_t now_ns)
{
    if (count != w->seen) {
        double delta = rate_counter_delta(w->seen, count, 64, false);
        w->per_second = rate_change(&w->rate, delta, w->changed_ns, now_ns);
        w->seen = count;
        w->changed_ns = now_ns;
        w->changes++;
    } else if (rate_deadline(&w->rate, w->changed_ns) <= now_ns) {
        w->per_second = 0;
    }
    if (w->rate.between_us > 0) {
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

/* --- the change over the time that the column names ---------------------- */

#define SAMPLES_MAX 1000

/* A gauge, sampled every `period_ns`. */
struct gauge {
    struct rate rate;
    double per_second;
    int64_t period_ns;
    int64_t changed_ns;
    double values[SAMPLES_MAX]; /* of sample n, at S + n * period_ns */
    size_t count;
};

static int64_t gauge_time(const struct gauge *g, size_t sample)
{
    return S + (int64_t)sample * g->period_ns;
}

/* False if the value did not change. */
static bool gauge_look(struct gauge *g, double value)
{
    assert_true(g->count < SAMPLES_MAX);
    int64_t now_ns = gauge_time(g, g->count);
    double before = g->count == 0 ? value : g->values[g->count - 1];
    if (g->count == 0)
        g->changed_ns = now_ns;
    g->values[g->count++] = value;
    if (value < before || value > before) {
        g->per_second =
            rate_change(&g->rate, value - before, g->changed_ns, now_ns);
        g->changed_ns = now_ns;
        return true;
    }
    if (rate_deadline(&g->rate, g->changed_ns) <= now_ns)
        g->per_second = 0;
    return false;
}

/* The rate is the exact change over a time of `low_ns` to `high_ns` before the
 * last sample. */
static void is_the_change_over(const struct gauge *g, int64_t low_ns,
                               int64_t high_ns)
{
    size_t last = g->count - 1;
    for (size_t back = 1; back <= last; back++) {
        int64_t over_ns = (int64_t)back * g->period_ns;
        double exact =
            (g->values[last] - g->values[last - back]) * 1e9 / (double)over_ns;
        if (over_ns >= low_ns && over_ns <= high_ns &&
            fabs(exact - g->per_second) < 1e-9 * (1 + fabs(exact)))
            return;
    }
    fail_msg("sample %zu: no time has the rate %g", last, g->per_second);
}

/* A gauge that jumps never has a rate against its last jump. */
static void agrees_with_a_jumping_gauge(void **state)
{
    (void)state;
    struct gauge g = {.per_second = NAN, .period_ns = 100 * MS};
    for (int n = 0; n < 400; n++) {
        double value = n / 10 % 2 == 0 ? 0 : 1000;
        if (!gauge_look(&g, value) || n < 50)
            continue;
        is_the_change_over(&g, 2500 * MS, 6 * S);
        assert_true(value > 0 ? g.per_second >= 0 : g.per_second <= 0);
        assert_true(fabs(g.per_second) <= 1000 / 2.5);
    }
}

/* A sine of 3 s at 2 Hz had the rate 0 for ever. */
static void follows_a_sine(void **state)
{
    (void)state;
    struct gauge g = {.per_second = NAN, .period_ns = 500 * MS};
    int moving = 0;
    for (int n = 0; n < 400; n++) {
        double value = 5 + 5 * sin(n / 6.0 * 2 * 3.14159265358979);
        if (!gauge_look(&g, value) || n < 10)
            continue;
        is_the_change_over(&g, 2500 * MS, 5 * S);
        moving += fabs(g.per_second) > 0.5;
    }
    assert_true(moving > 100);
}

/* From 10 to 1000 a second: never back, and there after the window. */
static void follows_a_faster_counter(void **state)
{
    (void)state;
    struct gauge g = {.per_second = NAN, .period_ns = 100 * MS};
    double value = 0;
    double before = 0;
    for (int n = 0; n < 300; n++) {
        value += n <= 100 ? 1 : 100;
        gauge_look(&g, value);
        if (n < 30)
            continue;
        is_the_change_over(&g, 2500 * MS, 5 * S);
        if (n > 100)
            assert_true(g.per_second >= before - 1e-9);
        if (n > 150)
            is_near(g.per_second, 1000);
        before = g.per_second;
    }
}

/* What stops has no rate soon; what goes on after a rest is not measured over
 * the rest. */
static void forgets_a_rest(void **state)
{
    (void)state;
    struct gauge g = {.per_second = NAN, .period_ns = 100 * MS};
    double value = 0;
    for (int n = 0; n < 900; n++) {
        bool rests = n > 200 && n <= 800;
        value += rests ? 0 : 100;
        gauge_look(&g, value);
        if (n > 30 && n < 219)
            is_near(g.per_second, 1000);
        if (n >= 220 && n <= 800)
            assert_true(g.per_second == 0);
        if (n > 801)
            is_the_change_over(&g, 2500 * MS, 5 * S);
        if (n > 830)
            is_near(g.per_second, 1000);
    }
}

static void needs_two_changes(void **state)
{
    (void)state;
    struct rate rate = {0};
    double per_second = NAN;
    per_second = rate_change(&rate, 100, 9 * S, 10 * S);
    assert_true(isnan(per_second));
    per_second = rate_change(&rate, 5, 10 * S, 12 * S);
    is_near(per_second, 2.5);
    rate_reset(&rate);
    rate_change(&rate, 100, 9 * S, 10 * S);
    assert_true(isnan(rate_change(&rate, 5, 10 * S, 10 * S)));
}

/* Before the window has passed, the rate is that of the time so far. */
static void speaks_early(void **state)
{
    (void)state;
    struct rate rate = {0};
    double per_second = NAN;
    per_second = rate_change(&rate, 1, 9 * S, 10 * S);
    per_second = rate_change(&rate, 1, 10 * S, 10 * S + 100 * MS);
    is_near(per_second, 10);
    per_second = rate_change(&rate, 1, 10 * S + 100 * MS, 10 * S + 500 * MS);
    is_near(per_second, 4);
    per_second = rate_change(&rate, 2, 10 * S + 500 * MS, 11 * S);
    is_near(per_second, 4);
    /* Each later change moves it as well. */
    per_second = rate_change(&rate, 36, 11 * S, 12 * S);
    is_near(per_second, 20);
    per_second = rate_change(&rate, 5, 12 * S, 13 * S);
    is_near(per_second, 15);
    per_second = rate_change(&rate, 5, 13 * S, 14 * S);
    is_near(per_second, 12.5);
    /* The start is more than half a window ago: counted from 13 s. */
    per_second = rate_change(&rate, 4, 14 * S, 16 * S);
    is_near(per_second, 3);
}

static void measures_a_slow_counter_from_change_to_change(void **state)
{
    (void)state;
    struct rate rate = {0};
    double per_second = NAN;
    per_second = rate_change(&rate, 1, 9 * S, 10 * S);
    per_second = rate_change(&rate, 1, 10 * S, 30 * S);
    is_near(per_second, 1 / 20.0);
    per_second = rate_change(&rate, 2, 30 * S, 40 * S);
    is_near(per_second, 1 / 5.0);
    /* Two changes at once: what has changed in half a window. */
    per_second = rate_change(&rate, 3, 40 * S, 40 * S + 100 * MS);
    is_near(per_second, 5 / 2.5);
    assert_true(rate_deadline(&rate, 0) == RATE_QUIET_NS);
}

static void forgets_at_a_restart(void **state)
{
    (void)state;
    struct rate rate = {0};
    double per_second = NAN;
    per_second = rate_change(&rate, 1, 9 * S, 10 * S);
    per_second = rate_change(&rate, 1, 10 * S, 11 * S);
    is_near(per_second, 1);
    per_second = rate_change(&rate, NAN, 11 * S, 12 * S);
    assert_true(isnan(per_second));
    per_second = rate_change(&rate, 6, 12 * S, 14 * S);
    is_near(per_second, 3);
    rate_reset(&rate);
    per_second = rate_change(&rate, 6, 14 * S, 15 * S);
    per_second = rate_change(&rate, 7, 15 * S, 16 * S);
    is_near(per_second, 7);
}

static void falls_with_a_gauge(void **state)
{
    (void)state;
    struct rate rate = {0};
    double per_second = NAN;
    per_second = rate_change(&rate, -4, 9 * S, 10 * S);
    per_second = rate_change(&rate, -4, 10 * S, 11 * S);
    per_second = rate_change(&rate, -5, 11 * S, 14 * S);
    is_near(per_second, -5 / 3.0);
}

struct quiet {
    uint32_t gap;
    int64_t changed_ns;
    int64_t deadline_ns;
};

static void knows_when_to_be_still(void **state)
{
    (void)state;
    static const struct quiet rows[] = {
        {0, 10 * S, 12 * S},
        {500, 10 * S, 12 * S},
        {1000, 10 * S, 10 * S + 3 * 1000 * UNIT},
        {60000, 10 * S, 10 * S + 3 * 60000 * UNIT},
        {UINT32_MAX, 0, 3 * UNIT * UINT32_MAX},
        {0, INT64_MAX - S, INT64_MAX},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct rate rate = {.gap = rows[i].gap};
        assert_true(rate_deadline(&rate, rows[i].changed_ns) ==
                    rows[i].deadline_ns);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_exact_distances),
        cmocka_unit_test(shows_the_true_rate),
        cmocka_unit_test(agrees_with_a_jumping_gauge),
        cmocka_unit_test(follows_a_sine),
        cmocka_unit_test(follows_a_faster_counter),
        cmocka_unit_test(forgets_a_rest),
        cmocka_unit_test(needs_two_changes),
        cmocka_unit_test(measures_a_slow_counter_from_change_to_change),
        cmocka_unit_test(speaks_early),
        cmocka_unit_test(forgets_at_a_restart),
        cmocka_unit_test(falls_with_a_gauge),
        cmocka_unit_test(knows_when_to_be_still),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
