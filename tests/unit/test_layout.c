/* SPDX-License-Identifier: MIT */
/*
 * Loading layouts: the corpora of tests/layouts, then what they cannot show.
 * UPDATE=1 in the environment rewrites the .expected files.
 */
#include "layout_rig.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/os.h"
#include "base/os_files.h"
#include "check/json.h"
#include "check/text.h"
#include "layout/label.h"
#include "layout/path.h"
#include "loader/field_keys.h"
#include "loader/loader.h"
#include "loader/mapping_keys.h"

static bool same(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

/* Text of a problem, in which paths count from the corpus `folder`. */
static void put_relative(struct buf *out, const char *text, const char *folder)
{
    size_t len = strlen(folder);
    for (const char *at; (at = strstr(text, folder)); text = at + len + 1)
        buf_add(out, text, (size_t)(at - text));
    buf_puts(out, text);
}

static void put_problems(struct buf *out, const char *path,
                         const struct problems *problems)
{
    char folder[4096];
    snprintf(folder, sizeof folder, "%.*s", (int)(strrchr(path, '/') - path),
             path);
    for (size_t i = 0; i < problems->count; i++) {
        const struct problem *problem = &problems->items[i];
        put_relative(out, problem->file, folder);
        buf_printf(out, ":%d: %s", problem->line,
                   problem->level == PROBLEM_ERROR     ? ""
                   : problem->level == PROBLEM_WARNING ? "warning: "
                                                       : "note: ");
        put_relative(out, problem->text, folder);
        buf_putc(out, '\n');
    }
}

static void compare(const char *path, const struct buf *got)
{
    struct buf expected = {0};
    if (getenv("UPDATE")) {
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        assert_int_equal(fwrite(got->data, 1, got->len, file), got->len);
        assert_int_equal(fclose(file), 0);
    }
    struct err err = {0};
    if (!os_read_file(path, 1 << 20, &expected, &err))
        fail_msg("%s", err.text);
    if (got->len != expected.len ||
        memcmp(got->data, expected.data, got->len) != 0)
        fail_msg("%s differs; got:\n%s", path, got->data);
    buf_free(&expected);
}

typedef void case_fn(const char *path, const char *expected);

static int run_corpus(const char *folder, case_fn *run)
{
    int count = 0;
    char path[4096];
    snprintf(path, sizeof path, "%s/layouts/%s", TEST_DATA, folder);
    DIR *dir = opendir(path);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir));) {
        char *dot = strrchr(entry->d_name, '.');
        if (!dot || strcmp(dot, ".ini") != 0)
            continue;
        char file[8192];
        char expected[8192];
        snprintf(file, sizeof file, "%s/%s", path, entry->d_name);
        snprintf(expected, sizeof expected, "%s/%.*s.expected", path,
                 (int)(dot - entry->d_name), entry->d_name);
        run(file, expected);
        count++;
    }
    closedir(dir);
    return count;
}

static void run_bad(const char *path, const char *expected)
{
    struct layout *layout = NULL;
    struct problems problems = {0};
    struct err err = {0};
    struct buf got = {0};
    bool ok = layout_load(&layout, path, ABI_UNKNOWN, &problems, &err);
    put_problems(&got, path, &problems);
    if (ok)
        fail_msg("%s was accepted", path);
    assert_null(layout);
    assert_string_equal(err.text, "");
    assert_true(problems.errors > 0);
    compare(expected, &got);
    buf_free(&got);
    problems_free(&problems);
}

static void run_good(const char *path, const char *expected)
{
    static const struct check_style style = {0};
    struct abi_views views = {0};
    struct problems problems = {0};
    struct err err = {0};
    struct buf got = {0};
    bool ok = abi_views_load(&views, path, ABI_UNKNOWN, &problems, &err);
    const struct layout *layout = views.layout;
    put_problems(&got, path, &problems);
    if (!ok)
        fail_msg("%s: %s%s", path, err.text, got.data ? got.data : "");
    check_put_text(&got, &views, &style);
    compare(expected, &got);
    for (size_t i = 0; i < layout->field_count; i++)
        assert_int_equal(path_find(layout, layout->fields[i].path), i);
    abi_views_free(&views);
    buf_free(&got);
    problems_free(&problems);
}

