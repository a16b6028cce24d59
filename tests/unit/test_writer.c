/* SPDX-License-Identifier: MIT */
/* The writer and `set` on real shared memory, which is read from outside. */
#include "engine_rig.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <unistd.h>

#include "writer/set.h"
#include "writer/writer.h"

#define S INT64_C(1000000000)

/* --- what is there ------------------------------------------------------ */

static const char *fresh_name(char *name, size_t room)
{
    static unsigned number;
    snprintf(name, room, "/shmtop-unit-%ld-%u", (long)getpid(), number++);
    shm_unlink(name);
    return name;
}

static bool exists(const char *name)
{
    int fd = shm_open(name, O_RDONLY, 0);
    if (fd < 0)
        return false;
    close(fd);
    return true;
}

/* A mapping of another process. */
static void make_mapping(const char *name, const void *bytes, size_t size)
{
    int fd = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, size), size);
    close(fd);
}

static void read_mapping(const char *name, void *bytes, size_t size)
{
    int fd = shm_open(name, O_RDONLY, 0);
    assert_true(fd >= 0);
    assert_int_equal(read(fd, bytes, size), size);
    close(fd);
}

static void resize_mapping(const char *name, off_t size)
{
    int fd = shm_open(name, O_RDWR, 0);
    assert_true(fd >= 0);
    assert_int_equal(ftruncate(fd, size), 0);
    close(fd);
}

static struct layout *layout_of(const char *name, const char *fields)
{
    char text[2048];
    snprintf(text, sizeof text,
             "[mapping]\nname = shm:%s\nsize = 64\n[enum mode]\n0 = Off\n"
             "1 = Auto\n[flags bits]\n0 = low\n3 = high\n%s",
             name, fields);
    return rig_layout(text);
}

static struct writer *open_writer(const struct layout *layout)
{
    struct writer *writer = NULL;
    struct err err = {0};
    if (!writer_open(&writer, layout, NULL, false, &err))
        fail_msg("%s", err.text);
    return writer;
}

/* --- the writer --------------------------------------------------------- */

static const char counter[] = "[fields]\nn = i64 @0 write=\"count 1\"\n";

static void animates_the_mapping(void **state)
{
    (void)state;
    char name[64];
    struct layout *layout =
        layout_of(fresh_name(name, sizeof name),
                  "[fields]\n"
                  "n = i64 @0 write=\"count 1 from 5\"\n"
                  "big = u32be @8 write=\"count 2\"\n"
                  "low = u8 @12 bits=0..3 write=\"count 1\"\n"
                  "high = u8 @12 bits=4..7 write=\"count -1\"\n"
                  "text = char[8] @16 write='text \"abc\"'\n"
                  "fixed = f32 @24 write=\"const 1.5\"\n"
                  "none = u64 @32\n");
    struct writer *writer = open_writer(layout);
    struct err err = {0};
    struct stat status;
    char path[128];
    char target[80];
    uint8_t bytes[64];

    snprintf(path, sizeof path, "/dev/shm%s", name);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_int_equal(status.st_size, 64);
    snprintf(target, sizeof target, "shm:%s", name);
    assert_string_equal(writer_target(writer, 0), target);

    read_mapping(name, bytes, sizeof bytes); /* before the first step */
    assert_memory_equal(bytes + 16, "abc\0\0\0\0\0", 8);
    assert_memory_equal(bytes + 24, "\0\0\xc0\x3f", 4);
    for (uint64_t tick = 0; tick < 20; tick++) {
        const struct instant now = {tick, (int64_t)tick * S, 0};
        struct value value;
        assert_true(writer_step(writer, &now, &err));
        read_mapping(name, bytes, sizeof bytes);
        assert_int_equal(bytes[0], 5 + tick);
        assert_int_equal(bytes[11], 2 * tick);
        assert_int_equal(bytes[12] & 15, tick & 15);
        assert_int_equal(bytes[12] >> 4, (0 - tick) & 15);
        assert_int_equal(writer_shown_field(writer), 0);
        writer_shown_value(writer, &value);
        assert_int_equal(value.type, VALUE_INT);
        assert_true(value.i == 5 + (int64_t)tick);
    }
    static const uint8_t zeros[8];
    assert_memory_equal(bytes + 32, zeros, 8);
    writer_close(writer);
    assert_false(exists(name));
    layout_free(layout);
}

