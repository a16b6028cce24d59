/* SPDX-License-Identifier: MIT */
/* Targets as users write them, right and wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/os.h"
#include "source/target.h"

static const struct {
    const char *text;
    enum target_kind kind;
    const char *name;
    int64_t pid;
    uint64_t number, end;
    const char *shown;
} good[] = {
    {"shm:test_memory", TARGET_SHM, "/test_memory", 0, 0, 0,
     "shm:/test_memory"},
    {"map:test_memory", TARGET_MAP, "test_memory", 0, 0, 0, "map:test_memory"},
    {"map:Global\\a:b/c", TARGET_MAP, "Global\\a:b/c", 0, 0, 0,
     "map:Global\\a:b/c"},
    {"shm:a", TARGET_SHM, "/a", 0, 0, 0, "shm:/a"},
    {"shm:/a", TARGET_SHM, "/a", 0, 0, 0, "shm:/a"},
    {"shm:a:b", TARGET_SHM, "/a:b", 0, 0, 0, "shm:/a:b"},
    {"shm:..a", TARGET_SHM, "/..a", 0, 0, 0, "shm:/..a"},
    {"file:/x/y", TARGET_FILE, "/x/y", 0, 0, 0, "file:/x/y"},
    {"file:y z", TARGET_FILE, "y z", 0, 0, 0, "file:y z"},
    {"mem:a.rec", TARGET_MEM, "a.rec", 0, 0, 0, "mem:a.rec"},
    {"sysv:0x4e545030", TARGET_SYSV_KEY, "", 0, 0x4e545030, 0,
     "sysv:0x4e545030"},
    {"sysv:1314148400", TARGET_SYSV_KEY, "", 0, 0x4e545030, 0,
     "sysv:0x4e545030"},
    {"sysv:0xffffffff", TARGET_SYSV_KEY, "", 0, 0xffffffff, 0,
     "sysv:0xffffffff"},
    {"sysv:-1", TARGET_SYSV_KEY, "", 0, 0xffffffff, 0, "sysv:0xffffffff"},
    {"sysv:1", TARGET_SYSV_KEY, "", 0, 1, 0, "sysv:0x00000001"},
    {"sysv:id=0", TARGET_SYSV_ID, "", 0, 0, 0, "sysv:id=0"},
    {"sysv:id=32769", TARGET_SYSV_ID, "", 0, 32769, 0, "sysv:id=32769"},
    {"pid:12/fd/3", TARGET_PID_FD, "", 12, 3, 0, "pid:12/fd/3"},
    {"pid:12/map/7f00-8000", TARGET_PID_MAP, "", 12, 0x7f00, 0x8000,
     "pid:12/map/7f00-8000"},
    {"pid:12/map/0x7f00-0x8000", TARGET_PID_MAP, "", 12, 0x7f00, 0x8000,
     "pid:12/map/7f00-8000"},
    {"pid:12/map/7FFE12345000-7ffe12346000", TARGET_PID_MAP, "", 12,
     0x7ffe12345000, 0x7ffe12346000, "pid:12/map/7ffe12345000-7ffe12346000"},
};

static void check_good(const struct target *got, size_t i)
{
    assert_int_equal(got->kind, good[i].kind);
    assert_string_equal(got->name, good[i].name);
    assert_int_equal(got->pid, good[i].pid);
    assert_int_equal(got->number, good[i].number);
    assert_int_equal(got->end, good[i].end);
    assert_string_equal(got->text, good[i].shown);
}

static bool on_windows(void)
{
    return strcmp(os_name, "windows") == 0;
}

/* Whether this system has such mappings; only one has those with names. */
static bool is_here(enum target_kind kind)
{
    return kind == TARGET_FILE || kind == TARGET_MEM ||
           (kind == TARGET_MAP) == on_windows();
}

static void test_good(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct target target;
        struct err err = {0};
        if (!is_here(good[i].kind)) {
            assert_false(target_parse(&target, good[i].text, &err));
            assert_int_equal(err.status, STATUS_USAGE);
            assert_non_null(strstr(err.text, on_windows() ? "map:" : "shm:"));
            assert_non_null(
                strstr(err.text, on_windows() ? "Linux only" : "Windows only"));
            continue;
        }
        if (!target_parse(&target, good[i].text, &err))
            fail_msg("%s: %s", good[i].text, err.text);
        check_good(&target, i);
        /* What is shown reads back as the same. */
        struct target again;
        assert_true(target_parse(&again, target.text, &err));
        check_good(&again, i);
    }
}

