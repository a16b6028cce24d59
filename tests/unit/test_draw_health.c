/* SPDX-License-Identifier: MIT */
/* The health view: mappings, sampling, alarms and their log. Whether a producer
 * is well is judged in sampler/health.h. */
#include "draw_rig.h"

#include "view/alarm_log.h"

static const char layout_text[] =
    "[mapping]\nname = x\nsize = 64\nlabel = Boiler\nheartbeat = beat\n"
    "require = magic == 7\n"
    "[fields]\n"
    "beat = u32 @0\n"
    "magic = u32 @8\n"
    "level = i16 @12 unit=bar warn=>10 crit=>20\n"
    "flow = i16 @14 warn=<-5\n"
    "quiet = u8 @16 stale=2s\n";

static const char frames_text[] =
    "size 64\n"
    "set 0 01000000 00000000 07000000\nframe\n"
    "set 0 02000000\nset 12 0f00\nframe +1s\n"      /* warn */
    "set 0 03000000\nset 12 1900 f0ff\nframe +1s\n" /* crit, warn */
    "set 0 04000000\nset 12 0000 0000\nframe +1s\n"
    "frame gone +1s\n";

static void open_health(struct screen *s)
{
    open_screen(s, layout_text, frames_text);
    view_rig_type(&s->rig, "2");
}

/* Takes the next sample as live_view.c does. */
static void step(struct screen *s)
{
    view_rig_step(&s->rig, 1);
    alarm_log_look(&s->rig.view.log, 0, s->rig.view.targets[0].sample);
}

static void test_mapping(void **state)
{
    (void)state;
    struct screen s;
    open_health(&s);
    draw(&s, 80, 40);
    expect_in(&s, "heading", "\n Boiler  mem:");
    expect_in(&s, "state", "state      LIVE for ");
    expect_in(&s, "memory", "generation 1, 64 B");
    expect_in(&s, "sampling", "every 1s");
    expect_not_in(&s, "sampling", "missed");
    expect_in(&s, "heartbeat", "heartbeat  beat");
    expect_in(&s, "require", "holds: magic == 7");
    expect_in(&s, "no alarm", "\n Alarms\n  none");
    expect_not_in(&s, "no log", "Alarm log");
    expect_in(&s, "position", "\n health  1-");
    s.rig.view.targets[0].achieved_hz = 0.75;
    s.rig.view.targets[0].missed = 12;
    draw(&s, 80, 40);
    expect_in(&s, "sampling", "every 1s, 0.75 Hz reached, 12 samples missed");
    assert_int_equal(style_of(&s, "every 1s") & STYLE_ROLE, STYLE_WARN);
    for (int i = 0; i < 4; i++)
        step(&s);
    draw(&s, 80, 40);
    expect_in(&s, "gone", "state      GONE for ");
    assert_int_equal(style_of(&s, "GONE for") & STYLE_ROLE, STYLE_CRIT);
    close_screen(&s);
}

static void test_alarms(void **state)
{
    (void)state;
    struct screen s;
    open_health(&s);
    step(&s);
    draw(&s, 80, 40);
    expect_in(&s, "warn", " !  warn    level  15 bar  >10 for 0s");
    expect_in(&s, "log", "\n Alarm log\n  !  warn    ");
    step(&s);
    draw(&s, 80, 40);
    expect_in(&s, "crit", " !! crit    level  25 bar  >20 for 0s");
    expect_in(&s, "warn", " !  warn    flow  -16  <-5 for 0s");
    /* Critical ones first. */
    assert_true(strstr(s.text, "!! crit") < strstr(s.text, "!  warn"));
    step(&s);
    draw(&s, 80, 40);
    expect_in(&s, "stale", "quiet has not changed for 3s");
    /* The newest event first. */
    static const char *const events[] = {"   ended", "   ended", "!! crit",
                                         "!  warn"};
    const char *at = strstr(s.text, "Alarm log");
    assert_non_null(at);
    for (size_t i = 0; i < sizeof events / sizeof events[0]; i++) {
        const char *next = strstr(at, events[i]);
        if (!next)
            fail_msg("no '%s' (%zu) in %s", events[i], i, at);
        at = next + 1;
    }
    close_screen(&s);
}

/* It scrolls as a whole, and stops at its end. */
static void test_scrolling(void **state)
{
    (void)state;
    struct screen s;
    open_health(&s);
    for (int i = 0; i < 3; i++)
        step(&s);
    draw(&s, 60, 60);
    size_t lines = s.rig.fit.health.lines;
    assert_in_range(lines, 11, 40);
    draw(&s, 60, 10);
    assert_int_equal(s.rig.fit.health.lines, lines);
    size_t rows = s.rig.fit.health.rows;
    for (size_t i = 0; i < lines + 3; i++) {
        size_t want = i < lines - rows ? i : lines - rows;
        draw(&s, 60, 10);
        assert_int_equal(s.rig.fit.health.top, want);
        view_rig_type(&s.rig, "j");
    }
    expect_not_in(&s, "end", "state  ");
    view_rig_type(&s.rig, "g");
    draw(&s, 60, 10);
    expect_in(&s, "begin", "state  ");
    view_rig_type(&s.rig, "G");
    draw(&s, 60, 10);
    assert_int_equal(s.rig.fit.health.top, lines - rows);
    close_screen(&s);
}

static void test_before_the_first_sample(void **state)
{
    (void)state;
    struct screen s = {0};
    view_rig_open(&s.rig, layout_text, frames_text);
    view_rig_type(&s.rig, "2");
    for (int rows = 1; rows < 12; rows++)
        draw(&s, 80, rows);
    close_screen(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mapping),
        cmocka_unit_test(test_alarms),
        cmocka_unit_test(test_scrolling),
        cmocka_unit_test(test_before_the_first_sample),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
