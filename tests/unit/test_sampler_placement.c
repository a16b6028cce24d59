/* SPDX-License-Identifier: MIT */
/* Fields that other fields place, over recordings: counts change, tables move,
 * numbers are impossible, buffers take turns. */
#include <math.h>

#include "engine_rig.h"

#include "base/mem.h"
#include "layout/path.h"
#include "sampler/alarm.h"
#include "sampler/sampler.h"

/* A table of up to four pumps of 12 bytes: a number and a name. */
static const char pumps[] = "[mapping]\nname = x\nsize = 128\n"
                            "[fields]\n"
                            "at = u16 @0\n"
                            "step = u8 @2\n"
                            "count = i8 @3\n"
                            "flow = u32[4] @16 role=counter overlap=yes\n"
                            "name = char[8][4] @16 overlap=yes\n"
                            "tail = u32 @120\n";

struct rig {
    struct layout *layout;
    struct base bases[8];
    struct sampler *sampler;
    const struct sample *now;
    char target[RIG_TARGET];
};

static size_t rig_find(const struct rig *rig, const char *path)
{
    size_t index = path_find(rig->layout, path);
    assert_true(index != SIZE_MAX);
    return index;
}

/* The layout of `pumps = pump[4] @at stride=step count=count`. */
static void put_in_table(struct rig *rig)
{
    struct layout *layout = rig->layout;
    for (uint32_t i = 0; i < 4; i++) {
        struct field *flow = &layout->fields[rig_find(rig, "flow[0]") + i];
        struct field *name = &layout->fields[rig_find(rig, "name[0]") + i];
        flow->base = name->base = i;
        flow->offset = 0;
        name->offset = 4;
        rig->bases[i] = (struct base){
            .parent = FIELD_NO_BASE,
            .offset_field = (uint32_t)rig_find(rig, "at"),
            .plus_field = FIELD_NONE,
            .stride_field = (uint32_t)rig_find(rig, "step"),
            .count_field = (uint32_t)rig_find(rig, "count"),
            .element = i,
            .most = 4,
            .extent = 12,
            .group = flow->group,
        };
    }
    layout->bases = rig->bases;
    layout->base_count = 4;
    layout->mappings[0].moving = true;
}

static void rig_start(struct rig *rig, const char *frames)
{
    static const struct sampler_options options = {
        .stale_ns = INT64_MAX, .trend_bytes = 1 << 20, .trend_max = 100};
    struct err err = {0};
    rig_record(rig->target, frames);
    if (!sampler_open(&rig->sampler, rig->layout, rig->target, &options, &err))
        fail_msg("%s", err.text);
    rig->now = sampler_last(rig->sampler);
}

static void rig_open(struct rig *rig, const char *frames)
{
    rig->layout = rig_layout(pumps);
    put_in_table(rig);
    rig_start(rig, frames);
}

static void rig_close(struct rig *rig)
{
    sampler_close(rig->sampler);
    layout_free(rig->layout);
    rig_forget(rig->target);
}

static const struct sample *rig_step(struct rig *rig)
{
    rig->now = sampler_step(rig->sampler);
    return rig->now;
}

#define FRESH TREND_FRESH
#define CHANGED TREND_CHANGED
#define HELD TREND_HELD
#define MOVED TREND_MOVED
#define ABSENT TREND_ABSENT
#define MISPLACED TREND_MISPLACED

/* `number` NAN: no value. */
static void expect(const struct rig *rig, const char *path, double number,
                   uint32_t flags)
{
    size_t index = rig_find(rig, path);
    const struct value *value = &rig->now->values[index];
    double is = value_number(&rig->layout->fields[index], value);
    if ((value->type == VALUE_NONE) != (isnan(number) != 0) ||
        (!isnan(number) && is != number) ||
        (rig->now->trends[index].flags & ~(uint32_t)TREND_VARIED) != flags)
        fail_msg("%s: %g with flags %u, not %g with %u", path, is,
                 (unsigned)rig->now->trends[index].flags, number,
                 (unsigned)flags);
    if (isnan(number))
        assert_null(sampler_field_bytes(rig->sampler, index));
}

