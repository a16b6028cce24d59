/* SPDX-License-Identifier: MIT */
/* The moment that is held: what the keys of time do to it, to the time bar and
 * to what is shown, for several targets with histories of different lengths. */
#include "engine_rig.h"

#include "base/os.h"
#include "ui/draw.h"
#include "ui/live_view.h"
#include "view/rows.h"

#define SECOND INT64_C(1000000000)
#define TARGETS 2

struct fixture {
    struct layout *layouts[TARGETS];
    struct sampler *samplers[TARGETS];
    struct history *histories[TARGETS];
    char targets[TARGETS][RIG_TARGET];
    size_t count;
    struct live_view live;
    struct grid grid;
};

static const char layout_text[] =
    "[mapping]\nname = x\nsize = 4096\nlabel = Rig\n[fields]\n"
    "a = u8 @0\nb = u8 @1 warn=>100 crit=>200\nc = char[2000] @16\n";

static void add(struct fixture *f, const char *frames, size_t history_bytes)
{
    static const struct sampler_options options = {.stale_ns = INT64_MAX,
                                                   .trend_bytes = 1 << 16,
                                                   .trend_max = 64,
                                                   .statistics = true};
    struct err err = {0};
    size_t i = f->count++;
    assert_true(i < TARGETS);
    rig_record(f->targets[i], frames);
    f->layouts[i] = rig_layout(layout_text);
    if (!sampler_open(&f->samplers[i], f->layouts[i], f->targets[i], &options,
                      &err))
        fail_msg("%s", err.text);
    f->histories[i] =
        history_open(f->samplers[i], f->layouts[i], history_bytes);
}

static void show(struct fixture *f)
{
    struct view_target targets[TARGETS];
    for (size_t i = 0; i < f->count; i++)
        targets[i] = (struct view_target){
            .name = "rig",
            .layout = f->layouts[i],
            .sampler = f->samplers[i],
            .history = f->histories[i],
            .period_ns = SECOND,
        };
    struct dashboard_options options = {
        .view = {.order = ORDER_LAYOUT},
        .targets = targets,
        .target_count = f->count,
    };
    live_view_open(&f->live, &options);
    grid_reset(&f->grid, 100, 20);
}

/* Frames a second apart: `a` counts, `b` is an alarm at the 10th and the 20th,
 * `c` is new bytes in each one if `heavy`. */
static char *frames(int count, bool heavy)
{
    struct buf out = {0};
    unsigned random = 1;
    buf_puts(&out, "start 2026-11-28T12:00:00Z\nsize 4096\n");
    for (int i = 0; i < count; i++) {
        buf_printf(&out, "set 0 %02x%02x\n", i % 256,
                   i == 10       ? 110
                   : i % 20 == 0 ? (i ? 210 : 0)
                                 : 0);
        for (int k = 0; heavy && k < 2000; k++) {
            if (k == 0)
                buf_puts(&out, "set 16 ");
            buf_printf(&out, "%02x",
                       0x20 +
                           (random = random * 1103515245 + 12345) / 65536 % 90);
        }
        buf_puts(&out, heavy ? "\nframe\n" : "frame\n");
    }
    return out.data;
}

static void open_one(struct fixture *f, int count)
{
    *f = (struct fixture){0};
    char *text = frames(count, false);
    add(f, text, HISTORY_BYTES);
    free(text);
    show(f);
}

static void close_all(struct fixture *f)
{
    live_view_close(&f->live);
    for (size_t i = 0; i < f->count; i++) {
        history_close(f->histories[i]);
        sampler_close(f->samplers[i]);
        layout_free(f->layouts[i]);
        rig_forget(f->targets[i]);
    }
    grid_free(&f->grid);
}

static void take(struct fixture *f, int count)
{
    for (int i = 0; i < count; i++)
        for (size_t k = 0; k < f->count; k++)
            live_view_sample(&f->live, k);
    live_view_draw(&f->live, &f->grid);
}

static void type(struct fixture *f, const char *keys)
{
    struct key_event event = {0};
    while ((event.key = key_next(&keys, &event.mouse)) > 0) {
        live_view_key(&f->live, event, &f->grid);
        live_view_draw(&f->live, &f->grid);
    }
    assert_int_equal(event.key, KEY_CODE_NONE);
}

