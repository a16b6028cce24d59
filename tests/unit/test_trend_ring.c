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
        {1, 800, 1000, 49},    {1, 800, 40, 40},
        {10, 800, 60, 9},      {10, 887, 60, 9},
        {10, 888, 60, 10},     {48, 800, 60, 2},
        {49, 800, 60, 0},      {100, 800, 60, 0},
        {4000000, 800, 60, 0}, {0, 800, 60, 0},
        {1, 0, 60, 0},         {1, 800, 0, 0},
        {1, 800, 1, 0},        {SIZE_MAX / 2, 800, 60, 0},
    };
    for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++) {
        struct trend_ring ring;
        trend_ring_make(&ring, rooms[i].fields, 1);
        trend_ring_reserve(&ring, rooms[i].bytes, rooms[i].max);
        assert_int_equal(ring.capacity, rooms[i].rows);
        trend_ring_free(&ring);
    }
}

static void make(struct trend_ring *ring, const uint64_t *mappings,
                 size_t fields, size_t rows)
{
    trend_ring_make(ring, fields, 2);
    for (size_t i = 0; i < fields; i++)
        trend_ring_add(ring, mappings[i]);
    trend_ring_reserve(ring, 1 << 16, rows);
    assert_int_equal(ring->capacity, rows);
}

/* Numbers as text, "-" for NaN. */
static void expect_numbers(const double *numbers, size_t count,
                           const char *wanted)
{
    char text[256] = "";
    for (size_t i = 0; i < count; i++) {
        size_t at = strlen(text);
        if (isnan(numbers[i]))
            snprintf(text + at, sizeof text - at, " -");
        else
            snprintf(text + at, sizeof text - at, " %g", numbers[i]);
    }
    assert_string_equal(text[0] == '\0' ? text : text + 1, wanted);
}

static void expect(const struct trend_ring *ring, size_t field,
                   const char *wanted)
{
    double numbers[16];
    expect_numbers(numbers, trend_ring_read(ring, field, numbers, 16), wanted);
}

static void expect_at(const struct trend_ring *ring, int64_t ms,
                      const char *wanted)
{
    double numbers[16];
    size_t count = trend_ring_read_at(ring, 0, ms * 1000000, numbers, 16);
    expect_numbers(numbers, count, wanted);
}

static void begins_with_gaps_and_then_copies(void **state)
{
    (void)state;
    struct trend_ring ring;
    const uint64_t one[] = {1, 1};
    make(&ring, one, 2, 3);
    const struct trend_strand *strand = trend_ring_strand(&ring, 1);
    assert_ptr_equal(strand, trend_ring_strand(&ring, 0));
    assert_null(strand->cells.row);
    expect(&ring, 0, "");
    assert_int_equal(trend_ring_step(&ring, 0, 10), TREND_ROW_BLANK);
    strand->cells.row[1] = 5;
    assert_int_equal(trend_ring_step(&ring, 0, 10), TREND_ROW_COPIED);
    strand->cells.row[0] = 7;
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
        double *row = trend_ring_strand(&ring, 0)->cells.row;
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
    trend_cells_put(&ring->strands[0].cells, 0, number);
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
    assert_null(ring.strands[0].cells.row);
    trend_ring_rest(&ring, 1);
    expect(&ring, 0, "1 2"); /* there will be no more in this cell */
    assert_int_equal(trend_ring_step(&ring, 0, 2100000000), TREND_ROW_BLANK);
    ring.strands[0].cells.row[0] = 3;
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
            ring.strands[k].cells.row[k == 0 ? 3 : k == 1 ? 2 : 4] = i;
        }
    trend_ring_rest(&ring, 2);
    for (int i = 3; i < 9; i++) {
        trend_ring_step(&ring, 0, 10);
        ring.strands[0].cells.row[3] = i;
    }
    expect(&ring, 3, "5 6 7 8");
    expect(&ring, 2, "0 1 2");
    expect(&ring, 4, "0 1 2");
    expect(&ring, 5, "- - -");
    trend_ring_free(&ring);
}

/* Puts numbers into one cell, which begins with the first of them, and ends it.
 */
static void put_cell(struct trend_ring *ring, int64_t cell,
                     const double *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++)
        put(ring, cell * 1000 + (int64_t)i * 10, numbers[i]);
}

