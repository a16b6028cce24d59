/* SPDX-License-Identifier: MIT */
/* The sampler over recordings, whose time and states the test gives, and over
 * random memory, where value_decode is the judge. */
#include <math.h>

#include "engine_rig.h"

#include "base/mem.h"
#include "layout/path.h"
#include "sampler/sampler.h"

struct rig {
    struct layout *layout;
    struct sampler *sampler;
    const struct sample *now;
    char target[RIG_TARGET];
};

static void rig_open(struct rig *rig, const char *layout, const char *frames,
                     const struct sampler_options *options)
{
    static const struct sampler_options defaults = {
        .stale_ns = INT64_MAX, .trend_bytes = 1 << 20, .trend_max = 100};
    struct err err = {0};
    rig->layout = rig_layout(layout);
    rig_record(rig->target, frames);
    if (!sampler_open(&rig->sampler, rig->layout, rig->target,
                      options != NULL ? options : &defaults, &err))
        fail_msg("%s", err.text);
    rig->now = sampler_last(rig->sampler);
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

static size_t rig_find(const struct rig *rig, const char *path)
{
    size_t index = path_find(rig->layout, path);
    assert_true(index != SIZE_MAX);
    return index;
}

static double number_of(const struct rig *rig, const char *path)
{
    size_t index = rig_find(rig, path);
    return value_number(&rig->layout->fields[index], &rig->now->values[index]);
}

static const struct trend *trend_of(const struct rig *rig, const char *path)
{
    return &rig->now->trends[rig_find(rig, path)];
}

#define FRESH TREND_FRESH
#define CHANGED TREND_CHANGED
#define HELD TREND_HELD
#define MOVED TREND_MOVED

/* The value and trend of a field in one sample. */
static void expect_field(const struct rig *rig, const char *path, double number,
                         uint32_t flags)
{
    double is = number_of(rig, path);
    if (isnan(number))
        assert_true(isnan(is));
    else
        assert_true(is == number);
    assert_int_equal(trend_of(rig, path)->flags & ~(uint32_t)TREND_VARIED,
                     flags);
}

/* --- values and flags --------------------------------------------------- */

static const char two_fields[] = "[mapping]\nname = x\nsize = 16\n"
                                 "[fields]\n"
                                 "a = u8 @0 role=counter\n"
                                 "b = i32be @8 scale=0.5 bias=10\n";

static void follows_values(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig, two_fields,
             "start 2026-01-02T03:04:05Z\nsize 16\nset 0 05\n"
             "set 8 fffffffe\nframe\nframe\nset 0 06\nframe +500ms\n"
             "set 0 05\nset 11 06\nset 4 99\nframe\nset 4 98\nframe\n",
             NULL);
    assert_int_equal(rig.now->number, 0);
    assert_int_equal(rig.now->field_count, 2);
    assert_true(isnan(number_of(&rig, "a")));
    assert_null(sampler_field_bytes(rig.sampler, 0));

    rig_step(&rig);
    assert_int_equal(rig.now->number, 1);
    assert_int_equal(rig.now->state, STATE_LIVE);
    assert_int_equal(rig.now->generation, 1);
    assert_true(rig.now->wall_ns == INT64_C(1767323045000000000));
    assert_true(rig.now->good_ns == rig.now->mono_ns);
    assert_int_equal(rig.now->changed_count, 0);
    expect_field(&rig, "a", 5, FRESH);
    expect_field(&rig, "b", 9, FRESH);
    int64_t first = rig.now->mono_ns;
    assert_true(trend_of(&rig, "a")->changed_ns == first);

    rig_step(&rig);
    expect_field(&rig, "a", 5, FRESH);
    assert_true(trend_of(&rig, "a")->changed_ns == first);

    rig_step(&rig);
    assert_int_equal(rig.now->changed_count, 1);
    expect_field(&rig, "a", 6, FRESH | CHANGED | MOVED);
    expect_field(&rig, "b", 9, FRESH);
    assert_true(trend_of(&rig, "a")->changed_ns == first + INT64_C(1500000000));
    const uint8_t *bytes = sampler_field_bytes(rig.sampler, 1);
    assert_memory_equal(bytes, "\xff\xff\xff\xfe", 4);

    rig_step(&rig); /* back where it was: changed, but not moved */
    assert_int_equal(rig.now->changed_count, 2);
    expect_field(&rig, "a", 5, FRESH | CHANGED);
    expect_field(&rig, "b", -250 * 0.5 + 10, FRESH | CHANGED | MOVED);
    assert_true(trend_of(&rig, "a")->min == 5);
    assert_true(trend_of(&rig, "a")->max == 6);

    rig_step(&rig); /* only bytes between the fields */
    assert_int_equal(rig.now->changed_count, 0);
    expect_field(&rig, "a", 5, FRESH);
    expect_field(&rig, "b", -115, FRESH | MOVED);
    assert_true(sampler_is_over(rig.sampler));
    assert_true(sampler_is_recorded(rig.sampler));
    assert_string_equal(sampler_target(rig.sampler, 0), rig.target);
    rig_close(&rig);
}

static void tells_bits_apart(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig,
             "[mapping]\nname = x\nsize = 8\n[fields]\n"
             "low = u8 @0 bits=0..2\nhigh = i8 @0 bits=3..7\n"
             "be = u16be @2 bits=4..11\n",
             "size 8\nset 0 85\nset 2 0ff0\nframe\nset 0 84\nframe\n"
             "set 0 7c\nframe\nset 2 f00f\nframe\nset 3 1f\nframe\n",
             NULL);
    rig_step(&rig); /* 10000 101: -16 and 5 */
    expect_field(&rig, "low", 5, FRESH);
    expect_field(&rig, "high", -16, FRESH);
    expect_field(&rig, "be", 255, FRESH);
    rig_step(&rig);
    expect_field(&rig, "low", 4, FRESH | CHANGED | MOVED);
    expect_field(&rig, "high", -16, FRESH);
    rig_step(&rig); /* 01111 100 */
    expect_field(&rig, "low", 4, FRESH | MOVED);
    expect_field(&rig, "high", 15, FRESH | CHANGED | MOVED);
    expect_field(&rig, "be", 255, FRESH);
    rig_step(&rig);
    expect_field(&rig, "be", 0, FRESH | CHANGED | MOVED);
    rig_step(&rig);
    expect_field(&rig, "be", 1, FRESH | CHANGED | MOVED);
    rig_close(&rig);
}

