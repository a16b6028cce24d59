/* SPDX-License-Identifier: MIT */
/* The next value of a field by a key, from a value as it is shown to the next
 * one as it is shown. */
#include "engine_rig.h"

#include "layout/path.h"
#include "layout/value_change.h"
#include "layout/value_parse.h"
#include "layout/value_text.h"

static const char fields[] =
    "[mapping]\nname = shm:x\n"
    "[enum mode]\n0 = Off\n1 = Auto\n4..6 = Some\n9 = Last\n"
    "[enum valve]\n0 = Closed\n1 = Open\n"
    "[enum sign]\n-1 = Back\n0 = Rest\n1 = Forth\n"
    "[flags bits]\n0 = low\n3..4 = zone\n7 = high\n"
    "[flags one]\n2 = only\n"
    "[fields]\n"
    "u8 = u8 @0 writable=yes\n"
    "i16 = i16 @2 writable=-5..10\n"
    "u64 = u64 @8 writable=yes\n"
    "i64 = i64 @16 writable=yes\n"
    "low = i8 @24 bits=0..2 writable=yes\n"
    "flag = u8 @25 bits=3..3 writable=yes\n"
    "tenth = i16 @26 scale=0.1 precision=1 writable=yes\n"
    "down = u8 @28 scale=-0.5 precision=1 writable=yes\n"
    "mode = u8 @29 enum=mode writable=yes\n"
    "valve = u8 @30 enum=valve writable=yes\n"
    "sign = i8 @31 enum=sign writable=yes\n"
    "bits = u8 @32 flags=bits writable=yes\n"
    "one = u8 @33 flags=one writable=yes\n"
    "ok = bool @34 writable=yes\n"
    "f32 = f32 @36 precision=2 writable=0..6\n"
    "ranged = f64 @40 writable=0..180\n"
    "shown = f64 @48 writable=yes min=0 max=40\n"
    "free = f64 @56 writable=yes\n"
    "half = f64 @64 precision=1 scale=-0.5 writable=yes\n"
    "name = char[8] @72 writable=yes\n"
    "fixed = u8 @80\n"
    "hex = u8 @81 show=hex writable=yes\n"
    "calc = f64 @88 writable=yes precision=3\n";

static struct layout *layout;

static int make_layout(void **state)
{
    (void)state;
    layout = rig_layout(fields);
    return 0;
}

static int free_layout(void **state)
{
    (void)state;
    layout_free(layout);
    return 0;
}

static const struct field *field_of(const char *path)
{
    size_t index = path_find(layout, path);
    assert_true(index != SIZE_MAX);
    return &layout->fields[index];
}

static struct value value_of(const struct field *field, const char *text)
{
    static uint8_t storage[64];
    struct value value;
    struct err err = {0};
    if (!value_parse(field, text, storage, &value, &err))
        fail_msg("%s: %s", field->path, err.text);
    return value;
}

/* Stores the value and prints what is stored then, or the error. */
static void put_result(struct buf *out, const struct field *field, bool ok,
                       const struct value *value, const struct err *err)
{
    uint8_t bytes[64], mask[64];
    struct value stored;
    buf_clear(out);
    buf_puts(out, "");
    if (!ok) {
        assert_int_equal(err->status, STATUS_DATA);
        buf_puts(out, err->text);
        return;
    }
    assert_true(value_encode(field, value, bytes, mask));
    value_decode(field, bytes, &stored);
    value_put_text(out, field, &stored, SHOW_DEFAULT, false);
}

/* What the errors end with. */
#define HIGHEST "there is no higher value"
#define LOWEST "there is no lower value"

