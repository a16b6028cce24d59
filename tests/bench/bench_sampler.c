/* SPDX-License-Identifier: MIT */
/*
 * The cost of a sample of real shared memory: change detection and decoding of
 * mixed fields compared with memcpy and memcmp of the same bytes, and one frame
 * compared with memcpy. Compare only numbers of one run. Linux only; prints a
 * table, checks nothing.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/os.h"
#include "loader/loader.h"
#include "sampler/sampler.h"

#define ROUNDS_MAX 2001

/* The mapping, as the producer sees it. */
struct memory {
    char name[64];
    uint8_t *bytes;
    size_t size;
};

static void memory_make(struct memory *memory, const char *what, size_t size)
{
    snprintf(memory->name, sizeof memory->name, "/shmtop-bench-%s-%ld", what,
             (long)getpid());
    memory->size = size;
    int fd = shm_open(memory->name, O_CREAT | O_EXCL | O_RDWR, 0600);
    if (fd < 0 || ftruncate(fd, (off_t)size) != 0)
        die(STATUS_IO, "cannot create %s", memory->name);
    memory->bytes = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (memory->bytes == MAP_FAILED)
        die(STATUS_IO, "cannot map %s", memory->name);
    /* Allocates every page, as in a mapping that is in use. */
    memset(memory->bytes, 1, size);
}

static void memory_free(struct memory *memory)
{
    munmap(memory->bytes, memory->size);
    shm_unlink(memory->name);
}

/* --- figures ------------------------------------------------------------ */

struct figures {
    int64_t ns[ROUNDS_MAX];
    size_t count;
};