/* A constant that another process changed stays so. */
static void leaves_constants_alone(void **state)
{
    (void)state;
    char name[64];
    struct layout *layout =
        layout_of(fresh_name(name, sizeof name),
                  "[fields]\nn = u32 @0 write=\"count 1\"\n"
                  "set_point = u32 @4 write=\"const 7\" writable=yes\n");
    struct writer *writer = open_writer(layout);
    struct err err = {0};
    const struct instant now = {3, 3 * S, 0};
    const struct change change = {"set_point", "9"};
    uint32_t words[16];
    assert_true(writer_set(layout, NULL, &change, 1, NULL, &err));
    assert_true(writer_step(writer, &now, &err));
    read_mapping(name, words, sizeof words);
    assert_int_equal(words[0], 3);
    assert_int_equal(words[1], 9);
    writer_close(writer);
    layout_free(layout);
}

static void tells_who_it_is(void **state)
{
    (void)state;
    struct err err = {0};
    uint32_t id = (uint32_t)getpid();
    uint32_t stored[4];
    for (const char *of = "abcd"; *of; of++) {
        char name[64];
        char text[256];
        snprintf(text, sizeof text,
                 "[mapping]\nname = shm:%s\nsize = 16\npid = %c\n[fields]\n"
                 "a = u32 @0\nb = u32 @4 write=\"const 7\"\nc = u32be @8\n"
                 "d = u8 @12 bits=0..1\n",
                 fresh_name(name, sizeof name), *of);
        struct layout *layout = rig_layout(text);
        struct writer *writer = open_writer(layout);
        const struct instant now = {0};
        assert_true(writer_step(writer, &now, &err));
        read_mapping(name, stored, sizeof stored);
        assert_int_equal(stored[0], *of == 'a' ? id : 0);
        assert_int_equal(stored[1], 7);
        assert_int_equal(stored[2], *of == 'c' ? htonl(id) : 0);
        /* An id that does not fit is not stored. */
        assert_int_equal(stored[3], *of == 'd' && id < 4 ? id : 0);
        writer_close(writer);
        layout_free(layout);
    }
}

static void takes_over_nothing(void **state)
{
    (void)state;
    char name[64];
    struct layout *layout = layout_of(fresh_name(name, sizeof name), counter);
    struct writer *writer = NULL;
    struct err err = {0};
    char bytes[6];
    make_mapping(name, "yours", 6);
    assert_false(writer_open(&writer, layout, NULL, false, &err));
    assert_int_equal(err.status, STATUS_CANNOT_CREATE);
    assert_non_null(strstr(err.text, name));
    read_mapping(name, bytes, sizeof bytes);
    assert_string_equal(bytes, "yours");

    assert_true(writer_open(&writer, layout, NULL, true, &err));
    int64_t number;
    read_mapping(name, &number, sizeof number);
    assert_int_equal(number, 0);
    writer_close(writer);
    assert_false(exists(name));
    layout_free(layout);
}

/* Neither the mapping nor another one of that name is touched. */
static void refuses_two_of_one_name(void **state)
{
    (void)state;
    char name[64], text[256], bytes[6];
    struct writer *writer = NULL;
    struct err err = {0};
    fresh_name(name, sizeof name);
    snprintf(text, sizeof text,
             "[mapping a]\nname = %s\nsize = 8\n[mapping b]\nname = %s\n"
             "size = 8\n[fields a]\nx = u8 @0\n[fields b]\ny = u8 @0\n",
             name, name);
    struct layout *layout = rig_layout(text);
    assert_false(writer_open(&writer, layout, NULL, false, &err));
    assert_int_equal(err.status, STATUS_DATA);
    assert_non_null(strstr(err.text, "mapping 'b' is '"));
    assert_false(exists(name));
    make_mapping(name, "yours", 6);
    assert_false(writer_open(&writer, layout, NULL, true, &err));
    read_mapping(name, bytes, sizeof bytes);
    assert_string_equal(bytes, "yours");
    assert_int_equal(shm_unlink(name), 0);
    layout_free(layout);
}

static void writes_where_it_is_told(void **state)
{
    (void)state;
    char name[64];
    char other[64];
    char target[80];
    struct layout *layout = layout_of(fresh_name(name, sizeof name), counter);
    struct writer *writer = NULL;
    struct err err = {0};
    snprintf(target, sizeof target, "shm:%s", fresh_name(other, sizeof other));
    assert_true(writer_open(&writer, layout, target, false, &err));
    assert_false(exists(name));
    assert_true(exists(other));
    assert_string_equal(writer_target(writer, 0), target);
    writer_close(writer);
    assert_false(exists(other));
    layout_free(layout);
}

