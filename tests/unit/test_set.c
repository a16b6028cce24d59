/* SPDX-License-Identifier: MIT */
/* Changing a field that someone else may write, too: what is read back, going
 * back, single bits, and the snapshot methods, on real shared memory. */
#include "engine_rig.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/os.h"
#include "layout/path.h"
#include "writer/set.h"

#define SIZE 64

struct rig {
    char name[64];
    struct layout *layout;
    uint8_t *memory;
};

static void rig_open(struct rig *rig, const char *text)
{
    static unsigned number;
    char all[2048];
    snprintf(rig->name, sizeof rig->name, "/shmtop-set-%ld-%u", (long)getpid(),
             number++);
    snprintf(all, sizeof all, "[mapping]\nname = shm:%s\nsize = %d\n%s",
             rig->name, SIZE, text);
    rig->layout = rig_layout(all);
    int fd = shm_open(rig->name, O_RDWR | O_CREAT | O_EXCL, 0600);
    assert_true(fd >= 0 && ftruncate(fd, SIZE) == 0);
    rig->memory = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    assert_true(rig->memory != MAP_FAILED);
    close(fd);
}

static void rig_end(struct rig *rig)
{
    munmap(rig->memory, SIZE);
    shm_unlink(rig->name);
    layout_free(rig->layout);
}

static bool try_change(struct rig *rig, const char *path, enum change_how how,
                       const char *text, struct edit *edit, struct err *err)
{
    size_t field = path_find(rig->layout, path);
    assert_true(field != SIZE_MAX);
    return writer_change(rig->layout, NULL, (uint32_t)field, how, text, edit,
                         err);
}

static void change(struct rig *rig, const char *path, enum change_how how,
                   const char *text, struct edit *edit)
{
    struct err err = {0};
    if (!try_change(rig, path, how, text, edit, &err))
        fail_msg("%s: %s", path, err.text);
    assert_true(edit_is_held(edit));
}

static void fails(struct rig *rig, const char *path, enum change_how how,
                  const char *text, enum status status, const char *says)
{
    struct edit edit = {0};
    struct err err = {0};
    uint8_t before[SIZE];
    memcpy(before, rig->memory, SIZE);
    assert_false(try_change(rig, path, how, text, &edit, &err));
    assert_memory_equal(before, rig->memory, SIZE);
    if (err.status != status || !strstr(err.text, says))
        fail_msg("%d %s", (int)err.status, err.text);
    edit_free(&edit);
}

static const char plain[] = "[flags bits]\n0 = low\n3..4 = zone\n7 = high\n"
                            "[fields]\n"
                            "n = u16be @0 writable=0..1000\n"
                            "low = u8 @2 bits=0..3 writable=yes\n"
                            "high = u8 @2 bits=4..7 writable=yes\n"
                            "bits = u32be @4 flags=bits writable=yes\n"
                            "real = f32 @8 precision=2 writable=yes\n"
                            "name = char[8] @16 writable=yes\n"
                            "fixed = u8 @24\n"
                            "far = u64 @56 writable=yes\n";

static void reads_back(void **state)
{
    (void)state;
    struct rig rig;
    struct edit edit = {0};
    rig_open(&rig, plain);
    change(&rig, "n", CHANGE_SET, "513", &edit);
    assert_int_equal(edit.size, 2);
    assert_memory_equal(edit.before, "\0\0", 2);
    assert_memory_equal(edit.stored, "\2\1", 2);
    assert_memory_equal(edit.after, "\2\1", 2);
    assert_memory_equal(rig.memory, "\2\1", 2);
    assert_true(edit_is_change(&edit));
    edit_free(&edit);
    /* The same value again is no change. */
    change(&rig, "n", CHANGE_SET, "0x201", &edit);
    assert_false(edit_is_change(&edit));
    edit_free(&edit);
    change(&rig, "n", CHANGE_UP, NULL, &edit);
    assert_memory_equal(rig.memory, "\2\2", 2);
    edit_free(&edit);
    fails(&rig, "n", CHANGE_SET, "1001", STATUS_DATA, "from 0 to 1000");
    fails(&rig, "n", CHANGE_SET, "many", STATUS_DATA, "field 'n'");
    fails(&rig, "fixed", CHANGE_SET, "1", STATUS_DENIED, "writable = yes");
    fails(&rig, "fixed", CHANGE_UP, NULL, STATUS_DENIED, "writable = yes");
    fails(&rig, "name", CHANGE_UP, NULL, STATUS_DATA, "have steps");
    rig_end(&rig);
}

