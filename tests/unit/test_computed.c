/* SPDX-License-Identifier: MIT */
/* Computed fields in samples: values, trends, and what is held or forgotten
 * with a mapping; `require` and `gone`. */
#include "engine_rig.h"

#include <math.h>

#include "layout/path.h"
#include "layout/value_text.h"
#include "sampler/health.h"
#include "sampler/sampler.h"

struct rig {
    struct layout *layout;
    struct sampler *sampler;
    char target[RIG_TARGET];
};

static void rig_open(struct rig *rig, const char *text, const char *frames)
{
    struct err err = {0};
    const struct sampler_options options = {
        .stale_ns = INT64_MAX,
        .trend_bytes = 1u << 16,
        .trend_max = 100,
    };
    rig->layout = rig_layout(text);
    rig_record(rig->target, frames);
    if (!sampler_open(&rig->sampler, rig->layout, rig->target, &options, &err))
        fail_msg("%s", err.text);
}

static void rig_close(struct rig *rig)
{
    sampler_close(rig->sampler);
    rig_forget(rig->target);
    layout_free(rig->layout);
}

static size_t find(const struct rig *rig, const char *path)
{
    size_t index = path_find(rig->layout, path);
    assert_true(index != SIZE_MAX);
    return index;
}

/* The field as people see it, then "+" changed, "!" moved since the baseline,
 * "h" held, "t" torn. */
static void put_field(struct buf *out, const struct rig *rig, const char *path)
{
    static const struct {
        uint32_t flag;
        char letter;
    } letters[] = {{TREND_CHANGED, '+'},
                   {TREND_MOVED, '!'},
                   {TREND_HELD, 'h'},
                   {TREND_TORN, 't'}};
    const struct sample *sample = sampler_last(rig->sampler);
    size_t index = find(rig, path);
    buf_puts(out, sample->values[index].type == VALUE_NONE ? "none" : "");
    value_put_text(out, &rig->layout->fields[index], &sample->values[index],
                   SHOW_DEFAULT, false);
    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
        if (sample->trends[index].flags & letters[i].flag)
            buf_putc(out, letters[i].letter);
}

/* Takes a sample for each word in `want`: the value that `path` must have. */
static void expect(const char *text, const char *frames, const char *path,
                   const char *want)
{
    struct rig rig;
    struct buf got = {0};
    rig_open(&rig, text, frames);
    size_t steps = 1;
    for (const char *at = want; *at; at++)
        steps += *at == ' ';
    for (size_t i = 0; i < steps; i++) {
        sampler_step(rig.sampler);
        if (i > 0)
            buf_putc(&got, ' ');
        put_field(&got, &rig, path);
    }
    if (strcmp(got.data, want) != 0)
        fail_msg("%s: %s, not %s", path, got.data, want);
    buf_free(&got);
    rig_close(&rig);
}

static const char layout[] =
    "[mapping]\nsize = 16\n"
    "[fields]\na = u32 @0\nb = i32 @4\nc = u8 @8 role=counter\n"
    "u = u32 @12\n"
    "[computed twice]\nexpr = 2 * a\n"
    "[computed chain]\nexpr = twice + 1\n"
    "[computed text]\nexpr = 'n' .. a\n"
    "[computed flag]\nexpr = a > 3\n"
    "[computed not_flag]\nexpr = not flag\n"
    "[computed ratio]\nexpr = a / b\n"
    "[computed fail]\nexpr = a // b\n"
    "[computed step]\nexpr = delta(b)\n"
    "[computed cstep]\nexpr = delta(c)\n"
    "[computed tstep]\nexpr = delta(twice)\n"
    "[computed mean]\nexpr = avg(a, 3)\n"
    "[computed tmean]\nexpr = avg(twice, 2)\n"
    "[computed rest]\nexpr = age(a)\n"
    "[computed low]\nexpr = min(b)\n"
    "[computed high]\nexpr = max(twice)\n"
    "[computed speed]\nexpr = rate(c)\n"
    "[computed one]\nexpr = 1\n"
    "[computed known]\nexpr = count(a)\n";

