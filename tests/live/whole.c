/* SPDX-License-Identifier: MIT */
/*
 * Another process publishes frames of equal words at full speed, by each
 * method that proves something, while this one takes samples.  Of those that
 * were called whole none may have words of two frames.  Linked with a
 * spoilt reader (see CMakeLists.txt) the same program must find such frames;
 * then it is called with --spoilt.
 *
 * On x86 loads stay in order, so that leaving out the reader's fences changes
 * nothing that could be seen here; the spoilt reader "early" loads the guards
 * in the order that they permit.
 * usage: whole seqlock|pair|newest SECONDS [--spoilt]
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/os.h"
#include "layout/path.h"
#include "loader/loader.h"
#include "sampler/sampler.h"

#define WORDS 60u
#define BUFFERS 2u /* the fewest there can be: the writer is soon back */
#define SIZE 4096u
/* Fewer would prove nothing, however busy the machine is. */
#define DIFFERENT_LEAST 500u
#define EXTRA_NS INT64_C(60000000000)

/* What the writer stores beside the words; far apart, as far as the method
 * goes. */
struct shared {
    uint32_t seq, begin, tick[BUFFERS];
    uint8_t pad[48];
    uint64_t words[BUFFERS][WORDS];
    uint32_t end;
};

static const char layout_text[] = "[mapping]\n"
                                  "size = 4096\n"
                                  "[fields]\n"
                                  "seq = u32 @0\n"
                                  "begin = u32 @4\n"
                                  "tick = u32[2] @8\n"
                                  "words = u64[120] @64\n"
                                  "end = u32 @1024\n";

static void require(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "whole: %s: %s\n", what, strerror(errno));
    _exit(3);
}

/* Side by side where there are two processors: what one of them does while the
 * other waits for it proves nothing. */
static void pin(unsigned number)
{
    cpu_set_t allowed, one;
    CPU_ZERO(&one);
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0)
        return;
    for (size_t cpu = 0; cpu < CPU_SETSIZE; cpu++) {
        if (!CPU_ISSET(cpu, &allowed) || number-- > 0)
            continue;
        CPU_SET(cpu, &one);
        sched_setaffinity(0, sizeof one, &one);
        return;
    }
}

/* --- the producer ------------------------------------------------------- */

static void store(uint32_t *to, uint32_t value)
{
    __atomic_store_n(to, value, __ATOMIC_RELAXED);
}

static void fence(void)
{
    __atomic_thread_fence(__ATOMIC_RELEASE);
}

/* In another order each time, so that no part of a frame is always first. */
static void store_words(uint64_t *words, uint32_t frame)
{
    uint64_t word = frame * UINT64_C(0x100000001);
    for (unsigned i = 0; i < WORDS; i++) {
        unsigned at = frame % 2 ? WORDS - 1 - i : i;
        __atomic_store_n(&words[at], word, __ATOMIC_RELAXED);
    }
}

static void publish(struct shared *shared, enum snapshot_method method,
                    uint32_t frame, uint32_t buffer)
{
    switch (method) {
    case SNAPSHOT_SEQLOCK:
        store(&shared->seq, frame * 2 + 1);
        fence();
        store_words(shared->words[0], frame);
        fence();
        store(&shared->seq, frame * 2 + 2);
        break;
    case SNAPSHOT_PAIR:
        store(&shared->begin, frame);
        fence();
        store_words(shared->words[0], frame);
        fence();
        store(&shared->end, frame);
        break;
    default:
        fence(); /* the last tick is out before its buffer's successor begins */
        store_words(shared->words[buffer], frame);
        fence();
        store(&shared->tick[buffer], frame);
        break;
    }
}

static void produce(struct shared *shared, enum snapshot_method method,
                    bool rests)
{
    uint32_t random = 1;
    uint32_t idle;
    uint32_t buffer = 0;
    /* Numbers that wrap within the run, in 32 bits.  Buffers take turns,
     * whatever the number is. */
    for (uint32_t frame = UINT32_MAX - 100000;; frame++) {
        publish(shared, method, frame, buffer);
        buffer = (buffer + 1) % BUFFERS;
        random = random * 1664525u + 1013904223u;
        for (uint32_t i = rests ? random >> 23 : 0; i > 0; i--)
            __atomic_store_n(&idle, i, __ATOMIC_RELAXED);
    }
}

/* --- the reader --------------------------------------------------------- */

struct tally {
    uint64_t whole, mixed, different;
    uint64_t last;
};

static struct sampler *open_sampler(const struct layout *layout,
                                    const char *target)
{
    struct sampler *sampler;
    struct err err = {0};
    const struct sampler_options options = {0};
    require(sampler_open(&sampler, layout, target, &options, &err), err.text);
    return sampler;
}

static uint32_t find(const struct layout *layout, const char *path)
{
    size_t index = path_find(layout, path);
    require(index < layout->field_count, path);
    return (uint32_t)index;
}

