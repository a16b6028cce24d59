/* SPDX-License-Identifier: MIT */
/* `check` as text: a table for each mapping with a summary below it, then the
 * structs and computed fields.  Rows are table.c. */
#include "check/text.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "layout/field.h"
#include "layout/words.h"

static const char *plural(uint64_t count)
{
    return count == 1 ? "" : "s";
}

/* --- around the rows ----------------------------------------------------- */

/* ABI number `index` of the column, or NULL. */
static const char *abi_in(const struct column *column, size_t index)
{
    for (const struct word_row *abi = abi_words; abi->word; abi++)
        if (column->abis >> abi->value & 1 && index-- == 0)
            return abi->word;
    return NULL;
}

/* The ABIs above their columns. */
static void put_abis(struct table *table)
{
    int width = table->offset_width + 2 + table->size_width;
    bool more = table->beside;
    for (size_t line = 0; more; line++) {
        size_t start = table->out->len;
        more = false;
        table_put_path(table, "");
        for (size_t i = 0; i < table->column_count; i++) {
            const char *abi = abi_in(&table->columns[i], line);
            buf_printf(table->out, "  %*s", width, abi ? abi : "");
            more = more || abi;
        }
        if (more)
            table_end_row(table);
        else
            buf_truncate(table->out, start);
    }
}

static void put_head(struct table *table)
{
    put_abis(table);
    table_put_path(table, "path");
    for (size_t i = 0; i < table->column_count; i++) {
        buf_printf(table->out, "  %*s", table->offset_width, "offset");
        if (!table->beside)
            buf_printf(table->out, "  %-*s", table->hex_width + 2, "hex");
        buf_printf(table->out, "  %*s", table->size_width, "size");
    }
    buf_printf(table->out, "  %-*s  %5s  %s\n", table->type_width, "type",
               "align", "atomic");
}

/* The size of the mapping under each ABI. */
static void put_sizes(struct table *table)
{
    if (!table->beside || !abi_views_need_moves(table->views, table->mapping))
        return;
    table_put_path(table, "(size)");
    for (size_t i = 0; i < table->column_count; i++)
        buf_printf(table->out, "  %*s  %*" PRIu64, table->offset_width, "",
                   table->size_width,
                   table->columns[i].view->needs[table->mapping]);
    buf_putc(table->out, '\n');
}

static void put_summary(struct table *table)
{
    struct buf *out = table->out;
    uint64_t size = table->views->loaded.needs[table->mapping];
    const struct mapping *mapping = &table->layout->mappings[table->mapping];
    buf_printf(out, "%" PRIu64 " field%s, %" PRIu64 " byte%s", table->fields,
               plural(table->fields), size, plural(size));
    if (mapping->size == 0)
        buf_puts(out, mapping->moving ? " up to the last fixed field"
                                      : " up to the last field");
    if (table->beside && mapping->abi == ABI_UNKNOWN)
        buf_puts(out, " (no abi given)");
    else if (table->beside)
        buf_printf(out, " as %s", word_of(abi_words, (int)mapping->abi));
    if (table->holes > 0)
        buf_printf(out, ", %" PRIu64 " hole%s of %" PRIu64 " byte%s",
                   table->holes, plural(table->holes), table->hole_bytes,
                   plural(table->hole_bytes));
    if (table->misaligned > 0)
        buf_printf(out, ", %" PRIu64 " misaligned", table->misaligned);
    if (table->moving > 0)
        buf_printf(out, ", %" PRIu64 " move%s", table->moving,
                   table->moving == 1 ? "s" : "");
    buf_putc(out, '\n');
}

/* Who writes 8 bytes at once, if a field depends on it. */
static void put_atomic(struct table *table)
{
    enum abi abi = table->layout->mappings[table->mapping].abi;
    if (!table->wide)
        return;
    if (abi == ABI_UNKNOWN) {
        buf_puts(table->out,
                 "atomic 64-bit: if the producer is a 64-bit program; a 32-bit "
                 "one writes 8\nbytes in two halves. Say which: abi in "
                 "[mapping], or --abi\n");
        return;
    }
    buf_printf(table->out, "atomic: as an %s producer writes, 8 bytes %s\n",
               word_of(abi_words, (int)abi),
               field_atomic(table->wide, abi) == ATOMIC_YES ? "at once"
                                                            : "in two halves");
}

