/* SPDX-License-Identifier: MIT */
/* Recordings: times, bytes, states; and what is refused with its line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "os_rig.h"
#include "source/source.h"

static char path[OS_RIG_PATH];

static void write_file(const char *text)
{
    os_rig_path(path, "mem");
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static struct source *open_text(const char *text, const struct range *ranges,
                                size_t count, uint64_t need, struct err *err)
{
    struct target target;
    struct source *source = NULL;
    char name[OS_RIG_PATH + 4];
    write_file(text);
    snprintf(name, sizeof name, "mem:%s", path);
    assert_true(target_parse(&target, name, err));
    bool opened = source_open(&source, &target, ranges, count, need, err);
    unlink(path);
    return opened ? source : NULL;
}

static const struct range two[] = {{0, 16, 0}, {64, 8, 16}};

#define T0 INT64_C(1767323045123456789) /* 2026-01-02T03:04:05.123456789Z */

static void test_times(void **state)
{
    (void)state;
    struct err err = {0};
    struct frame frame;
    struct source *source = open_text("# comment\r\n\n"
                                      "start 2026-01-02T03:04:05.123456789Z\n"
                                      "  size 72\n"
                                      "frame +5s\n"
                                      "frame +100ms\n"
                                      "frame\n"
                                      "frame +250us gone  removed by hand\n",
                                      two, 2, 72, &err);
    const struct {
        int64_t wall_ns;
        enum source_state state;
        bool over;
    } rows[] = {
        {T0, STATE_LIVE, false},
        {T0 + 100000000, STATE_LIVE, false},
        {T0 + 1100000000, STATE_LIVE, false},
        {T0 + 1100250000, STATE_GONE, true},
        {T0 + 2100250000, STATE_GONE, true},
        {T0 + 3100250000, STATE_GONE, true},
    };
    assert_non_null(source);
    assert_true(source_is_recorded(source));
    assert_false(source_is_over(source));
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        source_sample(source, &frame);
        assert_int_equal(frame.wall_ns, rows[i].wall_ns);
        assert_int_equal(frame.mono_ns - 1000000000, rows[i].wall_ns - T0);
        assert_int_equal(frame.state, rows[i].state);
        assert_int_equal(frame.generation, 1);
        assert_int_equal(source_is_over(source), rows[i].over);
        assert_true((frame.bytes != NULL) == state_is_read(frame.state));
    }
    assert_string_equal(frame.note, "removed by hand");
    source_close(source);
}

static void test_starts(void **state)
{
    (void)state;
    const struct {
        const char *text;
        int64_t wall_ns;
    } rows[] = {
        {"frame\n", 0},
        {"start 1970-01-01T00:00:00Z\nframe\n", 0},
        {"start 1970-01-01T00:00:00.5Z\nframe\n", 500000000},
        {"start 2000-02-29T23:59:59.000000001Z\nframe\n",
         INT64_C(951868799000000001)},
        {"start 2100-03-01T00:00:00Z\nframe", INT64_C(4107542400000000000)},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct err err = {0};
        struct frame frame;
        struct source *source = open_text(rows[i].text, NULL, 0, 0, &err);
        assert_non_null(source);
        source_sample(source, &frame);
        assert_int_equal(frame.wall_ns, rows[i].wall_ns);
        source_close(source);
    }
}

static void test_bytes(void **state)
{
    (void)state;
    struct err err = {0};
    struct frame frame;
    struct source *source = open_text("size 72\n"
                                      "set 0 0102 FF\n"
                                      "set 68 aabbccdd\n"
                                      "frame\n"
                                      "set 1 09\n"
                                      "frame\n"
                                      "size 66\n"
                                      "frame\n"
                                      "size 72\n"
                                      "frame\n",
                                      two, 2, 72, &err);
    static const uint8_t steps[][24] = {
        {1, 2, 0xff, [20] = 0xaa, 0xbb, 0xcc, 0xdd},
        {1, 9, 0xff, [20] = 0xaa, 0xbb, 0xcc, 0xdd},
        {1, 9, 0xff}, /* cut off */
        {1, 9, 0xff}, /* and lost */
    };
    static const enum source_state states[] = {STATE_LIVE, STATE_LIVE,
                                               STATE_TRUNCATED, STATE_LIVE};
    assert_non_null(source);
    for (size_t i = 0; i < 4; i++) {
        source_sample(source, &frame);
        assert_int_equal(frame.state, states[i]);
        assert_int_equal(frame.size, i == 2 ? 66 : 72);
        assert_memory_equal(frame.bytes, steps[i], sizeof steps[i]);
    }
    source_close(source);
}