static const struct {
    const char *text;
    const char *says;
} bad[] = {
    {"", "empty target"},
    {"shm:", "needs a name"},
    {"shm:/", "needs a name"},
    {"shm:a/b", "file:a/b"},
    {"shm:.", "not a name of shared memory"},
    {"shm:..", "not a name of shared memory"},
    {"file:", "needs the path"},
    {"mem:", "needs the path"},
    {"smh:x", "did you mean 'shm:'"},
    {"fil:x", "did you mean 'file:'"},
    {"completely:x", "unknown prefix 'completely:'"},
    {"map:", "needs a name"},
    {"sysv:", "no SysV key"},
    {"sysv:x", "no SysV key"},
    {"sysv:0", "key 0"},
    {"sysv:0x0", "key 0"},
    {"sysv:0x100000000", "no SysV key"},
    {"sysv:-2147483649", "no SysV key"},
    {"sysv:id=", "not a shmid"},
    {"sysv:id=-1", "not a shmid"},
    {"sysv:id=2147483648", "not a shmid"},
    {"pid:", "not memory of a process"},
    {"pid:12", "not memory of a process"},
    {"pid:0/fd/3", "not memory of a process"},
    {"pid:-1/fd/3", "not memory of a process"},
    {"pid:12/fd/", "not memory of a process"},
    {"pid:12/fd/x", "not memory of a process"},
    {"pid:12/fd/3/4", "not memory of a process"},
    {"pid:12/fd/99999999999", "not memory of a process"},
    {"pid:12/mem/3", "not memory of a process"},
    {"pid:12/map/1000", "not memory of a process"},
    {"pid:12/map/2000-1000", "not memory of a process"},
    {"pid:12/map/1000-1000", "not memory of a process"},
    {"pid:12/map/1000-xyz", "not memory of a process"},
    {"pid:12/map/-1000", "not memory of a process"},
    {"pid:12/map/1000-8000000000000000", "not memory of a process"},
    {"pid:12/map/1000-ffffffffffffffffff", "not memory of a process"},
    {"pid:99999999999/fd/1", "not memory of a process"},
};

static void test_bad(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct target target;
        struct err err = {0};
        if (target_parse(&target, bad[i].text, &err))
            fail_msg("accepted: %s", bad[i].text);
        assert_int_equal(err.status, STATUS_USAGE);
        if (strstr(err.text, bad[i].says) == NULL)
            fail_msg("%s: said '%s'", bad[i].text, err.text);
    }
}

static void test_lengths(void **state)
{
    (void)state;
    static char text[TARGET_NAME_MAX + 64];
    struct target target;
    struct err err = {0};
    memset(text, 'a', sizeof text);
    memcpy(text, "shm:", 4);
    text[4 + 254] = '\0';
    assert_true(target_parse(&target, text, &err) != on_windows());
    assert_int_equal(strlen(target.name), 255);
    text[4 + 254] = 'a';
    text[4 + 255] = '\0';
    assert_false(target_parse(&target, text, &err));

    memset(text, 'a', sizeof text);
    memcpy(text, "file:", 5);
    text[5 + TARGET_NAME_MAX - 1] = '\0';
    assert_true(target_parse(&target, text, &err));
    assert_int_equal(strlen(target.name), TARGET_NAME_MAX - 1);
    assert_int_equal(strlen(target.text), TARGET_NAME_MAX + 4);
    text[5 + TARGET_NAME_MAX - 1] = 'a';
    text[5 + TARGET_NAME_MAX] = '\0';
    assert_false(target_parse(&target, text, &err));
    assert_int_equal(err.status, STATUS_USAGE);
}

/* A bare name is the named memory of the system. */
static void test_bare(void **state)
{
    (void)state;
    struct target target;
    struct err err = {0};
    assert_true(target_parse(&target, "test_memory", &err));
    assert_int_equal(target.kind, on_windows() ? TARGET_MAP : TARGET_SHM);
    assert_string_equal(target.text,
                        on_windows() ? "map:test_memory" : "shm:/test_memory");
    if (!on_windows()) {
        assert_true(target_parse(&target, "/test_memory", &err));
        assert_string_equal(target.text, "shm:/test_memory");
    }
    assert_false(target_parse(&target, "completely:x", &err));
    assert_non_null(strstr(err.text, on_windows() ? "map:" : "shm:"));
}

static void test_prefixes(void **state)
{
    (void)state;
    assert_true(target_has_prefix("shm:x"));
    assert_true(target_has_prefix("map:x"));
    assert_true(target_has_prefix("mem:"));
    assert_true(target_has_prefix("pid:1/fd/2"));
    assert_false(target_has_prefix("x"));
    assert_false(target_has_prefix("x.ini"));
    assert_false(target_has_prefix("shm"));
    assert_false(target_has_prefix("./shm:x"));
    assert_false(target_has_prefix(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),     cmocka_unit_test(test_bad),
        cmocka_unit_test(test_lengths),  cmocka_unit_test(test_bare),
        cmocka_unit_test(test_prefixes),
    };
    return cmocka_run_group_tests_name("target", tests, NULL, NULL);
}
