/* SPDX-License-Identifier: MIT */
/* The states of a live mapping, one after another, by its frames. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/os.h"
#include "os_rig.h"
#include "source/source.h"

static char shm[64], path[96];
static struct frame frame;

static int set_up(void **state)
{
    (void)state;
    int pid = (int)getpid();
    snprintf(shm, sizeof shm, "shm:/shmtop_source_%d", pid);
    snprintf(path, sizeof path, "/dev/shm/shmtop_source_%d", pid);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    unlink(path);
    return 0;
}

static const struct range ranges[] = {{0, 16, 0}, {4096, 64, 16}};
#define NEED 4160

static struct source *open_source(const char *text)
{
    struct target target;
    struct source *source = NULL;
    struct err err = {0};
    assert_true(target_parse(&target, text, &err));
    assert_true(source_open(&source, &target, ranges, 2, NEED, &err));
    assert_false(source_is_over(source));
    assert_false(source_is_recorded(source));
    return source;
}

/* Samples, until the pause between two searches is over: at most a second. */
static void sample_until(struct source *source, enum source_state state)
{
    int64_t end_ns = os_mono_ns() + 1000000000;
    do {
        source_sample(source, &frame);
    } while (frame.state != state && os_mono_ns() < end_ns);
}

#define EXPECT(source, wanted, gen)                                            \
    do {                                                                       \
        source_sample(source, &frame);                                         \
        check_frame(wanted, gen, __LINE__);                                    \
    } while (0)

#define EXPECT_SOON(source, wanted, gen)                                       \
    do {                                                                       \
        sample_until(source, wanted);                                          \
        check_frame(wanted, gen, __LINE__);                                    \
    } while (0)

static void check_frame(enum source_state state, uint32_t generation, int line)
{
    if (frame.state != state)
        fail_msg("line %d: %s (%s)", line, state_name(frame.state), frame.note);
    if (frame.generation != generation)
        fail_msg("line %d: generation %u", line, frame.generation);
    assert_true((frame.bytes != NULL) == state_is_read(state));
    assert_non_null(frame.note);
    bool small = state == STATE_SHORT || state == STATE_TRUNCATED;
    assert_true((frame.note[0] != '\0') == (small || !state_is_read(state)));
    assert_true((frame.status == STATUS_OK) == state_is_read(state));
    int64_t wall_ns = os_wall_ns(), mono_ns = os_mono_ns();
    assert_true(frame.mono_ns <= mono_ns &&
                frame.mono_ns > mono_ns - 10000000000);
    assert_true(frame.wall_ns <= wall_ns &&
                frame.wall_ns > wall_ns - 10000000000);
}

static void make(uint64_t size)
{
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(ftruncate(fd, (off_t)size), 0);
    close(fd);
}

static void put(uint64_t offset, uint64_t word)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(pwrite(fd, &word, 8, (off_t)offset), 8);
    close(fd);
}

static uint64_t word_of_frame(size_t at)
{
    uint64_t word;
    memcpy(&word, frame.bytes + at, 8);
    return word;
}

static void test_life(void **state)
{
    (void)state;
    struct source *source = open_source(shm);
    EXPECT(source, STATE_WAITING, 0);
    assert_non_null(strstr(frame.note, "no shared memory '/shmtop_source"));
    assert_int_equal(frame.size, 0);
    make(0);
    EXPECT_SOON(source, STATE_WAITING, 0);
    assert_int_equal(truncate(path, 64), 0);
    EXPECT_SOON(source, STATE_SHORT, 1);
    assert_int_equal(frame.size, 64);
    assert_int_equal(truncate(path, 8192), 0);
    put(4096, 11);
    EXPECT(source, STATE_LIVE, 1);
    assert_int_equal(frame.size, 8192);
    assert_int_equal(word_of_frame(16), 11);
    put(8, 12);
    EXPECT(source, STATE_LIVE, 1);
    assert_int_equal(word_of_frame(8), 12);
    assert_int_equal(truncate(path, 4096), 0);
    EXPECT(source, STATE_TRUNCATED, 1);
    assert_int_equal(frame.size, 4096);
    assert_int_equal(word_of_frame(8), 12);
    assert_int_equal(word_of_frame(16), 0);
    assert_int_equal(truncate(path, 0), 0);
    EXPECT(source, STATE_TRUNCATED, 1);
    assert_int_equal(frame.size, 0);
    assert_int_equal(truncate(path, 4160), 0);
    EXPECT(source, STATE_LIVE, 1);
    assert_int_equal(word_of_frame(8), 0);
    assert_int_equal(unlink(path), 0);
    EXPECT(source, STATE_GONE, 1);
    EXPECT(source, STATE_GONE, 1);
    make(0);
    EXPECT_SOON(source, STATE_GONE, 1);
    assert_int_equal(truncate(path, 4160), 0);
    put(0, 13);
    EXPECT_SOON(source, STATE_REPLACED, 2);
    assert_int_equal(word_of_frame(0), 13);
    EXPECT(source, STATE_LIVE, 2);
    /* Another under the same name between two samples; and a short one. */
    assert_int_equal(unlink(path), 0);
    make(4160);
    EXPECT(source, STATE_REPLACED, 3);
    assert_int_equal(word_of_frame(0), 0);
    EXPECT(source, STATE_LIVE, 3);
    assert_int_equal(unlink(path), 0);
    make(8);
    EXPECT(source, STATE_REPLACED, 4);
    EXPECT(source, STATE_SHORT, 4);
    source_close(source);
    assert_int_equal(unlink(path), 0);
}