/* The neighbours in the same bytes are not stored: others may change them. */
static void stores_only_its_bits(void **state)
{
    (void)state;
    struct rig rig;
    struct edit edit = {0};
    rig_open(&rig, plain);
    rig.memory[2] = 0x5a;
    change(&rig, "high", CHANGE_UP, NULL, &edit);
    assert_int_equal(rig.memory[2], 0x6a);
    rig.memory[2] = 0x6b;
    change(&rig, "high", CHANGE_BACK, NULL, &edit);
    assert_int_equal(rig.memory[2], 0x5b);
    edit_free(&edit);

    change(&rig, "bits", CHANGE_FLIP, "high", &edit);
    assert_memory_equal(rig.memory + 4, "\0\0\0\x80", 4);
    assert_memory_equal(edit.mask, "\0\0\0\x80", 4);
    rig.memory[7] = 0x91; /* the producer's own bits */
    change(&rig, "bits", CHANGE_BACK, NULL, &edit);
    assert_memory_equal(rig.memory + 4, "\0\0\0\x11", 4);
    edit_free(&edit);
    rig_end(&rig);
}

static void goes_back(void **state)
{
    (void)state;
    struct rig rig;
    struct edit first = {0};
    struct edit second = {0};
    rig_open(&rig, plain);
    memcpy(rig.memory + 16, "north\0xy", 8);
    change(&rig, "name", CHANGE_SET, "south", &first);
    change(&rig, "name", CHANGE_SET, "", &second);
    assert_memory_equal(rig.memory + 16, "\0\0\0\0\0\0\0\0", 8);
    change(&rig, "name", CHANGE_BACK, NULL, &second);
    assert_memory_equal(rig.memory + 16, "south\0\0\0", 8);
    change(&rig, "name", CHANGE_BACK, NULL, &first);
    assert_memory_equal(rig.memory + 16, "north\0xy", 8); /* every byte */
    /* Going back is an edit that can be gone back from. */
    change(&rig, "name", CHANGE_BACK, NULL, &first);
    assert_memory_equal(rig.memory + 16, "south\0\0\0", 8);
    edit_free(&first);
    edit_free(&second);
    /* A value that was out of the range comes back, too. */
    memcpy(rig.memory, "\xff\xff", 2);
    change(&rig, "n", CHANGE_SET, "7", &first);
    change(&rig, "n", CHANGE_BACK, NULL, &first);
    assert_memory_equal(rig.memory, "\xff\xff", 2);
    edit_free(&first);
    rig_end(&rig);
}

static void goes_back_only_from_its_own(void **state)
{
    (void)state;
    struct rig rig;
    struct edit edit = {0};
    struct err err = {0};
    float other = 7.25f;
    rig_open(&rig, plain);
    change(&rig, "real", CHANGE_SET, "4.5", &edit);
    memcpy(rig.memory + 8, &other, sizeof other);
    assert_false(try_change(&rig, "real", CHANGE_BACK, NULL, &edit, &err));
    assert_int_equal(err.status, STATUS_CHECK_FAILED);
    assert_string_equal(err.text, "field 'real' holds 7.25, not the 4.50 "
                                  "that was set");
    assert_memory_equal(rig.memory + 8, &other, sizeof other);
    assert_memory_equal(edit.after, &other, sizeof other);
    /* It is possible again when the memory holds it again. */
    other = 4.5f;
    memcpy(rig.memory + 8, &other, sizeof other);
    change(&rig, "real", CHANGE_BACK, NULL, &edit);
    assert_memory_equal(rig.memory + 8, "\0\0\0\0", 4);
    edit_free(&edit);
    /* The mapping is not there. */
    change(&rig, "real", CHANGE_SET, "4.5", &edit);
    shm_unlink(rig.name);
    assert_false(try_change(&rig, "real", CHANGE_BACK, NULL, &edit, &err));
    assert_int_equal(err.status, STATUS_NO_MAPPING);
    edit_free(&edit);
    rig_end(&rig);
}

