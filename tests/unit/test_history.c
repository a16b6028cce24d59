/* SPDX-License-Identifier: MIT */
/* The history against the samples themselves: each one is described in words
 * when it is taken, and must be described in the same words when it is made
 * again.  Recordings are random: values, gaps, generations, torn frames, places
 * that move. */
#include <math.h>

#include "engine_rig.h"

#include "base/mem.h"
#include "history/history.h"
#include "sampler/alarm.h"
#include "sampler/health.h"

#define SAMPLES 600
#define MIB ((size_t)1 << 20)

struct rig {
    struct layout *layout;
    struct sampler *sampler;
    struct history *history;
    char target[RIG_TARGET];
    int64_t keys[SAMPLES];
    struct buf words[SAMPLES];
    size_t count;
};

/* --- a sampler in words --------------------------------------------------- */

static void put_bytes(struct buf *out, const uint8_t *bytes, size_t count)
{
    for (size_t i = 0; bytes && i < count; i++)
        buf_printf(out, "%02x", bytes[i]);
    buf_puts(out, bytes ? " " : "- ");
}

static void put_value(struct buf *out, const struct field *field,
                      const struct value *value)
{
    buf_printf(out, "%d:", (int)value->type);
    if (value->type == VALUE_BYTES && field->kind == KIND_COMPUTED)
        buf_puts(out, (const char *)value->bytes);
    else if (value->type == VALUE_BYTES)
        put_bytes(out, value->bytes, field->size);
    else if (value->type != VALUE_NONE)
        buf_printf(out, "%llx", (unsigned long long)value->u);
}

static void put_field(struct buf *out, const struct layout *layout,
                      const struct sampler *sampler, size_t index)
{
    const struct sample *sample = sampler_last(sampler);
    const struct field *field = &layout->fields[index];
    const struct trend *trend = &sample->trends[index];
    struct value previous = {.type = VALUE_NONE};
    uint64_t place = 0;
    buf_printf(out, "%s ", field->path);
    put_value(out, field, &sample->values[index]);
    buf_printf(out, " %lld %a %a %a %x %d avg %a", (long long)trend->changed_ns,
               trend->rate, trend->min, trend->max, trend->flags, trend->alarm,
               sampler_average(sampler, index));
    if (sampler_previous(sampler, index, &previous))
        put_value(out, field, &previous);
    if (sampler_field_place(sampler, index, &place))
        buf_printf(out, " at %llu ", (unsigned long long)place);
    put_bytes(out, sampler_field_bytes(sampler, index), field->size);
    buf_putc(out, '\n');
}

static void put_mapping(struct buf *out, const struct sample *sample, size_t i)
{
    const struct frame *frame = &sample->frames[i];
    const struct consistency_result *whole = &sample->consistency[i];
    const struct health *health = &sample->healths[i];
    buf_printf(out, "%lld %lld %d %d %u %llu '%s'\n", (long long)frame->wall_ns,
               (long long)frame->mono_ns, (int)frame->state, (int)frame->status,
               frame->generation, (unsigned long long)frame->size,
               frame->note ? frame->note : "");
    buf_printf(
        out, "%d %d %u %llu %llu %llu %llu %lld\n", (int)whole->method,
        (int)whole->verdict, whole->buffer, (unsigned long long)whole->frames,
        (unsigned long long)whole->torn, (unsigned long long)whole->retries,
        (unsigned long long)whole->given_up, (long long)whole->whole_ns);
    buf_printf(out, "%d %lld %d %d %d %d %lld %d '%s'\n", (int)health->state,
               (long long)health->since_ns, health->unmet,
               (int)health->require_truth, (int)health->gone_truth,
               (int)health->process, (long long)health->beat_ns,
               health->beat_seen, health->message ? health->message : "");
}

