/* SPDX-License-Identifier: MIT */
/* Allocation and the arena. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "os_rig.h"

static void test_heap(void **state)
{
    unsigned char *bytes = mem_zalloc(1000, 3);
    char *copy;
    size_t i;

    (void)state;
    for (i = 0; i < 3000; i++)
        assert_int_equal(bytes[i], 0);
    bytes[2999] = 7;
    bytes = mem_resize(bytes, 5000, 2);
    assert_int_equal(bytes[2999], 7);
    bytes[9999] = 1;
    free(bytes);
    bytes = mem_zalloc(0, 8);
    assert_non_null(bytes);
    free(bytes);
    bytes = mem_resize(NULL, 0, 0);
    assert_non_null(bytes);
    free(bytes);
    copy = mem_strdup("text");
    assert_string_equal(copy, "text");
    free(copy);
}

/* An array keeps its items while it grows, wherever it was shortened to. */
static void test_grow(void **state)
{
    struct arena *arena = arena_new();
    uint32_t *items = NULL, *in_arena = NULL;
    size_t count = 0, arena_count = 0;
    (void)state;
    for (uint32_t i = 0; i < 5000; i++) {
        *MEM_ADD(items, count) = i;
        *ARENA_ADD(arena, in_arena, arena_count) = i;
    }
    assert_int_equal(count, 5000);
    assert_int_equal(arena_count, 5000);
    for (uint32_t i = 0; i < 5000; i++) {
        assert_int_equal(items[i], i);
        assert_int_equal(in_arena[i], i);
    }
    for (size_t shorter = 0; shorter < 70; shorter++) {
        count = shorter;
        for (uint32_t i = (uint32_t)shorter; i < 140; i++)
            *MEM_ADD(items, count) = i;
    }
    for (uint32_t i = 69; i < 140; i++)
        assert_int_equal(items[i], i);
    free(items);
    arena_free(arena);
}

static int exit_code_of(void (*end)(void))
{
    char said[1000];

    return os_rig_child(end, said, sizeof said);
}

static void overflow_zalloc(void)
{
    mem_zalloc(SIZE_MAX / 2, 3);
}

static void overflow_resize(void)
{
    mem_resize(NULL, 3, SIZE_MAX / 2);
}

static void overflow_arena(void)
{
    arena_alloc(arena_new(), SIZE_MAX / 8, 16);
}

static void test_overflow(void **state)
{
    (void)state;
    assert_int_equal(exit_code_of(overflow_zalloc), 70);
    assert_int_equal(exit_code_of(overflow_resize), 70);
    assert_int_equal(exit_code_of(overflow_arena), 70);
}

/* Pieces of all sizes keep their contents and do not overlap. */
static void test_arena(void **state)
{
    struct arena *arena = arena_new();
    unsigned char *pieces[600];
    size_t i;
    size_t j;

    (void)state;
    for (i = 0; i < 600; i++) {
        size_t size = i * i / 4;

        pieces[i] = arena_alloc(arena, size, 1);
        assert_int_equal((uintptr_t)pieces[i] % _Alignof(max_align_t), 0);
        for (j = 0; j < size; j++)
            assert_int_equal(pieces[i][j], 0);
        memset(pieces[i], (int)(i % 251 + 1), size);
    }
    for (i = 0; i < 600; i++)
        for (j = 0; j < i * i / 4; j++)
            assert_int_equal(pieces[i][j], i % 251 + 1);
    arena_free(arena);
    arena_free(NULL);
    arena_free(arena_new());
}

static void test_arena_text(void **state)
{
    struct arena *arena = arena_new();
    char *text = arena_strdup(arena, "one");
    char *part = arena_strndup(arena, "two three", 3);
    char *none = arena_strndup(arena, NULL, 0);
    char *printed = arena_printf(arena, "%s-%s-%05d", text, part, 42);
    char *huge = arena_printf(arena, "%*d", 1000000, 7);

    (void)state;
    assert_string_equal(text, "one");
    assert_string_equal(part, "two");
    assert_string_equal(none, "");
    assert_string_equal(printed, "one-two-00042");
    assert_int_equal(strlen(huge), 1000000);
    assert_string_equal(arena_strdup(arena, "last"), "last");
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_heap),       cmocka_unit_test(test_grow),
        cmocka_unit_test(test_overflow),   cmocka_unit_test(test_arena),
        cmocka_unit_test(test_arena_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
