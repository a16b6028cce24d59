/* SPDX-License-Identifier: MIT */
/* The columns of a table of `check`, and its rows: each leaf has one, or is in
 * an array whose first element has rows and whose others share one. */
#include "check/table.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check/fold.h"
#include "layout/field.h"
#include "layout/location.h"
#include "layout/words.h"

#define HOLE "(hole)"

/* --- columns ------------------------------------------------------------- */

static void add_column(struct table *table, const struct abi_view *view,
                       unsigned abi)
{
    for (size_t i = 0; i < table->column_count; i++) {
        if (abi_views_same(table->views, table->columns[i].view, view)) {
            table->columns[i].abis |= 1u << abi;
            return;
        }
    }
    CHECK(table->column_count < ABI_COUNT);
    table->columns[table->column_count++] =
        (struct column){.view = view, .abis = 1u << abi};
}

static bool anything_moves(const struct table *table)
{
    bool moves = abi_views_need_moves(table->views, table->mapping);
    for (size_t i = 0; i < table->layout->field_count && !moves; i++) {
        moves = table->layout->fields[i].mapping == table->mapping &&
                abi_views_leaf_moves(table->views, i);
    }
    return moves;
}

static void choose_columns(struct table *table)
{
    table->beside = !table->style->one_abi && anything_moves(table);
    table->column_count = 0;
    for (unsigned abi = 0; abi < ABI_COUNT && table->beside; abi++)
        if (table->views->by_abi[abi].sound)
            add_column(table, &table->views->by_abi[abi], abi);
    if (table->column_count == 0) {
        table->columns[0] = (struct column){.view = &table->views->loaded};
        table->column_count = 1;
    }
}

/* --- widths -------------------------------------------------------------- */

static int digits_of(uint64_t number)
{
    return snprintf(NULL, 0, "%" PRIu64, number);
}

static int wider(int width, size_t other)
{
    return (int)other > width ? (int)other : width;
}

/* Whether the field has a row. */
static bool has_row(const struct table *table, const struct field *field)
{
    return field->mapping == table->mapping && field->kind != KIND_COMPUTED;
}

/* The field's type in words, until the next call. */
static const char *type_of(struct table *table, const struct field *field)
{
    buf_clear(&table->type);
    field_put_type_order(&table->type, field);
    return table->type.data;
}

void table_measure(struct table *table)
{
    const struct layout *layout = table->layout;
    CHECK(table->mapping < layout->mapping_count);
    choose_columns(table);
    uint64_t most = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        uint64_t need = table->columns[i].view->needs[table->mapping];
        most = need > most ? need : most;
    }
    table->path_width = (int)strlen(HOLE);
    table->type_width = (int)strlen("type");
    bool given = false;
    bool follow = false;
    for (size_t i = 0; i < layout->field_count; i++) {
        const struct field *field = &layout->fields[i];
        if (!has_row(table, field))
            continue;
        struct fold fold = fold_find(layout, i, table->style->unfold);
        size_t len = strlen(field->path);
        if (fold.hidden)
            len = fold.next ? fold.name_len + strlen("[1..]") +
                                  (size_t)digits_of(fold.array->count)
                            : 0;
        table->path_width = wider(table->path_width, len);
        if (fold.hidden)
            continue;
        given |= fold.placed;
        follow |= !fold.placed;
        table->type_width =
            wider(table->type_width, strlen(type_of(table, field)));
    }
    table->marks = given && follow;
    table->offset_width =
        wider((int)strlen("offset"), (size_t)digits_of(most) + table->marks);
    table->size_width =
        table->beside ? wider((int)strlen("size"), (size_t)digits_of(most))
                      : table->offset_width;
    table->hex_width = 4;
    for (uint64_t rest = most >> 16; rest; rest >>= 4)
        table->hex_width++;
}

/* --- rows ---------------------------------------------------------------- */

