/* SPDX-License-Identifier: MIT */
/* The health of mappings over recordings: the states, generations and notes
 * that follow from the fields of frames. */
#include "engine_rig.h"

#include "layout/path.h"
#include "os_rig.h"
#include "sampler/health.h"

#define FRAMES_MAX 16

struct expected {
    enum source_state state;
    uint32_t generation;
    int value; /* of the field `v`; NONE: none */
    bool held;
    const char *note; /* a part of it; NULL: none */
};

#define NONE (-1)
#define END STATE_COUNT

struct row {
    const char *mapping; /* keys of [mapping] */
    const char *frames;
    struct expected steps[FRAMES_MAX]; /* the last has state END */
};

/* Bytes: 0 magic, 1 v, 2 beat, 4..7 pid. */
#define FIELDS                                                                 \
    "[fields]\nmagic = u8 @0\nv = u8 @1\nbeat = u8 @2\npid = i32 @4\n"         \
    "big = u64 @8\nlate = u8 @32\n"                                            \
    "[computed twice]\nexpr = magic * 2\n"

#define WAITING STATE_WAITING
#define LIVE STATE_LIVE
#define STALE STATE_STALE
#define GONE STATE_GONE
#define SHORT STATE_SHORT
#define REPLACED STATE_REPLACED

