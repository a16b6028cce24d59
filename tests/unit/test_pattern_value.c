/* SPDX-License-Identifier: MIT */
/* Every write pattern on every kind of field that allows it. */
#include <math.h>

#include "engine_rig.h"

#include "base/mem.h"
#include "writer/pattern_value.h"

#define MS INT64_C(1000000)
#define S INT64_C(1000000000)

/* A layout of one field with these attributes. */
static struct layout *one_field(const char *type, const char *attributes)
{
    char text[512];
    snprintf(text, sizeof text,
             "[mapping]\nname = x\nsize = 4096\n[enum mode]\n0 = Off\n"
             "3 = Auto\n5..7 = Service\n[field f]\noffset = 0\ntype = %s\n%s",
             type, attributes);
    return rig_layout(text);
}

static double number_at(const struct layout *layout, size_t index,
                        const struct instant *now)
{
    uint8_t storage[4096];
    struct value value;
    pattern_value(layout, index, now, storage, &value);
    return value_number(&layout->fields[index], &value);
}

static struct value value_at(const char *type, const char *attributes,
                             const struct instant *now)
{
    struct layout *layout = one_field(type, attributes);
    uint8_t storage[4096];
    struct value value;
    pattern_value(layout, 0, now, storage, &value);
    layout_free(layout);
    return value;
}

/* --- patterns with an exact answer -------------------------------------- */

struct integer {
    const char *type;
    const char *attributes;
    struct instant now;
    enum value_type kind;
    uint64_t bits;
};