static void follows_text(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig,
             "[mapping]\nname = x\nsize = 32\n[fields]\n"
             "t = char[8] @0\nb = bytes[5] @11\nn = u8 @16\n",
             "size 32\nset 0 414200\nframe\nset 1 43\nframe\nset 15 ff\n"
             "frame\nframe\n",
             NULL);
    rig_step(&rig);
    expect_field(&rig, "t", NAN, FRESH);
    assert_int_equal(rig.now->values[0].type, VALUE_BYTES);
    assert_memory_equal(rig.now->values[0].bytes, "AB\0\0\0\0\0\0", 8);
    rig_step(&rig);
    expect_field(&rig, "t", NAN, FRESH | CHANGED | MOVED);
    assert_memory_equal(rig.now->values[0].bytes, "AC\0\0\0\0\0\0", 8);
    assert_true(isnan(trend_of(&rig, "t")->rate));
    assert_true(isnan(trend_of(&rig, "t")->min));
    rig_step(&rig);
    expect_field(&rig, "t", NAN, FRESH | MOVED);
    expect_field(&rig, "b", NAN, FRESH | CHANGED | MOVED);
    rig_step(&rig);
    expect_field(&rig, "b", NAN, FRESH | MOVED);
    rig_close(&rig);
}

static void compares_what_fields_share(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig,
             "[mapping]\nname = x\nsize = 16\n[fields]\n"
             "whole = u64 @0 overlap=yes\nhalf = u32 @0 overlap=yes\n"
             "last = u8 @7 overlap=yes\nraw = bytes[16] @0 overlap=yes\n",
             "size 16\nframe\nset 7 01\nframe\nset 0 02\nframe\nset 9 01\n"
             "frame\n",
             NULL);
    rig_step(&rig);
    expect_field(&rig, "whole", 0, FRESH);
    rig_step(&rig);
    expect_field(&rig, "whole", 0x1p56, FRESH | CHANGED | MOVED);
    expect_field(&rig, "half", 0, FRESH);
    expect_field(&rig, "last", 1, FRESH | CHANGED | MOVED);
    expect_field(&rig, "raw", NAN, FRESH | CHANGED | MOVED);
    rig_step(&rig);
    expect_field(&rig, "whole", 0x1p56 + 2, FRESH | CHANGED | MOVED);
    expect_field(&rig, "half", 2, FRESH | CHANGED | MOVED);
    expect_field(&rig, "last", 1, FRESH | MOVED);
    rig_step(&rig);
    expect_field(&rig, "whole", 0x1p56 + 2, FRESH | MOVED);
    expect_field(&rig, "raw", NAN, FRESH | CHANGED | MOVED);
    assert_int_equal(rig.now->changed_count, 1);
    rig_close(&rig);
}

/* --- parts that cannot be read ------------------------------------------ */

static void holds_what_is_gone(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig, two_fields,
             "size 16\nset 0 05\nframe waiting\nframe\nset 0 06\nframe\n"
             "frame gone\nframe denied\nframe error\n",
             NULL);
    rig_step(&rig);
    assert_int_equal(rig.now->state, STATE_WAITING);
    assert_int_equal(rig.now->generation, 0);
    assert_int_equal(rig.now->good_ns, 0);
    expect_field(&rig, "a", NAN, 0);
    rig_step(&rig);
    assert_int_equal(rig.now->generation, 1);
    expect_field(&rig, "a", 5, FRESH);
    rig_step(&rig);
    expect_field(&rig, "a", 6, FRESH | CHANGED | MOVED);
    int64_t good = rig.now->mono_ns;
    static const enum source_state states[] = {STATE_GONE, STATE_DENIED,
                                               STATE_ERROR};
    for (size_t i = 0; i < 3; i++) {
        rig_step(&rig);
        assert_int_equal(rig.now->state, states[i]);
        assert_int_equal(rig.now->changed_count, 0);
        assert_true(rig.now->good_ns == good);
        expect_field(&rig, "a", 6, HELD | MOVED);
        expect_field(&rig, "b", 10, HELD);
        assert_true(isnan(trend_of(&rig, "a")->rate));
        assert_true(trend_of(&rig, "a")->changed_ns == good);
        assert_memory_equal(sampler_field_bytes(rig.sampler, 0), "\6", 1);
    }
    rig_close(&rig);
}

static void goes_on_after_a_refusal(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig, two_fields,
             "size 16\nset 0 01\nframe\nset 0 03\nframe\nset 0 05\nframe\n"
             "frame denied\nframe\nframe denied\nset 0 07\nframe\n"
             "frame\nset 0 08\nframe\n",
             NULL);
    rig_step(&rig);
    rig_step(&rig);
    rig_step(&rig);
    assert_float_equal(trend_of(&rig, "a")->rate, 2, 1e-9);
    rig_step(&rig);
    expect_field(&rig, "a", 5, HELD | MOVED);
    assert_true(isnan(trend_of(&rig, "a")->rate));
    rig_step(&rig);
    assert_int_equal(rig.now->generation, 1);
    expect_field(&rig, "a", 5, FRESH | MOVED);
    rig_step(&rig);
    rig_step(&rig); /* changed between two looks: the rate is unknown */
    expect_field(&rig, "a", 7, FRESH | CHANGED | MOVED);
    expect_field(&rig, "b", 10, FRESH);
    assert_true(trend_has_changed(trend_of(&rig, "a")));
    assert_false(trend_has_changed(trend_of(&rig, "b")));
    assert_int_equal(rig.now->changed_count, 1);
    assert_true(isnan(trend_of(&rig, "a")->rate));
    rig_step(&rig);
    expect_field(&rig, "a", 7, FRESH | MOVED);
    rig_step(&rig);
    assert_float_equal(trend_of(&rig, "a")->rate, 0.5, 1e-9);
    rig_close(&rig);
}

