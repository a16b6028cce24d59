/* SPDX-License-Identifier: MIT */
/* Regions of every kind: opening, identity, holes, writing; and that nothing
 * is opened that should not be. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "source/region.h"

#define MIB (UINT64_C(1) << 20)
#define GIB (UINT64_C(1) << 30)

/* --- helpers ------------------------------------------------------------- */

struct names {
    char shm[64];  /* "shm:/..." */
    char path[96]; /* its path in /dev/shm */
    char dir[64];  /* a folder of this test */
    key_t key;
    char sysv[32];
};

static struct names names;

static int set_up(void **state)
{
    (void)state;
    int pid = (int)getpid();
    snprintf(names.shm, sizeof names.shm, "shm:/shmtop_region_%d", pid);
    snprintf(names.path, sizeof names.path, "/dev/shm/shmtop_region_%d", pid);
    snprintf(names.dir, sizeof names.dir, "/tmp/shmtop_region_XXXXXX");
    names.key = (key_t)(0x53480000 | (pid & 0xffff));
    snprintf(names.sysv, sizeof names.sysv, "sysv:0x%08x", (unsigned)names.key);
    return mkdtemp(names.dir) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    unlink(names.path);
    return rmdir(names.dir);
}

static struct target parse(const char *text)
{
    struct target target;
    struct err err = {0};
    if (!target_parse(&target, text, &err))
        fail_msg("%s", err.text);
    return target;
}

static struct region *open_good(const char *text)
{
    struct target target = parse(text);
    struct region *region = NULL;
    struct err err = {0};
    if (!region_open(&region, &target, &err))
        fail_msg("%s: %s", text, err.text);
    return region;
}

static void open_bad(const char *text, enum status status, const char *says)
{
    struct target target = parse(text);
    struct region *region = NULL;
    struct err err = {0};
    if (region_open(&region, &target, &err))
        fail_msg("opened %s", text);
    if (err.status != status || strstr(err.text, says) == NULL)
        fail_msg("%s: status %d, '%s'", text, (int)err.status, err.text);
}

static enum region_state check(struct region *region, uint64_t *size)
{
    struct err err = {0};
    enum region_state state = region_check(region, size, &err);
    if (state != REGION_SAME && state != REGION_OTHER)
        assert_true(err.text[0] != '\0');
    return state;
}

static uint64_t word_at(struct region *region, uint64_t offset)
{
    uint64_t word = 0;
    assert_true(region_copy(region, offset, 8, (uint8_t *)&word));
    return word;
}

static void make_file(const char *path, uint64_t size)
{
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(ftruncate(fd, (off_t)size), 0);
    close(fd);
}

static void put_word(const char *path, uint64_t offset, uint64_t word)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(pwrite(fd, &word, 8, (off_t)offset), 8);
    close(fd);
}

static size_t open_descriptors(void)
{
    size_t count = 0;
    for (int fd = 0; fd < 1024; fd++)
        count += fcntl(fd, F_GETFD) >= 0;
    return count;
}

/* --- shm and file -------------------------------------------------------- */

static void test_shm(void **state)
{
    (void)state;
    uint64_t size;
    open_bad(names.shm, STATUS_NO_MAPPING, "is its producer running?");
    make_file(names.path, 0);
    open_bad(names.shm, STATUS_NO_MAPPING, "0 bytes");
    assert_int_equal(truncate(names.path, 5000), 0);
    put_word(names.path, 4992, 42);
    struct region *region = open_good(names.shm);
    assert_string_equal(region_manner(region), "");
    assert_int_equal(check(region, &size), REGION_SAME);
    assert_int_equal(size, 5000);
    assert_int_equal(word_at(region, 4992), 42);
    assert_int_equal(word_at(region, 0), 0);

    assert_int_equal(truncate(names.path, 100000), 0); /* grows */
    put_word(names.path, 99992, 43);
    assert_int_equal(check(region, &size), REGION_SAME);
    assert_int_equal(size, 100000);
    assert_int_equal(word_at(region, 99992), 43);

    assert_int_equal(truncate(names.path, 0), 0); /* vanishes */
    uint64_t word;
    assert_false(region_copy(region, 99992, 8, (uint8_t *)&word));
    assert_int_equal(check(region, &size), REGION_SAME);
    assert_int_equal(size, 0);

    assert_int_equal(unlink(names.path), 0);
    assert_int_equal(check(region, &size), REGION_GONE);
    make_file(names.path, 64);
    assert_int_equal(check(region, &size), REGION_OTHER);
    region_close(region);
    assert_int_equal(unlink(names.path), 0);
}