static const char *path_of(const struct table *table, uint32_t leaf)
{
    return leaf == FIELD_NONE ? "" : table->layout->fields[leaf].path;
}

static void put_snapshot(struct table *table)
{
    const struct snapshot *snapshot =
        &table->layout->mappings[table->mapping].snapshot;
    struct buf *out = table->out;
    switch (snapshot->method) {
    case SNAPSHOT_NONE:
        break;
    case SNAPSHOT_STABLE:
        buf_puts(out, "snapshot: stable, read until two copies agree\n");
        break;
    case SNAPSHOT_SEQLOCK:
        buf_printf(out, "snapshot: seqlock by %s\n",
                   path_of(table, snapshot->seq));
        break;
    case SNAPSHOT_PAIR:
        buf_printf(out, "snapshot: pair of %s and %s\n",
                   path_of(table, snapshot->begin),
                   path_of(table, snapshot->end));
        break;
    case SNAPSHOT_NEWEST: {
        /* "buffers[0].tick" without its index */
        const char *path = path_of(table, snapshot->tick);
        int len = (int)strcspn(path, "[");
        const char *member = strchr(path, ']');
        buf_printf(out, "snapshot: newest of %u buffers by %.*s%s\n",
                   snapshot->buffers, len, path, member ? member + 1 : "");
        break;
    }
    }
}

static void put_title(struct table *table)
{
    const struct mapping *mapping = &table->layout->mappings[table->mapping];
    if (table->layout->mapping_count == 1)
        return;
    if (table->mapping > 0)
        buf_putc(table->out, '\n');
    buf_puts(table->out, mapping->id ? "mapping " : "mapping");
    buf_puts(table->out, mapping->id ? mapping->id : "");
    if (mapping->name) {
        buf_puts(table->out, ", ");
        text_clean(table->out, mapping->name, strlen(mapping->name));
    }
    buf_puts(table->out, ":\n");
}

static void put_mapping(struct table *table)
{
    table_measure(table);
    put_title(table);
    put_head(table);
    table_put_rows(table);
    put_sizes(table);
    put_summary(table);
    put_atomic(table);
    if (table->marks)
        buf_puts(table->out, "@: the layout gives the offset; the others "
                             "follow the field before\n");
    put_snapshot(table);
}

/* --- structs and computed fields ----------------------------------------- */

static void put_shape(struct buf *out, const struct shape_size *shape)
{
    CHECK(shape->size >= shape->used);
    buf_printf(out, " %" PRIu64 " byte%s, aligned to %u", shape->size,
               plural(shape->size), shape->alignment);
    if (shape->size > shape->used)
        buf_printf(out, ", %" PRIu64 " of them after the last member",
                   shape->size - shape->used);
    buf_putc(out, '\n');
}

static void put_struct(const struct abi_views *views, size_t index,
                       const struct check_style *style, struct buf *out)
{
    buf_printf(out, "struct %s:", views->layout->shapes[index]->name);
    if (style->one_abi || !abi_views_shape_moves(views, index)) {
        put_shape(out, &views->loaded.shapes[index]);
        return;
    }
    buf_putc(out, '\n');
    for (const struct word_row *abi = abi_words; abi->word; abi++) {
        const struct abi_view *view = &views->by_abi[abi->value];
        if (view->sound) {
            buf_printf(out, "  %-11s ", abi->word);
            put_shape(out, &view->shapes[index]);
        }
    }
}

static void put_computed(const struct layout *layout, struct buf *out)
{
    for (size_t i = 0; i < layout->expression_count; i++) {
        const struct expression *expression = &layout->expressions[i];
        if (expression->use != EXPRESSION_COMPUTED)
            continue;
        buf_printf(out,
                   "computed %s: ", layout->fields[expression->target].path);
        text_clean(out, expression->text, strlen(expression->text));
        buf_putc(out, '\n');
    }
}

void check_put_text(struct buf *out, const struct abi_views *views,
                    const struct check_style *style)
{
    const struct layout *layout = views->layout;
    CHECK(layout && views->loaded.sound);
    for (size_t i = 0; i < layout->mapping_count; i++) {
        struct table table = {
            .views = views,
            .layout = layout,
            .style = style,
            .out = out,
            .mapping = i,
        };
        put_mapping(&table);
        buf_free(&table.type);
    }
    for (size_t i = 0; i < layout->shape_count; i++)
        put_struct(views, i, style, out);
    put_computed(layout, out);
}
