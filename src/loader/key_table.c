/* SPDX-License-Identifier: MIT */
/* Reads `key = value` lines by a table, and has the parsers of values that
 * several keys share.  Parsers of a single key are with its table. */
#include "loader/key_table.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "layout/syntax.h"

/* With fewer keys than this a message lists all of them. */
#define LISTED_MAX 5

/* --- lines --------------------------------------------------------------- */

static void unknown_key(const struct key_section *section, const char *key,
                        int line, struct problems *problems)
{
    const char *words[KEYS_MAX];
    size_t count = 0;
    for (const struct section_key *row = section->table; row->key; row++) {
        CHECK(count < KEYS_MAX);
        words[count++] = row->key;
    }
    struct buf text = {0};
    buf_printf(&text, "unknown key '%s' of %s", key, section->kind);
    if (section->name)
        buf_printf(&text, " '%s'", section->name);
    const char *nearest = text_nearest(key, words, count);
    buf_puts(&text, word_hint(nearest).text);
    for (size_t i = 0; !nearest && count <= LISTED_MAX && i < count; i++)
        buf_printf(&text, "%s %s", i ? "," : "; it is one of", words[i]);
    problem_add(problems, section->keys->file, line, PROBLEM_ERROR, "%s",
                text.data);
    buf_free(&text);
}

bool key_take(const struct key_section *section, size_t row, const char *key,
              const char *value, int line, struct problems *problems)
{
    CHECK(row < KEYS_MAX && line > 0);
    struct keys *keys = section->keys;
    if (key_given(keys, (unsigned)row)) {
        const char *first = key_file(keys, (unsigned)row);
        const char *quote = section->name ? "'" : "";
        problem_add(problems, keys->file, line, PROBLEM_ERROR,
                    "duplicate key '%s' of %s%s%s%s%s; the first is in line "
                    "%d%s",
                    key, section->kind, section->name ? " " : "", quote,
                    section->name ? section->name : "", quote,
                    key_line(keys, (unsigned)row),
                    file_hint(first, keys->file).text);
        return false;
    }
    keys->given |= UINT64_C(1) << row;
    if (keys->lines)
        keys->lines[row] = line;
    if (keys->files)
        keys->files[row] = keys->file;
    if (value[0] == '\0') {
        problem_add(problems, keys->file, line, PROBLEM_ERROR,
                    "%s has no value", key);
        return false;
    }
    return true;
}

const struct section_key *key_read(const struct key_section *section,
                                   const char *key, const char *value, int line,
                                   struct arena *arena,
                                   struct problems *problems)
{
    const struct section_key *row = section->table;
    while (row->key && (row->key[0] != key[0] || strcmp(row->key, key) != 0))
        row++;
    if (!row->key) {
        unknown_key(section, key, line, problems);
        return NULL;
    }
    size_t number = (size_t)(row - section->table);
    if (!key_take(section, number, key, value, line, problems))
        return NULL;
    CHECK(row->parse && row->base < 2 && section->bases[row->base]);
    struct err err;
    const struct key_value read = {row, value, arena, &err};
    if (!row->parse((char *)section->bases[row->base] + row->offset, &read)) {
        problem_add(problems, section->keys->file, line, PROBLEM_ERROR, "%s",
                    err.text);
        return NULL;
    }
    section->keys->valid |= UINT64_C(1) << number;
    return row;
}

/* --- what was given ------------------------------------------------------ */

int key_line(const struct keys *keys, unsigned row)
{
    CHECK(row < KEYS_MAX);
    return keys->lines && keys->lines[row] ? keys->lines[row] : keys->line;
}

const char *key_file(const struct keys *keys, unsigned row)
{
    CHECK(row < KEYS_MAX);
    return keys->files && keys->files[row] ? keys->files[row] : keys->file;
}

void key_problem(struct problems *problems, const struct keys *keys,
                 unsigned row, const char *fmt, ...)
{
    char text[ERR_TEXT_MAX];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    problem_add(problems, key_file(keys, row), key_line(keys, row),
                PROBLEM_ERROR, "%s", text);
}

/* --- values -------------------------------------------------------------- */

bool key_bad(const struct key_value *value, const char *reason)
{
    return err_set(value->err, STATUS_DATA, "bad %s '%s'; %s", value->row->key,
                   value->text, reason);
}

bool key_text(void *out, const struct key_value *value)
{
    *(const char **)out = clean_copy(value->arena, value->text);
    return true;
}

bool key_plain(void *out, const struct key_value *value)
{
    *(const char **)out = plain_copy(value->arena, value->text);
    return true;
}

bool key_raw(void *out, const struct key_value *value)
{
    *(const char **)out = arena_strdup(value->arena, value->text);
    return true;
}

bool key_identifier(void *out, const struct key_value *value)
{
    return identifier_check(value->text, value->err) && key_raw(out, value);
}

bool key_word(void *out, const struct key_value *value)
{
    const struct section_key *row = value->row;
    CHECK(row->words);
    int found = word_find(row->words, value->text);
    if (found < 0) {
        return err_set(value->err, STATUS_DATA, "unknown %s '%s'%s", row->key,
                       value->text, word_hint_in(row->words, value->text).text);
    }
    /* The enums have the size of an int. */
    memcpy(out, &found, sizeof found);
    return true;
}

bool key_real(void *out, const struct key_value *value)
{
    return number_parse_double(value->text, out) ||
           key_bad(value, "it is a number");
}

bool key_period(void *out, const struct key_value *value)
{
    return number_parse_period(value->text, out) ||
           key_bad(value, "it is a time such as 2s, 500ms or 10hz");
}

bool key_size(void *out, const struct key_value *value)
{
    uint64_t size;
    if (!number_parse_size(value->text, &size)) {
        return key_bad(value, "it is a number of bytes such as 64, 0x40, 4K or "
                              "1MiB");
    }
    if (size < 1 || size > LAYOUT_SIZE_MAX) {
        return err_set(value->err, STATUS_DATA, "%s %s is not within 1 to %llu",
                       value->row->key, value->text,
                       (unsigned long long)LAYOUT_SIZE_MAX);
    }
    *(uint64_t *)out = size;
    return true;
}

bool key_yes_no(void *out, const struct key_value *value)
{
    bool yes = strcmp(value->text, "yes") == 0;
    if (!yes && strcmp(value->text, "no") != 0)
        return key_bad(value, "it is yes or no");
    *(bool *)out = yes;
    return true;
}