/* Hard links are names too: the region goes by its own. */
static void test_renamed(void **state)
{
    (void)state;
    char path[128], other[128], text[160];
    uint64_t size;
    snprintf(path, sizeof path, "%s/a", names.dir);
    snprintf(other, sizeof other, "%s/b", names.dir);
    snprintf(text, sizeof text, "file:%s", path);
    make_file(path, 64);
    struct region *region = open_good(text);
    assert_int_equal(rename(path, other), 0);
    assert_int_equal(check(region, &size), REGION_GONE);
    assert_int_equal(rename(other, path), 0);
    assert_int_equal(check(region, &size), REGION_SAME);
    make_file(other, 32);
    assert_int_equal(rename(other, path), 0);
    assert_int_equal(check(region, &size), REGION_OTHER);
    region_close(region);
    assert_int_equal(unlink(path), 0);
}

static void test_refused(void **state)
{
    (void)state;
    char path[128], text[160];
    snprintf(path, sizeof path, "%s/x", names.dir);
    snprintf(text, sizeof text, "file:%s", path);
    open_bad(text, STATUS_NO_MAPPING, "no file");
    assert_int_equal(mkfifo(path, 0600), 0);
    open_bad(text, STATUS_USAGE, "a FIFO");
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkdir(path, 0700), 0);
    open_bad(text, STATUS_USAGE, "a directory");
    assert_int_equal(rmdir(path), 0);
    open_bad("file:/dev/null", STATUS_USAGE, "a character device");

    struct sockaddr_un address = {.sun_family = AF_UNIX};
    assert_true(strlen(path) < sizeof address.sun_path);
    memcpy(address.sun_path, path, strlen(path) + 1);
    int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(
        bind(listener, (struct sockaddr *)&address, sizeof address), 0);
    open_bad(text, STATUS_USAGE, "a socket");
    close(listener);
    assert_int_equal(unlink(path), 0);

    assert_int_equal(symlink("/dev/null", names.path), 0);
    open_bad(names.shm, STATUS_USAGE, "a symbolic link");
    assert_int_equal(unlink(names.path), 0);
    open_bad("file:/dev/null/x", STATUS_NO_MAPPING, "no file");
}

/* As someone without rights, whoever runs the tests. */
static void test_denied(void **state)
{
    (void)state;
    make_file(names.path, 64);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct target target;
        struct region *region;
        struct err err = {0};
        if (getuid() == 0 && setuid(65534) != 0)
            _exit(2);
        if (getuid() != 65534)
            chmod(names.path, 0);
        bool good = target_parse(&target, names.shm, &err) &&
                    !region_open(&region, &target, &err) &&
                    err.status == STATUS_DENIED &&
                    strstr(err.text, "Permission denied") != NULL;
        _exit(good ? 0 : 1);
    }
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(unlink(names.path), 0);
    assert_int_equal(status, 0);
}

