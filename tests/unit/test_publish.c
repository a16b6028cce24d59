/* SPDX-License-Identifier: MIT */
/* What the writer leaves in memory at each half of a frame, by method, and the
 * verdict of the reader; the memory is read from outside. */
#include "engine_rig.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "sampler/sampler.h"
#include "writer/writer.h"

#define S INT64_C(1000000000)

struct rig {
    char name[64];
    struct layout *layout;
    struct writer *writer;
    struct sampler *sampler;
    uint8_t bytes[64];
    uint64_t tick;
};

static struct instant now(const struct rig *rig)
{
    return (struct instant){rig->tick, (int64_t)rig->tick * S, 0};
}

static void look(struct rig *rig)
{
    int fd = shm_open(rig->name, O_RDONLY, 0);
    assert_true(fd >= 0);
    assert_int_equal(read(fd, rig->bytes, 64), 64);
    close(fd);
}

static uint32_t word(const struct rig *rig, size_t at)
{
    uint32_t out;
    memcpy(&out, rig->bytes + at, sizeof out);
    return out;
}

static void open_rig(struct rig *rig, const char *text, enum tear tear)
{
    static unsigned number;
    char whole[2048];
    struct err err = {0};
    static const struct sampler_options options = {0};
    *rig = (struct rig){0};
    snprintf(rig->name, sizeof rig->name, "/shmtop-publish-%ld-%u",
             (long)getpid(), number++);
    snprintf(whole, sizeof whole, "[mapping]\nname = shm:%s\nsize = 64\n%s",
             rig->name, text);
    rig->layout = rig_layout(whole);
    if (!writer_open(&rig->writer, rig->layout, NULL, false, &err) ||
        !sampler_open(&rig->sampler, rig->layout, NULL, &options, &err))
        fail_msg("%s", err.text);
    writer_tear(rig->writer, tear);
}

static void close_rig(struct rig *rig)
{
    sampler_close(rig->sampler);
    writer_close(rig->writer);
    layout_free(rig->layout);
    shm_unlink(rig->name);
}

static void begin(struct rig *rig)
{
    const struct instant instant = now(rig);
    struct err err = {0};
    if (!writer_begin(rig->writer, &instant, &err))
        fail_msg("%s", err.text);
    look(rig);
}

static void end(struct rig *rig)
{
    const struct instant instant = now(rig);
    struct err err = {0};
    if (!writer_end(rig->writer, &instant, &err))
        fail_msg("%s", err.text);
    rig->tick++;
    look(rig);
}

static enum verdict verdict(struct rig *rig)
{
    return sampler_step(rig->sampler)->consistency[0].verdict;
}

#define DATA                                                                   \
    "a = u32 @40 write=\"count 1 from 10\"\n"                                  \
    "b = u32 @44 write=\"count 1 from 10\"\n"                                  \
    "fixed = u32 @48 write=\"const 7\"\n"
#define SEQLOCK "[snapshot]\nmethod = seqlock\nseq = seq\n[fields]\n"

static void test_seqlock(void **state)
{
    (void)state;
    struct rig rig;
    open_rig(&rig, SEQLOCK "seq = u32be @4\n" DATA, TEAR_NONE);
    for (uint32_t i = 0; i < 3; i++) {
        begin(&rig);
        assert_int_equal(rig.bytes[7], 2 * i + 1);
        assert_int_equal(word(&rig, 40), 10 + i);
        assert_int_equal(word(&rig, 44), i == 0 ? 0 : 9 + i);
        assert_int_equal(verdict(&rig), VERDICT_TORN);
        end(&rig);
        assert_int_equal(rig.bytes[7], 2 * i + 2);
        assert_int_equal(word(&rig, 44), 10 + i);
        assert_int_equal(word(&rig, 48), 7);
        assert_int_equal(verdict(&rig), VERDICT_WHOLE);
    }
    close_rig(&rig);
}

static void test_seqlock_wraps(void **state)
{
    (void)state;
    struct rig rig;
    open_rig(&rig, SEQLOCK "seq = i8 @4\n" DATA, TEAR_NONE);
    for (unsigned i = 0; i < 300; i++) {
        begin(&rig);
        assert_int_equal(rig.bytes[4], (2 * i + 1) & 255);
        assert_int_equal(rig.bytes[5], 0);
        end(&rig);
        assert_int_equal(rig.bytes[4], (2 * i + 2) & 255);
        assert_int_equal(verdict(&rig), VERDICT_WHOLE);
    }
    close_rig(&rig);
}

