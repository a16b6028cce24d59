/* SPDX-License-Identifier: MIT */
/* The ring of rows: cells, gaps, strands. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "sampler/trend_ring.h"

struct room {
    size_t fields;
    size_t bytes;
    size_t max;
    size_t rows;
};

static void stays_within_its_memory(void **state)
{
    (void)state;
    static const struct room rooms[] = {
        {1, 800, 1000, 100},
        {1, 800, 60, 60},
        {10, 800, 60, 10},
        {10, 879, 60, 10},
        {50, 800, 60, 2},
        {51, 800, 60, 0},
        {100, 800, 60, 0},
        {4000000, 800, 60, 0},
        {0, 800, 60, 0},
        {1, 0, 60, 0},
        {1, 800, 0, 0},
        {1, 800, 1, 0},
        {SIZE_MAX / 2, 800, 60, 0},
    };
    for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++) {
        struct trend_ring ring;
        trend_ring_make(&ring, rooms[i].fields, rooms[i].bytes, rooms[i].max,
                        1);
        assert_int_equal(ring.capacity, rooms[i].rows);
        trend_ring_free(&ring);
    }
}

static void make(struct trend_ring *ring, const uint64_t *mappings,
                 size_t fields, size_t rows)
{
    trend_ring_make(ring, fields, rows * fields * sizeof(double), rows, 2);
    for (size_t i = 0; i < fields; i++)
        trend_ring_add(ring, mappings[i]);
    assert_int_equal(ring->capacity, rows);
}

/* The numbers of a field as text, "-" for NaN. */
static void expect(const struct trend_ring *ring, size_t field,
                   const char *wanted)
{
    double numbers[16];
    char text[256] = "";
    size_t count = trend_ring_read(ring, field, numbers, 16);
    for (size_t i = 0; i < count; i++) {
        size_t at = strlen(text);
        if (isnan(numbers[i]))
            snprintf(text + at, sizeof text - at, " -");
        else
            snprintf(text + at, sizeof text - at, " %g", numbers[i]);
    }
    assert_string_equal(text[0] == '\0' ? text : text + 1, wanted);
}

static void begins_with_gaps_and_then_copies(void **state)
{
    (void)state;
    struct trend_ring ring;
    const uint64_t one[] = {1, 1};
    make(&ring, one, 2, 3);
    const struct trend_strand *strand = trend_ring_strand(&ring, 1);
    assert_ptr_equal(strand, trend_ring_strand(&ring, 0));
    assert_null(strand->row);
    expect(&ring, 0, "");
    assert_int_equal(trend_ring_step(&ring, 0, 10), TREND_ROW_BLANK);
    strand->row[1] = 5;
    assert_int_equal(trend_ring_step(&ring, 0, 10), TREND_ROW_COPIED);
    strand->row[0] = 7;
    expect(&ring, 0, "- 7");
    expect(&ring, 1, "5 5");
    trend_ring_forget(&ring, 0);
    expect(&ring, 0, "- -");
    expect(&ring, 1, "5 5");
    trend_ring_free(&ring);
}

static void forgets_the_oldest(void **state)
{
    (void)state;
    struct trend_ring ring;
    const uint64_t one[] = {1, 1, 1};
    make(&ring, one, 3, 5);
    for (int pushed = 1; pushed <= 23; pushed++) {
        trend_ring_step(&ring, 0, 10);
        double *row = trend_ring_strand(&ring, 0)->row;
        row[0] = pushed;
        row[2] = -pushed;
        double out[10];
        size_t have = pushed < 5 ? (size_t)pushed : 5;
        for (size_t asked = 0; asked <= 10; asked++) {
            size_t want = asked < have ? asked : have;
            assert_int_equal(trend_ring_read(&ring, 0, out, asked), want);
            for (size_t i = 0; i < want; i++)
                assert_true(out[i] == pushed - (int)(want - 1 - i));
            assert_int_equal(trend_ring_read(&ring, 2, out, asked), want);
            for (size_t i = 0; i < want; i++)
                assert_true(out[i] == -pushed + (int)(want - 1 - i));
        }
    }
    trend_ring_free(&ring);
}