static const struct step {
    const char *path, *from, *up, *down;
} steps[] = {
    {"u8", "7", "8", "6"},
    {"u8", "255", HIGHEST, "254"},
    {"u8", "0", "1", LOWEST},
    {"i16", "-1", "0", "-2"},
    {"u64", "18446744073709551615", HIGHEST, "18446744073709551614"},
    {"u64", "9007199254740993", "9007199254740994", "9007199254740992"},
    {"i64", "-9223372036854775808", "-9223372036854775807", LOWEST},
    {"i64", "9223372036854775807", HIGHEST, "9223372036854775806"},
    {"low", "3", HIGHEST, "2"},
    {"low", "-4", "-3", LOWEST},
    {"tenth", "4.2", "4.3", "4.1"},
    {"down", "-1", "-0.5", "-1.5"}, /* the stored number falls */
    {"down", "0", HIGHEST, "-0.5"},
    {"hex", "0x0f", "0x10", "0x0e"},
    {"mode", "Off", "Auto", "there is no label before this one"},
    {"mode", "Auto", "Some", "Off"},
    {"mode", "5", "Last", "Auto"},
    {"mode", "2", "Some", "Auto"},
    {"mode", "Last", "there is no label after this one", "Some"},
    {"sign", "Rest", "Forth", "Back"},
    {"ok", "false", "true", LOWEST},
    {"ok", "true", HIGHEST, "false"},
    {"f32", "4.2", "4.21", "4.19"},
    {"f32", "4.205", "4.21", "4.20"}, /* to a multiple */
    {"f32", "5.995", "6.00", "5.99"},
    {"f32", "5.999", "6.00", "5.99"}, /* not beyond the end */
    {"f32", "0.001", "0.01", "0.00"},
    {"ranged", "10", "12", "8"}, /* 1.8, rounded to 2 */
    {"ranged", "179", "180", "178"},
    {"shown", "10", "10.5", "9.5"}, /* 0.4, rounded to 0.5 */
    {"free", "730", "735", "725"},
    {"free", "1e-20", "1.01e-20", "9.9e-21"},
    {"free", "0", "0.01", "-0.01"},
    {"free", "-100", "-99", "-101"},
    {"half", "2.5", "2.6", "2.4"},
    {"free", "nan", "there is no number to step from",
     "there is no number to step from"},
    {"bits", "low", "flags have no steps", "flags have no steps"},
    {"name", "a", "only numbers, enums and bools have steps",
     "only numbers, enums and bools have steps"},
};

static bool ends_with(const char *text, const char *end)
{
    size_t len = strlen(text);
    size_t tail = strlen(end);
    return len >= tail && strcmp(text + len - tail, end) == 0;
}

static void steps_up_and_down(void **state)
{
    (void)state;
    struct buf text = {0};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        const struct step *step = &steps[i];
        const struct field *field = field_of(step->path);
        struct value now = value_of(field, step->from);
        for (int up = 0; up < 2; up++) {
            struct value next;
            struct err err = {0};
            const char *wanted = up ? step->up : step->down;
            bool ok = change_step(field, &now, up, &next, &err);
            put_result(&text, field, ok, &next, &err);
            if (ok ? strcmp(text.data, wanted) != 0
                   : !ends_with(text.data, wanted))
                fail_msg("%s %s %s: %s, wanted %s", step->path, step->from,
                         up ? "up" : "down", text.data, wanted);
        }
    }
    buf_free(&text);
}

/* A step always changes the stored number, however small it is. */
static void always_moves(void **state)
{
    (void)state;
    static const char *const paths[] = {"f32", "calc", "free"};
    for (size_t i = 0; i < 3; i++) {
        const struct field *field = field_of(paths[i]);
        for (double number = 1e-320; number < 1e-280; number *= 1e5) {
            struct value now = {.type = VALUE_REAL, .real = number};
            struct value next;
            struct err err = {0};
            assert_true(change_step(field, &now, true, &next, &err));
            assert_true(next.real > number);
        }
        for (double number = 1e-3; number < 1e16; number *= 3.7) {
            struct value now = {.type = VALUE_REAL};
            now.real = field->size == 4 ? (double)(float)number : number;
            for (int up = 0; up < 2; up++) {
                struct value next;
                struct err err = {0};
                uint8_t before[8], after[8], mask[8];
                if (field->size == 4 && number > 6)
                    continue; /* its range */
                assert_true(change_step(field, &now, up, &next, &err));
                assert_true(value_encode(field, &now, before, mask));
                assert_true(value_encode(field, &next, after, mask));
                assert_memory_not_equal(before, after, field->size);
                assert_true(up ? next.real > now.real : next.real < now.real);
            }
        }
    }
}

