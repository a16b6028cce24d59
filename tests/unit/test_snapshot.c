/* SPDX-License-Identifier: MIT */
/* The copy primitive: right bytes, no torn words, faults that are survived. */
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "source/guard.h"
#include "source/snapshot.h"

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
            snapshot_copy(to, source, words * 8);
            assert_memory_equal(to, source, words * 8);
            assert_int_equal(to[-1], 0xeeeeeeeeeeeeeeeeu);
            assert_int_equal(to[words], 0xeeeeeeeeeeeeeeeeu);
        }
}

/* --- tearing ----------------------------------------------------------------
 */

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

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

static void test_tearing(void **state)
{
    (void)state;
    struct hot *hot = mmap(NULL, sizeof *hot, PROT_READ | PROT_WRITE,
                           MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(hot != MAP_FAILED);
    pthread_t writer;
    uint64_t copy[HOT_WORDS];
    uint64_t reads = 0, seen_changes = 0, last = 0;
    int64_t end_ns = now_ns() + 1000000000;
    assert_int_equal(pthread_create(&writer, NULL, write_hot, hot), 0);
    /* All lengths, so that the fast path and its edges take part. */
    for (size_t words = 1; now_ns() < end_ns || words != 1;
         words = words % HOT_WORDS + 1) {
        const uint64_t *from = hot->words + HOT_WORDS - words;
        snapshot_copy(copy, from, words * 8);
        for (size_t i = 0; i < words; i++)
            if ((uint32_t)copy[i] != (uint32_t)(copy[i] >> 32))
                fail_msg("torn: %016llx", (unsigned long long)copy[i]);
        seen_changes += copy[0] != last;
        last = copy[0];
        reads += words;
    }
    __atomic_store_n(&hot->stop, 1, __ATOMIC_RELAXED);
    pthread_join(writer, NULL);
    munmap(hot, sizeof *hot);
    print_message("%llu words read, %llu changes seen\n",
                  (unsigned long long)reads, (unsigned long long)seen_changes);
    assert_true(seen_changes > 0);
}

/* --- stores -----------------------------------------------------------------
 */

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
                snapshot_store((uint8_t *)space + at, bytes,
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
        snapshot_store(job->word, job->bytes, job->mask, 8);
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

/* --- faults -----------------------------------------------------------------
 */

#define FILE_BYTES 65536

struct shared {
    int fd;
    uint8_t *map;
};

static struct shared make_shared(void)
{
    struct shared shared;
    guard_install(); /* cmocka takes its place before each test */
    shared.fd = memfd_create("snapshot", MFD_CLOEXEC);
    assert_true(shared.fd >= 0);
    assert_int_equal(ftruncate(shared.fd, FILE_BYTES), 0);
    shared.map = mmap(NULL, FILE_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED,
                      shared.fd, 0);
    assert_true(shared.map != MAP_FAILED);
    memset(shared.map, 0x77, FILE_BYTES);
    return shared;
}

static void drop_shared(struct shared *shared)
{
    munmap(shared->map, FILE_BYTES);
    close(shared->fd);
}

struct copy {
    uint8_t *out;
    const uint8_t *from;
};

static void copy_all(void *user)
{
    struct copy *copy = user;
    snapshot_copy(copy->out, copy->from, FILE_BYTES);
}

static void test_guard(void **state)
{
    (void)state;
    struct shared shared = make_shared();
    uint8_t *out = malloc(FILE_BYTES);
    struct copy copy = {out, shared.map};
    /* Again and again: the signal must not stay blocked. */
    for (int i = 0; i < 1000; i++) {
        memset(out, 0, FILE_BYTES);
        assert_true(guard_run(copy_all, &copy, shared.map, FILE_BYTES));
        assert_int_equal(out[FILE_BYTES - 1], 0x77);
        assert_int_equal(ftruncate(shared.fd, 4096), 0);
        assert_false(guard_run(copy_all, &copy, shared.map, FILE_BYTES));
        assert_int_equal(out[4095], 0x77);
        assert_int_equal(ftruncate(shared.fd, FILE_BYTES), 0);
        memset(shared.map, 0x77, FILE_BYTES);
    }
    free(out);
    drop_shared(&shared);
}

static void *shrink_and_grow(void *user)
{
    struct shared *shared = user;
    for (int i = 0; i < 20000; i++) {
        if (ftruncate(shared->fd, 4096) != 0 ||
            ftruncate(shared->fd, FILE_BYTES) != 0)
            abort();
    }
    __atomic_store_n(&shared->fd, -1, __ATOMIC_RELEASE);
    return NULL;
}

static void *copy_until_done(void *user)
{
    struct shared *shared = user;
    uint8_t *out = malloc(FILE_BYTES);
    struct copy copy = {out, shared->map};
    size_t faults = 0;
    while (__atomic_load_n(&shared->fd, __ATOMIC_ACQUIRE) >= 0)
        faults += !guard_run(copy_all, &copy, shared->map, FILE_BYTES);
    free(out);
    return (void *)faults;
}

/* Two threads copy while a third shrinks: each has a guard of its own. */
static void test_guard_of_threads(void **state)
{
    (void)state;
    struct shared shared = make_shared();
    int fd = shared.fd;
    pthread_t shrinker, copier;
    void *faults = NULL;
    assert_int_equal(pthread_create(&copier, NULL, copy_until_done, &shared),
                     0);
    assert_int_equal(pthread_create(&shrinker, NULL, shrink_and_grow, &shared),
                     0);
    void *own = copy_until_done(&shared);
    pthread_join(shrinker, NULL);
    pthread_join(copier, &faults);
    print_message("%zu and %zu copies cut short\n", (size_t)own,
                  (size_t)faults);
    assert_true((size_t)own + (size_t)faults > 0);
    shared.fd = fd;
    drop_shared(&shared);
}

/* What must still kill; run in a child, returns the signal it died of. */
static int dies_of(void (*act)(struct shared *shared))
{
    struct shared shared = make_shared();
    struct copy copy = {malloc(FILE_BYTES), shared.map};
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        signal(SIGBUS, SIG_DFL); /* what stood there would report */
        guard_install();
        alarm(20);
        if (!guard_run(copy_all, &copy, shared.map, FILE_BYTES))
            _exit(1);
        act(&shared);
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    free(copy.out);
    drop_shared(&shared);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void fault_unguarded(struct shared *shared)
{
    if (ftruncate(shared->fd, 0) == 0)
        *(volatile uint8_t *)shared->map = 1;
}

static void fault_elsewhere(struct shared *shared)
{
    uint8_t own[64];
    if (ftruncate(shared->fd, 0) == 0)
        guard_run(copy_all, &(struct copy){own, shared->map}, own, sizeof own);
}

static void send_bus(struct shared *shared)
{
    (void)shared;
    raise(SIGBUS);
}

static void test_other_faults_kill(void **state)
{
    (void)state;
    assert_int_equal(dies_of(fault_unguarded), SIGBUS);
    assert_int_equal(dies_of(fault_elsewhere), SIGBUS);
    assert_int_equal(dies_of(send_bus), SIGBUS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_other_faults_kill),
        cmocka_unit_test(test_bytes),
        cmocka_unit_test(test_tearing),
        cmocka_unit_test(test_stores),
        cmocka_unit_test(test_masked_stores_of_two),
        cmocka_unit_test(test_guard),
        cmocka_unit_test(test_guard_of_threads),
    };
    return cmocka_run_group_tests_name("snapshot", tests, NULL, NULL);
}