/* Steps the first strand at `ms` and sets field 0. */
static void put(struct trend_ring *ring, int64_t ms, double number)
{
    trend_ring_step(ring, 0, ms * 1000000);
    ring->strands[0].row[0] = number;
}

static void moves_once_in_a_cell(void **state)
{
    (void)state;
    struct trend_ring ring;
    const uint64_t one[] = {1};
    make(&ring, one, 1, 4);
    trend_ring_set_cell(&ring, 1000000000, 100000000);
    put(&ring, 1000, 1);
    expect(&ring, 0, "1"); /* better than nothing */
    put(&ring, 1500, 2);
    put(&ring, 1999, 3);
    expect(&ring, 0, "3");
    put(&ring, 2000, 4);
    expect(&ring, 0, "3");
    put(&ring, 2900, 5);
    expect(&ring, 0, "3");
    put(&ring, 3000, 6);
    expect(&ring, 0, "3 5");
    /* Nothing is repeated for a stretch without a sample. */
    put(&ring, 9000, 7);
    expect(&ring, 0, "3 5 6");
    put(&ring, 10000, 8);
    expect(&ring, 0, "5 6 7");
    /* The same length forgets nothing, another one does. */
    trend_ring_set_cell(&ring, 1000000000, 200000000);
    expect(&ring, 0, "5 6 7");
    trend_ring_set_cell(&ring, 1000000000, 2000000000);
    expect(&ring, 0, "");
    put(&ring, 11000, 9);
    put(&ring, 11999, 10);
    put(&ring, 12000, 11);
    expect(&ring, 0, "9 10 11"); /* a cell is a sample */
    trend_ring_free(&ring);
}

static void rests_with_one_gap(void **state)
{
    (void)state;
    struct trend_ring ring;
    const uint64_t one[] = {1};
    make(&ring, one, 1, 4);
    trend_ring_set_cell(&ring, 1000000000, 100000000);
    trend_ring_rest(&ring, 1);
    put(&ring, 1000, 1);
    put(&ring, 2000, 2);
    expect(&ring, 0, "1");
    trend_ring_rest(&ring, 1);
    assert_null(ring.strands[0].row);
    trend_ring_rest(&ring, 1);
    expect(&ring, 0, "1 2"); /* there will be no more in this cell */
    assert_int_equal(trend_ring_step(&ring, 0, 2100000000), TREND_ROW_BLANK);
    ring.strands[0].row[0] = 3;
    expect(&ring, 0, "1 2 -");
    put(&ring, 3000, 4);
    expect(&ring, 0, "2 - 3");
    trend_ring_free(&ring);
}

static void keeps_what_another_mapping_left(void **state)
{
    (void)state;
    struct trend_ring ring;
    const uint64_t mappings[] = {1, 1, 2, 1, 3, 3};
    make(&ring, mappings, 6, 4);
    assert_int_equal(ring.strand_count, 3);
    assert_int_equal(ring.run_count, 4);
    for (int i = 0; i < 3; i++)
        for (size_t k = 0; k < 3; k++) {
            trend_ring_step(&ring, k, 10);
            ring.strands[k].row[k == 0 ? 3 : k == 1 ? 2 : 4] = i;
        }
    trend_ring_rest(&ring, 2);
    for (int i = 3; i < 9; i++) {
        trend_ring_step(&ring, 0, 10);
        ring.strands[0].row[3] = i;
    }
    expect(&ring, 3, "5 6 7 8");
    expect(&ring, 2, "0 1 2");
    expect(&ring, 4, "0 1 2");
    expect(&ring, 5, "- - -");
    trend_ring_free(&ring);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stays_within_its_memory),
        cmocka_unit_test(begins_with_gaps_and_then_copies),
        cmocka_unit_test(forgets_the_oldest),
        cmocka_unit_test(moves_once_in_a_cell),
        cmocka_unit_test(rests_with_one_gap),
        cmocka_unit_test(keeps_what_another_mapping_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