static void expect_name(const struct rig *rig, const char *path,
                        const char *name)
{
    size_t index = rig_find(rig, path);
    const struct value *value = &rig->now->values[index];
    assert_int_equal(value->type, VALUE_BYTES);
    char bytes[8] = {0};
    memcpy(bytes, name, strlen(name));
    assert_memory_equal(value->bytes, bytes, 8);
    assert_ptr_equal(sampler_field_bytes(rig->sampler, index), value->bytes);
}

static double rate_of(const struct rig *rig, const char *path)
{
    return rig->now->trends[rig_find(rig, path)].rate;
}

static size_t trend_of(const struct rig *rig, const char *path, double *out,
                       size_t room)
{
    return sampler_trend(rig->sampler, rig_find(rig, path), out, room);
}

/* --- a table ------------------------------------------------------------ */

static void follows_the_count(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig, "size 128\n"
                   "set 0 1000 0c 02\n" /* at 16, 12 bytes each, two */
                   "set 16 05000000 61\nset 28 07000000 62\n"
                   "set 40 09000000 63\nset 120 01\nframe\n"
                   "set 16 06\nset 3 03\nframe\n"
                   "set 3 01\nframe\n"
                   "set 28 33\nset 3 02\nframe\n"
                   "set 3 00\nframe\n");
    expect(&rig, "flow[0]", NAN, ABSENT);
    expect(&rig, "at", NAN, 0);
    rig_step(&rig);
    assert_int_equal(rig.now->state, STATE_LIVE);
    assert_int_equal(rig.now->changed_count, 0);
    assert_string_equal(rig.now->problem_text, "");
    expect(&rig, "at", 16, FRESH);
    expect(&rig, "count", 2, FRESH);
    expect(&rig, "flow[0]", 5, FRESH);
    expect(&rig, "flow[1]", 7, FRESH);
    expect_name(&rig, "name[1]", "b");
    expect(&rig, "flow[2]", NAN, ABSENT);
    expect(&rig, "name[3]", NAN, ABSENT);
    expect(&rig, "tail", 1, FRESH);
    assert_int_equal(rig.now->moves, 1);

    rig_step(&rig); /* a third comes, the others continue */
    expect(&rig, "flow[0]", 6, FRESH | CHANGED | MOVED);
    assert_true(rig.now->trends[rig_find(&rig, "flow[0]")].min == 5);
    expect(&rig, "flow[1]", 7, FRESH);
    expect(&rig, "flow[2]", 9, FRESH);
    expect_name(&rig, "name[1]", "b");
    expect_name(&rig, "name[2]", "c");
    assert_int_equal(rig.now->changed_count, 2);
    assert_int_equal(rig.now->moves, 2);
    double numbers[4];
    assert_int_equal(trend_of(&rig, "flow[0]", numbers, 4), 2);
    assert_true(numbers[0] == 5 && numbers[1] == 6);
    assert_int_equal(trend_of(&rig, "flow[2]", numbers, 4), 2);
    assert_true(isnan(numbers[0]) && numbers[1] == 9);

    rig_step(&rig); /* two go; the others are not TREND_CHANGED */
    expect(&rig, "flow[0]", 6, FRESH | MOVED);
    expect(&rig, "flow[1]", NAN, ABSENT);
    expect(&rig, "name[2]", NAN, ABSENT);
    assert_int_equal(trend_of(&rig, "flow[1]", numbers, 4), 3);
    assert_true(isnan(numbers[0]) && isnan(numbers[1]) && isnan(numbers[2]));

    rig_step(&rig); /* a record that returns is a new one */
    expect(&rig, "flow[1]", 0x33, FRESH);
    assert_true(isnan(rate_of(&rig, "flow[1]")));
    assert_true(rig.now->trends[rig_find(&rig, "flow[1]")].min == 0x33);

    rig_step(&rig);
    expect(&rig, "flow[0]", NAN, ABSENT);
    expect(&rig, "tail", 1, FRESH);
    uint64_t moves = rig.now->moves;
    rig_step(&rig);
    rig_step(&rig);
    assert_int_equal(rig.now->moves, moves);
    rig_close(&rig);
}

