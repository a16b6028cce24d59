/* SPDX-License-Identifier: MIT */
/* The history against the samples themselves: each one is described in words
 * when it is taken, and must be described in the same words when it is made
 * again.  Recordings are random: values, gaps, generations, torn frames, places
 * that move. */
#include <math.h>

#include "history_rig.h"

#include "sampler/alarm.h"
#include "sampler/health.h"

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
        assert_true(layout != moving_layout ||
                    sampler_last(rig.sampler)->moves > 20);
        assert_true(bytes != FORGETS || oldest(&rig) > 0);
        expect_all(&rig);
        rig_close(&rig);
        buf_free(&frames);
    }
}

static void makes_samples_again(void **state)
{
    (void)state;
    follow_random(plain_layout, 128, MIB);
}

static void makes_torn_samples_again(void **state)
{
    (void)state;
    follow_random(whole_layout, 64, MIB);
    follow_random(whole_layout, 64, 40 << 10);
}

static void makes_moved_samples_again(void **state)
{
    (void)state;
    follow_random(moving_layout, MOVING_SIZE, MIB);
    follow_random(moving_layout, MOVING_SIZE, 100 << 10);
}

/* So little memory that most samples are dropped. */
static void forgets_the_oldest(void **state)
{
    (void)state;
    follow_random(plain_layout, 128, FORGETS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(makes_samples_again),
        cmocka_unit_test(makes_torn_samples_again),
        cmocka_unit_test(makes_moved_samples_again),
        cmocka_unit_test(forgets_the_oldest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
