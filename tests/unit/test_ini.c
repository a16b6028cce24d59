/* SPDX-License-Identifier: MIT */
/*
 * INI files: events are recorded as text, one line each, and compared whole:
 * "LINE[SECTION]" for a header, "LINE/SECTION_LINE[SECTION]KEY=VALUE" for a
 * key, then "!LINE LEVEL" and a word of the message for each problem.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/ini.h"
#include "os_rig.h"

#define COUNT(table) (sizeof table / sizeof((table)[0]))

static void record(void *user, const struct ini_event *event)
{
    struct buf *out = user;

    if (event->key)
        buf_printf(out, "%d/%d[%s]%s=%s\n", event->line, event->section_line,
                   event->section, event->key, event->value);
    else
        buf_printf(out, "%d[%s]\n", event->line, event->section);
    if (!event->key) {
        assert_null(event->value);
        assert_int_equal(event->line, event->section_line);
    }
}

static void record_problems(struct buf *out, struct problems *problems)
{
    static const char *const words[] = {
        "without ']'", "after the ']'", "without a name", "section name of",
        "no '='",      "no key before", "line of",        "NUL",
        "UTF-16",      "not UTF-8",     "carriage",       "larger",
    };
    size_t i;
    size_t j;

    for (i = 0; i < problems->count; i++) {
        const struct problem *problem = &problems->items[i];

        assert_string_equal(problem->file, "x.ini");
        for (j = 0; j < COUNT(words); j++)
            if (strstr(problem->text, words[j]))
                break;
        buf_printf(out, "!%d %s%s\n", problem->line,
                   problem->level == PROBLEM_ERROR ? "" : "warning ",
                   j < COUNT(words) ? words[j] : problem->text);
    }
}

static void read_text(struct buf *out, const char *text, size_t len)
{
    struct problems problems = {0};
    char *copy = malloc(len ? len : 1); /* so that sanitizers see its end */

    assert_non_null(copy);
    memcpy(copy, text, len);
    buf_clear(out);
    buf_puts(out, "");
    ini_read_text("x.ini", copy, len, record, out, &problems);
    record_problems(out, &problems);
    problems_free(&problems);
    free(copy);
}

struct ini_case {
    const char *text;
    const char *want;
};

static void check_cases(const struct ini_case *cases, size_t count)
{
    struct buf out = {0};
    size_t i;

    for (i = 0; i < count; i++) {
        read_text(&out, cases[i].text, strlen(cases[i].text));
        assert_string_equal(out.data, cases[i].want);
    }
    buf_free(&out);
}

static void test_sound(void **state)
{
    static const struct ini_case cases[] = {
        {"", ""},
        {"\n\n  \n", ""},
        {"; only\n# comments\n   ; indented\n", ""},
        {"[a]\nx = 1\n", "1[a]\n2/1[a]x=1\n"},
        {"[a]\nx = 1", "1[a]\n2/1[a]x=1\n"},
        {"[a]", "1[a]\n"},
        {"[a]\n[b]\n\n[c]\n", "1[a]\n2[b]\n4[c]\n"},
        {"x = 1\n[a]\ny=2\n", "1/0[]x=1\n2[a]\n3/2[a]y=2\n"},
        {"\xEF\xBB\xBF[a]\r\nx = 1\r\n", "1[a]\n2/1[a]x=1\n"},
        {"x\n\xEF\xBB\xBF=1\n", "!1 no '='\n!2 no key before\n"},
        {"[a]\n\xEF\xBB\xBF[b]\nx=1\n", "1[a]\n2[b]\n3/2[b]x=1\n"},
        {"  [ field a ]  \n  x = 1\n\ty = 2\n",
         "1[field a]\n2/1[field a]x=1\n3/1[field a]y=2\n"},
        {"[a]\nx=1\n    y=2\n  z : 3\n",
         "1[a]\n2/1[a]x=1\n3/1[a]y=2\n4/1[a]z=3\n"},
        {"[a] ; why\nx = 1 ; one\ny = a;b\nz = ;c\nw =;c\n",
         "1[a]\n2/1[a]x=1\n3/1[a]y=a;b\n4/1[a]z=\n5/1[a]w=;c\n"},
        {"[a]\nl = \"x ; y\"\n", "1[a]\n2/1[a]l=\"x\n"},
        {"[a]\nx = 1 # kept\n", "1[a]\n2/1[a]x=1 # kept\n"},
        {"[a]\nx =\ny = = :\nf = u32 @8 unit=rpm\n",
         "1[a]\n2/1[a]x=\n3/1[a]y== :\n4/1[a]f=u32 @8 unit=rpm\n"},
        {"[a]\nx=1\nx=2\n[a]\nx=3\n",
         "1[a]\n2/1[a]x=1\n3/1[a]x=2\n4[a]\n5/4[a]x=3\n"},
        {"[a]\n* = Unknown\n2..7 = Service\n@size = 4\n",
         "1[a]\n2/1[a]*=Unknown\n3/1[a]2..7=Service\n4/1[a]@size=4\n"},
        {"[a]\nunit = \xC2\xB0"
         "C\n",
         "1[a]\n2/1[a]unit=\xC2\xB0"
         "C\n"},
        {"[a]\n \v\f x\f=\v1\f\n", "1[a]\n2/1[a]x=1\n"},
    };

    (void)state;
    check_cases(cases, COUNT(cases));
}

