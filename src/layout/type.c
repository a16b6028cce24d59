/* SPDX-License-Identifier: MIT */
/*
 * Reads type words through one table of the base types.
 * Invariant: size and count of a type_spec are within the limits of layout.h.
 * Where a field of the type stands is left to resolve.c.
 */
#include "layout/type.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "layout/names.h"

struct type_row {
    const char *word;
    enum kind kind;
    uint32_t size;  /* bytes of one, or of one unit of a text */
    bool units;     /* its first [N] counts units, not elements */
    bool has_order; /* takes a suffix be or le */
};

/* The widest first, since of equally near words the first is suggested. */
static const struct type_row type_table[] = {
    {"i32", KIND_INT, 4, false, true},     {"i64", KIND_INT, 8, false, true},
    {"i8", KIND_INT, 1, false, true},      {"i16", KIND_INT, 2, false, true},
    {"u32", KIND_UINT, 4, false, true},    {"u64", KIND_UINT, 8, false, true},
    {"u8", KIND_UINT, 1, false, true},     {"u16", KIND_UINT, 2, false, true},
    {"f32", KIND_FLOAT, 4, false, true},   {"f64", KIND_FLOAT, 8, false, true},
    {"bool", KIND_BOOL, 1, false, false},  {"char", KIND_CHAR, 1, true, false},
    {"utf16", KIND_UTF16, 2, true, true},  {"utf32", KIND_UTF32, 4, true, true},
    {"bytes", KIND_BYTES, 1, true, false}, {"guid", KIND_GUID, 16, false, true},
};
#define TYPE_COUNT (sizeof type_table / sizeof type_table[0])
#define WORD_MAX 15

bool kind_is_text(enum kind kind)
{
    return kind == KIND_CHAR || kind == KIND_UTF16 || kind == KIND_UTF32;
}

bool kind_is_integer(enum kind kind)
{
    return kind == KIND_INT || kind == KIND_UINT;
}

static const struct type_row *find_row(const char *word)
{
    for (size_t i = 0; i < TYPE_COUNT; i++) {
        if (strcmp(type_table[i].word, word) == 0) {
            return &type_table[i];
        }
    }
    return NULL;
}

/* Cuts a suffix be or le off `word`; NULL when there is none. */
static const char *cut_order(char *word)
{
    size_t len = strlen(word);
    if (len > 2 && strcmp(word + len - 2, "be") == 0) {
        word[len - 2] = '\0';
        return "be";
    }
    if (len > 2 && strcmp(word + len - 2, "le") == 0) {
        word[len - 2] = '\0';
        return "le";
    }
    return NULL;
}

/* What C and Windows call the types. */
struct c_name {
    const char *word;
    const char *type;
    const char *windows; /* where a producer on Windows has another */
};

static const struct c_name c_names[] = {
    {"int8_t", "i8", NULL},
    {"int16_t", "i16", NULL},
    {"int32_t", "i32", NULL},
    {"int64_t", "i64", NULL},
    {"uint8_t", "u8", NULL},
    {"uint16_t", "u16", NULL},
    {"uint32_t", "u32", NULL},
    {"uint64_t", "u64", NULL},
    {"float", "f32", NULL},
    {"double", "f64", NULL},
    {"_Bool", "bool", NULL},
    {"signed char", "i8", NULL},
    {"unsigned char", "u8", NULL},
    {"short", "i16", NULL},
    {"short int", "i16", NULL},
    {"unsigned short", "u16", NULL},
    {"int", "i32", NULL},
    {"signed", "i32", NULL},
    {"signed int", "i32", NULL},
    {"unsigned", "u32", NULL},
    {"unsigned int", "u32", NULL},
    {"long", "i64", "i32"},
    {"long int", "i64", "i32"},
    {"unsigned long", "u64", "u32"},
    {"long long", "i64", NULL},
    {"long long int", "i64", NULL},
    {"unsigned long long", "u64", NULL},
    {"size_t", "u64", NULL},
    {"BYTE", "u8", NULL},
    {"WORD", "u16", NULL},
    {"DWORD", "u32", NULL},
    {"QWORD", "u64", NULL},
};

static const struct c_name *find_c_name(const char *text, size_t len)
{
    for (size_t i = 0; i < sizeof c_names / sizeof c_names[0]; i++) {
        if (strlen(c_names[i].word) == len &&
            memcmp(c_names[i].word, text, len) == 0) {
            return &c_names[i];
        }
    }
    return NULL;
}

