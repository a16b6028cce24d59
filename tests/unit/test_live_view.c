/* SPDX-License-Identifier: MIT */
/* View, sampler and clock together: what pausing, a new period and a new layout
 * do to the clock. */
#include "engine_rig.h"

#include "base/os.h"
#include "ui/live_view.h"

#define SECOND INT64_C(1000000000)

/* The view's only target; the second layout is for test_new_layout. */
struct fixture {
    char target[RIG_TARGET], other[RIG_TARGET];
    struct layout *layout;
    struct sampler *sampler;
    struct live_view live;
    struct grid grid;
    struct buf asked; /* requests as text */
};

static const char layout_text[] = "[mapping]\nname = x\nsize = 8\n[fields]\n"
                                  "a = u8 @0 crit=>200\n";

static bool note_request(void *user, const struct request *request,
                         struct buf *answer)
{
    struct buf *asked = user;
    if (request->kind == REQUEST_FILE)
        buf_printf(asked, "file %s %.*s\n", request->name, (int)request->len,
                   request->data);
    for (size_t i = 0;
         request->kind == REQUEST_KEEP && i < request->kept->count; i++)
        buf_printf(asked, "%zu %s = %s\n", request->watched,
                   request->kept->lines[i].key, request->kept->lines[i].value);
    buf_puts(answer, "noted");
    return true;
}

static void open_live(struct fixture *f, const char *frames)
{
    struct sampler_options sampling = {.stale_ns = sampler_stale_after(SECOND)};
    struct err err = {0};
    rig_record(f->target, frames);
    f->layout = rig_layout(layout_text);
    if (!sampler_open(&f->sampler, f->layout, f->target, &sampling, &err))
        fail_msg("%s", err.text);
    struct view_target target = {
        .layout = f->layout, .sampler = f->sampler, .period_ns = SECOND};
    struct dashboard_options options = {
        .view = {.order = ORDER_LAYOUT},
        .targets = &target,
        .target_count = 1,
        .request = note_request,
        .request_user = &f->asked,
    };
    live_view_open(&f->live, &options);
    grid_reset(&f->grid, 60, 10);
    live_view_sample(&f->live, 0);
}

static void close_live(struct fixture *f)
{
    live_view_close(&f->live);
    sampler_close(f->sampler);
    layout_free(f->layout);
    grid_free(&f->grid);
    buf_free(&f->asked);
    rig_forget(f->target);
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    open_live(f, "size 8\nframe\n");
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    close_live(*state);
    free(*state);
    return 0;
}

static enum view_effect type(struct fixture *f, const char *keys)
{
    enum view_effect effect = EFFECT_NONE;
    struct key_event event = {0};
    while ((event.key = key_next(&keys, &event.mouse)) > 0)
        effect = live_view_key(&f->live, event, &f->grid);
    return effect;
}

/* Moves the clock into the past, as if `ns` had passed. */
static void pass(struct live_view *live, int64_t ns)
{
    struct ticker *ticker = &live->targets[0].ticker;
    ticker->next_ns -= ns;
    ticker->served_ns -= ns;
    ticker->window_ns -= ns;
}

static void test_a_restart_misses_nothing(void **state)
{
    struct fixture *f = *state;
    struct live_view *live = &f->live;
    const struct ticker *ticker = &live->targets[0].ticker;
    live->view.targets[0].achieved_hz = 1;
    pass(live, 60 * SECOND);
    live_view_restart(live);
    assert_true(isnan(live->view.targets[0].achieved_hz));
    assert_true(ticker->next_ns <= os_mono_ns());
    live_view_sample(live, 0);
    assert_int_equal(ticker->missed, 0);
    assert_true(isnan(ticker->achieved_hz));
    assert_true(ticker->next_ns > os_mono_ns());
}

static void test_a_late_tick_is_missed(void **state)
{
    struct live_view *live = &((struct fixture *)*state)->live;
    pass(live, 60 * SECOND);
    live_view_sample(live, 0);
    assert_in_range(live->targets[0].ticker.missed, 58, 60);
}

static void test_restart(void **state)
{
    struct live_view *live = &((struct fixture *)*state)->live;
    struct ticker *ticker = &live->targets[0].ticker;
    live->view.targets[0].achieved_hz = 1;
    ticker->missed = 7;
    pass(live, 60 * SECOND);
    live_view_restart(live);
    assert_true(isnan(live->view.targets[0].achieved_hz));
    assert_true(ticker->next_ns <= os_mono_ns());
    assert_true(ticker->period_ns == SECOND);
    live_view_sample(live, 0);
    /* A restart keeps the count. */
    assert_int_equal(ticker->missed, 7);
}