static const char frames[] = "size 16\nset 0 02000000feffffffff000000\nframe\n"
                             "set 0 05000000\nset 4 03000000\nset 8 01\nframe\n"
                             "frame\n"
                             "set 0 02000000\nset 4 00000000\nset 8 04\nframe\n"
                             "frame gone\n"
                             "set 0 09000000\nframe replaced\n"
                             "frame\n";

static void expect_baseline(const struct rig *rig, const char *path,
                            const char *want)
{
    struct value value;
    struct buf got = {0};
    size_t field = find(rig, path);
    if (sampler_baseline(rig->sampler, field, &value))
        value_put_text(&got, &rig->layout->fields[field], &value, SHOW_DEFAULT,
                       false);
    else
        buf_puts(&got, "none");
    if (strcmp(got.data, want) != 0)
        fail_msg("%s: %s, not %s", path, got.data, want);
    buf_free(&got);
}

static void step(struct rig *rig, int count)
{
    while (count-- > 0)
        sampler_step(rig->sampler);
}

/* Of stored and computed fields, numbers and texts. */
static void test_baseline(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        const char *first;  /* since the start */
        const char *second; /* since the second sample */
        const char *third;  /* of the next generation */
    } cases[] = {
        {"a", "2", "5", "9"},       {"twice", "4", "10", "18"},
        {"text", "n2", "n5", "n9"}, {"fail", "-1", "1", "none"},
        {"step", "5", "5", "0"},
    };
    struct rig rig;
    rig_open(&rig, layout, frames);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_baseline(&rig, cases[i].path, "none");
    step(&rig, 2);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_baseline(&rig, cases[i].path, cases[i].first);
    sampler_reset_baseline(rig.sampler);
    step(&rig, 3); /* then it is gone: all are held */
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_baseline(&rig, cases[i].path, cases[i].second);
    step(&rig, 2);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_baseline(&rig, cases[i].path, cases[i].third);
    rig_close(&rig);
    rig_open(&rig, "[mapping]\nsize = 8\n[fields]\nname = char[4] @0\n",
             "size 8\nset 0 6f6e6500\nframe\nset 0 74776f00\nframe\n");
    step(&rig, 2);
    expect_baseline(&rig, "name", "one");
    sampler_reset_baseline(rig.sampler);
    expect_baseline(&rig, "name", "two");
    rig_close(&rig);
}

static void test_values(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        const char *want;
    } cases[] = {
        {"twice", "4 10+! 10! 4+ 4h 18 18"},
        {"chain", "5 11+! 11! 5+ 5h 19 19"},
        {"text", "n2 n5+! n5! n2+ n2h n9 n9"},
        {"flag", "false true+! true! false+ falseh true true"},
        {"not_flag", "true false+! false! true+ trueh false false"},
        {"ratio", "-1 1.666666667+! 1.666666667! inf+! inf!h inf "
                  "inf"},
        {"fail", "-1 1+! 1! none none none none"},
        {"step", "none 5 0+! -3+! -3!h none 0"},
        {"cstep", "none 2 0+! 3+! 3!h none 0"},
        {"tstep", "none 6 0+! -6+! -6!h none 0"},
        {"mean", "2 3.5+! 4+! 4! 4!h 9 9"},
        {"tmean", "4 7+! 10+! 7+! 7!h 18 18"},
        {"rest", "0 0 1+! 0+ 1+! 0 1+!"},
        {"low", "-2 -2 -2 -2 -2h 0 0"},
        {"high", "4 10+! 10! 10! 10!h 18 18"},
        {"one", "1 1 1 1 1 1 1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        expect(layout, frames, cases[i].path, cases[i].want);
}

/* There is a message only while a field cannot be computed. */
static void test_trouble(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig, layout, frames);
    for (int i = 0; i < 3; i++)
        assert_string_equal(sampler_step(rig.sampler)->problem_text, "");
    assert_string_equal(sampler_step(rig.sampler)->problem_text,
                        "fail: attempt to divide by zero");
    rig_close(&rig);
}

