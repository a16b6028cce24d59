/* SPDX-License-Identifier: MIT */
/* The key table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ui/keys.h"

static void test_table_is_sound(void **state)
{
    (void)state;
    int seen[128];
    size_t count = 0;
    for (const struct key_row *row = key_table; row->action; row++) {
        assert_non_null(row->text);
        assert_non_null(row->help);
        assert_int_not_equal(row->key, KEY_CODE_NONE);
        const int keys[] = {row->key, row->other_key};
        for (size_t i = 0; i < 2 && keys[i] != KEY_CODE_NONE; i++) {
            for (size_t k = 0; k < count; k++)
                assert_int_not_equal(seen[k], keys[i]);
            seen[count++] = keys[i];
            assert_int_equal(key_action(keys[i]), row->action);
        }
    }
    for (int action = ACTION_NONE + 1; action <= ACTION_SUSPEND; action++) {
        size_t rows = 0;
        for (const struct key_row *row = key_table; row->action; row++)
            rows += row->action == (enum action)action;
        assert_int_equal(rows, 1);
    }
}

static void test_unknown_keys(void **state)
{
    (void)state;
    static const int keys[] = {KEY_CODE_NONE, 'w',  'u', KEY_CODE_LEFT,
                               '[',           ']',  -1,  KEY_CODE_TICK,
                               0xe9,          '\0', 'Q', KEY_CODE_DELETE};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        assert_int_equal(key_action(keys[i]), ACTION_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table_is_sound),
        cmocka_unit_test(test_unknown_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
