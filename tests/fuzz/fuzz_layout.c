/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a layout: it is refused with problems that have a line, or it
 * keeps the promises of layout.h, and each of its fields can be decoded,
 * encoded, printed and parsed.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "layout/c_header.h"
#include "layout/check.h"
#include "layout/names.h"
#include "layout/value.h"

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
    CHECK(layout_find(layout, field->path) == index);
    if (field->kind == KIND_COMPUTED) {
        return;
    }
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
    for (uint32_t i = 0; i < field->size; i++) {
        bytes[i] = (uint8_t)(i * 37 + index);
    }
    check_value(field, bytes);
    free(bytes);
}

/* All that `check` makes of a layout. */
static void check_checkup(const struct checkup *checkup,
                          const struct problems *problems)
{
    struct buf out = {0};
    for (int style = 0; style < 4; style++) {
        const struct check_style shown = {(style & 1) != 0, (style & 2) != 0};
        buf_clear(&out);
        check_put_text(&out, checkup, &shown);
    }
    check_put_json(&out, "fuzz.ini", true, checkup, problems);
    check_put_json(&out, "fuzz.ini", false, checkup, problems);
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
    layout_nearest(layout, "conuter[3]");
    buf_free(&out);
}

/* As a header, for each ABI under which it is sound. */
static void check_headers(const char *text, size_t size)
{
    struct buf out = {0};
    for (const struct name_row *abi = abi_names; abi->word; abi++) {
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
    struct checkup checkup = {0};
    struct problems problems = {0};
    CHECK(checkup_parse(&checkup, "fuzz.ini", text, size, ABI_UNKNOWN,
                        &problems));
    CHECK(problems.errors == 0);
    check_checkup(&checkup, &problems);
    check_headers(text, size);
    checkup_free(&checkup);
    problems_free(&problems);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct layout *layout = NULL;
    struct problems problems = {0};
    if (layout_parse(&layout, "fuzz.ini", (const char *)data, size, ABI_UNKNOWN,
                     &problems)) {
        CHECK(problems.errors == 0);
        check_layout(layout);
        if (layout->field_count <= FIELDS_TRIED) {
            check_sound((const char *)data, size);
        }
        layout_free(layout);
    } else {
        CHECK(!layout && problems.errors > 0);
    }
    for (size_t i = 0; i < problems.count; i++) {
        CHECK(problems.items[i].line >= 0 && problems.items[i].text[0]);
    }
    problems_free(&problems);
    return 0;
}
