/* SPDX-License-Identifier: MIT */
/*
 * `check --format json`.
 * Invariant: every leaf is there, in the order of the file; an ABI under which
 * the layout is unsound is in no object.  What is shown is found out in
 * checkup.c.
 */
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "check/check.h"
#include "layout/words.h"

static void put_text(struct buf *out, const char *text)
{
    json_put_string(out, text, strlen(text));
}

/* `text` of the file, which may hold anything; NULL: null. */
static void put_clean(struct buf *out, const char *text)
{
    struct buf clean = {0};
    if (!text) {
        buf_puts(out, "null");
        return;
    }
    buf_puts(&clean, "");
    text_clean(&clean, text, strlen(text));
    json_put_string(out, clean.data, clean.len);
    buf_free(&clean);
}

/* Puts the value of one ABI. */
typedef void value_fn(struct buf *out, const struct checkup *checkup,
                      enum abi abi, size_t index);

/* "KEY":{"x86-linux":VALUE,...} */
static void put_by_abi(struct buf *out, const char *key,
                       const struct checkup *checkup, size_t index,
                       value_fn *put)
{
    const char *comma = "";
    put_text(out, key);
    buf_puts(out, ":{");
    for (const struct name_row *abi = abi_names; abi->word; abi++) {
        if (checkup->views[abi->value].sound) {
            buf_puts(out, comma);
            put_text(out, abi->word);
            buf_putc(out, ':');
            put(out, checkup, (enum abi)abi->value, index);
            comma = ",";
        }
    }
    buf_putc(out, '}');
}

static void put_need(struct buf *out, const struct checkup *checkup,
                     enum abi abi, size_t index)
{
    buf_put_u64(out, checkup->views[abi].needs[index]);
}

static void put_offset(struct buf *out, const struct checkup *checkup,
                       enum abi abi, size_t index)
{
    buf_put_u64(out, checkup->views[abi].places[index].at);
}

static void put_size(struct buf *out, const struct checkup *checkup,
                     enum abi abi, size_t index)
{
    buf_put_u64(out, checkup->views[abi].places[index].size);
}

static void put_atomic(struct buf *out, const struct checkup *checkup,
                       enum abi abi, size_t index)
{
    const struct leaf_place *place = &checkup->views[abi].places[index];
    struct field field = checkup->layout->fields[index];
    field.offset = place->at;
    field.size = place->size;
    buf_puts(out, field_atomic(&field, abi) == ATOMIC_YES ? "true" : "false");
}

static void put_bits(struct buf *out, const struct checkup *checkup,
                     enum abi abi, size_t index)
{
    unsigned low = checkup->views[abi].places[index].shift;
    buf_printf(out, "[%u,%u]", low,
               low + checkup->layout->fields[index].width - 1u);
}

static void put_shape_size(struct buf *out, const struct checkup *checkup,
                           enum abi abi, size_t index)
{
    buf_put_u64(out, checkup->views[abi].shapes[index].size);
}

static void put_shape_used(struct buf *out, const struct checkup *checkup,
                           enum abi abi, size_t index)
{
    buf_put_u64(out, checkup->views[abi].shapes[index].used);
}

static void put_shape_alignment(struct buf *out, const struct checkup *checkup,
                                enum abi abi, size_t index)
{
    buf_put_u64(out, checkup->views[abi].shapes[index].alignment);
}

/* Of a field that has one. */
static void put_base(struct buf *out, const struct layout *layout,
                     const struct field *field, struct buf *text)
{
    uint32_t anchor = place_anchor(layout, field);
    if (anchor != FIELD_NO_BASE) {
        buf_clear(text);
        place_put_anchor(text, layout, anchor);
        buf_puts(out, "\"base\":");
        json_put_string(out, text->data, text->len);
        buf_putc(out, ',');
    }
}

static void put_places(struct buf *out, const struct checkup *checkup,
                       size_t index, struct buf *text)
{
    const struct layout *layout = checkup->layout;
    const struct field *field = &layout->fields[index];
    if (layout->mapping_count > 1) {
        buf_puts(out, "\"mapping\":");
        put_clean(out, layout->mappings[field->mapping].id);
        buf_putc(out, ',');
    }
    put_base(out, layout, field, text);
    put_by_abi(out, "offset", checkup, index, put_offset);
    buf_putc(out, ',');
    put_by_abi(out, "size", checkup, index, put_size);
    if (field->width > 0) {
        buf_putc(out, ',');
        put_by_abi(out, "bits", checkup, index, put_bits);
    }
    buf_putc(out, ',');
    put_by_abi(out, "atomic", checkup, index, put_atomic);
}