static const struct row rows[] = {
    {"require = magic == 7\n",
     "size 40\nset 0 0501\nframe\nset 0 0702\nframe\nset 1 03\nframe\n"
     "set 0 0004\nframe\nframe\nset 0 0705\nframe\nset 1 06\nframe\n",
     {{WAITING, 0, NONE, false, "require does not hold (yet): magic == 7"},
      {LIVE, 1, 2, false, NULL},
      {LIVE, 1, 3, false, NULL},
      {GONE, 1, 3, true, "require does not hold any more: magic == 7"},
      {GONE, 1, 3, true, "any more"},
      {REPLACED, 2, 5, false, NULL},
      {LIVE, 2, 6, false, NULL},
      {END, 0, 0, false, NULL}}},
    /* a new mapping under the name, not filled in at first */
    {"require = magic == 7\n",
     "size 40\nset 0 0701\nframe\nframe gone\nset 0 0002\nframe replaced\n"
     "set 0 0703\nframe\nframe\n",
     {{LIVE, 1, 1, false, NULL},
      {GONE, 1, 1, true, NULL},
      {GONE, 1, 1, true, "require does not hold (yet)"},
      {REPLACED, 2, 3, false, NULL},
      {LIVE, 2, 3, false, NULL},
      {END, 0, 0, false, NULL}}},
    /* the state of the source stays; no generation was accepted */
    {"require = magic == 7\n",
     "size 40\nset 0 0501\nframe\nframe gone\nframe denied\nset 0 0702\n"
     "frame replaced\n",
     {{WAITING, 0, NONE, false, "require"},
      {WAITING, 0, NONE, false, NULL},
      {STATE_DENIED, 0, NONE, false, NULL},
      {LIVE, 1, 2, false, NULL},
      {END, 0, 0, false, NULL}}},
    /* results of the old mapping do not apply to a new one that is torn */
    {"gone = magic == 9\n[snapshot]\nmethod = seqlock\nseq = big\n",
     "size 40\nset 0 0701\nframe\nset 0 09\nframe\nset 0 0703\nset 8 01\n"
     "frame replaced\nframe\nset 8 02\nframe\n",
     {{LIVE, 1, 1, false, NULL},
      {GONE, 1, 1, true, "the producer has ended"},
      {REPLACED, 2, NONE, false, NULL},
      {LIVE, 2, NONE, false, NULL},
      {LIVE, 2, 3, false, NULL},
      {END, 0, 0, false, NULL}}},
    {"require = magic == 7\n[snapshot]\nmethod = seqlock\nseq = big\n",
     "size 40\nset 0 0701\nframe\nset 0 0002\nset 8 01\nframe\n"
     "frame replaced\nset 8 02\nframe\nset 0 07\nframe\n",
     {{LIVE, 1, 1, false, NULL},
      {LIVE, 1, 1, true, NULL},
      {GONE, 1, 1, true, "require cannot be told"},
      {GONE, 1, 1, true, "require does not hold (yet)"},
      {REPLACED, 2, 2, false, NULL},
      {END, 0, 0, false, NULL}}},
    /* by way of a computed field */
    {"require = twice == 14\n",
     "size 40\nset 0 0501\nframe\nset 0 0702\nframe\n",
     {{WAITING, 0, NONE, false, "twice == 14"},
      {LIVE, 1, 2, false, NULL},
      {END, 0, 0, false, NULL}}},
    /* a field beyond the end at first, and one that is so later */
    {"require = late == 9\n",
     "size 16\nset 1 01\nframe\nsize 40\nset 32 09\nframe\nsize 16\nset 1 02\n"
     "frame\nsize 40\nset 32 09\nset 1 03\nframe\n",
     {{WAITING, 0, NONE, false, "require cannot be told: late == 9"},
      {LIVE, 1, 1, false, NULL},
      {STATE_TRUNCATED, 1, 2, false, NULL},
      {LIVE, 1, 3, false, NULL},
      {END, 0, 0, false, NULL}}},
    /* gone: the last values are held; a producer that starts again in the
     * same memory is a new generation */
    {"gone = magic == 0xde\n",
     "size 40\nset 0 0701\nframe\nset 0 de02\nframe\nframe\nset 0 0703\nframe\n"
     "set 1 04\nframe\n",
     {{LIVE, 1, 1, false, NULL},
      {GONE, 1, 1, true, "the producer has ended: magic == 0xde"},
      {GONE, 1, 1, true, "the producer has ended"},
      {REPLACED, 2, 3, false, NULL},
      {LIVE, 2, 4, false, NULL},
      {END, 0, 0, false, NULL}}},
    /* the last values of a dead producer are shown; gone before require */
    {"gone = magic == 0xde\nrequire = magic == 7\n",
     "size 40\nset 0 de01\nframe\nset 1 02\nframe\nset 0 0003\nframe\n"
     "set 0 0704\nframe\n",
     {{GONE, 1, 1, true, "the producer has ended"},
      {GONE, 1, 1, true, "the producer has ended"},
      {GONE, 1, 1, true, "require does not hold any more"},
      {REPLACED, 2, 4, false, NULL},
      {END, 0, 0, false, NULL}}},
    /* heartbeat: other fields change, it does not */
    {"heartbeat = beat\nheartbeat_stale = 2s\nstale = never\n",
     "size 40\nset 1 0101\nframe\nset 1 02\nframe\nset 1 03\nframe\n"
     "set 1 0402\nframe\nset 1 05\nframe\nset 1 06\nframe +2s\n",
     {{LIVE, 1, 1, false, NULL},
      {LIVE, 1, 2, false, NULL},
      {STALE, 1, 3, false, "heartbeat beat has not moved for 2 s"},
      {LIVE, 1, 4, false, NULL},
      {LIVE, 1, 5, false, NULL},
      {STALE, 1, 6, false, "heartbeat"},
      {END, 0, 0, false, NULL}}},
    /* the default is the mapping's `stale` */
    {"heartbeat = beat\nstale = 3s\n",
     "size 40\nset 1 0101\nframe\nset 1 02\nframe +2s\nset 1 03\nframe +1s\n",
     {{LIVE, 1, 1, false, NULL},
      {LIVE, 1, 2, false, NULL},
      {STALE, 1, 3, false, "heartbeat beat has not moved for 3 s"},
      {END, 0, 0, false, NULL}}},
    /* a new generation has had no heartbeat yet */
    {"heartbeat = beat\nheartbeat_stale = 2s\nstale = never\n",
     "size 40\nset 1 0101\nframe\nframe +2s\nframe gone\n"
     "set 1 02\nframe replaced\nset 1 03\nframe +1s\nframe +1s\n",
     {{LIVE, 1, 1, false, NULL},
      {STALE, 1, 1, false, "heartbeat"},
      {GONE, 1, 1, true, NULL},
      {REPLACED, 2, 2, false, NULL},
      {LIVE, 2, 3, false, NULL},
      {STALE, 2, 3, false, "heartbeat"},
      {END, 0, 0, false, NULL}}},
    /* heartbeats of torn frames do not count */
    {"heartbeat = beat\nheartbeat_stale = 2s\nstale = never\n"
     "[snapshot]\nmethod = seqlock\nseq = big\n",
     "size 40\nset 1 0101\nframe\nset 1 0202\nset 8 01\nframe\n"
     "set 1 0303\nframe\nset 8 02\nframe\n",
     {{LIVE, 1, 1, false, NULL},
      {LIVE, 1, 1, true, NULL},
      {STALE, 1, 1, true, NULL},
      {LIVE, 1, 3, false, NULL},
      {END, 0, 0, false, NULL}}},
    /* numbers that cannot be process ids; in a recording others are unknown */
    {"pid = pid\n",
     "size 40\nset 1 01\nset 4 39050000\nframe\nset 1 02\nset 4 00000000\n"
     "frame\nset 4 ffffffff\nframe\nset 1 03\nset 4 3a050000\nframe\n",
     {{LIVE, 1, 1, false, NULL},
      {GONE, 1, 1, true, "process 0 cannot be"},
      {GONE, 1, 1, true, "process -1 cannot be"},
      {REPLACED, 2, 3, false, NULL},
      {END, 0, 0, false, NULL}}},
    {"pid = big\n",
     "size 40\nset 1 01\nset 8 0000000001000000\nframe\nset 8 01\nframe\n"
     "set 8 ffffffff00000000\nframe\n",
     {{GONE, 1, 1, true, "process 4294967296 cannot be"},
      {GONE, 1, 1, true, "process 4294967297 cannot be"},
      {REPLACED, 2, 1, false, NULL},
      {END, 0, 0, false, NULL}}},
};

