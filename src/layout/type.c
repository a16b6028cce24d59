/* SPDX-License-Identifier: MIT */
/* Reads types through one table; size and count are within the limits of
 * layout.h.  Fields are placed by the loader. */
#include "layout/type.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "layout/syntax.h"
#include "layout/words.h"

struct type_row {
    const char *word;
    enum kind kind;
    uint32_t size;  /* bytes of one, or of a text's unit; 0: see abi_type */
    bool units;     /* its first [N] counts units, not elements */
    bool has_order; /* takes a suffix be or le */
    enum abi_type abi_type;
};

/* The widest first: of equally near words the first is suggested. */
static const struct type_row type_table[] = {
    {"i32", KIND_INT, 4, false, true, 0},
    {"i64", KIND_INT, 8, false, true, 0},
    {"i8", KIND_INT, 1, false, true, 0},
    {"i16", KIND_INT, 2, false, true, 0},
    {"u32", KIND_UINT, 4, false, true, 0},
    {"u64", KIND_UINT, 8, false, true, 0},
    {"u8", KIND_UINT, 1, false, true, 0},
    {"u16", KIND_UINT, 2, false, true, 0},
    {"f32", KIND_FLOAT, 4, false, true, 0},
    {"f64", KIND_FLOAT, 8, false, true, 0},
    {"bool", KIND_BOOL, 1, false, false, 0},
    {"bool32", KIND_BOOL, 4, false, true, 0},
    {"char", KIND_CHAR, 1, true, false, 0},
    {"utf16", KIND_UTF16, 2, true, true, 0},
    {"utf32", KIND_UTF32, 4, true, true, 0},
    {"bytes", KIND_BYTES, 1, true, false, 0},
    {"guid", KIND_GUID, 16, false, true, 0},
    {"int", KIND_INT, 4, false, true, 0},
    {"long", KIND_INT, 0, false, true, ABI_LONG},
    {"ulong", KIND_UINT, 0, false, true, ABI_ULONG},
    {"size_t", KIND_UINT, 0, false, true, ABI_SIZE_T},
    {"time_t", KIND_INT, 0, false, true, ABI_TIME_T},
    {"wchar_t", KIND_UINT, 0, false, true, ABI_WCHAR_T},
    {"wchar", KIND_UTF16, 0, true, true, ABI_WCHAR_T},
    {"ptr", KIND_UINT, 0, false, true, ABI_PTR},
};
#define TYPE_COUNT (sizeof type_table / sizeof type_table[0])
#define WORD_MAX 15

const char *type_word(size_t index)
{
    return index < TYPE_COUNT ? type_table[index].word : NULL;
}

static const struct type_row *find_row(const char *word)
{
    for (size_t i = 0; i < TYPE_COUNT; i++)
        if (strcmp(type_table[i].word, word) == 0)
            return &type_table[i];
    return NULL;
}

/* Cuts a suffix be or le off `word`; NULL if it has none. */
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

/* Names of C and Windows for the types. */
struct c_name {
    const char *word;
    const char *type;
};

static const struct c_name c_names[] = {
    {"int8_t", "i8"},
    {"int16_t", "i16"},
    {"int32_t", "i32"},
    {"int64_t", "i64"},
    {"uint8_t", "u8"},
    {"uint16_t", "u16"},
    {"uint32_t", "u32"},
    {"uint64_t", "u64"},
    {"float", "f32"},
    {"double", "f64"},
    {"_Bool", "bool"},
    {"signed char", "i8"},
    {"unsigned char", "u8"},
    {"short", "i16"},
    {"short int", "i16"},
    {"unsigned short", "u16"},
    {"uint", "u32"},
    {"signed", "i32"},
    {"signed int", "i32"},
    {"unsigned", "u32"},
    {"unsigned int", "u32"},
    {"long int", "long"},
    {"unsigned long", "ulong"},
    {"long long", "i64"},
    {"long long int", "i64"},
    {"unsigned long long", "u64"},
    {"ssize_t", "long"},
    {"intptr_t", "ptr"},
    {"uintptr_t", "ptr"},
    {"BOOL", "bool32"},
    {"BYTE", "u8"},
    {"WORD", "u16"},
    {"DWORD", "u32"},
    {"QWORD", "u64"},
};

