/* SPDX-License-Identifier: MIT */
/* What the dashboard wants done with files, and the answers to it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/os_files.h"
#include "cli/kept_file.h"
#include "cli/requests.h"
#include "os_rig.h"

static char folder[OS_RIG_PATH];
static char path[sizeof folder + 32];
static const char *const layouts[] = {"demo", "/a.ini"};

static int set_up(void **state)
{
    (void)state;
    os_rig_path(folder, "requests");
    snprintf(path, sizeof path, "%s/file", folder);
    return os_rig_make_folder(folder) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    return os_rig_remove(folder) ? 0 : -1;
}

/* Carries it out and compares the answer with `want`. */
static void expect(const struct requests *requests,
                   const struct request *request, bool ok, const char *want)
{
    struct requests copy = *requests;
    struct buf answer = {0};
    assert_int_equal(requests_carry_out(&copy, request, &answer), ok);
    if (!strstr(answer.data, want))
        fail_msg("'%s' is not in: %s", want, answer.data);
    buf_free(&answer);
}

static void test_file(void **state)
{
    (void)state;
    struct requests requests = {.count = 0};
    struct request request = {
        .kind = REQUEST_FILE, .name = path, .data = "a\nb\n", .len = 4};
    struct buf text = {0};
    char saved[sizeof path + 16], inside[sizeof path + 16];
    snprintf(saved, sizeof saved, "saved %s (4 B)", path);
    expect(&requests, &request, true, saved);
    assert_true(os_read_file(path, 100, &text, NULL));
    assert_string_equal(text.data, "a\nb\n");
    request.len = 0;
    expect(&requests, &request, false, "exists and is not overwritten");
    assert_true(os_read_file(path, 100, &text, NULL));
    assert_string_equal(text.data, "a\nb\n");
    snprintf(inside, sizeof inside, "%s/none/x", folder);
    request.name = inside;
    expect(&requests, &request, false, "not saved: ");
    request.name = "";
    expect(&requests, &request, false, "no file name");
    request.name = folder;
    expect(&requests, &request, false, "not saved: ");
    os_rig_remove(path);
    buf_free(&text);
}

static void test_keep(void **state)
{
    (void)state;
    struct requests requests = {
        .kept_path = path, .layouts = layouts, .count = 2};
    struct kept kept = {0}, got = {0};
    struct problems problems = {0};
    kept_add(&kept, "order", "rate");
    struct request request = {
        .kind = REQUEST_KEEP, .watched = 1, .kept = &kept};
    expect(&requests, &request, true, "settings kept in ");
    kept_file_read(&got, path, "demo", &problems);
    assert_int_equal(got.count, 0);
    kept_file_read(&got, path, "/a.ini", &problems);
    assert_int_equal(got.count, 1);
    os_rig_remove(path);
    assert_true(os_rig_make_folder(path));
    expect(&requests, &request, false, "settings not kept: ");
    os_rig_remove(path);
    requests.kept_path = NULL;
    expect(&requests, &request, false, "set HOME");
    kept_free(&got);
    kept_free(&kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_file),
        cmocka_unit_test(test_keep),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
