/* SPDX-License-Identifier: MIT */
/* `check` as JSON; what is in it is found out by abi_views.c. */
#include "check/json.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "layout/field.h"
#include "layout/location.h"
#include "layout/words.h"

static void put_text(struct buf *out, const char *key, const char *text)
{
    json_put_key(out, key);
    json_put_string(out, text, strlen(text));
}

/* `text` from a file, which may contain anything; NULL: null. */
static void put_clean(struct buf *out, const char *key, const char *text)
{
    json_put_key(out, key);
    if (!text) {
        buf_puts(out, "null");
        return;
    }
    size_t start = out->len;
    text_clean(out, text, strlen(text));
    json_quote(out, start);
}

/* Opens an element of an array. */
static void begin_object(struct buf *out)
{
    json_put_comma(out);
    buf_putc(out, '{');
}

/* --- values under each ABI ----------------------------------------------- */

enum item {
    ITEM_NEED, /* of mapping `index` */
    ITEM_OFFSET,
    ITEM_SIZE, /* of field `index`, like the next two */
    ITEM_BITS,
    ITEM_ATOMIC,
    ITEM_SHAPE_SIZE, /* of struct `index`, like the next two */
    ITEM_SHAPE_USED,
    ITEM_SHAPE_ALIGNMENT,
};

static const char *const item_keys[] = {
    [ITEM_NEED] = "size",       [ITEM_OFFSET] = "offset",
    [ITEM_SIZE] = "size",       [ITEM_BITS] = "bits",
    [ITEM_ATOMIC] = "atomic",   [ITEM_SHAPE_SIZE] = "size",
    [ITEM_SHAPE_USED] = "used", [ITEM_SHAPE_ALIGNMENT] = "alignment",
};

/* Whether field `index` is atomic at that place. */
static bool is_atomic(const struct layout *layout, size_t index,
                      const struct leaf_place *place, enum abi abi)
{
    struct field field = layout->fields[index];
    field.offset = place->at;
    field.size = place->size;
    return field_atomic(&field, abi) == ATOMIC_YES;
}

static void put_item(struct buf *out, const struct abi_views *views,
                     enum abi abi, enum item item, size_t index)
{
    const struct abi_view *view = &views->by_abi[abi];
    CHECK(view->sound);
    switch (item) {
    case ITEM_NEED:
        buf_put_u64(out, view->needs[index]);
        break;
    case ITEM_OFFSET:
        buf_put_u64(out, view->places[index].at);
        break;
    case ITEM_SIZE:
        buf_put_u64(out, view->places[index].size);
        break;
    case ITEM_BITS: {
        unsigned low = view->places[index].shift;
        unsigned width = views->layout->fields[index].width;
        buf_printf(out, "[%u,%u]", low, low + width - 1);
        break;
    }
    case ITEM_ATOMIC:
        buf_puts(out, is_atomic(views->layout, index, &view->places[index], abi)
                          ? "true"
                          : "false");
        break;
    case ITEM_SHAPE_SIZE:
        buf_put_u64(out, view->shapes[index].size);
        break;
    case ITEM_SHAPE_USED:
        buf_put_u64(out, view->shapes[index].used);
        break;
    case ITEM_SHAPE_ALIGNMENT:
        buf_put_u64(out, view->shapes[index].alignment);
        break;
    }
}

/* "KEY":{"x86-linux":VALUE,...} */
static void put_by_abi(struct buf *out, const struct abi_views *views,
                       enum item item, size_t index)
{
    json_put_key(out, item_keys[item]);
    buf_putc(out, '{');
    for (const struct word_row *abi = abi_words; abi->word; abi++) {
        if (!views->by_abi[abi->value].sound)
            continue;
        json_put_key(out, abi->word);
        put_item(out, views, (enum abi)abi->value, item, index);
    }
    buf_putc(out, '}');
}

/* --- the object ---------------------------------------------------------- */

