/* SPDX-License-Identifier: MIT */
/*
 * Placement of members, by tables.  What compilers do with thousands of random
 * structs is judged in tests/abi; here are the rules one by one, and what no
 * compiler is asked: fixed offsets, containers, limits.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "layout/abi.h"
#include "layout/c_placement.h"
#include "layout/words.h"

#define COUNT(array) (sizeof array / sizeof *(array))

static void knows_sizes(void **state)
{
    (void)state;
    static const struct {
        enum abi_type type;
        unsigned size[6]; /* by enum abi */
    } rows[] = {
        {ABI_INT, {4, 4, 4, 4, 4, 4}},    {ABI_LONG, {0, 4, 8, 4, 4, 8}},
        {ABI_ULONG, {0, 4, 8, 4, 4, 8}},  {ABI_SIZE_T, {0, 4, 8, 4, 8, 8}},
        {ABI_TIME_T, {0, 4, 8, 8, 8, 8}}, {ABI_WCHAR_T, {0, 4, 4, 2, 2, 4}},
        {ABI_PTR, {0, 4, 8, 4, 8, 8}},    {ABI_BOOL32, {4, 4, 4, 4, 4, 4}},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        for (int abi = ABI_UNKNOWN; abi <= ABI_ARM64_LINUX; abi++) {
            assert_int_equal(abi_size((enum abi)abi, rows[i].type),
                             rows[i].size[abi]);
        }
    }
}

static void knows_every_abi(void **state)
{
    (void)state;
    for (const struct word_row *row = abi_words; row->word; row++) {
        enum abi abi = (enum abi)row->value;
        assert_true(abi_size(abi, ABI_PTR) >= 4);
        assert_int_equal(abi_microsoft_bits(abi),
                         abi == ABI_X86_WINDOWS || abi == ABI_X64_WINDOWS);
    }
    assert_false(abi_microsoft_bits(ABI_UNKNOWN));
}

static void knows_alignments(void **state)
{
    (void)state;
    for (int i = ABI_UNKNOWN; i <= ABI_ARM64_LINUX; i++) {
        enum abi abi = (enum abi)i;
        unsigned eight = abi == ABI_X86_LINUX ? 4 : 8;
        assert_int_equal(abi_alignment(abi, 1), 1);
        assert_int_equal(abi_alignment(abi, 2), 2);
        assert_int_equal(abi_alignment(abi, 4), 4);
        assert_int_equal(abi_alignment(abi, 8), eight);
        assert_int_equal(abi_kind_alignment(abi, KIND_FLOAT, 8), eight);
        assert_int_equal(abi_kind_alignment(abi, KIND_BOOL, 1), 1);
        assert_int_equal(abi_kind_alignment(abi, KIND_CHAR, 64), 1);
        assert_int_equal(abi_kind_alignment(abi, KIND_BYTES, 64), 1);
        assert_int_equal(abi_kind_alignment(abi, KIND_UTF16, 64), 2);
        assert_int_equal(abi_kind_alignment(abi, KIND_UTF32, 64), 4);
        assert_int_equal(abi_kind_alignment(abi, KIND_GUID, 16), 4);
    }
}

static void knows_signs(void **state)
{
    (void)state;
    assert_true(abi_is_signed(ABI_INT));
    assert_true(abi_is_signed(ABI_LONG));
    assert_true(abi_is_signed(ABI_TIME_T));
    assert_false(abi_is_signed(ABI_ULONG));
    assert_false(abi_is_signed(ABI_SIZE_T));
    assert_false(abi_is_signed(ABI_WCHAR_T));
    assert_false(abi_is_signed(ABI_PTR));
    assert_false(abi_is_signed(ABI_BOOL32));
}

/* A member, and where it shall be: byte, and of a bit field the shift and the
 * bytes of its container. */
struct row {
    uint64_t size;
    unsigned alignment; /* 0: that of a number of this size */
    unsigned bits;
    uint64_t at_plus_1; /* 0: not fixed */
    uint64_t offset;
    unsigned shift;
    unsigned container;
};

struct whole {
    const char *what;
    enum abi abi;
    unsigned pack;
    struct row rows[8]; /* up to the first of size 0 */
    uint64_t size;
    unsigned alignment;
};

