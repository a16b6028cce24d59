/* SPDX-License-Identifier: MIT */
/*
 * `check` as text: a table a mapping, and what there is to say below it.
 * Invariant: a layout of one mapping in which nothing moves has the plain
 * table.  Rows are left to check_rows.c.
 */
#include <string.h>

#include "base/text.h"
#include "check/table.h"
#include "layout/words.h"

#define SIZE_ROW "(size)"

static const char *plural(uint64_t count)
{
    return count == 1 ? "" : "s";
}

/* --- around the rows ----------------------------------------------------- */

/* ABI number `index` of the column, or NULL. */
static const char *abi_in(const struct column *column, size_t index)
{
    for (const struct name_row *abi = abi_names; abi->word; abi++)
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
    if (!table->beside || !checkup_need_moves(table->checkup, table->mapping))
        return;
    table_put_path(table, SIZE_ROW);
    for (size_t i = 0; i < table->column_count; i++) {
        buf_printf(table->out, "  %*s  %*llu", table->offset_width, "",
                   table->size_width,
                   (unsigned long long)table_need(table, &table->columns[i]));
    }
    buf_putc(table->out, '\n');
}

static void put_summary(struct table *table)
{
    struct buf *out = table->out;
    uint64_t size = layout_mapping_need(table->layout, table->mapping);
    const struct mapping *mapping = &table->layout->mappings[table->mapping];
    buf_printf(out, "%llu field%s, %llu byte%s",
               (unsigned long long)table->fields, plural(table->fields),
               (unsigned long long)size, plural(size));
    if (mapping->size == 0) {
        buf_puts(out, mapping->moving ? " up to the last fixed field"
                                      : " up to the last field");
    }
    if (table->beside) {
        buf_printf(out, " %s%s",
                   mapping->abi == ABI_UNKNOWN ? "(no abi given)" : "as ",
                   mapping->abi == ABI_UNKNOWN
                       ? ""
                       : name_of(abi_names, (int)mapping->abi));
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
    if (table->moving > 0) {
        buf_printf(out, ", %llu move%s", (unsigned long long)table->moving,
                   table->moving == 1 ? "s" : "");
    }
    buf_putc(out, '\n');
}

/* Nothing where the ABI makes no difference. */
static void put_abi(struct table *table)
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
               name_of(abi_names, (int)abi),
               field_atomic(table->wide, abi) == ATOMIC_YES ? "at once"
                                                            : "in two halves");
}

static void put_marks(struct table *table)
{
    if (table->marks) {
        buf_puts(table->out, "@: the layout gives the offset; the others "
                             "follow the field before\n");
    }
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
        const char *path = path_of(table, snapshot->tick);
        const char *index = strchr(path, '[');
        const char *member = index ? strchr(index, ']') : NULL;
        buf_printf(out, "snapshot: newest of %u buffers by %.*s%s\n",
                   snapshot->buffers,
                   (int)(index ? index - path : (ptrdiff_t)strlen(path)), path,
                   member ? member + 1 : "");
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
    put_abi(table);
    put_marks(table);
    put_snapshot(table);
}

/* --- structs and computed fields ----------------------------------------- */

static void put_shape(struct buf *out, const struct shape_size *shape)
{
    buf_printf(out, " %llu byte%s, aligned to %u",
               (unsigned long long)shape->size, plural(shape->size),
               shape->alignment);
    if (shape->size > shape->used) {
        buf_printf(out, ", %llu of them behind the last member",
                   (unsigned long long)(shape->size - shape->used));
    }
    buf_putc(out, '\n');
}

static void put_struct(const struct checkup *checkup, size_t index,
                       const struct check_style *style, struct buf *out)
{
    const struct struct_shape *shape = checkup->layout->shapes[index];
    if (style->one_abi || !checkup_shape_moves(checkup, index)) {
        const struct shape_size size = {shape->size, shape->used,
                                        shape->alignment};
        buf_printf(out, "struct %s:", shape->name);
        put_shape(out, &size);
        return;
    }
    buf_printf(out, "struct %s:\n", shape->name);
    for (const struct name_row *abi = abi_names; abi->word; abi++) {
        const struct abi_view *view = &checkup->views[abi->value];
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
        if (expression->use == EXPRESSION_COMPUTED) {
            buf_printf(
                out, "computed %s: ", layout->fields[expression->target].path);
            text_clean(out, expression->text, strlen(expression->text));
            buf_putc(out, '\n');
        }
    }
}

void check_put_text(struct buf *out, const struct checkup *checkup,
                    const struct check_style *style)
{
    const struct layout *layout = checkup->layout;
    for (size_t i = 0; i < layout->mapping_count; i++) {
        struct table table = {
            .checkup = checkup,
            .layout = layout,
            .style = style,
            .out = out,
            .mapping = i,
        };
        put_mapping(&table);
        buf_free(&table.type);
    }
    for (size_t i = 0; i < layout->shape_count; i++)
        put_struct(checkup, i, style, out);
    put_computed(layout, out);
}
