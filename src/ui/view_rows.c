/* SPDX-License-Identifier: MIT */
/* Decides which fields are rows of the table, and in which order: level,
 * filter, hidden elements, sort order. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "layout/label.h"
#include "sampler/visible.h"
#include "ui/ui_private.h"

static bool contains(const char *text, const char *part)
{
    for (; *text; text++) {
        size_t i = 0;
        while (part[i] && text_lower(text[i]) == text_lower(part[i]))
            i++;
        if (!part[i])
            return true;
    }
    return *part == '\0';
}

bool view_matches(const struct view *view, uint32_t field, const char *pattern)
{
    CHECK(field < view->layout->field_count);
    const char *path = view->layout->fields[field].path;
    struct buf label = {0};
    buf_puts(&label, "");
    field_put_label(&label, view->layout, field, view->values);
    bool match;
    if (strpbrk(pattern, "*?"))
        match = text_match(pattern, path, true) ||
                text_match(pattern, label.data, true);
    else
        match = contains(path, pattern) || contains(label.data, pattern);
    buf_free(&label);
    return match;
}

static bool is_row(const struct view *view, uint32_t field)
{
    const struct field *f = &view->layout->fields[field];
    if (f->level > view->level)
        return false;
    const char *pattern =
        view->prompt == PROMPT_FILTER ? view->input : view->filter;
    return *pattern == '\0' || view_matches(view, field, pattern);
}

/* Rows are sorted by text, then rank, then the layout's order. */
struct sort_key {
    const char *text;
    double rank;
    uint32_t field;
};

static int compare_keys(const void *left, const void *right)
{
    const struct sort_key *a = left, *b = right;
    if (a->text && b->text) {
        int order = strcmp(a->text, b->text);
        if (order)
            return order;
    }
    if (a->rank != b->rank)
        return a->rank > b->rank ? -1 : 1;
    return a->field < b->field ? -1 : a->field > b->field;
}

static double rank_of(const struct view *view, uint32_t field,
                      const struct sample *sample)
{
    if (sample->number == 0 || sample->values[field].type == VALUE_NONE)
        return -INFINITY;
    const struct trend *trend = &sample->trends[field];
    if (view->sort == SORT_ALARM)
        return trend->alarm;
    if (view->sort == SORT_RATE)
        return isnan(trend_rate(trend)) ? -1.0 : fabs(trend_rate(trend));
    return (double)trend->changed_ns;
}

static void sort_rows(struct view *view, const struct sample *sample)
{
    size_t count = view->row_count;
    struct sort_key *keys = mem_zalloc(count, sizeof *keys);
    struct arena *arena = arena_new();
    struct buf label = {0};
    for (size_t i = 0; i < count; i++) {
        uint32_t field = view->rows[i];
        keys[i].field = field;
        if (view->sort == SORT_NAME) {
            buf_clear(&label);
            buf_puts(&label, "");
            field_put_label(&label, view->layout, field, view->values);
            keys[i].text = arena_strdup(arena, label.data);
        } else {
            keys[i].rank = rank_of(view, field, sample);
        }
    }
    qsort(keys, count, sizeof *keys, compare_keys);
    for (size_t i = 0; i < count; i++)
        view->rows[i] = keys[i].field;
    buf_free(&label);
    arena_free(arena);
    free(keys);
}

static void keep_cursor(struct view *view, uint32_t field)
{
    for (size_t i = 0; i < view->row_count; i++) {
        if (view->rows[i] == field) {
            view->cursor = i;
            return;
        }
    }
    if (view->cursor >= view->row_count)
        view->cursor = view->row_count ? view->row_count - 1 : 0;
}

/* A hash that changes when fields appear, disappear or move. */
static uint64_t visible_mark(const struct view *view,
                             const struct sample *sample)
{
    uint64_t mark = sample->moves;
    if (!view->may_hide)
        return mark;
    for (size_t i = 0; i < view->selection_count; i++) {
        bool shown = visible_field(view->layout, sample, view->selection[i]);
        mark = (mark ^ (uint64_t)shown) * UINT64_C(0x100000001b3);
        mark ^= mark >> 29;
    }
    return mark;
}

static void make_rows(struct view *view, const struct sample *sample)
{
    view->row_count = 0;
    view->hidden_count = 0;
    for (size_t i = 0; i < view->selection_count; i++) {
        uint32_t field = view->selection[i];
        if (!is_row(view, field))
            continue;
        if (visible_field(view->layout, sample, field))
            view->rows[view->row_count++] = field;
        else
            view->hidden_count++;
    }
}

void view_refresh(struct view *view, const struct sample *sample)
{
    CHECK(sample->field_count == view->layout->field_count);
    view->values = sample->values;
    uint64_t mark = visible_mark(view, sample);
    view->rows_stale |= mark != view->visible;
    view->visible = mark;
    bool moving =
        view->sort >= SORT_RECENT && view->sorted_sample != sample->number;
    if (!view->rows_stale && !moving)
        return;
    /* When a sample sorts the rows the cursor stays on its row: following its
     * field down would leave the top. */
    bool follow = view->rows_stale && view->cursor < view->row_count;
    uint32_t field = follow ? view->rows[view->cursor] : UINT32_MAX;
    if (view->rows_stale)
        make_rows(view, sample);
    if (view->sort != SORT_LAYOUT)
        sort_rows(view, sample);
    keep_cursor(view, field);
    view->rows_stale = false;
    view->sorted_sample = sample->number;
}