static void test_read_only_files(void **state)
{
    (void)state;
    uint64_t size;
    char text[64] = {0};
    struct region *region = open_good("file:/proc/sys/kernel/ostype");
    assert_string_equal(region_manner(region), "read");
    assert_int_equal(check(region, &size), REGION_SAME);
    assert_int_equal(size, 6);
    assert_true(region_copy(region, 0, 16, (uint8_t *)text));
    assert_string_equal(text, "Linux\n");
    region_close(region);

    /* Read anew at each look. */
    uint64_t first[2], second[2];
    region = open_good("file:/proc/uptime");
    assert_int_equal(check(region, &size), REGION_SAME);
    assert_true(region_copy(region, 0, 16, (uint8_t *)first));
    nanosleep(&(struct timespec){0, 30000000}, NULL);
    assert_int_equal(check(region, &size), REGION_SAME);
    assert_true(region_copy(region, 0, 16, (uint8_t *)second));
    assert_memory_not_equal(first, second, 16);
    region_close(region);

    /* sysfs says 4096 bytes and has fewer; not every container shows it. */
    static const char attribute[] = "file:/sys/kernel/mm/ksm/run";
    if (access(attribute + 5, R_OK) != 0)
        return;
    region = open_good(attribute);
    assert_string_equal(region_manner(region), "read");
    assert_int_equal(check(region, &size), REGION_SAME);
    assert_int_equal(size, 2);
    region_close(region);
}

static uint64_t blocks_of(const char *path)
{
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    return (uint64_t)status.st_blocks;
}

static void test_sparse(void **state)
{
    (void)state;
    uint64_t size;
    uint8_t *bytes = malloc(MIB);
    make_file(names.path, 256 * MIB);
    struct region *region = open_good(names.shm);
    assert_int_equal(check(region, &size), REGION_SAME);
    for (uint64_t at = 0; at < size; at += MIB) {
        memset(bytes, 0xff, MIB);
        assert_true(region_copy(region, at, MIB, bytes));
        for (size_t i = 0; i < MIB; i += 512)
            assert_int_equal(bytes[i], 0);
    }
    assert_int_equal(blocks_of(names.path), 0);

    /* Islands of data: bytes right, not a page more. */
    put_word(names.path, 3 * 4096, 1);
    put_word(names.path, 3 * 4096 + 4088, 2);
    put_word(names.path, 9 * 4096 + 8, 3);
    put_word(names.path, 256 * MIB - 8, 4);
    uint64_t before = blocks_of(names.path);
    assert_int_equal(check(region, &size), REGION_SAME);
    memset(bytes, 0xff, MIB);
    assert_true(region_copy(region, 8, MIB, bytes));
    uint64_t sum = 0;
    for (size_t i = 0; i < MIB; i++)
        sum += bytes[i];
    assert_int_equal(sum, 1 + 2 + 3);
    assert_int_equal(bytes[3 * 4096 - 8], 1);
    assert_int_equal(bytes[4 * 4096 - 16], 2);
    assert_int_equal(bytes[9 * 4096], 3);
    assert_int_equal(word_at(region, 256 * MIB - 8), 4);
    assert_int_equal(blocks_of(names.path), before);
    region_close(region);
    free(bytes);
    assert_int_equal(unlink(names.path), 0);
}

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

static void test_huge(void **state)
{
    (void)state;
    uint64_t size;
    make_file(names.path, 64 * GIB);
    put_word(names.path, 64 * GIB - 8, 7);
    int64_t start_ns = now_ns();
    struct region *region = open_good(names.shm);
    assert_int_equal(check(region, &size), REGION_SAME);
    assert_int_equal(word_at(region, 64 * GIB - 8), 7);
    print_message("64 GiB attached and read in %" PRId64 " us\n",
                  (now_ns() - start_ns) / 1000);
    assert_int_equal(word_at(region, 0), 0);
    assert_int_equal(size, 64 * GIB);
    assert_true(blocks_of(names.path) <= 4096 / 512);
    region_close(region);
    assert_int_equal(unlink(names.path), 0);
}

/* --- SysV ----------------------------------------------------------------- */

static uint64_t sysv_resident(int shmid)
{
    char line[512];
    uint64_t pages = UINT64_MAX;
    FILE *file = fopen("/proc/sysvipc/shm", "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        int id;
        unsigned long long rss;
        if (sscanf(line,
                   "%*d %d %*o %*u %*u %*u %*u %*u %*u %*u %*u %*u "
                   "%*u %*u %llu",
                   &id, &rss) == 2 &&
            id == shmid)
            pages = rss;
    }
    fclose(file);
    return pages;
}

