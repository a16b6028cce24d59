/* SPDX-License-Identifier: MIT */
/* What the heading of a fold says about its inside, so that it need not be
 * opened: how many are in use, what most of them do, and one number. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "layout/value_text.h"
#include "panes/detail.h"
#include "panes/field_text.h"
#include "panes/table.h"
#include "view/row_text.h"
#include "view/rows.h"

#define LABELS_MOST 16 /* different labels that are counted */

struct alarm_sum alarm_sum(const struct view *view, uint32_t first,
                           uint32_t end, uint32_t step)
{
    CHECK(step > 0);
    struct alarm_sum sum = {0};
    for (uint32_t at = first; at < end; at += step) {
        bool shown = false, alarmed = false;
        for (uint32_t leaf = at; leaf < at + step && leaf < end; leaf++) {
            const struct trend *trend = leaf_trend(view, leaf);
            if (!leaf_shown(view, leaf))
                continue;
            shown = true;
            if (!trend || trend->alarm == ALARM_NONE)
                continue;
            alarmed = true;
            if (trend->alarm > sum.worst)
                sum.worst = trend->alarm;
        }
        sum.of += shown;
        sum.count += alarmed;
    }
    return sum;
}

/* The elements of an array: leaves `first`, `first + step`, ... */
struct elements {
    uint32_t first, end, step;
};

static struct elements elements_of(const struct view *view, uint32_t array)
{
    const struct heading *heading = &view->tree.headings[array];
    uint32_t step = 1;
    if (heading->group->shape)
        step = heading[1].end - heading[1].first;
    return (struct elements){heading->first, heading->end, step};
}

/* Whether `leaf` is the same member as `first`: with some fields left out by
 * the user elements may differ. */
static bool is_member(const struct view *view, uint32_t leaf, uint32_t first)
{
    return leaf_shown(view, leaf) &&
           leaf_field(view, leaf)->attr == leaf_field(view, first)->attr;
}

static bool is_plain_number(const struct field *field)
{
    const struct attributes *attr = field->attr;
    bool number = field->kind <= KIND_FLOAT || field->kind == KIND_COMPUTED;
    return number && !attr->labels && attr->show < SHOW_DURATION &&
           field->level == LEVEL_INFO;
}

uint32_t summary_number(const struct view *view, uint32_t array)
{
    struct elements all = elements_of(view, array);
    uint32_t counter = LEAF_NONE;
    for (uint32_t i = 0; i < all.step && all.first + i < all.end; i++) {
        const struct field *field = leaf_field(view, all.first + i);
        if (!is_plain_number(field))
            continue;
        if (field->attr->role == ROLE_GAUGE)
            return i;
        if (field->attr->role == ROLE_COUNTER && counter == LEAF_NONE)
            counter = i;
    }
    return counter;
}

/* --- labels -------------------------------------------------------------- */

struct label_count {
    const char *label;
    size_t count;
    int order; /* of its first element */
};

static void count_label(struct label_count *counts, const char *label)
{
    for (int i = 0; label && i < LABELS_MOST; i++) {
        if (!counts[i].label)
            counts[i] = (struct label_count){.label = label, .order = i};
        if (counts[i].label != label)
            continue;
        counts[i].count++;
        return;
    }
}

/* The first member that is an enum, or LEAF_NONE. */
static uint32_t enum_member(const struct view *view, struct elements all)
{
    for (uint32_t i = 0; i < all.step && all.first + i < all.end; i++) {
        const struct field *field = leaf_field(view, all.first + i);
        if (field->attr->labels && !field->attr->labels->flags &&
            field->level <= view->level)
            return i;
    }
    return LEAF_NONE;
}

static int compare_counts(const void *left, const void *right)
{
    const struct label_count *a = left, *b = right;
    if (a->count != b->count)
        return a->count > b->count ? -1 : 1;
    return a->order - b->order;
}

/* Counts the labels of the first enum of an array into `counts`, the commonest
 * first; the rest of them are zero. */
static void count_labels(const struct view *view, struct elements all,
                         struct label_count *counts)
{
    memset(counts, 0, LABELS_MOST * sizeof *counts);
    uint32_t member = enum_member(view, all);
    if (member == LEAF_NONE)
        return;
    uint32_t first = all.first + member;
    for (uint32_t leaf = first; leaf < all.end; leaf += all.step)
        if (is_member(view, leaf, first))
            count_label(counts, value_enum_label(leaf_field(view, leaf),
                                                 leaf_value(view, leaf)));
    qsort(counts, LABELS_MOST, sizeof *counts, compare_counts);
}