/* A change found on the return is TREND_CHANGED in one sample only. */
static void clears_a_change_at_return(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig, two_fields,
             "size 16\nset 0 05\nframe\nframe denied\nset 0 07\nframe\n"
             "frame\n",
             NULL);
    rig_step(&rig);
    rig_step(&rig);
    expect_field(&rig, "a", 5, HELD);
    rig_step(&rig);
    expect_field(&rig, "a", 7, FRESH | CHANGED | MOVED);
    rig_step(&rig);
    expect_field(&rig, "a", 7, FRESH | MOVED);
    assert_int_equal(rig.now->changed_count, 0);
    rig_close(&rig);
}

static void starts_over_with_a_generation(void **state)
{
    (void)state;
    struct rig rig;
    double cells[10];
    rig_open(&rig, two_fields,
             "size 16\nset 0 05\nframe\nset 0 09\nframe\nset 0 01\n"
             "frame replaced\nset 0 02\nframe\nframe gone\nset 0 02\nframe\n",
             NULL);
    rig_step(&rig);
    rig_step(&rig);
    expect_field(&rig, "a", 9, FRESH | CHANGED | MOVED);
    rig_step(&rig);
    assert_int_equal(rig.now->state, STATE_REPLACED);
    assert_int_equal(rig.now->generation, 2);
    assert_int_equal(rig.now->changed_count, 0);
    expect_field(&rig, "a", 1, FRESH);
    assert_true(trend_of(&rig, "a")->min == 1);
    assert_true(trend_of(&rig, "a")->max == 1);
    assert_true(trend_of(&rig, "a")->changed_ns == rig.now->mono_ns);
    assert_int_equal(sampler_trend(rig.sampler, 0, cells, 10), 4);
    assert_true(cells[1] == 9);
    assert_true(isnan(cells[2]));
    assert_true(cells[3] == 1);
    rig_step(&rig);
    assert_int_equal(rig.now->state, STATE_LIVE);
    expect_field(&rig, "a", 2, FRESH | CHANGED | MOVED);
    rig_step(&rig);
    assert_int_equal(rig.now->state, STATE_GONE);
    expect_field(&rig, "a", 2, HELD | MOVED);
    rig_step(&rig); /* the same bytes in another mapping */
    assert_int_equal(rig.now->state, STATE_REPLACED);
    assert_int_equal(rig.now->generation, 3);
    expect_field(&rig, "a", 2, FRESH);
    rig_close(&rig);
}

static void shows_what_fits(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig, two_fields,
             "size 11\nset 0 05\nframe\nsize 12\nset 11 02\nframe\n"
             "size 3\nset 0 06\nframe\nsize 0\nframe\nsize 16\nset 0 06\n"
             "set 11 02\nframe\nframe\n",
             NULL);
    rig_step(&rig);
    assert_int_equal(rig.now->state, STATE_SHORT);
    expect_field(&rig, "a", 5, FRESH);
    expect_field(&rig, "b", NAN, 0); /* never whole */
    rig_step(&rig);
    assert_int_equal(rig.now->state, STATE_SHORT);
    expect_field(&rig, "b", 11, FRESH);
    rig_step(&rig);
    expect_field(&rig, "a", 6, FRESH | CHANGED | MOVED);
    expect_field(&rig, "b", 11, HELD);
    assert_int_equal(rig.now->changed_count, 1);
    rig_step(&rig);
    expect_field(&rig, "a", 6, HELD | MOVED);
    expect_field(&rig, "b", 11, HELD);
    rig_step(&rig); /* cut off memory is back unchanged */
    expect_field(&rig, "a", 6, FRESH | MOVED);
    expect_field(&rig, "b", 11, FRESH);
    rig_step(&rig);
    assert_int_equal(rig.now->state, STATE_LIVE);
    rig_close(&rig);
}

/* --- trends ------------------------------------------------------------- */

static void measures_rates(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig,
             "[mapping]\nname = x\nsize = 32\n[fields]\n"
             "c = u8 @0 role=counter\ng = f64 @8\n"
             "big = u64 @16 role=counter\ns = u8 @24 role=state\n"
             "half = u8 @0 role=counter scale=0.5 overlap=yes\n",
             "size 32\nset 0 fe\nset 16 ffffffffffffffff\nset 24 01\nframe\n"
             "set 0 ff\nset 16 0000000000000000\nset 24 02\nframe\n"
             "set 0 02\nset 16 01\nset 24 03\nset 8 000000000000f03f\n"
             "frame +2s\n"
             "set 8 0000000000000040\nframe\n"
             "set 8 0000000000000000\nframe\n"
             "frame +5s\nset 0 01\nframe +20s\n",
             NULL);
    rig_step(&rig);
    assert_true(isnan(trend_of(&rig, "c")->rate));
    rig_step(&rig);
    assert_true(isnan(trend_of(&rig, "c")->rate));
    rig_step(&rig); /* 255 -> 2 is 3 more */
    assert_float_equal(trend_of(&rig, "c")->rate, 1.5, 1e-12);
    assert_float_equal(trend_of(&rig, "half")->rate, 0.75, 1e-12);
    assert_float_equal(trend_of(&rig, "big")->rate, 0.5, 1e-12);
    assert_true(isnan(trend_of(&rig, "s")->rate));
    rig_step(&rig);
    assert_float_equal(trend_of(&rig, "g")->rate, 1, 1e-12);
    rig_step(&rig);
    assert_float_equal(trend_of(&rig, "g")->rate, -0.5, 1e-12);
    assert_float_equal(trend_of(&rig, "c")->rate, 1.5, 1e-12);
    rig_step(&rig); /* c changed 7 s ago, g 5 s ago */
    assert_true(trend_of(&rig, "c")->rate == 0);
    assert_true(trend_of(&rig, "half")->rate == 0);
    assert_true(trend_of(&rig, "g")->rate == 0);
    assert_true(isnan(trend_of(&rig, "s")->rate));
    rig_step(&rig); /* fell by one: restarted */
    assert_true(isnan(trend_of(&rig, "c")->rate));
    rig_close(&rig);
}

