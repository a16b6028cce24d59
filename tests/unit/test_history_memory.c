/* SPDX-License-Identifier: MIT */
/* The history never takes more memory than it was given, whatever is kept in
 * it, looked for and drawn. */
#include <fcntl.h>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include "engine_rig.h"

#include "history/series.h"

#define FIELDS 100
#define BYTES (FIELDS * 8)
#define SAMPLES 12600 /* so that more than 10 million bytes change */
#define GRANTED ((size_t)1 << 20)
#define CELLS 240

/* A mapping full of random numbers. */
struct fixture {
    char name[64];
    uint64_t *words;
    struct layout *layout;
    struct sampler *sampler;
    struct history *history;
    uint64_t seed;
};

static size_t allocated(void)
{
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

static void change(struct fixture *f)
{
    for (size_t i = 0; i < FIELDS; i++) {
        f->seed = f->seed * UINT64_C(6364136223846793005) + 1442695040888963407;
        f->words[i] = f->seed ^ f->seed >> 29;
    }
}

static void open_sampler(struct fixture *f)
{
    char text[512];
    struct err err = {0};
    const struct sampler_options options = {
        .trend_bytes = 1 << 20, .trend_max = 60, .statistics = true};
    *f = (struct fixture){0};
    snprintf(f->name, sizeof f->name, "/shmtop-memory-%ld", (long)getpid());
    int fd = shm_open(f->name, O_CREAT | O_EXCL | O_RDWR, 0600);
    assert_true(fd >= 0 && ftruncate(fd, BYTES) == 0);
    f->words = mmap(NULL, BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    assert_true(f->words != MAP_FAILED);
    close(fd);
    snprintf(text, sizeof text,
             "[mapping]\nname = shm:%s\n[fields]\n"
             "many = u64[%d] @0 warn=>1000 crit=>9000000000000000000\n",
             f->name, FIELDS);
    f->layout = rig_layout(text);
    assert_true(sampler_open(&f->sampler, f->layout, NULL, &options, &err));
    sampler_set_trend_cell(f->sampler, SAMPLER_CELL_NS, 1000000);
    for (int i = 0; i < 100; i++) { /* what the sampler itself needs */
        change(f);
        sampler_step(f->sampler);
    }
}

static void close_sampler(struct fixture *f)
{
    sampler_close(f->sampler);
    layout_free(f->layout);
    munmap(f->words, BYTES);
    shm_unlink(f->name);
}

static bool count_sample(void *user, const struct sample *sample)
{
    *(uint64_t *)user += sample->field_count == FIELDS;
    return true;
}

/* Everything that the dashboard does with the past. */
static void use_it(struct fixture *f, uint32_t field)
{
    static struct series_cell cells[CELLS];
    struct history_span span = history_span(f->history);
    uint64_t count = 0;
    int64_t middle_ns = span.first_ns + (span.last_ns - span.first_ns) / 2;
    assert_non_null(history_seek(f->history, middle_ns));
    history_walk(f->history, middle_ns, span.last_ns, count_sample, &count);
    assert_true(count > 0);
    history_series(f->history, field, span.first_ns,
                   (span.last_ns - span.first_ns) / CELLS + 1, cells, CELLS);
    history_find_change(f->history, &field, 1, middle_ns, true);
    history_rebase(f->history, middle_ns);
}

static void test_bounded(void **state)
{
    (void)state;
    struct fixture f;
    open_sampler(&f);
    size_t before = allocated(), most = 0;
    f.history = history_open(f.sampler, f.layout, GRANTED);
    assert_null(history_problem(f.history));
    for (uint32_t i = 0; i < SAMPLES; i++) {
        change(&f);
        sampler_step(f.sampler);
        history_take(f.history);
        if (i % 300 == 0)
            use_it(&f, i / 300 % FIELDS);
        size_t now = allocated() - before;
        if (now > most)
            most = now;
        if (most > GRANTED)
            fail_msg("after %u samples %zu bytes are in use", i + 1, most);
        assert_true(history_span(f.history).bytes <= GRANTED);
    }
    struct history_span span = history_span(f.history);
    /* Most of it is used, and the oldest samples were dropped. */
    assert_true(span.count > 100 && span.count < SAMPLES);
    assert_true(span.bytes > GRANTED / 2);
    history_close(f.history);
    /* The sampler has a baseline now, and malloc keeps small pieces. */
    assert_true(allocated() < before + GRANTED / 32);
    close_sampler(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_bounded)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