static const struct whole structs[] = {
    {"empty", ABI_X64_LINUX, 0, {{0}}, 0, 1},
    {"one byte", ABI_X64_LINUX, 0, {{.size = 1}}, 1, 1},
    {"8 bytes at 8",
     ABI_X64_LINUX,
     0,
     {{.size = 1}, {.size = 8, .offset = 8}, {.size = 2, .offset = 16}},
     24,
     8},
    {"8 bytes at 4",
     ABI_X86_LINUX,
     0,
     {{.size = 1}, {.size = 8, .offset = 4}, {.size = 2, .offset = 12}},
     16,
     4},
    {"8 bytes at 8 on 32 bits",
     ABI_X86_WINDOWS,
     0,
     {{.size = 1}, {.size = 8, .offset = 8}},
     16,
     8},
    {"natural", ABI_UNKNOWN, 0, {{.size = 1}, {.size = 8, .offset = 8}}, 16, 8},
    {"pack 1",
     ABI_X64_LINUX,
     1,
     {{.size = 1}, {.size = 8, .offset = 1}, {.size = 2, .offset = 9}},
     11,
     1},
    {"pack 2",
     ABI_X64_LINUX,
     2,
     {{.size = 1}, {.size = 8, .offset = 2}, {.size = 1, .offset = 10}},
     12,
     2},
    {"pack 16 bounds nothing",
     ABI_X86_LINUX,
     16,
     {{.size = 1}, {.size = 8, .offset = 4}},
     12,
     4},
    {"nested of 12 bytes at 4, array of 3 of 2 bytes",
     ABI_X64_LINUX,
     0,
     {{.size = 1},
      {.size = 12, .alignment = 4, .offset = 4},
      {.size = 6, .alignment = 2, .offset = 16}},
     24,
     4},
    /* Fixed offsets. */
    {"on behind a fixed one",
     ABI_X64_LINUX,
     0,
     {{.size = 1},
      {.size = 4, .at_plus_1 = 17, .offset = 16},
      {.size = 1, .offset = 20},
      {.size = 8, .offset = 24}},
     32,
     8},
    {"back to a fixed one",
     ABI_X64_LINUX,
     0,
     {{.size = 8}, {.size = 2, .at_plus_1 = 1}, {.size = 2, .offset = 2}},
     8,
     8},
    {"fixed where no compiler puts it",
     ABI_X64_LINUX,
     0,
     {{.size = 8, .at_plus_1 = 13, .offset = 12}, {.size = 1, .offset = 20}},
     24,
     4},
    {"fixed at an odd byte",
     ABI_X64_LINUX,
     0,
     {{.size = 8, .at_plus_1 = 2, .offset = 1}},
     9,
     1},
    /* Bit fields, System V. */
    {"in one int",
     ABI_X64_LINUX,
     0,
     {{.size = 4, .bits = 3, .container = 4},
      {.size = 4, .bits = 29, .shift = 3, .container = 4},
      {.size = 4, .bits = 1, .offset = 4, .container = 4}},
     8,
     4},
    {"moves on rather than straddle",
     ABI_X64_LINUX,
     0,
     {{.size = 4, .bits = 20, .container = 4},
      {.size = 4, .bits = 20, .offset = 4, .container = 4}},
     8,
     4},
    {"behind a byte, in its int",
     ABI_X64_LINUX,
     0,
     {{.size = 1}, {.size = 4, .bits = 20, .shift = 8, .container = 4}},
     4,
     4},
    {"types mixed",
     ABI_ARM64_LINUX,
     0,
     {{.size = 4, .bits = 5, .container = 4},
      {.size = 1, .bits = 3, .shift = 5, .container = 1},
      {.size = 1, .bits = 1, .offset = 1, .container = 1},
      {.size = 2, .bits = 7, .shift = 9, .container = 2},
      {.size = 1, .offset = 2}},
     4,
     4},
    {"8 bytes over two units of 4",
     ABI_X86_LINUX,
     0,
     {{.size = 4},
      {.size = 8, .bits = 40, .offset = 1, .shift = 24, .container = 8},
      {.size = 8, .bits = 30, .offset = 8, .shift = 8, .container = 8}},
     16,
     4},
    {"8 bytes over three units of 4",
     ABI_X86_LINUX,
     0,
     {{.size = 1}, {.size = 8, .bits = 60, .offset = 4, .container = 8}},
     12,
     4},
    {"packed bit after bit",
     ABI_X64_LINUX,
     1,
     {{.size = 4, .bits = 20, .container = 4},
      {.size = 4, .bits = 20, .offset = 1, .shift = 12, .container = 4}},
     5,
     1},
    {"packed over eight bytes",
     ABI_X64_LINUX,
     1,
     {{.size = 1, .bits = 7, .container = 1},
      {.size = 8, .bits = 57, .shift = 7, .container = 8}},
     8,
     1},
    {"alone in three bytes",
     ABI_X64_LINUX,
     1,
     {{.size = 4, .bits = 20, .container = 4}},
     3,
     1},
    {"pack of the type's size does not move either",
     ABI_X64_LINUX,
     4,
     {{.size = 4, .bits = 20, .container = 4},
      {.size = 4, .bits = 20, .shift = 20, .container = 8}},
     8,
     4},
    {"fixed bits go on",
     ABI_X64_LINUX,
     0,
     {{.size = 4, .bits = 3, .at_plus_1 = 9, .offset = 8, .container = 4},
      {.size = 4, .bits = 5, .offset = 8, .shift = 3, .container = 4}},
     12,
     4},
    /* Bit fields, Microsoft. */
    {"a whole int",
     ABI_X64_WINDOWS,
     0,
     {{.size = 4, .bits = 3, .container = 4}, {.size = 1, .offset = 4}},
     8,
     4},
    {"share by size",
     ABI_X86_WINDOWS,
     0,
     {{.size = 4, .bits = 3, .container = 4},
      {.size = 4, .bits = 29, .shift = 3, .container = 4},
      {.size = 4, .bits = 1, .offset = 4, .container = 4},
      {.size = 1, .bits = 1, .offset = 8, .container = 1},
      {.size = 4, .bits = 1, .offset = 12, .container = 4}},
     16,
     4},
    {"do not share over a whole member",
     ABI_X64_WINDOWS,
     0,
     {{.size = 1, .bits = 1, .container = 1},
      {.size = 1, .offset = 1},
      {.size = 1, .bits = 1, .offset = 2, .container = 1}},
     3,
     1},
    {"units under a pack",
     ABI_X64_WINDOWS,
     2,
     {{.size = 1, .bits = 1, .container = 1},
      {.size = 8, .bits = 60, .offset = 2, .container = 8},
      {.size = 8, .bits = 5, .offset = 10, .container = 8}},
     18,
     2},
    {"fixed bits open a unit",
     ABI_X64_WINDOWS,
     0,
     {{.size = 4, .bits = 3, .container = 4},
      {.size = 4, .bits = 3, .at_plus_1 = 9, .offset = 8, .container = 4},
      {.size = 4, .bits = 3, .offset = 8, .shift = 3, .container = 4}},
     12,
     4},
};

