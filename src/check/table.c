/* SPDX-License-Identifier: MIT */
/*
 * The rows of a table of `check`: leaves and the holes between them.
 * Invariant: every leaf has a row, or stands in an array whose first element
 * has rows and whose others share one.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check/fold.h"
#include "check/table.h"
#include "layout/sort.h"
#include "layout/words.h"

#define HOLE "(hole)"

static const char *const atomic_words[] = {
    [ATOMIC_NO] = "no",
    [ATOMIC_YES] = "yes",
    [ATOMIC_IF_64BIT] = "64-bit",
};

/* --- rows ---------------------------------------------------------------- */

static void put_offset(struct table *table, uint64_t at, const char *mark)
{
    char text[32];
    snprintf(text, sizeof text, "%s%s%llu", mark,
             table->anchor == FIELD_NO_BASE ? "" : "+", (unsigned long long)at);
    buf_printf(table->out, "  %*s", table->offset_width, text);
}

static void put_cell(struct table *table, uint64_t at, uint64_t size,
                     const char *mark)
{
    put_offset(table, at, mark);
    if (!table->beside) {
        buf_printf(table->out, "  0x%0*llx", table->hex_width,
                   (unsigned long long)at);
    }
    buf_printf(table->out, "  %*llu", table->size_width,
               (unsigned long long)size);
}

static void put_no_cell(struct table *table)
{
    buf_printf(table->out, "  %*s  %*s", table->offset_width, "-",
               table->size_width, "-");
}

void table_put_path(struct table *table, const char *path)
{
    buf_printf(table->out, "%-*s", table->path_width, path);
}

void table_end_row(struct table *table)
{
    while (table->out->len > 0 && table->out->data[table->out->len - 1] == ' ')
        buf_truncate(table->out, table->out->len - 1);
    buf_putc(table->out, '\n');
}

/* The hole before what begins at `at` of each column, if there is one. */
static void put_hole(struct table *table, bool shown)
{
    bool any = false;
    for (size_t i = 0; i < table->column_count; i++)
        any |= table->columns[i].gap > 0;
    if (!any || !shown)
        return;
    table_put_path(table, HOLE);
    for (size_t i = 0; i < table->column_count; i++) {
        const struct column *column = &table->columns[i];
        if (column->gap > 0)
            put_cell(table, column->from, column->gap, "");
        else
            put_no_cell(table);
    }
    table_end_row(table);
}

static void find_gap(struct column *column, uint64_t at)
{
    column->from = column->end;
    column->gap = at > column->end ? at - column->end : 0;
}

/* Holes are counted as the layout stands by itself. */
static void count_hole(struct table *table, uint64_t end, uint64_t at)
{
    if (at > end) {
        table->holes++;
        table->hole_bytes += at - end;
    }
}

static void put_remarks(struct table *table, const struct field *field,
                        size_t leaf, bool shares)
{
    if (!field_is_aligned(field))
        buf_puts(table->out, "  misaligned");
    if (shares)
        buf_puts(table->out, "  shares bytes");
    if (table->beside && checkup_moves(table->checkup, leaf))
        buf_puts(table->out, "  moves");
}

static void put_leaf(struct table *table, size_t leaf, const struct spot *spot,
                     bool shares)
{
    const struct field *field = &table->layout->fields[leaf];
    enum abi abi = table->layout->mappings[field->mapping].abi;
    bool marked =
        table->marks && spot->placed && table->anchor == FIELD_NO_BASE;
    table_put_path(table, field->path);
    for (size_t i = 0; i < table->column_count; i++) {
        struct leaf_place place = table_place(table, &table->columns[i], leaf);
        put_cell(table, place.at, place.size, marked ? "@" : "");
    }
    buf_printf(table->out, "  %-*s  %5u  %s", table->type_width,
               table_type(table, field), field_alignment(field),
               atomic_words[field_atomic(field, abi)]);
    put_remarks(table, field, leaf, shares);
    buf_putc(table->out, '\n');
}

/* Whether the elements stand at constant distances; `before` is the leaf's
 * counterpart in the element before. */
static bool has_stride(const struct table *table, size_t leaf, size_t before)
{
    uint32_t base = table->layout->fields[leaf].base;
    return base == table->layout->fields[before].base ||
           table->layout->bases[base].stride_field == FIELD_NONE;
}

/* One row for all elements but the first. */
static void put_rest(struct table *table, size_t leaf, const struct spot *spot)
{
    const struct field *field = &table->layout->fields[leaf];
    struct buf path = {0};
    buf_add(&path, field->path, spot->name_len);
    buf_printf(&path, "[1..%u]", spot->array->count - 1);
    table_put_path(table, path.data);
    buf_free(&path);
    if (!has_stride(table, leaf, spot->before)) {
        const struct base *base = &table->layout->bases[field->base];
        buf_printf(table->out, "  the same, %s bytes apart",
                   table->layout->fields[base->stride_field].path);
        table_end_row(table);
        return;
    }
    for (size_t i = 0; i < table->column_count; i++) {
        uint64_t at = table_place(table, &table->columns[i], leaf).at;
        uint64_t first =
            table_place(table, &table->columns[i], spot->before).at;
        put_cell(table, at, at - first, "");
    }
    buf_puts(table->out, "  each, as [0]");
    table_end_row(table);
}