static void test_broken(void **state)
{
    static const struct ini_case cases[] = {
        {"[a]\nx 1\ny = 2\n", "1[a]\n3/1[a]y=2\n!2 no '='\n"},
        {"[a]\nx ; = 1\n", "1[a]\n!2 no '='\n"},
        {"[a]\n= 1\n: 2\n", "1[a]\n!2 no key before\n!3 no key before\n"},
        {"=\n", "!1 no key before\n"},
        {"[a]\nx=1\n[b\ny=2\n  z=3\n[c]\nw=4\n",
         "1[a]\n2/1[a]x=1\n6[c]\n7/6[c]w=4\n!3 without ']'\n"},
        {"[a\ny 2\n", "!1 without ']'\n!2 no '='\n"},
        {"[a] b = 1\nx = 1\n[c]\n", "3[c]\n!1 after the ']'\n"},
        {"[field a[0]]\nx = 1\n", "!1 after the ']'\n"},
        {"[a ; b]\nx = 1\n", "!1 without ']'\n"},
        {"[]\nx=1\n[ ]\nx=1\n", "!1 without a name\n!3 without a name\n"},
        {"[a]\nx = gr\xFC\xDF\n",
         "1[a]\n2/1[a]x=gr\xFC\xDF\n!2 warning not UTF-8\n"},
        {"[a]\n; gr\xFC\xDF\nx = 1 ; \xFC\n", "1[a]\n3/1[a]x=1\n"},
        {"[a]\rx = 1\r[b]\n", "!1 carriage\n"},
        {"[a]\nx = 1\r \ny = 2\n", "1[a]\n3/1[a]y=2\n!2 carriage\n"},
        {"[a]\n[b\r]\nx = 1\n", "1[a]\n!2 carriage\n"},
    };

    (void)state;
    check_cases(cases, COUNT(cases));
}

static void test_binary(void **state)
{
    struct buf out = {0};

    (void)state;
    read_text(&out, "[a]\nx=1\ny=\0 2\nz=3\n", 19);
    assert_string_equal(out.data, "1[a]\n2/1[a]x=1\n!3 NUL\n");
    read_text(&out, "[a]\n;\0\nz=3\n", 11);
    assert_string_equal(out.data, "1[a]\n!2 NUL\n");
    read_text(&out, "\xFF\xFE[\0a\0]\0\n\0", 10);
    assert_string_equal(out.data, "!1 UTF-16\n");
    read_text(&out, "\xFE\xFF\0[\0a\0]\0\n", 10);
    assert_string_equal(out.data, "!1 UTF-16\n");
    read_text(&out, "[\0a\0]\0\n\0", 8);
    assert_string_equal(out.data, "!1 NUL\n");
    read_text(&out, "\xEF\xBB", 2);
    assert_string_equal(out.data, "!1 warning not UTF-8\n!1 no '='\n");
    read_text(&out, "\xEF\xBB\xBF", 3);
    assert_string_equal(out.data, "");
    buf_free(&out);
}

static void test_long_lines(void **state)
{
    struct buf text = {0};
    struct buf out = {0};
    int length;

    (void)state;
    for (length = INI_LINE_MAX - 2; length <= INI_LINE_MAX + 20; length++) {
        buf_clear(&text);
        buf_puts(&text, "[a]\n  x = ");
        buf_fill(&text, 'v', (size_t)length - 4);
        buf_puts(&text, "\ny = 2\n");
        read_text(&out, text.data, text.len);
        if (length <= INI_LINE_MAX) {
            assert_memory_equal(out.data, "1[a]\n2/1[a]x=vvv", 16);
            assert_int_equal(out.len, strlen("1[a]\n2/1[a]x=\n3/1[a]y=2\n") +
                                          (size_t)length - 4);
        } else {
            assert_string_equal(out.data, "1[a]\n3/1[a]y=2\n!2 line of\n");
        }
    }
    /* comments may be as long as they like */
    buf_clear(&text);
    buf_puts(&text, "; ");
    buf_fill(&text, 'c', 5000);
    buf_puts(&text, "\n[a]\nx = 1 ; ");
    buf_fill(&text, 'c', 5000);
    buf_puts(&text, "\n");
    read_text(&out, text.data, text.len);
    assert_string_equal(out.data, "2[a]\n3/2[a]x=1\n");
    buf_free(&text);
    buf_free(&out);
}

