/* SPDX-License-Identifier: MIT */
/* Fuzzes layouts: each is refused with problems, or it keeps the promises of
 * layout.h and `check`, decoding, encoding, printing and parsing work. The same
 * bytes then choose a valid layout by a grammar: random bytes rarely are one.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "check/c_header.h"
#include "check/json.h"
#include "check/text.h"
#include "layout/label.h"
#include "layout/path.h"
#include "layout/value.h"
#include "layout/value_parse.h"
#include "layout/value_text.h"
#include "layout/words.h"
#include "loader/loader.h"

#define FIELDS_TRIED 300

static void check_clean(const struct buf *text)
{
    struct buf again = {0};
    if (text->len > 0) {
        text_clean(&again, text->data, text->len);
        CHECK(again.len == text->len &&
              memcmp(again.data, text->data, text->len) == 0);
    }
    buf_free(&again);
}

static void check_value(const struct field *field, const uint8_t *bytes)
{
    struct value value;
    struct value parsed;
    struct err err = {0};
    struct buf text = {0};
    uint8_t *stored = mem_zalloc(2, field->size);
    value_decode(field, bytes, &value);
    CHECK(value_encode(field, &value, stored, stored + field->size));
    for (enum show show = SHOW_DEFAULT; show <= SHOW_IPV4; show++) {
        buf_clear(&text);
        value_put_text(&text, field, &value, show, (show & 1) != 0);
        check_clean(&text);
    }
    buf_clear(&text);
    buf_puts(&text, "");
    value_put_text(&text, field, &value, SHOW_DEFAULT, false);
    if (value_parse(field, text.data ? text.data : "", stored, &parsed, &err)) {
        uint8_t *bits = mem_zalloc(2, field->size);
        CHECK(value_encode(field, &parsed, bits, bits + field->size));
        free(bits);
    } else {
        CHECK(err.text[0] != '\0');
    }
    value_number(field, &value);
    buf_free(&text);
    free(stored);
}

static void check_field(const struct layout *layout, size_t index)
{
    const struct field *field = &layout->fields[index];
    CHECK(path_find(layout, field->path) == index);
    if (field->kind == KIND_COMPUTED)
        return;
    CHECK(field->size >= 1 && field->size <= LAYOUT_VALUE_MAX);
    CHECK(field->offset + field->size <=
          (field->base == FIELD_NO_BASE
               ? layout_mapping_need(layout, field->mapping)
               : layout->bases[field->base].extent));
    CHECK(field->shift + (unsigned)field->width <= field->size * 8);
    CHECK(layout->groups[field->group].first <= index);
    uint8_t *bytes = mem_zalloc(1, field->size);
    check_value(field, bytes);
    memset(bytes, 0xff, field->size);
    check_value(field, bytes);
    for (uint32_t i = 0; i < field->size; i++)
        bytes[i] = (uint8_t)(i * 37 + index);
    check_value(field, bytes);
    free(bytes);
}

/* All outputs of `check`. */
static void check_views(const struct abi_views *views,
                        const struct problems *problems)
{
    struct buf out = {0};
    for (int style = 0; style < 4; style++) {
        const struct check_style shown = {(style & 1) != 0, (style & 2) != 0};
        buf_clear(&out);
        check_put_text(&out, views, &shown);
    }
    check_put_json(&out, "fuzz.ini", true, views, problems);
    check_put_json(&out, "fuzz.ini", false, views, problems);
    buf_free(&out);
}

static void check_layout(const struct layout *layout)
{
    struct buf out = {0};
    CHECK(layout->mapping_count >= 1);
    CHECK(layout->field_count <= LAYOUT_FIELDS_MAX);
    size_t step = layout->field_count / FIELDS_TRIED + 1;
    for (size_t i = 0; i < layout->field_count; i += step) {
        check_field(layout, i);
        buf_clear(&out);
        field_put_label(&out, layout, i, NULL);
        check_clean(&out);
    }
    path_nearest(layout, "conuter[3]");
    buf_free(&out);
}