/* The seconds since the first sample of the moment. */
static int moment(const struct fixture *f)
{
    assert_true(f->live.view.held);
    return (int)((f->live.view.moment_ns - SECOND) / SECOND);
}

static int shown(const struct fixture *f, size_t target)
{
    return (int)f->live.view.targets[target].sample->values[0].u;
}

static void expect_message(const struct fixture *f, const char *part)
{
    if (!strstr(f->live.view.message, part))
        fail_msg("'%s' is not in '%s'", part, f->live.view.message);
}

/* --- tests ---------------------------------------------------------------- */

static void test_hold(void **state)
{
    (void)state;
    struct fixture f;
    open_one(&f, 40);
    const struct watched *watched = &f.live.view.targets[0];
    take(&f, 10);
    type(&f, "<Space>");
    assert_int_equal(moment(&f), 9);
    take(&f, 10);
    assert_int_equal(moment(&f), 9);
    assert_int_equal(shown(&f, 0), 9);
    assert_int_equal(sampler_last(watched->live)->number, 20);
    assert_int_equal(watched->sample->number, 10);
    /* What changed in the sample of the moment is lit. */
    assert_int_equal(watched->shown_ns, watched->sample->mono_ns - SECOND);
    type(&f, "j<Esc>");
    assert_int_equal(moment(&f), 9);
    type(&f, "<Space>");
    assert_false(f.live.view.held);
    assert_int_equal(shown(&f, 0), 19);
    assert_ptr_equal(watched->sampler, watched->live);
    assert_int_equal(watched->shown_ns, watched->sample->mono_ns - SECOND);
    close_all(&f);
}

static void test_step(void **state)
{
    (void)state;
    static const struct {
        const char *keys;
        int moment; /* -1: live */
        const char *message;
    } cases[] = {
        {"]", -1, "this is the newest sample"},
        {"}", -1, "no later value of a"},
        {")", -1, "no later alarm"},
        {">", -1, "this is the newest sample"},
        {"[", 29, ""},
        {"[[]", 29, ""},
        {"[]", 30, ""},
        {"[]]", 30, "this is the newest sample"},
        {"(", 20, "!! b"},
        {"((", 10, "! b"},
        {"(((", 10, "no earlier alarm"},
        {"(()", 20, "!! b"},
        {"(())", 20, "no later alarm"},
        {":12:00<Enter>", 0, ""},
        {":12:00<Enter>[", 0, "begins at 12:00:00, 30s ago"},
        {":12:00<Enter><lt>", 0, "begins at 12:00:00, 30s ago"},
        {"zz<lt>", 20, ""},
        {"zz<lt><lt>", 10, ""},
        {"zz<lt><lt><lt><lt>", 0, "begins at"},
        {"zz<lt><lt>>", 20, ""},
        {"zz<lt><lt>>>", 30, "this is the newest sample"},
        {"<lt>", 0, "begins at"},
        {"<Space>z", 30, "time bar: 1 m"},
        {"<Space>Z", 30, "time bar: 5 m"},
        {"zzzzzzzzz", -1, "time bar: 1 s, the shortest"},
        {"ZZZZZZZZZZZZZZZZZZ", -1, "time bar: 3 d, the longest"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct fixture f;
        open_one(&f, 31);
        take(&f, 31);
        bool zoomed = strncmp(cases[i].keys, "zz<", 3) == 0;
        if (zoomed)
            f.live.view.span_ns = 60 * SECOND;
        type(&f, cases[i].keys);
        int at = f.live.view.held ? moment(&f) : -1;
        if (at != cases[i].moment)
            fail_msg("%s: at %d, not %d", cases[i].keys, at, cases[i].moment);
        expect_message(&f, cases[i].message);
        close_all(&f);
    }
}

static void test_go_to(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int moment; /* -1: live, as before */
        const char *message;
    } cases[] = {
        {"12:00", 0, ""},
        {"12:01", 60, ""},
        {"12:01:05", 65, ""},
        {"12:01:05.5", 65, ""},
        {" 12:01:05 ", 65, ""},
        {"2026-11-28 12:01", 60, ""},
        {"2026-11-28T12:01:05", 65, ""},
        {"2026-11-27 12:01", -1, "is not in the history, from 12:00:00"},
        {"11:59", -1, "is not in the history"},
        {"12:02:00", -1, "is not in the history"},
        {"23:59", -1, "is not in the history"},
        {"-5s", 94, ""},
        {"-1m", 39, ""},
        {"-1m10s", 29, ""},
        {"-0.5m", 69, ""},
        {"-2500ms", 96, ""},
        {"-1 min 10 s", 29, ""},
        {"-1h", 0, "begins at"},
        {"-9999999999999d", 0, "begins at"},
        {"+5s", 99, "newest"},
        {"now", -1, ""},
        {"", -1, ""},
        {"24:00", -1, "is not a field or a time"},
        {"12:60", -1, "is not a field or a time"},
        {"12", -1, "is not a field or a time"},
        {"12:", -1, "is not a field or a time"},
        {"12:01:05.", -1, "is not a field or a time"},
        {"-5", -1, "is not a field or a time"},
        {"-m", -1, "is not a field or a time"},
        {"-5x", -1, "is not a field or a time"},
        {"-5mm", -1, "is not a field or a time"},
        {"--5m", -1, "is not a field or a time"},
        {"-1e3s", -1, "is not a field or a time"},
        {"2026-13-01 12:00", -1, "is not a field or a time"},
        {"b", -1, ""},
        {"B", -1, ""},
        {"bb", -1, "'bb' is not a field or a time"},
        {"\xff", -1, "is not a field or a time"},
    };
    struct fixture f;
    open_one(&f, 100);
    take(&f, 100);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        view_go_live(&f.live.view);
        type(&f, ":");
        for (const char *at = cases[i].text; *at; at++)
            live_view_key(&f.live, (struct key_event){.key = (uint8_t)*at},
                          &f.grid);
        type(&f, "<Enter>");
        int at = f.live.view.held ? moment(&f) : -1;
        if (at != cases[i].moment)
            fail_msg("%s: at %d, not %d: %s", cases[i].text, at,
                     cases[i].moment, f.live.view.message);
        expect_message(&f, cases[i].message);
    }
    type(&f, ":b<Enter>");
    assert_int_equal(view_cursor_leaf(&f.live.view), 1);
    type(&f, ":-50s<Enter>:+10s<Enter>");
    assert_int_equal(moment(&f), 59);
    close_all(&f);
}