/* A constant has rate 0 from 2 s on, without a single change. */
static void constants_stand_still(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig, two_fields, "size 16\nframe\nframe +1999ms\nframe +1ms\n",
             NULL);
    rig_step(&rig);
    rig_step(&rig);
    assert_true(isnan(trend_of(&rig, "a")->rate));
    rig_step(&rig);
    assert_true(trend_of(&rig, "a")->rate == 0);
    assert_true(trend_of(&rig, "b")->rate == 0);
    assert_false(trend_has_changed(trend_of(&rig, "a")));
    rig_close(&rig);
}

static void starts_a_new_baseline(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig, two_fields,
             "size 16\nset 0 05\nframe\nset 0 09\nframe\nframe\nset 0 08\n"
             "frame\nset 0 09\nframe\n",
             NULL);
    sampler_reset_baseline(rig.sampler); /* before the first value */
    rig_step(&rig);
    rig_step(&rig);
    assert_true(trend_of(&rig, "a")->min == 5);
    sampler_reset_baseline(rig.sampler);
    rig_step(&rig);
    expect_field(&rig, "a", 9, FRESH);
    assert_true(trend_of(&rig, "a")->min == 9);
    assert_true(trend_of(&rig, "a")->max == 9);
    rig_step(&rig);
    expect_field(&rig, "a", 8, FRESH | CHANGED | MOVED);
    assert_true(trend_of(&rig, "a")->min == 8);
    rig_step(&rig);
    expect_field(&rig, "a", 9, FRESH | CHANGED);
    rig_close(&rig);
}

static void keeps_nan_out_of_min_and_max(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig, "[mapping]\nname = x\nsize = 8\n[fields]\nf = f64 @0\n",
             "size 8\nset 0 000000000000f87f\nframe\nset 0 0000000000000840\n"
             "frame\nset 0 000000000000f87f\nframe\n"
             "set 0 000000000000f0bf\nframe\n",
             NULL);
    rig_step(&rig);
    assert_true(isnan(number_of(&rig, "f")));
    assert_true(isnan(trend_of(&rig, "f")->min));
    rig_step(&rig);
    rig_step(&rig);
    assert_true(isnan(number_of(&rig, "f")));
    assert_true(trend_of(&rig, "f")->min == 3);
    assert_true(trend_of(&rig, "f")->max == 3);
    rig_step(&rig);
    assert_true(trend_of(&rig, "f")->min == -1);
    assert_true(trend_of(&rig, "f")->max == 3);
    rig_close(&rig);
}

static void remembers(void **state)
{
    (void)state;
    struct rig rig;
    double out[10];
    rig_open(&rig, two_fields,
             "size 16\nset 0 05\nframe\nframe\nset 0 07\nframe\n"
             "frame denied\nframe\n",
             NULL);
    for (int i = 0; i < 5; i++)
        rig_step(&rig);
    assert_int_equal(sampler_trend(rig.sampler, 0, out, 10), 5);
    assert_true(out[0] == 5 && out[1] == 5 && out[2] == 7);
    assert_true(isnan(out[3]));
    assert_true(out[4] == 7);
    assert_int_equal(sampler_trend(rig.sampler, 1, out, 2), 2);
    assert_true(isnan(out[0]));
    assert_true(out[1] == 10);
    rig_close(&rig);
}

/* Space in the dashboard: a constant, a counter and a field that changes in the
 * pause. */
static void forgets_over_a_pause(void **state)
{
    (void)state;
    struct rig rig;
    double out[10];
    rig_open(&rig, two_fields,
             "size 16\nset 0 05\nframe\nset 0 06\nframe\nset 0 07\nframe\n"
             "set 0 10\nframe +1m\nset 0 12\nframe\nset 0 14\nframe\n",
             NULL);
    for (int i = 0; i < 3; i++)
        rig_step(&rig);
    assert_true(trend_of(&rig, "a")->rate == 1);
    assert_true(trend_of(&rig, "b")->rate == 0);
    sampler_break(rig.sampler);
    rig_step(&rig);
    expect_field(&rig, "a", 16, FRESH | CHANGED | MOVED);
    assert_true(isnan(trend_of(&rig, "a")->rate));
    assert_true(isnan(trend_of(&rig, "b")->rate));
    assert_int_equal(sampler_trend(rig.sampler, 0, out, 10), 5);
    assert_true(out[2] == 7 && isnan(out[3]) && out[4] == 16);
    assert_int_equal(sampler_trend(rig.sampler, 1, out, 10), 5);
    assert_true(out[2] == 10 && isnan(out[3]) && out[4] == 10);
    rig_step(&rig);
    assert_true(trend_of(&rig, "a")->rate == 2);
    assert_true(isnan(trend_of(&rig, "b")->rate));
    rig_step(&rig);
    assert_true(trend_of(&rig, "b")->rate == 0);
    rig_close(&rig);
}

/* Five samples a second, cells of a second. */
static void moves_its_trend_once_a_second(void **state)
{
    (void)state;
    struct rig rig;
    double out[10];
    char frames[4000] = "size 16\nframe\n";
    for (int i = 1; i < 60; i++) {
        size_t at = strlen(frames);
        snprintf(frames + at, sizeof frames - at, "set 0 %02x\nframe +200ms\n",
                 i);
    }
    rig_open(&rig, two_fields, frames, NULL);
    assert_int_equal(sampler_trend_cell(rig.sampler), 0);
    sampler_set_trend_cell(rig.sampler, SAMPLER_CELL_NS, 200000000);
    assert_int_equal(sampler_trend_cell(rig.sampler), SAMPLER_CELL_NS);
    size_t moves = 0;
    double before = -1;
    for (int i = 0; i < 60; i++) {
        rig_step(&rig);
        size_t count = sampler_trend(rig.sampler, 0, out, 10);
        assert_true(count >= 1);
        if (i < 10)
            continue;
        moves += out[count - 1] != before;
        before = out[count - 1];
        for (size_t k = 1; k < count; k++)
            assert_true(out[k] - out[k - 1] == 5);
    }
    assert_true(moves >= 10 && moves <= 11);
    sampler_set_trend_cell(rig.sampler, SAMPLER_CELL_NS, 5 * SAMPLER_CELL_NS);
    assert_int_equal(sampler_trend_cell(rig.sampler), 5 * SAMPLER_CELL_NS);
    assert_int_equal(sampler_trend(rig.sampler, 0, out, 10), 0);
    rig_step(&rig);
    assert_int_equal(sampler_trend(rig.sampler, 1, out, 10), 1);
    assert_true(out[0] == 10); /* although it never changes */
    rig_close(&rig);
}