static void follows_the_offset(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig, "size 128\nset 0 1000 0c 02\n"
                   "set 16 05000000 61\nset 28 07000000 62\n"
                   "set 64 64000000 78\nset 80 c8000000 79\nframe\n"
                   "set 16 06\nset 28 08\nframe\nset 16 07\nset 28 09\nframe\n"
                   "set 0 4000 10\nframe\n"
                   "set 64 65\nframe\nset 64 66\nframe\n"
                   "set 2 0c\nset 64 67\nframe\n");
    rig_step(&rig);
    rig_step(&rig);
    rig_step(&rig);
    assert_true(rate_of(&rig, "flow[0]") == 1);
    sampler_reset_baseline(rig.sampler);

    rig_step(&rig); /* elsewhere, with a larger stride */
    expect(&rig, "at", 64, FRESH | CHANGED | MOVED);
    expect(&rig, "flow[0]", 100, FRESH);
    expect(&rig, "flow[1]", 200, FRESH);
    expect_name(&rig, "name[0]", "x");
    expect_name(&rig, "name[1]", "y");
    assert_true(isnan(rate_of(&rig, "flow[0]")));
    const struct trend *trend = &rig.now->trends[rig_find(&rig, "flow[0]")];
    assert_true(trend->min == 100 && trend->max == 100);
    assert_true(trend->changed_ns == rig.now->mono_ns);
    double numbers[5];
    assert_int_equal(trend_of(&rig, "flow[0]", numbers, 5), 4);
    assert_true(isnan(numbers[2]) && numbers[3] == 100);

    rig_step(&rig);
    expect(&rig, "flow[0]", 101, FRESH | CHANGED | MOVED);
    rig_step(&rig);
    assert_true(rate_of(&rig, "flow[0]") == 1);

    rig_step(&rig); /* only the second moves: the first continues */
    expect(&rig, "flow[0]", 103, FRESH | CHANGED | MOVED);
    assert_true(rate_of(&rig, "flow[0]") == 1);
    assert_true(rig.now->trends[rig_find(&rig, "flow[0]")].min == 100);
    expect(&rig, "flow[1]", 0, FRESH);
    rig_close(&rig);
}

/* A rate becomes 0 in time although other records move. */
static void calms_down(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig, "size 128\nset 0 1000 0c 01\nset 16 05\nframe\n"
                   "set 16 06\nframe\nset 16 07\nframe\n"
                   "set 3 02\nframe\nframe +60s\nset 3 01\nframe\n");
    rig_step(&rig);
    rig_step(&rig);
    rig_step(&rig);
    assert_true(rate_of(&rig, "flow[0]") == 1);
    rig_step(&rig);
    assert_true(rate_of(&rig, "flow[0]") == 1);
    rig_step(&rig);
    assert_true(rate_of(&rig, "flow[0]") == 0);
    rig_step(&rig);
    assert_true(rate_of(&rig, "flow[0]") == 0);
    rig_close(&rig);
}

static void tells_what_cannot_be(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig, "size 128\nset 0 1000 0c 02\n"
                   "set 16 05000000 61\nset 28 07000000 62\nframe\n"
                   "set 3 05\nframe\nset 3 06\nframe\n"
                   "set 3 ff\nframe\n"
                   "set 3 02\nset 2 0b\nframe\n"
                   "set 2 0c\nset 0 7000\nframe\n"
                   "set 0 ffff\nframe\n"
                   "set 0 1000\nframe\n");
    rig_step(&rig);
    expect(&rig, "flow[1]", 7, FRESH);

    static const struct {
        const char *why;
        double first;
        uint32_t first_flags, third_flags;
    } said[] = {
        {"count is 5, but the layout has flow[4]", NAN, MISPLACED, MISPLACED},
        {"count is 6, but the layout has flow[4]", NAN, MISPLACED, MISPLACED},
        {"count is -1, which is not a place for flow", NAN, MISPLACED,
         MISPLACED},
        {"step is 11, but an element of flow has 12 bytes", NAN, MISPLACED,
         ABSENT},
        {"flow[1] is not within the mapping's 128 bytes: at is 112, step is 12",
         0, FRESH, ABSENT},
        {"flow[0] is not within the mapping's 128 bytes: at is 65535, step is "
         "12",
         NAN, MISPLACED, ABSENT},
    };
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        rig_step(&rig);
        assert_int_equal(rig.now->state, STATE_LIVE);
        assert_string_equal(rig.now->problem_text, said[i].why);
        expect(&rig, "flow[0]", said[i].first, said[i].first_flags);
        expect(&rig, "flow[1]", NAN, MISPLACED);
        expect(&rig, "name[1]", NAN, MISPLACED);
        expect(&rig, "flow[2]", NAN, said[i].third_flags);
    }
    rig_step(&rig);
    assert_string_equal(rig.now->problem_text, "");
    expect(&rig, "flow[1]", 7, FRESH);
    expect(&rig, "flow[2]", NAN, ABSENT);
    rig_close(&rig);
}

