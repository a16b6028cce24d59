/* SPDX-License-Identifier: MIT */
/*
 * Places out of numbers of any size, up to the ends of 64 bits.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "layout/location.h"

/* Fields of the header, at 0, 8, 16, 24 and 32; their values are the test's.
 * The last two are the offset of buffers 0 and 1. */
enum { OFFSET, STRIDE, COUNT, BUFFER0, BUFFER1, FIELDS };

struct rig {
    struct layout layout;
    struct mapping mapping;
    struct group group;
    struct field fields[FIELDS + 1]; /* and one in base 0, at 8 */
    struct base bases[2];
    struct value values[FIELDS + 1];
    uint64_t read_at[FIELDS + 1];
    struct location places[2];
    struct buf why;
    uint64_t size;
    uint32_t newest;
    size_t bad;
};

static const struct base plain = {
    .parent = FIELD_NO_BASE,
    .offset_field = FIELD_NONE,
    .plus_field = FIELD_NONE,
    .stride_field = FIELD_NONE,
    .count_field = FIELD_NONE,
    .most = 1,
    .extent = 16,
};

static void rig_make(struct rig *rig)
{
    static const char *const names[] = {"h.offset",  "h.stride",  "h.count",
                                        "buf[0].at", "buf[1].at", "p.inner"};
    memset(rig, 0, sizeof *rig);
    rig->group = (struct group){.name = "p", .count = 1};
    for (size_t i = 0; i <= FIELDS; i++) {
        rig->fields[i] = (struct field){
            .path = names[i],
            .offset = i * 8,
            .size = 8,
            .base = FIELD_NO_BASE,
            .kind = KIND_UINT,
        };
        rig->values[i] = (struct value){.type = VALUE_UINT};
    }
    rig->fields[FIELDS].base = 0;
    rig->fields[FIELDS].offset = 8;
    rig->bases[0] = rig->bases[1] = plain;
    rig->layout.fields = rig->fields;
    rig->layout.field_count = FIELDS + 1;
    rig->layout.bases = rig->bases;
    rig->layout.base_count = 1;
    rig->layout.groups = &rig->group;
    rig->layout.group_count = 1;
    rig->layout.mappings = &rig->mapping;
    rig->layout.mapping_count = 1;
    rig->size = 1000;
}

static bool read_value(void *user, uint32_t field, uint64_t at,
                       struct value *out)
{
    struct rig *rig = user;
    assert_true(field <= FIELDS);
    assert_true(at <= rig->size && 8 <= rig->size - at);
    rig->read_at[field] = at;
    *out = rig->values[field];
    return out->type != VALUE_NONE;
}

static const struct location *rig_find(struct rig *rig)
{
    struct location_view view = {
        .layout = &rig->layout,
        .size = rig->size,
        .newest = rig->newest,
        .read = read_value,
        .user = rig,
    };
    locations_begin(&rig->layout, rig->places);
    buf_clear(&rig->why);
    rig->bad = locations_find(&view, rig->places, &rig->why);
    /* It is optional, and changes nothing. */
    struct location again[2];
    locations_begin(&rig->layout, again);
    assert_int_equal(locations_find(&view, again, NULL), rig->bad);
    assert_memory_equal(again, rig->places,
                        rig->layout.base_count * sizeof *again);
    for (size_t i = 0; i < rig->layout.base_count; i++) {
        const struct location *place = &rig->places[i];
        if (place->state == LOCATION_KNOWN) {
            assert_true(place->at <= rig->size);
            assert_true(rig->bases[i].extent <= rig->size - place->at);
        }
    }
    return rig->places;
}

/* --- one element of an array -------------------------------------------- */

#define U64 UINT64_MAX