static void test_trends(void **state)
{
    (void)state;
    struct rig rig;
    double row[8];
    rig_open(&rig, layout, frames);
    const struct sample *sample = NULL;
    size_t twice = find(&rig, "twice");
    for (int i = 0; i < 4; i++)
        sample = sampler_step(rig.sampler);
    const struct trend *trend = &sample->trends[twice];
    /* 10 at 1 s, 4 at 3 s: two changes, two seconds apart. */
    assert_true(trend->rate < -2.99 && trend->rate > -3.01);
    assert_true(trend->min >= 4 && trend->min <= 4);
    assert_true(trend->max >= 10 && trend->max <= 10);
    assert_int_equal(sampler_trend(rig.sampler, twice, row, 8), 4);
    assert_true(row[0] >= 4 && row[0] <= 4 && row[1] >= 10 && row[1] <= 10);
    sampler_reset_baseline(rig.sampler);
    assert_true(trend->max >= 4 && trend->max <= 4);
    assert_true(sampler_field_bytes(rig.sampler, twice) == NULL);
    sample = sampler_step(rig.sampler); /* gone */
    assert_true(isnan(trend->rate));
    sample = sampler_step(rig.sampler); /* the next generation, after a gap */
    assert_true(trend->min >= 18 && trend->max <= 18);
    assert_int_equal(sampler_trend(rig.sampler, twice, row, 8), 6);
    assert_true(isnan(row[4]) && row[5] >= 18);
    /* All fields that have a value again or changed. */
    assert_int_equal(sample->changed_count, 0);
    rig_close(&rig);
}

/* A number of f32 alone has their digits. */
static void test_digits(void **state)
{
    (void)state;
    static const char text[] =
        "[mapping]\nname = x\nsize = 16\n[fields]\n"
        "f = f32[2] @0\nd = f64 @8\n"
        "[computed narrow]\nexpr = f[0] + 1\n"
        "[computed mean]\nexpr = avg(f) / 3\n"
        "[computed twice]\nexpr = narrow * 2\n"
        "[computed mixed]\nexpr = f[0] + d\n"
        "[computed whole]\nexpr = 1 / 3\n"
        "[computed fixed]\nexpr = f[0] + 1\nprecision = 2\n"
        "[computed hex]\nexpr = f[0] + 1\nshow = hex\n";
    static const char frame[] = "size 16\nset 0 cdcccc3d 00000040\nframe\n";
    expect(text, frame, "narrow", "1.1");
    expect(text, frame, "mean", "0.35");
    expect(text, frame, "twice", "2.2");
    expect(text, frame, "mixed", "0.1000000015");
    expect(text, frame, "whole", "0.3333333333");
    expect(text, frame, "fixed", "1.10");
    expect(text, frame, "hex", "0x3ff199999a000000");
}

/* Without a value to compute from there is none. */
static void test_missing(void **state)
{
    (void)state;
    expect(layout, "size 4\nset 0 05000000\nframe short\n", "twice", "10");
    expect(layout, "size 4\nset 0 05000000\nframe short\n", "ratio", "none");
    expect(layout, "frame waiting\n", "chain", "none");
    expect(layout, "frame waiting\n", "mean", "none");
    expect(layout, "frame waiting\n", "one", "1");
    expect(layout, "frame waiting\nsize 16\nframe\n", "known", "none 1");
    expect(layout, "size 3\nframe short\n", "known", "0");
}