static void test_sysv(void **state)
{
    (void)state;
    uint64_t size;
    char by_id[32];
    struct shmid_ds status;
    open_bad(names.sysv, STATUS_NO_MAPPING, "no SysV segment");
    int shmid = shmget(names.key, 96, IPC_CREAT | IPC_EXCL | 0600);
    assert_true(shmid >= 0);
    snprintf(by_id, sizeof by_id, "sysv:id=%d", shmid);
    uint64_t *own = shmat(shmid, NULL, 0);
    own[11] = 77;

    struct region *keyed = open_good(names.sysv);
    struct region *numbered = open_good(by_id);
    assert_int_equal(check(keyed, &size), REGION_SAME);
    assert_int_equal(size, 96);
    assert_int_equal(word_at(keyed, 88), 77);
    assert_int_equal(word_at(numbered, 88), 77);
    assert_int_equal(shmctl(shmid, IPC_STAT, &status), 0);
    assert_int_equal(status.shm_nattch, 3);

    assert_int_equal(shmctl(shmid, IPC_RMID, NULL), 0);
    assert_int_equal(check(keyed, &size), REGION_GONE);
    assert_int_equal(check(numbered, &size), REGION_GONE);
    open_bad(by_id, STATUS_NO_MAPPING, "no SysV segment");
    assert_int_equal(shmctl(shmid, IPC_STAT, &status), 0);
    assert_int_equal(status.shm_nattch, 3);

    int other = shmget(names.key, 96, IPC_CREAT | IPC_EXCL | 0600);
    assert_true(other >= 0);
    assert_int_equal(check(keyed, &size), REGION_OTHER);
    assert_int_equal(check(numbered, &size), REGION_GONE);
    region_close(keyed);
    region_close(numbered);
    shmdt(own);
    /* Nothing of ours kept it alive. */
    assert_int_equal(shmctl(shmid, IPC_STAT, &status), -1);
    assert_int_equal(shmctl(other, IPC_RMID, NULL), 0);
}

static void test_sysv_holes(void **state)
{
    (void)state;
    uint64_t size;
    uint8_t *bytes = malloc(MIB);
    int shmid = shmget(names.key, 64 * MIB, IPC_CREAT | IPC_EXCL | 0600);
    assert_true(shmid >= 0);
    struct region *region = open_good(names.sysv);
    for (int round = 0; round < 2; round++) {
        assert_int_equal(check(region, &size), REGION_SAME);
        for (uint64_t at = 0; at < size; at += MIB)
            assert_true(region_copy(region, at, MIB, bytes));
    }
    assert_int_equal(sysv_resident(shmid), 0);

    uint64_t *own = shmat(shmid, NULL, 0);
    own[512 * 5 + 1] = 3;
    own[512 * 6] = 4;
    own[512 * 8 - 1] = 5;
    uint64_t before = sysv_resident(shmid);
    for (int round = 0; round < 2; round++) {
        memset(bytes, 0xff, MIB);
        assert_true(region_copy(region, 16, MIB - 16, bytes));
        uint64_t sum = 0;
        for (size_t i = 0; i < MIB - 16; i++)
            sum += bytes[i];
        assert_int_equal(sum, 3 + 4 + 5);
        assert_int_equal(bytes[512 * 5 * 8 + 8 - 16], 3);
        assert_int_equal(bytes[512 * 8 * 8 - 8 - 16], 5);
    }
    assert_int_equal(sysv_resident(shmid), before);
    own[0] = 9; /* a hole gets filled */
    assert_int_equal(word_at(region, 0), 9);
    shmdt(own);
    region_close(region);
    free(bytes);
    assert_int_equal(shmctl(shmid, IPC_RMID, NULL), 0);
}

/* --- processes
 * ---------------------------------------------------------------- */

struct child {
    pid_t pid;
    int stop; /* closing it ends the child */
    int fd;   /* of the memfd, in the child */
    void *shared;
    void *private;
};

