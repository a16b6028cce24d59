/* SPDX-License-Identifier: MIT */
/* Sequences of values and instants, and the alarm levels that follow. */
#include <math.h>

#include "engine_rig.h"

#include "sampler/alarm.h"

#define MS INT64_C(1000000)
#define HELD (-1000)  /* a value that cannot be read now */
#define NONE (-1001)  /* one that was never read */
#define NOT_A (-1002) /* NaN */

struct step {
    int after_ms; /* since the step before */
    double number;
    enum alarm_level level;
    int since_ms; /* of the level, from the start */
};

struct row {
    const char *field;
    struct step steps[12]; /* the last has after_ms 0 */
};

#define _ ALARM_NONE
#define W ALARM_WARN
#define C ALARM_CRIT

static const struct row rows[] = {
    /* plain limits */
    {"warn=>80 crit=>90",
     {{1, 80, _, 0},
      {1, 81, W, 2},
      {1, 90, W, 2},
      {1, 91, C, 4},
      {1, 85, W, 2},
      {1, 80, _, 0},
      {1, 95, C, 7}}},
    {"crit=<3", {{1, 3, _, 0}, {1, 2, C, 2}, {1, 3, _, 0}}},
    {"warn=2..5 crit=>5",
     {{1, 1, _, 0}, {1, 2, W, 2}, {1, 6, C, 3}, {1, 5, W, 4}, {1, 1, _, 0}}},
    {"warn=!=1", {{1, 0, W, 1}, {1, 1, _, 0}, {1, 2, W, 3}}},
    /* hysteresis: on at 80, off at 75 and not before */
    {"warn=>80 hyst=5",
     {{1, 79, _, 0},
      {1, 81, W, 2},
      {1, 79, W, 2},
      {1, 75.5, W, 2},
      {1, 75, _, 0},
      {1, 79, _, 0},
      {1, 80.5, W, 7}}},
    /* of both limits */
    {"warn=>80 crit=>90 hyst=3",
     {{1, 91, C, 1},
      {1, 88, C, 1},
      {1, 87, W, 1},
      {1, 77.5, W, 1},
      {1, 77, _, 0}}},
    /* a value that is gone, as by a division by 0, ends the alarm */
    {"warn=>80", {{1, 81, W, 1}, {1, NONE, _, 0}, {1, 81, W, 3}}},
    {"warn=>80 for=3s",
     {{1000, 81, _, 0},
      {1000, NONE, _, 0},
      {1000, 81, _, 0},
      {2999, 81, _, 0},
      {1, 81, W, 3000}}},
    /* for: without a pause */
    {"warn=>80 for=3s",
     {{1000, 81, _, 0},
      {2900, 82, _, 0},
      {50, 80, _, 0},
      {50, 81, _, 0},
      {2999, 81, _, 0},
      {1, 81, W, 4000},
      {10, 79, _, 0}}},
    {"warn=>80 for=3s hyst=5",
     {{1, 81, _, 0},
      {1000, 79, _, 0}, /* hyst applies to an alarm that is on */
      {1000, 81, _, 0},
      {3000, 81, W, 2001},
      {1000, 76, W, 2001},
      {1000, 75, _, 0}}},
    /* warn at once where crit is not yet: each limit has its own clock */
    {"warn=>80 crit=>90 for=2s",
     {{1, 81, _, 0},
      {1500, 91, _, 0},
      {500, 91, W, 1},
      {1500, 91, C, 1501},
      {1, 85, W, 1}}},
    /* a value that cannot be read changes nothing */
    {"warn=>80",
     {{1, NONE, _, 0},
      {1, 81, W, 2},
      {1, HELD, W, 2},
      {1000, HELD, W, 2},
      {1, NOT_A, W, 2},
      {1, 80, _, 0},
      {1, NOT_A, _, 0}}},
    {"warn=>80 for=2s",
     {{1, 81, _, 0}, {3000, HELD, _, 0}, {1, 81, W, 1}, {1, HELD, W, 1}}},
};

#undef _
#undef W
#undef C

/* Without a sampler, so that each flag of a trend can be chosen. */
static void run_row(const struct row *row)
{
    char text[200];
    snprintf(text, sizeof text, "[fields]\nother = u8 @8\nx = f64 @0 %s\n",
             row->field);
    struct layout *layout = rig_layout(text);
    struct alarms alarms;
    alarms_make(&alarms, layout);
    assert_int_equal(alarms.count, 1);
    struct value values[2] = {{.type = VALUE_NONE}, {.type = VALUE_NONE}};
    struct trend trends[2] = {{0}, {0}};
    struct frame frame = {.state = STATE_LIVE, .mono_ns = 77 * MS};
    const struct sample sample = {.alarms = alarms.items, .alarm_count = 1};
    for (size_t i = 0; row->steps[i].after_ms > 0; i++) {
        const struct step *step = &row->steps[i];
        bool held = step->number == HELD;
        frame.mono_ns += step->after_ms * MS;
        if (!held)
            values[1] = (struct value){
                .type = step->number == NONE ? VALUE_NONE : VALUE_REAL,
                .real = step->number == NOT_A ? (double)NAN : step->number};
        trends[1].flags = held ? TREND_HELD : TREND_FRESH;
        alarms_step(&alarms, &frame, values, trends);
        const struct alarm *alarm = sample_alarm(&sample, 1);
        int64_t since_ns =
            step->level == ALARM_NONE ? 0 : (77 + step->since_ms) * MS;
        if (trends[1].alarm != step->level || alarm->since_ns != since_ns)
            fail_msg("%s: step %zu: level %d since %lld ms", row->field, i,
                     trends[1].alarm, (long long)(alarm->since_ns / MS - 77));
        assert_int_equal(trends[0].alarm, ALARM_NONE);
        assert_int_equal(sample_alarm_count(&sample, ALARM_WARN),
                         step->level == ALARM_WARN);
        assert_int_equal(sample_alarm_count(&sample, ALARM_CRIT),
                         step->level == ALARM_CRIT);
        assert_null(sample_alarm(&sample, 0));
        assert_null(sample_alarm(&sample, 2));
    }
    alarms_free(&alarms);
    layout_free(layout);
}

