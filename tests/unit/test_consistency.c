/* SPDX-License-Identifier: MIT */
/* Which frames each method calls whole, torn and unknown, and the fields of a
 * torn frame: recordings in which the producer stores `during` the copy. */
#include "engine_rig.h"

#include <math.h>

#include "layout/path.h"
#include "sampler/sampler.h"

#define SECOND INT64_C(1000000000)

struct rig {
    struct layout *layout;
    struct sampler *sampler;
    const struct sample *sample;
    char target[RIG_TARGET];
};

static uint32_t index_of(const struct layout *layout, const char *path)
{
    size_t index = path_find(layout, path);
    assert_true(index < layout->field_count);
    return (uint32_t)index;
}

/* `a`, `b` and `c` are the fields that the method needs. */
static void open_rig(struct rig *rig, const char *fields,
                     enum snapshot_method method, const char *frames)
{
    char text[1024];
    struct err err = {0};
    const struct sampler_options options = {
        .stale_ns = 3 * SECOND, .trend_bytes = 65536, .trend_max = 16};
    snprintf(text, sizeof text, "[mapping]\nsize = 64\n[fields]\n%s", fields);
    *rig = (struct rig){.layout = rig_layout(text)};
    struct snapshot *snapshot = &rig->layout->mappings[0].snapshot;
    snapshot->method = method;
    switch (method) {
    case SNAPSHOT_SEQLOCK:
        snapshot->seq = index_of(rig->layout, "seq");
        break;
    case SNAPSHOT_PAIR:
        snapshot->begin = index_of(rig->layout, "begin");
        snapshot->end = index_of(rig->layout, "end");
        break;
    case SNAPSHOT_NEWEST:
        snapshot->tick = index_of(rig->layout, "tick[0]");
        snapshot->tick_step = 1;
        snapshot->buffers = rig->layout->groups[0].count;
        break;
    default:
        break;
    }
    rig_record(rig->target, frames);
    if (!sampler_open(&rig->sampler, rig->layout, rig->target, &options, &err))
        fail_msg("%s", err.text);
    rig->sample = sampler_last(rig->sampler);
}

static void close_rig(struct rig *rig)
{
    sampler_close(rig->sampler);
    layout_free(rig->layout);
    rig_forget(rig->target);
}

static void step(struct rig *rig)
{
    rig->sample = sampler_step(rig->sampler);
}

static const struct consistency_result *whole(const struct rig *rig)
{
    return &rig->sample->consistency[0];
}

/* --- one frame each ----------------------------------------------------- */

struct row {
    const char *about;
    enum snapshot_method method;
    const char *fields;
    const char *frames;
    enum verdict verdict;
    unsigned torn; /* looks */
    uint32_t buffer;
};

#define Q CONSISTENCY_QUICK
#define SEQ "seq = u32 @0\nx = u32 @8\n"
#define PAIR "begin = u32 @0\nend = u32 @4\nx = u32 @8\n"
#define TICKS "tick = u32[3] @0\nx = u32 @16\n"

