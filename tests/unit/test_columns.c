/* SPDX-License-Identifier: MIT */
/* The columns of the table: their words, and where they are at any width. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "view/columns.h"

static void test_words(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *put; /* NULL: refused */
        const char *why;
    } cases[] = {
        {"name value", "name value", ""},
        {"value name", "value name", ""},
        {"rate", "name rate value", ""},
        {"", "name value", ""},
        {"  rate ,  age,unit ", "name rate age unit value", ""},
        {"age value rate", "name age value rate", ""},
        {"name name value value", "name value", ""},
        {"name value unit rate trend age min max average previous alarm path "
         "offset type",
         "name value unit rate trend age min max average previous alarm path "
         "offset type",
         ""},
        {"unit rate trend age min max average previous alarm path offset type",
         "name unit rate trend age min max average previous alarm path offset "
         "type value",
         ""},
        {"name vlaue", NULL, "'vlaue' is not a column; did you mean 'value'?"},
        {"layout", NULL, "'layout' is not a column"}, /* an order */
        {"Name", NULL, "'Name' is not a column"},
        {"name;value", NULL, "'name;value' is not a column"},
        {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", NULL,
         "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' is not a column"},
        /* The whole word counts, not what fits into a buffer. */
        {"valueeeeeeeeeeeeeeeeeeee", NULL, "is not a column"},
        {"\xe6\xbc\xa2", NULL, "is not a column"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct column_list list = {{9}, 1};
        struct err err = {0};
        struct buf out = {0};
        bool ok = columns_parse(&list, cases[i].text, &err);
        if (ok != (cases[i].put != NULL))
            fail_msg("'%s': %d, '%s'", cases[i].text, ok, err.text);
        if (!ok) {
            assert_int_equal(err.status, STATUS_DATA);
            if (!strstr(err.text, cases[i].why))
                fail_msg("'%s': '%s' does not say '%s'", cases[i].text,
                         err.text, cases[i].why);
            assert_int_equal(list.items[0], 9); /* it stays */
            continue;
        }
        columns_put(&out, &list);
        assert_string_equal(out.data, cases[i].put);
        /* What was put is read as the same. */
        struct column_list again;
        assert_true(columns_parse(&again, out.data, &err));
        assert_int_equal(again.count, list.count);
        assert_memory_equal(again.items, list.items, (size_t)list.count);
        buf_free(&out);
    }
}

static void test_orders(void **state)
{
    (void)state;
    static const struct {
        const char *word;
        int order; /* -1: none */
    } cases[] = {
        {"layout", ORDER_LAYOUT},
        {"name", COLUMN_NAME},
        {"recent", COLUMN_AGE},
        {"age", COLUMN_AGE},
        {"rate", COLUMN_RATE},
        {"alarm", COLUMN_ALARM},
        {"trend", -1},
        {"", -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(word_find(sort_words, cases[i].word), cases[i].order);
    assert_string_equal(word_of(column_words, COLUMN_AGE), "age");
    assert_string_equal(word_of(column_words, ORDER_LAYOUT), "layout");
}

static bool has(const struct column_list *list, enum column column)
{
    return memchr(list->items, (int)column, (size_t)list->count) != NULL;
}

static void test_default(void **state)
{
    (void)state;
    for (int total = 1; total <= 300; total++) {
        struct column_list list = columns_default(total);
        assert_true(has(&list, COLUMN_NAME) && has(&list, COLUMN_VALUE) &&
                    has(&list, COLUMN_AGE));
        assert_int_equal(has(&list, COLUMN_MIN), total >= 104);
        assert_false(has(&list, COLUMN_TYPE));
    }
}

/* No column is over another one, past an edge, or wider than it may be. */
static void check_fit(const struct columns *columns,
                      const struct column_list *list, int total)
{
    int end = columns->prefix;
    assert_in_range(columns->prefix, 0, total);
    assert_int_equal(columns->total, total);
    for (int i = 0; i < list->count; i++) {
        enum column column = list->items[i];
        int width = columns->of[column].width;
        assert_in_range(width, 0, total);
        if (!width)
            continue;
        assert_in_range(columns->of[column].at, end, total - width);
        end = columns->of[column].at + width + 1; /* a blank between them */
    }
    for (int i = 0; i < COLUMN_COUNT; i++)
        if (!has(list, (enum column)i))
            assert_int_equal(columns->of[i].width, 0);
}

static void test_fit(void **state)
{
    (void)state;
    static const char *const lists[] = {
        NULL, /* the default */
        "name value",
        "type offset path alarm previous average max min age trend rate unit "
        "value name",
        "trend value rate name",
        "path trend",
    };
    for (size_t k = 0; k < sizeof lists / sizeof lists[0]; k++) {
        for (int total = 1; total <= 300; total++) {
            struct column_list list = columns_default(total);
            struct err err = {0};
            if (lists[k])
                assert_true(columns_parse(&list, lists[k], &err));
            for (int name = 1; name <= 64; name += 9) {
                for (int value = 1; value <= 80; value += 7) {
                    struct column_wishes wishes = {
                        .name = name,
                        .value = value,
                        .unit = 4 + value % 5,
                        .number = 10,
                        .path = 8 + name / 2,
                    };
                    struct columns columns;
                    columns_fit(&columns, &list, total, &wishes);
                    check_fit(&columns, &list, total);
                    int room = total - columns.prefix;
                    assert_int_equal(columns.of[COLUMN_VALUE].width,
                                     value < room ? value : room);
                    assert_in_range(columns.of[COLUMN_TREND].width, 0,
                                    TREND_MOST);
                }
            }
        }
    }
}

/* A wider table shows what a narrower one shows. */
static void test_columns_only_come(void **state)
{
    (void)state;
    static const struct column_wishes wishes = {
        .name = 20, .value = 12, .unit = 4, .number = 10, .path = 20};
    struct column_list list;
    struct err err = {0};
    bool shown[COLUMN_COUNT] = {0};
    assert_true(
        columns_parse(&list, "unit rate trend age alarm path type", &err));
    for (int total = 1; total <= 300; total++) {
        struct columns columns;
        columns_fit(&columns, &list, total, &wishes);
        for (int i = 0; i < COLUMN_COUNT; i++) {
            if (shown[i] && !columns.of[i].width)
                fail_msg("%d columns: no '%s' any more", total,
                         word_of(column_words, i));
            shown[i] = columns.of[i].width > 0;
        }
    }
    for (int i = 0; i < list.count; i++)
        assert_true(shown[list.items[i]]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_orders),
        cmocka_unit_test(test_default),
        cmocka_unit_test(test_fit),
        cmocka_unit_test(test_columns_only_come),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
