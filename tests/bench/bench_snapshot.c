/* SPDX-License-Identifier: MIT */
/*
 * The cost of a whole frame of 4 KiB compared with a plain one, with a seqlock
 * writer and several pauses between its writes: ns, retries and frames given up
 * per frame, and the share of mixed frames.
 * usage: bench_snapshot
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/os.h"
#include "loader/loader.h"
#include "sampler/consistency.h"

#define WORDS 511u
#define SECONDS_NS INT64_C(1000000000)

struct shared {
    uint64_t seq;
    uint64_t words[WORDS];
};

static const char layout_text[] = "[mapping]\n"
                                  "size = 4096\n"
                                  "[snapshot]\n"
                                  "method = seqlock\n"
                                  "seq = seq\n"
                                  "[fields]\n"
                                  "seq = u64 @0\n"
                                  "words = u64[511] @8\n";

static void require(bool good, const char *what)
{
    if (good)
        return;
    perror(what);
    exit(3);
}

static void produce(struct shared *shared, int64_t rest_ns)
{
    for (uint64_t frame = 1;; frame++) {
        __atomic_store_n(&shared->seq, frame * 2 - 1, __ATOMIC_RELAXED);
        __atomic_thread_fence(__ATOMIC_RELEASE);
        for (unsigned i = 0; i < WORDS; i++)
            __atomic_store_n(&shared->words[i], frame, __ATOMIC_RELAXED);
        __atomic_store_n(&shared->seq, frame * 2, __ATOMIC_RELEASE);
        for (int64_t end_ns = os_mono_ns() + rest_ns;
             rest_ns > 0 && os_mono_ns() < end_ns;)
            continue;
    }
}

static bool is_mixed(const struct frame *frame)
{
    uint64_t first, word;
    memcpy(&first, frame->bytes + 8, 8);
    for (size_t i = 1; i < WORDS; i++) {
        memcpy(&word, frame->bytes + 8 + 8 * i, 8);
        if (word != first)
            return true;
    }
    return false;
}

/* Prints one row: with whole frames or with plain ones. */
static void measure(const char *target_text, struct layout *layout, bool whole)
{
    const struct extent all = {0, 4096};
    struct range *ranges;
    size_t bytes, count = ranges_make(&all, 1, &ranges, &bytes);
    struct target target;
    struct source *source = NULL;
    struct err err = {0};
    struct consistency consistency;
    struct frame frame;
    uint64_t frames = 0, mixed = 0;
    int64_t spent_ns = 0;
    require(target_parse(&target, target_text, &err) &&
                source_open(&source, &target, ranges, count, 4096, &err),
            err.text);
    layout->mappings[0].snapshot.method =
        whole ? SNAPSHOT_SEQLOCK : SNAPSHOT_NONE;
    consistency_make(&consistency, layout, 0, source, bytes);
    for (int64_t end_ns = os_mono_ns() + SECONDS_NS; os_mono_ns() < end_ns;) {
        int64_t start_ns = os_mono_ns();
        consistency_sample(&consistency, &frame);
        spent_ns += os_mono_ns() - start_ns;
        frames++;
        mixed += consistency.result.verdict != VERDICT_TORN && is_mixed(&frame);
    }
    const struct consistency_result *w = &consistency.result;
    printf("  %-8s %8.0f ns %8.2f retries %7.3f%% given up %7.3f%% mixed\n",
           whole ? "seqlock" : "plain", (double)spent_ns / (double)frames,
           (double)w->retries / (double)frames,
           100.0 * (double)w->given_up / (double)frames,
           100.0 * (double)mixed / (double)frames);
    consistency_free(&consistency);
    source_close(source);
    free(ranges);
}

int main(void)
{
    static const int64_t rests_ns[] = {1000000, 10000, 1000, 0};
    char path[64], target[80];
    struct layout *layout;
    struct problems problems = {0};
    require(layout_parse(&layout, "bench.ini", layout_text,
                         sizeof layout_text - 1, ABI_UNKNOWN, &problems),
            "layout");
    snprintf(path, sizeof path, "/dev/shm/shmtop_bench_%d", (int)getpid());
    snprintf(target, sizeof target, "file:%s", path);
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    require(fd >= 0 && ftruncate(fd, 4096) == 0, path);
    struct shared *shared =
        mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    require(shared != MAP_FAILED, "mmap");
    printf("a frame of 4 KiB against a seqlock writer\n");
    for (size_t i = 0; i < sizeof rests_ns / sizeof rests_ns[0]; i++) {
        memset(shared, 0, sizeof *shared);
        printf(" rests for %lld us\n", (long long)(rests_ns[i] / 1000));
        fflush(stdout);
        pid_t child = fork();
        require(child >= 0, "fork");
        if (child == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            produce(shared, rests_ns[i]);
        }
        measure(target, layout, false);
        measure(target, layout, true);
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
    }
    munmap(shared, 4096);
    close(fd);
    unlink(path);
    layout_free(layout);
    problems_free(&problems);
    return 0;
}