static const struct row rows[] = {
    {"no method", SNAPSHOT_NONE, SEQ, "set 0 01\nframe", VERDICT_NONE, 0, 0},
    {"even", SNAPSHOT_SEQLOCK, SEQ, "set 0 02\nframe", VERDICT_WHOLE, 0, 0},
    {"zero", SNAPSHOT_SEQLOCK, SEQ, "frame", VERDICT_WHOLE, 0, 0},
    {"odd", SNAPSHOT_SEQLOCK, SEQ, "set 0 03\nframe", VERDICT_TORN, Q, 0},
    {"a whole write between", SNAPSHOT_SEQLOCK, SEQ,
     "set 0 02\nduring 8 07\nduring 0 04\nframe", VERDICT_WHOLE, 1, 0},
    {"a write begins", SNAPSHOT_SEQLOCK, SEQ,
     "set 0 02\nduring 0 03\nduring 8 07\nframe", VERDICT_TORN, Q, 0},
    {"a write ends", SNAPSHOT_SEQLOCK, SEQ, "set 0 03\nduring 0 04\nframe",
     VERDICT_WHOLE, 1, 0},
    {"32 bits wrap", SNAPSHOT_SEQLOCK, SEQ,
     "set 0 feffffff\nduring 0 00000000\nframe", VERDICT_WHOLE, 1, 0},
    {"odd at the wrap", SNAPSHOT_SEQLOCK, SEQ, "set 0 ffffffff\nframe",
     VERDICT_TORN, Q, 0},
    {"64 bits: the upper half", SNAPSHOT_SEQLOCK, "seq = u64 @0\nx = u8 @8\n",
     "during 4 01\nframe", VERDICT_WHOLE, 1, 0},
    {"64 bits, signed", SNAPSHOT_SEQLOCK, "seq = i64 @0\nx = u8 @8\n",
     "set 0 feffffffffffffff\nframe", VERDICT_WHOLE, 0, 0},
    {"8 bits", SNAPSHOT_SEQLOCK, "seq = u8 @3\nx = u8 @8\n",
     "set 0 01010102\nframe", VERDICT_WHOLE, 0, 0},
    {"16 bits, odd", SNAPSHOT_SEQLOCK, "seq = i16 @6\nx = u8 @8\n",
     "set 6 ffff\nframe", VERDICT_TORN, Q, 0},
    {"its neighbours move", SNAPSHOT_SEQLOCK, "seq = u16 @2\nx = u8 @8\n",
     "during 0 0101\nduring 4 01010101\nframe", VERDICT_WHOLE, 0, 0},
    {"big-endian, even", SNAPSHOT_SEQLOCK, "seq = u32be @0\nx = u8 @8\n",
     "set 0 01000002\nframe", VERDICT_WHOLE, 0, 0},
    {"big-endian, odd", SNAPSHOT_SEQLOCK, "seq = u32be @0\nx = u8 @8\n",
     "set 0 02000001\nframe", VERDICT_TORN, Q, 0},
    {"far from the rest", SNAPSHOT_SEQLOCK, "x = u8 @0\nseq = u32 @56\n",
     "set 56 03\nframe", VERDICT_TORN, Q, 0},
    {"beyond the end", SNAPSHOT_SEQLOCK, "x = u8 @0\nseq = u32 @56\n",
     "size 58\nset 56 03\nframe", VERDICT_UNKNOWN, 0, 0},

    {"equal", SNAPSHOT_PAIR, PAIR, "set 0 05000000 05000000\nframe",
     VERDICT_WHOLE, 0, 0},
    {"begun", SNAPSHOT_PAIR, PAIR, "set 0 06000000 05000000\nframe",
     VERDICT_TORN, Q, 0},
    {"begins", SNAPSHOT_PAIR, PAIR,
     "set 0 05000000 05000000\nduring 0 06\nframe", VERDICT_TORN, Q, 0},
    {"ends", SNAPSHOT_PAIR, PAIR, "set 0 06000000 05000000\nduring 4 06\nframe",
     VERDICT_WHOLE, 1, 0},
    {"begins and ends", SNAPSHOT_PAIR, PAIR,
     "set 0 05000000 05000000\nduring 0 06000000 06000000\nframe",
     VERDICT_WHOLE, 1, 0},

    {"the greatest", SNAPSHOT_NEWEST, TICKS,
     "set 0 04000000 06000000 05000000\nframe", VERDICT_WHOLE, 0, 1},
    {"across the wrap", SNAPSHOT_NEWEST, TICKS,
     "set 0 feffffff ffffffff 01000000\nframe", VERDICT_WHOLE, 0, 2},
    {"another is published", SNAPSHOT_NEWEST, TICKS,
     "set 0 04000000 06000000 05000000\nduring 0 07\nframe", VERDICT_WHOLE, 0,
     1},
    {"all others are: ours is the next to be written", SNAPSHOT_NEWEST, TICKS,
     "set 0 04000000 06000000 05000000\nduring 0 07\nduring 8 08\nframe",
     VERDICT_WHOLE, 1, 2},
    {"ours is published anew", SNAPSHOT_NEWEST, TICKS,
     "set 0 04000000 06000000 05000000\nduring 4 09\nframe", VERDICT_WHOLE, 1,
     1},
    {"nothing yet", SNAPSHOT_NEWEST, TICKS, "frame", VERDICT_UNKNOWN, 0, 0},
    {"the first", SNAPSHOT_NEWEST, TICKS, "set 4 01\nframe", VERDICT_WHOLE, 0,
     1},
    {"an unused one is not the oldest", SNAPSHOT_NEWEST, TICKS,
     "set 0 04000000 05000000\nduring 0 06\nframe", VERDICT_WHOLE, 1, 0},
    {"big-endian", SNAPSHOT_NEWEST, "tick = i16be[2] @0\nx = u8 @8\n",
     "set 0 0102 0201\nframe", VERDICT_WHOLE, 0, 1},

    {"at rest", SNAPSHOT_STABLE, SEQ, "frame", VERDICT_WHOLE, 0, 0},
    {"moves once", SNAPSHOT_STABLE, SEQ, "during 8 01\nframe", VERDICT_WHOLE, 1,
     0},
    {"moves elsewhere", SNAPSHOT_STABLE, SEQ, "during 40 01\nframe",
     VERDICT_WHOLE, 0, 0},
};