static const struct {
    uint64_t offset, stride, count;
    uint64_t size;
    uint32_t element, most;
    enum location_state state;
    uint64_t at;
    const char *why;
} elements[] = {
    {100, 16, 1, 1000, 0, 4, LOCATION_KNOWN, 100, ""},
    {100, 16, 4, 1000, 3, 4, LOCATION_KNOWN, 148, ""},
    {100, 64, 4, 1000, 3, 4, LOCATION_KNOWN, 292, ""},
    {0, 16, 4, 1000, 0, 4, LOCATION_KNOWN, 0, ""},
    {3, 17, 4, 1000, 1, 4, LOCATION_KNOWN, 20, ""},
    /* the count */
    {100, 16, 0, 1000, 0, 4, LOCATION_ABSENT, 0, ""},
    {100, 16, 3, 1000, 3, 4, LOCATION_ABSENT, 0, ""},
    {U64, U64, 0, 1000, 0, 4, LOCATION_ABSENT, 0, ""},
    {100, 16, 5, 1000, 0, 4, LOCATION_BAD, 0,
     "h.count is 5, but the layout has p[4]"},
    {100, 16, U64, 1000, 3, 4, LOCATION_BAD, 0,
     "h.count is 18446744073709551615, but the layout has p[4]"},
    /* the end */
    {984, 16, 1, 1000, 0, 4, LOCATION_KNOWN, 984, ""},
    {985, 16, 1, 1000, 0, 4, LOCATION_BAD, 0,
     "p[0] is not within the mapping's 1000 bytes: h.offset is 985, h.stride "
     "is 16"},
    {1000, 16, 1, 1000, 0, 4, LOCATION_BAD, 0,
     "p[0] is not within the mapping's 1000 bytes: h.offset is 1000, h.stride "
     "is 16"},
    {936, 16, 4, 1000, 3, 4, LOCATION_KNOWN, 984, ""},
    {937, 16, 4, 1000, 3, 4, LOCATION_BAD, 0,
     "p[3] is not within the mapping's 1000 bytes: h.offset is 937, h.stride "
     "is 16"},
    {40, 16, 1, 56, 0, 4, LOCATION_KNOWN, 40, ""},
    {40, 16, 1, 55, 0, 4, LOCATION_BAD, 0,
     "p[0] is not within the mapping's 55 bytes: h.offset is 40, h.stride is "
     "16"},
    /* the stride */
    {100, 15, 4, 1000, 3, 4, LOCATION_BAD, 0,
     "h.stride is 15, but an element of p has 16 bytes"},
    {100, 0, 4, 1000, 0, 4, LOCATION_BAD, 0,
     "h.stride is 0, but an element of p has 16 bytes"},
    {100, 0, 1, 1000, 0, 1, LOCATION_KNOWN, 100, ""}, /* no array */
    /* the ends of 64 bits */
    {U64, 16, 1, 1000, 0, 4, LOCATION_BAD, 0,
     "p[0] is not within the mapping's 1000 bytes: h.offset is "
     "18446744073709551615, h.stride is 16"},
    {U64 - 47, 16, 4, 1000, 3, 4, LOCATION_BAD, 0,
     "p[3] is not within the mapping's 1000 bytes: h.offset is "
     "18446744073709551568, h.stride is 16"},
    {100, U64, 4, 1000, 1, 4, LOCATION_BAD, 0,
     "p[1] is not within the mapping's 1000 bytes: h.offset is 100, h.stride "
     "is 18446744073709551615"},
    {100, U64 / 3 + 1, 4, 1000, 3, 4, LOCATION_BAD, 0,
     "p[3] is not within the mapping's 1000 bytes: h.offset is 100, h.stride "
     "is 6148914691236517206"},
    {100, UINT64_C(1) << 63, 4, 1000, 2, 4, LOCATION_BAD, 0,
     "p[2] is not within the mapping's 1000 bytes: h.offset is 100, h.stride "
     "is 9223372036854775808"},
    {U64 - 16, 16, 1, U64, 0, 4, LOCATION_KNOWN, U64 - 16, ""},
    {U64 - 15, 16, 1, U64, 0, 4, LOCATION_BAD, 0,
     "p[0] is not within the mapping's 18446744073709551615 bytes: h.offset is "
     "18446744073709551600, h.stride is 16"},
};

static void finds_elements(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
        struct rig rig;
        rig_make(&rig);
        rig.values[OFFSET].u = elements[i].offset;
        rig.values[STRIDE].u = elements[i].stride;
        rig.values[COUNT].u = elements[i].count;
        rig.size = elements[i].size;
        rig.bases[0].offset_field = OFFSET;
        rig.bases[0].stride_field = STRIDE;
        rig.bases[0].count_field = COUNT;
        rig.bases[0].element = elements[i].element;
        rig.bases[0].most = elements[i].most;
        const struct location *place = rig_find(&rig);
        const char *why = rig.why.len > 0 ? rig.why.data : "";
        if (place->state != elements[i].state || place->at != elements[i].at ||
            place->same != elements[i].at || strcmp(why, elements[i].why) != 0)
            fail_msg("row %zu: state %d, at %llu, \"%s\"", i, place->state,
                     (unsigned long long)place->at, why);
        assert_int_equal(rig.bad, elements[i].state == LOCATION_BAD);
        buf_free(&rig.why);
    }
}

/* --- values that are not numbers, and missing fields
 * ------------------------------------- */