static bool is_c_name(const char *text, struct err *err)
{
    size_t len = strcspn(text, "[");
    const struct c_name *name = find_c_name(text, len);
    if (!name) {
        return false;
    }
    const char *brackets = text + len;
    if (name->windows) {
        err_set(err, STATUS_DATA,
                "unknown type '%s'; did you mean '%s%s', or '%s%s' of a "
                "producer on Windows?",
                text, name->type, brackets, name->windows, brackets);
    } else {
        err_set(err, STATUS_DATA, "unknown type '%s'; did you mean '%s%s'?",
                text, name->type, brackets);
    }
    return true;
}

static bool unknown_type(const char *text, const char *word, const char *suffix,
                         struct err *err)
{
    if (is_c_name(text, err)) {
        return false;
    }
    const char *words[TYPE_COUNT];
    for (size_t i = 0; i < TYPE_COUNT; i++) {
        words[i] = type_table[i].word;
    }
    char suggestion[2 * WORD_MAX] = "";
    const char *nearest = text_nearest(word, words, TYPE_COUNT);
    if (nearest) {
        strcpy(suggestion, nearest);
        if (suffix && find_row(nearest)->has_order) {
            strcat(suggestion, suffix);
        }
        return err_set(err, STATUS_DATA, "unknown type '%s'%s", text,
                       name_hint(suggestion).text);
    }
    return err_set(err, STATUS_DATA,
                   "unknown type '%s'; it is one of i8 i16 i32 i64 u8 u16 "
                   "u32 u64 f32 f64 bool char[N] utf16[N] utf32[N] bytes[N] "
                   "guid",
                   text);
}

/* Reads the numbers in brackets at `at`, at most two; -1 for bad syntax. */
static int parse_brackets(const char *at, uint64_t numbers[2])
{
    int count = 0;
    while (*at == '[') {
        const char *end = strchr(at, ']');
        char digits[24];
        size_t len = end ? (size_t)(end - at - 1) : sizeof digits;
        if (count == 2 || len >= sizeof digits) {
            return -1;
        }
        memcpy(digits, at + 1, len);
        digits[len] = '\0';
        if (!number_parse_u64(digits, &numbers[count++])) {
            return -1;
        }
        at = end + 1;
    }
    return *at == '\0' ? count : -1;
}

static bool set_units(struct type_spec *out, const struct type_row *row,
                      uint64_t units, struct err *err)
{
    if (units < 1 || units > LAYOUT_VALUE_MAX / row->size) {
        return err_set(err, STATUS_DATA, "%s[%llu]: the length must be 1 to %u",
                       row->word, (unsigned long long)units,
                       LAYOUT_VALUE_MAX / row->size);
    }
    out->size = (uint32_t)units * row->size;
    return true;
}

static bool set_count(struct type_spec *out, const char *text, uint64_t count,
                      struct err *err)
{
    if (count < 1 || count > LAYOUT_FIELDS_MAX) {
        return err_set(err, STATUS_DATA, "%s: an array has 1 to %u elements",
                       text, LAYOUT_FIELDS_MAX);
    }
    out->array = true;
    out->count = (uint32_t)count;
    return true;
}

static bool set_dimensions(struct type_spec *out, const struct type_row *row,
                           const char *text, const char *brackets,
                           struct err *err)
{
    uint64_t numbers[2] = {0, 0};
    int given = parse_brackets(brackets, numbers);
    if (given < 0) {
        return err_set(
            err, STATUS_DATA, "bad brackets in type '%s'; write %s", text,
            row->units ? "char[16], or char[16][4] for four texts" : "u32[8]");
    }
    out->size = row->size;
    out->count = 1;
    if (!row->units) {
        if (given == 2) {
            return err_set(err, STATUS_DATA,
                           "'%s': only texts and bytes have a second "
                           "dimension",
                           text);
        }
        return given == 0 || set_count(out, text, numbers[0], err);
    }
    if (given == 0) {
        return err_set(err, STATUS_DATA, "'%s' needs its length: %s[16]%s",
                       text, text,
                       row->kind == KIND_CHAR ? "; a number is i8 or u8" : "");
    }
    return set_units(out, row, numbers[0], err) &&
           (given == 1 || set_count(out, text, numbers[1], err));
}

bool type_parse(const char *text, struct type_spec *out, struct err *err)
{
    size_t len = strcspn(text, "[");
    char word[WORD_MAX + 1] = "";
    if (len > WORD_MAX) {
        return unknown_type(text, "", NULL, err);
    }
    memcpy(word, text, len);
    *out = (struct type_spec){0};

    const char *suffix = NULL;
    const struct type_row *row = find_row(word);
    if (!row) {
        suffix = cut_order(word);
        row = find_row(word);
    }
    if (!row || (suffix && !row->has_order)) {
        return unknown_type(text, word, suffix, err);
    }
    out->kind = row->kind;
    out->has_order = suffix != NULL;
    out->order = suffix && suffix[0] == 'b' ? ORDER_BIG : ORDER_LITTLE;
    return set_dimensions(out, row, text, text + len, err);
}