/* A child that holds a memfd, a shared and a private mapping. */
static struct child start_child(void)
{
    struct child child;
    int ends[2], ready[2];
    char c;
    child.fd = memfd_create("region", 0);
    assert_int_equal(ftruncate(child.fd, 8192), 0);
    uint64_t word = 0x1111;
    assert_int_equal(pwrite(child.fd, &word, 8, 8184), 8);
    child.shared =
        mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, child.fd, 4096);
    child.private = mmap(NULL, 8192, PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_true(child.shared != MAP_FAILED && child.private != MAP_FAILED);
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    assert_int_equal(pipe2(ready, O_CLOEXEC), 0);
    child.pid = fork();
    assert_true(child.pid >= 0);
    if (child.pid == 0) {
        close(ends[1]);
        ((uint64_t *)child.private)[1] = 0x2222;
        if (write(ready[1], "r", 1) == 1 && read(ends[0], &c, 1) == 1) {
            munmap(child.private, 8192);
            munmap(child.shared, 4096);
            close(child.fd);
            if (write(ready[1], "d", 1) == 1 && read(ends[0], &c, 1) == 0)
                _exit(0);
        }
        _exit(0);
    }
    assert_int_equal(read(ready[0], &c, 1), 1);
    close(ends[0]);
    munmap(child.private, 8192);
    munmap(child.shared, 4096);
    close(child.fd);
    close(ready[1]);
    child.stop = ends[1];
    /* Kept open for tell_child. */
    assert_int_equal(dup2(ready[0], child.fd), child.fd);
    close(ready[0]);
    return child;
}

/* Makes it unmap and close everything, and waits until it has. */
static void tell_child(const struct child *child)
{
    char c;
    assert_int_equal(write(child->stop, "x", 1), 1);
    assert_int_equal(read(child->fd, &c, 1), 1);
}

static void stop_child(const struct child *child)
{
    close(child->stop);
    close(child->fd);
    assert_int_equal(waitpid(child->pid, NULL, 0), child->pid);
}

static void map_text(char *text, size_t size, const struct child *child,
                     const void *start, size_t len)
{
    snprintf(text, size, "pid:%d/map/%" PRIxPTR "-%" PRIxPTR, (int)child->pid,
             (uintptr_t)start, (uintptr_t)start + len);
}

static void test_pid_fd(void **state)
{
    (void)state;
    char text[64];
    uint64_t size;
    for (int closes = 0; closes < 2; closes++) {
        struct child child = start_child();
        snprintf(text, sizeof text, "pid:%d/fd/%d", (int)child.pid, child.fd);
        struct region *region = open_good(text);
        assert_string_equal(region_manner(region), "");
        assert_int_equal(check(region, &size), REGION_SAME);
        assert_int_equal(size, 8192);
        assert_int_equal(word_at(region, 8184), 0x1111);
        if (closes)
            tell_child(&child);
        else
            stop_child(&child);
        assert_int_equal(check(region, &size), REGION_GONE);
        region_close(region);
        open_bad(text, STATUS_NO_MAPPING,
                 closes ? "has process" : "no process");
        if (closes)
            stop_child(&child);
    }
    /* A pipe of ours. */
    int ends[2];
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    snprintf(text, sizeof text, "pid:%d/fd/%d", (int)getpid(), ends[0]);
    open_bad(text, STATUS_USAGE, "a FIFO");
    close(ends[0]);
    close(ends[1]);
}

static void check_child_map(bool shared, bool unmaps)
{
    char text[96];
    uint64_t size;
    struct child child = start_child();
    map_text(text, sizeof text, &child, shared ? child.shared : child.private,
             shared ? 4096 : 8192);
    struct region *region = open_good(text);
    assert_int_equal(check(region, &size), REGION_SAME);
    assert_int_equal(size, shared ? 4096 : 8192);
    if (!shared)
        assert_string_equal(region_manner(region), "read");
    assert_int_equal(word_at(region, shared ? 4088 : 8),
                     shared ? 0x1111 : 0x2222);
    if (unmaps)
        tell_child(&child);
    else
        stop_child(&child);
    uint64_t word;
    /* Memory is missed by the copy, a file by its name. */
    if (region_copy(region, 0, 8, (uint8_t *)&word))
        assert_true(shared);
    assert_int_equal(check(region, &size), REGION_GONE);
    region_close(region);
    open_bad(text, STATUS_NO_MAPPING, "process");
    if (unmaps)
        stop_child(&child);
}