static void test_bad_corpus(void **state)
{
    (void)state;
    assert_true(run_corpus("bad", run_bad) > 60);
}

static void test_good_corpus(void **state)
{
    (void)state;
    assert_true(run_corpus("good", run_good) >= 7);
}

static void test_missing_file(void **state)
{
    (void)state;
    struct layout *layout = NULL;
    struct problems problems = {0};
    struct err err = {0};
    assert_false(layout_load(&layout, "/nonexistent/x.ini", ABI_UNKNOWN,
                             &problems, &err));
    assert_null(layout);
    assert_true(strstr(err.text, "/nonexistent/x.ini") != NULL);
    assert_int_equal(problems.count, 0);
}

/* The key of the other system says nothing here. */
#define MAPPING_OF(other)                                                      \
    "[mapping]\nname = plain\n" other " = map:Local\\x\nsize = 4K\n"           \
    "endian = big\nrefresh = 100ms\nstale = 2s\nlabel = A title\n"             \
    "doc = \"quoted\"\n[fields]\na = u16 @2\nb = u16le @4\n"

static void test_mapping(void **state)
{
    (void)state;
    bool on_linux = strcmp(os_name, "linux") == 0;
    struct layout *layout =
        rig_layout(on_linux ? MAPPING_OF("windows") : MAPPING_OF("linux"));
    const struct mapping *mapping = &layout->mappings[0];
    assert_int_equal(layout->mapping_count, 1);
    assert_string_equal(mapping->name, "plain");
    assert_int_equal(mapping->size, 4096);
    assert_int_equal(mapping->order, ORDER_BIG);
    assert_int_equal(mapping->refresh_ns, 100000000);
    assert_int_equal(mapping->stale_ns, 2000000000);
    assert_string_equal(mapping->label, "A title");
    assert_string_equal(mapping->doc, "quoted");
    assert_int_equal(layout_mapping_need(layout, 0), 4096);
    assert_int_equal(layout->fields[0].order, ORDER_BIG);
    assert_int_equal(layout->fields[1].order, ORDER_LITTLE);
    assert_string_equal(layout->title, "rig");
    layout_free(layout);
}

static void test_native_name(void **state)
{
    (void)state;
    char text[200];
    snprintf(text, sizeof text,
             "[fields]\na = u64 @8\n[mapping]\n%s = sysv:1\nname = other\n"
             "stale = never\n",
             os_name);
    struct layout *layout = rig_layout(text);
    assert_string_equal(layout->mappings[0].name, "sysv:1");
    assert_true(layout->mappings[0].stale_ns == INT64_MAX);
    assert_int_equal(layout_mapping_need(layout, 0), 16);
    layout_free(layout);
    layout = rig_layout("[fields]\na = u8 @0\n");
    assert_null(layout->mappings[0].name);
    assert_int_equal(layout->mappings[0].refresh_ns, 0);
    layout_free(layout);
}

/* One ABI a system: the file is the same on both. */
static void test_native_abi(void **state)
{
    (void)state;
    bool on_linux = strcmp(os_name, "linux") == 0;
    static const struct {
        const char *words;
        enum abi on_linux, on_windows;
    } rows[] = {
        {"x86-linux", ABI_X86_LINUX, ABI_X86_LINUX},
        {"x64-windows", ABI_X64_WINDOWS, ABI_X64_WINDOWS},
        {"x64-linux x64-windows", ABI_X64_LINUX, ABI_X64_WINDOWS},
        {"x86-windows \t x86-linux", ABI_X86_LINUX, ABI_X86_WINDOWS},
        {"x64-windows x86-windows", ABI_X64_WINDOWS, ABI_X64_WINDOWS},
        {"x86-windows arm64-linux x64-linux", ABI_ARM64_LINUX, ABI_X86_WINDOWS},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[200];
        snprintf(text, sizeof text, "[mapping]\nabi = %s\n[fields]\na = long\n",
                 rows[i].words);
        struct layout *layout = rig_layout(text);
        assert_int_equal(layout->mappings[0].abi,
                         on_linux ? rows[i].on_linux : rows[i].on_windows);
        layout_free(layout);
    }
}

