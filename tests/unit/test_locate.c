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

#include <cmocka.h>

#include "cli/locate.h"
#include "os_rig.h"

static char folder[OS_RIG_PATH];
static char layouts[sizeof folder + 32];
static char pump[sizeof folder + 64];
static char nowhere[] = "/nowhere/shmtop/layouts";

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
    os_rig_path(folder, "choice");
    if (!os_rig_make_folder(folder) || !os_rig_enter(folder) ||
        !os_rig_make_folder("shmtop") || !os_rig_make_folder("shmtop/layouts"))
        return -1;
    snprintf(layouts, sizeof layouts, "%s/shmtop/layouts", folder);
    snprintf(pump, sizeof pump, "%s/pump.ini", layouts);
    make_file(pump);
    make_file("here");
    os_rig_set_places(folder, "/nowhere");
    os_rig_as_shown(layouts);
    os_rig_as_shown(pump);
    os_rig_as_shown(nowhere);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    bool removed = os_rig_remove(pump) && os_rig_remove("here") &&
                   os_rig_remove(layouts) && os_rig_remove("shmtop") &&
                   os_rig_enter("..") && os_rig_remove(folder);
    return removed ? 0 : -1;
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
        struct located choice;
        struct err err = {0};

        if (!locate_target(&choice, cases[i].operand, cases[i].layout_option,
                           cases[i].target_option, &err))
            fail_msg("case %zu: %s", i, err.text);
        assert_string_equal(choice.layout, cases[i].layout);
        if (cases[i].target == NULL)
            assert_null(choice.target);
        else
            assert_string_equal(choice.target, cases[i].target);
        /* where settings are kept: the name, or the file that is there */
        bool installed = strcmp(choice.layout, pump) == 0;
        char *id = located_layout_id(&choice);
        assert_string_equal(id, installed ? "pump" : choice.layout);
        free(id);
        located_free(&choice);
    }
}

/* A file is the same from whichever folder it is named. */
static void test_id(void **state)
{
    static const char *const words[] = {"./here", "shmtop/../here"};
    char *first = NULL;

    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct located choice;
        struct err err = {0};

        assert_true(locate_target(&choice, words[i], NULL, NULL, &err));
        char *id = located_layout_id(&choice);
        assert_null(choice.installed);
        if (first)
            assert_string_equal(id, first);
        assert_true(strlen(id) > strlen(words[i]));
        free(first);
        first = id;
        located_free(&choice);
    }
    free(first);
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
        {"zzzzzz", NULL, NULL, nowhere},
        {"here", NULL, NULL, "./here"},
        {"shn:y", NULL, NULL, "did you mean 'shm:'?"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct located choice;
        struct err err = {0};

        if (locate_target(&choice, cases[i].operand, cases[i].layout_option,
                          cases[i].target_option, &err))
            fail_msg("case %zu was accepted", i);
        assert_int_equal(err.status, STATUS_USAGE);
        if (strstr(err.text, cases[i].part) == NULL)
            fail_msg("'%s' is not in: %s", cases[i].part, err.text);
        located_free(&choice);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_choices),
        cmocka_unit_test(test_id),
        cmocka_unit_test(test_errors),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
