/* SPDX-License-Identifier: MIT */
/* Copies and stores shared memory.  Every aligned word of 8 bytes is moved by
 * one access that the processor does not split; memcpy would tear.  Faults are
 * caught by guard_*.c. */
#include "source/atomic_copy.h"

#include <stdbool.h>
#include <string.h>

#include "base/err.h"

#define WORD sizeof(uint64_t)
#define BLOCK 64 /* bytes per round of the unrolled loops */

static uint64_t load(const uint64_t *from)
{
    return __atomic_load_n(from, __ATOMIC_RELAXED);
}

/* All loads come before the stores, so that the processor overlaps them.  The
 * compiler may not merge or vectorise atomic loads. */
static void copy_words(uint64_t *out, const uint64_t *from, size_t len)
{
    for (; len >= BLOCK; len -= BLOCK, out += 8, from += 8) {
        uint64_t a = load(from), b = load(from + 1);
        uint64_t c = load(from + 2), d = load(from + 3);
        uint64_t e = load(from + 4), f = load(from + 5);
        uint64_t g = load(from + 6), h = load(from + 7);
        out[0] = a, out[1] = b, out[2] = c, out[3] = d;
        out[4] = e, out[5] = f, out[6] = g, out[7] = h;
    }
    for (; len > 0; len -= WORD)
        *out++ = load(from++);
}

#if defined(__x86_64__)
/* Intel and AMD guarantee that aligned 16-byte loads are atomic on processors
 * with AVX (SDM volume 3A 9.1.1, APM volume 2 7.3.2).  This is as fast as
 * memcpy. */
static size_t copy_pairs(uint64_t *out, const uint64_t *from, size_t len)
{
    size_t done = 0;
    for (; len - done >= BLOCK; done += BLOCK) {
        __asm__ volatile("movdqa   (%1), %%xmm0\n\t"
                         "movdqa 16(%1), %%xmm1\n\t"
                         "movdqa 32(%1), %%xmm2\n\t"
                         "movdqa 48(%1), %%xmm3\n\t"
                         "movdqu %%xmm0,   (%0)\n\t"
                         "movdqu %%xmm1, 16(%0)\n\t"
                         "movdqu %%xmm2, 32(%0)\n\t"
                         "movdqu %%xmm3, 48(%0)"
                         :
                         : "r"(out + done / WORD), "r"(from + done / WORD)
                         : "memory", "xmm0", "xmm1", "xmm2", "xmm3");
    }
    return done;
}

static size_t copy_fast(uint64_t *out, const uint64_t *from, size_t len)
{
    if (len < 4 * BLOCK || !__builtin_cpu_supports("avx"))
        return 0;
    size_t head = (uintptr_t)from % 16;
    copy_words(out, from, head);
    return head + copy_pairs(out + head / WORD, from + head / WORD, len - head);
}
#else
static size_t copy_fast(uint64_t *out, const uint64_t *from, size_t len)
{
    (void)out, (void)from, (void)len;
    return 0;
}
#endif

void atomic_copy(void *out, const void *from, size_t len)
{
    CHECK(((uintptr_t)out | (uintptr_t)from | len) % WORD == 0);
    uint64_t *to = out;
    const uint64_t *words = from;
    size_t done = copy_fast(to, words, len);
    copy_words(to + done / WORD, words + done / WORD, len - done);
}

/* Stores one piece of `bits` bits. */
#define STORE(bits)                                                            \
    do {                                                                       \
        uint##bits##_t *word = (uint##bits##_t *)to;                           \
        uint##bits##_t new, keep = 0, old, next;                               \
        memcpy(&new, bytes, sizeof new);                                       \
        if (!mask) {                                                           \
            __atomic_store_n(word, new, __ATOMIC_RELAXED);                     \
            return;                                                            \
        }                                                                      \
        memcpy(&keep, mask, sizeof keep);                                      \
        new &= keep;                                                           \
        keep = (uint##bits##_t) ~keep;                                         \
        old = __atomic_load_n(word, __ATOMIC_RELAXED);                         \
        do                                                                     \
            next = (uint##bits##_t)((old & keep) | new);                       \
        while (!__atomic_compare_exchange_n(                                   \
            word, &old, next, true, __ATOMIC_RELAXED, __ATOMIC_RELAXED));      \
    } while (0)

static void store_piece(uint8_t *to, const uint8_t *bytes, const uint8_t *mask,
                        size_t size)
{
    switch (size) {
    case 8:
        STORE(64);
        break;
    case 4:
        STORE(32);
        break;
    case 2:
        STORE(16);
        break;
    default:
        STORE(8);
        break;
    }
}

void atomic_store_bits(void *to, const uint8_t *bytes, const uint8_t *mask,
                       size_t size)
{
    uint8_t *at = to;
    CHECK(to && bytes);
    for (size_t done = 0; done < size;) {
        size_t piece = WORD;
        while ((uintptr_t)(at + done) % piece != 0 || piece > size - done)
            piece /= 2;
        store_piece(at + done, bytes + done, mask ? mask + done : NULL, piece);
        done += piece;
    }
}

void fence_release(void)
{
    __atomic_thread_fence(__ATOMIC_RELEASE);
}

void fence_acquire(void)
{
    __atomic_thread_fence(__ATOMIC_ACQUIRE);
}