/* A new mapping of that name is not removed. */
static void removes_only_its_own(void **state)
{
    (void)state;
    char name[64];
    char bytes[7];
    struct layout *layout = layout_of(fresh_name(name, sizeof name), counter);
    struct writer *writer = open_writer(layout);
    struct err err = {0};
    const struct instant now = {0};
    shm_unlink(name);
    assert_false(writer_step(writer, &now, &err));
    assert_int_equal(err.status, STATUS_NO_MAPPING);
    make_mapping(name, "theirs", 7);
    err = (struct err){0};
    assert_false(writer_step(writer, &now, &err));
    assert_int_equal(err.status, STATUS_NO_MAPPING);
    assert_non_null(strstr(err.text, name));
    writer_close(writer);
    read_mapping(name, bytes, sizeof bytes);
    assert_string_equal(bytes, "theirs");
    shm_unlink(name);
    layout_free(layout);
}

static void stops_when_the_memory_shrinks(void **state)
{
    (void)state;
    char name[64];
    struct layout *layout = layout_of(fresh_name(name, sizeof name), counter);
    struct writer *writer = open_writer(layout);
    struct err err = {0};
    const struct instant now = {0};
    assert_true(writer_step(writer, &now, &err));
    resize_mapping(name, 4);
    assert_false(writer_step(writer, &now, &err));
    assert_int_equal(err.status, STATUS_NO_MAPPING);
    assert_non_null(strstr(err.text, "'n'"));
    resize_mapping(name, 0);
    assert_false(writer_step(writer, &now, &err));
    writer_close(writer);
    assert_false(exists(name));
    layout_free(layout);
}

struct refused {
    const char *target;
    enum status status;
};

static void refuses_what_it_cannot_create(void **state)
{
    (void)state;
    static const struct refused rows[] = {
        {"mem:/tmp/x", STATUS_USAGE},
        {"pid:1/fd/1", STATUS_USAGE},
        {"smh:x", STATUS_USAGE},
        {"file:/nonexistent/shmtop/x", STATUS_CANNOT_CREATE},
    };
    char name[64];
    struct layout *layout = layout_of(fresh_name(name, sizeof name), counter);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct writer *writer = NULL;
        struct err err = {0};
        assert_false(writer_open(&writer, layout, rows[i].target, false, &err));
        assert_int_equal(err.status, rows[i].status);
        assert_true(err.text[0] != '\0');
    }
    assert_false(exists(name));
    layout_free(layout);
    layout = rig_layout("[mapping]\nsize = 8\n[fields]\na = u8 @0\n");
    struct writer *writer = NULL;
    struct err err = {0};
    assert_false(writer_open(&writer, layout, NULL, false, &err));
    assert_int_equal(err.status, STATUS_USAGE);
    layout_free(layout);
    writer_close(NULL);
}

static void shows_nothing_without_patterns(void **state)
{
    (void)state;
    char name[64];
    struct layout *layout =
        layout_of(fresh_name(name, sizeof name), "[fields]\na = u8 @0\n");
    struct writer *writer = open_writer(layout);
    struct value value;
    assert_true(writer_shown_field(writer) == SIZE_MAX);
    writer_shown_value(writer, &value);
    assert_int_equal(value.type, VALUE_NONE);
    writer_close(writer);
    layout_free(layout);
}

/* The text for the status line is valid after the step. */
static void shows_text(void **state)
{
    (void)state;
    char name[64];
    struct layout *layout =
        layout_of(fresh_name(name, sizeof name),
                  "[fields]\nt = char[4] @0 write='text \"hi\"'\n");
    struct writer *writer = open_writer(layout);
    struct value value;
    writer_shown_value(writer, &value);
    assert_int_equal(value.type, VALUE_BYTES);
    assert_memory_equal(value.bytes, "hi\0\0", 4);
    writer_close(writer);
    layout_free(layout);
}

static void writes_system_v_segments(void **state)
{
    (void)state;
    char text[256];
    key_t key = (key_t)(0x53000000 | (getpid() & 0xffffff));
    snprintf(text, sizeof text, "[mapping]\nname = sysv:0x%x\nsize = 64\n%s",
             (unsigned)key, counter);
    struct layout *layout = rig_layout(text);
    struct writer *writer = open_writer(layout);
    struct writer *second = NULL;
    struct err err = {0};
    const struct instant now = {7, 7 * S, 0};
    assert_true(writer_step(writer, &now, &err));
    int shmid = shmget(key, 0, 0);
    assert_true(shmid >= 0);
    const int64_t *memory = shmat(shmid, NULL, SHM_RDONLY);
    assert_int_equal(*memory, 7);
    shmdt(memory);
    assert_false(writer_open(&second, layout, NULL, false, &err));
    assert_int_equal(err.status, STATUS_CANNOT_CREATE);
    writer_close(writer);
    assert_int_equal(shmget(key, 0, 0), -1);
    assert_int_equal(errno, ENOENT);
    layout_free(layout);
}

