/* SPDX-License-Identifier: MIT */
/*
 * Truncates, unlinks, recreates, shrinks and grows a mapping (and removes SysV
 * segments) some ten thousand times in another process, while this one takes
 * samples.  Every frame must be one that a single generation can have made,
 * every state must be met, and nothing may leak or crash.
 * usage: torture [STEPS [SEED]]
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/os.h"
#include "source/source.h"

/* Three ranges in different pages; the last one makes up `need`. */
static const struct extent wanted[] = {{0, 512}, {8192, 4096}, {65536, 256}};
#define NEED (65536u + 256u)
#define SIZE_WHOLE (20u * 4096u)
#define RUN_MAX_NS INT64_C(100000000000)

static const uint64_t sizes[] = {0,     1,     64,    4096, 8195,      8192,
                                 12288, 65536, 65537, NEED, SIZE_WHOLE};

static void require(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "torture: %s: %s\n", what, strerror(errno));
    _exit(3);
}

/* --- the producer
 * ------------------------------------------------------------- */

struct producer {
    const char *path;
    key_t key;
    uint32_t random;
    uint32_t tag; /* of the generation that exists now */
    int fd;       /* -1: none exists */
    int shmid;
};

static uint32_t next_random(struct producer *producer)
{
    producer->random ^= producer->random << 13;
    producer->random ^= producer->random >> 17;
    producer->random ^= producer->random << 5;
    return producer->random;
}

static void pause_us(uint32_t us)
{
    nanosleep(&(struct timespec){0, (long)us * 1000}, NULL);
}

/* Both halves of a word carry the tag, so a torn word shows as well. */
static void fill_words(uint64_t *words, size_t count, uint32_t tag)
{
    for (size_t i = 0; i < count; i++)
        __atomic_store_n(&words[i], tag * UINT64_C(0x100000001),
                         __ATOMIC_RELAXED);
}

/* By pwrite, which does not fault; a file system's write of whole aligned
 * words over zeros or the same words cannot show anything else. */
static void fill_file(const struct producer *producer, uint64_t size)
{
    static uint64_t words[SIZE_WHOLE / 8];
    fill_words(words, SIZE_WHOLE / 8, producer->tag);
    size_t len = (size_t)size / 8 * 8;
    require(pwrite(producer->fd, words, len, 0) == (ssize_t)len, "pwrite");
}

static uint64_t some_size(struct producer *producer)
{
    return sizes[next_random(producer) % (sizeof sizes / sizeof sizes[0])];
}