/* The problem_text of a sample is that of the first mapping that has one. */
static void names_the_first_problem(void **state)
{
    static const char *const said[] = {
        "",
        "a is not within the mapping's 16 bytes: at is 255",
        "b is not within the mapping's 16 bytes: place is 254",
    };
    static const struct sampler_options options = {.stale_ns = INT64_MAX};
    char first[RIG_TARGET], second[RIG_TARGET];
    struct buf text = {0};
    struct sampler *sampler;
    struct err err = {0};
    (void)state;
    rig_record(first, "size 16\nset 0 04\nframe\nset 0 ff\nframe\n"
                      "set 0 04\nframe\n");
    rig_record(second, "size 16\nset 0 04\nframe\nset 0 fe\nframe\nframe\n");
    buf_printf(&text,
               "[mapping]\nname = %s\nsize = 16\n"
               "[mapping other]\nname = %s\nsize = 16\n"
               "[fields]\nat = u8 @0\na = u32[1] @at\n"
               "[fields other]\nplace = u8 @0\nb = u32[1] @place\n",
               first, second);
    struct layout *layout = rig_layout(text.data);
    if (!sampler_open(&sampler, layout, NULL, &options, &err))
        fail_msg("%s", err.text);
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        assert_string_equal(sampler_step(sampler)->problem_text, said[i]);
    sampler_close(sampler);
    layout_free(layout);
    rig_forget(first);
    rig_forget(second);
    buf_free(&text);
}

/* --- states of the mapping ---------------------------------------------- */

static void holds_what_is_gone(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig, "size 128\nset 0 1000 0c 02\n"
                   "set 16 05000000 61\nset 28 07000000 62\nframe\n"
                   "frame gone\nset 3 01\nset 16 09\nframe\nframe\n");
    rig_step(&rig);
    rig_step(&rig);
    assert_int_equal(rig.now->state, STATE_GONE);
    expect(&rig, "flow[1]", 7, HELD);
    expect_name(&rig, "name[1]", "b");
    rig_step(&rig); /* another generation */
    assert_int_equal(rig.now->state, STATE_REPLACED);
    expect(&rig, "flow[0]", 9, FRESH);
    expect(&rig, "flow[1]", NAN, ABSENT);
    rig_step(&rig);
    assert_int_equal(rig.now->state, STATE_LIVE);
    expect(&rig, "flow[0]", 9, FRESH);
    rig_close(&rig);
}

static void holds_what_is_cut_off(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig, "size 128\nset 0 1000 0c 02\n"
                   "set 16 05000000 61\nset 28 07000000 62\nset 120 04\n"
                   "frame\nsize 30\nframe\nset 16 06\nframe\n"
                   "size 128\nset 28 08\nframe\n");
    rig_step(&rig);
    rig_step(&rig);
    assert_int_equal(rig.now->state, STATE_TRUNCATED);
    expect(&rig, "flow[0]", 5, FRESH);
    expect(&rig, "flow[1]", 7, HELD);
    expect(&rig, "tail", 4, HELD);
    rig_step(&rig);
    expect(&rig, "flow[0]", 6, FRESH | CHANGED | MOVED);
    expect(&rig, "flow[1]", 7, HELD);
    rig_step(&rig);
    assert_int_equal(rig.now->state, STATE_LIVE);
    expect(&rig, "flow[1]", 8, FRESH | CHANGED | MOVED);
    expect(&rig, "tail", 0, FRESH | CHANGED | MOVED);
    rig_close(&rig);
}