static void test_both_spellings(void **state)
{
    (void)state;
    struct layout *layout = rig_layout(
        "[field a]\ntype = u16\noffset = 0x10\nlabel = The \"A\"\n"
        "unit = bar\nscale = 0.25\nbias = -1.5\nshow = hex\nrole = counter\n"
        "min = -1\nmax = 9\nlevel = debug\ngroup = G\nbits = 2..5\n"
        "writable = -1..2\noverlap = yes\ndoc = D\nprecision = 3\n"
        "[fields]\nb = u16 @0x10 label='The \"A\"' unit=bar scale=0.25 "
        "bias=-1.5 show=hex role=counter min=-1 max=9 level=debug group=G "
        "bits=2..5 writable=-1..2 overlap=yes doc=D precision=3\n");
    assert_int_equal(layout->field_count, 2);
    for (size_t i = 0; i < 2; i++) {
        const struct field *field = &layout->fields[i];
        const struct attributes *attr = field->attr;
        assert_int_equal(field->offset, 16);
        assert_int_equal(field->size, 2);
        assert_int_equal(field->shift, 2);
        assert_int_equal(field->width, 4);
        assert_int_equal(field->kind, KIND_UINT);
        assert_int_equal(field->base, FIELD_NO_BASE);
        assert_string_equal(attr->label, "The \"A\"");
        assert_string_equal(attr->unit, "bar");
        assert_string_equal(attr->group, "G");
        assert_string_equal(attr->doc, "D");
        assert_true(attr->scaled && attr->has_min && attr->has_max);
        assert_true(same(attr->scale, 0.25));
        assert_true(same(attr->bias, -1.5));
        assert_true(same(attr->min, -1));
        assert_true(same(attr->max, 9));
        assert_true(same(attr->write_low, -1));
        assert_true(same(attr->write_high, 2));
        assert_int_equal(attr->show, SHOW_HEX);
        assert_int_equal(attr->role, ROLE_COUNTER);
        assert_int_equal(attr->level, LEVEL_DEBUG);
        assert_int_equal(attr->writable, WRITABLE_RANGE);
        assert_int_equal(attr->precision, 3);
        assert_true(attr->overlap);
        assert_string_equal(layout->groups[field->group].title, "G");
    }
    layout_free(layout);
}

static void test_defaults(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        enum role role;
        int precision;
    } cases[] = {
        {"i32 @0", ROLE_GAUGE, -1},
        {"i32 @0 write=\"count 1\"", ROLE_COUNTER, -1},
        {"i32 @0 write=\"count 1\" role=gauge", ROLE_GAUGE, -1},
        {"f64 @0 write=\"count 1\"", ROLE_GAUGE, -1},
        {"bool @0", ROLE_STATE, -1},
        {"u8 @0 enum=mode", ROLE_STATE, -1},
        {"u8 @0 flags=bits", ROLE_STATE, -1},
        {"char[4] @0", ROLE_TEXT, -1},
        {"bytes[4] @0", ROLE_TEXT, -1},
        {"guid @0", ROLE_TEXT, -1},
        {"i16 @0 scale=0.1", ROLE_GAUGE, 1},
        {"i16 @0 scale=0.25 bias=1.125", ROLE_GAUGE, 3},
        {"i16 @0 scale=2", ROLE_GAUGE, 0},
        {"i16 @0 scale=1e-3", ROLE_GAUGE, -1},
        {"i16 @0 scale=0.00001525879", ROLE_GAUGE, -1},
        {"f32 @0 scale=0.1", ROLE_GAUGE, -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct layout *layout = rig_field(cases[i].line);
        const struct attributes *attr = layout->fields[0].attr;
        assert_int_equal(attr->role, cases[i].role);
        assert_int_equal(attr->precision, cases[i].precision);
        assert_int_equal(attr->level, LEVEL_INFO);
        assert_int_equal(attr->writable, WRITABLE_NO);
        assert_null(attr->label);
        layout_free(layout);
    }
}

