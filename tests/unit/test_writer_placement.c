/* SPDX-License-Identifier: MIT */
/* Writing and setting fields that other fields place, on real shared memory
 * that is read from outside. */
#include "engine_rig.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "writer/set.h"
#include "writer/writer.h"

#define S INT64_C(1000000000)
#define SIZE 128

struct rig {
    char name[64];
    struct layout *layout;
    struct writer *writer;
    uint8_t bytes[SIZE];
};

static void rig_layout_of(struct rig *rig, const char *size, const char *rest)
{
    static unsigned number;
    char text[2048];
    snprintf(rig->name, sizeof rig->name, "/shmtop-moving-%ld-%u",
             (long)getpid(), number++);
    shm_unlink(rig->name);
    snprintf(text, sizeof text,
             "[mapping]\nname = shm:%s\nabi = x64-linux\n%s[struct pump]\n"
             "id = u16 write=\"const 7\" writable=yes\n"
             "flow = u16 write=\"count 1\" writable=0..500\n%s",
             rig->name, size, rest);
    rig->layout = rig_layout(text);
}

static void rig_open(struct rig *rig, const char *rest)
{
    struct err err = {0};
    rig_layout_of(rig, "size = 128\n", rest);
    if (!writer_open(&rig->writer, rig->layout, NULL, false, &err))
        fail_msg("%s", err.text);
}

static void rig_close(struct rig *rig)
{
    writer_close(rig->writer);
    layout_free(rig->layout);
}

static void look(struct rig *rig)
{
    int fd = shm_open(rig->name, O_RDONLY, 0);
    assert_true(fd >= 0);
    assert_int_equal(read(fd, rig->bytes, SIZE), SIZE);
    close(fd);
}

static void step(struct rig *rig, uint64_t tick)
{
    const struct instant now = {tick, (int64_t)tick * S, 0};
    struct err err = {0};
    if (!writer_step(rig->writer, &now, &err))
        fail_msg("%s", err.text);
    look(rig);
}

static unsigned at(const struct rig *rig, size_t offset)
{
    return rig->bytes[offset] | (unsigned)rig->bytes[offset + 1] << 8;
}

/* --- write -------------------------------------------------------------- */

static void writes_where_constants_say(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig, "[fields]\n"
                   "pumps = pump[3] @table stride=step count=n\n"
                   "table = u32 @0 write=\"const 64\"\n"
                   "step = u16 @4 write=\"const 8\"\n"
                   "n = u16 @6 write=\"const 2\"\n");
    look(&rig);
    assert_int_equal(at(&rig, 0), 64);
    assert_int_equal(at(&rig, 64), 7);
    assert_int_equal(at(&rig, 72), 7);
    assert_int_equal(at(&rig, 80), 0); /* there are only two */
    step(&rig, 0);
    step(&rig, 5);
    assert_int_equal(at(&rig, 66), 5);
    assert_int_equal(at(&rig, 74), 5);
    assert_int_equal(at(&rig, 82), 0);
    for (size_t i = 8; i < 64; i++)
        assert_int_equal(rig.bytes[i], 0);
    rig_close(&rig);
}

/* New elements get their constants, too; removed ones are left unchanged. */
static void writes_what_comes(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig, "[fields]\n"
                   "n = u16 @0 write=\"count 1\"\n"
                   "where = u16 @2 write=\"count 32\"\n"
                   "pumps = pump[3] @where stride=8 count=n\n");
    look(&rig);
    assert_int_equal(at(&rig, 0), 0);
    step(&rig, 0);
    for (size_t i = 2; i < SIZE; i++)
        assert_int_equal(rig.bytes[i], 0);
    step(&rig, 1);
    assert_int_equal(at(&rig, 32), 7);
    assert_int_equal(at(&rig, 34), 1);
    assert_int_equal(at(&rig, 40), 0);
    step(&rig, 2); /* two of them, elsewhere */
    assert_int_equal(at(&rig, 64), 7);
    assert_int_equal(at(&rig, 66), 2);
    assert_int_equal(at(&rig, 72), 7);
    assert_int_equal(at(&rig, 34), 1);
    step(&rig, 3);
    assert_int_equal(at(&rig, 96), 7);
    assert_int_equal(at(&rig, 112), 7);
    assert_int_equal(at(&rig, 114), 3);

    const struct instant now = {4, 4 * S, 0};
    struct err err = {0};
    assert_false(writer_step(rig.writer, &now, &err));
    assert_int_equal(err.status, STATUS_DATA);
    assert_string_equal(err.text,
                        "rig.ini:1: n is 4, but the layout has pumps[3]");
    rig_close(&rig);
}