static void test_pid_map(void **state)
{
    (void)state;
    for (int i = 0; i < 4; i++)
        check_child_map(i & 1, i & 2);
}

/* 0 when a process that ended but was not waited for is gone to its owner,
 * who may not look at it any more; else the step that went wrong. */
static int watch_zombie(void)
{
    struct target target;
    struct region *region;
    struct err err = {0};
    siginfo_t info;
    uint64_t size;
    char text[64], c;
    int ends[2], fd = memfd_create("zombie", 0);
    /* Otherwise its files in /proc are root's from the start. */
    if (getuid() == 0 && (setuid(65534) != 0 || prctl(PR_SET_DUMPABLE, 1) != 0))
        return 1;
    if (ftruncate(fd, 64) != 0 || pipe(ends) != 0)
        return 2;
    pid_t child = fork();
    if (child == 0) {
        close(ends[1]);
        _exit((int)read(ends[0], &c, 1));
    }
    snprintf(text, sizeof text, "pid:%d/fd/%d", (int)child, fd);
    if (!target_parse(&target, text, &err) ||
        !region_open(&region, &target, &err) ||
        region_check(region, &size, &err) != REGION_SAME)
        return 3;
    close(ends[1]);
    if (waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT) != 0)
        return 4;
    if (region_check(region, &size, &err) != REGION_GONE)
        return 5;
    region_close(region);
    return region_open(&region, &target, &err) ||
                   err.status != STATUS_NO_MAPPING
               ? 6
               : 0;
}