static void test_arrays(void **state)
{
    (void)state;
    struct layout *layout =
        rig_layout("[fields]\nz = u8 @100\nload = u16be[12] @8 label=Load\n"
                   "names = char[16][4] @32\nh.seq = u32 @0\n");
    assert_int_equal(layout->field_count, 18);
    assert_int_equal(layout->group_count, 4);
    const struct group *group = &layout->groups[1];
    assert_string_equal(group->name, "load");
    assert_true(group->array);
    assert_int_equal(group->first, 1);
    assert_int_equal(group->count, 12);
    const struct field *field = &layout->fields[path_find(layout, "load[11]")];
    assert_int_equal(field->offset, 30);
    assert_ptr_equal(field->attr, layout->fields[1].attr);
    field = &layout->fields[path_find(layout, "names[3]")];
    assert_int_equal(field->offset, 80);
    assert_int_equal(field->size, 16);
    struct buf label = {0};
    field_put_label(&label, layout, path_find(layout, "load[2]"), NULL);
    assert_string_equal(label.data, "Load [2]");
    buf_clear(&label);
    field_put_label(&label, layout, path_find(layout, "names[0]"), NULL);
    assert_string_equal(label.data, "names[0]");
    buf_free(&label);
    layout_free(layout);
}

static void test_find(void **state)
{
    (void)state;
    struct layout *layout = rig_layout(
        "[fields]\ncounter = u8 @0\nload = u16[12] @8\nh.seq = u32 @4\n");
    static const char *const none[] = {
        "",           "count",    "counters",
        "load",       "load[12]", "load[-1]",
        "load[01]",   "load[1]x", "load[1",
        "load[]",     "load[ 1]", "h",
        "counter[0]", "LOAD[1]",  "load[99999999999999999999]"};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        assert_true(path_find(layout, none[i]) == SIZE_MAX);
    assert_int_equal(path_find(layout, "counter"), 0);
    assert_int_equal(path_find(layout, "load[0]"), 1);
    assert_int_equal(path_find(layout, "h.seq"), 13);
    assert_string_equal(path_nearest(layout, "conter"), "counter");
    assert_string_equal(path_nearest(layout, "load"), "load[0]");
    assert_string_equal(path_nearest(layout, "laod[7]"), "load[7]");
    assert_string_equal(path_nearest(layout, "load[77]"), "load[0]");
    assert_null(path_nearest(layout, "zzzzzzzzz"));
    layout_free(layout);
}

static void test_clean_texts(void **state)
{
    (void)state;
    struct layout *layout = rig_layout(
        "[mapping]\nlabel = a\x1b[31m\n[fields]\n"
        "a = u8 @0 label=x\x07y unit=\xff doc=\xe2\x80\xae\x31 enum=e\n"
        "[enum e]\n0 = \x1b]0;evil\n");
    const struct attributes *attr = layout->fields[0].attr;
    assert_string_equal(layout->mappings[0].label, "a\xef\xbf\xbd[31m");
    assert_string_equal(attr->label, "x\xef\xbf\xbdy");
    assert_string_equal(attr->unit, "\xef\xbf\xbd");
    assert_string_equal(attr->doc, "\xef\xbf\xbd\x31");
    assert_string_equal(attr->labels->rows[0].label, "\xef\xbf\xbd]0;evil");
    layout_free(layout);
}

