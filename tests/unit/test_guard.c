/* SPDX-License-Identifier: MIT */
/* The guard of copies: faults that are survived, and those that are not. */
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
#include <unistd.h>

#include <cmocka.h>

#include "source/atomic_copy.h"
#include "source/guard.h"

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
    atomic_copy(copy->out, copy->from, FILE_BYTES);
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
    for (int i = 0; i < 20000; i++)
        if (ftruncate(shared->fd, 4096) != 0 ||
            ftruncate(shared->fd, FILE_BYTES) != 0)
            abort();
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
        cmocka_unit_test(test_guard),
        cmocka_unit_test(test_guard_of_threads),
    };
    return cmocka_run_group_tests_name("guard", tests, NULL, NULL);
}