static void describe(struct buf *out, const struct layout *layout,
                     const struct sampler *sampler)
{
    const struct sample *sample = sampler_last(sampler);
    buf_clear(out);
    buf_printf(out, "%llu %lld %lld %d %u %llu %zu %llu '%s' %lld\n",
               (unsigned long long)sample->number, (long long)sample->wall_ns,
               (long long)sample->mono_ns, (int)sample->state,
               sample->generation, (unsigned long long)sample->changed_count,
               sample->resting_count, (unsigned long long)sample->moves,
               sample->problem_text ? sample->problem_text : "",
               (long long)sample->good_ns);
    for (size_t i = 0; i < sample->frame_count; i++)
        put_mapping(out, sample, i);
    for (size_t i = 0; i < sample->alarm_count; i++)
        buf_printf(out, "alarm %d %lld\n", (int)sample->alarms[i].level,
                   (long long)sample->alarms[i].since_ns);
    for (size_t i = 0; i < sample->field_count; i++)
        put_field(out, layout, sampler, i);
}

/* --- the rig -------------------------------------------------------------- */

static void rig_open(struct rig *rig, const char *layout, const char *frames,
                     size_t bytes)
{
    const struct sampler_options options = {
        .stale_ns = INT64_C(5000000000),
        .trend_bytes = 1 << 20,
        .trend_max = 100,
        .statistics = true,
    };
    struct err err = {0};
    *rig = (struct rig){.layout = rig_layout(layout)};
    rig_record(rig->target, frames);
    if (!sampler_open(&rig->sampler, rig->layout, rig->target, &options, &err))
        fail_msg("%s", err.text);
    rig->history = history_open(rig->sampler, rig->layout, bytes);
    assert_null(history_problem(rig->history));
}

static void rig_close(struct rig *rig)
{
    for (size_t i = 0; i < rig->count; i++)
        buf_free(&rig->words[i]);
    history_close(rig->history);
    sampler_close(rig->sampler);
    layout_free(rig->layout);
    rig_forget(rig->target);
}

/* Takes a sample and describes it. */
static void rig_step(struct rig *rig)
{
    CHECK(rig->count < SAMPLES);
    sampler_step(rig->sampler);
    history_take(rig->history);
    rig->keys[rig->count] = history_span(rig->history).last_ns;
    describe(&rig->words[rig->count++], rig->layout, rig->sampler);
}

static void expect_moment(struct rig *rig, size_t index)
{
    struct buf is = {0};
    const struct sampler *past = history_seek(rig->history, rig->keys[index]);
    assert_non_null(past);
    describe(&is, rig->layout, past);
    if (strcmp(is.data, rig->words[index].data) != 0) {
        print_error("sample %zu was\n%s\nand is\n%s\n", index,
                    rig->words[index].data, is.data);
        fail();
    }
    buf_free(&is);
}

/* The first sample that is still there. */
static size_t oldest(const struct rig *rig)
{
    struct history_span span = history_span(rig->history);
    size_t first = rig->count - (size_t)span.count;
    assert_true(span.count > 0 && span.count <= rig->count);
    assert_int_equal(rig->keys[first], span.first_ns);
    assert_int_equal(rig->keys[rig->count - 1], span.last_ns);
    return first;
}

static void expect_all(struct rig *rig)
{
    size_t first = oldest(rig);
    for (size_t i = first; i < rig->count; i++) /* one after the other */
        expect_moment(rig, i);
    for (size_t i = rig->count; i-- > first;) /* back */
        expect_moment(rig, i);
    for (unsigned i = 0; i < 50; i++) /* anywhere */
        expect_moment(rig, first + (size_t)rand() % (rig->count - first));
    for (size_t i = first; i < rig->count; i++) {
        int64_t key = rig->keys[i];
        assert_int_equal(history_find(rig->history, key), key);
        if (i + 1 < rig->count) {
            assert_int_equal(history_find_step(rig->history, key, 1),
                             rig->keys[i + 1]);
            assert_int_equal(
                history_find_step(rig->history, rig->keys[i + 1], -1), key);
            assert_int_equal(history_find(rig->history, rig->keys[i + 1] - 1),
                             key);
        }
        assert_int_equal(
            history_find_step(rig->history, key, (int64_t)(rig->count - 1 - i)),
            rig->keys[rig->count - 1]);
    }
    assert_int_equal(history_find_step(rig->history, rig->keys[first], -5),
                     rig->keys[first]);
    assert_int_equal(history_find(rig->history, INT64_MIN), rig->keys[first]);
}