static void test_label_order(void **state)
{
    (void)state;
    struct layout *layout =
        rig_layout("[fields]\na = i8 @0 enum=e\n"
                   "[enum e]\n5 = Five\n-3..2 = Low\n-9 = Least\n* = Other\n");
    const struct label_set *set = layout->fields[0].attr->labels;
    assert_string_equal(set->name, "e");
    assert_true(set->is_signed && !set->flags);
    assert_int_equal(set->count, 3);
    assert_string_equal(set->rows[0].label, "Least");
    assert_string_equal(set->rows[1].label, "Low");
    assert_string_equal(set->rows[2].label, "Five");
    assert_string_equal(set->otherwise, "Other");
    layout_free(layout);
}

/* Warnings do not stop a layout, and their file name outlives it. */
static void test_warnings(void **state)
{
    (void)state;
    struct layout *layout = NULL;
    struct problems problems = {0};
    const char *name = "warn.ini";
    const char *text = "[enum none]\n[fields]\na = u32 @1\n";
    assert_true(layout_parse(&layout, name, text, strlen(text), ABI_UNKNOWN,
                             &problems));
    assert_int_equal(problems.count, 2);
    assert_int_equal(problems.errors, 0);
    assert_string_equal(problems.items[0].file, name);
    assert_string_equal(problems.items[1].file, name);
    layout_free(layout);
    /* Errors of an earlier file do not make this one bad. */
    problem_add(&problems, "other.ini", 1, PROBLEM_ERROR, "earlier");
    assert_true(layout_parse(&layout, name, text, strlen(text), ABI_UNKNOWN,
                             &problems));
    layout_free(layout);
    problems_free(&problems);
}

/* Large layouts stay linear: these would take minutes if anything were
 * quadratic, so that no clock is needed. */
static void test_large(void **state)
{
    (void)state;
    enum { COUNT = 200000 };
    struct buf text = {0};
    buf_puts(&text, "[fields]\n");
    for (int i = 0; i < COUNT; i++) {
        buf_printf(&text, "field_%d = u32 @%d label=L enum=e%d\n", i, 4 * i,
                   i % 5000);
    }
    for (int i = 0; i < 5000; i++)
        buf_printf(&text, "[enum e%d]\n0 = Off\n1 = On\n", i);
    struct layout *layout = rig_layout(text.data);
    assert_int_equal(layout->field_count, COUNT);
    for (int i = 0; i < COUNT; i += 777) {
        char path[32];
        snprintf(path, sizeof path, "field_%d", i);
        assert_int_equal(path_find(layout, path), i);
    }
    layout_free(layout);
    buf_free(&text);
    layout = rig_layout("[fields]\nbig = u32[1000000] @0\n");
    assert_int_equal(layout->field_count, 1000000);
    assert_string_equal(layout->fields[999999].path, "big[999999]");
    assert_int_equal(layout_mapping_need(layout, 0), 4000000);
    layout_free(layout);
}

static void test_tables(void **state)
{
    (void)state;
    for (size_t i = 0; i < ATTR_COUNT; i++)
        assert_non_null(attribute_table[i].parse);
    assert_null(attribute_table[ATTR_COUNT].key);
    for (size_t i = 0; i < MAPPING_KEY_COUNT; i++)
        assert_true(mapping_table[i].parse || i == MAPPING_INCLUDE);
    assert_null(mapping_table[MAPPING_KEY_COUNT].key);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bad_corpus),
        cmocka_unit_test(test_good_corpus),
        cmocka_unit_test(test_missing_file),
        cmocka_unit_test(test_mapping),
        cmocka_unit_test(test_native_name),
        cmocka_unit_test(test_native_abi),
        cmocka_unit_test(test_both_spellings),
        cmocka_unit_test(test_defaults),
        cmocka_unit_test(test_arrays),
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_clean_texts),
        cmocka_unit_test(test_label_order),
        cmocka_unit_test(test_warnings),
        cmocka_unit_test(test_large),
        cmocka_unit_test(test_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