static void test_section_names(void **state)
{
    struct buf text = {0};
    struct buf out = {0};
    struct buf want = {0};
    size_t length;

    (void)state;
    for (length = 1; length <= 195; length++) {
        buf_clear(&text);
        buf_puts(&text, "[");
        buf_fill(&text, 's', length);
        buf_puts(&text, "]\nx = 1\n");
        read_text(&out, text.data, text.len);
        buf_clear(&want);
        if (length <= INI_SECTION_MAX) {
            buf_printf(&want, "1[%.*s]\n2/1[%.*s]x=1\n", (int)length,
                       text.data + 1, (int)length, text.data + 1);
        } else {
            buf_puts(&want, length + 2 <= INI_LINE_MAX ? "!1 section name of\n"
                                                       : "!1 line of\n");
        }
        assert_string_equal(out.data, want.data);
    }
    buf_free(&text);
    buf_free(&out);
    buf_free(&want);
}

static void test_long_keys(void **state)
{
    struct buf text = {0};
    struct buf out = {0};

    (void)state;
    buf_puts(&text, "[a]\n");
    buf_fill(&text, 'k', 190);
    buf_puts(&text, "=1\n  b = 2\n");
    read_text(&out, text.data, text.len);
    assert_int_equal(out.len, strlen("1[a]\n2/1[a]=1\n3/1[a]b=2\n") + 190);
    assert_non_null(strstr(out.data, "\n3/1[a]b=2\n"));
    buf_free(&text);
    buf_free(&out);
}

static void test_many_problems(void **state)
{
    struct problems problems = {0};
    struct buf text = {0};
    struct buf out = {0};
    int i;

    (void)state;
    for (i = 0; i < 5000; i++)
        buf_puts(&text, "x\n");
    ini_read_text("x.ini", text.data, text.len, record, &out, &problems);
    assert_int_equal(problems.errors, 5000);
    assert_int_equal(problems.count, PROBLEMS_MAX);
    assert_int_equal(out.len, 0);
    problems_free(&problems);
    buf_free(&text);
    buf_free(&out);
}

static void write_file(const char *path, const char *text, size_t len)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

static void test_files(void **state)
{
    char directory[OS_RIG_PATH];
    struct problems problems = {0};
    struct buf out = {0};
    struct err err = {0};
    char path[OS_RIG_PATH + 32];

    (void)state;
    os_rig_path(directory, "ini");
    assert_true(os_rig_make_folder(directory));
    snprintf(path, sizeof path, "%s/a.ini", directory);
    assert_false(ini_read_file(path, record, &out, &problems, &err));
    assert_int_equal(err.status, STATUS_NO_MAPPING);
    assert_non_null(strstr(err.text, path));
    assert_false(ini_read_file(directory, record, &out, &problems, NULL));
    write_file(path, "[a]\nx = 1\n", 10);
    assert_true(ini_read_file(path, record, &out, &problems, &err));
    assert_string_equal(out.data, "1[a]\n2/1[a]x=1\n");
    assert_int_equal(problems.count, 0);
    write_file(path, "", 0);
    buf_clear(&out);
    assert_true(ini_read_file(path, record, &out, &problems, &err));
    assert_int_equal(out.len, 0);
    /* sparse, so cheap */
    assert_true(os_rig_lengthen(path, INI_FILE_MAX + 1));
    assert_true(ini_read_file(path, record, &out, &problems, &err));
    assert_int_equal(out.len, 0);
    assert_int_equal(problems.count, 1);
    assert_non_null(strstr(problems.items[0].text, "larger than 16 MiB"));
    problems_free(&problems);
    buf_free(&out);
    assert_true(os_rig_remove(path));
    assert_true(os_rig_remove(directory));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sound),         cmocka_unit_test(test_broken),
        cmocka_unit_test(test_binary),        cmocka_unit_test(test_long_lines),
        cmocka_unit_test(test_section_names), cmocka_unit_test(test_long_keys),
        cmocka_unit_test(test_many_problems), cmocka_unit_test(test_files),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
