/* SPDX-License-Identifier: MIT */
/*
 * Limits: as text, as conditions, against each other and in a layout.
 */
#include "layout_rig.h"

#include <math.h>

#include "layout/limits.h"

#define COUNT(array) (sizeof array / sizeof *(array))

static struct limit limit_of(const char *text)
{
    struct limit limit;
    const char *label;
    struct err err = {0};
    if (!limit_parse(text, &limit, &label, &err))
        fail_msg("%s", err.text);
    assert_null(label);
    return limit;
}

static void reads_limits(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum limit_kind kind;
        double low, high;
        const char *back;
    } rows[] = {
        {">80", LIMIT_ABOVE, 80, 80, ">80"},
        {">=80", LIMIT_AT_LEAST, 80, 80, ">=80"},
        {"<3", LIMIT_BELOW, 3, 3, "<3"},
        {"<=3", LIMIT_AT_MOST, 3, 3, "<=3"},
        {"2..5", LIMIT_INSIDE, 2, 5, "2..5"},
        {"-5..-2.5", LIMIT_INSIDE, -5, -2.5, "-5..-2.5"},
        {"==1", LIMIT_EQUAL, 1, 1, "==1"},
        {"!=1", LIMIT_OTHER, 1, 1, "!=1"},
        {"> -0.5", LIMIT_ABOVE, -0.5, -0.5, ">-0.5"},
        {">=1e3", LIMIT_AT_LEAST, 1000, 1000, ">=1000"},
        {"==0x10", LIMIT_EQUAL, 16, 16, "==16"},
    };
    struct layout *layout = rig_field("f64 @0");
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct limit limit = limit_of(rows[i].text);
        assert_int_equal(limit.kind, rows[i].kind);
        assert_true(limit.low >= rows[i].low && limit.low <= rows[i].low);
        assert_true(limit.high >= rows[i].high && limit.high <= rows[i].high);
        struct buf back = {0};
        limit_put(&back, &limit, &layout->fields[0]);
        assert_string_equal(back.data, rows[i].back);
        buf_free(&back);
    }
    layout_free(layout);
}

static void refuses_others(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "",     ">",    "80",  "=80",  "=>80",  "5..2", "..5",   "2..",
        "><3",  ">Hot", "<=x", ">nan", "<inf",  "==",   "!=",    "==-",
        "==1x", "===1", ">>3", "1..x", ">80 %", "~3",   "!3..4", "== =on",
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct limit limit;
        const char *label;
        struct err err = {0};
        if (limit_parse(rows[i], &limit, &label, &err))
            fail_msg("'%s' was accepted", rows[i]);
        assert_int_equal(err.status, STATUS_DATA);
        assert_non_null(strstr(err.text, "write when it is alarming"));
    }
}

static void judges(void **state)
{
    (void)state;
    static const struct {
        const char *limit;
        double number, slack;
        bool broken;
    } rows[] = {
        {">80", 80, 0, false},      {">80", 80.001, 0, true},
        {">80", 76, 5, true},       {">80", 75, 5, false},
        {">=80", 80, 0, true},      {">=80", 79.9, 0, false},
        {">=80", 75, 5, true},      {">=80", 74.9, 5, false},
        {"<3", 3, 0, false},        {"<3", 2.9, 0, true},
        {"<3", 3.9, 1, true},       {"<3", 4, 1, false},
        {"<=3", 3, 0, true},        {"<=3", 4, 1, true},
        {"2..5", 2, 0, true},       {"2..5", 5, 0, true},
        {"2..5", 1.9, 0, false},    {"2..5", 5.1, 0, false},
        {"2..5", 1.5, 0.5, true},   {"2..5", 5.6, 0.5, false},
        {"==1", 1, 0, true},        {"==1", 1.5, 0, false},
        {"==1", 1.5, 0.5, true},    {"!=1", 1, 0, false},
        {"!=1", 0, 0, true},        {"!=1", 1, 5, false},
        {">80", INFINITY, 0, true}, {"<3", -INFINITY, 0, true},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct limit limit = limit_of(rows[i].limit);
        if (limit_broken(&limit, rows[i].number, rows[i].slack) !=
            rows[i].broken) {
            fail_msg("%s of %g, slack %g", rows[i].limit, rows[i].number,
                     rows[i].slack);
        }
    }
}

