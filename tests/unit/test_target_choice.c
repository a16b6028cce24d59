/* SPDX-License-Identifier: MIT */
/*
 * What TARGET, --layout and --target mean together.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "target_choice.h"

static char folder[] = "/tmp/shmtop-test-choice-XXXXXX";
static char layouts[sizeof folder + 32];
static char pump[sizeof folder + 64];

static void make_file(const char *path)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fclose(file), 0);
}

/* One installed layout, "pump", and nothing of this machine's. */
static int set_up(void **state)
{
    (void)state;
    if (mkdtemp(folder) == NULL || chdir(folder) != 0 ||
        mkdir("shmtop", 0700) != 0 || mkdir("shmtop/layouts", 0700) != 0)
        return -1;
    snprintf(layouts, sizeof layouts, "%s/shmtop/layouts", folder);
    snprintf(pump, sizeof pump, "%s/pump.ini", layouts);
    make_file(pump);
    make_file("here");
    return setenv("XDG_DATA_HOME", folder, 1) != 0 ||
           setenv("XDG_DATA_DIRS", "/nowhere", 1) != 0;
}

static int tear_down(void **state)
{
    (void)state;
    return unlink(pump) != 0 || unlink("here") != 0 || rmdir(layouts) != 0 ||
           rmdir("shmtop") != 0 || rmdir(folder) != 0;
}

static void test_choices(void **state)
{
    static const struct {
        const char *operand, *layout_option, *target_option;
        const char *layout, *target;
    } cases[] = {
        {"x.ini", NULL, NULL, "x.ini", NULL},
        {"./x", NULL, NULL, "./x", NULL},
        {"/a/b", NULL, NULL, "/a/b", NULL},
        {"x.ini", NULL, "shm:y", "x.ini", "shm:y"},
        {"pump", NULL, NULL, pump, NULL},
        {"pump", NULL, "y", pump, "y"},
        {"shm:y", "x.ini", NULL, "x.ini", "shm:y"},
        {"shm:/y", "x.ini", NULL, "x.ini", "shm:/y"},
        {"file:/a/y.ini", "x.ini", NULL, "x.ini", "file:/a/y.ini"},
        {"shm:y", "pump", NULL, pump, "shm:y"},
        /* a name beside --layout is the mapping, even if it is a layout's */
        {"pump", "x.ini", NULL, "x.ini", "pump"},
        {NULL, "x.ini", NULL, "x.ini", NULL},
        {NULL, "pump", "sysv:1", pump, "sysv:1"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct target_choice choice;
        struct err err = {0};

        if (!target_choose(&choice, cases[i].operand, cases[i].layout_option,
                           cases[i].target_option, &err))
            fail_msg("case %zu: %s", i, err.text);
        assert_string_equal(choice.layout, cases[i].layout);
        if (cases[i].target == NULL)
            assert_null(choice.target);
        else
            assert_string_equal(choice.target, cases[i].target);
        target_choice_free(&choice);
    }
}

static void test_errors(void **state)
{
    static const struct {
        const char *operand, *layout_option, *target_option;
        const char *part;
    } cases[] = {
        {"shm:y", NULL, NULL, "add --layout FILE"},
        {"mem:y.ini", NULL, NULL, "add --layout FILE"},
        {"shm:y", "x.ini", "shm:z", "two mappings"},
        {"shm:y", NULL, "shm:z", "two mappings"},
        {"x.ini", "y.ini", NULL, "two layouts"},
        {"x.ini", "y.ini", "shm:z", "two layouts"},
        {NULL, "shm:y", NULL, "where a layout is meant"},
        {"pmup", NULL, NULL, "did you mean 'pump'?"},
        {"prnit", NULL, NULL, "did you mean 'print'?"},
        {"zzzzzz", NULL, NULL, layouts},
        {"zzzzzz", NULL, NULL, "--layout FILE zzzzzz"},
        {"zzzzzz", NULL, NULL, "/nowhere/shmtop/layouts"},
        {"here", NULL, NULL, "./here"},
        {"shn:y", NULL, NULL, "did you mean 'shm:'?"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct target_choice choice;
        struct err err = {0};

        if (target_choose(&choice, cases[i].operand, cases[i].layout_option,
                          cases[i].target_option, &err))
            fail_msg("case %zu was accepted", i);
        assert_int_equal(err.status, STATUS_USAGE);
        if (strstr(err.text, cases[i].part) == NULL)
            fail_msg("'%s' is not in: %s", cases[i].part, err.text);
        target_choice_free(&choice);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_choices),
        cmocka_unit_test(test_errors),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