static struct layout *make_layout(enum snapshot_method method)
{
    struct layout *layout;
    struct problems problems = {0};
    require(layout_parse(&layout, "whole.ini", layout_text,
                         sizeof layout_text - 1, ABI_UNKNOWN, &problems),
            "layout");
    problems_free(&problems);
    layout->mappings[0].snapshot = (struct snapshot){
        .method = method,
        .seq = find(layout, "seq"),
        .begin = find(layout, "begin"),
        .end = find(layout, "end"),
        .tick = find(layout, "tick[0]"),
        .tick_step = 1,
        .buffers = BUFFERS,
    };
    return layout;
}

static void judge(struct tally *tally, const struct sample *sample,
                  uint32_t first)
{
    const struct consistency_result *result = &sample->consistency[0];
    if (result->verdict != VERDICT_WHOLE)
        return;
    if (result->method == SNAPSHOT_NEWEST)
        first += result->buffer * WORDS;
    const struct value *values = &sample->values[first];
    uint64_t word = values[0].u;
    bool mixed = word >> 32 != (uint32_t)word;
    for (unsigned i = 1; i < WORDS; i++)
        mixed |= values[i].u != word;
    tally->whole++;
    tally->mixed += mixed;
    tally->different += word != tally->last;
    tally->last = word;
}

/* Whether the run proves something: a torn frame was met, and `least`
 * different ones. */
static bool is_enough(const struct tally *tally, const struct sample *sample,
                      uint64_t least)
{
    return sample->consistency[0].torn > 0 && tally->different >= least;
}

/* A spoilt reader is read from until it is found out.  Where others keep the
 * processors busy it takes longer to see enough. */
static void read_frames(struct tally *tally, struct sampler *sampler,
                        uint32_t first, int64_t run_ns, uint64_t least,
                        bool spoilt)
{
    int64_t end_ns = os_mono_ns() + run_ns;
    int64_t last_ns = end_ns + (spoilt ? 0 : EXTRA_NS);
    const struct sample *sample;
    do {
        sample = sampler_step(sampler);
        judge(tally, sample, first);
    } while (!(spoilt && tally->mixed > 0) &&
             (sample->mono_ns < end_ns ||
              (!is_enough(tally, sample, least) && sample->mono_ns < last_ns)));
}

/* Returns whether what had to be found was found. */
static bool run(enum snapshot_method method, const char *name, int64_t run_ns,
                bool rests, bool spoilt)
{
    char path[64], target[80];
    struct tally tally = {0};
    snprintf(path, sizeof path, "/dev/shm/shmtop_whole_%d", (int)getpid());
    snprintf(target, sizeof target, "file:%s", path);
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    require(fd >= 0 && ftruncate(fd, SIZE) == 0, path);
    struct shared *shared =
        mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    require(shared != MAP_FAILED, "mmap");
    fflush(stdout);
    cpu_set_t allowed;
    bool known = sched_getaffinity(0, sizeof allowed, &allowed) == 0;
    pid_t child = fork();
    require(child >= 0, "fork");
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        pin(1);
        produce(shared, method, rests);
    }
    pin(0);
    struct layout *layout = make_layout(method);
    struct sampler *sampler = open_sampler(layout, target);
    int64_t start_ns = os_mono_ns();
    read_frames(&tally, sampler, find(layout, "words[0]"), run_ns,
                rests && !spoilt ? DIFFERENT_LEAST : 0, spoilt);
    const struct consistency_result *w = sampler_last(sampler)->consistency;
    printf("%s, a writer that %s: %llu frames, %llu whole (%llu different), "
           "%llu retries, %llu given up, %llu mixed; %.0f ns a frame\n",
           name, rests ? "rests now and then" : "never rests",
           (unsigned long long)w->frames, (unsigned long long)tally.whole,
           (unsigned long long)tally.different, (unsigned long long)w->retries,
           (unsigned long long)w->given_up, (unsigned long long)tally.mixed,
           (double)(os_mono_ns() - start_ns) / (double)w->frames);
    uint64_t torn = w->torn;
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    sampler_close(sampler);
    layout_free(layout);
    munmap(shared, SIZE);
    close(fd);
    unlink(path);
    if (known)
        sched_setaffinity(0, sizeof allowed, &allowed);
    if (spoilt)
        return tally.mixed > 0;
    /* Hardly any frame of a writer that never rests can be had whole. */
    return tally.mixed == 0 && torn > 0 &&
           (!rests || tally.different >= DIFFERENT_LEAST);
}

int main(int argc, char **argv)
{
    static const char *const names[] = {"none", "stable", "seqlock", "pair",
                                        "newest"};
    int method = SNAPSHOT_SEQLOCK;
    require(argc >= 3, "usage: whole METHOD SECONDS [--spoilt]");
    while (method < SNAPSHOT_NEWEST && strcmp(argv[1], names[method]) != 0)
        method++;
    int64_t run_ns = (int64_t)strtol(argv[2], NULL, 10) * 1000000000;
    bool spoilt = argc > 3;
    bool good =
        run((enum snapshot_method)method, names[method], run_ns, true, spoilt);
    if (!spoilt)
        good = run((enum snapshot_method)method, names[method], run_ns / 10,
                   false, false) &&
               good;
    if (!good)
        printf("%s\n", spoilt ? "the spoilt reader was not caught" : "FAILED");
    return good ? 0 : 1;
}
