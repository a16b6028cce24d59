/* SPDX-License-Identifier: MIT */
/* dashboard.ini: what is written is read again, whatever it is, and writing
 * changes nothing else in the file. */
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
#include "os_rig.h"

static char folder[OS_RIG_PATH];
static char path[sizeof folder + 32];

static int set_up(void **state)
{
    (void)state;
    os_rig_path(folder, "kept");
    snprintf(path, sizeof path, "%s/dashboard.ini", folder);
    return os_rig_make_folder(folder) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    return os_rig_remove(folder) ? 0 : -1;
}

static void put_file(const char *text, size_t len)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

static void keep(const char *layout, const struct kept *kept)
{
    struct err err = {0};
    if (!kept_file_write(path, layout, kept, &err))
        fail_msg("%s", err.text);
}

static void assert_file(const char *want)
{
    struct buf text = {0};
    assert_true(os_read_file(path, 100000, &text, NULL));
    assert_string_equal(text.data, want);
    buf_free(&text);
}

/* Asserts that `layout` has these lines, and no others. */
static void assert_kept(const char *layout, const struct kept *want)
{
    struct problems problems = {0};
    struct kept got = {0};
    kept_file_read(&got, path, layout, &problems);
    assert_int_equal(problems.count, 0);
    assert_int_equal(got.count, want->count);
    for (size_t i = 0; i < got.count; i++) {
        assert_string_equal(got.lines[i].key, want->lines[i].key);
        assert_string_equal(got.lines[i].value, want->lines[i].value);
        assert_true(got.lines[i].line > 0);
    }
    kept_free(&got);
}

static void test_round_trip(void **state)
{
    (void)state;
    static const char *const values[] = {
        "name value unit",
        "",
        " ",
        "  blanks at both ends  ",
        "a;b ; no comment",
        "; none either",
        "#",
        "[layout /b.ini]",
        "=",
        "a = b",
        "\"quoted\"",
        "'",
        "\\",
        "\\x41",
        "\\\\n",
        "line\nbreak\r\n",
        "tab\t",
        "bell\a \x1b[31m \x7f",
        "Gr\xc3\xb6\xc3\x9f"
        "e",
        "\xff\xfe",
        "cut \xe2\x82",
        "\xc2\x9b"
        "31m",
        "\xe2\x80\xae"
        "bidi",
        "\xef\xbf\xbd",
        "\xf0\x9f\x8c\xa1",
        "pumps[3].flow",
    };
    static const char *const layouts[] = {
        "demo",          "/home/me/a b.ini",
        "/x]y[;z",       " /ends with a blank ",
        "/new\nline",    "C:\\Users\\me\\x.ini",
        "/\xff\xc3\xa4",
    };
    struct kept kept = {0};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        kept_add(&kept, i % 2 ? "fold" : "some-key_1", "%s", values[i]);
    for (size_t i = 0; i < sizeof layouts / sizeof layouts[0]; i++)
        keep(layouts[i], &kept);
    for (size_t i = 0; i < sizeof layouts / sizeof layouts[0]; i++)
        assert_kept(layouts[i], &kept);
    struct kept none = {0};
    assert_kept("/other.ini", &none);
    assert_kept("layout demo", &none);
    kept_free(&kept);
    os_rig_remove(path);
}

/* A line may have any length: a layout has thousands of fields. */
static void test_long(void **state)
{
    (void)state;
    struct kept kept = {0};
    char *text = malloc(100000);
    assert_non_null(text);
    memset(text, 'x', 99999);
    text[99999] = '\0';
    kept_add(&kept, "folded", "%s", text);
    keep(text, &kept);
    assert_kept(text, &kept);
    free(text);
    kept_free(&kept);
    os_rig_remove(path);
}

static void test_form(void **state)
{
    (void)state;
    struct kept one = {0}, two = {0}, none = {0};
    kept_add(&one, "order", "rate");
    kept_add(&two, "level", "%d", 2);
    kept_add(&two, "level", "3;");
    static const char text[] = "; mine\r\n"
                               "[layout /a.ini] ; comment\n"
                               "old = 1\n"
                               "; in it\n"
                               "\n"
                               "[later]\n"
                               "x\n"
                               "[layout  /a.ini ]\n"
                               "old = 2\n"
                               "[layout /b.ini]\n"
                               "broken\n"
                               "key = kept";
    put_file(text, strlen(text));
    keep("/a.ini", &one);
    assert_file("; mine\r\n\n[layout /a.ini]\norder = rate\n\n[later]\nx\n\n"
                "[layout /b.ini]\nbroken\nkey = kept");
    keep("/c.ini", &two);
    assert_file("; mine\r\n\n[layout /a.ini]\norder = rate\n\n[later]\nx\n\n"
                "[layout /b.ini]\nbroken\nkey = kept\n\n"
                "[layout /c.ini]\nlevel = 2\nlevel = 3\\x3b\n");
    keep("/b.ini", &none);
    keep("/a.ini", &none);
    assert_file("; mine\r\n\n[later]\nx\n\n"
                "[layout /c.ini]\nlevel = 2\nlevel = 3\\x3b\n");
    assert_true(os_rig_remove(path));
    keep("/a.ini", &none);
    assert_false(os_file_exists(path));
    kept_free(&one);
    kept_free(&two);
}

