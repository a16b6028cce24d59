/* SPDX-License-Identifier: MIT */
/* The history when clocks jump, the computer sleeps, and producers come and go:
 * each sample stays what print wrote of it. The linker replaces the clocks. */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "engine_rig.h"

#include "history/history.h"
#include "output/output.h"

#define SECOND INT64_C(1000000000)
#define HOUR (3600 * SECOND)
#define SAMPLES_MOST 200
#define SIZE 64

int64_t __wrap_os_mono_ns(void);
int64_t __wrap_os_wall_ns(void);

static int64_t mono_ns, wall_ns;

int64_t __wrap_os_mono_ns(void)
{
    return mono_ns;
}

int64_t __wrap_os_wall_ns(void)
{
    return wall_ns;
}

struct fixture {
    char name[64];
    uint64_t *words; /* of the mapping; NULL: there is none */
    struct layout *layout;
    struct sampler *sampler;
    struct history *history;
    const struct output_ops *ops;
    struct output_plan plan;
    uint32_t fields[3];
    struct buf printed, walked;
    int64_t keys[SAMPLES_MOST], walls[SAMPLES_MOST];
    size_t count;
};

static void begin_producer(struct fixture *f)
{
    int fd = shm_open(f->name, O_CREAT | O_EXCL | O_RDWR, 0600);
    assert_true(fd >= 0 && ftruncate(fd, SIZE) == 0);
    f->words = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    assert_true(f->words != MAP_FAILED);
    close(fd);
}

static void end_producer(struct fixture *f)
{
    if (!f->words)
        return;
    munmap(f->words, SIZE);
    shm_unlink(f->name);
    f->words = NULL;
}

static int set_up(void **state)
{
    static struct fixture f;
    char text[512];
    struct err err = {0};
    const struct sampler_options options = {.stale_ns = 5 * SECOND,
                                            .statistics = true};
    f = (struct fixture){.ops = output_find("json"), .fields = {0, 1, 2}};
    mono_ns = 1000 * SECOND;
    wall_ns = INT64_C(1767323045) * SECOND;
    snprintf(f.name, sizeof f.name, "/shmtop-clock-%ld", (long)getpid());
    begin_producer(&f);
    snprintf(text, sizeof text,
             "[mapping]\nname = shm:%s\n[fields]\ncount = u64 @0 role=counter "
             "warn=>50\nreal = f64 @8\nname = char[8] @16\n",
             f.name);
    f.layout = rig_layout(text);
    assert_true(sampler_open(&f.sampler, f.layout, NULL, &options, &err));
    f.history = history_open(f.sampler, f.layout, (size_t)1 << 20);
    f.plan = (struct output_plan){.layout = f.layout,
                                  .fields = f.fields,
                                  .field_count = 3,
                                  .detail = true};
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    end_producer(f);
    history_close(f->history);
    sampler_close(f->sampler);
    layout_free(f->layout);
    buf_free(&f->printed);
    buf_free(&f->walked);
    return 0;
}

/* Lets time pass by both clocks, changes the memory and takes a sample. */
static void sample(struct fixture *f, int64_t mono_passed, int64_t wall_passed)
{
    assert_true(f->count < SAMPLES_MOST);
    mono_ns += mono_passed;
    wall_ns += wall_passed;
    if (f->words) {
        double real = (double)f->count / 7;
        f->words[0] += f->count % 3;
        memcpy(f->words + 1, &real, sizeof real);
        snprintf((char *)(f->words + 2), 8, "n%u",
                 (unsigned)f->count / 5 % 100);
    }
    f->ops->sample(&f->printed, &f->plan, sampler_step(f->sampler));
    history_take(f->history);
    f->keys[f->count] = history_span(f->history).last_ns;
    f->walls[f->count++] = wall_ns;
}

static void samples(struct fixture *f, int count, int64_t passed_ns)
{
    for (int i = 0; i < count; i++)
        sample(f, passed_ns, passed_ns);
}

static bool walk_one(void *user, const struct sample *sample)
{
    struct fixture *f = user;
    f->ops->sample(&f->walked, &f->plan, sample);
    return true;
}