/* Days of the local clock: the last 12:00 is of the day before. */
static void test_go_to_yesterday(void **state)
{
    (void)state;
    struct fixture f = {0};
    struct buf text = {0};
    buf_puts(&text, "start 2026-11-27T22:00:00Z\nsize 4096\n");
    for (int i = 0; i < 8; i++)
        buf_printf(&text, "set 0 %02x\nframe%s\n", i, i ? " +3600s" : "");
    add(&f, text.data, HISTORY_BYTES);
    buf_free(&text);
    show(&f);
    take(&f, 8);
    type(&f, ":23:00<Enter>");
    assert_int_equal(shown(&f, 0), 1);
    type(&f, ":01:00<Enter>");
    assert_int_equal(shown(&f, 0), 3);
    type(&f, ":2026-11-27 23:30<Enter>");
    assert_int_equal(shown(&f, 0), 1);
    type(&f, ":12:00<Enter>");
    expect_message(&f, "not in the history");
    close_all(&f);
}

static void test_no_history(void **state)
{
    (void)state;
    static const char *const keys[] = {"<Space>",
                                       "[",
                                       "]",
                                       "{",
                                       "}",
                                       "(",
                                       ")",
                                       ">",
                                       "<lt>",
                                       ":-5m<Enter>",
                                       ":12:00<Enter>"};
    for (int off = 0; off < 2; off++) {
        struct fixture f = {0};
        add(&f, "size 4096\nframe\n", 0);
        if (off) {
            history_close(f.histories[0]);
            f.histories[0] = NULL;
        }
        show(&f);
        take(&f, 1);
        for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
            bool holds = i == 0 && !off;
            type(&f, keys[i]);
            assert_true(f.live.view.held == holds);
            if (!holds)
                expect_message(&f, "no history");
            if (holds)
                type(&f, "<Space>");
        }
        close_all(&f);
    }
}