static void compares(void **state)
{
    (void)state;
    static const struct {
        const char *outer, *inner;
        bool covers;
    } rows[] = {
        {">80", ">90", true},   {">90", ">80", false},  {">80", ">80", true},
        {">=80", ">80", true},  {">80", ">=80", false}, {"<3", "<2", true},
        {"<2", "<3", false},    {"<=3", "<3", true},    {"<3", "<=3", false},
        {">3", "<2", false},    {"1..9", "2..5", true}, {"2..5", "1..9", false},
        {">1", "2..5", true},   {">2", "2..5", false},  {"2..5", ">3", false},
        {"2..5", "==5", true},  {"2..5", "==6", false}, {"!=1", "2..5", true},
        {"!=3", "2..5", false}, {"!=1", "!=1", true},   {"!=1", "!=2", false},
        {">0", "!=1", false},   {"!=5", ">5", true},    {"!=5", ">=5", false},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct limit outer = limit_of(rows[i].outer);
        struct limit inner = limit_of(rows[i].inner);
        if (limit_covers(&outer, &inner) != rows[i].covers)
            fail_msg("%s covers %s", rows[i].outer, rows[i].inner);
    }
    const struct limit none = {0};
    struct limit some = limit_of(">1");
    assert_false(limit_covers(&none, &some));
    assert_false(limit_covers(&some, &none));
}

static void takes_labels(void **state)
{
    (void)state;
    static const struct {
        const char *field;
        const char *back; /* of crit */
        double breaks, holds;
    } rows[] = {
        {"u8 @0 enum=mode crit===Auto", "==Auto", 1, 0},
        {"u8 @0 enum=mode crit=!=Auto", "!=Auto", 0, 1},
        {"u8 @0 enum=mode crit===Service", "==Service", 7, 1},
        {"i8 @0 enum=sign crit===Minus", "==Minus", -5, 0},
        {"u8 @0 enum=mode crit===7", "==7", 7, 6},
        {"bool @0 crit===false", "==false", 0, 1},
        {"u8 @0 enum=mode crit=\"== Off\"", "==Off", 0, 1},
        {"u8 @0 enum=mode scale=-2 crit===Service", "==Service", -4, -2},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct layout *layout = rig_field(rows[i].field);
        const struct field *field = &layout->fields[0];
        struct buf back = {0};
        limit_put(&back, &field->attr->crit, field);
        assert_string_equal(back.data, rows[i].back);
        assert_true(limit_broken(&field->attr->crit, rows[i].breaks, 0));
        assert_false(limit_broken(&field->attr->crit, rows[i].holds, 0));
        buf_free(&back);
        layout_free(layout);
    }
}

static void fills_attributes(void **state)
{
    (void)state;
    struct layout *layout =
        rig_field("f32[2] @0 warn=>80 crit=>=90.5 hyst=2 for=500ms stale=3s "
                  "hide=unused");
    const struct attributes *attr = layout->fields[1].attr;
    assert_int_equal(attr->warn.kind, LIMIT_ABOVE);
    assert_int_equal(attr->crit.kind, LIMIT_AT_LEAST);
    assert_true(attr->crit.low > 90.4 && attr->crit.low < 90.6);
    assert_true(attr->hyst > 1.9 && attr->hyst < 2.1);
    assert_int_equal(attr->for_ns, 500000000);
    assert_int_equal(attr->stale_ns, 3000000000);
    assert_int_equal(attr->hide, HIDE_UNUSED);
    layout_free(layout);
    layout = rig_field("f32 @0");
    attr = layout->fields[0].attr;
    assert_int_equal(attr->warn.kind, LIMIT_NONE);
    assert_int_equal(attr->hide, HIDE_NO);
    assert_int_equal(attr->stale_ns, 0);
    layout_free(layout);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_limits), cmocka_unit_test(refuses_others),
        cmocka_unit_test(judges),       cmocka_unit_test(compares),
        cmocka_unit_test(takes_labels), cmocka_unit_test(fills_attributes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