/* --- single changes ----------------------------------------------------- */

static const char settable[] = "[fields]\n"
                               "n = i32 @0 writable=yes\n"
                               "ranged = i16 @4 writable=-5..10\n"
                               "fixed = u8 @6\n"
                               "low = u8 @7 bits=0..3 writable=yes\n"
                               "high = u8 @7 bits=4..7 writable=yes\n"
                               "name = char[8] @8 writable=yes\n"
                               "scaled = u16be @16 scale=0.1 writable=0..100\n"
                               "mode = u8 @18 enum=mode writable=yes\n"
                               "flags = u8 @19 flags=bits writable=yes\n"
                               "real = f64 @24 writable=yes\n"
                               "far = u64 @56 writable=yes\n"
                               "array = u8[3] @32 writable=yes\n"
                               "limited = f64 @40 writable=0..100\n"
                               "narrow = f32 @48 writable=-1..1\n"
                               "tuned = f32 @52 scale=0.5 writable=0..9\n";

static void sets_fields(void **state)
{
    (void)state;
    static const struct change changes[] = {
        {"n", "-2"},           {"ranged", "10"},   {"high", "0xf"},
        {"name", "a b"},       {"scaled", "4.2"},  {"mode", "Auto"},
        {"flags", "low|high"}, {"real", "-1.5e3"}, {"array[1]", "200"},
    };
    char name[64];
    uint8_t bytes[64];
    struct err err = {0};
    struct layout *layout = layout_of(fresh_name(name, sizeof name), settable);
    memset(bytes, 0x55, sizeof bytes);
    make_mapping(name, bytes, sizeof bytes);
    if (!writer_set(layout, NULL, changes, sizeof changes / sizeof *changes,
                    NULL, &err))
        fail_msg("%s", err.text);
    read_mapping(name, bytes, sizeof bytes);
    assert_memory_equal(bytes, "\xfe\xff\xff\xff", 4);
    assert_memory_equal(bytes + 4, "\x0a\x00", 2);
    assert_int_equal(bytes[6], 0x55);
    assert_int_equal(bytes[7], 0xf5); /* the neighbour is unchanged */
    assert_memory_equal(bytes + 8, "a b\0\0\0\0\0", 8);
    assert_memory_equal(bytes + 16, "\x00\x2a", 2);
    assert_int_equal(bytes[18], 1);
    assert_int_equal(bytes[19], 9);
    double real;
    memcpy(&real, bytes + 24, sizeof real);
    assert_true(real == -1500);
    assert_int_equal(bytes[32], 0x55);
    assert_int_equal(bytes[33], 200);
    assert_int_equal(bytes[34], 0x55);
    assert_true(exists(name)); /* and still exists */
    shm_unlink(name);
    layout_free(layout);
}

struct bad_change {
    const char *path;
    const char *text;
    enum status status;
    const char *says;
};

static const struct bad_change bad_changes[] = {
    {"ranget", "1", STATUS_DATA, "did you mean 'ranged'"},
    {"zzzzzzzzzz", "1", STATUS_DATA, "unknown field 'zzzzzzzzzz'"},
    {"array", "1", STATUS_DATA, "array"},
    {"array[3]", "1", STATUS_DATA, "array[3]"},
    {"fixed", "1", STATUS_DENIED, "writable = yes"},
    {"ranged", "11", STATUS_DATA, "from -5 to 10"},
    {"ranged", "-6", STATUS_DATA, "from -5 to 10"},
    {"scaled", "100.1", STATUS_DATA, "from 0 to 100"},
    {"scaled", "nan", STATUS_DATA, "'scaled'"},
    {"limited", "nan", STATUS_DATA, "from 0 to 100"},
    {"limited", "inf", STATUS_DATA, "from 0 to 100"},
    {"narrow", "nan", STATUS_DATA, "from -1 to 1"},
    {"tuned", "nan", STATUS_DATA, "from 0 to 9"},
    {"n", "4000000000", STATUS_DATA, "'n'"},
    {"n", "abc", STATUS_DATA, "'n'"},
    {"n", "", STATUS_DATA, "'n'"},
    {"low", "16", STATUS_DATA, "'low'"},
    {"mode", "Atuo", STATUS_DATA, "'mode'"},
    {"flags", "low|hihg", STATUS_DATA, "'flags'"},
    {"real", "1,5", STATUS_DATA, "'real'"},
    {"name", "nine bytes", STATUS_DATA, "'name'"},
};