/* The second target keeps less: before its history it shows nothing. */
static void test_two_lengths(void **state)
{
    (void)state;
    struct fixture f = {0};
    char *light = frames(600, false);
    char *heavy = frames(600, true);
    add(&f, light, HISTORY_BYTES);
    add(&f, heavy, 300 << 10);
    free(light);
    free(heavy);
    show(&f);
    take(&f, 300);
    const struct view *view = &f.live.view;
    int64_t first_ns = history_span(f.histories[1]).first_ns;
    assert_true(history_span(f.histories[0]).first_ns == SECOND);
    assert_true(first_ns > 150 * SECOND);
    type(&f, ":-200s<Enter>");
    assert_int_equal(moment(&f), 99);
    assert_true(first_ns > view->moment_ns);
    assert_int_equal(shown(&f, 0), 99);
    assert_int_equal(view_past(view, 1), PAST_BEFORE);
    assert_int_equal(view->targets[1].sample->number, 0);
    struct buf text = {0};
    grid_put_text(&text, &f.grid);
    assert_non_null(strstr(text.data, "its history begins at "));
    buf_free(&text);
    type(&f, "<Space>");
    assert_int_equal(shown(&f, 1), 299 % 256);
    /* A moment that both keep leaves the shorter history. */
    type(&f, "<Space>");
    take(&f, 300);
    assert_int_equal(view_past(view, 0), PAST_KEPT);
    assert_int_equal(view_past(view, 1), PAST_LEFT);
    assert_int_equal(shown(&f, 1), 299 % 256);
    grid_put_text(&text, &f.grid);
    assert_non_null(strstr(text.data, "this moment has left the history"));
    buf_free(&text);
    type(&f, "[");
    assert_int_equal(view_past(view, 1), PAST_BEFORE);
    assert_int_equal(view->targets[1].sample->number, 0);
    type(&f, "<Space>");
    assert_int_equal(shown(&f, 1), 599 % 256);
    close_all(&f);
}

static void test_new_layout(void **state)
{
    (void)state;
    struct fixture f = {0};
    char *text = frames(40, false);
    add(&f, text, HISTORY_BYTES);
    show(&f);
    take(&f, 20);
    type(&f, "[[[");
    assert_true(f.live.view.held);
    add(&f, text, HISTORY_BYTES);
    free(text);
    f.count = 1;
    struct view_target next = {.name = "rig",
                               .layout = f.layouts[1],
                               .sampler = f.samplers[1],
                               .history = f.histories[1]};
    live_view_replace(&f.live, 0, &next);
    assert_false(f.live.view.held);
    expect_message(&f, "its history begins now");
    type(&f, "[");
    expect_message(&f, "the history begins at");
    take(&f, 1);
    type(&f, "[");
    assert_int_equal(moment(&f), 0);
    f.count = 2;
    close_all(&f);
}

/* A critical alarm is told although an older moment is shown, and nothing is
 * drawn but what is ago, once a second. */
static void test_while_held(void **state)
{
    (void)state;
    struct fixture f = {0};
    add(&f,
        "size 4096\nframe\nframe\nframe +100ms\nset 0 05\nframe +100ms\n"
        "frame +1s\nset 1 ff\nframe +1ms\nframe +1ms\n",
        HISTORY_BYTES);
    static const bool dirty[] = {false, false, true, true, false};
    show(&f);
    take(&f, 2);
    type(&f, "<Space>");
    for (size_t i = 0; i < sizeof dirty; i++) {
        live_view_sample(&f.live, 0);
        if (f.live.dirty != dirty[i])
            fail_msg("%zu", i);
        live_view_draw(&f.live, &f.grid);
    }
    assert_int_equal(f.live.new_crit, 1);
    expect_message(&f, "a new critical alarm");
    assert_int_equal(shown(&f, 0), 0);
    close_all(&f);
}

/* The answer to a key is not hidden by a new critical alarm. */
static void test_answer_first(void **state)
{
    (void)state;
    struct fixture f = {0};
    add(&f, "size 4096\nframe\nset 1 ff\nframe\nframe\n", HISTORY_BYTES);
    show(&f);
    take(&f, 1);
    type(&f, "<Space>:bogus<Enter>");
    take(&f, 1);
    expect_message(&f, "'bogus' is not a field or a time");
    f.live.view.message[0] = '\0'; /* as when its time is over */
    take(&f, 1);
    expect_message(&f, "live: a new critical alarm: b");
    close_all(&f);
}