static void gives_exact_integers(void **state)
{
    (void)state;
    const int64_t wall = INT64_C(1767323045123456789);
    static const char unix_ms[] = "show = unix_ms\nwrite = now\n";
    const struct integer rows[] = {
        {"i64", "write = count 1\n", {0, 0, 0}, VALUE_INT, 0},
        {"i64", "write = count 1\n", {41, 0, 0}, VALUE_INT, 41},
        {"i64",
         "write = count -3 from 10\n",
         {5, 0, 0},
         VALUE_INT,
         (uint64_t)-5},
        {"u8", "write = count 1 from 250\n", {7, 0, 0}, VALUE_UINT, 1},
        {"i8",
         "write = count 1 from 127\n",
         {1, 0, 0},
         VALUE_INT,
         (uint64_t)-128},
        {"u16be", "write = count 1000\n", {66, 0, 0}, VALUE_UINT, 464},
        {"u32", "write = count -1\n", {1, 0, 0}, VALUE_UINT, UINT32_MAX},
        {"u64",
         "write = count 1 from 18446744073709551615\n",
         {2, 0, 0},
         VALUE_UINT,
         1},
        {"u64",
         "write = count 1 from 9007199254740993\n",
         {2, 0, 0},
         VALUE_UINT,
         UINT64_C(9007199254740995)},
        {"i64",
         "write = count 1 from 9223372036854775807\n",
         {1, 0, 0},
         VALUE_INT,
         UINT64_C(1) << 63},
        {"i64",
         "write = count 3\n",
         {UINT64_C(1) << 63, 0, 0},
         VALUE_INT,
         UINT64_C(1) << 63},
        {"u8", "bits = 2..4\nwrite = count 1\n", {13, 0, 0}, VALUE_UINT, 5},
        {"i8",
         "bits = 2..4\nwrite = count 1\n",
         {12, 0, 0},
         VALUE_INT,
         (uint64_t)-4},
        /* shown 0.5 a step is stored 50 a step */
        {"i32", "scale = 0.01\nwrite = count 0.5\n", {3, 0, 0}, VALUE_INT, 150},
        {"u16", "write = square 10..20 2s\n", {0, 0, 0}, VALUE_UINT, 20},
        {"u16", "write = square 10..20 2s\n", {0, S - 1, 0}, VALUE_UINT, 20},
        {"u16", "write = square 10..20 2s\n", {0, S, 0}, VALUE_UINT, 10},
        {"u16", "write = square 10..20 2s\n", {0, 2 * S, 0}, VALUE_UINT, 20},
        {"i16",
         "write = ramp -100..100 4s\n",
         {0, S, 0},
         VALUE_INT,
         (uint64_t)-50},
        {"i16",
         "write = ramp -100..100 4s\n",
         {0, 4 * S - 1, 0},
         VALUE_INT,
         100},
        {"i16",
         "scale = 10\nbias = 5\nwrite = ramp -95..105 4s\n",
         {0, S, 0},
         VALUE_INT,
         (uint64_t)-5},
        {"bool", "write = toggle\n", {0, 0, 0}, VALUE_UINT, 0},
        {"bool", "write = toggle\n", {3, 0, 0}, VALUE_UINT, 1},
        {"bool", "write = toggle 2s\n", {9, S - 1, 0}, VALUE_UINT, 0},
        {"bool", "write = toggle 2s\n", {9, S, 0}, VALUE_UINT, 1},
        {"bool", "write = toggle 2s\n", {9, 2 * S, 0}, VALUE_UINT, 0},
        {"u8", "enum = mode\nwrite = cycle\n", {0, 0, 0}, VALUE_UINT, 0},
        {"u8", "enum = mode\nwrite = cycle\n", {1, 0, 0}, VALUE_UINT, 3},
        {"u8", "enum = mode\nwrite = cycle\n", {5, 0, 0}, VALUE_UINT, 5},
        {"i8", "enum = mode\nwrite = cycle 2s\n", {5, 2 * S, 0}, VALUE_INT, 3},
        {"i8", "enum = mode\nwrite = cycle 2s\n", {5, 6 * S, 0}, VALUE_INT, 0},
        {"u32", "write = now\n", {0, 0, wall}, VALUE_UINT, 1767323045},
        {"i64", unix_ms, {0, 0, wall}, VALUE_INT, 1767323045123},
        {"i64", unix_ms, {0, 0, -1}, VALUE_INT, (uint64_t)-1},
        {"i64",
         "show = unix_us\nwrite = now\n",
         {0, 0, wall},
         VALUE_INT,
         1767323045123456},
        {"u64",
         "show = unix_ns\nwrite = now\n",
         {0, 0, wall},
         VALUE_UINT,
         1767323045123456789},
        {"u64",
         "show = filetime\nwrite = now\n",
         {0, 0, wall},
         VALUE_UINT,
         134117966451234567},
        {"u64",
         "show = dotnet\nwrite = now\n",
         {0, 0, wall},
         VALUE_UINT,
         UINT64_C(639029198451234567)},
        {"i32", "write = const -17\n", {9, S, wall}, VALUE_INT, (uint64_t)-17},
        {"u8",
         "enum = mode\nwrite = const Auto\n",
         {9, S, wall},
         VALUE_UINT,
         3},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct value value =
            value_at(rows[i].type, rows[i].attributes, &rows[i].now);
        if (value.type != rows[i].kind || value.u != rows[i].bits)
            fail_msg("%s %s: type %d, %lld", rows[i].type, rows[i].attributes,
                     (int)value.type, (long long)value.i);
    }
}

struct real {
    const char *type;
    const char *attributes;
    struct instant now;
    double number;
};

static void gives_reals(void **state)
{
    (void)state;
    const int64_t wall = INT64_C(1767323045250000000);
    const struct real rows[] = {
        {"f64", "write = sine 0..10 8s\n", {0, 0, 0}, 5},
        {"f64", "write = sine 0..10 8s\n", {0, 2 * S, 0}, 10},
        {"f64", "write = sine 0..10 8s\n", {0, 6 * S, 0}, 0},
        {"f32",
         "write = sine 0..10 8s\n",
         {0, 9 * S, 0},
         5 + 5 * 0.70710678118654752},
        {"f64", "write = ramp 1..2 1s\n", {0, 250 * MS, 0}, 1.25},
        {"f64", "write = count 0.5 from 2\n", {3, 0, 0}, 3.5},
        {"f64", "write = count -1\n", {3, 0, 0}, -3},
        {"f64", "write = square -1..1 1s\n", {0, 600 * MS, 0}, -1},
        {"f64", "write = const 2.5\n", {3, 0, 0}, 2.5},
        {"u16", "scale = 0.1\nwrite = const 4.2\n", {9, S, 0}, 4.2},
        {"f64", "write = now\n", {0, 0, wall}, 1767323045.25},
        {"f64", "show = unix_ms\nwrite = now\n", {0, 0, wall}, 1767323045250.0},
        {"f64", "scale = 2\nbias = 1\nwrite = ramp 1..5 4s\n", {0, S, 0}, 2},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct layout *layout = one_field(rows[i].type, rows[i].attributes);
        assert_float_equal(number_at(layout, 0, &rows[i].now), rows[i].number,
                           1e-6);
        layout_free(layout);
    }
}

