/* SPDX-License-Identifier: MIT */
/* View, sampler and clock together: what pausing, a new period and a new layout
 * do to the clock. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/os.h"
#include "loader/loader.h"
#include "os_rig.h"
#include "ui/live_view.h"

#define SECOND INT64_C(1000000000)

struct fixture {
    char path[OS_RIG_PATH];
    struct layout *layout;
    struct sampler *sampler;
    struct live_view live;
};

static int set_up(void **state)
{
    static const char text[] = "[mapping]\nsize = 8\n[fields]\na = u8 @0\n";
    struct fixture *f = calloc(1, sizeof *f);
    struct problems problems = {0};
    struct sampler_options sampling = {.stale_ns = sampler_stale_after(SECOND)};
    struct view_options options = {.period_ns = SECOND};
    char target[OS_RIG_PATH + 4];
    struct err err = {0};
    os_rig_path(f->path, "live_view");
    FILE *file = fopen(f->path, "wb");
    if (!file || fputs("size 8\nframe\n", file) < 0 || fclose(file) != 0)
        return -1;
    snprintf(target, sizeof target, "mem:%s", f->path);
    if (!layout_parse(&f->layout, "live.ini", text, strlen(text), ABI_UNKNOWN,
                      &problems) ||
        !sampler_open(&f->sampler, f->layout, target, &sampling, &err))
        return -1;
    problems_free(&problems);
    live_view_open(&f->live, f->layout, f->sampler, &options);
    live_view_step(&f->live);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    live_view_close(&f->live);
    sampler_close(f->sampler);
    layout_free(f->layout);
    bool gone = os_rig_remove(f->path);
    free(f);
    return gone ? 0 : -1;
}

/* Moves the clock into the past, as if `ns` had passed. */
static void pass(struct live_view *live, int64_t ns)
{
    live->ticker.next_ns -= ns;
    live->ticker.served_ns -= ns;
    live->ticker.window_ns -= ns;
}

static void test_a_pause_misses_nothing(void **state)
{
    struct live_view *live = &((struct fixture *)*state)->live;
    live->view.achieved_hz = 1;
    live_view_key(live, ' ');
    assert_true(live->view.paused);
    pass(live, 60 * SECOND);
    live_view_key(live, 'j');
    assert_true(live->ticker.next_ns < os_mono_ns() - 50 * SECOND);
    live_view_key(live, ' ');
    assert_false(live->view.paused);
    assert_true(isnan(live->view.achieved_hz));
    assert_true(live->ticker.next_ns <= os_mono_ns());
    live_view_step(live);
    assert_int_equal(live->ticker.missed, 0);
    assert_true(isnan(live->ticker.achieved_hz));
    assert_true(live->ticker.next_ns > os_mono_ns());
}

static void test_a_late_tick_is_missed(void **state)
{
    struct live_view *live = &((struct fixture *)*state)->live;
    pass(live, 60 * SECOND);
    live_view_step(live);
    assert_in_range(live->ticker.missed, 58, 60);
}

static void test_restart(void **state)
{
    struct live_view *live = &((struct fixture *)*state)->live;
    live->view.achieved_hz = 1;
    live->ticker.missed = 7;
    pass(live, 60 * SECOND);
    live_view_restart(live);
    assert_true(isnan(live->view.achieved_hz));
    assert_true(live->ticker.next_ns <= os_mono_ns());
    assert_true(live->ticker.period_ns == SECOND);
    live_view_step(live);
    /* A restart keeps the count. */
    assert_int_equal(live->ticker.missed, 7);
}

static void test_missed_is_reset(void **state)
{
    struct live_view *live = &((struct fixture *)*state)->live;
    static const struct {
        const char *key;
        enum view_effect effect;
        uint64_t missed;
        bool measured; /* the rate stays known */
    } cases[] = {
        {"j", EFFECT_NONE, 9, true},
        {"0", EFFECT_BASELINE, 0, true},
        {"+", EFFECT_PERIOD, 0, false},
        {"-", EFFECT_PERIOD, 0, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        live->ticker.missed = live->view.missed = 9;
        live->view.achieved_hz = 1;
        assert_int_equal(live_view_key(live, cases[i].key[0]), cases[i].effect);
        assert_int_equal(live->ticker.missed, cases[i].missed);
        assert_int_equal(live->view.missed, cases[i].missed);
        assert_int_equal(!isnan(live->view.achieved_hz), cases[i].measured);
        assert_true(live->ticker.period_ns == live->view.period_ns);
    }
}

/* At 2 s a mapping is not stale before 10 s. */
static void test_stale_follows_the_period(void **state)
{
    struct live_view *live = &((struct fixture *)*state)->live;
    live_view_key(live, '+');
    for (int seconds = 1; seconds <= 12; seconds++) {
        live_view_step(live);
        assert_int_equal(live->sample->state,
                         seconds < 10 ? STATE_LIVE : STATE_STALE);
    }
    live_view_key(live, '+');
    live_view_step(live);
    assert_int_equal(live->sample->state, STATE_LIVE);
    live_view_key(live, '-');
    live_view_key(live, '-');
    live_view_step(live);
    assert_int_equal(live->sample->state, STATE_STALE);
}

/* A new layout may hide elements although the old one did not. */
static void test_new_layout_hides(void **state)
{
    static const char text[] = "[mapping]\nsize = 8\n[fields]\n"
                               "a = u8 @0\nb = u8[3] @1 hide=unused\n";
    struct fixture *f = *state;
    struct problems problems = {0};
    struct sampler_options sampling = {.stale_ns = INT64_MAX};
    struct layout *layout;
    struct sampler *sampler;
    char target[OS_RIG_PATH + 4];
    struct err err = {0};
    FILE *file = fopen(f->path, "wb");
    assert_non_null(file);
    fputs("size 8\nframe\nset 2 01\nframe\n", file);
    assert_int_equal(fclose(file), 0);
    snprintf(target, sizeof target, "mem:%s", f->path);
    assert_true(layout_parse(&layout, "live.ini", text, strlen(text),
                             ABI_UNKNOWN, &problems));
    problems_free(&problems);
    assert_true(sampler_open(&sampler, layout, target, &sampling, &err));
    live_view_replace(&f->live, layout, sampler, NULL, 0);
    sampler_close(f->sampler);
    layout_free(f->layout);
    f->layout = layout;
    f->sampler = sampler;
    assert_int_equal(f->live.view.row_count, 1);
    live_view_step(&f->live);
    view_refresh(&f->live.view, f->live.sample);
    assert_int_equal(f->live.view.row_count, 2);
}

#define WATCH_TEST(name)                                                       \
    cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WATCH_TEST(test_a_pause_misses_nothing),
        WATCH_TEST(test_a_late_tick_is_missed),
        WATCH_TEST(test_restart),
        WATCH_TEST(test_missed_is_reset),
        WATCH_TEST(test_stale_follows_the_period),
        WATCH_TEST(test_new_layout_hides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