static const struct {
    size_t field;
    struct value value;
    enum location_state state;
    const char *why;
} odd[] = {
    {OFFSET,
     {.type = VALUE_INT, .i = -1},
     LOCATION_BAD,
     "h.offset is -1, which is not a place for p"},
    {OFFSET,
     {.type = VALUE_INT, .i = INT64_MIN},
     LOCATION_BAD,
     "h.offset is -9223372036854775808, which is not a place for p"},
    {OFFSET,
     {.type = VALUE_INT, .i = INT64_MAX},
     LOCATION_BAD,
     "p[1] is not within the mapping's 1000 bytes: h.offset is "
     "9223372036854775807, h.stride is 16"},
    {OFFSET, {.type = VALUE_INT, .i = 50}, LOCATION_KNOWN, ""},
    {STRIDE,
     {.type = VALUE_INT, .i = -16},
     LOCATION_BAD,
     "h.stride is -16, which is not a place for p"},
    {COUNT,
     {.type = VALUE_INT, .i = -2},
     LOCATION_BAD,
     "h.count is -2, which is not a place for p"},
    {COUNT,
     {.type = VALUE_REAL, .real = 2},
     LOCATION_BAD,
     "h.count is not an integer"},
    {COUNT, {.type = VALUE_NONE}, LOCATION_ABSENT, ""},
    {OFFSET, {.type = VALUE_NONE}, LOCATION_ABSENT, ""},
};

static void judges_numbers(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        struct rig rig;
        rig_make(&rig);
        rig.values[OFFSET].u = 50;
        rig.values[STRIDE].u = 16;
        rig.values[COUNT].u = 2;
        rig.values[odd[i].field] = odd[i].value;
        rig.bases[0].offset_field = OFFSET;
        rig.bases[0].stride_field = STRIDE;
        rig.bases[0].count_field = COUNT;
        rig.bases[0].element = 1;
        rig.bases[0].most = 4;
        const struct location *place = rig_find(&rig);
        const char *why = rig.why.len > 0 ? rig.why.data : "";
        if (place->state != odd[i].state || strcmp(why, odd[i].why) != 0)
            fail_msg("row %zu: state %d, \"%s\"", i, place->state, why);
        buf_free(&rig.why);
    }
}

/* Fields behind the mapping's end are not asked for at all. */
static void reads_within_the_mapping(void **state)
{
    (void)state;
    struct rig rig;
    rig_make(&rig);
    rig.bases[0].offset_field = OFFSET;
    rig.bases[0].extent = 1;
    rig.size = 7;
    assert_int_equal(rig_find(&rig)->state, LOCATION_UNREAD);
    rig.size = 8;
    assert_int_equal(rig_find(&rig)->state, LOCATION_KNOWN);
    rig.fields[OFFSET].offset = UINT64_MAX;
    assert_int_equal(rig_find(&rig)->state, LOCATION_UNREAD);
    rig.bases[0].count_field = COUNT;
    assert_int_equal(rig_find(&rig)->state, LOCATION_ABSENT);
    buf_free(&rig.why);
}

/* --- what stands in another --------------------------------------------- */

static void follows_parents(void **state)
{
    (void)state;
    struct rig rig;
    rig_make(&rig);
    rig.layout.base_count = 2;
    rig.bases[0].offset_field = OFFSET;
    rig.bases[1].parent = 0;
    rig.bases[1].offset = 4;
    rig.bases[1].stride = 2;
    rig.bases[1].extent = 2;
    rig.bases[1].element = 5;
    rig.bases[1].most = 6;
    rig.values[OFFSET].u = 200;
    const struct location *places = rig_find(&rig);
    assert_int_equal(places[1].state, LOCATION_KNOWN);
    assert_int_equal(places[1].at, 214);

    /* The parent's own field says how many there are. */
    rig.bases[1].count_field = FIELDS;
    rig.values[FIELDS].u = 6;
    assert_int_equal(rig_find(&rig)[1].state, LOCATION_KNOWN);
    assert_int_equal(rig.read_at[FIELDS], 208);
    rig.values[FIELDS].u = 5;
    assert_int_equal(rig_find(&rig)[1].state, LOCATION_ABSENT);

    /* Or where it is, from the mapping's start. */
    rig.bases[1].count_field = FIELD_NONE;
    rig.bases[1].offset_field = FIELDS;
    rig.values[FIELDS].u = 300;
    assert_int_equal(rig_find(&rig)[1].at, 314);

    rig.values[OFFSET].u = 990;
    places = rig_find(&rig);
    assert_int_equal(places[0].state, LOCATION_BAD);
    assert_int_equal(places[1].state, LOCATION_BAD);
    assert_int_equal(rig.bad, 2);
    assert_string_equal(rig.why.data,
                        "p is not within the mapping's 1000 bytes: h.offset "
                        "is 990");

    rig.values[OFFSET].u = 200;
    rig.bases[0].count_field = COUNT;
    places = rig_find(&rig);
    assert_int_equal(places[0].state, LOCATION_ABSENT);
    assert_int_equal(places[1].state, LOCATION_ABSENT);
    rig.values[COUNT].type = VALUE_NONE;
    places = rig_find(&rig);
    assert_int_equal(places[0].state, LOCATION_ABSENT);
    assert_int_equal(places[1].state, LOCATION_ABSENT);
    buf_free(&rig.why);
}