static void put_anchor(struct table *table, const struct field *field)
{
    const struct base *base = &table->layout->bases[field->base];
    struct buf text = {0};
    place_put_anchor(&text, table->layout, table->anchor);
    buf_printf(table->out, "at %s", text.data);
    if (base->count_field != FIELD_NONE) {
        buf_printf(table->out, ", %s of them, at most %u",
                   table->layout->fields[base->count_field].path, base->most);
    }
    buf_puts(table->out, ":\n");
    buf_free(&text);
}

/* --- the walk ------------------------------------------------------------ */

/* A leaf in the order of places. */
struct entry {
    uint64_t at;
    uint64_t bit;    /* see field_first_bit */
    uint32_t anchor; /* + 1, so that those without come first */
    uint32_t leaf;
    uint32_t size;
};

static int compare_entries(const void *a, const void *b)
{
    const struct entry *x = a;
    const struct entry *y = b;
    if (x->anchor != y->anchor)
        return x->anchor < y->anchor ? -1 : 1;
    if (x->bit != y->bit)
        return x->bit < y->bit ? -1 : 1;
    if (x->size != y->size)
        return x->size < y->size ? -1 : 1;
    return (x->leaf > y->leaf) - (x->leaf < y->leaf);
}

static struct entry *list_entries(const struct table *table, size_t *count)
{
    const struct layout *layout = table->layout;
    struct entry *entries = mem_zalloc(layout->field_count, sizeof *entries);
    *count = 0;
    for (size_t i = 0; i < layout->field_count; i++) {
        const struct field *field = &layout->fields[i];
        if (table_has(table, field)) {
            uint64_t at = place_at(layout, field);
            entries[(*count)++] = (struct entry){
                .at = at,
                .bit = field_first_bit(field) + (at - field->offset) * 8,
                .anchor = place_anchor(layout, field) + 1,
                .leaf = (uint32_t)i,
                .size = field->size,
            };
        }
    }
    qsort(entries, *count, sizeof *entries, compare_entries);
    return entries;
}

static void note(struct table *table, const struct field *field, size_t leaf)
{
    table->fields++;
    table->misaligned += !field_is_aligned(field);
    table->moving += table->beside && checkup_moves(table->checkup, leaf);
    if (field_atomic(field, ABI_UNKNOWN) == ATOMIC_IF_64BIT)
        table->wide = field;
}

static void begin_anchor(struct table *table, const struct field *field,
                         uint32_t anchor, bool shown)
{
    table->anchor = anchor;
    for (size_t i = 0; i < table->column_count; i++)
        table->columns[i].end = 0;
    if (shown && anchor != FIELD_NO_BASE)
        put_anchor(table, field);
}

/* What the walk has passed, as the layout stands by itself. */
struct passed {
    uint64_t end;  /* bytes */
    uint64_t bits; /* the same, of bit fields one by one */
    bool hidden;   /* the leaf before */
};

static void put_entry(struct table *table, const struct entry *entry,
                      struct passed *passed)
{
    const struct field *field = &table->layout->fields[entry->leaf];
    struct spot spot;
    spot_find(table->layout, entry->leaf, table->style->unfold, &spot);
    if (entry->anchor - 1 != table->anchor) {
        begin_anchor(table, field, entry->anchor - 1, !spot.hidden);
        *passed = (struct passed){0};
    }
    count_hole(table, passed->end, entry->at);
    for (size_t i = 0; i < table->column_count; i++) {
        struct column *column = &table->columns[i];
        struct leaf_place place = table_place(table, column, entry->leaf);
        find_gap(column, place.at);
        if (place.at + place.size > column->end)
            column->end = place.at + place.size;
    }
    put_hole(table, !spot.hidden || !passed->hidden);
    if (!spot.hidden)
        put_leaf(table, entry->leaf, &spot, entry->bit < passed->bits);
    else if (spot.next)
        put_rest(table, entry->leaf, &spot);
    note(table, field, entry->leaf);
    passed->end = entry->at + entry->size > passed->end
                      ? entry->at + entry->size
                      : passed->end;
    uint64_t bits = entry->bit + field_end_bit(field) - field_first_bit(field);
    passed->bits = bits > passed->bits ? bits : passed->bits;
    passed->hidden = spot.hidden;
}

static void put_end(struct table *table, const struct passed *passed)
{
    if (table->anchor != FIELD_NO_BASE)
        return;
    uint64_t size = layout_mapping_need(table->layout, table->mapping);
    count_hole(table, passed->end, size);
    for (size_t i = 0; i < table->column_count; i++)
        find_gap(&table->columns[i], table_need(table, &table->columns[i]));
    put_hole(table, true);
}

void table_put_rows(struct table *table)
{
    size_t count;
    struct entry *entries = list_entries(table, &count);
    struct passed passed = {0};
    table->anchor = FIELD_NO_BASE;
    size_t i = 0;
    for (; i < count && entries[i].anchor == FIELD_NO_BASE + 1u; i++)
        put_entry(table, &entries[i], &passed);
    put_end(table, &passed);
    for (; i < count; i++)
        put_entry(table, &entries[i], &passed);
    free(entries);
    table->anchor = FIELD_NO_BASE;
}
