/* SPDX-License-Identifier: MIT */
/*
 * Which columns a table of `check` has, and how wide they are.
 * Invariant: ABIs under which everything is the same share one column.  What
 * is in the rows is left to check_rows.c.
 */
#include <string.h>

#include "check/fold.h"
#include "check/table.h"
#include "layout/words.h"

#define HOLE "(hole)"

static int digits_of(uint64_t number)
{
    int digits = 1;
    for (; number >= 10; number /= 10)
        digits++;
    return digits;
}

static int wider(int width, size_t other)
{
    return (int)other > width ? (int)other : width;
}

const char *table_type(struct table *table, const struct field *field)
{
    buf_clear(&table->type);
    field_put_type_order(&table->type, field);
    return table->type.data;
}

/* --- columns ------------------------------------------------------------- */

static void add_column(struct table *table, const struct abi_view *view,
                       unsigned abi)
{
    for (size_t i = 0; i < table->column_count; i++) {
        if (checkup_same(table->checkup, table->columns[i].view, view)) {
            table->columns[i].abis |= 1u << abi;
            return;
        }
    }
    table->columns[table->column_count++] =
        (struct column){.view = view, .abis = 1u << abi};
}

static bool anything_moves(const struct table *table)
{
    const struct checkup *checkup = table->checkup;
    bool moves = checkup_need_moves(checkup, table->mapping);
    for (size_t i = 0; i < table->layout->field_count && !moves; i++) {
        moves = table->layout->fields[i].mapping == table->mapping &&
                checkup_moves(checkup, i);
    }
    return moves;
}

static void choose_columns(struct table *table)
{
    table->beside = !table->style->one_abi && anything_moves(table);
    table->column_count = 0;
    for (unsigned abi = 0; abi < ABI_COUNT && table->beside; abi++)
        if (table->checkup->views[abi].sound)
            add_column(table, &table->checkup->views[abi], abi);
    if (table->column_count == 0) {
        table->columns[0] = (struct column){0};
        table->column_count = 1;
    }
}

struct leaf_place table_place(const struct table *table,
                              const struct column *column, size_t leaf)
{
    const struct field *field = &table->layout->fields[leaf];
    if (column->view)
        return column->view->places[leaf];
    return (struct leaf_place){
        .at = place_at(table->layout, field),
        .size = field->size,
        .shift = field->shift,
    };
}

uint64_t table_need(const struct table *table, const struct column *column)
{
    return column->view ? column->view->needs[table->mapping]
                        : layout_mapping_need(table->layout, table->mapping);
}

/* --- widths -------------------------------------------------------------- */

bool table_has(const struct table *table, const struct field *field)
{
    return field->mapping == table->mapping && field->kind != KIND_COMPUTED;
}

static void measure_leaf(struct table *table, size_t leaf)
{
    const struct field *field = &table->layout->fields[leaf];
    struct spot spot;
    spot_find(table->layout, leaf, table->style->unfold, &spot);
    if (spot.next) {
        int width = (int)spot.name_len + digits_of(spot.array->count) + 5;
        table->path_width = wider(table->path_width, (size_t)width);
    }
    if (spot.hidden)
        return;
    table->marks |= !spot.placed;
    table->any_given |= spot.placed;
    table->path_width = wider(table->path_width, strlen(field->path));
    table->type_width =
        wider(table->type_width, strlen(table_type(table, field)));
}

void table_measure(struct table *table)
{
    choose_columns(table);
    uint64_t most = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        uint64_t need = table_need(table, &table->columns[i]);
        most = need > most ? need : most;
    }
    table->path_width = (int)strlen(HOLE);
    table->type_width = (int)strlen("type");
    for (size_t i = 0; i < table->layout->field_count; i++)
        if (table_has(table, &table->layout->fields[i]))
            measure_leaf(table, i);
    table->marks = table->marks && table->any_given;
    table->offset_width =
        wider((int)strlen("offset"), (size_t)digits_of(most) + table->marks);
    table->size_width =
        table->beside ? wider((int)strlen("size"), (size_t)digits_of(most))
                      : table->offset_width;
    table->hex_width = 4;
    for (uint64_t rest = most >> 16; rest; rest >>= 4)
        table->hex_width++;
}
