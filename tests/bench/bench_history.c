/* SPDX-License-Identifier: MIT */
/* What the history costs: memory and CPU time a sample, and the time of moving
 * in it, on a simulated clock. Linux only; prints tables, checks nothing.
 * usage: bench_history [memory|hour|move|plot|save|day ...] */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/os.h"
#include "history/series.h"
#include "loader/loader.h"
#include "output/output.h"
#include "view/columns.h"

#define MS INT64_C(1000000)
#define SECOND INT64_C(1000000000)
#define MIB (1024.0 * 1024.0)
#define TREND_BYTES ((size_t)24 << 20) /* as the dashboard has them */
#define START_NS INT64_C(1767322800000000000)

/* --- the simulated clock ------------------------------------------------- */

/* The linker makes these of os_mono_ns and os_wall_ns; see CMakeLists.txt. */
int64_t __wrap_os_mono_ns(void);
int64_t __wrap_os_wall_ns(void);

static int64_t clock_ns = SECOND;

int64_t __wrap_os_mono_ns(void)
{
    return clock_ns;
}

int64_t __wrap_os_wall_ns(void)
{
    return START_NS + clock_ns;
}

/* Nanoseconds of CPU time, or of real time. */
static int64_t real_ns(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec * SECOND + now.tv_nsec;
}

/* What reading the CPU time costs itself. */
static double look_ns(void)
{
    int64_t start_ns = real_ns(CLOCK_THREAD_CPUTIME_ID);
    for (int i = 0; i < 10000; i++)
        real_ns(CLOCK_THREAD_CPUTIME_ID);
    return (double)(real_ns(CLOCK_THREAD_CPUTIME_ID) - start_ns) / 10001;
}

/* --- a producer ---------------------------------------------------------- */

enum shape { SINES, COUNTERS, MIXED };

struct producer {
    char name[64];
    uint8_t *bytes;
    size_t fields; /* of 8 bytes */
    enum shape shape;
    struct layout *layout;
    uint64_t ticks;
};

static bool is_sine(const struct producer *producer, size_t field)
{
    return producer->shape == SINES ||
           (producer->shape == MIXED && field % 2 == 0);
}