static void create(struct producer *producer)
{
    producer->tag++;
    producer->fd =
        open(producer->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    require(producer->fd >= 0, "create");
    uint64_t size = some_size(producer);
    require(ftruncate(producer->fd, (off_t)size) == 0, "ftruncate");
    fill_file(producer, size);
}

static void drop(struct producer *producer)
{
    require(unlink(producer->path) == 0, "unlink");
    close(producer->fd);
    producer->fd = -1;
}

static void step_file(struct producer *producer)
{
    uint32_t choice = next_random(producer) % 16;
    if (producer->fd < 0) {
        create(producer);
    } else if (choice == 0) {
        drop(producer);
    } else if (choice == 1) {
        drop(producer);
        create(producer);
    } else {
        uint64_t size = some_size(producer);
        require(ftruncate(producer->fd, (off_t)size) == 0, "ftruncate");
        if (choice % 2)
            fill_file(producer, size);
    }
}

static void step_sysv(struct producer *producer)
{
    static const size_t segment_sizes[] = {64, 8200, NEED, SIZE_WHOLE};
    if (producer->shmid >= 0) {
        require(shmctl(producer->shmid, IPC_RMID, NULL) == 0, "IPC_RMID");
        producer->shmid = -1;
        if (next_random(producer) % 2)
            return;
    }
    size_t size = segment_sizes[next_random(producer) % 4];
    producer->tag++;
    producer->shmid = shmget(producer->key, size, IPC_CREAT | IPC_EXCL | 0600);
    require(producer->shmid >= 0, "shmget");
    uint64_t *words = shmat(producer->shmid, NULL, 0);
    require(words != (void *)-1, "shmat");
    fill_words(words, size / 8, producer->tag);
    shmdt(words);
}

static void clean_up(struct producer *producer)
{
    if (producer->fd >= 0)
        drop(producer);
    if (producer->shmid >= 0)
        shmctl(producer->shmid, IPC_RMID, NULL);
    producer->shmid = -1;
}

/* At full speed mostly, so that faults meet the copy; now and then slowly,
 * so that every state is seen at rest. */
static void produce(struct producer *producer, uint32_t steps, bool sysv)
{
    for (uint32_t i = 0; i < steps; i++) {
        if (sysv)
            step_sysv(producer);
        else
            step_file(producer);
        if (next_random(producer) % 8 == 0)
            pause_us(50 + next_random(producer) % 400);
    }
    clean_up(producer);
}

/* --- the watcher
 * -------------------------------------------------------------- */

struct watch {
    const char *name;
    const struct range *ranges;
    size_t range_count;
    uint64_t frames;
    uint64_t met[STATE_COUNT];
    uint32_t generation;
    uint32_t tag;      /* of that generation, 0: only zeros seen so far */
    uint32_t tag_last; /* the highest of all */
    uint32_t faults;   /* findings */
};

static void finding(struct watch *watch, const struct frame *frame,
                    const char *what, uint64_t detail)
{
    if (watch->faults++ >= 20)
        return;
    fprintf(stderr, "torture: %s: frame %llu %s gen %u size %llu: %s %llx\n",
            watch->name, (unsigned long long)watch->frames,
            state_name(frame->state), frame->generation,
            (unsigned long long)frame->size, what, (unsigned long long)detail);
}

/* How much of the word at `offset` is left after one of the truncations that
 * cut within it; all of it for most. */
static uint64_t cut_mask(uint64_t offset)
{
    uint64_t mask = UINT64_MAX;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        if (sizes[i] % 8 != 0 && sizes[i] / 8 * 8 == offset)
            mask = (UINT64_C(1) << (sizes[i] % 8 * 8)) - 1;
    return mask;
}

/* A word is zero or carries the one tag of its generation, in both halves;
 * or what is left of that where a truncation has cut it. */
static void check_word(struct watch *watch, const struct frame *frame,
                       uint64_t offset, uint64_t word)
{
    if (word == 0)
        return;
    uint32_t tag = (uint32_t)word;
    uint64_t mask = cut_mask(offset);
    uint64_t whole = watch->tag * UINT64_C(0x100000001);
    if (mask != UINT64_MAX && (word & ~mask) == 0) {
        if (watch->tag != 0 && word != (whole & mask))
            finding(watch, frame, "cut word of another generation", word);
        return;
    }
    if (tag != (uint32_t)(word >> 32))
        finding(watch, frame, "torn word", word);
    else if (watch->tag == 0 && tag > watch->tag_last)
        watch->tag = watch->tag_last = tag;
    else if (tag != watch->tag)
        finding(watch, frame, "word of another generation at", offset);
}

static void check_bytes(struct watch *watch, const struct frame *frame)
{
    for (size_t i = 0; i < watch->range_count; i++) {
        const struct range *range = &watch->ranges[i];
        for (uint64_t k = 0; k + 8 <= range->size; k += 8) {
            uint64_t word, offset = range->offset + k;
            if (offset + 8 > frame->size)
                break;
            memcpy(&word, frame->bytes + range->at + k, 8);
            check_word(watch, frame, offset, word);
        }
    }
}

static void check_frame(struct watch *watch, const struct frame *frame)
{
    watch->frames++;
    watch->met[frame->state]++;
    if (frame->generation < watch->generation)
        finding(watch, frame, "generation went back from", watch->generation);
    bool grew = frame->generation > watch->generation;
    bool first = grew && watch->generation == 0;
    if (frame->generation > watch->generation + 1)
        finding(watch, frame, "generation left out after", watch->generation);
    if (grew && !first && frame->state != STATE_REPLACED)
        finding(watch, frame, "new generation unmarked", 0);
    if (!grew && frame->state == STATE_REPLACED)
        finding(watch, frame, "marked as new without being so", 0);
    if (grew)
        watch->tag = 0;
    watch->generation = frame->generation;
    if ((frame->bytes != NULL) != state_is_read(frame->state))
        finding(watch, frame, "bytes and state disagree", 0);
    if (frame->state == STATE_LIVE && frame->size < NEED)
        finding(watch, frame, "too small to be live", 0);
    if ((frame->state == STATE_SHORT || frame->state == STATE_TRUNCATED) &&
        frame->size >= NEED)
        finding(watch, frame, "large enough", 0);
    if (frame->bytes != NULL)
        check_bytes(watch, frame);
}

static size_t open_descriptors(void)
{
    size_t count = 0;
    DIR *dir = opendir("/proc/self/fd");
    require(dir != NULL, "/proc/self/fd");
    while (readdir(dir) != NULL)
        count++;
    closedir(dir);
    return count;
}

static void watch_child(struct watch *watch, const char *text, pid_t child)
{
    struct target target;
    struct source *source;
    struct err err = {0};
    struct frame frame;
    int status = 0;
    int64_t end_ns = os_mono_ns() + RUN_MAX_NS;
    require(target_parse(&target, text, &err) &&
                source_open(&source, &target, watch->ranges, watch->range_count,
                            NEED, &err),
            err.text);
    do {
        for (int i = 0; i < 64; i++) {
            source_sample(source, &frame);
            check_frame(watch, &frame);
        }
        if (os_mono_ns() > end_ns) {
            kill(child, SIGKILL);
            finding(watch, &frame, "out of time", 0);
        }
    } while (waitpid(child, &status, WNOHANG) == 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        finding(watch, &frame, "the producer failed", (uint64_t)status);
    source_close(source);
}

/* Zero findings and all the states of `states` were met. */
static bool judge(const struct watch *watch, const enum source_state *states,
                  size_t count)
{
    bool good = watch->faults == 0;
    printf("%s: %llu frames, %u generations:", watch->name,
           (unsigned long long)watch->frames, watch->generation);
    for (size_t i = 0; i < STATE_COUNT; i++)
        if (watch->met[i] > 0)
            printf(" %s %llu", state_name((enum source_state)i),
                   (unsigned long long)watch->met[i]);
    printf("\n");
    for (size_t i = 0; i < count; i++)
        if (watch->met[states[i]] == 0) {
            printf("%s: never met %s\n", watch->name, state_name(states[i]));
            good = false;
        }
    if (watch->met[STATE_ERROR] + watch->met[STATE_DENIED] > 0) {
        printf("%s: errors where there are none\n", watch->name);
        good = false;
    }
    return good;
}

static bool run(bool sysv, uint32_t steps, uint32_t seed)
{
    static const enum source_state of_files[] = {STATE_WAITING, STATE_LIVE,
                                                 STATE_SHORT,   STATE_TRUNCATED,
                                                 STATE_GONE,    STATE_REPLACED};
    static const enum source_state of_segments[] = {
        STATE_WAITING, STATE_LIVE, STATE_SHORT, STATE_GONE, STATE_REPLACED};
    char path[64], text[64];
    struct range *ranges;
    size_t bytes;
    size_t count = ranges_make(wanted, 3, &ranges, &bytes);
    struct watch watch = {
        .name = sysv ? "sysv" : "shm", .ranges = ranges, .range_count = count};
    struct producer producer = {.path = path,
                                .key = (key_t)(0x54000000 | getpid()),
                                .random = seed,
                                .fd = -1,
                                .shmid = -1};
    snprintf(path, sizeof path, "/dev/shm/shmtop_torture_%d", (int)getpid());
    snprintf(text, sizeof text, "shm:shmtop_torture_%d", (int)getpid());
    if (sysv)
        snprintf(text, sizeof text, "sysv:%d", (int)producer.key);
    size_t before = open_descriptors();
    fflush(stdout);
    pid_t child = fork();
    require(child >= 0, "fork");
    if (child == 0) {
        pause_us(20000); /* WAITING is seen */
        produce(&producer, steps, sysv);
        _exit(0);
    }
    watch_child(&watch, text, child);
    bool good =
        sysv ? judge(&watch, of_segments, 5) : judge(&watch, of_files, 6);
    if (open_descriptors() != before) {
        printf("%s: %zu descriptors before, %zu after\n", watch.name, before,
               open_descriptors());
        good = false;
    }
    free(ranges);
    return good;
}

int main(int argc, char **argv)
{
    uint32_t steps = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 0) : 20000;
    uint32_t seed = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 0)
                             : (uint32_t)os_mono_ns() | 1;
    printf("torture: %u steps, seed %u\n", steps, seed);
    bool shm_good = run(false, steps, seed);
    bool sysv_good = run(true, steps / 2, seed);
    return shm_good && sysv_good ? 0 : 1;
}