static void test_zombie(void **state)
{
    (void)state;
    int status = -1;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        _exit(watch_zombie());
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

/* A part of a mapping, not aligned to anything, and one across two of them. */
static void test_pid_map_parts(void **state)
{
    (void)state;
    char text[96];
    uint64_t size, word = 0;
    uint8_t *own = mmap(NULL, 3 * 4096, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    struct child self = {.pid = getpid()};
    assert_true(own != MAP_FAILED);
    for (size_t i = 0; i < 3 * 4096; i++)
        own[i] = (uint8_t)(i * 7);
    assert_int_equal(mprotect(own + 4096, 4096, PROT_READ), 0);
    map_text(text, sizeof text, &self, own + 4091, 13);
    struct region *region = open_good(text);
    assert_int_equal(check(region, &size), REGION_SAME);
    assert_int_equal(size, 13);
    assert_true(region_copy(region, 0, 8, (uint8_t *)&word));
    assert_memory_equal(&word, own + 4091, 8);
    assert_true(region_copy(region, 8, 8, (uint8_t *)&word));
    assert_memory_equal(&word, own + 4099, 5);
    assert_int_equal(word >> 40, 0);
    region_close(region);

    assert_int_equal(munmap(own + 4096, 4096), 0);
    open_bad(text, STATUS_NO_MAPPING, "unmapped");
    assert_int_equal(munmap(own, 3 * 4096), 0);
}

/* --- writing -------------------------------------------------------------- */

static struct region *create_good(const char *text, uint64_t size, bool replace)
{
    struct target target = parse(text);
    struct region *region = NULL;
    struct err err = {0};
    if (!region_create(&region, &target, size, replace, &err))
        fail_msg("%s: %s", text, err.text);
    return region;
}

static void create_bad(const char *text, uint64_t size, bool replace,
                       enum status status, const char *says)
{
    struct target target = parse(text);
    struct region *region = NULL;
    struct err err = {0};
    if (region_create(&region, &target, size, replace, &err))
        fail_msg("created %s", text);
    if (err.status != status || strstr(err.text, says) == NULL)
        fail_msg("%s: status %d, '%s'", text, (int)err.status, err.text);
}

static void check_created(const char *text)
{
    uint64_t size, word = 0x0102030405060708;
    mode_t mask = umask(0277);
    struct region *region = create_good(text, 64, false);
    umask(mask);
    create_bad(text, 64, false, STATUS_CANNOT_CREATE, "--replace");
    assert_true(region_store(region, 56, 8, (uint8_t *)&word, NULL));
    region_publish(region);
    struct region *reader = open_good(text);
    assert_int_equal(check(reader, &size), REGION_SAME);
    assert_int_equal(size, 64);
    assert_int_equal(word_at(reader, 56), word);
    assert_int_equal(word_at(reader, 0), 0);
    const uint8_t byte = 0xff, mask_bit = 0x10;
    assert_true(region_store(region, 3, 1, &byte, &mask_bit));
    assert_int_equal(word_at(reader, 0), 0x10000000);
    assert_false(region_store(region, 57, 8, (uint8_t *)&word, NULL));
    assert_false(region_store(region, 64, 1, &byte, NULL));
    assert_false(region_store(region, UINT64_MAX, 8, (uint8_t *)&word, NULL));

    /* Replaced: what is there now is not ours to remove. */
    struct region *other = create_good(text, 32, true);
    assert_true(check(region, &size) == REGION_OTHER);
    region_remove(region);
    region_close(region);
    assert_int_equal(check(other, &size), REGION_SAME);
    assert_int_equal(size, 32);
    assert_true(check(reader, &size) == REGION_OTHER);
    region_close(reader);
    region_remove(other);
    assert_int_equal(check(other, &size), REGION_GONE);
    region_close(other);
    open_bad(text, STATUS_NO_MAPPING, "no ");
}

static void test_create(void **state)
{
    (void)state;
    char text[160];
    snprintf(text, sizeof text, "file:%s/created", names.dir);
    check_created(names.shm);
    check_created(text);
    check_created(names.sysv);
    create_bad("sysv:id=1", 64, false, STATUS_USAGE, "cannot be created");
    create_bad("pid:1/fd/1", 64, false, STATUS_USAGE, "cannot be created");
    create_bad("mem:x", 64, false, STATUS_USAGE, "cannot be created");
    create_bad(names.shm, 0, false, STATUS_USAGE, "0 bytes");
    create_bad("file:/dev/null", 64, false, STATUS_CANNOT_CREATE, "exists");
    create_bad("file:/dev/null", 64, true, STATUS_CANNOT_CREATE,
               "not a regular file");
    create_bad("file:/nonexistent/x", 64, false, STATUS_CANNOT_CREATE,
               "No such file");
    /* More than there is: an error now, nothing left behind. */
    create_bad(names.shm, UINT64_C(1) << 62, false, STATUS_CANNOT_CREATE,
               "cannot create");
    open_bad(names.shm, STATUS_NO_MAPPING, "no shared memory");
}

/* What cannot be created takes nothing away. */
static void check_kept(const char *text)
{
    uint64_t size, word = 0x0102030405060708;
    struct region *old = create_good(text, 64, false);
    assert_true(region_store(old, 8, 8, (uint8_t *)&word, NULL));
    create_bad(text, UINT64_C(60000000000000), true, STATUS_CANNOT_CREATE,
               "cannot create");
    assert_int_equal(check(old, &size), REGION_SAME);
    assert_int_equal(size, 64);
    struct region *reader = open_good(text);
    assert_int_equal(word_at(reader, 8), word);
    region_close(reader);
    region_remove(old);
    region_close(old);
}

/* tear_down finds a file that was left behind in the folder. */
static void test_failed_replace(void **state)
{
    (void)state;
    char text[160];
    snprintf(text, sizeof text, "file:%s/kept", names.dir);
    check_kept(names.shm);
    check_kept(text);
    check_kept(names.sysv);
}

static void test_created_mode(void **state)
{
    (void)state;
    struct stat status;
    struct shmid_ds segment;
    mode_t mask = umask(0);
    struct region *region = create_good(names.shm, 4096, false);
    struct region *keyed = create_good(names.sysv, 4096, false);
    umask(mask);
    assert_int_equal(stat(names.path, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0600);
    assert_int_equal(status.st_blocks, 8); /* allocated, no later surprise */
    assert_int_equal(shmctl(shmget(names.key, 0, 0), IPC_STAT, &segment), 0);
    assert_int_equal(segment.shm_perm.mode & 0777, 0600);
    region_remove(region);
    region_close(region);
    region_remove(keyed);
    region_close(keyed);
}

static void test_writable(void **state)
{
    (void)state;
    uint64_t word = 5;
    struct target target = parse(names.shm);
    struct region *region = NULL;
    struct err err = {0};
    assert_false(region_open_writable(&region, &target, &err));
    assert_int_equal(err.status, STATUS_NO_MAPPING);
    make_file(names.path, 0);
    assert_false(region_open_writable(&region, &target, &err));
    assert_int_equal(err.status, STATUS_NO_MAPPING);
    assert_int_equal(truncate(names.path, 16), 0);
    assert_true(region_open_writable(&region, &target, &err));
    assert_true(region_store(region, 8, 8, (uint8_t *)&word, NULL));
    assert_int_equal(word_at(region, 8), 5);
    /* Gone under the writer's hands: false, no signal. */
    assert_int_equal(truncate(names.path, 0), 0);
    assert_false(region_store(region, 8, 8, (uint8_t *)&word, NULL));
    region_remove(region); /* not created by us: stays */
    assert_int_equal(access(names.path, F_OK), 0);
    region_close(region);
    assert_int_equal(unlink(names.path), 0);

    target = parse("file:/proc/sys/kernel/ostype");
    assert_false(region_open_writable(&region, &target, &err));
    target = parse("mem:x");
    assert_false(region_open_writable(&region, &target, &err));
    assert_int_equal(err.status, STATUS_USAGE);
}

static void test_no_leak(void **state)
{
    (void)state;
    size_t before = open_descriptors();
    char text[64];
    struct child child = start_child();
    size_t with_child = open_descriptors();
    for (int i = 0; i < 3; i++) {
        struct region *region = create_good(names.shm, 64, false);
        region_close(open_good(names.shm));
        region_remove(region);
        region_close(region);
        open_bad(names.shm, STATUS_NO_MAPPING, "no shared");
        snprintf(text, sizeof text, "pid:%d/fd/%d", (int)child.pid, child.fd);
        region_close(open_good(text));
        snprintf(text, sizeof text, "pid:%d/fd/999", (int)child.pid);
        open_bad(text, STATUS_NO_MAPPING, "has process");
        map_text(text, sizeof text, &child, child.private, 4096);
        region_close(open_good(text));
        map_text(text, sizeof text, &child, (void *)4096, 4096);
        open_bad(text, STATUS_NO_MAPPING, "has process");
        open_bad("file:/dev/null", STATUS_USAGE, "device");
    }
    assert_int_equal(open_descriptors(), with_child);
    stop_child(&child);
    assert_int_equal(open_descriptors(), before);
    region_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shm),
        cmocka_unit_test(test_renamed),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_denied),
        cmocka_unit_test(test_read_only_files),
        cmocka_unit_test(test_sparse),
        cmocka_unit_test(test_huge),
        cmocka_unit_test(test_sysv),
        cmocka_unit_test(test_sysv_holes),
        cmocka_unit_test(test_pid_fd),
        cmocka_unit_test(test_zombie),
        cmocka_unit_test(test_pid_map),
        cmocka_unit_test(test_pid_map_parts),
        cmocka_unit_test(test_create),
        cmocka_unit_test(test_failed_replace),
        cmocka_unit_test(test_created_mode),
        cmocka_unit_test(test_writable),
        cmocka_unit_test(test_no_leak),
    };
    return cmocka_run_group_tests_name("region", tests, set_up, tear_down);
}
