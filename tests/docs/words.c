/* SPDX-License-Identifier: MIT */
/* Prints the tables of the program, a line "KIND WORD..." for each row;
 * manual.sh and completion.sh compare them with the documents. */
#include <stdio.h>
#include <string.h>

#include "base/ini.h"
#include "cli/help.h"
#include "draw/key_code.h"
#include "expr/functions.h"
#include "loader/field_keys.h"
#include "loader/mapping_keys.h"
#include "loader/pattern.h"
#include "loader/sections.h"
#include "source/source.h"
#include "view/keys.h"

static void put_options(void)
{
    for (size_t i = 0; i < OPTION_ID_COUNT; i++) {
        const struct option_row *row = &option_table[i];
        printf("option --%s\n", row->name);
        if (row->letter != '\0')
            printf("option -%c\nletter --%s -%c\n", row->letter, row->name,
                   row->letter);
        if (row->config)
            printf("config %s\n", row->name);
        printf("takes --%s", row->name);
        for (int c = 0; c < COMMAND_COUNT; c++)
            if (row->commands >> c & 1)
                printf(" %s", command_table[c].word);
        printf("\n%s --%s\n",
               !row->argument            ? "flag"
               : option_is_optional(row) ? "optional"
                                         : "argument",
               row->name);
        for (int c = 0; c < COMMAND_COUNT; c++) {
            const char *word;
            for (size_t n = 0; row->commands >> c & 1 &&
                               (word = option_word(row, (enum command)c, n));
                 n++)
                printf("choice %s\noffer %s --%s %s\n", word,
                       command_table[c].word, row->name, word);
        }
    }
}

static void put_names(const char *kind, const struct word_row *row)
{
    for (; row->word; row++)
        printf("%s %s\n", kind, row->word);
}

static void put_keys(void)
{
    struct key_map map;
    struct buf text = {0};
    key_map_default(&map);
    for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
        buf_clear(&text);
        key_map_put(&text, &map, (enum action)i, true);
        for (const char *at = text.data; *at != '\0';) {
            const char *end = strstr(at, ", "); /* a key may be a comma */
            size_t len = end ? (size_t)(end - at) : strlen(at);
            printf("key %.*s\n", (int)len, at);
            at += len + (end ? 2 : 0);
        }
        printf("action %s\n", key_table[i].word);
    }
    buf_free(&text);
    for (size_t i = 0; keys_name(i); i++) {
        size_t word = strcspn(keys_name(i), " "); /* manual.sh knows words */
        printf("keyname <%.*s%s\n", (int)word, keys_name(i),
               keys_name(i)[word] ? "" : ">");
    }
}

static void put_program(void)
{
    for (int i = 0; i < COMMAND_COUNT; i++)
        printf("command %s\n", command_table[i].word);
    put_options();
    put_keys();
    for (int i = 0; i < STATE_COUNT; i++)
        printf("state %s\n", state_name((enum source_state)i));
    for (const struct exit_row *row = exit_table; row->text; row++)
        printf("exit %d\n", (int)row->status);
    for (const struct target_row *row = target_table; row->form; row++)
        printf("target %s\n", row->form);
}

static void put_section(const char *kind, const struct section_key *row)
{
    for (; row->key; row++)
        printf("%s %s\n", kind, row->key);
}

static void put_layout(void)
{
    const struct word_row *const values[] = {
        show_words,  role_words, level_words, encoding_words,
        order_words, abi_words,  hide_words,  snapshot_words,
    };
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        put_names("value", values[i]);
    put_names("section", section_words);
    put_section("mapping", mapping_table);
    put_section("field", attribute_table);
    put_section("snapshot", snapshot_table);
    for (size_t i = 0; type_word(i); i++)
        printf("type %s\n", type_word(i));
    for (const struct pattern_row *row = pattern_table; row->word; row++)
        printf("pattern %s\n", row->word);
    for (size_t i = 0; expr_function_name(i); i++)
        printf("function %s\n", expr_function_name(i));
}

static void put_limits(void)
{
    const unsigned limits[] = {
        INI_LINE_MAX,      INI_SECTION_MAX,    LAYOUT_NAME_MAX,
        LAYOUT_VALUE_MAX,  LAYOUT_FIELDS_MAX,  LAYOUT_MAPPINGS_MAX,
        LAYOUT_FILES_MAX,  LAYOUT_DEPTH_MAX,   LAYOUT_EXPR_MAX,
        EXPR_OPERANDS_MAX, EXPR_CONSTANTS_MAX, EXPR_INSTRUCTIONS_MAX,
    };
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++)
        printf("limit %u\n", limits[i]);
}

int main(void)
{
    put_program();
    put_layout();
    put_limits();
    return 0;
}