static void test_states(void **state)
{
    (void)state;
    struct err err = {0};
    struct frame frame;
    struct source *source = open_text("frame waiting\n"
                                      "size 8\n"
                                      "frame\n" /* too small */
                                      "size 72\nframe\n"
                                      "frame denied no rights\n"
                                      "frame\n"
                                      "frame error\n"
                                      "frame short\n"
                                      "frame truncated\n"
                                      "frame gone\n"
                                      "frame gone\n"
                                      "frame live\n" /* attached again */
                                      "frame live\n"
                                      "frame replaced\n"
                                      "frame\n"
                                      "frame replaced\n",
                                      two, 2, 72, &err);
    const struct {
        enum source_state state;
        uint32_t generation;
        const char *note;
    } rows[] = {
        {STATE_WAITING, 0, ""},  {STATE_SHORT, 1, "8 of 72 B"},
        {STATE_LIVE, 1, ""},     {STATE_DENIED, 1, "no rights"},
        {STATE_LIVE, 1, ""},     {STATE_ERROR, 1, ""},
        {STATE_SHORT, 1, ""},    {STATE_TRUNCATED, 1, ""},
        {STATE_GONE, 1, ""},     {STATE_GONE, 1, ""},
        {STATE_REPLACED, 2, ""}, {STATE_LIVE, 2, ""},
        {STATE_REPLACED, 3, ""}, {STATE_LIVE, 3, ""},
        {STATE_REPLACED, 4, ""}, {STATE_LIVE, 4, ""},
        {STATE_LIVE, 4, ""},
    };
    assert_non_null(source);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        source_sample(source, &frame);
        if (frame.state != rows[i].state)
            fail_msg("frame %zu: %s", i, state_name(frame.state));
        assert_int_equal(frame.generation, rows[i].generation);
        assert_string_equal(frame.note, rows[i].note);
    }
    source_close(source);
}

static const struct {
    const char *text;
    const char *says;
} bad[] = {
    {"", "without a frame"},
    {"# nothing\nsize 8\n", "without a frame"},
    {"fram\n", ":1: start, size, set, during, clock or frame"},
    {"\n\nsize x\nframe\n", ":3: a size"},
    {"clock 1h\nframe\n", ":1: a time such as +1h or -5s"},
    {"clock +2d\nframe\n", ":1: a time such as +1h or -5s"},
    {"clock -25h\nframe\n", ":1: a time such as +1h or -5s"},
    {"size 257M\nframe\n", ":1: a size"},
    {"size\nframe\n", ":1: a size"},
    {"set 0 01\nframe\n", ":1: bytes beyond the size"},
    {"size 8\nset 8 01\nframe\n", ":2: bytes beyond the size"},
    {"size 8\nset 0xffffffffffffffff 01\nframe\n", ":2: bytes beyond"},
    {"size 8\nset 7 0102\nframe\n", ":2: bytes beyond the size"},
    {"size 8\nset 0 1\nframe\n", ":2: pairs of hex"},
    {"size 8\nset 0 0g\nframe\n", ":2: pairs of hex"},
    {"size 8\nset 0\nframe\n", ":2: no bytes"},
    {"size 8\nset x 01\nframe\n", ":2: an offset"},
    {"frame +x\n", ":1: a period"},
    {"frame +0s\n", ":1: a period"},
    {"frame goone\n", "did you mean 'gone'"},
    {"frame xyzzyx\n", ":1: unknown state 'xyzzyx'"},
    {"start 2026-01-02\nframe\n", ":1: a time"},
    {"start 2026-13-02T00:00:00Z\nframe\n", ":1: a time"},
    {"start 2026-01-02T00:00:00\nframe\n", ":1: a time"},
    {"start 2026-01-02T00:00:00.Z\nframe\n", ":1: a time"},
    {"start 2026-01-02T00:00:00.1234567890Z\nframe\n", ":1: a time"},
    {"frame\nstart 2026-01-02T00:00:00Z\n", ":2: start must be"},
    {"frame +400000h\nframe +400000h\n", ":2: the recording becomes too long"},
};

static void test_bad(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct err err = {0};
        struct source *source = open_text(bad[i].text, two, 2, 72, &err);
        if (source != NULL)
            fail_msg("accepted: %s", bad[i].text);
        assert_int_equal(err.status, STATUS_DATA);
        if (strstr(err.text, bad[i].says) == NULL ||
            strncmp(err.text, path, strlen(path)) != 0)
            fail_msg("%s: said '%s'", bad[i].text, err.text);
    }
}

static void test_missing(void **state)
{
    (void)state;
    struct target target;
    struct source *source;
    struct err err = {0};
    assert_true(target_parse(&target, "mem:/nonexistent/a.rec", &err));
    assert_false(source_open(&source, &target, NULL, 0, 0, &err));
    assert_true(err.status != STATUS_OK);
    assert_non_null(strstr(err.text, "/nonexistent/a.rec"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_times), cmocka_unit_test(test_starts),
        cmocka_unit_test(test_bytes), cmocka_unit_test(test_states),
        cmocka_unit_test(test_bad),   cmocka_unit_test(test_missing),
    };
    return cmocka_run_group_tests_name("source_mem", tests, NULL, NULL);
}