/* Between two samples that are far apart. */
static void test_hole(void **state)
{
    (void)state;
    struct fixture f = {0};
    add(&f, "size 4096\nframe\nframe\nframe +9s\nframe\n", HISTORY_BYTES);
    int64_t from_ns, to_ns;
    show(&f);
    take(&f, 4);
    assert_false(view_find_hole(&f.live.view, 0, &from_ns, &to_ns));
    type(&f, ":-4s<Enter>");
    assert_true(view_find_hole(&f.live.view, 0, &from_ns, &to_ns));
    assert_true(to_ns - from_ns == 9 * SECOND);
    type(&f, "[");
    assert_false(view_find_hole(&f.live.view, 0, &from_ns, &to_ns));
    close_all(&f);
}

/* Whatever is typed, the moment and its bar are inside of the history. */
static void check(const struct fixture *f)
{
    const struct view *view = &f->live.view;
    int64_t live_ns = view_live_ns(view);
    struct time_bar bar = view_time_bar(view);
    assert_true(bar.end_ns - bar.from_ns == view->span_ns);
    assert_true(bar.from_ns <= bar.moment_ns && bar.moment_ns <= bar.end_ns);
    assert_true(bar.end_ns <= live_ns);
    if (!view->held) {
        assert_true(bar.moment_ns == live_ns);
        return;
    }
    assert_true(view->moment_ns <= live_ns);
    for (size_t i = 0; i < view->target_count; i++) {
        const struct watched *watched = &view->targets[i];
        if (watched->sample->mono_ns > view->moment_ns)
            fail_msg("target %zu: %lld after %lld, past %d, number %d", i,
                     (long long)watched->sample->mono_ns,
                     (long long)view->moment_ns, (int)view_past(view, i),
                     (int)watched->sample->number);
        if (view_past(view, i) == PAST_KEPT)
            assert_true(watched->sample->mono_ns ==
                        history_find(watched->history, view->moment_ns));
    }
}

static void test_any_keys(void **state)
{
    (void)state;
    static const char *const keys[] = {"[",
                                       "]",
                                       "{",
                                       "}",
                                       "(",
                                       ")",
                                       "<lt>",
                                       ">",
                                       "z",
                                       "Z",
                                       "b",
                                       "j",
                                       "k",
                                       ":-20s<Enter>",
                                       "2",
                                       "1",
                                       "s<End><Enter>",
                                       "<Space>",
                                       ":12:00:30<Enter>",
                                       "<Click 30,18>",
                                       "\\a<Enter>",
                                       "<Esc>",
                                       ":+3s<Enter>"};
    static const int sizes[][2] = {{40, 10}, {80, 24}, {200, 60}, {10, 4},
                                   {20, 6},  {30, 3},  {60, 1},   {1, 1}};
    enum { KEYS = sizeof keys / sizeof keys[0] };
    struct fixture f = {0};
    unsigned random = 7;
    char *light = frames(1200, false);
    char *heavy = frames(1200, true);
    add(&f, light, HISTORY_BYTES);
    add(&f, heavy, 300 << 10);
    free(light);
    free(heavy);
    show(&f);
    take(&f, 100);
    int rounds = getenv("SHMTOP_TEST_SLOW") ? 100 : 1000;
    for (int i = 0; i < rounds; i++) {
        random = random * 1103515245 + 12345;
        unsigned pick = random / 65536;
        type(&f, keys[pick % KEYS]);
        check(&f);
        if (pick % 3 == 0) {
            take(&f, 1);
            if (f.live.view.held)
                assert_true(f.live.view.moment_ns <=
                            view_live_ns(&f.live.view));
        }
        if (pick % 50 == 0)
            grid_reset(&f.grid, sizes[pick / 50 % 8][0],
                       sizes[pick / 50 % 8][1]);
    }
    close_all(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hold),
        cmocka_unit_test(test_step),
        cmocka_unit_test(test_go_to),
        cmocka_unit_test(test_go_to_yesterday),
        cmocka_unit_test(test_no_history),
        cmocka_unit_test(test_two_lengths),
        cmocka_unit_test(test_new_layout),
        cmocka_unit_test(test_while_held),
        cmocka_unit_test(test_answer_first),
        cmocka_unit_test(test_hole),
        cmocka_unit_test(test_any_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