static void put_cell(struct table *table, uint64_t at, uint64_t size,
                     const char *mark)
{
    char text[32];
    snprintf(text, sizeof text, "%s%s%" PRIu64, mark,
             table->anchor == FIELD_NO_BASE ? "" : "+", at);
    buf_printf(table->out, "  %*s", table->offset_width, text);
    if (!table->beside)
        buf_printf(table->out, "  0x%0*" PRIx64, table->hex_width, at);
    buf_printf(table->out, "  %*" PRIu64, table->size_width, size);
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

/* The hole before the next row, if a column has one. */
static void put_hole(struct table *table)
{
    bool any = false;
    for (size_t i = 0; i < table->column_count; i++)
        any |= table->columns[i].gap > 0;
    if (!any)
        return;
    table_put_path(table, HOLE);
    for (size_t i = 0; i < table->column_count; i++) {
        const struct column *column = &table->columns[i];
        if (column->gap > 0)
            put_cell(table, column->from, column->gap, "");
        else
            buf_printf(table->out, "  %*s  %*s", table->offset_width, "-",
                       table->size_width, "-");
    }
    table_end_row(table);
}

static void put_leaf(struct table *table, size_t leaf, bool placed, bool shares)
{
    static const char *const atomic_words[] = {
        [ATOMIC_NO] = "no",
        [ATOMIC_YES] = "yes",
        [ATOMIC_IF_64BIT] = "64-bit",
    };
    const struct field *field = &table->layout->fields[leaf];
    enum abi abi = table->layout->mappings[field->mapping].abi;
    bool marked = table->marks && placed && table->anchor == FIELD_NO_BASE;
    table_put_path(table, field->path);
    for (size_t i = 0; i < table->column_count; i++) {
        const struct leaf_place *place = &table->columns[i].view->places[leaf];
        put_cell(table, place->at, place->size, marked ? "@" : "");
    }
    buf_printf(table->out, "  %-*s  %5u  %s", table->type_width,
               type_of(table, field), field_alignment(field),
               atomic_words[field_atomic(field, abi)]);
    if (!field_is_aligned(field))
        buf_puts(table->out, "  misaligned");
    if (shares)
        buf_puts(table->out, "  shares bytes");
    if (table->beside && abi_views_leaf_moves(table->views, leaf))
        buf_puts(table->out, "  moves");
    buf_putc(table->out, '\n');
}

/* One row for all elements but the first. */
static void put_rest(struct table *table, size_t leaf, const struct fold *fold)
{
    const struct layout *layout = table->layout;
    const struct field *field = &layout->fields[leaf];
    struct buf path = {0};
    buf_add(&path, field->path, fold->name_len);
    buf_printf(&path, "[1..%u]", fold->array->count - 1);
    table_put_path(table, path.data);
    buf_free(&path);
    uint32_t stride = field->base == layout->fields[fold->before].base
                          ? FIELD_NONE
                          : layout->bases[field->base].stride_field;
    if (stride != FIELD_NONE) {
        buf_printf(table->out, "  the same, %s bytes apart\n",
                   layout->fields[stride].path);
        return;
    }
    for (size_t i = 0; i < table->column_count; i++) {
        const struct leaf_place *places = table->columns[i].view->places;
        put_cell(table, places[leaf].at,
                 places[leaf].at - places[fold->before].at, "");
    }
    buf_puts(table->out, "  each, as [0]\n");
}

static void put_anchor(struct table *table, const struct field *field)
{
    const struct base *base = &table->layout->bases[field->base];
    buf_puts(table->out, "at ");
    location_put_anchor(table->out, table->layout, table->anchor);
    if (base->count_field != FIELD_NONE) {
        buf_printf(table->out, ", %s of them, at most %u",
                   table->layout->fields[base->count_field].path, base->most);
    }
    buf_puts(table->out, ":\n");
}

/* --- all rows ------------------------------------------------------------ */

/* A leaf to be sorted by place. */
struct entry {
    uint64_t at;
    uint64_t bit; /* see field_first_bit */
    uint32_t anchor;
    uint32_t leaf;
    uint32_t size;
};

static int compare_entries(const void *a, const void *b)
{
    const struct entry *x = a;
    const struct entry *y = b;
    /* Those without an anchor come first. */
    if (x->anchor != y->anchor)
        return x->anchor + 1 < y->anchor + 1 ? -1 : 1;
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
        if (!has_row(table, field))
            continue;
        uint64_t at = table->views->loaded.places[i].at;
        entries[(*count)++] = (struct entry){
            .at = at,
            .bit = field_first_bit(field) + (at - field->offset) * 8,
            .anchor = location_anchor(layout, field),
            .leaf = (uint32_t)i,
            .size = field->size,
        };
    }
    qsort(entries, *count, sizeof *entries, compare_entries);
    return entries;
}