static void test_missed_is_reset(void **state)
{
    struct fixture *f = *state;
    struct ticker *ticker = &f->live.targets[0].ticker;
    struct watched *watched = &f->live.view.targets[0];
    static const struct {
        const char *key;
        enum view_effect effect;
        uint64_t missed;
        bool measured; /* the rate stays known */
    } cases[] = {
        {"j", EFFECT_NONE, 9, true},     {"0", EFFECT_BASELINE, 0, true},
        {"b", EFFECT_BASELINE, 0, true}, {"+", EFFECT_PERIOD, 0, false},
        {"-", EFFECT_PERIOD, 0, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ticker->missed = watched->missed = 9;
        watched->achieved_hz = 1;
        assert_int_equal(type(f, cases[i].key), cases[i].effect);
        assert_int_equal(ticker->missed, cases[i].missed);
        assert_int_equal(watched->missed, cases[i].missed);
        assert_int_equal(!isnan(watched->achieved_hz), cases[i].measured);
        assert_true(ticker->period_ns == watched->period_ns);
    }
}

/* At 2 s a mapping is not stale before 10 s. */
static void test_stale_follows_the_period(void **state)
{
    struct fixture *f = *state;
    const struct watched *watched = &f->live.view.targets[0];
    type(f, "-");
    for (int seconds = 1; seconds <= 12; seconds++) {
        live_view_sample(&f->live, 0);
        assert_int_equal(watched->sample->state,
                         seconds < 10 ? STATE_LIVE : STATE_STALE);
    }
    type(f, "-");
    live_view_sample(&f->live, 0);
    assert_int_equal(watched->sample->state, STATE_LIVE);
    type(f, "++");
    live_view_sample(&f->live, 0);
    assert_int_equal(watched->sample->state, STATE_STALE);
}

/* A new layout may hide elements although the old one did not. */
static void test_new_layout_hides(void **state)
{
    struct fixture *f = *state;
    struct sampler_options sampling = {.stale_ns = INT64_MAX};
    struct layout *layout =
        rig_layout("[mapping]\nname = x\nsize = 8\n[fields]\n"
                   "a = u8 @0\nb = u8[3] @1 hide=unused\n");
    struct sampler *sampler;
    struct err err = {0};
    rig_record(f->other, "size 8\nframe\nset 2 01\nframe\n");
    assert_true(sampler_open(&sampler, layout, f->other, &sampling, &err));
    struct view_target target = {.layout = layout, .sampler = sampler};
    live_view_replace(&f->live, 0, &target);
    sampler_close(f->sampler);
    layout_free(f->layout);
    f->layout = layout;
    f->sampler = sampler;
    assert_true(f->live.view.targets[0].period_ns == SECOND);
    assert_int_equal(f->live.view.row_count, 1);
    live_view_sample(&f->live, 0);
    view_refresh(&f->live.view);
    assert_int_equal(f->live.view.row_count, 3); /* with a heading */
    /* Columns are as wide as the new layout needs. */
    f->live.fit.value.width = 40;
    f->live.fit.screen_columns = 0;
    live_view_draw(&f->live, &f->grid);
    int width = f->live.fit.value.width;
    assert_in_range(width, 1, 20);
    f->live.fit.value.width = 40;
    live_view_replace(&f->live, 0, &target);
    live_view_draw(&f->live, &f->grid);
    assert_int_equal(f->live.fit.value.width, width);
    rig_forget(f->other);
}

/* No frame is drawn when nothing is to be seen. */
static void test_dirty(void **state)
{
    (void)state;
    static const struct {
        const char *frame;
        bool dirty;
    } cases[] = {
        {"frame", true},                 /* the first one */
        {"frame +10ms", false},          /* nothing has changed */
        {"frame +10ms", false},          /**/
        {"set 0 05\nframe +10ms", true}, /* a value */
        {"frame +10ms", true},           /* its highlight ends */
        {"frame +10ms", false},          /**/
        {"frame +1s", true},             /* ages */
        {"set 0 ff\nframe +1ms", true},
        {"frame +1ms", true},
        {"frame +1ms gone", true}, /* a state */
        {"frame +1ms gone", false},
    };
    enum { COUNT = sizeof cases / sizeof cases[0] };
    struct buf frames = {0};
    struct fixture f = {0};
    buf_puts(&frames, "size 8\n");
    for (size_t i = 0; i < COUNT; i++)
        buf_printf(&frames, "%s\n", cases[i].frame);
    open_live(&f, frames.data);
    buf_free(&frames);
    for (size_t i = 0; i < COUNT; i++) {
        if (f.live.dirty != cases[i].dirty)
            fail_msg("%zu: %s", i, cases[i].frame);
        live_view_draw(&f.live, &f.grid);
        assert_false(f.live.dirty);
        live_view_sample(&f.live, 0);
    }
    assert_int_equal(f.live.new_crit, 1);
    close_live(&f);
}

/* After a pause nothing is known of the time before: no rate is shown until it
 * has been measured again. */
static void test_no_rate_after_a_pause(void **state)
{
    (void)state;
    struct buf frames = {0};
    struct fixture f = {0};
    buf_puts(&frames, "size 8\n");
    for (int i = 0; i < 20; i++)
        buf_printf(&frames, "set 0 %02x\nframe\n", 3 * i);
    open_live(&f, frames.data);
    buf_free(&frames);
    const struct watched *watched = &f.live.view.targets[0];
    for (int i = 0; i < 8; i++)
        live_view_sample(&f.live, 0);
    assert_true(trend_rate(&watched->sample->trends[0]) == 3);
    live_view_restart(&f.live);
    live_view_sample(&f.live, 0);
    assert_true(isnan(trend_rate(&watched->sample->trends[0])));
    for (int i = 0; i < 8; i++)
        live_view_sample(&f.live, 0);
    assert_true(trend_rate(&watched->sample->trends[0]) == 3);
    close_live(&f);
}

/* A value stays lit from the drawing that shows it first to the next one with
 * a new sample, even if a sample without a change comes in between. */
static void test_changes_between_drawings(void **state)
{
    (void)state;
    struct fixture f = {0};
    open_live(&f, "size 8\nframe\nset 0 05\nframe\nframe\nframe\n");
    const struct watched *watched = &f.live.view.targets[0];
    live_view_draw(&f.live, &f.grid);
    assert_true(watched->shown_ns == 0);
    int64_t first_ns = watched->sample->mono_ns;
    live_view_sample(&f.live, 0);
    live_view_sample(&f.live, 0);
    live_view_draw(&f.live, &f.grid);
    assert_true(watched->shown_ns == first_ns);
    live_view_draw(&f.live, &f.grid); /* no new sample */
    assert_true(watched->shown_ns == first_ns);
    live_view_sample(&f.live, 0);
    live_view_draw(&f.live, &f.grid);
    assert_true(watched->shown_ns > first_ns);
    close_live(&f);
}

static void test_requests(void **state)
{
    struct fixture *f = *state;
    type(f, "w");
    assert_string_equal(f->live.view.message, "noted");
    assert_non_null(strstr(f->asked.data, "0 order = layout\n"));
    buf_clear(&f->asked);
    type(f, "Pout.txt<Enter>");
    assert_string_equal(f->live.view.message, "noted");
    assert_int_equal(strncmp(f->asked.data, "file out.txt ", 13), 0);
    assert_non_null(strstr(f->asked.data, "LIVE"));
    assert_null(strstr(f->asked.data, "<svg"));
    buf_clear(&f->asked);
    type(f, "Pout.svg<Enter>");
    assert_non_null(strstr(f->asked.data, "<svg"));
    f->live.request = NULL;
    buf_clear(&f->asked);
    type(f, "w");
    assert_int_equal(f->asked.len, 0);
    assert_string_equal(f->live.view.message, "nothing can be saved here");
}

/* --- several targets ----------------------------------------------------- */

/* Two targets with periods of their own. */
struct pair {
    char paths[2][RIG_TARGET];
    struct layout *layouts[2];
    struct sampler *samplers[2];
    struct view_target targets[2];
    struct live_view live;
    struct grid grid;
    struct buf asked;
};

static void open_pair(struct pair *p, const struct kept *kept)
{
    static const struct sampler_options sampling = {.stale_ns = INT64_MAX};
    *p = (struct pair){0};
    for (int i = 0; i < 2; i++) {
        struct err err = {0};
        rig_record(p->paths[i], "size 64\nframe\nset 0 ff\nframe\nframe\n");
        p->layouts[i] = rig_layout("[mapping]\nname = x\nsize = 64\n[fields]\n"
                                   "a = u8 @0 crit=>200\nlong = u8[20] @8\n");
        if (!sampler_open(&p->samplers[i], p->layouts[i], p->paths[i],
                          &sampling, &err))
            fail_msg("%s", err.text);
        p->targets[i] = (struct view_target){.layout = p->layouts[i],
                                             .sampler = p->samplers[i],
                                             .period_ns = (1 + i) * SECOND,
                                             .kept = i ? kept : NULL};
    }
    struct dashboard_options options = {
        .view = {.order = ORDER_LAYOUT},
        .targets = p->targets,
        .target_count = 2,
        .request = note_request,
        .request_user = &p->asked,
    };
    live_view_open(&p->live, &options);
}

static void close_pair(struct pair *p)
{
    live_view_close(&p->live);
    for (int i = 0; i < 2; i++) {
        sampler_close(p->samplers[i]);
        layout_free(p->layouts[i]);
        rig_forget(p->paths[i]);
    }
    grid_free(&p->grid);
    buf_free(&p->asked);
}

/* Each target is sampled at its own rate. */
static void test_own_clocks(void **state)
{
    (void)state;
    struct pair p;
    open_pair(&p, NULL);
    const struct live_target *targets = p.live.targets;
    int64_t now_ns = os_mono_ns();
    assert_true(live_view_next_ns(&p.live) <= now_ns);
    live_view_step(&p.live, now_ns);
    assert_int_equal(targets[0].taken, 1);
    assert_int_equal(targets[1].taken, 1);
    int64_t next_ns = live_view_next_ns(&p.live);
    assert_true(next_ns == targets[0].ticker.next_ns);
    assert_true(next_ns < targets[1].ticker.next_ns);
    live_view_step(&p.live, next_ns - 1);
    assert_int_equal(targets[0].taken, 1);
    live_view_step(&p.live, next_ns);
    assert_int_equal(targets[0].taken, 2);
    assert_int_equal(targets[1].taken, 1);
    assert_int_equal(p.live.new_crit, 1);
    /* A recording at its end takes no more samples. */
    live_view_sample(&p.live, 0);
    live_view_sample(&p.live, 0);
    assert_true(live_view_next_ns(&p.live) == targets[1].ticker.next_ns);
    close_pair(&p);
}

/* Keys change the period of the cursor's target, and keep the settings of
 * each. */
static void test_keys_of_two(void **state)
{
    (void)state;
    struct pair p;
    open_pair(&p, NULL);
    live_view_step(&p.live, os_mono_ns());
    grid_reset(&p.grid, 60, 12);
    live_view_draw(&p.live, &p.grid);
    static const char keys[] = "G+w";
    const char *at = keys;
    struct key_event event = {0};
    while ((event.key = key_next(&at, &event.mouse)) > 0)
        live_view_key(&p.live, event, &p.grid);
    assert_true(p.live.view.targets[0].period_ns == SECOND);
    assert_true(p.live.view.targets[1].period_ns == SECOND);
    assert_true(p.live.targets[1].ticker.period_ns == SECOND);
    assert_non_null(strstr(p.asked.data, "0 order = layout\n"));
    assert_non_null(strstr(p.asked.data, "1 order = layout\n"));
    close_pair(&p);
}

/* What is folded at first is open if everything fits, unless a kept setting
 * says otherwise. */
static void test_unfolded(void **state)
{
    (void)state;
    static const struct {
        int rows;
        const char *key; /* of a kept line */
        bool folded[2];
    } cases[] = {
        {20, NULL, {true, true}},
        {100, NULL, {false, false}},
        {100, "folded", {false, true}},
        {20, "open", {true, false}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct pair p;
        struct kept kept = {0};
        if (cases[i].key)
            kept_add(&kept, cases[i].key, "long");
        open_pair(&p, &kept);
        grid_reset(&p.grid, 80, cases[i].rows);
        live_view_step(&p.live, os_mono_ns());
        live_view_draw(&p.live, &p.grid);
        size_t arrays = 0;
        for (size_t k = 0; k < p.live.view.tree.heading_count; k++) {
            const struct heading *heading = &p.live.view.tree.headings[k];
            if (heading->kind != HEADING_ARRAY)
                continue;
            if (heading->folded != cases[i].folded[heading->target])
                fail_msg("%d rows, %s: array %u", cases[i].rows,
                         cases[i].key ? cases[i].key : "", heading->target);
            arrays++;
        }
        assert_int_equal(arrays, 2);
        kept_free(&kept);
        close_pair(&p);
    }
}

/* A kept line that is wrong is told, and the rest counts. */
static void test_wrong_kept_lines(void **state)
{
    (void)state;
    struct pair p;
    struct kept kept = {0};
    kept_add(&kept, "levle", "diag");
    kept_add(&kept, "highlight", "off");
    open_pair(&p, &kept);
    assert_non_null(strstr(p.live.view.message, "unknown key 'levle'"));
    assert_non_null(strstr(p.live.view.message, "did you mean 'level'?"));
    assert_int_equal(p.live.view.highlight, HIGHLIGHT_OFF);
    kept_free(&kept);
    close_pair(&p);
}

#define WATCH_TEST(name)                                                       \
    cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WATCH_TEST(test_a_restart_misses_nothing),
        WATCH_TEST(test_a_late_tick_is_missed),
        WATCH_TEST(test_restart),
        WATCH_TEST(test_missed_is_reset),
        WATCH_TEST(test_stale_follows_the_period),
        WATCH_TEST(test_new_layout_hides),
        cmocka_unit_test(test_dirty),
        cmocka_unit_test(test_no_rate_after_a_pause),
        cmocka_unit_test(test_changes_between_drawings),
        WATCH_TEST(test_requests),
        cmocka_unit_test(test_own_clocks),
        cmocka_unit_test(test_keys_of_two),
        cmocka_unit_test(test_unfolded),
        cmocka_unit_test(test_wrong_kept_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