/* --- the cells of a trend, worked out sample by sample ---------------------
 */

#define MODEL_SAMPLES 400

struct model {
    double rows[2 * MODEL_SAMPLES];
    size_t count;
    int64_t cell; /* of the newest row */
    bool rests;
};

static void model_rest(struct model *model)
{
    model->rests = true;
}

static void model_add(struct model *model, int64_t now_ns, double number)
{
    int64_t cell = now_ns / SAMPLER_CELL_NS;
    double *row = &model->rows[model->count];
    if (!model->count || model->rests || cell != model->cell) {
        if (model->count && model->rests)
            model->rows[model->count++] = NAN;
        model->rows[model->count++] = number;
    } else if (model->count < 2 || isnan(row[-2]) ||
               fabs(number - row[-2]) >= fabs(row[-1] - row[-2])) {
        row[-1] = number;
    }
    model->cell = cell;
    model->rests = false;
}

static void model_compare(const struct model *model, const struct rig *rig,
                          size_t field)
{
    double out[10];
    size_t want = model->count;
    size_t count = sampler_trend(rig->sampler, field, out, 10);
    if (want > 1 && !model->rests)
        want--;
    assert_int_equal(count, want < 10 ? want : 10);
    for (size_t i = 0; i < count; i++) {
        double number = model->rows[want - count + i];
        assert_true(out[i] == number || (isnan(out[i]) && isnan(number)));
    }
}

static uint64_t next_random(uint64_t *seed)
{
    *seed =
        *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return *seed >> 16;
}

static const char peaks[] =
    "[mapping]\nname = x\nsize = 8\n[fields]\n"
    "a = u8 @0\nb = i16 @2\n[computed c]\nexpr = a - b\n";

static void loses_no_peak(void **state)
{
    (void)state;
    struct rig rig;
    static struct model models[3];
    static char frames[MODEL_SAMPLES * 60];
    uint64_t seed = 1;
    size_t at = (size_t)snprintf(frames, sizeof frames, "size 8\n");
    for (int i = 0; i < MODEL_SAMPLES; i++) {
        uint64_t r = next_random(&seed);
        at += (size_t)snprintf(
            frames + at, sizeof frames - at,
            "set 0 %02x\n%s %02x\nframe%s +%ums\n", (unsigned)(r >> 8 & 255),
            r & 3 ? "set 2" : "set 3", (unsigned)(r >> 16 & 15),
            r % 29 ? "" : " denied", 50 + (unsigned)(r >> 32) % 300);
        assert_true(at < sizeof frames);
    }
    rig_open(&rig, peaks, frames, NULL);
    sampler_set_trend_cell(rig.sampler, SAMPLER_CELL_NS, 100000000);
    memset(models, 0, sizeof models);
    for (int i = 0; i < MODEL_SAMPLES; i++) {
        rig_step(&rig);
        for (size_t k = 0; k < 3; k++) {
            if (rig.now->state == STATE_LIVE)
                model_add(
                    &models[k], rig.now->mono_ns,
                    value_number(&rig.layout->fields[k], &rig.now->values[k]));
            else
                model_rest(&models[k]);
            model_compare(&models[k], &rig, k);
        }
    }
    assert_true(models[0].count > 60);
    rig_close(&rig);
}

/* What a dead producer left does not scroll away. */
static void keeps_the_last_of_the_dead(void **state)
{
    (void)state;
    struct rig rig;
    double out[10];
    rig_open(&rig, two_fields,
             "size 16\nset 0 05\nframe\nset 0 06\nframe\nframe gone\n"
             "frame gone\nframe gone\nset 0 07\nframe\n",
             NULL);
    for (int i = 0; i < 5; i++)
        rig_step(&rig);
    assert_int_equal(rig.now->state, STATE_GONE);
    assert_int_equal(sampler_trend(rig.sampler, 0, out, 10), 2);
    assert_true(out[0] == 5 && out[1] == 6);
    rig_step(&rig);
    assert_int_equal(sampler_trend(rig.sampler, 0, out, 10), 4);
    assert_true(isnan(out[2]) && out[3] == 7);
    rig_close(&rig);
}

/* --- statistics --------------------------------------------------------- */

static const struct sampler_options with_statistics = {.stale_ns = INT64_MAX,
                                                       .statistics = true};

static void is_average(const struct rig *rig, const char *path, double wanted)
{
    double is = sampler_average(rig->sampler, rig_find(rig, path));
    if (isnan(wanted) ? !isnan(is) : !(fabs(is - wanted) < 1e-9))
        fail_msg("%s: %g, not %g", path, is, wanted);
}

/* NAN: none. */
static void is_previous(const struct rig *rig, const char *path, double wanted)
{
    struct value value;
    size_t index = rig_find(rig, path);
    bool known = sampler_previous(rig->sampler, index, &value);
    assert_int_equal(known, !isnan(wanted));
    if (known)
        assert_true(value_number(&rig->layout->fields[index], &value) ==
                    wanted);
}