static void keeps_the_farthest_of_a_cell(void **state)
{
    (void)state;
    struct trend_ring ring;
    const uint64_t one[] = {1};
    make(&ring, one, 1, 16);
    trend_ring_set_cell(&ring, 1000000000, 10000000);
    put_cell(&ring, 1, (const double[]){5, 9, 5},
             3); /* none before: the last */
    put_cell(&ring, 2, (const double[]){5, 100, 5}, 3);
    put_cell(&ring, 3, (const double[]){5, 6, 7}, 3); /* farthest from 100 */
    put_cell(&ring, 4, (const double[]){6, 7, 8}, 3); /* a counter */
    put_cell(&ring, 5, (const double[]){9, 7, 8}, 3);
    put_cell(&ring, 6, (const double[]){8, 6, 8}, 3); /* a tie */
    put_cell(&ring, 7, (const double[]){7, 9, 7}, 3);
    put_cell(&ring, 8, (const double[]){7, NAN, 8}, 3);
    put_cell(&ring, 9, (const double[]){7, 20, NAN}, 3);
    put_cell(&ring, 10, (const double[]){NAN, 4, NAN}, 3);
    put_cell(&ring, 11, (const double[]){NAN, NAN}, 2);
    put_cell(&ring, 12, (const double[]){1, 9, 3}, 3);
    put_cell(&ring, 13, (const double[]){INFINITY, 3}, 2);
    put_cell(&ring, 14, (const double[]){3}, 1);
    expect(&ring, 0, "5 100 5 8 7 8 7 8 20 4 - 3 inf");
    /* What is not the last number is noted; trends.c sets it in the next row.
     */
    assert_int_equal(ring.passed[0], 1);
    trend_ring_free(&ring);
}

static void each_sample_is_its_own_cell(void **state)
{
    (void)state;
    struct trend_ring ring;
    const uint64_t one[] = {1};
    make(&ring, one, 1, 16);
    trend_ring_set_cell(&ring, 1000000000, 1000000000);
    put(&ring, 1000, 5);
    put(&ring, 2000, 100);
    put(&ring, 3000, 5);
    put(&ring, 4000, NAN);
    put(&ring, 5000, 6);
    expect(&ring, 0, "5 100 5 - 6");
    assert_int_equal(ring.passed[0], 0);
    expect_at(&ring, 999, "");
    expect_at(&ring, 1000, "5");
    expect_at(&ring, 4999, "5 100 5 -");
    expect_at(&ring, 5000, "5 100 5 - 6");
    trend_ring_free(&ring);
}

static void reads_as_of_an_earlier_instant(void **state)
{
    (void)state;
    struct trend_ring ring;
    const uint64_t one[] = {1};
    make(&ring, one, 1, 5);
    trend_ring_set_cell(&ring, 1000000000, 100000000);
    expect_at(&ring, 5000, "");
    put(&ring, 1200, 1);
    put(&ring, 2500, 2);
    put(&ring, 4000, 4);
    expect_at(&ring, 1999, "");
    expect_at(&ring, 2000, "1");
    expect_at(&ring, 2999, "1");
    expect_at(&ring, 3000, "1 2");
    expect_at(&ring, 4999, "1 2");
    expect_at(&ring, 5000, "1 2 4");
    /* After a rest the row before is complete; so is the gap. */
    trend_ring_rest(&ring, 1);
    put(&ring, 4500, 5);
    expect_at(&ring, 4499, "1 2");
    expect_at(&ring, 4500, "1 2 4 -");
    expect_at(&ring, 4999, "1 2 4 -");
    expect_at(&ring, 5000, "1 2 4 - 5");
    /* Rows that were overwritten are not there. */
    put(&ring, 6000, 6);
    put(&ring, 7000, 7);
    expect_at(&ring, 3000, "");
    expect_at(&ring, 6000, "4 - 5");
    expect_at(&ring, 60000, "4 - 5 6 7");
    /* A jump of the period: rows keep their own times. */
    trend_ring_set_cell(&ring, 1000000000, 1000000000);
    put(&ring, 8000, 8);
    expect_at(&ring, 7999, "- 5 6");
    expect_at(&ring, 8000, "- 5 6 7 8");
    trend_ring_free(&ring);
}

static void forgets_a_field(void **state)
{
    (void)state;
    struct trend_ring ring;
    const uint64_t one[] = {1};
    make(&ring, one, 1, 4);
    trend_ring_forget(&ring, 0);
    trend_ring_set_cell(&ring, 1000000000, 100000000);
    put(&ring, 1000, 1);
    trend_ring_forget(&ring, 0);
    put(&ring, 1500, 2);
    put(&ring, 2000, 3);
    put(&ring, 3000, 4);
    expect(&ring, 0, "2 3");
    trend_ring_forget(&ring, 0);
    put(&ring, 3500, 1);
    put(&ring, 3600, 2); /* it is not compared with what was before */
    put(&ring, 4000, 3);
    expect(&ring, 0, "- - 2");
    expect_at(&ring, 4000, "- - 2");
    expect_at(&ring, 3000, "- -");
    for (int64_t i = 5; i < 9; i++)
        put(&ring, i * 1000, (double)i);
    expect(&ring, 0, "5 6 7");
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
        cmocka_unit_test(keeps_the_farthest_of_a_cell),
        cmocka_unit_test(each_sample_is_its_own_cell),
        cmocka_unit_test(reads_as_of_an_earlier_instant),
        cmocka_unit_test(forgets_a_field),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