static struct member member_of(const struct row *row, enum abi abi)
{
    return (struct member){
        .size = row->size,
        .alignment = row->alignment ? row->alignment
                                    : abi_alignment(abi, (unsigned)row->size),
        .bits = row->bits,
        .fixed = row->at_plus_1 > 0,
        .at = row->at_plus_1 > 0 ? row->at_plus_1 - 1 : 0,
    };
}

static void places(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(structs); i++) {
        const struct whole *whole = &structs[i];
        struct placing placing;
        place_begin(&placing, whole->abi, whole->pack);
        for (const struct row *row = whole->rows; row->size > 0; row++) {
            struct member member = member_of(row, whole->abi);
            if (place_member(&placing, &member) != PLACED ||
                member.offset != row->offset || member.shift != row->shift ||
                member.container != row->container) {
                fail_msg("%s: member %d at %llu, bit %d of %d bytes",
                         whole->what, (int)(row - whole->rows),
                         (unsigned long long)member.offset, member.shift,
                         member.container);
            }
        }
        uint64_t size;
        unsigned alignment;
        assert_true(place_end(&placing, &size, &alignment));
        if (size != whole->size || alignment != whole->alignment) {
            fail_msg("%s: %llu bytes at %u", whole->what,
                     (unsigned long long)size, alignment);
        }
    }
}

/* Every width at every bit, packed: the container holds the bits, and is within
 * the struct so far whenever 1, 2, 4 or 8 bytes are. */
static void holds_packed_bits(void **state)
{
    (void)state;
    for (unsigned before = 1; before <= 64; before++) {
        for (unsigned bits = 1; bits <= 64; bits++) {
            struct placing placing;
            place_begin(&placing, ABI_X86_LINUX, 1);
            struct member pad = {.size = 8, .alignment = 4, .bits = before};
            assert_int_equal(place_member(&placing, &pad), PLACED);
            struct member got = {.size = 8, .alignment = 4, .bits = bits};
            enum placed placed = place_member(&placing, &got);
            assert_int_equal(placed,
                             before % 8 + bits > 64 ? PLACED_ACROSS : PLACED);
            if (placed == PLACED) {
                assert_int_equal(got.offset * 8 + got.shift, before);
                assert_true(got.shift + bits <= got.container * 8u);
                uint64_t end = (before + bits + 7) / 8;
                assert_true(got.offset + got.container <= end ||
                            got.offset == 0);
            }
        }
    }
}