static void test_verdicts(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct row *row = &rows[i];
        char frames[512];
        struct rig rig;
        snprintf(frames, sizeof frames, "size 64\n%s\n", row->frames);
        open_rig(&rig, row->fields, row->method, frames);
        step(&rig);
        const struct consistency_result *got = whole(&rig);
        bool torn = row->verdict == VERDICT_TORN;
        if (got->verdict != row->verdict || got->torn != row->torn ||
            got->retries != row->torn - torn || got->given_up != torn ||
            got->frames != (row->method != SNAPSHOT_NONE) ||
            got->buffer != row->buffer)
            fail_msg("%s: verdict %d, %d torn, %d retries, %d given up, "
                     "buffer %u",
                     row->about, (int)got->verdict, (int)got->torn,
                     (int)got->retries, (int)got->given_up, got->buffer);
        assert_int_equal(*consistency_word(got) != '\0',
                         row->verdict == VERDICT_WHOLE);
        close_rig(&rig);
    }
}

/* --- from frame to frame ------------------------------------------------ */

static uint32_t flags_of(const struct rig *rig, const char *path)
{
    return rig->sample->trends[index_of(rig->layout, path)].flags &
           ~(uint32_t)TREND_VARIED;
}

static uint64_t value_of(const struct rig *rig, const char *path)
{
    const struct value *value =
        &rig->sample->values[index_of(rig->layout, path)];
    assert_int_equal(value->type, VALUE_UINT);
    return value->u;
}

#define HELD (TREND_HELD | TREND_TORN)

