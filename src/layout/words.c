/* SPDX-License-Identifier: MIT */
/* The tables of words, and a field's type in words. */
#include "layout/words.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

const struct word_row show_words[] = {
    {"dec", SHOW_DEC},
    {"hex", SHOW_HEX},
    {"bin", SHOW_BIN},
    {"oct", SHOW_OCT},
    {"char", SHOW_CHAR},
    {"bytes", SHOW_BYTES},
    {"si", SHOW_SI},
    {"iec", SHOW_IEC},
    {"duration", SHOW_DURATION},
    {"unix", SHOW_UNIX},
    {"unix_ms", SHOW_UNIX_MS},
    {"unix_us", SHOW_UNIX_US},
    {"unix_ns", SHOW_UNIX_NS},
    {"filetime", SHOW_FILETIME},
    {"dotnet", SHOW_DOTNET},
    {"ipv4", SHOW_IPV4},
    {NULL, 0},
};

const struct word_row role_words[] = {
    {"counter", ROLE_COUNTER},
    {"gauge", ROLE_GAUGE},
    {"state", ROLE_STATE},
    {"text", ROLE_TEXT},
    {NULL, 0},
};

const struct word_row level_words[] = {
    {"info", LEVEL_INFO},
    {"diag", LEVEL_DIAG},
    {"debug", LEVEL_DEBUG},
    {NULL, 0},
};

const struct word_row encoding_words[] = {
    {"utf8", ENCODING_UTF8},
    {"latin1", ENCODING_LATIN1},
    {NULL, 0},
};

const struct word_row order_words[] = {
    {"little", ORDER_LITTLE},
    {"big", ORDER_BIG},
    {NULL, 0},
};

const struct word_row abi_words[] = {
    {"x86-linux", ABI_X86_LINUX},     {"x64-linux", ABI_X64_LINUX},
    {"x86-windows", ABI_X86_WINDOWS}, {"x64-windows", ABI_X64_WINDOWS},
    {"arm64-linux", ABI_ARM64_LINUX}, {NULL, 0},
};

const struct word_row hide_words[] = {
    {"no", HIDE_NO},
    {"unused", HIDE_UNUSED},
    {NULL, 0},
};

const struct word_row snapshot_words[] = {
    {"none", SNAPSHOT_NONE},       {"stable", SNAPSHOT_STABLE},
    {"seqlock", SNAPSHOT_SEQLOCK}, {"pair", SNAPSHOT_PAIR},
    {"newest", SNAPSHOT_NEWEST},   {NULL, 0},
};

int word_find(const struct word_row *table, const char *word)
{
    CHECK(table && word);
    for (; table->word; table++)
        if (strcmp(table->word, word) == 0)
            return table->value;
    return -1;
}

const char *word_of(const struct word_row *table, int value)
{
    for (; table->word; table++)
        if (table->value == value)
            return table->word;
    return NULL;
}

const char *word_nearest(const struct word_row *table, const char *word)
{
    const char *words[64];
    size_t count = 0;
    for (; table->word; table++) {
        CHECK(count < sizeof words / sizeof words[0]);
        words[count++] = table->word;
    }
    return text_nearest(word, words, count);
}

struct word_hint word_hint(const char *nearest)
{
    struct word_hint hint = {""};
    if (nearest) {
        snprintf(hint.text, sizeof hint.text, "; did you mean '%.200s'?",
                 nearest);
    }
    return hint;
}

struct word_hint file_hint(const char *mentioned, const char *file)
{
    struct word_hint hint = {""};
    if (strcmp(mentioned, file) != 0)
        snprintf(hint.text, sizeof hint.text, " of %.230s", mentioned);
    return hint;
}

struct word_hint word_hint_in(const struct word_row *table, const char *word)
{
    const char *nearest = word_nearest(table, word);
    if (nearest)
        return word_hint(nearest);
    struct word_hint hint = {"; it is one of"};
    size_t len = strlen(hint.text);
    for (const char *comma = ""; table->word; table++, comma = ",") {
        int more = snprintf(hint.text + len, sizeof hint.text - len, "%s %s",
                            comma, table->word);
        CHECK(more > 0 && (size_t)more < sizeof hint.text - len);
        len += (size_t)more;
    }
    return hint;
}

static void put_type(struct buf *out, const struct field *field,
                     const char *order)
{
    unsigned bits = field->size * 8;
    switch ((enum kind)field->kind) {
    case KIND_INT:
        buf_printf(out, "i%u%s", bits, order);
        break;
    case KIND_UINT:
        buf_printf(out, "u%u%s", bits, order);
        break;
    case KIND_FLOAT:
        buf_printf(out, "f%u%s", bits, order);
        break;
    case KIND_BOOL:
        buf_puts(out, "bool");
        break;
    case KIND_CHAR:
        buf_printf(out, "char[%u]", field->size);
        break;
    case KIND_UTF16:
        buf_printf(out, "utf16%s[%u]", order, field->size / 2);
        break;
    case KIND_UTF32:
        buf_printf(out, "utf32%s[%u]", order, field->size / 4);
        break;
    case KIND_BYTES:
        buf_printf(out, "bytes[%u]", field->size);
        break;
    case KIND_GUID:
        buf_printf(out, "guid%s", order);
        break;
    case KIND_COMPUTED:
        buf_puts(out, "computed");
        break;
    }
    if (field->width == 1) {
        buf_printf(out, " bits=%u", field->shift);
    } else if (field->width > 1) {
        buf_printf(out, " bits=%u..%u", field->shift,
                   field->shift + field->width - 1u);
    }
}

void field_put_type(struct buf *out, const struct field *field)
{
    put_type(out, field, "");
}

void field_put_type_order(struct buf *out, const struct field *field)
{
    bool big = field->order == ORDER_BIG && field->size > 1;
    put_type(out, field, big ? "be" : "");
}