static void producer_make(struct producer *producer, size_t fields,
                          enum shape shape)
{
    static unsigned number;
    struct buf text = {0};
    struct problems problems = {0};
    *producer = (struct producer){.fields = fields, .shape = shape};
    snprintf(producer->name, sizeof producer->name, "/shmtop-bench-%ld-%u",
             (long)getpid(), number++);
    int fd = shm_open(producer->name, O_CREAT | O_EXCL | O_RDWR, 0600);
    if (fd < 0 || ftruncate(fd, (off_t)(fields * 8)) != 0)
        die(STATUS_IO, "cannot create %s", producer->name);
    producer->bytes =
        mmap(NULL, fields * 8, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (producer->bytes == MAP_FAILED)
        die(STATUS_IO, "cannot map %s", producer->name);
    buf_printf(&text, "[mapping]\nname = shm:%s\n[fields]\n", producer->name);
    for (size_t i = 0; i < fields; i++)
        buf_printf(&text, "f%zu = %s @%zu\n", i,
                   is_sine(producer, i) ? "f64" : "i64", i * 8);
    if (!layout_parse(&producer->layout, "bench.ini", text.data, text.len,
                      ABI_UNKNOWN, &problems))
        die(STATUS_INTERNAL, "%s", problems.items[0].text);
    problems_free(&problems);
    buf_free(&text);
}

static void producer_free(struct producer *producer)
{
    layout_free(producer->layout);
    munmap(producer->bytes, producer->fields * 8);
    shm_unlink(producer->name);
}

/* Sines from a table: sin() would cost more than what is measured. The last
 * digits never repeat. */
static double sine_at(uint64_t tick, size_t field)
{
    enum { STEPS = 4096 };
    static double table[STEPS];
    if (table[STEPS / 4] == 0)
        for (int i = 0; i < STEPS; i++)
            table[i] = sin(i * 6.283185307179586 / STEPS);
    return 20 + 5 * table[(tick * (1 + field % 7) + field * 37) % STEPS] +
           (double)(tick % 977) * 1e-7;
}

/* Changes one of `every` fields; 0: none. */
static void produce(struct producer *producer, size_t every)
{
    producer->ticks++;
    for (size_t i = every > 0 ? (size_t)(producer->ticks % every)
                              : producer->fields;
         i < producer->fields; i += every) {
        int64_t count = (int64_t)(producer->ticks * (1 + i % 13));
        double sine = sine_at(producer->ticks, i);
        if (is_sine(producer, i))
            memcpy(producer->bytes + i * 8, &sine, 8);
        else
            memcpy(producer->bytes + i * 8, &count, 8);
    }
}

/* --- a watcher ----------------------------------------------------------- */

struct watcher {
    struct sampler *sampler;
    struct history *history;
    double cpu_ns; /* of all samples */
    uint64_t samples;
};

static void watcher_open(struct watcher *watcher,
                         const struct producer *producer, int64_t period_ns,
                         size_t history_bytes)
{
    struct err err = {0};
    const struct sampler_options options = {
        .stale_ns = sampler_stale_after(period_ns),
        .trend_bytes = TREND_BYTES,
        .trend_max = TREND_MOST,
        .statistics = true,
    };
    *watcher = (struct watcher){0};
    if (!sampler_open(&watcher->sampler, producer->layout, NULL, &options,
                      &err))
        die(err.status, "%s", err.text);
    sampler_set_trend_cell(watcher->sampler, SAMPLER_CELL_NS, period_ns);
    if (history_bytes > 0)
        watcher->history =
            history_open(watcher->sampler, producer->layout, history_bytes);
    if (watcher->history && history_problem(watcher->history))
        printf("(%s)\n", history_problem(watcher->history));
}

static void watcher_close(struct watcher *watcher)
{
    history_close(watcher->history);
    sampler_close(watcher->sampler);
}

static void watch(struct watcher *watcher)
{
    sampler_step(watcher->sampler);
    if (watcher->history)
        history_take(watcher->history);
    watcher->samples++;
}

static void watch_timed(struct watcher *watcher)
{
    int64_t start_ns = real_ns(CLOCK_THREAD_CPUTIME_ID);
    watch(watcher);
    watcher->cpu_ns += (double)(real_ns(CLOCK_THREAD_CPUTIME_ID) - start_ns);
}

static double cpu_of(const struct watcher *watcher)
{
    static double look;
    if (look == 0)
        look = look_ns();
    return watcher->cpu_ns / (double)watcher->samples - look;
}

/* Seconds from the oldest sample to the newest. */
static double reach(const struct history_span *span)
{
    return (double)(span->last_ns - span->first_ns) / 1e9;
}

/* --- memory and CPU time of a sample ------------------------------------- */

static void bench_memory(const char *what, enum shape shape, size_t fields,
                         size_t every, int64_t period_ns, size_t samples)
{
    struct producer producer;
    struct watcher with, without;
    producer_make(&producer, fields, shape);
    produce(&producer, 1);
    watcher_open(&with, &producer, period_ns, HISTORY_BYTES);
    watcher_open(&without, &producer, period_ns, 0);
    for (size_t i = 0; i < samples; i++) {
        produce(&producer, every);
        clock_ns += period_ns;
        /* Whoever is second finds the bytes in the cache. */
        watch_timed(i % 2 ? &with : &without);
        watch_timed(i % 2 ? &without : &with);
    }
    struct history_span span = history_span(with.history);
    double bytes = (double)span.bytes / (double)(span.count ? span.count : 1);
    double changes = every ? (double)fields / (double)every : 0;
    printf("%-22s %9zu %9llu %8.0f %8.1f %9.1f ", what, samples,
           (unsigned long long)span.count, reach(&span),
           (double)span.bytes / MIB, bytes);
    if (changes > 0)
        printf("%8.2f", bytes / changes);
    else
        printf("%8s", "");
    printf(" %9.0f %9.0f %6.2f\n", cpu_of(&with), cpu_of(&without),
           cpu_of(&with) / cpu_of(&without));
    watcher_close(&with);
    watcher_close(&without);
    producer_free(&producer);
}

static void memory_titles(const char *title)
{
    printf("\n%s\n%-22s %9s %9s %8s %8s %9s %8s %9s %9s %6s\n", title, "",
           "samples", "kept", "kept s", "MiB", "B/sample", "B/value", "CPU ns",
           "without", "ratio");
}

static void part_memory(void)
{
    enum { TEN_MINUTES = 6000, PERIOD_MS = 100 };
    memory_titles("10 minutes of 1,000 fields at 10 Hz in 64 MiB; aims: 10 B a "
                  "changed value, 64 B a sample without changes, ratio 1.5");
    bench_memory("all, sines+counters", MIXED, 1000, 1, PERIOD_MS * MS,
                 TEN_MINUTES);
    bench_memory("all, f64 sines", SINES, 1000, 1, PERIOD_MS * MS, TEN_MINUTES);
    bench_memory("all, i64 counters", COUNTERS, 1000, 1, PERIOD_MS * MS,
                 TEN_MINUTES);
    bench_memory("1 %", MIXED, 1000, 100, PERIOD_MS * MS, TEN_MINUTES);
    bench_memory("nothing", MIXED, 1000, 0, PERIOD_MS * MS, TEN_MINUTES);
}

static void part_hour(void)
{
    memory_titles("an hour of 100 fields at 1 kHz in 64 MiB");
    bench_memory("all, sines+counters", MIXED, 100, 1, MS, 3600000);
    bench_memory("1 %", MIXED, 100, 100, MS, 3600000);
}

/* --- moving -------------------------------------------------------------- */

#define MOVES 50

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void print_times(const char *what, double *ms, size_t count)
{
    qsort(ms, count, sizeof *ms, compare_doubles);
    printf("  %-28s %9.3f %9.3f\n", what, ms[count / 2], ms[count - 1]);
}

static double seek_ms(struct history *history, int64_t at_ns)
{
    int64_t start_ns = real_ns(CLOCK_MONOTONIC);
    if (!history_seek(history, at_ns))
        printf("(nothing to seek)\n");
    return (double)(real_ns(CLOCK_MONOTONIC) - start_ns) / 1e6;
}

/* `steps` samples from `at_ns` each time. */
static void bench_steps(struct history *history, const char *what,
                        int64_t at_ns, int64_t steps)
{
    double ms[MOVES];
    for (int i = 0; i < MOVES; i++) {
        int64_t start_ns = real_ns(CLOCK_MONOTONIC);
        at_ns = history_find_step(history, at_ns, steps);
        double find_ms = (double)(real_ns(CLOCK_MONOTONIC) - start_ns) / 1e6;
        ms[i] = find_ms + seek_ms(history, at_ns);
    }
    print_times(what, ms, MOVES);
}

static void bench_moves(const char *what, size_t every, size_t most)
{
    enum { FIELDS = 10000 };
    struct producer producer;
    struct watcher watcher;
    struct history_span span;
    int64_t first_ns = 0;
    producer_make(&producer, FIELDS, MIXED);
    produce(&producer, 1);
    watcher_open(&watcher, &producer, 100 * MS, HISTORY_BYTES);
    do {
        produce(&producer, every);
        clock_ns += 100 * MS;
        watch(&watcher);
        span = history_span(watcher.history);
        if (watcher.samples == 1)
            first_ns = span.first_ns;
        /* Full: the oldest quarter was replaced. */
    } while (watcher.samples < most &&
             span.first_ns - first_ns <= (span.last_ns - first_ns) / 4);
    printf("\n10,000 fields, %s: %llu of %llu samples in %.1f MiB\n", what,
           (unsigned long long)span.count, (unsigned long long)watcher.samples,
           (double)span.bytes / MIB);
    printf("  %-28s %9s %9s\n", "ms; aim: 50", "median", "worst");
    double ms[MOVES];
    bench_steps(watcher.history, "[ from the newest one", span.last_ns, -1);
    for (int i = 0; i < MOVES; i++) {
        double part = (double)(i * 37 % MOVES) / MOVES;
        ms[i] = seek_ms(watcher.history,
                        span.first_ns + (int64_t)(part * reach(&span) * 1e9));
    }
    print_times("jumps to anywhere", ms, MOVES);
    int64_t middle_ns = span.first_ns + (span.last_ns - span.first_ns) / 2;
    for (int i = 0; i < MOVES; i++) {
        seek_ms(watcher.history, i % 2 ? span.first_ns : span.last_ns);
        ms[i] = seek_ms(watcher.history, middle_ns + i * 700 * MS);
    }
    print_times("jumps to the middle", ms, MOVES);
    bench_steps(watcher.history, "[ from the middle", middle_ns, -1);
    bench_steps(watcher.history, "] from the middle", middle_ns, 1);
    watcher_close(&watcher);
    producer_free(&producer);
}

static void part_move(void)
{
    bench_moves("all change", 1, 20000);
    bench_moves("1 % changes", 100, 100000);
    bench_moves("nothing changes", 0, 100000);
}

/* --- plots --------------------------------------------------------------- */

static void part_plot(void)
{
    enum { CELLS = 240, SAMPLES = 1000000, NEW = 10 };
    struct producer producer;
    struct watcher watcher;
    static struct series_cell cells[CELLS];
    double ms[MOVES];
    producer_make(&producer, 4, MIXED);
    watcher_open(&watcher, &producer, MS, (size_t)512 << 20);
    for (size_t i = 0; i < SAMPLES; i++) {
        produce(&producer, 1);
        clock_ns += MS;
        watch(&watcher);
    }
    struct history_span span = history_span(watcher.history);
    int64_t cell_ns = (span.last_ns - span.first_ns) / CELLS + 1;
    printf("\na plot of %d cells over %llu samples (%.1f MiB), ms\n", CELLS,
           (unsigned long long)span.count, (double)span.bytes / MIB);
    for (uint32_t field = 0; field < 2; field++) {
        int64_t start_ns = real_ns(CLOCK_MONOTONIC);
        history_series(watcher.history, field, span.first_ns, cell_ns, cells,
                       CELLS);
        printf("  %-28s %9.3f\n",
               field ? "first drawing, counter" : "first drawing, sine",
               (double)(real_ns(CLOCK_MONOTONIC) - start_ns) / 1e6);
    }
    for (int i = 0; i < MOVES; i++) {
        for (int k = 0; k < NEW; k++) {
            produce(&producer, 1);
            clock_ns += MS;
            watch(&watcher);
        }
        int64_t start_ns = real_ns(CLOCK_MONOTONIC);
        history_series(watcher.history, 0, span.first_ns, cell_ns, cells,
                       CELLS);
        ms[i] = (double)(real_ns(CLOCK_MONOTONIC) - start_ns) / 1e6;
    }
    printf("  %-28s %9s %9s\n", "", "median", "worst");
    print_times("with 10 new samples", ms, MOVES);
    for (int i = 0; i < MOVES; i++) {
        int64_t start_ns = real_ns(CLOCK_MONOTONIC);
        history_series(watcher.history, 0, span.first_ns + (i + 1) * cell_ns,
                       cell_ns / 2, cells, CELLS);
        ms[i] = (double)(real_ns(CLOCK_MONOTONIC) - start_ns) / 1e6;
    }
    print_times("another span", ms, MOVES);
    watcher_close(&watcher);
    producer_free(&producer);
}

/* --- saving -------------------------------------------------------------- */

struct saving {
    const struct output_ops *ops; /* NULL: the samples are made only */
    struct output_plan plan;
    struct buf text;
    size_t bytes;
};

static bool save_one(void *user, const struct sample *sample)
{
    struct saving *saving = user;
    if (!saving->ops)
        return true;
    buf_clear(&saving->text);
    saving->ops->sample(&saving->text, &saving->plan, sample);
    saving->bytes += saving->text.len;
    return true;
}

static void part_save(void)
{
    enum { SAMPLES = 6000, FIELDS = 1000 };
    static const char *const formats[] = {"csv", "json", NULL};
    static uint32_t fields[FIELDS];
    struct producer producer;
    struct watcher watcher;
    producer_make(&producer, FIELDS, MIXED);
    watcher_open(&watcher, &producer, 100 * MS, HISTORY_BYTES);
    for (size_t i = 0; i < SAMPLES; i++) {
        produce(&producer, 1);
        clock_ns += 100 * MS;
        watch(&watcher);
    }
    for (uint32_t i = 0; i < FIELDS; i++)
        fields[i] = i;
    struct history_span span = history_span(watcher.history);
    printf("\n%llu samples of %d fields as text, all changing\n%-8s %9s %9s "
           "%9s\n",
           (unsigned long long)span.count, FIELDS, "", "s", "MiB", "ns/value");
    for (int i = 0; i < 3; i++) {
        struct saving saving = {
            .ops = formats[i] ? output_find(formats[i]) : NULL,
            .plan = {.layout = producer.layout,
                     .fields = fields,
                     .field_count = FIELDS},
        };
        int64_t start_ns = real_ns(CLOCK_THREAD_CPUTIME_ID);
        history_walk(watcher.history, span.first_ns, span.last_ns, save_one,
                     &saving);
        double ns = (double)(real_ns(CLOCK_THREAD_CPUTIME_ID) - start_ns);
        printf("%-8s %9.2f %9.1f %9.1f\n", formats[i] ? formats[i] : "no text",
               ns / 1e9, (double)saving.bytes / MIB,
               ns / (double)span.count / FIELDS);
        buf_free(&saving.text);
    }
    watcher_close(&watcher);
    producer_free(&producer);
}

/* --- a day --------------------------------------------------------------- */

/* The number in a line of /proc/self/status, in KiB. */
static long status_kib(const char *name)
{
    char line[256];
    long kib = 0;
    FILE *file = fopen("/proc/self/status", "r");
    while (file && fgets(line, sizeof line, file))
        if (strncmp(line, name, strlen(name)) == 0)
            kib = strtol(line + strlen(name), NULL, 10);
    if (file)
        fclose(file);
    return kib;
}

static int count_descriptors(void)
{
    int count = -3; /* ".", ".." and its own */
    DIR *folder = opendir("/proc/self/fd");
    while (folder && readdir(folder))
        count++;
    if (folder)
        closedir(folder);
    return count;
}

static void part_day(void)
{
    enum { SAMPLES = 10000000, QUARTERS = 4, FIELDS = 40 };
    struct producer producer;
    struct watcher watcher;
    producer_make(&producer, FIELDS, MIXED);
    watcher_open(&watcher, &producer, 86400 * SECOND / SAMPLES, HISTORY_BYTES);
    printf("\na day of %d samples of %d fields, 4 of them changing, in 64 "
           "MiB\n%10s %9s %9s %9s %9s %9s %9s\n",
           SAMPLES, FIELDS, "samples", "kept", "kept s", "MiB", "RSS MiB",
           "fds", "ns/sample");
    for (int quarter = 1; quarter <= QUARTERS; quarter++) {
        int64_t start_ns = real_ns(CLOCK_THREAD_CPUTIME_ID);
        for (size_t i = 0; i < SAMPLES / QUARTERS; i++) {
            produce(&producer, 10);
            clock_ns += 86400 * SECOND / SAMPLES;
            watch(&watcher);
        }
        struct history_span span = history_span(watcher.history);
        printf("%10llu %9llu %9.0f %9.1f %9.1f %9d %9.0f\n",
               (unsigned long long)watcher.samples,
               (unsigned long long)span.count, reach(&span),
               (double)span.bytes / MIB, (double)status_kib("VmRSS:") / 1024,
               count_descriptors(),
               (double)(real_ns(CLOCK_THREAD_CPUTIME_ID) - start_ns) /
                   (SAMPLES / QUARTERS));
    }
    watcher_close(&watcher);
    producer_free(&producer);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*run)(void);
    } parts[] = {{"memory", part_memory}, {"hour", part_hour},
                 {"move", part_move},     {"plot", part_plot},
                 {"save", part_save},     {"day", part_day}};
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        bool wanted = argc < 2;
        for (int k = 1; k < argc; k++)
            wanted |= strcmp(argv[k], parts[i].name) == 0;
        if (wanted)
            parts[i].run();
    }
    return 0;
}