static const struct c_name *find_c_name(const char *text, size_t len)
{
    for (size_t i = 0; i < sizeof c_names / sizeof c_names[0]; i++)
        if (strlen(c_names[i].word) == len &&
            memcmp(c_names[i].word, text, len) == 0)
            return &c_names[i];
    return NULL;
}

static bool is_c_name(const char *text, struct err *err)
{
    size_t len = strcspn(text, "[");
    const struct c_name *name = find_c_name(text, len);
    if (!name)
        return false;
    err_set(err, STATUS_DATA, "unknown type '%s'; did you mean '%s%s'?", text,
            name->type, text + len);
    return true;
}

/* The nearest of the table's words and of `structs`, or NULL. */
static const char *nearest_type(const char *word, const char *const *structs,
                                size_t count)
{
    const char **words = mem_zalloc(TYPE_COUNT + count, sizeof *words);
    for (size_t i = 0; i < TYPE_COUNT; i++)
        words[i] = type_table[i].word;
    for (size_t i = 0; i < count; i++)
        words[TYPE_COUNT + i] = structs[i];
    const char *nearest = text_nearest(word, words, TYPE_COUNT + count);
    free(words);
    return nearest;
}

/* `word` is `text` up to its suffix or brackets. */
static bool unknown_type(const char *text, const char *word, const char *suffix,
                         const char *const *structs, size_t count,
                         struct err *err)
{
    if (is_c_name(text, err))
        return false;
    struct buf hint = {0};
    const char *nearest = nearest_type(word, structs, count);
    if (nearest) {
        const struct type_row *row = find_row(nearest);
        buf_puts(&hint, nearest);
        buf_puts(&hint, suffix && row && row->has_order ? suffix : "");
        err_set(err, STATUS_DATA, "unknown type '%s'%s", text,
                word_hint(hint.data).text);
        buf_free(&hint);
        return false;
    }
    return err_set(err, STATUS_DATA,
                   "unknown type '%s'; it is one of i8 i16 i32 i64 u8 u16 "
                   "u32 u64 f32 f64 bool char[N] utf16[N] utf32[N] bytes[N] "
                   "guid, int long ulong size_t time_t wchar_t wchar[N] ptr "
                   "bool32, or the NAME of a section [struct NAME]",
                   text);
}

void type_unknown(const char *name, const char *const *structs, size_t count,
                  struct err *err)
{
    char word[LAYOUT_NAME_MAX + 1] = "";
    strncpy(word, name, LAYOUT_NAME_MAX);
    const char *suffix = cut_order(word);
    unknown_type(name, word, suffix, structs, count, err);
}

/* Reads the numbers in brackets at `at`, at most two, and returns how many; -1
 * for bad syntax. */
static int parse_brackets(const char *at, uint64_t numbers[2])
{
    int count = 0;
    while (*at == '[') {
        const char *end = strchr(at, ']');
        char digits[24];
        size_t len = end ? (size_t)(end - at - 1) : sizeof digits;
        if (count == 2 || len >= sizeof digits)
            return -1;
        memcpy(digits, at + 1, len);
        digits[len] = '\0';
        if (!number_parse_u64(digits, &numbers[count++]))
            return -1;
        at = end + 1;
    }
    return *at == '\0' ? count : -1;
}

