/* SPDX-License-Identifier: MIT */
/*
 * Writer patterns: what each form stores.  What is refused, and how, is in
 * tests/layouts/bad/pattern_*.ini.
 */
#include "layout_rig.h"

#include "loader/pattern.h"

static void test_forms(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        struct pattern want;
    } cases[] = {
        {"count 1", {.kind = PATTERN_COUNT, .a = 1, .count_step = 1}},
        {"count -3 from 7",
         {.kind = PATTERN_COUNT,
          .a = -3,
          .b = 7,
          .count_step = -3,
          .count_from = 7}},
        {"count 0.5 from -1",
         {.kind = PATTERN_COUNT, .a = 0.5, .b = -1, .count_from = UINT64_MAX}},
        {"count  0x10", {.kind = PATTERN_COUNT, .a = 16, .count_step = 16}},
        {"count 1 from 18446744073709551615",
         {.kind = PATTERN_COUNT,
          .a = 1,
          .b = 18446744073709551615.0,
          .count_step = 1,
          .count_from = UINT64_MAX}},
        {"ramp 0..10 8s",
         {.kind = PATTERN_RAMP, .b = 10, .period_ns = 8000000000}},
        {"sine -1.5..1.5 250ms",
         {.kind = PATTERN_SINE, .a = -1.5, .b = 1.5, .period_ns = 250000000}},
        {"square 0..1 10hz",
         {.kind = PATTERN_SQUARE, .b = 1, .period_ns = 100000000}},
        {"random -5..5", {.kind = PATTERN_RANDOM, .a = -5, .b = 5}},
        {"walk 0..100 2.5", {.kind = PATTERN_WALK, .b = 100, .c = 2.5}},
        {"toggle", {.kind = PATTERN_TOGGLE}},
        {"toggle 1s", {.kind = PATTERN_TOGGLE, .period_ns = 1000000000}},
        {"cycle", {.kind = PATTERN_CYCLE}},
        {"cycle 2s", {.kind = PATTERN_CYCLE, .period_ns = 2000000000}},
        {"now", {.kind = PATTERN_NOW}},
        {"text \"a b\"", {.kind = PATTERN_TEXT, .text = "a b"}},
        {"text a b", {.kind = PATTERN_TEXT, .text = "a b"}},
        {"text \"\"", {.kind = PATTERN_TEXT, .text = ""}},
        {"const 42", {.kind = PATTERN_CONST, .text = "42"}},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct pattern got;
        struct err err = {0};
        const struct pattern *want = &cases[i].want;
        if (!pattern_parse(cases[i].text, &got, arena, &err))
            fail_msg("%s: %s", cases[i].text, err.text);
        assert_int_equal(got.kind, want->kind);
        assert_memory_equal(&got.a, &want->a, 3 * sizeof(double));
        assert_true(got.count_step == want->count_step);
        assert_true(got.count_from == want->count_from);
        assert_true(got.period_ns == want->period_ns);
        if (want->text)
            assert_string_equal(got.text, want->text);
        else
            assert_null(got.text);
    }
    arena_free(arena);
}

static void test_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",          "coun",         "count x",         "count 1 2",
        "ramp 1..2", "ramp 2..1 1s", "ramp 1..1 1s",    "sine 1 2 1s",
        "toggle 0s", "cycle -1s",    "random 1..2 3",   "walk 1..2",
        "text",      "const  ",      "walk 1..2 -1",    "count 1 from",
        "now now",   "ramp a..b 1s", "square 1..2 nan", "random 1...2x"};
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct pattern got;
        struct err err = {0};
        if (pattern_parse(bad[i], &got, arena, &err))
            fail_msg("'%s' was accepted", bad[i]);
        assert_int_equal(err.status, STATUS_DATA);
        assert_true(err.text[0] != '\0');
    }
    arena_free(arena);
}

/* The table has a row for each kind, and each usage names its own word. */
static void test_table(void **state)
{
    (void)state;
    bool seen[PATTERN_CONST + 1] = {false};
    for (const struct pattern_row *row = pattern_table; row->word; row++) {
        seen[row->kind] = true;
        assert_int_equal(strncmp(row->usage, row->word, strlen(row->word)), 0);
    }
    for (int kind = PATTERN_COUNT; kind <= PATTERN_CONST; kind++)
        assert_true(seen[kind]);
}

static void test_accepted(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "u8 @0 write=\"ramp 0..255 1s\"",
        "i8 @0 write=\"ramp -128..127 1s\"",
        "u8 @0 bits=0..1 write=\"sine 0..3 1s\"",
        "i8 @0 scale=0.5 bias=10 write=\"ramp -54..73.5 1s\"",
        "u8 @0 scale=-1 write=\"ramp -255..0 1s\"",
        "u8 @0 enum=mode write=cycle",
        "i8 @0 enum=sign write=cycle",
        "u8 @0 enum=mode write=\"const Auto\"",
        "u8 @0 flags=bits write=\"const low_oil|zone=3\"",
        "u32 @0 write=now",
        "i64 @0 show=filetime write=now",
        "f64 @0 write=now",
        "u64 @0 write=\"count 1 from 18446744073709551615\"",
        "i64 @0 write=\"count -1 from -9223372036854775808\"",
        "char[4] @0 write=\"text abcd\"",
        "char[4] @0 write=\"const abcd\"",
        "bool @0 write=\"count 1\"",
        "bool @0 write=\"const true\"",
        "utf16[2] @0 write='text \xf0\x9f\x98\x80'",
        "f32 @0 write=\"const inf\"",
        "u32 @0 show=ipv4 write=\"const 1.2.3.4\"",
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        layout_free(rig_field(lines[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_accepted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