static void refuses_places_outside(void **state)
{
    (void)state;
    static const struct {
        const char *size, *rest, *why;
    } bad[] = {
        {"size = 128\n",
         "[fields]\nt = u16 @0 write=\"const 125\"\npumps = pump[1] @t\n",
         "rig.ini:1: pumps is not within the mapping's 128 bytes: t is 125"},
        {"", "[fields]\nt = u16 @0 write=\"const 64\"\npumps = pump[1] @t\n",
         "rig.ini:1: pumps is not within the mapping's 2 bytes: t is 64; give "
         "the mapping a size"},
        {"size = 128\n",
         "[fields]\nt = u16 @0 write=\"const 64\"\n"
         "s = u8 @2 write=\"const 3\"\npumps = pump[2] @t stride=s\n",
         "rig.ini:1: s is 3, but an element of pumps has 4 bytes"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct rig rig;
        struct err err = {0};
        rig_layout_of(&rig, bad[i].size, bad[i].rest);
        assert_false(writer_open(&rig.writer, rig.layout, NULL, false, &err));
        assert_int_equal(err.status, STATUS_DATA);
        assert_string_equal(err.text, bad[i].why);
        assert_true(shm_open(rig.name, O_RDONLY, 0) < 0); /* none is left */
        layout_free(rig.layout);
    }
}

/* --- set ---------------------------------------------------------------- */

static bool set(struct rig *rig, const char *path, const char *text,
                struct err *err)
{
    const struct change change = {path, text};
    bool ok = writer_set(rig->layout, NULL, &change, 1, NULL, err);
    look(rig);
    return ok;
}

static void sets_where_the_mapping_says(void **state)
{
    (void)state;
    struct rig rig;
    struct err err = {0};
    rig_open(&rig, "[fields]\n"
                   "table = u32 @0 write=\"const 64\" writable=yes\n"
                   "n = u16 @4 write=\"const 2\" writable=yes\n"
                   "pumps = pump[3] @table stride=8 count=n\n");
    assert_true(set(&rig, "pumps[1].flow", "321", &err));
    assert_int_equal(at(&rig, 74), 321);

    assert_false(set(&rig, "pumps[2].flow", "1", &err));
    assert_int_equal(err.status, STATUS_DATA);
    assert_string_equal(err.text, "field 'pumps[2].flow' is not there now: its "
                                  "array has fewer elements");
    /* The numbers in the mapping count, whoever wrote them. */
    assert_true(set(&rig, "n", "3", &err));
    assert_true(set(&rig, "pumps[2].flow", "111", &err));
    assert_int_equal(at(&rig, 82), 111);
    assert_true(set(&rig, "table", "33", &err));
    assert_true(set(&rig, "pumps[0].id", "258", &err));
    assert_int_equal(at(&rig, 33), 258);

    assert_true(set(&rig, "n", "9", &err));
    assert_false(set(&rig, "pumps[0].id", "1", &err));
    assert_string_equal(err.text, "field 'pumps[0].id' has no place: n is 9, "
                                  "but the layout has pumps[3]");
    assert_true(set(&rig, "n", "1", &err));
    assert_true(set(&rig, "table", "4294967295", &err));
    assert_false(set(&rig, "pumps[0].id", "1", &err));
    assert_int_equal(err.status, STATUS_DATA);
    assert_string_equal(err.text,
                        "field 'pumps[0].id' has no place: pumps[0] is not "
                        "within the mapping's 128 bytes: table is 4294967295");
    rig_close(&rig);
}

/* Ticks of 8 bits wrap soon; 0 means never written. */
static void sets_in_the_newest_buffer(void **state)
{
    (void)state;
    static const struct {
        const char *ticks[3];
        size_t newest;
    } cases[] = {
        {{"0", "0", "0"}, 0},     {{"0", "1", "0"}, 1},
        {{"4", "5", "3"}, 1},     {{"254", "255", "1"}, 2},
        {{"2", "254", "255"}, 0}, {{"127", "128", "129"}, 2},
    };
    struct rig rig;
    struct err err = {0};
    rig_open(&rig, "[snapshot]\nmethod = newest\ntick = buf.tick\n"
                   "[struct buf]\n@size = 16\ntick = u8 @0 writable=yes\n"
                   "[struct row]\na = u16 @4 writable=yes\n"
                   "[fields]\nbuf = buf[3] @0\nrow = row @newest\n");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char path[32], value[16];
        for (unsigned k = 0; k < 3; k++) {
            snprintf(path, sizeof path, "buf[%u].tick", k);
            assert_true(set(&rig, path, cases[i].ticks[k], &err));
        }
        snprintf(value, sizeof value, "%zu", 100 + i);
        assert_true(set(&rig, "row.a", value, &err));
        assert_int_equal(at(&rig, 16 * cases[i].newest + 4), 100 + i);
    }
    rig_close(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_where_constants_say),
        cmocka_unit_test(writes_what_comes),
        cmocka_unit_test(refuses_places_outside),
        cmocka_unit_test(sets_where_the_mapping_says),
        cmocka_unit_test(sets_in_the_newest_buffer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