static void leaves_other_mappings(void **state)
{
    (void)state;
    struct rig rig;
    rig_make(&rig);
    rig.bases[0].mapping = 1;
    rig.bases[0].extent = 5000;
    assert_int_equal(rig_find(&rig)->state, LOCATION_UNREAD);
    assert_int_equal(rig.bad, 0);
    buf_free(&rig.why);
}

/* --- buffers ------------------------------------------------------------ */

static void finds_the_newest_buffer(void **state)
{
    (void)state;
    struct rig rig;
    rig_make(&rig);
    rig.bases[0].newest = true;
    rig.bases[0].offset = 64;
    rig.bases[0].buffer_stride = 100;
    rig.newest = 0;
    assert_int_equal(rig_find(&rig)->at, 64);
    assert_int_equal(rig.places[0].same, 64);
    rig.newest = 2;
    assert_int_equal(rig_find(&rig)->at, 264);
    assert_int_equal(rig.places[0].same, 64);
    rig.newest = 9;
    assert_int_equal(rig_find(&rig)->state, LOCATION_KNOWN);
    rig.newest = 10;
    assert_int_equal(rig_find(&rig)->state, LOCATION_BAD);
    assert_string_equal(rig.why.data,
                        "p is not within the mapping's 1000 bytes");
    rig.newest = UINT32_MAX;
    rig.bases[0].buffer_stride = UINT64_MAX / 2;
    assert_int_equal(rig_find(&rig)->state, LOCATION_BAD);
    buf_free(&rig.why);
}

static void finds_the_newest_offset(void **state)
{
    (void)state;
    struct rig rig;
    rig_make(&rig);
    rig.bases[0].offset_field = BUFFER0;
    rig.bases[0].buffer_step = 1;
    rig.bases[0].offset = 5;
    rig.values[BUFFER0].u = 100;
    rig.values[BUFFER1].u = 300;
    assert_int_equal(rig_find(&rig)->at, 105);
    assert_int_equal(rig.places[0].same, 5);
    rig.newest = 1;
    assert_int_equal(rig_find(&rig)->at, 305);
    assert_int_equal(rig.places[0].same, 5);
    rig.values[BUFFER1].u = 2000;
    assert_int_equal(rig_find(&rig)->state, LOCATION_BAD);
    assert_string_equal(rig.why.data,
                        "p is not within the mapping's 1000 bytes: buf[1].at "
                        "is 2000");
    buf_free(&rig.why);
}

static void adds_another_field(void **state)
{
    (void)state;
    struct rig rig;
    rig_make(&rig);
    rig.bases[0].offset_field = BUFFER0;
    rig.bases[0].buffer_step = 1;
    rig.bases[0].plus_field = OFFSET;
    rig.bases[0].offset = 5;
    rig.values[BUFFER0].u = 100;
    rig.values[BUFFER1].u = 300;
    rig.values[OFFSET].u = 20;
    rig.newest = 1;
    assert_int_equal(rig_find(&rig)->at, 325);
    assert_int_equal(rig.places[0].same, 25);
    rig.values[OFFSET].u = UINT64_MAX;
    assert_int_equal(rig_find(&rig)->state, LOCATION_BAD);
    assert_string_equal(rig.why.data,
                        "p is not within the mapping's 1000 bytes: buf[1].at "
                        "is 300, h.offset is 18446744073709551615");
    buf_clear(&rig.why);
    rig.bases[0].offset_field = FIELD_NONE;
    rig.values[OFFSET].u = 30;
    assert_int_equal(rig_find(&rig)->at, 35);
    buf_free(&rig.why);
}

/* --- fields ------------------------------------------------------------- */

static void places_fields(void **state)
{
    (void)state;
    struct location places[] = {{.state = LOCATION_KNOWN, .at = 50},
                                {.state = LOCATION_BAD, .at = 60},
                                {.state = LOCATION_KNOWN, .at = UINT64_MAX}};
    struct field field = {.offset = 7, .base = FIELD_NO_BASE};
    uint64_t at;
    assert_true(field_location(&field, NULL, &at));
    assert_int_equal(at, 7);
    field.base = 0;
    assert_true(field_location(&field, places, &at));
    assert_int_equal(at, 57);
    field.base = 1;
    assert_false(field_location(&field, places, &at));
    field.base = 2;
    assert_false(field_location(&field, places, &at));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_elements),
        cmocka_unit_test(judges_numbers),
        cmocka_unit_test(reads_within_the_mapping),
        cmocka_unit_test(follows_parents),
        cmocka_unit_test(leaves_other_mappings),
        cmocka_unit_test(finds_the_newest_buffer),
        cmocka_unit_test(finds_the_newest_offset),
        cmocka_unit_test(adds_another_field),
        cmocka_unit_test(places_fields),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
