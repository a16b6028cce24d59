/* SPDX-License-Identifier: MIT */
/* The reader of `key = value` lines on a small table.  The keys of layouts are
 * tested by tests/layouts. */
#include "loader/key_table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

struct draft {
    uint64_t size;
    bool fast;
    const char *label;
};

static const struct section_key table[] = {
    {"size", key_size, offsetof(struct draft, size), 0, NULL},
    {"fast", key_yes_no, offsetof(struct draft, fast), 0, NULL},
    {"label", key_text, offsetof(struct draft, label), 0, NULL},
    {NULL, NULL, 0, 0, NULL},
};

struct rig {
    struct draft draft;
    struct keys keys;
    int lines[3];
    const char *files[3];
    struct arena *arena;
    struct problems problems;
};

static void rig_begin(struct rig *rig)
{
    *rig = (struct rig){.arena = arena_new()};
    rig->keys = (struct keys){
        .file = "a.ini", .line = 1, .lines = rig->lines, .files = rig->files};
}

static void rig_end(struct rig *rig)
{
    arena_free(rig->arena);
    problems_free(&rig->problems);
}

static bool read_line(struct rig *rig, int line, const char *key,
                      const char *value)
{
    const struct key_section section = {.kind = "pump",
                                        .name = "p",
                                        .table = table,
                                        .keys = &rig->keys,
                                        .bases = {&rig->draft}};
    return key_read(&section, key, value, line, rig->arena, &rig->problems);
}

static void test_values(void **state)
{
    (void)state;
    struct rig rig;
    rig_begin(&rig);
    assert_true(read_line(&rig, 2, "size", "4K"));
    assert_true(read_line(&rig, 3, "fast", "yes"));
    assert_true(read_line(&rig, 4, "label", "\"A b\""));
    assert_int_equal(rig.draft.size, 4096);
    assert_true(rig.draft.fast);
    assert_string_equal(rig.draft.label, "A b");
    assert_int_equal(key_line(&rig.keys, 1), 3);
    assert_true(key_valid(&rig.keys, 2));
    assert_int_equal(rig.problems.count, 0);
    rig_end(&rig);
}

static void test_problems(void **state)
{
    static const struct {
        const char *key, *value, *text;
    } cases[] = {
        {"sise", "1", "unknown key 'sise' of pump 'p'; did you mean 'size'?"},
        {"x", "1",
         "unknown key 'x' of pump 'p'; it is one of size, fast, label"},
        {"label", "", "label has no value"},
        {"fast", "2", "bad fast '2'; it is yes or no"},
        {"size", "0", "size 0 is not within 1 to 70368744177664"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct rig rig;
        rig_begin(&rig);
        assert_false(read_line(&rig, 7, cases[i].key, cases[i].value));
        assert_int_equal(rig.problems.count, 1);
        assert_string_equal(rig.problems.items[0].text, cases[i].text);
        assert_int_equal(rig.problems.items[0].line, 7);
        assert_int_equal(rig.keys.valid, 0);
        rig_end(&rig);
    }
}

/* A key whose value is bad counts as given, so it is reported once. */
static void test_twice(void **state)
{
    (void)state;
    struct rig rig;
    rig_begin(&rig);
    assert_false(read_line(&rig, 2, "fast", "2"));
    assert_false(read_line(&rig, 3, "fast", "yes"));
    rig.keys.file = "b.ini";
    assert_false(read_line(&rig, 4, "fast", "no"));
    assert_int_equal(rig.problems.count, 3);
    assert_string_equal(
        rig.problems.items[1].text,
        "duplicate key 'fast' of pump 'p'; the first is in line 2");
    assert_string_equal(
        rig.problems.items[2].text,
        "duplicate key 'fast' of pump 'p'; the first is in line 2 of a.ini");
    assert_true(key_given(&rig.keys, 1));
    assert_false(key_valid(&rig.keys, 1));
    rig_end(&rig);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_problems),
        cmocka_unit_test(test_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
