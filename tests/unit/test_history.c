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
    struct value baseline = {.type = VALUE_NONE};
    uint64_t place = 0;
    buf_printf(out, "%s ", field->path);
    put_value(out, field, &sample->values[index]);
    buf_printf(out, " %lld %a %a %a %x %d avg %a", (long long)trend->changed_ns,
               trend->rate, trend->min, trend->max, trend->flags, trend->alarm,
               sampler_average(sampler, index));
    if (sampler_previous(sampler, index, &previous))
        put_value(out, field, &previous);
    buf_puts(out, " base ");
    if (sampler_baseline(sampler, index, &baseline))
        put_value(out, field, &baseline);
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
    buf_printf(out, "missed %llu in %llu\n",
               (unsigned long long)health->missed.updates,
               (unsigned long long)health->missed.samples);
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

/* Shows the first line that differs. */
static void expect_words(size_t index, const char *was, const char *is)
{
    if (strcmp(was, is) == 0)
        return;
    while (strncmp(was, is, strcspn(was, "\n") + 1) == 0) {
        was += strcspn(was, "\n") + 1;
        is += strcspn(is, "\n") + 1;
    }
    print_error("sample %u was: %.*s\n", (unsigned)index,
                (int)strcspn(was, "\n"), was);
    print_error("and is: %.*s\n", (int)strcspn(is, "\n"), is);
    fail();
}