/* One bad change: none is made. */
static void sets_all_or_nothing(void **state)
{
    (void)state;
    char name[64];
    uint8_t before[64];
    uint8_t bytes[64];
    struct layout *layout = layout_of(fresh_name(name, sizeof name), settable);
    memset(before, 0x55, sizeof before);
    make_mapping(name, before, sizeof before);
    for (size_t i = 0; i < sizeof bad_changes / sizeof *bad_changes; i++) {
        const struct bad_change *bad = &bad_changes[i];
        const struct change changes[] = {
            {"n", "1"}, {bad->path, bad->text}, {"real", "2"}};
        struct err err = {0};
        if (writer_set(layout, NULL, changes, 3, NULL, &err))
            fail_msg("%s=%s was taken", bad->path, bad->text);
        if (err.status != bad->status || strstr(err.text, bad->says) == NULL)
            fail_msg("%s=%s: %d %s", bad->path, bad->text, (int)err.status,
                     err.text);
        read_mapping(name, bytes, sizeof bytes);
        assert_memory_equal(bytes, before, sizeof bytes);
    }
    /* The mapping is too small for the last of them. */
    const struct change changes[] = {{"n", "1"}, {"far", "1"}};
    struct err err = {0};
    resize_mapping(name, 60);
    assert_false(writer_set(layout, NULL, changes, 2, NULL, &err));
    assert_int_equal(err.status, STATUS_DATA);
    assert_non_null(strstr(err.text, "'far'"));
    read_mapping(name, bytes, 60);
    assert_memory_equal(bytes, before, 60);
    shm_unlink(name);
    layout_free(layout);
}

/* Neither a missing mapping nor a bad change creates a mapping. */
static void sets_nothing_where_nothing_is(void **state)
{
    (void)state;
    static const struct change change = {"n", "1"};
    static const struct change bad = {"fixed", "1"};
    char name[64];
    struct err err = {0};
    struct layout *layout = layout_of(fresh_name(name, sizeof name), settable);
    assert_false(writer_set(layout, NULL, &change, 1, NULL, &err));
    assert_int_equal(err.status, STATUS_NO_MAPPING);
    /* The change is checked before the mapping is opened. */
    assert_false(writer_set(layout, NULL, &bad, 1, NULL, &err));
    assert_int_equal(err.status, STATUS_DENIED);
    assert_false(exists(name));
    layout_free(layout);
}

static void sets_where_it_is_told(void **state)
{
    (void)state;
    static const struct change change = {"n", "77"};
    char name[64];
    char other[64];
    char target[80];
    uint8_t bytes[64] = {0};
    struct err err = {0};
    struct layout *layout = layout_of(fresh_name(name, sizeof name), settable);
    make_mapping(name, bytes, sizeof bytes);
    make_mapping(fresh_name(other, sizeof other), bytes, sizeof bytes);
    snprintf(target, sizeof target, "shm:%s", other);
    assert_true(writer_set(layout, target, &change, 1, NULL, &err));
    read_mapping(name, bytes, sizeof bytes);
    assert_int_equal(bytes[0], 0);
    read_mapping(other, bytes, sizeof bytes);
    assert_int_equal(bytes[0], 77);
    shm_unlink(name);
    shm_unlink(other);
    layout_free(layout);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(animates_the_mapping),
        cmocka_unit_test(leaves_constants_alone),
        cmocka_unit_test(tells_who_it_is),
        cmocka_unit_test(takes_over_nothing),
        cmocka_unit_test(refuses_two_of_one_name),
        cmocka_unit_test(writes_where_it_is_told),
        cmocka_unit_test(removes_only_its_own),
        cmocka_unit_test(stops_when_the_memory_shrinks),
        cmocka_unit_test(refuses_what_it_cannot_create),
        cmocka_unit_test(shows_nothing_without_patterns),
        cmocka_unit_test(shows_text),
        cmocka_unit_test(writes_system_v_segments),
        cmocka_unit_test(sets_fields),
        cmocka_unit_test(sets_all_or_nothing),
        cmocka_unit_test(sets_nothing_where_nothing_is),
        cmocka_unit_test(sets_where_it_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