static void put_field(struct buf *out, const struct checkup *checkup,
                      size_t index, struct buf *text)
{
    const struct field *field = &checkup->layout->fields[index];
    buf_clear(text);
    field_put_type_order(text, field);
    buf_puts(out, "{\"path\":");
    put_text(out, field->path);
    buf_puts(out, ",\"type\":");
    json_put_string(out, text->data, text->len);
    buf_putc(out, ',');
    if (field->kind == KIND_COMPUTED)
        buf_puts(out, "\"offset\":{},\"size\":{},\"atomic\":{}");
    else
        put_places(out, checkup, index, text);
    buf_putc(out, '}');
}

static void put_mappings(struct buf *out, const struct checkup *checkup)
{
    const struct layout *layout = checkup->layout;
    if (layout->mapping_count == 1)
        return;
    buf_puts(out, ",\"mappings\":[");
    for (size_t i = 0; i < layout->mapping_count; i++) {
        buf_puts(out, i ? ",{\"id\":" : "{\"id\":");
        put_clean(out, layout->mappings[i].id);
        buf_puts(out, ",\"name\":");
        put_clean(out, layout->mappings[i].name);
        buf_putc(out, ',');
        put_by_abi(out, "size", checkup, i, put_need);
        buf_putc(out, '}');
    }
    buf_putc(out, ']');
}

static void put_structs(struct buf *out, const struct checkup *checkup)
{
    const struct layout *layout = checkup->layout;
    if (layout->shape_count == 0)
        return;
    buf_puts(out, ",\"structs\":[");
    for (size_t i = 0; i < layout->shape_count; i++) {
        buf_puts(out, i ? ",{\"name\":" : "{\"name\":");
        put_text(out, layout->shapes[i]->name);
        buf_putc(out, ',');
        put_by_abi(out, "size", checkup, i, put_shape_size);
        buf_putc(out, ',');
        put_by_abi(out, "used", checkup, i, put_shape_used);
        buf_putc(out, ',');
        put_by_abi(out, "alignment", checkup, i, put_shape_alignment);
        buf_putc(out, '}');
    }
    buf_putc(out, ']');
}

/* "file" is said where it is another one than the layout's. */
static void put_problems(struct buf *out, const struct problems *problems,
                         const char *file)
{
    static const char *const levels[] = {
        [PROBLEM_ERROR] = "error",
        [PROBLEM_WARNING] = "warning",
        [PROBLEM_NOTE] = "note",
    };
    buf_puts(out, ",\"problems\":[");
    for (size_t i = 0; i < problems->count; i++) {
        const struct problem *problem = &problems->items[i];
        buf_puts(out, i ? ",{" : "{");
        if (strcmp(problem->file, file) != 0) {
            buf_puts(out, "\"file\":");
            put_clean(out, problem->file);
            buf_putc(out, ',');
        }
        buf_printf(out, "\"line\":%d,\"level\":\"%s\",\"text\":", problem->line,
                   levels[problem->level]);
        put_clean(out, problem->text);
        buf_putc(out, '}');
    }
    buf_putc(out, ']');
}

void check_put_json(struct buf *out, const char *file, bool many,
                    const struct checkup *checkup,
                    const struct problems *problems)
{
    const struct layout *layout = checkup->layout;
    struct buf text = {0};
    buf_putc(out, '{');
    if (many) {
        buf_puts(out, "\"file\":");
        put_clean(out, file);
        buf_putc(out, ',');
    }
    if (layout) {
        put_by_abi(out, "size", checkup, 0, put_need);
        put_mappings(out, checkup);
    } else {
        buf_puts(out, "\"size\":{}");
    }
    buf_puts(out, ",\"fields\":[");
    for (size_t i = 0; layout && i < layout->field_count; i++) {
        if (i > 0)
            buf_putc(out, ',');
        put_field(out, checkup, i, &text);
    }
    buf_putc(out, ']');
    if (layout)
        put_structs(out, checkup);
    put_problems(out, problems, file);
    buf_puts(out, "}\n");
    buf_free(&text);
}