static void gives_text(void **state)
{
    (void)state;
    const struct instant now = {3, S, S};
    struct layout *layout = one_field("char[8]", "write = text \"north\"\n");
    uint8_t storage[8];
    memset(storage, 0xaa, sizeof storage);
    struct value value;
    pattern_value(layout, 0, &now, storage, &value);
    assert_int_equal(value.type, VALUE_BYTES);
    assert_memory_equal(value.bytes, "north\0\0\0", 8);
    assert_true(pattern_is_constant(&layout->fields[0]));
    layout_free(layout);

    layout = one_field("bytes[3]", "write = const 0a0bff\n");
    pattern_value(layout, 0, &now, storage, &value);
    assert_int_equal(value.type, VALUE_BYTES);
    assert_memory_equal(value.bytes, "\x0a\x0b\xff", 3);
    layout_free(layout);

    layout = one_field("char[8]", "");
    pattern_value(layout, 0, &now, storage, &value);
    assert_int_equal(value.type, VALUE_NONE);
    assert_false(pattern_is_constant(&layout->fields[0]));
    layout_free(layout);
}

/* --- random patterns ---------------------------------------------------- */

struct chance {
    const char *type;
    const char *attributes;
    double low, high;
    double step;  /* the largest between ticks; 0: any */
    double apart; /* distance of possible values; 0: any */
};