/* The rows so far, with the layout's places as it was loaded. */
struct passed {
    uint64_t end;  /* bytes */
    uint64_t bits; /* the same, of bit fields one by one */
    bool hidden;   /* the leaf before */
};

static void count_hole(struct table *table, uint64_t end, uint64_t at)
{
    if (at > end) {
        table->holes++;
        table->hole_bytes += at - end;
    }
}

static void count_leaf(struct table *table, size_t leaf)
{
    const struct field *field = &table->layout->fields[leaf];
    table->fields++;
    table->misaligned += !field_is_aligned(field);
    table->moving += table->beside && abi_views_leaf_moves(table->views, leaf);
    if (field_atomic(field, ABI_UNKNOWN) == ATOMIC_IF_64BIT)
        table->wide = field;
}

static void find_gap(struct column *column, uint64_t at)
{
    column->from = column->end;
    column->gap = at > column->end ? at - column->end : 0;
}

static uint64_t later(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

static void put_entry(struct table *table, const struct entry *entry,
                      struct passed *passed)
{
    const struct field *field = &table->layout->fields[entry->leaf];
    struct fold fold =
        fold_find(table->layout, entry->leaf, table->style->unfold);
    if (entry->anchor != table->anchor) {
        table->anchor = entry->anchor;
        *passed = (struct passed){0};
        for (size_t i = 0; i < table->column_count; i++)
            table->columns[i].end = 0;
        if (!fold.hidden)
            put_anchor(table, field);
    }
    count_hole(table, passed->end, entry->at);
    for (size_t i = 0; i < table->column_count; i++) {
        struct column *column = &table->columns[i];
        const struct leaf_place *place = &column->view->places[entry->leaf];
        find_gap(column, place->at);
        column->end = later(column->end, place->at + place->size);
    }
    if (!fold.hidden || !passed->hidden)
        put_hole(table);
    if (!fold.hidden)
        put_leaf(table, entry->leaf, fold.placed, entry->bit < passed->bits);
    else if (fold.next)
        put_rest(table, entry->leaf, &fold);
    count_leaf(table, entry->leaf);
    passed->end = later(passed->end, entry->at + entry->size);
    passed->bits = later(passed->bits, entry->bit + field_bits(field));
    passed->hidden = fold.hidden;
}

/* The hole after the last field without an anchor. */
static void put_end(struct table *table, const struct passed *passed)
{
    count_hole(table, passed->end, table->views->loaded.needs[table->mapping]);
    for (size_t i = 0; i < table->column_count; i++) {
        struct column *column = &table->columns[i];
        find_gap(column, column->view->needs[table->mapping]);
    }
    put_hole(table);
}

void table_put_rows(struct table *table)
{
    CHECK(table->column_count > 0);
    size_t count;
    struct entry *entries = list_entries(table, &count);
    struct passed passed = {0};
    table->anchor = FIELD_NO_BASE;
    size_t i = 0;
    for (; i < count && entries[i].anchor == FIELD_NO_BASE; i++)
        put_entry(table, &entries[i], &passed);
    put_end(table, &passed);
    for (; i < count; i++)
        put_entry(table, &entries[i], &passed);
    free(entries);
    table->anchor = FIELD_NO_BASE;
}
