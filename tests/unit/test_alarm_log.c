/* SPDX-License-Identifier: MIT */
/* The log of alarms: what it notes, keeps and forgets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "view/alarm_log.h"

#define ALARMS 3

/* A sample with levels as digits: "012". */
static const struct sample *sample_of(const char *levels, int64_t wall_ns)
{
    static struct alarm alarms[ALARMS];
    static struct sample sample;
    for (uint32_t i = 0; i < ALARMS; i++)
        alarms[i] = (struct alarm){
            .field = 10 + i, .level = (enum alarm_level)(levels[i] - '0')};
    sample = (struct sample){
        .wall_ns = wall_ns, .alarms = alarms, .alarm_count = ALARMS};
    return &sample;
}

static void expect_event(const struct alarm_log *log, size_t back,
                         int64_t wall_ns, size_t target, uint32_t field,
                         enum alarm_level level)
{
    const struct alarm_event *event = alarm_log_event(log, back);
    assert_non_null(event);
    assert_true(event->wall_ns == wall_ns);
    assert_int_equal(event->target, target);
    assert_int_equal(event->field, field);
    assert_int_equal(event->level, level);
}

static void test_changes(void **state)
{
    (void)state;
    static const struct {
        const char *levels;
        size_t critical; /* became so */
        size_t events;   /* so far */
    } cases[] = {
        {"010", 0, 1}, {"010", 0, 1}, {"020", 1, 2}, {"020", 0, 2},
        {"121", 0, 4}, {"222", 2, 6}, {"000", 0, 9}, {"200", 1, 10},
    };
    struct alarm_log log = {0};
    /* An alarm that is on when the log begins begins then. */
    alarm_log_follow(&log, 0, 1, sample_of("010", 1));
    expect_event(&log, 0, 1, 0, 11, ALARM_WARN);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t critical = alarm_log_look(
            &log, 0, sample_of(cases[i].levels, 100 + (int64_t)i));
        assert_int_equal(critical, cases[i].critical);
        assert_int_equal(log.count, cases[i].events);
    }
    expect_event(&log, 0, 107, 0, 10, ALARM_CRIT);
    expect_event(&log, 1, 106, 0, 12, ALARM_NONE);
    expect_event(&log, 8, 102, 0, 11, ALARM_CRIT);
    assert_null(alarm_log_event(&log, 10));
    alarm_log_free(&log);
    assert_int_equal(log.count, 0);
}

/* The oldest ones are overwritten. */
static void test_full(void **state)
{
    (void)state;
    struct alarm_log log = {0};
    alarm_log_follow(&log, 0, 1, sample_of("000", 0));
    for (int i = 1; i <= ALARM_LOG_MAX + 50; i++)
        alarm_log_look(&log, 0, sample_of(i % 2 ? "010" : "000", i));
    assert_int_equal(log.count, ALARM_LOG_MAX + 50);
    for (size_t back = 0; back < ALARM_LOG_MAX; back++) {
        int64_t when = ALARM_LOG_MAX + 50 - (int64_t)back;
        expect_event(&log, back, when, 0, 11,
                     when % 2 ? ALARM_WARN : ALARM_NONE);
    }
    assert_null(alarm_log_event(&log, ALARM_LOG_MAX));
    alarm_log_free(&log);
}

/* Events of a target whose layout is another one now would name wrong
 * fields. */
static void test_forget(void **state)
{
    (void)state;
    for (size_t rounds = 3; rounds <= 2 * ALARM_LOG_MAX; rounds += 97) {
        struct alarm_log log = {0};
        alarm_log_follow(&log, 0, 2, sample_of("000", 0));
        alarm_log_follow(&log, 1, 2, sample_of("000", 0));
        for (size_t i = 1; i <= rounds; i++)
            alarm_log_look(&log, i % 2,
                           sample_of(i / 2 % 2 ? "100" : "000", (int64_t)i));
        size_t events = log.count;
        alarm_log_forget(&log, 0);
        alarm_log_follow(&log, 0, 2, sample_of("000", 0));
        assert_true(log.count < events && log.count > 0);
        int64_t before = INT64_MAX;
        for (size_t back = 0; back < log.count; back++) {
            const struct alarm_event *event = alarm_log_event(&log, back);
            assert_non_null(event);
            assert_int_equal(event->target, 1);
            assert_true(event->wall_ns < before);
            before = event->wall_ns;
        }
        assert_null(alarm_log_event(&log, log.count));
        /* It goes on. */
        alarm_log_look(&log, 0, sample_of("002", 1000));
        expect_event(&log, 0, 1000, 0, 12, ALARM_CRIT);
        alarm_log_free(&log);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_changes),
        cmocka_unit_test(test_full),
        cmocka_unit_test(test_forget),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