static void expect_moment(struct rig *rig, size_t index)
{
    struct buf is = {0};
    const struct sampler *past = history_seek(rig->history, rig->keys[index]);
    assert_non_null(past);
    describe(&is, rig->layout, past);
    expect_words(index, rig->words[index].data, is.data);
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
        expect_moment(rig, first + below((unsigned)(rig->count - first)));
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
    for (unsigned seed = 1; seed <= rounds(5); seed++) {
        struct rig rig;
        struct buf frames = {0};
        rig_seed(seed);
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
    follow_random(whole_layout, 64, 48 << 10);
}

static void makes_moved_samples_again(void **state)
{
    (void)state;
    follow_random(moving_layout, MOVING_SIZE, MIB);
    follow_random(moving_layout, MOVING_SIZE, 160 << 10);
}

/* So little memory that most samples are dropped. */
static void forgets_the_oldest(void **state)
{
    (void)state;
    follow_random(plain_layout, 128, FORGETS);
}

/* --- baselines, walks, marks ---------------------------------------------- */

/* A baseline in the past is as good as one that was set then. */
static void rebases(void **state)
{
    (void)state;
    static const char *const layouts[] = {plain_layout, whole_layout,
                                          moving_layout};
    static const unsigned sizes[] = {128, 64, MOVING_SIZE};
    for (unsigned i = 0; i < 3 * rounds(3); i++) {
        struct rig then, later;
        struct buf frames = {0};
        rig_seed(i);
        random_frames(&frames, sizes[i % 3], SAMPLES);
        size_t at = 1 + below(SAMPLES / 2);
        rig_open(&then, layouts[i % 3], frames.data, MIB);
        rig_open(&later, layouts[i % 3], frames.data, MIB);
        for (size_t k = 0; k < SAMPLES; k++) {
            rig_step(&then);
            if (k + 1 == at)
                sampler_reset_baseline(then.sampler);
            rig_step(&later);
            if (k + 1 == SAMPLES / 2 + at / 2) {
                /* The last one counts, wherever the others were set. */
                history_rebase(later.history, later.keys[at / 2]);
                rig_step(&later);
                rig_step(&then);
                k++;
                sampler_reset_baseline(later.sampler);
                rig_step(&later);
                rig_step(&then);
                k++;
                history_rebase(later.history, later.keys[at - 1]);
            }
        }
        assert_string_equal(then.words[SAMPLES - 1].data,
                            later.words[SAMPLES - 1].data);
        expect_all(&then);
        expect_all(&later); /* those before show the old baseline */
        rig_close(&then);
        rig_close(&later);
        buf_free(&frames);
    }
}

struct walk {
    struct rig *rig;
    size_t at, end;
};

static bool expect_next(void *user, const struct sample *sample)
{
    struct walk *walk = user;
    assert_int_equal(sample->mono_ns, walk->rig->keys[walk->at]);
    return ++walk->at != walk->end;
}

static void walks(void **state)
{
    (void)state;
    struct rig rig;
    struct buf frames = {0};
    rig_seed(7);
    random_frames(&frames, 128, SAMPLES);
    rig_open(&rig, plain_layout, frames.data, FORGETS);
    assert_int_equal(history_walk(rig.history, 0, INT64_MAX, expect_next, NULL),
                     0);
    for (unsigned i = 0; i < SAMPLES; i++)
        rig_step(&rig);
    size_t first = oldest(&rig);
    for (unsigned i = 0; i < 30; i++) {
        size_t from = first + below((unsigned)(SAMPLES - first));
        size_t to = from + below((unsigned)(SAMPLES - from));
        struct walk walk = {&rig, from, SIZE_MAX};
        assert_int_equal(history_walk(rig.history, rig.keys[from], rig.keys[to],
                                      expect_next, &walk),
                         to - from + 1);
        assert_int_equal(
            history_count(rig.history, rig.keys[from], rig.keys[to]),
            to - from + 1);
        /* What was found before stays while another walk goes on. */
        expect_moment(&rig, to);
        walk = (struct walk){&rig, from, from + 1};
        assert_int_equal(history_walk(rig.history, rig.keys[from], INT64_MAX,
                                      expect_next, &walk),
                         1);
        assert_int_equal(
            history_count(rig.history, rig.keys[to] + 1, rig.keys[to] + 1),
            to + 1 < SAMPLES && rig.keys[to + 1] == rig.keys[to] + 1);
    }
    rig_close(&rig);
    buf_free(&frames);
}

static void marks(void **state)
{
    (void)state;
    static const struct {
        int64_t at_ms;
        enum mark_kind kind;
    } expected[] = {
        {1200, MARK_WARN}, {1300, MARK_CRIT},  {1500, MARK_WARN},
        {1600, MARK_GAP},  {1700, MARK_CLOCK}, {1700, MARK_GENERATION},
    };
    struct rig rig;
    size_t count;
    rig_open(&rig,
             "[mapping]\nname = x\nsize = 8\n[fields]\n"
             "a = u8 @0 warn=>10 crit=>20\n",
             "start 2026-01-02T03:04:05Z\nsize 8\nframe\n"
             "frame +100ms\nset 0 0b\nframe +100ms\n"
             "set 0 15\nframe +100ms\nset 0 00\nframe +100ms\n"
             "set 0 0b\nframe +100ms\nframe +100ms gone\n"
             "clock -1h\nframe +100ms\nframe +100ms\n",
             MIB);
    for (unsigned i = 0; i < 9; i++)
        rig_step(&rig);
    const struct history_mark *marks = history_marks(rig.history, &count);
    assert_int_equal(count, sizeof expected / sizeof expected[0] + 1);
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(marks[i].at_ns, expected[i].at_ms * 1000000);
        assert_int_equal(marks[i].kind, expected[i].kind);
        assert_int_equal(marks[i].field,
                         marks[i].kind >= MARK_WARN ? 0 : FIELD_NONE);
    }
    /* The new generation is alarmed at once. */
    assert_int_equal(marks[6].at_ns, marks[5].at_ns);
    assert_int_equal(marks[6].kind, MARK_WARN);
    assert_int_equal(history_wall_ns(rig.history, rig.keys[0]),
                     INT64_C(1767323045) * 1000000000);
    assert_int_equal(history_wall_ns(rig.history, rig.keys[3] + 5),
                     INT64_C(1767323045) * 1000000000 + 300000005);
    assert_int_equal(history_wall_ns(rig.history, rig.keys[8]),
                     INT64_C(1767319445) * 1000000000 + 800000000);
    rig_close(&rig);
}