/* --- chains and buffers ------------------------------------------------- */

/* Each element holds the offset of the next one: all are found in one step. */
static void follows_a_chain(void **state)
{
    (void)state;
    struct rig rig;
    rig.layout = rig_layout("[mapping]\nname = x\nsize = 128\n[fields]\n"
                            "first = u8 @0\n"
                            "next = u8[5] @8 overlap=yes\n");
    for (uint32_t i = 0; i < 5; i++) {
        struct field *field = &rig.layout->fields[1 + i];
        field->base = i;
        field->offset = 0;
        rig.bases[i] = (struct base){
            .parent = FIELD_NO_BASE,
            .offset_field = i, /* `first`, or the element before */
            .plus_field = FIELD_NONE,
            .stride_field = FIELD_NONE,
            .count_field = FIELD_NONE,
            .most = 1,
            .extent = 1,
            .group = field->group,
        };
    }
    rig.layout->bases = rig.bases;
    rig.layout->base_count = 5;
    rig.layout->mappings[0].moving = true;
    rig_start(&rig, "size 128\nset 0 14\nset 20 28\nset 40 64\nset 100 3c\n"
                    "set 60 7f\nset 127 09\nframe\n"
                    "set 40 ff\nframe\nset 0 00\nframe\n");
    expect(&rig, "next[0]", NAN, 0);
    rig_step(&rig);
    expect(&rig, "next[0]", 40, FRESH);
    expect(&rig, "next[1]", 100, FRESH);
    expect(&rig, "next[2]", 60, FRESH);
    expect(&rig, "next[3]", 127, FRESH);
    expect(&rig, "next[4]", 9, FRESH);
    assert_int_equal(rig.now->changed_count, 0);
    rig_step(&rig);
    expect(&rig, "next[1]", 255, FRESH | CHANGED | MOVED);
    expect(&rig, "next[2]", NAN, MISPLACED);
    expect(&rig, "next[3]", NAN, MISPLACED);
    assert_string_equal(rig.now->problem_text,
                        "next is not within the mapping's 128 bytes: next[1] "
                        "is 255");
    rig_step(&rig); /* a ring */
    expect(&rig, "next[4]", 0, FRESH);
    rig_close(&rig);
}

/* Two buffers take turns; their fields continue. */
static void follows_buffers(void **state)
{
    (void)state;
    struct rig rig;
    rig.layout = rig_layout("[mapping]\nname = x\nsize = 128\n[fields]\n"
                            "tick = u32[2] @0\nat = u32[2] @8\n"
                            "speed = u32 @16 role=counter overlap=yes\n"
                            "text = char[4] @20 overlap=yes\n");
    struct mapping *mapping = &rig.layout->mappings[0];
    rig.layout->fields[4].base = rig.layout->fields[5].base = 0;
    rig.layout->fields[4].offset = 0;
    rig.layout->fields[5].offset = 4;
    rig.bases[0] = (struct base){
        .parent = FIELD_NO_BASE,
        .offset_field = 2,
        .plus_field = FIELD_NONE,
        .stride_field = FIELD_NONE,
        .count_field = FIELD_NONE,
        .buffer_step = 1,
        .most = 1,
        .extent = 8,
        .group = rig.layout->fields[4].group,
    };
    rig.layout->bases = rig.bases;
    rig.layout->base_count = 1;
    mapping->moving = true;
    mapping->snapshot = (struct snapshot){
        .method = SNAPSHOT_NEWEST, .tick = 0, .tick_step = 1, .buffers = 2};
    rig_start(&rig, "size 128\nset 0 01000000 00000000 40000000 65000000\n"
                    "set 64 05000000 61626300\nframe\n"
                    "set 101 06000000 61626300\nset 4 02\nframe\n"
                    "set 64 08000000 61626400\nset 0 03\nframe\n"
                    "set 101 0a000000 61626400\nset 4 04\nframe\nframe\n");
    rig_step(&rig);
    expect(&rig, "speed", 5, FRESH);
    assert_memory_equal(rig.now->values[5].bytes, "abc", 4);
    rig_step(&rig);
    expect(&rig, "speed", 6, FRESH | CHANGED | MOVED);
    assert_int_equal(rig.now->changed_count, 2); /* with the tick */
    rig_step(&rig);
    expect(&rig, "speed", 8, FRESH | CHANGED | MOVED);
    assert_true(rate_of(&rig, "speed") == 2);
    rig_step(&rig);
    expect(&rig, "speed", 10, FRESH | CHANGED | MOVED);
    assert_true(rig.now->trends[rig_find(&rig, "speed")].min == 5);
    double numbers[4];
    assert_int_equal(trend_of(&rig, "speed", numbers, 4), 4);
    assert_true(numbers[0] == 5 && numbers[1] == 6 && numbers[2] == 8 &&
                numbers[3] == 10);
    rig_step(&rig);
    expect(&rig, "speed", 10, FRESH | MOVED);
    assert_int_equal(rig.now->changed_count, 0);
    rig_close(&rig);
}