static void stays_in_its_range(void **state)
{
    (void)state;
    static const struct chance rows[] = {
        {"f64", "write = random -2..3\n", -2, 3, 0, 0},
        {"u8", "write = random 3..6\n", 3, 6, 0, 1},
        {"i16", "scale = 0.5\nwrite = random -2..3\n", -2, 3, 0, 0.5},
        {"f64", "write = walk 10..20 0.25\n", 10, 20, 0.25, 0},
        {"f32", "write = walk -1..1 0.01\n", -1, 1, 0.01, 0},
        {"u16", "write = walk 0..100 1\n", 0, 100, 1, 1},
        {"i32", "write = walk -5..5 3\n", -5, 5, 3, 1},
        {"f64", "write = walk 0..1 50\n", 0, 1, 50, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct chance *row = &rows[i];
        struct layout *layout = one_field(row->type, row->attributes);
        double low = INFINITY;
        double high = -INFINITY;
        double last = NAN;
        size_t repeats = 0;
        for (uint64_t tick = 0; tick < 20000; tick++) {
            const struct instant now = {.tick = tick};
            double number = number_at(layout, 0, &now);
            assert_true(number >= row->low && number <= row->high);
            if (row->step > 0 && tick > 0)
                assert_true(fabs(number - last) <= row->step * 1.000001);
            if (row->apart > 0)
                assert_true(fmod(number, row->apart) == 0);
            repeats += number == last;
            last = number;
            low = fmin(low, number);
            high = fmax(high, number);
            /* The same tick, the same number. */
            assert_true(number_at(layout, 0, &now) == number);
        }
        /* Reaches nearly the whole range, and does not stop. */
        double width = row->high - row->low;
        assert_true(low <= row->low + 0.2 * width);
        assert_true(high >= row->high - 0.2 * width);
        assert_true(repeats < 20000 * 99 / 100);
        layout_free(layout);
    }
}

static void gives_every_integer_its_share(void **state)
{
    (void)state;
    struct layout *layout = one_field("u8", "write = random 3..6\n");
    unsigned counts[256] = {0};
    for (uint64_t tick = 0; tick < 40000; tick++) {
        const struct instant now = {.tick = tick};
        counts[(unsigned)number_at(layout, 0, &now)]++;
    }
    for (unsigned i = 3; i <= 6; i++)
        assert_in_range(counts[i], 9500, 10500);
    layout_free(layout);
}

/* --- arrays ------------------------------------------------------------- */

static void shifts_the_elements_of_an_array(void **state)
{
    (void)state;
    struct layout *layout = one_field("f64[4]", "write = ramp 0..4 4s\n");
    const struct instant now = {1, 3 * S, 0};
    assert_int_equal(layout->field_count, 4);
    static const double numbers[] = {3, 0, 1, 2};
    for (size_t i = 0; i < 4; i++)
        assert_float_equal(number_at(layout, i, &now), numbers[i], 1e-9);
    layout_free(layout);

    layout = one_field("u8[3]", "enum = mode\nwrite = cycle\n");
    static const double modes[] = {3, 5, 0};
    for (size_t i = 0; i < 3; i++)
        assert_true(number_at(layout, i, &now) == modes[i]);
    layout_free(layout);

    layout = one_field("f64[2]", "write = random 0..1\n");
    assert_true(number_at(layout, 0, &now) != number_at(layout, 1, &now));
    layout_free(layout);
}

/* A scalar does not depend on the fields before it. */
static void leaves_scalars_in_phase(void **state)
{
    (void)state;
    struct layout *layout =
        rig_layout("[mapping]\nname = x\nsize = 64\n[fields]\n"
                   "a = f64 @0 write=\"ramp 0..4 4s\"\n"
                   "b = u8 @16 write=toggle\n"
                   "c = f64 @8 write=\"ramp 0..4 4s\"\n");
    const struct instant now = {1, 3 * S, 0};
    assert_float_equal(number_at(layout, 0, &now), 3, 1e-9);
    assert_true(number_at(layout, 1, &now) == 1);
    assert_float_equal(number_at(layout, 2, &now), 3, 1e-9);
    layout_free(layout);
}

/* At every tick the field can store the value. */
static void fits_its_field_for_ever(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "a = u8 @0 write=\"count 7\"",
        "a = i8 @0 write=\"ramp -128..127 3s\"",
        "a = u64 @0 write=\"random 0..18446744073709549568\"",
        "a = i64 @0 write=\"walk -1000..1000 5\"",
        "a = u32be @0 bits=3..20 write=\"sine 0..262143 1s\"",
        "a = u16 @0 scale=0.1 write=\"sine 0..6553.5 1s\"",
        "a = f32 @0 write=\"count 1e30\"",
        "a = bool @0 write=toggle",
        "a = u64 @0 show=dotnet write=now",
    };
    static const struct instant nows[] = {
        {0, 0, 0},
        {1, 1, 1},
        {UINT64_MAX, INT64_MAX, INT64_MAX},
        {UINT64_MAX / 2, INT64_MAX / 3, INT64_MAX - 1},
        {12345, 750 * MS, S},
        {7, -5 * S, 0}, /* a clock that went back */
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        char text[256];
        snprintf(text, sizeof text,
                 "[mapping]\nname = x\nsize = 8\n[fields]\n%s\n", lines[i]);
        struct layout *layout = rig_layout(text);
        for (size_t j = 0; j < sizeof nows / sizeof *nows; j++) {
            uint8_t storage[8];
            uint8_t bytes[8];
            uint8_t mask[8];
            struct value value;
            pattern_value(layout, 0, &nows[j], storage, &value);
            assert_int_not_equal(value.type, VALUE_NONE);
            assert_true(value_encode(&layout->fields[0], &value, bytes, mask));
        }
        layout_free(layout);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_exact_integers),
        cmocka_unit_test(gives_reals),
        cmocka_unit_test(gives_text),
        cmocka_unit_test(stays_in_its_range),
        cmocka_unit_test(gives_every_integer_its_share),
        cmocka_unit_test(shifts_the_elements_of_an_array),
        cmocka_unit_test(leaves_scalars_in_phase),
        cmocka_unit_test(fits_its_field_for_ever),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