/* --- random recordings ---------------------------------------------------- */

static unsigned below(unsigned count)
{
    return (unsigned)rand() % count;
}

static void put_change(struct buf *out, unsigned size)
{
    unsigned at = below(size - 8);
    unsigned count = 1 + below(8);
    buf_printf(out, "set %u ", at);
    for (unsigned i = 0; i < count; i++)
        buf_printf(out, "%02x", below(3) ? below(256) : 0);
    buf_putc(out, '\n');
}

static void put_frame(struct buf *out, unsigned size)
{
    unsigned what = below(60);
    if (what == 0)
        buf_puts(out, "frame +1s gone the producer has left\n");
    else if (what == 1)
        buf_puts(out, "frame +7s waiting\n");
    else if (what == 2)
        buf_printf(out, "size %u\nframe\nsize %u\n", size / 2, size);
    else if (what == 3)
        buf_puts(out, "frame +1us replaced\n");
    else if (what == 4)
        buf_puts(out, "frame +1h\n");
    else
        buf_puts(out, "frame +100ms\n");
}

static void random_frames(struct buf *out, unsigned size, unsigned count)
{
    buf_printf(out, "start 2026-01-02T03:04:05Z\nsize %u\n", size);
    for (unsigned i = 0; i < count; i++) {
        for (unsigned k = below(4); k > 0; k--)
            put_change(out, size);
        put_frame(out, size);
    }
}

static const char plain[] =
    "[mapping]\nname = x\nsize = 128\nheartbeat = beat\n"
    "[fields]\n"
    "beat = u32 @0 role=counter\n"
    "small = i16be @6 warn=>1000 crit=>20000 for=1s hyst=10\n"
    "real = f64 @8 stale=2s\n"
    "float = f32 @16 scale=0.5 bias=3\n"
    "text = char[13] @23\n"
    "mode = u8 @40 enum=mode\n"
    "bits = u32 @44 bits=3..9\n"
    "far = u64[4] @96 role=counter\n"
    "[enum mode]\n0 = Off\n1 = On\n"
    "[computed sum]\nexpr = small + float\n"
    "[computed name]\nexpr = 'n' .. small\n"
    "[computed high]\nexpr = small > 100 and real > 0\n"
    "[computed step]\nexpr = delta(beat)\n"
    "[computed mean]\nexpr = avg(small, 3)\n"
    "[computed ratio]\nexpr = small // bits\n";

static void follow_random(const char *layout, unsigned size, size_t bytes)
{
    for (unsigned seed = 1; seed < 6; seed++) {
        struct rig rig;
        struct buf frames = {0};
        srand(seed);
        random_frames(&frames, size, SAMPLES);
        rig_open(&rig, layout, frames.data, bytes);
        for (unsigned i = 0; i < SAMPLES; i++) {
            if (below(40) == 0)
                sampler_break(rig.sampler);
            if (below(40) == 0)
                sampler_reset_baseline(rig.sampler);
            if (below(80) == 0)
                sampler_set_stale(rig.sampler,
                                  INT64_C(1000000000) * (1 + below(9)));
            rig_step(&rig);
            if (below(50) == 0)
                expect_moment(&rig, oldest(&rig));
        }
        assert_true(bytes >= MIB || oldest(&rig) > 0);
        expect_all(&rig);
        rig_close(&rig);
        buf_free(&frames);
    }
}

static void makes_samples_again(void **state)
{
    (void)state;
    follow_random(plain, 128, MIB);
}

/* So little memory that most samples are dropped. */
static void forgets_the_oldest(void **state)
{
    (void)state;
    follow_random(plain, 128, 72 << 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(makes_samples_again),
        cmocka_unit_test(forgets_the_oldest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
