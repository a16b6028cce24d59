/* SPDX-License-Identifier: MIT */
/* The list of findings: order, counting, bounds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/problem.h"

static void test_add(void **state)
{
    struct problems list = {0};

    (void)state;
    problems_sort(&list);
    problem_add(&list, "x.ini", 3, PROBLEM_ERROR, "unknown type '%s'", "i46");
    problem_add(&list, "x.ini", 1, PROBLEM_WARNING, "odd");
    problem_add(&list, "x.ini", 0, PROBLEM_NOTE, "hole of %d bytes", 4);
    assert_int_equal(list.count, 3);
    assert_int_equal(list.errors, 1);
    assert_string_equal(list.items[0].file, "x.ini");
    assert_string_equal(list.items[0].text, "unknown type 'i46'");
    assert_int_equal(list.items[0].level, PROBLEM_ERROR);
    problems_sort(&list);
    assert_int_equal(list.items[0].line, 0);
    assert_int_equal(list.items[1].line, 1);
    assert_int_equal(list.items[2].line, 3);
    problems_free(&list);
    assert_null(list.items);
    assert_int_equal(list.count, 0);
    assert_int_equal(list.errors, 0);
    problems_free(&list);
}

static void test_sort_is_stable(void **state)
{
    struct problems list = {0};
    size_t i;

    (void)state;
    for (i = 0; i < 777; i++)
        problem_add(&list, "x", (int)(i * 31 % 13), PROBLEM_NOTE, "%03zu", i);
    problems_sort(&list);
    assert_int_equal(list.count, 777);
    for (i = 1; i < list.count; i++) {
        assert_true(list.items[i - 1].line <= list.items[i].line);
        if (list.items[i - 1].line == list.items[i].line)
            assert_true(strcmp(list.items[i - 1].text, list.items[i].text) < 0);
    }
    problems_free(&list);
}

static void test_bound(void **state)
{
    struct problems list = {0};
    int i;

    (void)state;
    for (i = 0; i < 3 * PROBLEMS_MAX; i++)
        problem_add(&list, "x", i,
                    i < PROBLEMS_MAX ? PROBLEM_WARNING : PROBLEM_ERROR,
                    "number %d", i);
    assert_int_equal(list.count, PROBLEMS_MAX);
    assert_int_equal(list.errors, 2 * PROBLEMS_MAX);
    assert_string_equal(list.items[PROBLEMS_MAX - 2].text, "number 998");
    assert_non_null(strstr(list.items[PROBLEMS_MAX - 1].text, "not listed"));
    problems_free(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_add),
        cmocka_unit_test(test_sort_is_stable),
        cmocka_unit_test(test_bound),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
