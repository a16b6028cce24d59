/* SPDX-License-Identifier: MIT */
/*
 * What `check` prints: the resolved fields as a table or as JSON.
 * Invariant: both list every field once, the table in the order of places, JSON
 * in the order of the file.
 */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "layout/check.h"
#include "layout/names.h"
#include "layout/order.h"

#define HOLE "(hole)"

struct table {
    const struct layout *layout;
    struct buf *out;
    struct buf type; /* reused */
    int path_width;
    int offset_width;
    int hex_width; /* digits */
    int type_width;
    uint64_t holes;
    uint64_t hole_bytes;
    uint64_t misaligned;
    const struct field *wide; /* one that only 64-bit producers write whole */
};

static const char *const atomic_words[] = {
    [ATOMIC_NO] = "no",
    [ATOMIC_YES] = "yes",
    [ATOMIC_IF_64BIT] = "64-bit",
};

static int digits_of(uint64_t number)
{
    int digits = 1;
    for (; number >= 10; number /= 10) {
        digits++;
    }
    return digits;
}

static int wider(int width, size_t other)
{
    return (int)other > width ? (int)other : width;
}

static const char *type_of(struct table *table, const struct field *field)
{
    buf_clear(&table->type);
    field_put_type_order(&table->type, field);
    return table->type.data;
}

static void measure(struct table *table)
{
    const struct layout *layout = table->layout;
    table->path_width = (int)strlen(HOLE);
    table->type_width = (int)strlen("type");
    table->offset_width =
        wider((int)strlen("offset"),
              (size_t)digits_of(layout_mapping_need(layout, 0)));
    table->hex_width = 4;
    for (uint64_t rest = layout_mapping_need(layout, 0) >> 16; rest;
         rest >>= 4) {
        table->hex_width++;
    }
    for (size_t i = 0; i < layout->field_count; i++) {
        const struct field *field = &layout->fields[i];
        table->path_width = wider(table->path_width, strlen(field->path));
        const struct group *group = &layout->groups[field->group];
        if (group->first == i) {
            table->type_width =
                wider(table->type_width, strlen(type_of(table, field)));
        }
    }
}

static void put_row(struct table *table, const char *path, uint64_t offset,
                    uint64_t size)
{
    buf_printf(table->out, "%-*s  %*llu  0x%0*llx  %*llu", table->path_width,
               path, table->offset_width, (unsigned long long)offset,
               table->hex_width, (unsigned long long)offset,
               table->offset_width, (unsigned long long)size);
}

static void put_field(struct table *table, const struct field *field)
{
    enum abi abi = table->layout->mappings[field->mapping].abi;
    put_row(table, field->path, field->offset, field->size);
    buf_printf(table->out, "  %-*s  %5u  %s%s\n", table->type_width,
               type_of(table, field), field_alignment(field),
               atomic_words[field_atomic(field, abi)],
               field_is_aligned(field) ? "" : "  misaligned");
    table->misaligned += !field_is_aligned(field);
    if (field_atomic(field, ABI_UNKNOWN) == ATOMIC_IF_64BIT) {
        table->wide = field;
    }
}

static void put_hole(struct table *table, uint64_t from, uint64_t to)
{
    if (from < to) {
        put_row(table, HOLE, from, to - from);
        buf_putc(table->out, '\n');
        table->holes++;
        table->hole_bytes += to - from;
    }
}

static const char *plural(uint64_t count)
{
    return count == 1 ? "" : "s";
}

static void put_summary(struct table *table, uint64_t size)
{
    struct buf *out = table->out;
    uint64_t fields = table->layout->field_count;
    buf_printf(out, "%llu field%s, %llu byte%s", (unsigned long long)fields,
               plural(fields), (unsigned long long)size, plural(size));
    if (table->layout->mappings[0].size == 0) {
        buf_puts(out, " up to the last field");
    }
    if (table->holes > 0) {
        buf_printf(out, ", %llu hole%s of %llu byte%s",
                   (unsigned long long)table->holes, plural(table->holes),
                   (unsigned long long)table->hole_bytes,
                   plural(table->hole_bytes));
    }
    if (table->misaligned > 0) {
        buf_printf(out, ", %llu misaligned",
                   (unsigned long long)table->misaligned);
    }
    buf_putc(out, '\n');
}

/* Nothing where the ABI makes no difference. */
static void put_abi(struct table *table)
{
    enum abi abi = table->layout->mappings[0].abi;
    if (!table->wide) {
        return;
    }
    if (abi == ABI_UNKNOWN) {
        buf_puts(table->out,
                 "atomic 64-bit: if the producer is a 64-bit program; a 32-bit "
                 "one writes 8\nbytes in two halves. Say which: abi in "
                 "[mapping], or --abi\n");
        return;
    }
    buf_printf(table->out, "atomic: as an %s producer writes, 8 bytes %s\n",
               name_of(abi_names, (int)abi),
               field_atomic(table->wide, abi) == ATOMIC_YES ? "at once"
                                                            : "in two halves");
}