static const struct flip {
    const char *path;
    enum change_flip kind;
    const char *from, *which, *to;
    uint64_t bits;
} flips[] = {
    {"ok", FLIP_ONE, "false", NULL, "true", 0},
    {"ok", FLIP_ONE, "true", NULL, "false", 0},
    {"valve", FLIP_ONE, "Open", NULL, "Closed", 0},
    {"valve", FLIP_ONE, "Closed", NULL, "Open", 0},
    {"flag", FLIP_ONE, "0", NULL, "1", 1},
    {"one", FLIP_ONE, "-", NULL, "only", 4},
    {"one", FLIP_ONE, "only|0x80", NULL, "0x80", 4},
    {"bits", FLIP_FLAG, "low", "high", "low|high", 0x80},
    {"bits", FLIP_FLAG, "low|zone=2", "low", "zone=2", 1},
    {"bits", FLIP_FLAG, "low", "hihg",
     "'hihg' is not in flags 'bits'; did you mean 'high'?", 0},
    {"bits", FLIP_FLAG, "low", "zone",
     "'zone' has 2 bits and cannot be toggled; set it as zone=NUMBER", 0},
    {"u8", FLIP_BIT, "5", "1", "7", 2},
    {"u8", FLIP_BIT, "255", "7", "127", 0x80},
    {"u8", FLIP_BIT, "5", "8", "field 'u8': '8' is not a bit from 0 to 7", 0},
    {"u8", FLIP_BIT, "5", "", "field 'u8': '' is not a bit from 0 to 7", 0},
    {"i64", FLIP_BIT, "0", "63", "-9223372036854775808", UINT64_C(1) << 63},
    {"low", FLIP_BIT, "-1", "2", "3", 4},
    {"mode", FLIP_NONE, "Off", NULL, "can be toggled", 0},
    {"tenth", FLIP_NONE, "1", NULL, "can be toggled", 0},
    {"f32", FLIP_NONE, "1", NULL, "can be toggled", 0},
    {"name", FLIP_NONE, "a", NULL, "can be toggled", 0},
};

static void toggles(void **state)
{
    (void)state;
    struct buf text = {0};
    for (size_t i = 0; i < sizeof flips / sizeof *flips; i++) {
        const struct flip *flip = &flips[i];
        const struct field *field = field_of(flip->path);
        struct value now = value_of(field, flip->from);
        struct value next;
        struct err err = {0};
        uint64_t bits;
        assert_int_equal(change_flip_of(field), flip->kind);
        bool ok = change_flip(field, &now, flip->which, &next, &bits, &err);
        put_result(&text, field, ok, &next, &err);
        if (ok ? strcmp(text.data, flip->to) != 0 || bits != flip->bits
               : !ends_with(text.data, flip->to))
            fail_msg("%s %s %s: %s, wanted %s", flip->path, flip->from,
                     flip->which ? flip->which : "", text.data, flip->to);
    }
    buf_free(&text);
}

static void tells_what_is_writable(void **state)
{
    (void)state;
    struct err err = {0};
    assert_true(change_check_writable(field_of("u8"), &err));
    assert_false(change_check_writable(field_of("fixed"), &err));
    assert_int_equal(err.status, STATUS_DENIED);
    assert_non_null(strstr(err.text, "add `writable = yes` to it"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_up_and_down),
        cmocka_unit_test(always_moves),
        cmocka_unit_test(toggles),
        cmocka_unit_test(tells_what_is_writable),
    };
    return cmocka_run_group_tests(tests, make_layout, free_layout);
}