static void test_hold(void **state)
{
    (void)state;
    struct rig rig;
    double cells[8];
    open_rig(&rig, "seq = u32 @0\nx = u32 @8 role=counter\ny = u32 @12\n",
             SNAPSHOT_SEQLOCK,
             "size 64\nset 8 0a\nframe\nset 8 14\nframe\n"
             "set 0 01\nset 8 ff\nframe\n"
             "set 8 fe\nframe\n"
             "set 0 02\nset 8 32\nframe\nframe\n");
    step(&rig);
    step(&rig);
    double rate = rig.sample->trends[1].rate;
    assert_float_equal(rate, 10, 1e-9);
    for (int i = 0; i < 2; i++) {
        step(&rig);
        assert_int_equal(value_of(&rig, "x"), 20);
        assert_int_equal(flags_of(&rig, "x") & ~(uint32_t)TREND_MOVED, HELD);
        assert_int_equal(flags_of(&rig, "y"), HELD);
        assert_int_equal(rig.sample->changed_count, 0);
        assert_float_equal(rig.sample->trends[1].rate, rate, 0);
        assert_int_equal(rig.sample->state, STATE_LIVE);
        assert_true(rig.sample->good_ns == 2 * SECOND);
        assert_int_equal(whole(&rig)->whole_ns, 2 * SECOND);
    }
    assert_string_equal(rig.sample->frames[0].note,
                        "held: a write has not ended: seq is odd");
    step(&rig);
    assert_int_equal(value_of(&rig, "x"), 50);
    assert_int_equal(flags_of(&rig, "x"),
                     TREND_FRESH | TREND_CHANGED | TREND_MOVED);
    assert_int_equal(flags_of(&rig, "y"), TREND_FRESH);
    /* 30 in the three seconds since the last change in a whole frame. */
    assert_float_equal(rig.sample->trends[1].rate, 10, 1e-9);
    assert_string_equal(rig.sample->frames[0].note, "");
    step(&rig);
    assert_int_equal(flags_of(&rig, "x"), TREND_FRESH | TREND_MOVED);
    assert_int_equal(sampler_trend(rig.sampler, 2, cells, 8), 6);
    for (int i = 0; i < 6; i++)
        assert_int_equal(isnan(cells[i]) != 0, i == 2 || i == 3);
    assert_int_equal(whole(&rig)->frames, 6);
    assert_int_equal(whole(&rig)->given_up, 2);
    close_rig(&rig);
}

static void test_died_in_mid_write(void **state)
{
    (void)state;
    struct rig rig;
    open_rig(&rig, SEQ, SNAPSHOT_SEQLOCK,
             "size 64\nset 8 05\nframe\nset 0 01\nset 8 06\nframe\nframe\n"
             "frame\nframe gone\n");
    for (int i = 0; i < 3; i++)
        step(&rig);
    assert_int_equal(rig.sample->state, STATE_LIVE);
    step(&rig);
    assert_int_equal(rig.sample->state, STATE_STALE);
    assert_string_equal(rig.sample->frames[0].note,
                        "a write was begun and has not ended: seq is odd; did "
                        "the producer die?");
    assert_int_equal(value_of(&rig, "x"), 5);
    assert_true(isnan(rig.sample->trends[1].rate));
    step(&rig);
    assert_int_equal(rig.sample->state, STATE_GONE);
    assert_int_equal(flags_of(&rig, "x"), TREND_HELD);
    assert_int_equal(value_of(&rig, "x"), 5);
    assert_int_equal(whole(&rig)->verdict, VERDICT_NONE);
    close_rig(&rig);
}

static void test_never_whole(void **state)
{
    (void)state;
    struct rig rig;
    open_rig(&rig, PAIR, SNAPSHOT_PAIR,
             "size 64\nset 0 01\nset 8 06\nframe\nframe\nframe +2s\n"
             "set 4 01\nframe\n");
    step(&rig);
    assert_int_equal(rig.sample->values[2].type, VALUE_NONE);
    assert_int_equal(rig.sample->state, STATE_LIVE);
    step(&rig);
    assert_int_equal(rig.sample->state, STATE_LIVE);
    assert_int_equal(rig.sample->good_ns, 0);
    step(&rig);
    assert_int_equal(rig.sample->state, STATE_STALE);
    assert_string_equal(rig.sample->frames[0].note,
                        "a write was begun and has not ended: begin and end "
                        "differ; did the producer die?");
    assert_int_equal(rig.sample->values[2].type, VALUE_NONE);
    step(&rig);
    assert_int_equal(rig.sample->state, STATE_LIVE);
    assert_int_equal(value_of(&rig, "x"), 6);
    assert_int_equal(flags_of(&rig, "x"), TREND_FRESH);
    close_rig(&rig);
}