static void test_pair(void **state)
{
    (void)state;
    struct rig rig;
    open_rig(&rig,
             "[snapshot]\nmethod = pair\nbegin = first\nend = last\n"
             "[fields]\nfirst = u32 @0\nlast = u32 @60\n" DATA,
             TEAR_NONE);
    for (uint32_t i = 0; i < 3; i++) {
        begin(&rig);
        assert_int_equal(word(&rig, 0), i + 1);
        assert_int_equal(word(&rig, 60), i);
        assert_int_equal(verdict(&rig), VERDICT_TORN);
        end(&rig);
        assert_int_equal(word(&rig, 60), i + 1);
        assert_int_equal(verdict(&rig), VERDICT_WHOLE);
    }
    close_rig(&rig);
}

/* Without the protocol no reader can tell. */
static void test_break(void **state)
{
    (void)state;
    struct rig rig;
    open_rig(&rig, SEQLOCK "seq = u32 @0\n" DATA, TEAR_BREAK);
    begin(&rig);
    end(&rig);
    assert_int_equal(word(&rig, 0), 2);
    begin(&rig);
    assert_int_equal(word(&rig, 0), 2);
    assert_int_equal(word(&rig, 40), 11);
    assert_int_equal(word(&rig, 44), 10);
    assert_int_equal(verdict(&rig), VERDICT_WHOLE);
    end(&rig);
    assert_int_equal(word(&rig, 0), 4);
    close_rig(&rig);
}

/* Each frame goes to the oldest buffer, its tick comes after it. */
static void test_newest(void **state)
{
    (void)state;
    struct rig rig;
    open_rig(&rig,
             "[snapshot]\nmethod = newest\ntick = buf.tick\n"
             "[struct buf]\n@size = 16\ntick = u32 @0\n"
             "[struct row]\n"
             "a = u32 @4 write=\"count 1 from 10\"\n"
             "b = u32 @8 write=\"count 1 from 10\"\n"
             "fixed = u32 @12 write=\"const 7\"\n"
             "[fields]\nbuf = buf[3] @0\nrow = row @newest\n",
             TEAR_NONE);
    look(&rig);
    for (size_t k = 0; k < 3; k++)
        assert_int_equal(word(&rig, 16 * k + 12), 7);
    for (uint32_t i = 0; i < 8; i++) {
        size_t at = 16 * (i % 3);
        begin(&rig);
        assert_int_equal(word(&rig, at), i < 3 ? 0 : i - 2);
        assert_int_equal(word(&rig, at + 4), 10 + i);
        end(&rig);
        assert_int_equal(word(&rig, at), i + 1);
        assert_int_equal(word(&rig, at + 8), 10 + i);
        assert_int_equal(verdict(&rig), VERDICT_WHOLE);
        assert_int_equal(sampler_last(rig.sampler)->consistency[0].buffer,
                         i % 3);
    }
    close_rig(&rig);
}

static void test_own_pattern(void **state)
{
    (void)state;
    struct writer *writer;
    struct err err = {0};
    struct layout *layout = rig_layout(
        "[mapping]\nname = shm:shmtop-publish-never\nsize = 64\n" SEQLOCK
        "seq = u32 @0 write=\"count 2\"\n");
    assert_false(writer_open(&writer, layout, NULL, false, &err));
    assert_int_equal(err.status, STATUS_DATA);
    assert_string_equal(err.text,
                        "rig.ini:8: field 'seq' is written by the method of "
                        "[snapshot]; remove its `write`");
    layout_free(layout);
}

static void test_abandon(void **state)
{
    (void)state;
    struct rig rig;
    open_rig(&rig, SEQLOCK "seq = u32 @0\n" DATA, TEAR_DIE);
    begin(&rig);
    end(&rig);
    assert_int_equal(verdict(&rig), VERDICT_WHOLE);
    begin(&rig);
    writer_abandon(rig.writer);
    rig.writer = NULL;
    look(&rig); /* it is still there */
    assert_int_equal(word(&rig, 0), 3);
    assert_int_equal(verdict(&rig), VERDICT_TORN);
    assert_true(sampler_last(rig.sampler)->values[1].u == 10);
    close_rig(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_seqlock), cmocka_unit_test(test_seqlock_wraps),
        cmocka_unit_test(test_pair),    cmocka_unit_test(test_break),
        cmocka_unit_test(test_newest),  cmocka_unit_test(test_own_pattern),
        cmocka_unit_test(test_abandon),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