void check_put_text(struct buf *out, const struct layout *layout)
{
    struct table table = {.layout = layout, .out = out};
    measure(&table);
    buf_printf(out, "%-*s  %*s  %-*s  %*s  %-*s  %5s  %s\n", table.path_width,
               "path", table.offset_width, "offset", table.hex_width + 2, "hex",
               table.offset_width, "size", table.type_width, "type", "align",
               "atomic");
    uint32_t *order = order_by_place(layout);
    uint64_t end = 0;
    for (size_t i = 0; i < layout->field_count; i++) {
        const struct field *field = &layout->fields[order ? order[i] : i];
        put_hole(&table, end, field->offset);
        put_field(&table, field);
        if (field->offset + field->size > end) {
            end = field->offset + field->size;
        }
    }
    uint64_t size = layout_mapping_need(layout, 0);
    put_hole(&table, end, size);
    put_summary(&table, size);
    put_abi(&table);
    free(order);
    buf_free(&table.type);
}

/* {"x86-linux":64,...} */
static void put_numbers(struct buf *out, uint64_t number)
{
    for (const struct name_row *abi = abi_names; abi->word; abi++) {
        buf_putc(out, abi == abi_names ? '{' : ',');
        json_put_string(out, abi->word, strlen(abi->word));
        buf_putc(out, ':');
        buf_put_u64(out, number);
    }
    buf_putc(out, '}');
}

static void put_atomic(struct buf *out, const struct field *field)
{
    for (const struct name_row *abi = abi_names; abi->word; abi++) {
        bool atomic = field_atomic(field, (enum abi)abi->value) == ATOMIC_YES;
        buf_putc(out, abi == abi_names ? '{' : ',');
        json_put_string(out, abi->word, strlen(abi->word));
        buf_puts(out, atomic ? ":true" : ":false");
    }
    buf_putc(out, '}');
}

static void put_json_field(struct buf *out, const struct field *field,
                           struct buf *type)
{
    buf_clear(type);
    field_put_type_order(type, field);
    buf_puts(out, "{\"path\":");
    json_put_string(out, field->path, strlen(field->path));
    buf_puts(out, ",\"type\":");
    json_put_string(out, type->data, type->len);
    buf_puts(out, ",\"offset\":");
    put_numbers(out, field->offset);
    buf_puts(out, ",\"size\":");
    put_numbers(out, field->size);
    buf_puts(out, ",\"atomic\":");
    put_atomic(out, field);
    buf_putc(out, '}');
}

static void put_problems(struct buf *out, const struct problems *problems)
{
    static const char *const levels[] = {
        [PROBLEM_ERROR] = "error",
        [PROBLEM_WARNING] = "warning",
        [PROBLEM_NOTE] = "note",
    };
    struct buf clean = {0};
    for (size_t i = 0; i < problems->count; i++) {
        const struct problem *problem = &problems->items[i];
        buf_clear(&clean);
        text_clean(&clean, problem->text, strlen(problem->text));
        buf_printf(out,
                   "%s{\"line\":%d,\"level\":\"%s\",\"text\":", i ? "," : "",
                   problem->line, levels[problem->level]);
        json_put_string(out, clean.data, clean.len);
        buf_putc(out, '}');
    }
    buf_free(&clean);
}

static void put_file(struct buf *out, const char *file)
{
    struct buf clean = {0};
    text_clean(&clean, file, strlen(file));
    buf_puts(out, "\"file\":");
    json_put_string(out, clean.data, clean.len);
    buf_putc(out, ',');
    buf_free(&clean);
}

void check_put_json(struct buf *out, const char *file,
                    const struct layout *layout,
                    const struct problems *problems)
{
    struct buf type = {0};
    buf_putc(out, '{');
    if (file) {
        put_file(out, file);
    }
    buf_puts(out, "\"size\":");
    if (layout) {
        put_numbers(out, layout_mapping_need(layout, 0));
    } else {
        buf_puts(out, "{}");
    }
    buf_puts(out, ",\"fields\":[");
    for (size_t i = 0; layout && i < layout->field_count; i++) {
        if (i > 0) {
            buf_putc(out, ',');
        }
        put_json_field(out, &layout->fields[i], &type);
    }
    buf_puts(out, "],\"problems\":[");
    put_problems(out, problems);
    buf_puts(out, "]}\n");
    buf_free(&type);
}