/* All samples are what they were, and each is found by its time. */
static void expect_all(struct fixture *f)
{
    struct history_span span = history_span(f->history);
    assert_int_equal(span.count, f->count);
    history_walk(f->history, span.first_ns, span.last_ns, walk_one, f);
    if (f->walked.len != f->printed.len ||
        memcmp(f->walked.data, f->printed.data, f->printed.len) != 0)
        fail_msg("saved:\n%s\nprinted:\n%s", f->walked.data, f->printed.data);
    for (size_t i = 0; i < f->count; i++) {
        assert_true(i == 0 || f->keys[i] > f->keys[i - 1]);
        assert_int_equal(history_find(f->history, f->keys[i]), f->keys[i]);
        int64_t off = history_wall_ns(f->history, f->keys[i]) - f->walls[i];
        if (off < -SECOND / 100 || off > SECOND / 100)
            fail_msg("sample %zu: the wall clock is off by %g s", i,
                     (double)off / 1e9);
        buf_clear(&f->walked);
        history_walk(f->history, f->keys[i], f->keys[i], walk_one, f);
        assert_true(f->walked.len > 0 && memmem(f->printed.data, f->printed.len,
                                                f->walked.data, f->walked.len));
    }
}

/* The instants of the marks of that kind are those of these samples. */
static void expect_marks(const struct fixture *f, enum mark_kind kind,
                         size_t want, const size_t *at)
{
    size_t count, found = 0;
    const struct history_mark *marks = history_marks(f->history, &count);
    for (size_t i = 0; i < count; i++) {
        if (marks[i].kind != (uint8_t)kind)
            continue;
        assert_true(found < want);
        assert_int_equal(marks[i].at_ns, f->keys[at[found++]]);
    }
    assert_int_equal(found, want);
}

static void test_wall_jumps(void **state)
{
    struct fixture *f = *state;
    samples(f, 10, SECOND / 10);
    sample(f, SECOND / 10, -HOUR); /* 10: back */
    samples(f, 9, SECOND / 10);
    sample(f, SECOND / 10, HOUR); /* 20 */
    samples(f, 9, SECOND / 10);
    sample(f, SECOND / 10, 26 * HOUR); /* 30 */
    samples(f, 9, SECOND / 10);
    for (int i = 0; i < 20; i++) /* the clock is adjusted slowly */
        sample(f, SECOND / 10, SECOND / 10 + SECOND / 2000);
    sample(f, SECOND / 10, -wall_ns); /* 60: to 1970 */
    samples(f, 9, SECOND / 10);
    expect_all(f);
    expect_marks(f, MARK_CLOCK, 4, (const size_t[]){10, 20, 30, 60});
    expect_marks(f, MARK_GAP, 0, NULL);
}

/* The monotonic clock goes on during the sleep, or it does not. */
static void test_sleep(void **state)
{
    struct fixture *f = *state;
    samples(f, 10, SECOND);
    sampler_break(f->sampler);
    sample(f, HOUR, HOUR);
    samples(f, 10, SECOND);
    sampler_break(f->sampler);
    sample(f, SECOND, HOUR); /* 21 */
    samples(f, 10, SECOND);
    expect_all(f);
    expect_marks(f, MARK_CLOCK, 1, (const size_t[]){21});
    assert_int_equal(history_find(f->history, f->keys[10] - 1), f->keys[9]);
    assert_int_equal(history_count(f->history, f->keys[9] + 1, f->keys[10] - 1),
                     0);
}

/* No time passes between samples. */
static void test_stopped_clock(void **state)
{
    struct fixture *f = *state;
    samples(f, 20, 0);
    samples(f, 20, 1);
    expect_all(f);
}

static void test_replaced(void **state)
{
    struct fixture *f = *state;
    samples(f, 10, SECOND / 10);
    end_producer(f);
    samples(f, 10, SECOND / 10); /* 10: gone */
    begin_producer(f);
    samples(f, 10, SECOND / 10); /* 20 */
    end_producer(f);
    begin_producer(f); /* between two samples */
    samples(f, 10, SECOND / 10);
    end_producer(f);
    samples(f, 5, SECOND / 10);
    assert_int_equal(sampler_last(f->sampler)->state, STATE_GONE);
    assert_int_equal(sampler_last(f->sampler)->generation, 3);
    expect_all(f);
    expect_marks(f, MARK_GENERATION, 2, (const size_t[]){20, 30});
    expect_marks(f, MARK_GAP, 2, (const size_t[]){10, 40});
    const struct sampler *past = history_seek(f->history, f->keys[12]);
    assert_int_equal(sampler_last(past)->state, STATE_GONE);
    past = history_seek(f->history, f->keys[5]);
    assert_int_equal(sampler_last(past)->generation, 1);
    past = history_seek(f->history, f->keys[35]);
    assert_int_equal(sampler_last(past)->generation, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_wall_jumps, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_sleep, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_stopped_clock, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_replaced, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