static void refuses_bits_in_nine_bytes(void **state)
{
    (void)state;
    struct placing placing;
    place_begin(&placing, ABI_X64_LINUX, 1);
    struct member one = {.size = 1, .alignment = 1, .bits = 1};
    assert_int_equal(place_member(&placing, &one), PLACED);
    struct member wide = {.size = 8, .alignment = 8, .bits = 64};
    assert_int_equal(place_member(&placing, &wide), PLACED_ACROSS);
    uint64_t size;
    unsigned alignment;
    assert_true(place_end(&placing, &size, &alignment));
    assert_int_equal(size, 1); /* as if it had not been asked */
    assert_int_equal(alignment, 1);
    assert_int_equal(place_member(&placing, &one), PLACED);
    assert_int_equal(one.shift, 1);
}

static void keeps_to_the_limit(void **state)
{
    (void)state;
    static const struct {
        struct member member;
        enum placed placed;
    } rows[] = {
        {{.size = LAYOUT_SIZE_MAX, .alignment = 8}, PLACED},
        {{.size = LAYOUT_SIZE_MAX + 1, .alignment = 1}, PLACED_TOO_LARGE},
        {{.size = UINT64_MAX, .alignment = 1}, PLACED_TOO_LARGE},
        {{.size = 1, .alignment = 1, .fixed = true, .at = LAYOUT_SIZE_MAX - 1},
         PLACED},
        {{.size = 1, .alignment = 1, .fixed = true, .at = LAYOUT_SIZE_MAX},
         PLACED_TOO_LARGE},
        {{.size = 8, .alignment = 8, .fixed = true, .at = UINT64_MAX - 7},
         PLACED_TOO_LARGE},
        {{.size = 1,
          .alignment = 1,
          .bits = 8,
          .fixed = true,
          .at = LAYOUT_SIZE_MAX},
         PLACED_TOO_LARGE},
        {{.size = 8,
          .alignment = 8,
          .bits = 1,
          .fixed = true,
          .at = UINT64_MAX},
         PLACED_TOO_LARGE},
    };
    static const enum abi abis[] = {ABI_X64_LINUX, ABI_X64_WINDOWS};
    for (size_t i = 0; i < COUNT(rows) * COUNT(abis); i++) {
        struct member member = rows[i / COUNT(abis)].member;
        struct placing placing;
        place_begin(&placing, abis[i % COUNT(abis)], 0);
        assert_int_equal(place_member(&placing, &member),
                         rows[i / COUNT(abis)].placed);
    }
}

static void stops_behind_the_limit(void **state)
{
    (void)state;
    struct placing placing;
    place_begin(&placing, ABI_X64_LINUX, 0);
    struct member all = {.size = LAYOUT_SIZE_MAX, .alignment = 1};
    struct member byte = {.size = 1, .alignment = 1};
    struct member bit = {.size = 1, .alignment = 1, .bits = 1};
    assert_int_equal(place_member(&placing, &all), PLACED);
    assert_int_equal(place_member(&placing, &byte), PLACED_TOO_LARGE);
    assert_int_equal(place_member(&placing, &bit), PLACED_TOO_LARGE);
    assert_true(place_end(&placing, NULL, NULL));

    struct member huge = {.size = 8, .alignment = 1u << 31};
    assert_int_equal(place_member(&placing, &huge), PLACED_TOO_LARGE);

    place_begin(&placing, ABI_X64_LINUX, 0);
    struct member most = {.size = LAYOUT_SIZE_MAX - 1, .alignment = 1};
    struct member wide = {.size = 8, .alignment = 8, .fixed = true, .at = 8};
    assert_int_equal(place_member(&placing, &most), PLACED);
    assert_int_equal(place_member(&placing, &wide), PLACED);
    uint64_t size;
    assert_true(place_end(&placing, &size, NULL));
    assert_int_equal(size, LAYOUT_SIZE_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_sizes),
        cmocka_unit_test(knows_every_abi),
        cmocka_unit_test(knows_alignments),
        cmocka_unit_test(knows_signs),
        cmocka_unit_test(places),
        cmocka_unit_test(holds_packed_bits),
        cmocka_unit_test(refuses_bits_in_nine_bytes),
        cmocka_unit_test(keeps_to_the_limit),
        cmocka_unit_test(stops_behind_the_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
