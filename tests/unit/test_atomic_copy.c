/* SPDX-License-Identifier: MIT */
/* The copy primitive: right bytes, no torn words. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/os.h"
#include "source/atomic_copy.h"

/* --- bytes ---------------------------------------------------------------- */

/* Every length and both alignments within 16, with watchmen on both sides. */
static void test_bytes(void **state)
{
    (void)state;
    enum { WORDS = 200 };
    uint64_t from[WORDS + 2], out[WORDS + 4];
    for (size_t i = 0; i < WORDS + 2; i++)
        from[i] = 0x0101010101010101u * (i + 1) ^ ((uint64_t)i << 40);
    for (size_t words = 0; words <= WORDS; words++)
        for (size_t shift = 0; shift < 4; shift++) {
            const uint64_t *source = from + shift % 2;
            uint64_t *to = out + 1 + shift / 2;
            memset(out, 0xee, sizeof out);
            atomic_copy(to, source, words * 8);
            assert_memory_equal(to, source, words * 8);
            assert_int_equal(to[-1], 0xeeeeeeeeeeeeeeeeu);
            assert_int_equal(to[words], 0xeeeeeeeeeeeeeeeeu);
        }
}

/* --- tearing ------------------------------------------------------------- */

#define HOT_WORDS 512

struct hot {
    uint64_t words[HOT_WORDS];
    int stop;
};

/* Each word is always n * 0x100000001: both halves alike. */
static void *write_hot(void *user)
{
    struct hot *hot = user;
    uint32_t n = 0;
    while (!__atomic_load_n(&hot->stop, __ATOMIC_RELAXED)) {
        n++;
        for (size_t i = 0; i < HOT_WORDS; i++)
            __atomic_store_n(&hot->words[i],
                             (uint64_t)n * UINT64_C(0x100000001),
                             __ATOMIC_RELAXED);
    }
    return NULL;
}

static void test_tearing(void **state)
{
    (void)state;
    struct hot *hot = mem_zalloc(1, sizeof *hot);
    pthread_t writer;
    uint64_t copy[HOT_WORDS];
    uint64_t reads = 0, seen_changes = 0, last = 0;
    int64_t end_ns = os_mono_ns() + 1000000000;
    assert_int_equal(pthread_create(&writer, NULL, write_hot, hot), 0);
    /* All lengths, so that the fast path and its edges take part. */
    for (size_t words = 1; os_mono_ns() < end_ns || words != 1;
         words = words % HOT_WORDS + 1) {
        const uint64_t *from = hot->words + HOT_WORDS - words;
        atomic_copy(copy, from, words * 8);
        for (size_t i = 0; i < words; i++)
            if ((uint32_t)copy[i] != (uint32_t)(copy[i] >> 32))
                fail_msg("torn: %016llx", (unsigned long long)copy[i]);
        seen_changes += copy[0] != last;
        last = copy[0];
        reads += words;
    }
    __atomic_store_n(&hot->stop, 1, __ATOMIC_RELAXED);
    pthread_join(writer, NULL);
    free(hot);
    print_message("%llu words read, %llu changes seen\n",
                  (unsigned long long)reads, (unsigned long long)seen_changes);
    assert_true(seen_changes > 0);
}

/* --- stores -------------------------------------------------------------- */

static void test_stores(void **state)
{
    (void)state;
    uint64_t space[6];
    uint8_t bytes[32], mask[32], expected[sizeof space];
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (uint8_t)(0x10 + i);
        mask[i] = (uint8_t)(0x5a << (i % 3));
    }
    for (size_t at = 8; at < 16; at++)
        for (size_t size = 0; size <= sizeof bytes; size++)
            for (int masked = 0; masked < 2; masked++) {
                memset(space, 0xcc, sizeof space);
                memset(expected, 0xcc, sizeof expected);
                for (size_t i = 0; i < size; i++)
                    expected[at + i] = masked ? (uint8_t)((0xcc & ~mask[i]) |
                                                          (bytes[i] & mask[i]))
                                              : bytes[i];
                atomic_store_bits((uint8_t *)space + at, bytes,
                                  masked ? mask : NULL, size);
                assert_memory_equal(space, expected, sizeof space);
            }
}

struct bit_job {
    uint64_t *word;
    uint8_t bytes[8];
    uint8_t mask[8];
};

/* Counts in its own bits, and must never lose the other's. */
static void *count_bits(void *user)
{
    struct bit_job *job = user;
    size_t own = job->mask[0] ? 0 : 4;
    for (uint32_t n = 1; n <= 200000; n++) {
        memcpy(job->bytes + own, &n, sizeof n);
        atomic_store_bits(job->word, job->bytes, job->mask, 8);
    }
    return NULL;
}

static void test_masked_stores_of_two(void **state)
{
    (void)state;
    uint64_t word = 0;
    struct bit_job low = {&word, {0}, {255, 255, 255, 255}};
    struct bit_job high = {&word, {0}, {0, 0, 0, 0, 255, 255, 255, 255}};
    pthread_t other;
    uint32_t halves[2];
    assert_int_equal(pthread_create(&other, NULL, count_bits, &low), 0);
    count_bits(&high);
    pthread_join(other, NULL);
    memcpy(halves, &word, sizeof word);
    assert_int_equal(halves[0], 200000);
    assert_int_equal(halves[1], 200000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bytes),
        cmocka_unit_test(test_tearing),
        cmocka_unit_test(test_stores),
        cmocka_unit_test(test_masked_stores_of_two),
    };
    return cmocka_run_group_tests_name("snapshot", tests, NULL, NULL);
}