/* --- beside a producer -------------------------------------------------- */

static const char seqlock[] = "[snapshot]\nmethod = seqlock\nseq = seq\n"
                              "[fields]\nseq = u32 @0 writable=yes\n"
                              "n = u32 @4 writable=yes\n"
                              "a = u32 @8\nb = u32 @12\n";
static const char pair[] = "[snapshot]\nmethod = pair\nbegin = begin\n"
                           "end = end\n[fields]\nbegin = u32 @0\nend = u32 @4\n"
                           "n = u32 @8 writable=yes\n";

static void waits_for_the_end_of_a_write(void **state)
{
    (void)state;
    struct rig rig;
    struct edit edit = {0};
    rig_open(&rig, seqlock);
    rig.memory[0] = 5;
    fails(&rig, "n", CHANGE_SET, "1", STATUS_TIMEOUT,
          "field 'n': a write was begun and has not ended: seq is odd");
    /* The way out of that. */
    change(&rig, "seq", CHANGE_UP, NULL, &edit);
    assert_int_equal(rig.memory[0], 6);
    edit_free(&edit);
    change(&rig, "n", CHANGE_SET, "1", &edit);
    assert_int_equal(rig.memory[0], 6); /* the counter is the producer's */
    assert_int_equal(rig.memory[4], 1);
    edit_free(&edit);
    rig_end(&rig);

    rig_open(&rig, pair);
    rig.memory[0] = 2;
    rig.memory[4] = 1;
    fails(&rig, "n", CHANGE_SET, "1", STATUS_TIMEOUT, "begin and end differ");
    rig.memory[4] = 2;
    change(&rig, "n", CHANGE_SET, "1", &edit);
    assert_memory_equal(rig.memory, "\2\0\0\0\2\0\0\0\1", 9);
    edit_free(&edit);
    rig_end(&rig);
}

/* A producer that never rests, until `n` is 1000.  Fails if it finds its
 * counter or its fields changed. */
static int produce(uint8_t *memory)
{
    volatile uint32_t *words = (volatile uint32_t *)(void *)memory;
    int64_t end_ns = os_mono_ns() + INT64_C(20000000000);
    for (uint32_t i = 0; words[1] != 1000; i += 2) {
        if (words[0] != i || words[2] != i || words[3] != i)
            return 1;
        words[0] = i + 1;
        __sync_synchronize();
        words[2] = i + 2;
        words[3] = i + 2;
        __sync_synchronize();
        words[0] = i + 2;
        if (os_mono_ns() > end_ns)
            return 2;
    }
    return 0;
}

static void leaves_a_running_producer_alone(void **state)
{
    (void)state;
    struct rig rig;
    int status;
    rig_open(&rig, seqlock);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        _exit(produce(rig.memory));
    for (unsigned i = 1; i <= 1000; i++) {
        struct edit edit = {0};
        change(&rig, "n", CHANGE_UP, NULL, &edit);
        edit_free(&edit);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    rig_end(&rig);
}

static void sets_several_or_none(void **state)
{
    (void)state;
    struct rig rig;
    struct edit edits[2] = {{0}, {0}};
    struct err err = {0};
    static const struct change good[] = {{"low", "3"}, {"high", "9"}};
    static const struct change bad[] = {{"low", "5"}, {"n", "1001"}};
    rig_open(&rig, plain);
    assert_true(writer_set(rig.layout, NULL, good, 2, edits, &err));
    assert_int_equal(rig.memory[2], 0x93);
    assert_true(edit_is_held(&edits[0]) && edit_is_held(&edits[1]));
    edit_free(&edits[0]);
    edit_free(&edits[1]);
    assert_false(writer_set(rig.layout, NULL, bad, 2, edits, &err));
    assert_int_equal(rig.memory[2], 0x93);
    edit_free(&edits[0]);
    edit_free(&edits[1]);
    rig_end(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_back),
        cmocka_unit_test(stores_only_its_bits),
        cmocka_unit_test(goes_back),
        cmocka_unit_test(goes_back_only_from_its_own),
        cmocka_unit_test(waits_for_the_end_of_a_write),
        cmocka_unit_test(leaves_a_running_producer_alone),
        cmocka_unit_test(sets_several_or_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