/* 5 for a second and 9 for three, and then unseen. */
static void averages_over_time(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig, two_fields,
             "size 16\nset 0 05\nframe\nset 0 09\nframe\nframe +3s\n"
             "frame denied\nframe denied\nframe +10s\nset 0 01\nframe\n"
             "frame gone\nset 0 07\nframe\n",
             &with_statistics);
    is_average(&rig, "a", NAN);
    rig_step(&rig);
    is_average(&rig, "a", 5);
    is_average(&rig, "b", 10);
    is_previous(&rig, "a", NAN);
    rig_step(&rig);
    is_average(&rig, "a", 5); /* 9 for no time yet */
    is_previous(&rig, "a", 5);
    rig_step(&rig);
    is_average(&rig, "a", 8);
    rig_step(&rig);
    is_average(&rig, "a", 8); /* held */
    rig_step(&rig);
    rig_step(&rig);
    is_average(&rig, "a", 8); /* what was held does not count */
    is_previous(&rig, "a", 5);
    rig_step(&rig);
    is_average(&rig, "a", (5 + 3 * 9 + 9) / 5.0);
    is_average(&rig, "b", 10);
    is_previous(&rig, "a", 9);
    is_previous(&rig, "b", NAN);
    rig_step(&rig); /* gone, then another one */
    rig_step(&rig);
    is_average(&rig, "a", 7);
    is_previous(&rig, "a", NAN);
    rig_close(&rig);
}

static void averages_from_the_baseline(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig, two_fields,
             "size 16\nset 0 05\nframe\nset 0 09\nframe\nframe\n"
             "set 0 03\nframe\nframe +1m\nframe\n",
             &with_statistics);
    for (int i = 0; i < 3; i++)
        rig_step(&rig);
    is_average(&rig, "a", 7);
    sampler_reset_baseline(rig.sampler);
    is_average(&rig, "a", 9);
    is_previous(&rig, "a", 5);
    rig_step(&rig);
    is_average(&rig, "a", 9);
    sampler_break(rig.sampler);
    rig_step(&rig); /* the minute does not count */
    is_average(&rig, "a", 9);
    rig_step(&rig);
    is_average(&rig, "a", 6);
    is_average(&rig, "b", 10);
    rig_close(&rig);
}

static void averages_what_is_computed(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig,
             "[mapping]\nname = x\nsize = 16\n[fields]\na = u8 @0\n"
             "f = f64 @8\nt = char[4] @4\n"
             "[computed half]\nexpr = a / 2\n[computed word]\nexpr = t\n",
             "size 16\nset 0 05\nset 4 61\nframe\nset 0 09\n"
             "set 8 000000000000f87f\nset 4 62\nframe\n"
             "set 8 0000000000000840\nframe\nframe\nframe denied\n"
             "frame +1m\nframe +2s\n",
             &with_statistics);
    for (int i = 0; i < 3; i++)
        rig_step(&rig);
    is_average(&rig, "half", 3.5);
    is_previous(&rig, "half", 2.5);
    is_average(&rig, "word", NAN);
    is_previous(&rig, "word", NAN);
    is_previous(&rig, "t", NAN);
    is_average(&rig, "f", 0); /* nan does not count */
    rig_step(&rig);
    is_average(&rig, "f", 1.5);
    is_average(&rig, "half", (2.5 + 4.5 + 4.5) / 3);
    rig_step(&rig);
    rig_step(&rig);
    is_average(&rig, "half", (2.5 + 4.5 + 4.5) / 3);
    rig_step(&rig);
    is_average(&rig, "half", (2.5 + 4 * 4.5) / 5);
    is_average(&rig, "a", (5 + 4 * 9) / 5.0);
    rig_close(&rig);
}

/* --- staleness ---------------------------------------------------------- */

struct stale {
    const char *line; /* of [mapping] */
    int64_t option_ns;
    int64_t stale_after_ms; /* without a change; 0: never */
};