static void test_faults(void **state)
{
    (void)state;
    static const char text[] = "[layout /a.ini]\n"
                               "order = rate\n"
                               "no equals\n"
                               "= 1\n"
                               "a = \\x4\n"
                               "a = \\q\n"
                               "a = \\x00\n"
                               "a = \\\n"
                               "a = 1\n"
                               "[layout /b.ini]\n"
                               "nonsense\n";
    static const int lines[] = {3, 4, 5, 6, 7, 8};
    struct problems problems = {0};
    struct kept got = {0};
    put_file(text, strlen(text));
    kept_file_read(&got, path, "/a.ini", &problems);
    assert_int_equal(got.count, 2);
    assert_int_equal(got.lines[1].line, 9);
    assert_int_equal(problems.count, sizeof lines / sizeof lines[0]);
    assert_int_equal(problems.errors, 0);
    for (size_t i = 0; i < problems.count; i++) {
        assert_int_equal(problems.items[i].line, lines[i]);
        assert_int_equal(problems.items[i].level, PROBLEM_WARNING);
        assert_string_equal(problems.items[i].file, path);
    }
    problems_free(&problems);
    kept_free(&got);
    os_rig_remove(path);
}

/* What is there and is no such file is neither used nor overwritten. */
static void test_no_text(void **state)
{
    (void)state;
    struct problems problems = {0};
    struct kept kept = {0}, got = {0};
    struct err err = {0};
    kept_add(&kept, "order", "rate");
    put_file("[layout /a.ini]\n\0x = 1\n", 23);
    kept_file_read(&got, path, "/a.ini", &problems);
    assert_int_equal(got.count, 0);
    assert_int_equal(problems.count, 1);
    assert_int_equal(problems.items[0].level, PROBLEM_WARNING);
    assert_false(kept_file_write(path, "/a.ini", &kept, &err));
    assert_int_equal(err.status, STATUS_DATA);
    os_rig_remove(path);
    problems_free(&problems);

    assert_true(os_rig_make_folder(path));
    kept_file_read(&got, path, "/a.ini", &problems);
    assert_int_equal(got.count, 0);
    assert_int_equal(problems.count, 1);
    assert_false(kept_file_write(path, "/a.ini", &kept, &err));
    os_rig_remove(path);
    problems_free(&problems);
    kept_free(&kept);
}

/* The folders of the first use. */
static void test_folders(void **state)
{
    (void)state;
    char inside[sizeof path + 32], between[sizeof path + 32];
    struct kept kept = {0};
    struct problems problems = {0};
    struct err err = {0};
    kept_add(&kept, "order", "rate");
    snprintf(between, sizeof between, "%s/state", folder);
    snprintf(inside, sizeof inside, "%s/state/dashboard.ini", folder);
    struct kept got = {0};
    kept_file_read(&got, inside, "demo", &problems);
    assert_int_equal(problems.count, 0);
    assert_int_equal(got.count, 0);
    assert_true(kept_file_write(inside, "demo", &kept, &err));
    assert_true(kept_file_write(inside, "demo", &kept, &err));
    assert_true(os_rig_remove(inside));
    assert_true(os_rig_remove(between));
    kept_free(&kept);
}

static uint32_t seed = 1;

/* A character that files of this kind give a meaning, or any byte. */
static char any_byte(void)
{
    static const char special[] = "\\x;=[] \t\r\n#\"01af\xc3\xe2\x80";
    seed = seed * 1664525 + 1013904223;
    char byte = (char)(seed >> 24);
    if (seed >> 16 & 3)
        byte = special[(seed >> 18) % (sizeof special - 1)];
    return byte == '\0' ? ' ' : byte;
}

/* Any text is read as it was written, and any file can be read. */
static void test_any_bytes(void **state)
{
    (void)state;
    char text[24] = "", layout[24] = "/";
    for (int round = 0; round < 300; round++) {
        struct kept kept = {0};
        for (size_t i = 1; i < sizeof layout - 1; i++)
            layout[i] = any_byte();
        for (int lines = 0; lines < 8; lines++) {
            size_t len = (size_t)(lines * 3);
            for (size_t i = 0; i < len; i++)
                text[i] = any_byte();
            text[len] = '\0';
            kept_add(&kept, "key", "%s", text);
        }
        keep(layout, &kept);
        assert_kept(layout, &kept);
        kept_free(&kept);

        char file[256] = "[layout /a]\n";
        for (size_t i = strlen(file); i < sizeof file; i++)
            file[i] = any_byte();
        put_file(file, sizeof file);
        struct problems problems = {0};
        kept_file_read(&kept, path, "/a", &problems);
        assert_int_equal(problems.errors, 0);
        problems_free(&problems);
        kept_free(&kept);
    }
    os_rig_remove(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip), cmocka_unit_test(test_long),
        cmocka_unit_test(test_form),       cmocka_unit_test(test_faults),
        cmocka_unit_test(test_no_text),    cmocka_unit_test(test_folders),
        cmocka_unit_test(test_any_bytes),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