/* Values of a torn frame are not used, in any way. */
static void test_torn(void **state)
{
    (void)state;
    static const char text[] =
        "[mapping]\nsize = 16\nrequire = word == \"big\" or word == \"low\"\n"
        "[snapshot]\nmethod = seqlock\nseq = seq\n"
        "[fields]\nseq = u32 @0\na = u32[2] @8\n"
        "[computed word]\nexpr = a[0] > 5 and \"big\" or \"low\"\n";
    static const char counting[] = "[mapping]\nsize = 16\n"
                                   "[snapshot]\nmethod = seqlock\nseq = seq\n"
                                   "[fields]\nseq = u32 @0\na = u32[2] @8\n"
                                   "[computed sevens]\nexpr = count(a, 7)\n";
    expect(text,
           "size 16\nset 8 07\nframe\nset 0 01\nset 8 01\nframe\nframe gone\n"
           "frame replaced\nset 0 02\nframe\n",
           "word", "big bight bigh bigh low");
    expect(counting,
           "size 16\nset 0 01\nset 8 07\nframe\nset 0 02\nframe\n"
           "set 0 03\nframe replaced\nset 0 04\nframe\n",
           "sevens", "none 1 none 1");
}

static void test_window(void **state)
{
    (void)state;
    static const char text[] = "[mapping]\nsize = 4\n[fields]\na = u32 @0\n"
                               "[computed m]\nexpr = avg(a, 64)\n";
    struct buf recorded = {0};
    struct rig rig;
    /* 0, 1, 2, ... at 10 a second: the last 64 s are 640 values. */
    buf_puts(&recorded, "size 4\n");
    for (unsigned i = 0; i < 1500; i++)
        buf_printf(&recorded, "set 0 %02x%02x0000\nframe +100ms\n", i & 255,
                   i >> 8);
    rig_open(&rig, text, recorded.data);
    size_t mean = find(&rig, "m");
    for (unsigned i = 0; i < 1500; i++) {
        const struct sample *sample = sampler_step(rig.sampler);
        double want = i < 630 ? i / 2.0 : i - 319.5;
        double got = sample->values[mean].real;
        if (sample->values[mean].type != VALUE_REAL || fabs(got - want) > 5.1)
            fail_msg("%u: %f, not %f", i, got, want);
    }
    buf_free(&recorded);
    rig_close(&rig);
}

/* --- require and gone --------------------------------------------------- */

static const char judged[] =
    "[mapping]\nsize = 8\nrequire = ok and version == 3\n"
    "gone = magic == 0xDEAD\n"
    "[fields]\nmagic = u32 @0\nversion = u32 @4\n"
    "[computed ok]\nexpr = magic_is\n"
    "[computed magic_is]\nexpr = magic == 0xCAFE or magic == 0xDEAD\n"
    "[computed next]\nexpr = version + 1\n";

static void test_judged(void **state)
{
    (void)state;
    static const char recorded[] =
        "size 8\nframe\nset 0 feca0000\nframe\nset 4 03000000\nframe\n"
        "set 0 adde0000\nframe\nset 0 feca0000\nframe\nset 0 00000000\n"
        "frame\n";
    static const enum source_state states[] = {STATE_WAITING,  STATE_WAITING,
                                               STATE_LIVE,     STATE_GONE,
                                               STATE_REPLACED, STATE_GONE};
    static const char *const values[] = {"none", "none", "4", "4h", "4", "4h"};
    struct rig rig;
    rig_open(&rig, judged, recorded);
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        struct buf got = {0};
        const struct sample *sample = sampler_step(rig.sampler);
        if (sample->state != states[i])
            fail_msg("%zu: state %d", i, (int)sample->state);
        put_field(&got, &rig, "next");
        assert_string_equal(got.data, values[i]);
        buf_free(&got);
    }
    rig_close(&rig);
}

/* A condition that cannot be computed does not hold. */
static void test_judged_missing(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig, judged, "size 4\nset 0 feca0000\nframe short\n");
    const struct sample *sample = sampler_step(rig.sampler);
    assert_int_equal(sample->state, STATE_WAITING);
    assert_non_null(strstr(sample->frames[0].note, "cannot be told"));
    rig_close(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),  cmocka_unit_test(test_trouble),
        cmocka_unit_test(test_trends),  cmocka_unit_test(test_digits),
        cmocka_unit_test(test_missing), cmocka_unit_test(test_window),
        cmocka_unit_test(test_judged),  cmocka_unit_test(test_judged_missing),
        cmocka_unit_test(test_torn),    cmocka_unit_test(test_baseline),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
