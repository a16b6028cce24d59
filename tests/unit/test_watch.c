/* SPDX-License-Identifier: MIT */
/*
 * The dashboard's clock: what pausing and a change of the period do to it.
 */
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
    struct watch watch;
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
    os_rig_path(f->path, "watch");
    FILE *file = fopen(f->path, "wb");
    if (!file || fputs("size 8\nframe\n", file) < 0 || fclose(file) != 0)
        return -1;
    snprintf(target, sizeof target, "mem:%s", f->path);
    if (!layout_parse(&f->layout, "watch.ini", text, strlen(text), ABI_UNKNOWN,
                      &problems) ||
        !sampler_open(&f->sampler, f->layout, target, &sampling, &err))
        return -1;
    problems_free(&problems);
    watch_open(&f->watch, f->layout, f->sampler, &options);
    watch_step(&f->watch);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    watch_close(&f->watch);
    sampler_close(f->sampler);
    layout_free(f->layout);
    bool gone = os_rig_remove(f->path);
    free(f);
    return gone ? 0 : -1;
}

/* As if the last tick had been due so long ago. */
static void pass(struct watch *watch, int64_t ns)
{
    watch->ticker.next_ns -= ns;
    watch->ticker.served_ns -= ns;
    watch->ticker.window_ns -= ns;
}

static void test_a_pause_misses_nothing(void **state)
{
    struct watch *watch = &((struct fixture *)*state)->watch;
    watch->view.achieved_hz = 1;
    watch_key(watch, ' ');
    assert_true(watch->view.paused);
    pass(watch, 60 * SECOND);
    watch_key(watch, 'j');
    assert_true(watch->ticker.next_ns < os_mono_ns() - 50 * SECOND);
    watch_key(watch, ' ');
    assert_false(watch->view.paused);
    assert_true(isnan(watch->view.achieved_hz));
    assert_true(watch->ticker.next_ns <= os_mono_ns());
    watch_step(watch);
    assert_int_equal(watch->ticker.missed, 0);
    assert_true(isnan(watch->ticker.achieved_hz));
    assert_true(watch->ticker.next_ns > os_mono_ns());
}

static void test_a_late_tick_is_missed(void **state)
{
    struct watch *watch = &((struct fixture *)*state)->watch;
    pass(watch, 60 * SECOND);
    watch_step(watch);
    assert_in_range(watch->ticker.missed, 58, 60);
}

static void test_restart(void **state)
{
    struct watch *watch = &((struct fixture *)*state)->watch;
    watch->view.achieved_hz = 1;
    watch->ticker.missed = 7;
    pass(watch, 60 * SECOND);
    watch_restart(watch);
    assert_true(isnan(watch->view.achieved_hz));
    assert_true(watch->ticker.next_ns <= os_mono_ns());
    assert_true(watch->ticker.period_ns == SECOND);
    watch_step(watch);
    /* What was missed before was missed. */
    assert_int_equal(watch->ticker.missed, 7);
}

static void test_missed_starts_anew(void **state)
{
    struct watch *watch = &((struct fixture *)*state)->watch;
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
        watch->ticker.missed = watch->view.missed = 9;
        watch->view.achieved_hz = 1;
        assert_int_equal(watch_key(watch, cases[i].key[0]), cases[i].effect);
        assert_int_equal(watch->ticker.missed, cases[i].missed);
        assert_int_equal(watch->view.missed, cases[i].missed);
        assert_int_equal(!isnan(watch->view.achieved_hz), cases[i].measured);
        assert_true(watch->ticker.period_ns == watch->view.period_ns);
    }
}

/* At 2 s a mapping is not stale before 10 s. */
static void test_stale_follows_the_period(void **state)
{
    struct watch *watch = &((struct fixture *)*state)->watch;
    watch_key(watch, '+');
    for (int seconds = 1; seconds <= 12; seconds++) {
        watch_step(watch);
        assert_int_equal(watch->sample->state,
                         seconds < 10 ? STATE_LIVE : STATE_STALE);
    }
    watch_key(watch, '+');
    watch_step(watch);
    assert_int_equal(watch->sample->state, STATE_LIVE);
    watch_key(watch, '-');
    watch_key(watch, '-');
    watch_step(watch);
    assert_int_equal(watch->sample->state, STATE_STALE);
}

/* A saved layout may hide what the one before did not. */
static void test_hides_as_the_new_layout_says(void **state)
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
    assert_true(layout_parse(&layout, "watch.ini", text, strlen(text),
                             ABI_UNKNOWN, &problems));
    problems_free(&problems);
    assert_true(sampler_open(&sampler, layout, target, &sampling, &err));
    watch_replace(&f->watch, layout, sampler, NULL, 0);
    sampler_close(f->sampler);
    layout_free(f->layout);
    f->layout = layout;
    f->sampler = sampler;
    assert_int_equal(f->watch.view.row_count, 1);
    watch_step(&f->watch);
    view_refresh(&f->watch.view, f->watch.sample);
    assert_int_equal(f->watch.view.row_count, 2);
}

#define WATCH_TEST(name)                                                       \
    cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WATCH_TEST(test_a_pause_misses_nothing),
        WATCH_TEST(test_a_late_tick_is_missed),
        WATCH_TEST(test_restart),
        WATCH_TEST(test_missed_starts_anew),
        WATCH_TEST(test_stale_follows_the_period),
        WATCH_TEST(test_hides_as_the_new_layout_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