static void put_commonest(struct buf *out, const struct drawing *d,
                          struct elements all)
{
    struct label_count counts[LABELS_MOST];
    count_labels(d->view, all, counts);
    if (!counts[0].count)
        return;
    buf_printf(out, "   %zu ", counts[0].count);
    draw_put_plain(out, &d->canvas, counts[0].label);
}

void summary_flow_labels(struct flow *flow, uint32_t array)
{
    const struct view *view = flow->d->view;
    struct label_count counts[LABELS_MOST];
    count_labels(view, elements_of(view, array), counts);
    for (int i = 0; i < LABELS_MOST && counts[i].count; i++) {
        struct buf *text = flow_begin(flow, "");
        buf_printf(text, "%zu ", counts[i].count);
        draw_put_plain(text, &flow->d->canvas, counts[i].label);
        flow_item(flow, 3, STYLE_PLAIN);
    }
}

/* --- numbers ------------------------------------------------------------- */

static void put_number(struct buf *out, const struct drawing *d, uint32_t array,
                       struct elements all)
{
    const struct view *view = d->view;
    uint32_t member = summary_number(view, array);
    double sum = 0;
    size_t count = 0;
    if (member == LEAF_NONE)
        return;
    uint32_t first = all.first + member;
    const struct field *field = leaf_field(view, first);
    for (uint32_t leaf = first; leaf < all.end; leaf += all.step) {
        double number = NAN;
        if (is_member(view, leaf, first))
            number = value_number(field, leaf_value(view, leaf));
        if (!isfinite(number))
            continue;
        sum += number;
        count++;
    }
    if (!count)
        return;
    bool gauge = field->attr->role == ROLE_GAUGE;
    buf_puts(out, gauge ? "   avg " : "   sum ");
    if (all.step > 1) {
        struct buf *label = d->canvas.shorter;
        buf_clear(label);
        leaf_put_short_label(label, view, first);
        draw_put_plain(out, &d->canvas, label->data);
        buf_putc(out, ' ');
    }
    draw_put_number(out, field, gauge ? sum / (double)count : sum);
    draw_put_unit(out, &d->canvas, field);
}

/* --- headings ------------------------------------------------------------ */

static size_t shown_elements(const struct view *view, struct elements all)
{
    size_t count = 0;
    for (uint32_t at = all.first; at < all.end; at += all.step) {
        uint32_t leaf = at;
        while (leaf < at + all.step && leaf < all.end &&
               !leaf_shown(view, leaf))
            leaf++;
        count += leaf < at + all.step && leaf < all.end;
    }
    return count;
}

static void put_array(struct buf *out, const struct drawing *d, uint32_t array)
{
    struct elements all = elements_of(d->view, array);
    size_t shown = shown_elements(d->view, all);
    size_t count = (all.end - all.first + all.step - 1) / all.step;
    if (shown < count)
        buf_printf(out, "   %zu of %zu", shown, count);
    put_commonest(out, d, all);
    put_number(out, d, array, all);
}

/* The labels and the first number of a struct. */
static void put_struct(struct buf *out, const struct drawing *d,
                       const struct heading *heading)
{
    const struct view *view = d->view;
    bool labelled = false;
    for (uint32_t leaf = heading->first; leaf < heading->end; leaf++) {
        const struct field *field = leaf_field(view, leaf);
        bool label = field->attr->labels && !field->attr->labels->flags;
        bool number = is_plain_number(field);
        if (!leaf_shown(view, leaf) || (label ? labelled : !number) ||
            leaf_value(view, leaf)->type == VALUE_NONE)
            continue;
        buf_puts(out, "   ");
        if (number) {
            struct buf *name = d->canvas.shorter;
            buf_clear(name);
            leaf_put_short_label(name, view, leaf);
            draw_put_plain(out, &d->canvas, name->data);
            buf_putc(out, ' ');
        }
        draw_put_value(out, d, leaf, true);
        if (number)
            draw_put_unit(out, &d->canvas, field);
        labelled |= label;
        if (number)
            return;
    }
}

void summary_put(struct buf *out, const struct drawing *d, uint32_t heading)
{
    const struct heading *h = &d->view->tree.headings[heading];
    const struct watched *target = &d->view->targets[h->target];
    if (!target->sample->number)
        return;
    if (h->kind == HEADING_ARRAY)
        put_array(out, d, heading);
    else if (h->kind == HEADING_STRUCT && h->folded)
        put_struct(out, d, h);
    else if (h->folded)
        buf_printf(out, "   %u field%s", (unsigned)(h->end - h->first),
                   h->end - h->first == 1 ? "" : "s");
}