/* The C header for each ABI under which the layout has no faults. */
static void check_headers(const char *text, size_t size)
{
    struct buf out = {0};
    for (const struct word_row *abi = abi_words; abi->word; abi++) {
        struct layout *layout = NULL;
        struct problems problems = {0};
        if (layout_parse(&layout, "fuzz.ini", text, size, (enum abi)abi->value,
                         &problems)) {
            buf_clear(&out);
            c_header_put(&out, layout, (enum abi)abi->value);
            CHECK(strlen(out.data) == out.len);
            layout_free(layout);
        }
        problems_free(&problems);
    }
    buf_free(&out);
}

static void check_sound(const char *text, size_t size)
{
    struct abi_views views = {0};
    struct problems problems = {0};
    CHECK(abi_views_parse(&views, "fuzz.ini", text, size, ABI_UNKNOWN,
                          &problems));
    CHECK(problems.errors == 0);
    check_views(&views, &problems);
    check_headers(text, size);
    abi_views_free(&views);
    problems_free(&problems);
}

static void check_text(const char *text, size_t size)
{
    struct layout *layout = NULL;
    struct problems problems = {0};
    if (layout_parse(&layout, "fuzz.ini", text, size, ABI_UNKNOWN, &problems)) {
        CHECK(problems.errors == 0);
        check_layout(layout);
        if (layout->field_count <= FIELDS_TRIED)
            check_sound(text, size);
        layout_free(layout);
    } else {
        CHECK(!layout && problems.errors > 0);
    }
    for (size_t i = 0; i < problems.count; i++)
        CHECK(problems.items[i].line >= 0 && problems.items[i].text[0]);
    problems_free(&problems);
}

/* Parses the bytes; `include` is replaced so that no other file is read. */
static void check_bytes(const uint8_t *data, size_t size)
{
    static const char word[] = "include";
    struct buf text = {0};
    buf_puts(&text, "");
    buf_add(&text, data, size);
    for (size_t i = 0; i + sizeof word - 1 <= text.len; i++)
        if (memcmp(text.data + i, word, sizeof word - 1) == 0)
            text.data[i] = '_';
    check_text(text.data, text.len);
    buf_free(&text);
}

/* --- layouts by grammar -------------------------------------------------- */

/* Random choices; the seed is a hash of the whole input. */
struct choices {
    uint64_t state;
    struct buf *out;
};

static unsigned choose(struct choices *choices, unsigned bound)
{
    choices->state = choices->state * UINT64_C(6364136223846793005) + 1;
    return (unsigned)(choices->state >> 33) % bound;
}

static uint64_t hash(const uint8_t *data, size_t size)
{
    uint64_t sum = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < size; i++)
        sum = (sum ^ data[i]) * UINT64_C(0x100000001b3);
    return sum;
}

static const char *word(struct choices *choices, const char *const *words)
{
    unsigned count = 0;
    while (words[count])
        count++;
    return words[choose(choices, count)];
}

static const char *const integers[] = {
    "u8", "u16", "u32", "u64", "i8", "i32", "i64", "u16be", "i64be", NULL,
};
static const char *const others[] = {
    "f32",      "f64",    "bool",   "char[5]",  "long",     "wchar_t",
    "ptr",      "time_t", "guid",   "wchar[3]", "bytes[7]", "bool32",
    "utf16[2]", "f64be",  "size_t", NULL,
};
static const char *const bits[] = {
    " bits=0", " bits=0..2", " bits=0..4", " bits=0..6", NULL,
};
static const char *const places[] = {
    " @0",  " @4",     " @7",  " @64",     " @200",   " @m0",
    " @f0", " @f1.m0", " @f1", " @newest", " @f1.m1", NULL,
};
static const char *const strides[] = {
    " stride=16", " stride=40", " stride=m0", " stride=f0",
    " count=m1",  " count=f0",  NULL,
};
static const char *const extras[] = {
    " overlap=yes", " overlap=yes", " label=\"{m0} x\"",
    " hide=unused", " level=debug", " mapping=b",
    " enum=e",      " flags=g",     " write=\"count 1\"",
    " warn=>3",     NULL,
};

