/* SPDX-License-Identifier: MIT */
/* The key table, and maps that the configuration changes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "view/keys.h"

static void test_table_is_sound(void **state)
{
    (void)state;
    int seen[ACTION_COUNT * KEYS_OF_ACTION];
    size_t count = 0;
    struct key_map map;
    key_map_default(&map);
    for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
        const struct key_row *row = &key_table[i];
        assert_int_equal(row->action, i);
        assert_non_null(row->word);
        assert_non_null(row->group);
        assert_true(row->help || key_table[i - 1].help);
        assert_int_not_equal(row->keys[0], KEY_CODE_NONE);
        for (int k = ACTION_NONE + 1; k < i; k++)
            assert_string_not_equal(row->word, key_table[k].word);
        for (int k = 0; k < KEYS_OF_ACTION && row->keys[k]; k++) {
            for (size_t n = 0; n < count; n++)
                assert_int_not_equal(seen[n], row->keys[k]);
            seen[count++] = row->keys[k];
            assert_int_equal(key_map_action(&map, row->keys[k]), i);
        }
    }
}

static void test_unknown_keys(void **state)
{
    (void)state;
    static const int keys[] = {
        KEY_CODE_NONE, 'U',  KEY_CODE_F12, 'Q',           'V', -1,
        KEY_CODE_TICK, 0xe9, 'D',          KEY_CODE_MOUSE};
    struct key_map map;
    key_map_default(&map);
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        assert_int_equal(key_map_action(&map, keys[i]), ACTION_NONE);
}

static void test_bind(void **state)
{
    (void)state;
    static const struct {
        const char *action, *keys;
        const char *shown; /* NULL: refused */
        const char *why;
    } cases[] = {
        {"down", "n", NULL, "'search-next' has this key already"},
        {"down", "J", "J", ""},
        {"down", "j <Down> <C-n>", "j, Down, Ctrl-N", ""},
        {"down", "j,<Down>", "j, Down", ""},
        {"bar-back", "  <lt> ", "<", ""},
        {"down", "<Space>", NULL, "'hold' has this key already"},
        {"down", "a b c d e", NULL, "has this key already"},
        {"down", "1", NULL, "has this key already"},
        {"down", "A", NULL, "has this key already"},
        {"down", "i r D E H", NULL, "at most 4 keys"},
        {"down", "i r D E", "i, r, D, E", ""},
        {"down", "", NULL, "no key is given"},
        {"down", "  ", NULL, "no key is given"},
        {"down", "jk", NULL, "'jk' is not one key"},
        {"down", "<Enter>e", NULL, "blanks between keys"},
        {"down", "<Oops>", NULL, "unknown key '<Oops>'"},
        {"down", "<tick>", NULL, "unknown key '<tick>'"},
        {"down", "j <Oops", NULL, "unknown key '<Oops'"},
        {"down", "\xc3\xa9", "\xc3\xa9", ""},
        {"quit", "Q <F10>", "Q, F10", ""},
        {"donw", "j", NULL, "did you mean 'down'?"},
        {"", "j", NULL, "is no action"},
        {"Down", "j", NULL, "is no action"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct key_map map, before;
        struct err err = {0};
        struct buf shown = {0};
        key_map_default(&map);
        before = map;
        bool bound = key_map_bind(&map, cases[i].action, cases[i].keys, &err);
        if (bound != (cases[i].shown != NULL))
            fail_msg("%s = %s: %d, '%s'", cases[i].action, cases[i].keys, bound,
                     err.text);
        if (!bound) {
            assert_int_equal(err.status, STATUS_DATA);
            if (!strstr(err.text, cases[i].why))
                fail_msg("%s = %s: '%s' does not say '%s'", cases[i].action,
                         cases[i].keys, err.text, cases[i].why);
            assert_memory_equal(&map, &before, sizeof map);
            continue;
        }
        enum action action = ACTION_NONE + 1;
        while (strcmp(key_table[action].word, cases[i].action) != 0)
            action++;
        key_map_put(&shown, &map, action, true);
        assert_string_equal(shown.data, cases[i].shown);
        for (int k = 0; k < KEYS_OF_ACTION && map.keys[action][k]; k++)
            assert_int_equal(key_map_action(&map, map.keys[action][k]), action);
        buf_free(&shown);
    }
}

/* A key that an action gives up is free for another one. */
static void test_keys_change_hands(void **state)
{
    (void)state;
    struct key_map map;
    struct err err = {0};
    key_map_default(&map);
    assert_true(key_map_bind(&map, "down", "i", &err));
    assert_int_equal(key_map_action(&map, 'j'), ACTION_NONE);
    assert_int_equal(key_map_action(&map, KEY_CODE_DOWN), ACTION_NONE);
    assert_true(key_map_bind(&map, "up", "j", &err));
    assert_int_equal(key_map_action(&map, 'j'), ACTION_UP);
    assert_int_equal(key_map_action(&map, 'i'), ACTION_DOWN);
    assert_int_equal(key_map_action(&map, 'k'), ACTION_NONE);
}

static void test_put(void **state)
{
    (void)state;
    static const struct {
        enum action action;
        bool all;
        const char *shown;
    } cases[] = {
        {ACTION_DOWN, false, "j"},
        {ACTION_DOWN, true, "j, Down"},
        {ACTION_QUIT, true, "q, F10, Ctrl-C"},
        {ACTION_PREVIOUS_VIEW, false, "Shift-Tab"},
        {ACTION_HOLD, true, "Space"},
        {ACTION_FILTER, true, "\\"},
        {ACTION_REDRAW, true, "Ctrl-L"},
        {ACTION_NONE, true, ""},
    };
    struct key_map map;
    key_map_default(&map);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf shown = {0};
        buf_puts(&shown, "");
        key_map_put(&shown, &map, cases[i].action, cases[i].all);
        assert_string_equal(shown.data, cases[i].shown);
        buf_free(&shown);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table_is_sound),
        cmocka_unit_test(test_unknown_keys),
        cmocka_unit_test(test_bind),
        cmocka_unit_test(test_keys_change_hands),
        cmocka_unit_test(test_put),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