static bool set_units(struct type_spec *out, const struct type_row *row,
                      uint64_t units, struct err *err)
{
    uint32_t bytes = row->size ? row->size : 4;
    if (units < 1 || units > LAYOUT_VALUE_MAX / bytes) {
        return err_set(err, STATUS_DATA, "%s[%llu]: the length must be 1 to %u",
                       row->word, (unsigned long long)units,
                       LAYOUT_VALUE_MAX / bytes);
    }
    out->units = (uint32_t)units;
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

/* Sets the count of an array of numbers or structs. */
static bool set_elements(struct type_spec *out, const char *text, int given,
                         const uint64_t numbers[2], struct err *err)
{
    if (given == 2) {
        return err_set(err, STATUS_DATA,
                       "'%s': only texts and bytes have a second dimension; "
                       "write ROW[%llu], with an array of %llu in a [struct "
                       "ROW]",
                       text, (unsigned long long)numbers[0],
                       (unsigned long long)numbers[1]);
    }
    return given == 0 || set_count(out, text, numbers[0], err);
}

static bool bad_brackets(const char *text, bool units, struct err *err)
{
    return err_set(
        err, STATUS_DATA, "bad brackets in type '%s'; write %s", text,
        units ? "char[16], or char[16][4] for four texts" : "u32[8]");
}

static bool set_dimensions(struct type_spec *out, const struct type_row *row,
                           const char *text, const char *brackets,
                           struct err *err)
{
    uint64_t numbers[2] = {0, 0};
    int given = parse_brackets(brackets, numbers);
    if (given < 0)
        return bad_brackets(text, row->units, err);
    out->size = row->size;
    if (!row->units)
        return set_elements(out, text, given, numbers, err);
    if (given == 0) {
        return err_set(err, STATUS_DATA, "'%s' needs its length: %s[16]%s",
                       text, text,
                       row->kind == KIND_CHAR ? "; a number is i8 or u8" : "");
    }
    return set_units(out, row, numbers[0], err) &&
           (given == 1 || set_count(out, text, numbers[1], err));
}

static bool parse_struct(struct type_spec *out, const char *text, size_t len,
                         struct arena *arena, struct err *err)
{
    uint64_t numbers[2] = {0, 0};
    int given = parse_brackets(text + len, numbers);
    out->struct_name = arena_strndup(arena, text, len);
    return given < 0 ? bad_brackets(text, false, err)
                     : set_elements(out, text, given, numbers, err);
}

/* Whether it can be the name of a struct, and is not C's name of a type. */
static bool could_be_struct(const char *text, size_t len)
{
    struct err err;
    char name[LAYOUT_NAME_MAX + 1] = "";
    if (len > LAYOUT_NAME_MAX || find_c_name(text, len))
        return false;
    memcpy(name, text, len);
    return identifier_check(name, &err) && !strchr(name, '.');
}

/* The row of the word without its suffix be or le, which is cut off and in
 * `*suffix` (or NULL).  NULL if there is no such type. */
static const struct type_row *find_type(char *word, const char **suffix)
{
    const struct type_row *row = find_row(word);
    *suffix = NULL;
    if (!row) {
        *suffix = cut_order(word);
        row = find_row(word);
    }
    return row && *suffix && !row->has_order ? NULL : row;
}

bool type_is_name(const char *name)
{
    char word[LAYOUT_NAME_MAX + 1];
    const char *suffix;
    size_t len = strlen(name);
    CHECK(len < sizeof word);
    memcpy(word, name, len + 1);
    return find_type(word, &suffix) || find_c_name(name, len);
}

bool type_parse(const char *text, struct type_spec *out, struct arena *arena,
                struct err *err)
{
    size_t len = strcspn(text, "[");
    char word[WORD_MAX + 1] = "";
    *out = (struct type_spec){.units = 1, .count = 1};
    memcpy(word, text, len < WORD_MAX ? len : WORD_MAX);
    const char *suffix = NULL;
    const struct type_row *row =
        len > WORD_MAX ? NULL : find_type(word, &suffix);
    if (!row) {
        return could_be_struct(text, len)
                   ? parse_struct(out, text, len, arena, err)
                   : unknown_type(text, word, suffix, NULL, 0, err);
    }
    out->kind = row->kind;
    out->has_order = suffix;
    out->order = suffix && suffix[0] == 'b' ? ORDER_BIG : ORDER_LITTLE;
    out->of_abi = row->size == 0;
    out->abi_type = row->abi_type;
    out->wide = out->of_abi && row->units;
    out->word = row->word;
    return set_dimensions(out, row, text, text + len, err);
}

bool type_settle(struct type_spec *type, enum abi abi, struct err *err)
{
    CHECK(!type->struct_name && type->units >= 1);
    if (!type->of_abi)
        return true;
    unsigned size = abi_size(abi, type->abi_type);
    if (size == 0) {
        return err_set(err, STATUS_DATA,
                       "the size of '%s' depends on the producer's ABI; set "
                       "it in [mapping], such as abi = x64-linux",
                       type->word);
    }
    if (type->wide)
        type->kind = size == 2 ? KIND_UTF16 : KIND_UTF32;
    type->size = size * type->units;
    return true;
}