static void put_place(struct buf *out, const struct abi_views *views,
                      size_t index, struct buf *text)
{
    const struct layout *layout = views->layout;
    const struct field *field = &layout->fields[index];
    if (layout->mapping_count > 1)
        put_clean(out, "mapping", layout->mappings[field->mapping].id);
    uint32_t anchor = location_anchor(layout, field);
    if (anchor != FIELD_NO_BASE) {
        buf_clear(text);
        location_put_anchor(text, layout, anchor);
        put_text(out, "base", text->data);
    }
    put_by_abi(out, views, ITEM_OFFSET, index);
    put_by_abi(out, views, ITEM_SIZE, index);
    if (field->width > 0)
        put_by_abi(out, views, ITEM_BITS, index);
    put_by_abi(out, views, ITEM_ATOMIC, index);
}

static void put_field(struct buf *out, const struct abi_views *views,
                      size_t index, struct buf *text)
{
    const struct field *field = &views->layout->fields[index];
    buf_clear(text);
    field_put_type_order(text, field);
    begin_object(out);
    put_text(out, "path", field->path);
    put_text(out, "type", text->data);
    if (field->kind == KIND_COMPUTED)
        buf_puts(out, ",\"offset\":{},\"size\":{},\"atomic\":{}");
    else
        put_place(out, views, index, text);
    buf_putc(out, '}');
}

static void put_mappings(struct buf *out, const struct abi_views *views)
{
    const struct layout *layout = views->layout;
    if (layout->mapping_count == 1)
        return;
    json_put_key(out, "mappings");
    buf_putc(out, '[');
    for (size_t i = 0; i < layout->mapping_count; i++) {
        begin_object(out);
        put_clean(out, "id", layout->mappings[i].id);
        put_clean(out, "name", layout->mappings[i].name);
        put_by_abi(out, views, ITEM_NEED, i);
        buf_putc(out, '}');
    }
    buf_putc(out, ']');
}

static void put_structs(struct buf *out, const struct abi_views *views)
{
    const struct layout *layout = views->layout;
    if (layout->shape_count == 0)
        return;
    json_put_key(out, "structs");
    buf_putc(out, '[');
    for (size_t i = 0; i < layout->shape_count; i++) {
        begin_object(out);
        put_text(out, "name", layout->shapes[i]->name);
        put_by_abi(out, views, ITEM_SHAPE_SIZE, i);
        put_by_abi(out, views, ITEM_SHAPE_USED, i);
        put_by_abi(out, views, ITEM_SHAPE_ALIGNMENT, i);
        buf_putc(out, '}');
    }
    buf_putc(out, ']');
}

/* A problem has a key "file" if that is not the layout's `file`. */
static void put_problems(struct buf *out, const struct problems *problems,
                         const char *file)
{
    static const char *const levels[] = {
        [PROBLEM_ERROR] = "error",
        [PROBLEM_WARNING] = "warning",
        [PROBLEM_NOTE] = "note",
    };
    json_put_key(out, "problems");
    buf_putc(out, '[');
    for (size_t i = 0; i < problems->count; i++) {
        const struct problem *problem = &problems->items[i];
        CHECK((size_t)problem->level < sizeof levels / sizeof levels[0]);
        begin_object(out);
        if (strcmp(problem->file, file) != 0)
            put_clean(out, "file", problem->file);
        json_put_key(out, "line");
        buf_put_i64(out, problem->line);
        put_text(out, "level", levels[problem->level]);
        put_clean(out, "text", problem->text);
        buf_putc(out, '}');
    }
    buf_putc(out, ']');
}

void check_put_json(struct buf *out, const char *file, bool many,
                    const struct abi_views *views,
                    const struct problems *problems)
{
    const struct layout *layout = views->layout;
    CHECK(!layout || views->loaded.sound);
    struct buf text = {0};
    buf_putc(out, '{');
    if (many)
        put_clean(out, "file", file);
    if (layout) {
        put_by_abi(out, views, ITEM_NEED, 0);
        put_mappings(out, views);
    } else {
        json_put_key(out, "size");
        buf_puts(out, "{}");
    }
    json_put_key(out, "fields");
    buf_putc(out, '[');
    for (size_t i = 0; layout && i < layout->field_count; i++)
        put_field(out, views, i, &text);
    buf_putc(out, ']');
    if (layout)
        put_structs(out, views);
    put_problems(out, problems, file);
    buf_puts(out, "}\n");
    buf_free(&text);
}
