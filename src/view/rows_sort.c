/* SPDX-License-Identifier: MIT */
/* Sorts rows by keys that are made once a sort, in memory that is kept. */
#include "view/rows_sort.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "layout/field.h"
#include "layout/label.h"
#include "layout/value_text.h"
#include "view/rows.h"

/* Rows are sorted by rank (the highest first), those without one by text, then
 * in the layout's order. A row without either comes last. */
struct sort_key {
    struct row row;
    double rank; /* NaN: none */
    size_t text; /* in view->texts; SIZE_MAX: none */
    const char *bytes;
    size_t order;
};

/* Numbers, texts, and what is missing, in the reverse order, too. */
static int class_of(const struct sort_key *key)
{
    /* isnan() may return any number that is not 0. */
    return !isnan(key->rank) ? 0 : key->bytes ? 1 : 2;
}

static int compare(const struct sort_key *a, const struct sort_key *b,
                   bool reverse)
{
    int class = class_of(a);
    int order = class - class_of(b);
    if (order)
        return order;
    if (class == 0)
        order = a->rank > b->rank ? -1 : a->rank < b->rank;
    else if (class == 1)
        order = strcmp(a->bytes, b->bytes);
    if (order)
        return reverse ? -order : order;
    return a->order < b->order ? -1 : a->order > b->order;
}

static int compare_keys(const void *left, const void *right)
{
    return compare(left, right, false);
}

static int compare_reversed(const void *left, const void *right)
{
    return compare(left, right, true);
}

/* --- ranks and texts ------------------------------------------------------ */

static double rank_of(const struct view *view, uint32_t leaf,
                      enum column column)
{
    const struct trend *trend = leaf_trend(view, leaf);
    const struct field *field = leaf_field(view, leaf);
    const struct value *value = leaf_value(view, leaf);
    const struct sampler *sampler = leaf_target(view, leaf)->sampler;
    size_t index = view->tree.leaves[leaf].field;
    struct value other;
    uint64_t at;
    if (column == COLUMN_OFFSET)
        return sampler_field_place(sampler, index, &at) ? -(double)at : NAN;
    if (!trend || value->type == VALUE_NONE)
        return NAN;
    switch (column) {
    case COLUMN_UNIT:
        return NAN;
    case COLUMN_RATE:
        return fabs(trend_rate(trend));
    case COLUMN_AGE:
        return (double)trend->changed_ns;
    case COLUMN_MIN:
        return trend->min;
    case COLUMN_MAX:
        return trend->max;
    case COLUMN_AVERAGE:
        return sampler_average(sampler, index);
    case COLUMN_PREVIOUS:
        return sampler_previous(sampler, index, &other)
                   ? value_number(field, &other)
                   : NAN;
    case COLUMN_BASELINE:
    case COLUMN_DIFFERENCE:
        if (!leaf_baseline(view, leaf, &other))
            return NAN;
        return column == COLUMN_BASELINE
                   ? value_number(field, &other)
                   : value_number(field, value) - value_number(field, &other);
    case COLUMN_ALARM:
        return trend->alarm != ALARM_NONE ? trend->alarm : NAN;
    default:
        return value_number(field, value);
    }
}

/* Nothing for columns that are numbers. */
static bool put_text(struct buf *out, const struct view *view, uint32_t leaf,
                     enum column column)
{
    const struct field *field = leaf_field(view, leaf);
    const struct watched *target = leaf_target(view, leaf);
    const struct value *value = leaf_value(view, leaf);
    size_t at;
    switch (column) {
    case COLUMN_NAME:
        field_put_label(out, target->layout, view->tree.leaves[leaf].field,
                        target->sample->values);
        return true;
    case COLUMN_PATH:
        buf_puts(out, field->path);
        return true;
    case COLUMN_UNIT:
        if (field->attr->unit)
            buf_puts(out, field->attr->unit);
        return field->attr->unit;
    case COLUMN_TYPE:
        field_put_type(out, field);
        return true;
    case COLUMN_VALUE:
        if (value->type != VALUE_BYTES)
            return false;
        at = out->len;
        value_put_text(out, field, value, SHOW_DEFAULT, false);
        return out->len > at;
    default:
        return false;
    }
}

static void sort(struct view *view, struct row *rows, size_t count,
                 bool reverse)
{
    for (size_t i = 0; i < count; i++) {
        struct sort_key *key = &view->keys[i];
        key->bytes =
            key->text == SIZE_MAX ? NULL : view->texts.data + key->text;
        key->order = i;
    }
    qsort(view->keys, count, sizeof *view->keys,
          reverse ? compare_reversed : compare_keys);
    for (size_t i = 0; i < count; i++)
        rows[i] = view->keys[i].row;
}

/* The key of one row, by a column of one leaf. */
static void make_key(struct view *view, size_t index, struct row row,
                     uint32_t leaf, enum column column)
{
    struct sort_key *key = &view->keys[index];
    size_t at = view->texts.len;
    *key = (struct sort_key){.row = row, .rank = NAN, .text = SIZE_MAX};
    if (put_text(&view->texts, view, leaf, column)) {
        key->text = at;
        buf_putc(&view->texts, '\0');
    } else {
        key->rank = rank_of(view, leaf, column);
    }
}

static void begin(struct view *view)
{
    if (!view->keys)
        view->keys = mem_zalloc(view->tree.leaf_count + 1, sizeof *view->keys);
    buf_clear(&view->texts);
}

void rows_sort_flat(struct view *view, struct row *rows, size_t count)
{
    CHECK(view->order < COLUMN_COUNT && count <= view->tree.leaf_count);
    begin(view);
    for (size_t i = 0; i < count; i++)
        make_key(view, i, rows[i], rows[i].at, view->order);
    sort(view, rows, count, view->reverse);
}

void rows_sort_table(struct view *view, const struct heading *array,
                     struct row *rows, size_t count)
{
    CHECK(count <= view->tree.leaf_count);
    begin(view);
    for (size_t i = 0; i < count; i++) {
        const struct heading *element = &view->tree.headings[rows[i].at];
        uint32_t leaf = element->first + array->sort_member;
        make_key(view, i, rows[i], leaf < element->end ? leaf : element->first,
                 COLUMN_VALUE);
    }
    sort(view, rows, count, array->reverse);
}

bool rows_sort_is_moving(const struct view *view)
{
    switch (view->order) {
    case ORDER_LAYOUT:
        for (size_t i = 0; i < view->tree.heading_count; i++)
            if (view->tree.headings[i].sort_member != LEAF_NONE)
                return true;
        return false;
    case COLUMN_NAME:
    case COLUMN_UNIT:
    case COLUMN_PATH:
    case COLUMN_OFFSET:
    case COLUMN_TYPE:
        return false;
    default:
        return true;
    }
}

void rows_sort_close(struct view *view)
{
    free(view->keys);
    view->keys = NULL;
    buf_free(&view->texts);
}