static void follows_levels(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        run_row(&rows[i]);
}

/* --- with a sampler ------------------------------------------------------- */

struct rig {
    struct layout *layout;
    struct sampler *sampler;
    char target[RIG_TARGET];
};

static void rig_open(struct rig *rig, const char *layout, const char *frames)
{
    static const struct sampler_options options = {.stale_ns = INT64_MAX};
    struct err err = {0};
    rig->layout = rig_layout(layout);
    rig_record(rig->target, frames);
    if (!sampler_open(&rig->sampler, rig->layout, rig->target, &options, &err))
        fail_msg("%s", err.text);
}

static void rig_close(struct rig *rig)
{
    sampler_close(rig->sampler);
    layout_free(rig->layout);
    rig_forget(rig->target);
}

static void starts_anew_with_a_generation(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig,
             "[mapping]\nname = x\nsize = 8\n"
             "[fields]\na = u8 @0 warn=>10 for=2s\n",
             "size 8\nset 0 14\nframe\nframe +2s\nframe gone\nframe +1s\n"
             "size 8\nset 0 14\nframe replaced\nframe +1s\nframe +1s\n");
    static const enum alarm_level levels[] = {
        ALARM_NONE, ALARM_WARN, ALARM_WARN, ALARM_NONE,
        ALARM_NONE, ALARM_NONE, ALARM_WARN,
    };
    int64_t start_ns = 0;
    for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++) {
        const struct sample *sample = sampler_step(rig.sampler);
        start_ns = i == 0 ? sample->mono_ns : start_ns;
        if (sample->trends[0].alarm != levels[i])
            fail_msg("sample %zu: level %d in state %s", i + 1,
                     sample->trends[0].alarm, state_name(sample->state));
        if (i == 1)
            assert_true(sample_alarm(sample, 0)->since_ns == start_ns);
    }
    rig_close(&rig);
}

static void marks_what_rests(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig,
             "[mapping]\nname = x\nsize = 8\n[fields]\n"
             "a = u8 @0 stale=2s\nb = char[4] @4 stale=3s\nc = u8 @1\n",
             "size 8\nset 4 41\nframe\nframe\nframe\nset 0 01\nframe\nframe\n"
             "frame\n");
    static const bool resting[][3] = {
        {0, 0, 0}, {0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 1, 0}, {1, 1, 0},
    };
    for (size_t i = 0; i < sizeof resting / sizeof resting[0]; i++) {
        const struct sample *sample = sampler_step(rig.sampler);
        for (size_t k = 0; k < 3; k++)
            assert_int_equal((sample->trends[k].flags & TREND_RESTING) != 0,
                             resting[i][k]);
        assert_true(sample->trends[0].flags & TREND_FRESH);
    }
    rig_close(&rig);
}

/* Scaled numbers, bits and labels are judged as they are shown. */
static void judges_shown_numbers(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(
        &rig,
        "[mapping]\nname = x\nsize = 8\n[enum mode]\n0 = Off\n"
        "2..3 = Fault\n[fields]\n"
        "a = i16 @0 overlap=yes scale=0.1 warn=>9.9\nb = u8 @2 overlap=yes bits=0..1 enum=mode "
        "crit===Fault\nc = bool @3 overlap=yes crit===true\nd = u64 @0 overlap=yes crit=>=0\n",
        "size 8\nset 0 6300fc00\nframe\nset 0 6400ff80\nframe\n");
    static const enum alarm_level levels[][4] = {
        {ALARM_NONE, ALARM_NONE, ALARM_NONE, ALARM_CRIT},
        {ALARM_WARN, ALARM_CRIT, ALARM_CRIT, ALARM_CRIT},
    };
    for (size_t i = 0; i < 2; i++) {
        const struct sample *sample = sampler_step(rig.sampler);
        for (size_t k = 0; k < 4; k++)
            assert_int_equal(sample->trends[k].alarm, levels[i][k]);
    }
    rig_close(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(follows_levels),
        cmocka_unit_test(starts_anew_with_a_generation),
        cmocka_unit_test(marks_what_rests),
        cmocka_unit_test(judges_shown_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