static int compare_ns(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a;
    int64_t y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static double median(struct figures *figures)
{
    qsort(figures->ns, figures->count, sizeof(int64_t), compare_ns);
    return (double)figures->ns[figures->count / 2];
}

static void add(struct figures *figures, int64_t start_ns)
{
    figures->ns[figures->count++] = os_mono_ns() - start_ns;
}

/* --- a layout of mixed fields ------------------------------------------- */

struct mixed {
    struct layout layout;
    struct mapping mapping;
    struct attributes counter;
    struct attributes gauge;
    struct attributes state;
};

static const struct type {
    enum kind kind;
    uint32_t size;
    enum byte_order order;
} types[] = {
    {KIND_UINT, 1, ORDER_LITTLE},  {KIND_INT, 2, ORDER_LITTLE},
    {KIND_UINT, 4, ORDER_LITTLE},  {KIND_INT, 4, ORDER_LITTLE},
    {KIND_UINT, 8, ORDER_LITTLE},  {KIND_INT, 8, ORDER_LITTLE},
    {KIND_FLOAT, 4, ORDER_LITTLE}, {KIND_FLOAT, 8, ORDER_LITTLE},
    {KIND_BOOL, 1, ORDER_LITTLE},  {KIND_UINT, 4, ORDER_BIG},
};

static uint64_t next_random(uint64_t *seed)
{
    *seed += UINT64_C(0x9e3779b97f4a7c15);
    uint64_t x = *seed;
    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

static void mixed_make(struct mixed *m, size_t fields)
{
    uint64_t seed = 1;
    uint64_t offset = 0;
    memset(m, 0, sizeof *m);
    m->counter = (struct attributes){.role = ROLE_COUNTER, .precision = -1};
    m->gauge = (struct attributes){.role = ROLE_GAUGE, .precision = -1};
    m->state = (struct attributes){.role = ROLE_STATE, .precision = -1};
    m->layout.fields = mem_zalloc(fields, sizeof(struct field));
    m->layout.field_count = fields;
    for (size_t i = 0; i < fields; i++) {
        uint64_t random = next_random(&seed);
        const struct type *type =
            &types[random % (sizeof types / sizeof *types)];
        struct field *field = &m->layout.fields[i];
        offset = (offset + type->size - 1) / type->size * type->size;
        field->path = "field";
        field->attr = random >> 32 & 1 ? &m->counter : &m->gauge;
        if (type->kind == KIND_BOOL)
            field->attr = &m->state;
        field->offset = offset;
        field->size = type->size;
        field->base = FIELD_NO_BASE;
        field->instance = FIELD_NO_INSTANCE;
        field->kind = (uint8_t)type->kind;
        field->order = (uint8_t)type->order;
        offset += type->size;
    }
    m->mapping.size = (offset + 63) / 64 * 64;
    m->mapping.heartbeat = m->mapping.pid = FIELD_NONE;
    m->layout.file = "bench";
    m->layout.mappings = &m->mapping;
    m->layout.mapping_count = 1;
}

/* Changes a field as a producer does: counters grow, booleans flip. */
static void change_field(const struct field *field, uint8_t *bytes)
{
    uint8_t *at = bytes + field->offset;
    if (field->kind == KIND_FLOAT && field->size == 4) {
        float real;
        memcpy(&real, at, sizeof real);
        real += 1;
        memcpy(at, &real, sizeof real);
    } else if (field->kind == KIND_FLOAT) {
        double real;
        memcpy(&real, at, sizeof real);
        real += 1;
        memcpy(at, &real, sizeof real);
    } else if (field->kind == KIND_BOOL) {
        *at ^= 1;
    } else if (field->order == ORDER_BIG) {
        at[field->size - 1]++;
    } else {
        uint64_t number = 0;
        memcpy(&number, at, field->size);
        number++;
        memcpy(at, &number, field->size);
    }
}

static void change_some(const struct layout *layout, uint8_t *bytes,
                        size_t every)
{
    for (size_t i = 0; every > 0 && i < layout->field_count; i += every)
        change_field(&layout->fields[i], bytes);
}

/* --- the measurements --------------------------------------------------- */

/* `dashboard`: with history and statistics. */
static struct sampler *watch(const struct layout *layout,
                             const struct memory *memory, bool dashboard)
{
    struct sampler *sampler;
    struct err err = {0};
    char target[80];
    struct sampler_options options = {
        .stale_ns = INT64_MAX,
        .trend_bytes = dashboard ? (size_t)24 << 20 : 0,
        .trend_max = SAMPLER_TREND_MOST,
        .statistics = dashboard,
    };
    snprintf(target, sizeof target, "shm:%s", memory->name);
    if (!sampler_open(&sampler, layout, target, &options, &err))
        die(err.status, "%s", err.text);
    if (sampler_step(sampler)->state != STATE_LIVE)
        die(STATUS_IO, "%s is not live", target);
    return sampler;
}

/* Time of a step; one of `every` fields changes between samples, 0: none. */
static double step_ns(const struct layout *layout, const struct memory *memory,
                      size_t every, bool dashboard, size_t rounds)
{
    struct sampler *sampler = watch(layout, memory, dashboard);
    if (dashboard)
        sampler_set_trend_cell(sampler, SAMPLER_CELL_NS, 100000000);
    static struct figures figures;
    figures.count = 0;
    for (size_t i = 0; i < rounds + 3; i++) {
        change_some(layout, memory->bytes, every);
        int64_t start_ns = os_mono_ns();
        const struct sample *sample = sampler_step(sampler);
        add(&figures, start_ns);
        size_t want =
            every == 0 ? 0 : (layout->field_count + every - 1) / every;
        if (sample->changed_count != want)
            die(STATUS_INTERNAL, "%zu of %zu changes seen",
                (size_t)sample->changed_count, want);
    }
    sampler_close(sampler);
    return median(&figures);
}

/* Uses a result, so that the compiler keeps the loop. */
static unsigned sink;

static double copy_compare_ns(const struct memory *memory, size_t rounds)
{
    uint8_t *fresh = mem_zalloc(memory->size, 1);
    uint8_t *held = mem_zalloc(memory->size, 1);
    static struct figures figures;
    figures.count = 0;
    memcpy(held, memory->bytes, memory->size);
    for (size_t i = 0; i < rounds + 3; i++) {
        int64_t start_ns = os_mono_ns();
        memcpy(fresh, memory->bytes, memory->size);
        sink += memcmp(fresh, held, memory->size) != 0;
        add(&figures, start_ns);
    }
    free(fresh);
    free(held);
    return median(&figures);
}

static void bench_fields(size_t fields)
{
    struct mixed *m = mem_zalloc(1, sizeof *m);
    struct memory memory;
    mixed_make(m, fields);
    memory_make(&memory, "fields", (size_t)m->mapping.size);
    size_t rounds = fields >= 1000000 ? 15 : fields >= 10000 ? 301 : 1501;
    double n = (double)fields;
    double limit = copy_compare_ns(&memory, rounds);
    double none = step_ns(&m->layout, &memory, 0, false, rounds);
    double tenth = step_ns(&m->layout, &memory, 10, false, rounds);
    double all = step_ns(&m->layout, &memory, 1, false, rounds);
    double kept = step_ns(&m->layout, &memory, 0, true, rounds);
    double kept_all = step_ns(&m->layout, &memory, 1, true, rounds);
    printf("%9zu %10zu %9.2f %9.2f %9.2f %9.2f %9.2f %9.2f %11.0f\n", fields,
           memory.size, limit / n, none / n, tenth / n, all / n, kept / n,
           kept_all / n, none);
    memory_free(&memory);
    free(m->layout.fields);
    free(m);
}

/* --- structs whose place is stored in the mapping ------------------------ */

#define RECORDS 100000u
#define RECORD_BYTES 64u
#define TABLE_AT 4096u
#define TABLE_BYTES ((uint64_t)RECORDS * RECORD_BYTES)

static struct layout *records_layout(const char *place)
{
    struct layout *layout = NULL;
    struct problems problems = {0};
    char text[1024];
    snprintf(text, sizeof text,
             "[mapping]\nname = x\nsize = %llu\nabi = x64-linux\n"
             "[struct record]\n@size = %u\n"
             "a = u64\nb = u64\nc = f64\nd = f64\ne = u32\nf = u32\n"
             "g = f32\nh = u16\ni = u8\nj = u8\n"
             "[fields]\nat = u32 @0\nstride = u32 @4\ncount = u32 @8\n"
             "records = record[%u] %s\n",
             (unsigned long long)(TABLE_AT + TABLE_BYTES + TABLE_AT),
             RECORD_BYTES, RECORDS, place);
    if (!layout_parse(&layout, "bench.ini", text, strlen(text), ABI_UNKNOWN,
                      &problems))
        die(STATUS_INTERNAL, "%s", problems.items[0].text);
    problems_free(&problems);
    return layout;
}

static void put_header(const struct memory *memory, uint32_t at, uint32_t count)
{
    const uint32_t header[] = {at, RECORD_BYTES, count};
    memcpy(memory->bytes, header, sizeof header);
}

/* Median time of a step. Between steps the table alternates by `move` bytes and
 * by `lose` records; 0 and 0: it does not change. */
static double records_ns(const struct layout *layout,
                         const struct memory *memory, uint32_t move,
                         uint32_t lose)
{
    put_header(memory, TABLE_AT, RECORDS);
    struct sampler *sampler = watch(layout, memory, false);
    static struct figures figures;
    figures.count = 0;
    for (uint32_t i = 0; i < 15; i++) {
        put_header(memory, TABLE_AT + (i & 1) * move, RECORDS - (i & 1) * lose);
        int64_t start_ns = os_mono_ns();
        const struct sample *sample = sampler_step(sampler);
        add(&figures, start_ns);
        if (i > 0 && move == 0 && lose == 0 && sample->changed_count != 0)
            die(STATUS_INTERNAL, "changes in what does not change");
    }
    sampler_close(sampler);
    return median(&figures);
}

static void bench_records(void)
{
    struct memory memory;
    memory_make(&memory, "records",
                (size_t)(TABLE_AT + TABLE_BYTES + TABLE_AT));
    struct layout *fixed = records_layout("@4096");
    struct layout *moving = records_layout("@at stride=stride count=count");
    double n = (double)moving->field_count;
    printf("\n%u records of 10 fields, ns a field\n", RECORDS);
    printf("%9s %9s %9s %9s\n", "fixed", "said", "one less", "moves");
    printf("%9.2f %9.2f %9.2f %9.2f\n", records_ns(fixed, &memory, 0, 0) / n,
           records_ns(moving, &memory, 0, 0) / n,
           records_ns(moving, &memory, 0, 1) / n,
           records_ns(moving, &memory, RECORD_BYTES, 0) / n);
    layout_free(fixed);
    layout_free(moving);
    memory_free(&memory);
}

static void bench_frame(size_t size)
{
    struct memory memory;
    memory_make(&memory, "frame", size);
    struct range range = {.offset = 0, .size = size, .at = 0};
    struct target *target = mem_zalloc(1, sizeof *target);
    struct source *source;
    struct frame frame;
    struct err err = {0};
    char text[80];
    static struct figures ours;
    static struct figures plain;
    size_t rounds = size > (1u << 20) ? 15 : 2000;
    uint8_t *copy = mem_zalloc(size, 1);
    snprintf(text, sizeof text, "shm:%s", memory.name);
    if (!target_parse(target, text, &err) ||
        !source_open(&source, target, &range, 1, size, &err))
        die(err.status, "%s", err.text);
    source_sample(source, &frame);
    memcpy(copy, memory.bytes, size);
    ours.count = plain.count = 0;
    for (size_t i = 0; i < rounds; i++) {
        int64_t start_ns = os_mono_ns();
        source_sample(source, &frame);
        add(&ours, start_ns);
        sink += frame.bytes[i % size];
        start_ns = os_mono_ns();
        memcpy(copy, memory.bytes, size);
        add(&plain, start_ns);
        sink += copy[i % size];
    }
    double a = median(&ours);
    double b = median(&plain);
    printf("%10zu %12.0f %12.0f %8.2f\n", size, a, b, a / (b > 0 ? b : 1));
    source_close(source);
    free(target);
    free(copy);
    memory_free(&memory);
}

int main(void)
{
    printf("ns a mixed field; aims: 1.5 unchanged, 10 all changed\n");
    printf("%9s %10s %9s %9s %9s %9s %9s %9s %11s\n", "fields", "bytes",
           "cpy+cmp", "none", "1 of 10", "all", "watch", "watch all",
           "none, ns");
    bench_fields(10);
    bench_fields(100);
    bench_fields(10000);
    bench_fields(100000);
    bench_fields(1000000);
    bench_records();
    printf("\none frame, ns; aim: 1.5 times memcpy from 4096 bytes\n");
    printf("%10s %12s %12s %8s\n", "bytes", "ours", "memcpy", "ratio");
    bench_frame(64);
    bench_frame(4096);
    bench_frame((size_t)1 << 20);
    bench_frame((size_t)64 << 20);
    return sink == 12345;
}