static void notices_a_frozen_producer(void **state)
{
    (void)state;
    const int64_t second = 1000000000;
    const struct stale rows[] = {
        {"", 2 * second, 2000},
        {"", INT64_MAX, 0},
        {"", 0, 0},
        {"stale = 3s\n", 2 * second, 3000},
        {"stale = 3s\n", 0, 3000},
        {"stale = never\n", 2 * second, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char layout[256];
        struct rig rig;
        struct sampler_options options = {.stale_ns = rows[i].option_ns};
        snprintf(layout, sizeof layout,
                 "[mapping]\nname = x\nsize = 8\n%s[fields]\na = u8 @0\n",
                 rows[i].line);
        rig_open(&rig, layout,
                 "size 8\nframe\nframe +500ms\nset 0 01\nframe +500ms\n"
                 "frame\nframe\nframe\nframe\nset 0 02\nframe\n",
                 &options);
        int64_t changed = 0;
        for (int step = 0; step < 8; step++) {
            rig_step(&rig);
            if (step == 0 || rig.now->changed_count > 0)
                changed = rig.now->mono_ns;
            bool want =
                rows[i].stale_after_ms > 0 &&
                rig.now->mono_ns - changed >= rows[i].stale_after_ms * 1000000;
            assert_int_equal(rig.now->state, want ? STATE_STALE : STATE_LIVE);
            assert_int_equal(rig.now->frames[0].state, rig.now->state);
            expect_field(&rig, "a",
                         step < 2   ? 0
                         : step < 7 ? 1
                                    : 2,
                         FRESH | (step >= 2 ? MOVED : 0) |
                             (step == 2 || step == 7 ? CHANGED : 0));
        }
        rig_close(&rig);
    }
}

static void stale_follows_the_period(void **state)
{
    (void)state;
    static const int64_t cases[][2] = {
        /* period, stale after */
        {1, INT64_C(5000000000)},
        {INT64_C(50000000), INT64_C(5000000000)},
        {INT64_C(999999999), INT64_C(5000000000)},
        {INT64_C(1000000000), INT64_C(5000000000)},
        {INT64_C(1000000001), INT64_C(5000000005)},
        {INT64_C(60000000000), INT64_C(300000000000)},
        {INT64_MAX / 5, INT64_MAX / 5 * 5},
        {INT64_MAX / 5 + 1, INT64_MAX},
        {INT64_MAX, INT64_MAX},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_true(sampler_stale_after(cases[i][0]) == cases[i][1]);
}

static void stale_time_can_change(void **state)
{
    (void)state;
    static const struct {
        const char *line; /* of [mapping] */
        enum source_state shorter, longer, never;
    } rows[] = {
        {"", STATE_STALE, STATE_LIVE, STATE_LIVE},
        {"stale = 2s\n", STATE_STALE, STATE_STALE, STATE_STALE},
        {"stale = never\n", STATE_LIVE, STATE_LIVE, STATE_LIVE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char layout[256];
        struct rig rig;
        struct sampler_options options = {.stale_ns = INT64_C(9000000000)};
        snprintf(layout, sizeof layout,
                 "[mapping]\nname = x\nsize = 8\n%s[fields]\na = u8 @0\n",
                 rows[i].line);
        rig_open(&rig, layout, "size 8\nframe\n", &options);
        for (int step = 0; step < 3; step++)
            rig_step(&rig);
        sampler_set_stale(rig.sampler, INT64_C(3000000000));
        assert_int_equal(rig_step(&rig)->state, rows[i].shorter);
        sampler_set_stale(rig.sampler, INT64_C(60000000000));
        assert_int_equal(rig_step(&rig)->state, rows[i].longer);
        sampler_set_stale(rig.sampler, 0);
        assert_int_equal(rig_step(&rig)->state, rows[i].never);
        rig_close(&rig);
    }
}

/* --- opening ------------------------------------------------------------ */

struct bad {
    const char *mapping; /* lines of [mapping] */
    const char *target;
    enum status status;
    const char *text;
};

static void refuses_bad_targets(void **state)
{
    (void)state;
    static const struct bad rows[] = {
        {"", NULL, STATUS_USAGE, "--target"},
        {"name = x\n", "smh:x", STATUS_USAGE, "smh"},
        {"name = x\n", "mem:/nonexistent/shmtop", STATUS_NO_MAPPING,
         "/nonexistent/shmtop"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[256];
        snprintf(text, sizeof text,
                 "[mapping]\nsize = 8\n%s[fields]\na = u8 @0\n",
                 rows[i].mapping);
        struct layout *layout = rig_layout(text);
        struct sampler_options options = {0};
        struct sampler *sampler = NULL;
        struct err err = {0};
        assert_false(
            sampler_open(&sampler, layout, rows[i].target, &options, &err));
        assert_int_equal(err.status, rows[i].status);
        assert_non_null(strstr(err.text, rows[i].text));
        layout_free(layout);
    }
    sampler_close(NULL);
}

/* --- random memory, judged by value_decode ------------------------------ */

static uint64_t random_state = 12345;

static uint32_t random_below(uint32_t limit)
{
    random_state = random_state * UINT64_C(6364136223846793005) + 1;
    return (uint32_t)((random_state >> 33) % limit);
}

#define MEMORY 4096

/* Fields of every type at any offset, aligned or not, some sharing bytes. */
static void random_layout(char *text, size_t room, int fields)
{
    static const char *const types[] = {
        "u8",
        "i8",
        "u16",
        "i16be",
        "u32be",
        "i32",
        "u64",
        "u64be",
        "i64",
        "i64be",
        "f32",
        "f32be",
        "f64",
        "f64be",
        "bool",
        "guid",
        "char[11]",
        "bytes[70]",
        "utf16[4]",
        "u16[3]",
        "u32be[2]",
        "i16 bits=3..9",
        "u32be bits=1..30",
        "u64 bits=5..60",
        "i64be bits=63",
        "u8 bits=2",
    };
    size_t at = (size_t)snprintf(
        text, room, "[mapping]\nname = x\nsize = %d\n[fields]\n", MEMORY);
    for (int i = 0; i < fields; i++) {
        const char *type = types[random_below(sizeof types / sizeof *types)];
        const char *role = random_below(2) ? "" : " role=counter";
        if (strpbrk(type, "cgfbo") == type || strstr(type, "utf") != NULL)
            role = "";
        char word[16] = "";
        sscanf(type, "%15s", word);
        at += (size_t)snprintf(
            text + at, room - at, "f%d = %s @%u%s overlap=yes%s\n", i, word,
            random_below(MEMORY - 96), type + strlen(word), role);
        assert_true(at < room);
    }
}

static size_t put_set(char *text, size_t room, uint8_t *memory)
{
    uint32_t offset = random_below(MEMORY - 16);
    uint32_t len = 1 + random_below(12);
    size_t at = (size_t)snprintf(text, room, "set %u ", offset);
    for (uint32_t i = 0; i < len; i++) {
        /* Often the bytes that are there already. */
        if (random_below(3) > 0)
            memory[offset + i] = (uint8_t)random_below(256);
        at +=
            (size_t)snprintf(text + at, room - at, "%02x", memory[offset + i]);
    }
    at += (size_t)snprintf(text + at, room - at, "\n");
    assert_true(at < room);
    return at;
}

static bool same_value(const struct field *field, const struct value *a,
                       const struct value *b)
{
    if (a->type != b->type)
        return false;
    if (a->type == VALUE_BYTES)
        return memcmp(a->bytes, b->bytes, field->size) == 0;
    return a->type == VALUE_NONE || a->u == b->u;
}

static void judge(const struct rig *rig, const uint8_t *memory,
                  const uint8_t *before, uint64_t size)
{
    uint64_t changed = 0;
    for (size_t i = 0; i < rig->layout->field_count; i++) {
        const struct field *field = &rig->layout->fields[i];
        const struct trend *trend = &rig->now->trends[i];
        struct value want;
        struct value old;
        if (field->offset + field->size > size) {
            assert_false(trend->flags & (FRESH | CHANGED));
            continue;
        }
        value_decode(field, memory + field->offset, &want);
        value_decode(field, before + field->offset, &old);
        assert_true(same_value(field, &want, &rig->now->values[i]));
        assert_true(trend->flags & FRESH);
        bool differs = !same_value(field, &want, &old);
        if (field->kind == KIND_BOOL)
            differs = memory[field->offset] != before[field->offset];
        assert_int_equal((trend->flags & CHANGED) != 0, differs);
        changed += differs;
        assert_memory_equal(sampler_field_bytes(rig->sampler, i),
                            memory + field->offset, field->size);
        double last;
        double number = value_number(field, &want);
        assert_int_equal(sampler_trend(rig->sampler, i, &last, 1), 1);
        assert_true(isnan(number) ? isnan(last) : number == last);
    }
    assert_int_equal(rig->now->changed_count, changed);
}

static void agrees_with_value_decode(void **state)
{
    (void)state;
    enum { FRAMES = 60, ROOM = 1 << 20 };
    for (int round = 0; round < 12; round++) {
        uint8_t *images = mem_zalloc(FRAMES, MEMORY);
        char *layout = mem_zalloc(ROOM, 1);
        char *frames = mem_zalloc(ROOM, 1);
        size_t at = (size_t)snprintf(frames, ROOM, "size %d\n", MEMORY);
        random_layout(layout, ROOM, round * 40 + 1);
        for (int i = 0; i < FRAMES; i++) {
            uint8_t *image = images + i * MEMORY;
            if (i > 0)
                memcpy(image, image - MEMORY, MEMORY);
            uint32_t sets = random_below(4) == 0 ? 300 : random_below(5);
            for (uint32_t j = 0; j < sets; j++)
                at += put_set(frames + at, ROOM - at, image);
            at += (size_t)snprintf(frames + at, ROOM - at, "frame\n");
            assert_true(at < ROOM);
        }
        struct rig rig;
        rig_open(&rig, layout, frames, NULL);
        for (int i = 0; i < FRAMES; i++) {
            rig_step(&rig);
            judge(&rig, images + i * MEMORY,
                  images + (i > 0 ? i - 1 : 0) * MEMORY, MEMORY);
        }
        rig_close(&rig);
        free(images);
        free(layout);
        free(frames);
    }
}

/* The value of a field in a mapping of `size` bytes. */
static void judge_part(const struct rig *rig, size_t index,
                       const uint8_t *memory, uint32_t size, bool *seen)
{
    const struct field *field = &rig->layout->fields[index];
    const struct value *value = &rig->now->values[index];
    uint32_t flags = rig->now->trends[index].flags;
    if (field->offset + field->size > size) {
        assert_int_equal(flags & (FRESH | HELD | CHANGED), *seen ? HELD : 0);
        assert_int_equal(value->type != VALUE_NONE, *seen);
        return;
    }
    struct value want;
    value_decode(field, memory + field->offset, &want);
    assert_true(same_value(field, &want, value));
    assert_int_equal(flags & (FRESH | HELD), FRESH);
    *seen = true;
}

/* A mapping whose size changes at each frame, down to 0; its fields are in
 * ranges far apart. */
static void agrees_while_the_size_moves(void **state)
{
    (void)state;
    enum { FRAMES = 80, ROOM = 1 << 20, SIZE = 2048 };
    char *frames = mem_zalloc(ROOM, 1);
    uint8_t *images = mem_zalloc(FRAMES, SIZE);
    uint32_t sizes[FRAMES];
    size_t at = 0;
    for (int i = 0; i < FRAMES; i++) {
        uint8_t *image = images + i * SIZE;
        sizes[i] = i % 7 == 6 ? 0 : 1 + random_below(SIZE);
        if (i > 0)
            memcpy(image, image - SIZE, sizes[i]);
        at += (size_t)snprintf(frames + at, ROOM - at, "size %u\n", sizes[i]);
        for (uint32_t j = 0; j < sizes[i]; j += 8) {
            image[j] = (uint8_t)(i / 3 + (int)j);
            at += (size_t)snprintf(frames + at, ROOM - at, "set %u %02x\n", j,
                                   image[j]);
        }
        at += (size_t)snprintf(frames + at, ROOM - at, "frame\n");
        assert_true(at < ROOM);
    }
    struct rig rig;
    rig_open(&rig,
             "[mapping]\nname = x\nsize = 2048\n[fields]\n"
             "a = u64[16] @0\nb = u16be[100] @512\nc = u32[60] @1024\n"
             "d = char[16][20] @1536\nlast = u8 @2047\n",
             frames, NULL);
    bool *seen = mem_zalloc(rig.layout->field_count, sizeof *seen);
    for (int i = 0; i < FRAMES; i++) {
        rig_step(&rig);
        for (size_t f = 0; f < rig.layout->field_count; f++)
            judge_part(&rig, f, images + i * SIZE, sizes[i], &seen[f]);
    }
    free(seen);
    rig_close(&rig);
    free(frames);
    free(images);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(follows_values),
        cmocka_unit_test(tells_bits_apart),
        cmocka_unit_test(follows_text),
        cmocka_unit_test(compares_what_fields_share),
        cmocka_unit_test(holds_what_is_gone),
        cmocka_unit_test(goes_on_after_a_refusal),
        cmocka_unit_test(clears_a_change_at_return),
        cmocka_unit_test(starts_over_with_a_generation),
        cmocka_unit_test(shows_what_fits),
        cmocka_unit_test(measures_rates),
        cmocka_unit_test(constants_stand_still),
        cmocka_unit_test(starts_a_new_baseline),
        cmocka_unit_test(keeps_nan_out_of_min_and_max),
        cmocka_unit_test(remembers),
        cmocka_unit_test(forgets_over_a_pause),
        cmocka_unit_test(moves_its_trend_once_a_second),
        cmocka_unit_test(loses_no_peak),
        cmocka_unit_test(keeps_the_last_of_the_dead),
        cmocka_unit_test(averages_over_time),
        cmocka_unit_test(averages_from_the_baseline),
        cmocka_unit_test(averages_what_is_computed),
        cmocka_unit_test(notices_a_frozen_producer),
        cmocka_unit_test(stale_follows_the_period),
        cmocka_unit_test(stale_time_can_change),
        cmocka_unit_test(refuses_bad_targets),
        cmocka_unit_test(agrees_with_value_decode),
        cmocka_unit_test(agrees_while_the_size_moves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