/* A size that is no multiple of 8 cuts within the last word. */
static void test_odd_sizes(void **state)
{
    (void)state;
    struct source *source = open_source(shm);
    make(NEED);
    for (uint64_t at = 0; at < NEED; at += 8)
        put(at, UINT64_MAX);
    for (uint64_t size = NEED; size > 4090; size--) {
        assert_int_equal(truncate(path, (off_t)size), 0);
        EXPECT(source, size == NEED ? STATE_LIVE : STATE_TRUNCATED, 1);
        assert_int_equal(frame.size, size);
        for (size_t i = 0; i < 80; i++) {
            uint64_t offset = i < 16 ? i : 4096 + i - 16;
            assert_int_equal(frame.bytes[i], offset < size ? 0xff : 0);
        }
    }
    source_close(source);
    assert_int_equal(unlink(path), 0);
}

static void test_sysv(void **state)
{
    (void)state;
    char text[32];
    key_t key = (key_t)(0x53490000 | (getpid() & 0xffff));
    struct shmid_ds status;
    snprintf(text, sizeof text, "sysv:0x%x", (unsigned)key);
    struct source *source = open_source(text);
    EXPECT(source, STATE_WAITING, 0);
    for (uint32_t generation = 1; generation <= 3; generation++) {
        int shmid = shmget(key, NEED, IPC_CREAT | IPC_EXCL | 0600);
        assert_true(shmid >= 0);
        EXPECT_SOON(source, generation == 1 ? STATE_LIVE : STATE_REPLACED,
                    generation);
        EXPECT(source, STATE_LIVE, generation);
        assert_int_equal(frame.size, NEED);
        assert_int_equal(shmctl(shmid, IPC_RMID, NULL), 0);
        EXPECT(source, STATE_GONE, generation);
        /* Let go at once: it does not exist any more. */
        assert_int_equal(shmctl(shmid, IPC_STAT, &status), -1);
    }
    source_close(source);
}

static void test_denied_and_error(void **state)
{
    (void)state;
    char text[OS_RIG_PATH + 8], fifo[OS_RIG_PATH];
    make(NEED);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct source *source = open_source(shm);
        if (getuid() == 0 && setuid(65534) != 0)
            _exit(2);
        if (getuid() != 65534)
            chmod(path, 0);
        source_sample(source, &frame);
        bool good = frame.state == STATE_DENIED && frame.bytes == NULL &&
                    strstr(frame.note, "Permission denied") != NULL;
        source_close(source);
        _exit(good ? 0 : 1);
    }
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(unlink(path), 0);

    os_rig_path(fifo, "fifo");
    snprintf(text, sizeof text, "file:%s", fifo);
    assert_int_equal(mkfifo(fifo, 0600), 0);
    struct source *source = open_source(text);
    EXPECT(source, STATE_ERROR, 0);
    assert_non_null(strstr(frame.note, "a FIFO"));
    assert_int_equal(frame.status, STATUS_USAGE);
    EXPECT(source, STATE_ERROR, 0);
    assert_int_equal(unlink(fifo), 0);
    EXPECT_SOON(source, STATE_WAITING, 0);
    source_close(source);
}

static void test_read(void **state)
{
    (void)state;
    struct target target;
    struct source *source;
    struct err err = {0};
    assert_true(target_parse(&target, "file:/proc/sys/kernel/ostype", &err));
    assert_true(source_open(&source, &target, ranges, 1, 6, &err));
    source_sample(source, &frame);
    assert_int_equal(frame.state, STATE_LIVE);
    assert_string_equal(frame.note, "read");
    assert_int_equal(frame.size, 6);
    assert_memory_equal(frame.bytes, "Linux\n\0\0", 8);
    source_close(source);
}

/* What is absent is not searched for without a pause, yet found soon. */
static void test_prompt(void **state)
{
    (void)state;
    struct source *source = open_source(shm);
    for (int i = 0; i < 1000; i++)
        EXPECT(source, STATE_WAITING, 0);
    make(NEED);
    int64_t start_ns = os_mono_ns();
    EXPECT_SOON(source, STATE_LIVE, 1);
    assert_true(os_mono_ns() - start_ns < 500000000);
    source_close(source);
    assert_int_equal(unlink(path), 0);
}

static void test_without_ranges(void **state)
{
    (void)state;
    struct target target;
    struct source *source;
    struct err err = {0};
    make(8);
    assert_true(target_parse(&target, shm, &err));
    assert_true(source_open(&source, &target, NULL, 0, 0, &err));
    source_sample(source, &frame);
    assert_int_equal(frame.state, STATE_LIVE);
    assert_non_null(frame.bytes);
    source_close(source);
    source_close(NULL);
    assert_int_equal(unlink(path), 0);
}

static void test_names(void **state)
{
    (void)state;
    static const struct {
        enum source_state state;
        const char *name;
        bool read;
    } rows[STATE_COUNT] = {
        {STATE_WAITING, "WAITING", false},    {STATE_LIVE, "LIVE", true},
        {STATE_STALE, "STALE", true},         {STATE_SHORT, "SHORT", true},
        {STATE_TRUNCATED, "TRUNCATED", true}, {STATE_GONE, "GONE", false},
        {STATE_REPLACED, "REPLACED", true},   {STATE_DENIED, "DENIED", false},
        {STATE_ERROR, "ERROR", false},
    };
    for (size_t i = 0; i < STATE_COUNT; i++) {
        assert_string_equal(state_name(rows[i].state), rows[i].name);
        assert_int_equal(state_is_read(rows[i].state), rows[i].read);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_life),
        cmocka_unit_test(test_odd_sizes),
        cmocka_unit_test(test_sysv),
        cmocka_unit_test(test_denied_and_error),
        cmocka_unit_test(test_read),
        cmocka_unit_test(test_prompt),
        cmocka_unit_test(test_without_ranges),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests_name("source", tests, set_up, tear_down);
}