/* --- computed fields and alarms ----------------------------------------- */

static const char alarming[] =
    "[mapping]\nname = x\nsize = 64\nabi = x64-linux\n"
    "[struct pump]\nflow = u8 role=counter crit=>100\n"
    "[fields]\ncount = u8 @0\nat = u8 @1\n"
    "pumps = pump[3] @at count=count\n"
    "[computed twice]\nexpr = 2 * pumps[1].flow\nrole = counter\n"
    "[computed moved]\nexpr = delta(pumps[1].flow)\n"
    "[computed all]\nexpr = sum(pumps, \"flow\")\nrole = counter\n";

static void forgets_what_was_made_of_it(void **state)
{
    (void)state;
    struct rig rig;
    rig.layout = rig_layout(alarming);
    rig_start(&rig, "size 64\nset 0 0208\nset 8 010203\nset 32 91c8c9\nframe\n"
                    "set 9 04\nframe\nset 9 06\nframe\n"
                    "set 1 20\nframe\nset 33 c9\nframe\nset 0 01\nframe\n");
    rig_step(&rig);
    rig_step(&rig);
    rig_step(&rig);
    expect(&rig, "twice", 12, FRESH | CHANGED | MOVED);
    expect(&rig, "moved", 2, FRESH);
    assert_true(rate_of(&rig, "twice") == 4);
    assert_int_equal(sample_alarm_count(rig.now, ALARM_CRIT), 0);

    rig_step(&rig); /* other pumps */
    expect(&rig, "twice", 400, FRESH);
    expect(&rig, "moved", NAN, 0);
    expect(&rig, "all", 0x91 + 0xc8, FRESH | CHANGED | MOVED);
    assert_true(isnan(rate_of(&rig, "twice")));
    assert_int_equal(sample_alarm_count(rig.now, ALARM_CRIT), 2);
    rig_step(&rig);
    expect(&rig, "twice", 402, FRESH | CHANGED | MOVED);
    expect(&rig, "moved", 1, FRESH);
    rig_step(&rig); /* one is gone, and its alarm with it */
    expect(&rig, "twice", NAN, 0);
    assert_int_equal(sample_alarm_count(rig.now, ALARM_CRIT), 1);
    rig_close(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(follows_the_count),
        cmocka_unit_test(follows_the_offset),
        cmocka_unit_test(calms_down),
        cmocka_unit_test(tells_what_cannot_be),
        cmocka_unit_test(names_the_first_problem),
        cmocka_unit_test(holds_what_is_gone),
        cmocka_unit_test(holds_what_is_cut_off),
        cmocka_unit_test(follows_a_chain),
        cmocka_unit_test(follows_buffers),
        cmocka_unit_test(forgets_what_was_made_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
