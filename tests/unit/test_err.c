/* SPDX-License-Identifier: MIT */
/* Errors as values, and the end of a program: each death in a child. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/err.h"
#include "os_rig.h"

static void test_set(void **state)
{
    struct err err = {0};

    (void)state;
    assert_false(err_set(&err, STATUS_DATA, "%s:%d: bad", "x.ini", 3));
    assert_int_equal(err.status, STATUS_DATA);
    assert_string_equal(err.text, "x.ini:3: bad");
    assert_false(err_set(NULL, STATUS_DATA, "nobody listens"));
    /* arguments may come from the error itself */
    err_set(&err, STATUS_IO, "again: %s", err.text);
    assert_string_equal(err.text, "again: x.ini:3: bad");
    assert_int_equal(err.status, STATUS_IO);
}

static void test_prefix(void **state)
{
    struct err err = {0};

    (void)state;
    err_set(&err, STATUS_IO, "no space");
    err_prefix(&err, "%s %d", "cannot write", 7);
    assert_string_equal(err.text, "cannot write 7: no space");
    assert_int_equal(err.status, STATUS_IO);
    err_prefix(NULL, "nobody listens");
}

static void test_too_long(void **state)
{
    char text[3 * ERR_TEXT_MAX];
    struct err err = {0};

    (void)state;
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    err_set(&err, STATUS_IO, "%s", text);
    assert_int_equal(strlen(err.text), ERR_TEXT_MAX - 1);
    err_prefix(&err, "%s", text);
    assert_int_equal(strlen(err.text), ERR_TEXT_MAX - 1);
}

static void restore(void)
{
    fputs("<restored>", stderr);
}

static void restore_badly(void)
{
    die(STATUS_IO, "second");
}

static void end_in_order(void)
{
    err_init();
    err_init(); /* twice does no harm */
    atexit(restore);
    die(STATUS_UNAVAILABLE, "no %s", "terminal");
}

static void end_without_init(void)
{
    atexit(restore);
    die(STATUS_USAGE, "early");
}

static void end_twice(void)
{
    err_init();
    atexit(restore_badly);
    die(STATUS_DATA, "first");
}

static void end_by_check(void)
{
    int one = 1;

    CHECK(one == 1);
    CHECK(one == 2);
}

static void end_hostile(void)
{
    die(STATUS_DATA, "%s",
        "a\x1B[31m\n\xE2\x80\xAE"
        "b\xFF\xC3\xA9");
}

static void end_normally(void)
{
    err_init();
    exit(0);
}

static void test_ends(void **state)
{
    static const struct {
        void (*end)(void);
        int code;
        const char *said;
    } table[] = {
        {end_in_order, 69, "<restored>shmtop: no terminal\n"},
        {end_without_init, 64, "shmtop: early\n<restored>"},
        {end_twice, 65, "shmtop: first\n"},
        {end_hostile, 65,
         "shmtop: a\xEF\xBF\xBD[31m\xEF\xBF\xBD\xEF\xBF\xBD"
         "b\xEF\xBF\xBD\xC3\xA9\n"},
        {end_normally, 0, ""},
    };
    char said[4096];
    size_t i;

    (void)state;
    for (i = 0; i < sizeof table / sizeof table[0]; i++) {
        assert_int_equal(os_rig_child(table[i].end, said, sizeof said),
                         table[i].code);
        assert_string_equal(said, table[i].said);
    }
    assert_int_equal(os_rig_child(end_by_check, said, sizeof said), 70);
    assert_non_null(strstr(said, "internal error: one == 2\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_set),
        cmocka_unit_test(test_prefix),
        cmocka_unit_test(test_too_long),
        cmocka_unit_test(test_ends),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