static void says_what_it_needs(void **state)
{
    (void)state;
    struct layout *layout =
        rig_layout("[mapping]\nname = x\nsize = 80000\n[fields]\n"
                   "a = u64[10000] @0\n");
    struct sampler *sampler;
    char target[RIG_TARGET];
    const struct sampler_options options = {.statistics = true};
    struct err err = {0};
    rig_record(target, "size 80000\nframe\nframe\n");
    assert_true(sampler_open(&sampler, layout, target, &options, &err));
    struct history *history = history_open(sampler, layout, 4 * MIB);
    unsigned need = 0;
    assert_int_equal(
        sscanf(history_problem(history),
               "no history: this layout needs --history %uM or more", &need),
        1);
    assert_true(need > 4 && need < 64);
    sampler_step(sampler);
    history_take(history);
    assert_int_equal(history_span(history).count, 0);
    assert_null(history_seek(history, 1));
    struct buf was = {0}, is = {0};
    describe(&was, layout, sampler);
    const struct sampler *frozen = history_freeze(history);
    sampler_step(sampler);
    describe(&is, layout, frozen);
    expect_words(0, was.data, is.data);
    buf_free(&was);
    buf_free(&is);
    assert_int_equal(history_find(history, 1), 0);
    history_close(history);
    history = history_open(sampler, layout, need * MIB);
    assert_null(history_problem(history));
    sampler_step(sampler);
    history_take(history);
    assert_int_equal(history_span(history).count, 1);
    history_close(history);
    history = history_open(sampler, layout, 0);
    assert_non_null(strstr(history_problem(history), "--history 0"));
    history_close(history);
    sampler_close(sampler);
    layout_free(layout);
    rig_forget(target);
}

/* --- trends --------------------------------------------------------------- */

#define CELLS 12

/* A trend of the past has the cells that were complete then. */
static void shows_trends_as_they_were(void **state)
{
    (void)state;
    static double cells[SAMPLES][CELLS];
    static size_t counts[SAMPLES];
    struct buf frames = {0};
    struct rig rig;
    srand(5);
    buf_puts(&frames, "size 8\n");
    for (unsigned i = 0; i < SAMPLES; i++)
        buf_printf(&frames, "set 0 %02x\nframe +%ums\n", below(256),
                   100 + below(200));
    rig_open(&rig, "[mapping]\nname = x\nsize = 8\n[fields]\na = u8 @0\n",
             frames.data, MIB);
    sampler_set_trend_cell(rig.sampler, SAMPLER_CELL_NS, SAMPLER_CELL_NS / 10);
    for (size_t i = 0; i < SAMPLES; i++) {
        rig_step(&rig);
        counts[i] = sampler_trend(rig.sampler, 0, cells[i], CELLS);
    }
    size_t compared = 0;
    for (size_t i = oldest(&rig); i < SAMPLES; i += 7) {
        double was[CELLS];
        const struct sampler *past = history_seek(rig.history, rig.keys[i]);
        size_t count = sampler_trend(past, 0, was, CELLS);
        /* The ring of the rig holds 100 cells. */
        if (rig.keys[i] < rig.keys[SAMPLES - 1] - 80 * SAMPLER_CELL_NS)
            continue;
        assert_int_equal(count, counts[i]);
        assert_memory_equal(was, cells[i], count * sizeof *was);
        compared++;
    }
    assert_true(compared > 50);
    rig_close(&rig);
    buf_free(&frames);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(makes_samples_again),
        cmocka_unit_test(makes_torn_samples_again),
        cmocka_unit_test(makes_moved_samples_again),
        cmocka_unit_test(forgets_the_oldest),
        cmocka_unit_test(rebases),
        cmocka_unit_test(walks),
        cmocka_unit_test(marks),
        cmocka_unit_test(says_what_it_needs),
        cmocka_unit_test(shows_trends_as_they_were),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