static void expect(const struct row *row, size_t number,
                   const struct layout *layout, const struct sample *sample)
{
    const struct expected *want = &row->steps[number];
    const struct frame *frame = &sample->frames[0];
    size_t v = path_find(layout, "v");
    const struct value *value = &sample->values[v];
    int is = value->type == VALUE_NONE ? NONE : (int)value->u;
    bool held = (sample->trends[v].flags & TREND_HELD) != 0;
    bool noted = !want->note || strstr(frame->note, want->note) != NULL;
    if (frame->state != want->state || frame->generation != want->generation ||
        is != want->value || held != want->held || !noted)
        fail_msg("%s: frame %zu: %s, generation %u, value %d%s: %s",
                 row->mapping, number + 1, state_name(frame->state),
                 (unsigned)frame->generation, is, held ? " (held)" : "",
                 frame->note);
    assert_true(state_is_read(frame->state) || frame->bytes == NULL);
    assert_int_equal(sample->state, frame->state);
    assert_int_equal(sample->healths[0].unmet,
                     strncmp(frame->note, "require", 7) == 0);
}

static void run_row(const struct row *row)
{
    static const struct sampler_options options = {
        .stale_ns = INT64_MAX, .trend_bytes = 4096, .trend_max = 4};
    struct buf text = {0};
    buf_printf(&text, "[mapping]\nname = x\nsize = 40\n%s" FIELDS,
               row->mapping);
    struct layout *layout = rig_layout(text.data);
    char target[RIG_TARGET];
    rig_record(target, row->frames);
    struct sampler *sampler;
    struct err err = {0};
    if (!sampler_open(&sampler, layout, target, &options, &err))
        fail_msg("%s", err.text);
    for (size_t i = 0; row->steps[i].state != END; i++)
        expect(row, i, layout, sampler_step(sampler));
    assert_true(sampler_is_over(sampler));
    sampler_close(sampler);
    layout_free(layout);
    rig_forget(target);
    buf_free(&text);
}