/* A member or a field, maybe of one of the first `structs` structs. */
static void put_line(struct choices *choices, char prefix, unsigned number,
                     unsigned structs)
{
    struct buf *out = choices->out;
    unsigned kind = choose(choices, 8);
    buf_printf(out, "%c%u = ", prefix, number);
    if (kind < 2 && structs > 0)
        buf_printf(out, "s%u", choose(choices, structs));
    else
        buf_puts(out, word(choices, kind < 6 ? integers : others));
    bool array = number > 0 && choose(choices, 4) == 0;
    if (array)
        buf_printf(out, "[%u]", 1 + choose(choices, 7));
    if (array && choose(choices, 8) == 0)
        buf_puts(out, word(choices, strides));
    if (choose(choices, 12) == 0)
        buf_puts(out, word(choices, places));
    if ((kind >= 2 || structs == 0) && kind < 6 && choose(choices, 3) == 0)
        buf_puts(out, word(choices, bits));
    if (choose(choices, 12) == 0)
        buf_puts(out, word(choices, extras));
    buf_putc(out, '\n');
}

/* Returns the number of structs. */
static unsigned put_structs(struct choices *choices)
{
    static const char *const settings[] = {
        "",
        "",
        "",
        "@pack = 1\n",
        "@pack = 2\n",
        "@pack = 4\n",
        "@size = 24\n",
        "@size = 64\n",
        NULL,
    };
    unsigned count = choose(choices, 4);
    for (unsigned i = 0; i < count; i++) {
        buf_printf(choices->out, "[struct s%u]\n", i);
        buf_puts(choices->out, word(choices, settings));
        unsigned members = 1 + choose(choices, 6);
        for (unsigned j = 0; j < members; j++)
            put_line(choices, 'm', j, i);
    }
    return count;
}

static void generate(struct choices *choices)
{
    static const char *const heads[] = {
        "[mapping]\nabi = x64-linux\n",
        "[mapping]\nabi = x86-windows\nendian = big\n",
        "[mapping]\nabi = x64-windows\nname = a\n",
        "[mapping]\nabi = x86-linux\n[mapping b]\nabi = x64-windows\n",
        "[mapping]\nsize = 128\nabi = arm64-linux\n",
        NULL,
    };
    static const char *const snapshots[] = {
        "",
        "",
        "",
        "",
        "[snapshot]\nmethod = seqlock\nseq = f0\n",
        "[snapshot]\nmethod = newest\ntick = f1.m0\n",
        "[snapshot b]\nmethod = pair\nbegin = f0\nend = f1\n",
        "[snapshot]\nmethod = stable\n",
        NULL,
    };
    static const char *const tails[] = {
        "",
        "[computed c]\nexpr = f0 + 1\n",
        "[computed c]\nexpr = sum(f1, \"m0\") / rate(f0)\n",
        NULL,
    };
    buf_puts(choices->out, word(choices, heads));
    buf_puts(choices->out, word(choices, snapshots));
    buf_puts(choices->out, "[enum e]\n0..3 = some\n* = rest\n"
                           "[flags g]\n0 = low\n1..2 = mid\n");
    unsigned structs = put_structs(choices);
    buf_puts(choices->out, "[fields]\n");
    unsigned fields = 1 + choose(choices, 6);
    for (unsigned i = 0; i < fields; i++)
        put_line(choices, 'f', i, structs);
    buf_puts(choices->out, word(choices, tails));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf text = {0};
    struct choices choices = {hash(data, size), &text};
    check_bytes(data, size);
    generate(&choices);
    check_text(text.data, text.len);
    buf_free(&text);
    return 0;
}