/* A field beyond the end of a short mapping stays held in a whole frame. */
static void test_short(void **state)
{
    (void)state;
    struct rig rig;
    open_rig(&rig, "seq = u32 @0\nx = u32 @8\ny = u32 @56\n", SNAPSHOT_SEQLOCK,
             "size 64\nframe\nsize 16\nframe\nset 0 01\nframe\nset 0 02\n"
             "frame\nsize 64\nframe\n");
    step(&rig);
    step(&rig);
    assert_int_equal(flags_of(&rig, "y"), TREND_HELD);
    step(&rig);
    assert_int_equal(flags_of(&rig, "x"), HELD);
    assert_int_equal(flags_of(&rig, "y"), TREND_HELD);
    step(&rig);
    assert_int_equal(flags_of(&rig, "x"), TREND_FRESH);
    assert_int_equal(flags_of(&rig, "y"), TREND_HELD);
    step(&rig);
    assert_int_equal(flags_of(&rig, "y"), TREND_FRESH);
    close_rig(&rig);
}

static void test_new_generation(void **state)
{
    (void)state;
    struct rig rig;
    open_rig(&rig, SEQ, SNAPSHOT_SEQLOCK,
             "size 64\nset 8 05\nframe\nset 0 01\nframe\nframe replaced\n"
             "set 0 02\nset 8 07\nframe\n");
    step(&rig);
    step(&rig);
    assert_int_equal(value_of(&rig, "x"), 5);
    step(&rig);
    assert_int_equal(rig.sample->state, STATE_REPLACED);
    assert_int_equal(rig.sample->values[1].type, VALUE_NONE);
    assert_int_equal(flags_of(&rig, "x"), 0);
    step(&rig);
    assert_int_equal(value_of(&rig, "x"), 7);
    assert_int_equal(flags_of(&rig, "x"), TREND_FRESH);
    close_rig(&rig);
}

/* Tick 0 is "never written" only until each buffer has had another one. */
static void test_tick_wraps(void **state)
{
    static const struct {
        enum verdict verdict;
        uint32_t buffer;
        uint64_t torn; /* looks so far */
    } want[] = {
        {VERDICT_WHOLE, 1, 0},   /* the other one is not written yet */
        {VERDICT_WHOLE, 0, 0},   /* now both are */
        {VERDICT_WHOLE, 1, 0},   /* tick 0 is the newest */
        {VERDICT_WHOLE, 0, 1},   /* and becomes the oldest */
        {VERDICT_WHOLE, 0, 1},   /* a new generation: not written again */
        {VERDICT_WHOLE, 1, 1},   /* now it is */
        {VERDICT_UNKNOWN, 0, 1}, /* all are cleared: nothing is published */
        {VERDICT_WHOLE, 0, 1},   /* as at the start */
    };
    struct rig rig;
    (void)state;
    open_rig(&rig, "tick = u32[2] @0\nx = u32 @16\n", SNAPSHOT_NEWEST,
             "size 64\nset 0 00000000 feffffff\nframe\n"
             "set 0 ffffffff\nframe\n"
             "set 4 00000000\nframe\n"
             "during 0 01000000\nframe\n"
             "set 0 ffffffff 00000000\nframe replaced\n"
             "set 4 01\nframe\n"
             "set 0 00000000 00000000\nframe\n"
             "set 0 fdffffff\nframe\n");
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
        step(&rig);
        if (whole(&rig)->verdict != want[i].verdict ||
            whole(&rig)->buffer != want[i].buffer ||
            whole(&rig)->torn != want[i].torn)
            fail_msg("frame %zu: verdict %d, buffer %u, %d torn", i + 1,
                     (int)whole(&rig)->verdict, whole(&rig)->buffer,
                     (int)whole(&rig)->torn);
    }
    close_rig(&rig);
}

static void test_patience(void **state)
{
    (void)state;
    assert_int_equal(consistency_patience(SECOND), CONSISTENCY_PATIENCE_NS);
    assert_int_equal(consistency_patience(SECOND / 100), SECOND / 2000);
    assert_int_equal(consistency_patience(INT64_MAX), CONSISTENCY_PATIENCE_NS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_verdicts),
        cmocka_unit_test(test_hold),
        cmocka_unit_test(test_died_in_mid_write),
        cmocka_unit_test(test_never_whole),
        cmocka_unit_test(test_short),
        cmocka_unit_test(test_new_generation),
        cmocka_unit_test(test_tick_wraps),
        cmocka_unit_test(test_patience),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