static void follows_health(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        run_row(&rows[i]);
}

/* The notes beside the state. */
static void knows_since_when(void **state)
{
    (void)state;
    static const struct sampler_options options = {.stale_ns = 2000000000};
    struct layout *layout =
        rig_layout("[mapping]\nname = x\nsize = 40\nrequire = magic > 1\n"
                   "heartbeat = beat\npid = pid\n" FIELDS);
    char target[RIG_TARGET];
    rig_record(target, "size 40\nframe\nframe\nset 0 02010300aa\nframe\n"
                       "set 2 04\nframe\nframe\nframe +1500ms\n");
    static const struct {
        int since_s, beat_s;
        enum expr_truth require;
        int64_t pid;
    } want[] = {
        {0, NONE, EXPR_FALSE, 0}, {0, NONE, EXPR_FALSE, 0},
        {2, 2, EXPR_TRUE, 170},   {2, 3, EXPR_TRUE, 170},
        {2, 3, EXPR_TRUE, 170},   {5, 3, EXPR_TRUE, 170},
    };
    struct sampler *sampler;
    struct err err = {0};
    assert_true(sampler_open(&sampler, layout, target, &options, &err));
    int64_t start_ns = 0;
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
        const struct sample *sample = sampler_step(sampler);
        const struct health *health = &sample->healths[0];
        start_ns = i == 0 ? sample->mono_ns : start_ns;
        bool stale = want[i].since_s == 5;
        int64_t since_ns = want[i].since_s * INT64_C(1000000000);
        assert_true(health->since_ns - start_ns ==
                    since_ns + (stale ? 500000000 : 0));
        assert_int_equal(health->beat_seen, want[i].beat_s != NONE);
        if (health->beat_seen)
            assert_true(health->beat_ns - start_ns ==
                        want[i].beat_s * INT64_C(1000000000));
        assert_int_equal(health->require_truth, want[i].require);
        assert_int_equal(health->gone_truth, EXPR_FALSE);
        assert_int_equal(health->pid.type, VALUE_INT);
        assert_true(health->pid.i == want[i].pid);
    }
    sampler_close(sampler);
    layout_free(layout);
    rig_forget(target);
}

/* Each mapping is judged by its own conditions. */
static void judges_each_mapping(void **state)
{
    (void)state;
    static const struct sampler_options options = {.stale_ns = INT64_MAX};
    char first[RIG_TARGET];
    char second[RIG_TARGET];
    rig_record(first, "size 8\nset 0 01\nframe\nframe\nset 0 09\nframe\n");
    rig_record(second, "size 8\nset 0 05\nframe\nset 0 01\nframe\nframe\n");
    struct buf text = {0};
    buf_printf(&text,
               "[mapping]\nname = %s\nsize = 8\ngone = a == 9\n"
               "[mapping other]\nname = %s\nsize = 8\nrequire = b == 1\n"
               "[fields]\na = u8 @0\n[fields other]\nb = u8 @0\n",
               first, second);
    struct layout *layout = rig_layout(text.data);
    static const enum source_state states[][2] = {
        {LIVE, WAITING}, {LIVE, LIVE}, {GONE, LIVE}};
    struct sampler *sampler;
    struct err err = {0};
    if (!sampler_open(&sampler, layout, NULL, &options, &err))
        fail_msg("%s", err.text);
    for (size_t i = 0; i < 3; i++) {
        const struct sample *sample = sampler_step(sampler);
        assert_int_equal(sample->frames[0].state, states[i][0]);
        assert_int_equal(sample->frames[1].state, states[i][1]);
    }
    sampler_close(sampler);
    layout_free(layout);
    rig_forget(first);
    rig_forget(second);
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(follows_health),
        cmocka_unit_test(knows_since_when),
        cmocka_unit_test(judges_each_mapping),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
