/* SPDX-License-Identifier: MIT */
/* Makes the rows by a walk through the tree. Nothing is allocated: there is
 * room for all rows of the tree. */
#include "view/rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "layout/path.h"
#include "sampler/visible.h"
#include "view/match.h"
#include "view/rows_sort.h"

const struct watched *leaf_target(const struct view *view, uint32_t leaf)
{
    CHECK(leaf < view->tree.leaf_count);
    return &view->targets[view->tree.leaves[leaf].target];
}

uint32_t leaf_find(const struct view *view, size_t target, const char *path)
{
    CHECK(target < view->target_count);
    size_t field = path_find(view->targets[target].layout, path);
    for (uint32_t i = 0; field != SIZE_MAX && i < view->tree.leaf_count; i++)
        if (view->tree.leaves[i].target == target &&
            view->tree.leaves[i].field == field)
            return i;
    return LEAF_NONE;
}

const struct field *leaf_field(const struct view *view, uint32_t leaf)
{
    const struct leaf *own = &view->tree.leaves[leaf];
    return &view->targets[own->target].layout->fields[own->field];
}

const struct trend *leaf_trend(const struct view *view, uint32_t leaf)
{
    const struct leaf *own = &view->tree.leaves[leaf];
    const struct sample *sample = view->targets[own->target].sample;
    return sample->number ? &sample->trends[own->field] : NULL;
}

const struct value *leaf_value(const struct view *view, uint32_t leaf)
{
    const struct leaf *own = &view->tree.leaves[leaf];
    return &view->targets[own->target].sample->values[own->field];
}

bool leaf_baseline(const struct view *view, uint32_t leaf, struct value *out)
{
    const struct watched *target = leaf_target(view, leaf);
    return sampler_baseline(target->live, view->tree.leaves[leaf].field, out);
}

bool leaf_has_moved(const struct view *view, uint32_t leaf)
{
    const struct watched *target = leaf_target(view, leaf);
    const struct trend *trend = leaf_trend(view, leaf);
    const struct value *value = leaf_value(view, leaf);
    struct value baseline;
    if (target->sampler == target->live)
        return trend && trend->flags & TREND_MOVED;
    return leaf_baseline(view, leaf, &baseline) && value->type != VALUE_NONE &&
           !value_is_same(leaf_field(view, leaf), value, &baseline);
}

bool leaf_shown(const struct view *view, uint32_t leaf)
{
    const struct leaf *own = &view->tree.leaves[leaf];
    const struct watched *target = &view->targets[own->target];
    return target->layout->fields[own->field].level <= view->level &&
           (!target->visible || target->visible[own->field]);
}

bool member_is_column(const struct view *view, uint32_t array, uint32_t member)
{
    const struct heading *element = &view->tree.headings[array + 1];
    CHECK(member < element->end - element->first);
    return leaf_field(view, element->first + member)->level <= view->level;
}

void rows_open(struct view *view)
{
    size_t room = view->tree.leaf_count * 2 + view->tree.heading_count * 2;
    view->rows = mem_zalloc(room, sizeof *view->rows);
    view->row_count = 0;
    view->rows_stale = true;
    for (size_t i = 0; i < view->target_count; i++) {
        struct watched *target = &view->targets[i];
        target->may_hide = visible_hides_any(target->layout);
        target->visible = NULL;
        target->visible_mark = 0;
        target->moves = UINT64_MAX;
        target->number = UINT64_MAX;
        if (target->may_hide || target->layout->base_count)
            target->visible =
                mem_zalloc(target->layout->field_count, sizeof(bool));
    }
}

void rows_close(struct view *view)
{
    for (size_t i = 0; i < view->target_count; i++)
        free(view->targets[i].visible);
    free(view->rows);
    view->rows = NULL;
    view->row_count = 0;
}

bool rows_look(struct view *view, size_t index)
{
    struct watched *target = &view->targets[index];
    const struct sample *sample = target->sample;
    if (!target->visible || target->number == sample->number ||
        (!target->may_hide && target->moves == sample->moves))
        return false;
    target->number = sample->number;
    target->moves = sample->moves;
    uint64_t mark = visible_all(target->layout, sample, target->visible);
    bool changed = mark != target->visible_mark;
    target->visible_mark = mark;
    return changed;
}

#define LARGE_ROOM 30 /* rows of a large screen */

/* --- walking ------------------------------------------------------------- */

struct walk {
    struct view *view;
    struct row *rows;
    size_t count;
    bool whole; /* as if nothing was folded, and without filter */
};

static bool is_filtered(const struct view *view)
{
    return *match_filter(view) || view->alarmed;
}

static bool passes(const struct walk *walk, uint32_t leaf)
{
    struct view *view = walk->view;
    if (walk->whole)
        return leaf_shown(view, leaf);
    if (*match_filter(view) && !view->tree.leaves[leaf].matched)
        return false;
    if (view->alarmed) {
        const struct trend *trend = leaf_trend(view, leaf);
        if (!trend || trend->alarm == ALARM_NONE)
            return false;
    }
    if (leaf_shown(view, leaf))
        return true;
    view->hidden_count += leaf_field(view, leaf)->level <= view->level;
    return false;
}

static bool any_passes(const struct walk *walk, const struct heading *heading)
{
    for (uint32_t leaf = heading->first; leaf < heading->end; leaf++)
        if (passes(walk, leaf))
            return true;
    return false;
}

static void push(struct walk *walk, enum row_kind kind, uint32_t at)
{
    walk->rows[walk->count++] = (struct row){kind, at};
}

static void walk_content(struct walk *walk, uint32_t first, uint32_t end,
                         uint32_t child, uint32_t next);

static void walk_table(struct walk *walk, uint32_t index)
{
    const struct heading *headings = walk->view->tree.headings;
    const struct heading *array = &headings[index];
    size_t titles = walk->count;
    push(walk, ROW_TITLES, index);
    for (uint32_t at = index + 1; at < array->next; at = headings[at].next)
        if (any_passes(walk, &headings[at]))
            push(walk, ROW_ELEMENT, at);
    if (walk->count == titles + 1)
        walk->count = titles;
    else if (array->sort_member != LEAF_NONE && !walk->whole)
        rows_sort_table(walk->view, array, walk->rows + titles + 1,
                        walk->count - titles - 1);
}

static void walk_heading(struct walk *walk, uint32_t index)
{
    const struct heading *heading = &walk->view->tree.headings[index];
    size_t before = walk->count;
    push(walk, ROW_HEADING, index);
    if (heading->folded && !walk->whole && !is_filtered(walk->view)) {
        if (!any_passes(walk, heading))
            walk->count = before;
        return;
    }
    if (heading->table)
        walk_table(walk, index);
    else
        walk_content(walk, heading->first, heading->end, index + 1,
                     heading->next);
    if (walk->count == before + 1)
        walk->count = before;
}

/* The leaves first..end - 1, and the headings child..next - 1 over some of
 * them. */
static void walk_content(struct walk *walk, uint32_t first, uint32_t end,
                         uint32_t child, uint32_t next)
{
    const struct tree *tree = &walk->view->tree;
    for (uint32_t leaf = first; leaf < end;) {
        if (child < next && tree->headings[child].first == leaf) {
            walk_heading(walk, child);
            leaf = tree->headings[child].end;
            child = tree->headings[child].next;
            continue;
        }
        if ((walk->whole || !tree->leaves[leaf].pinned) && passes(walk, leaf))
            push(walk, ROW_FIELD, leaf);
        leaf++;
    }
}

static void walk_tree(struct walk *walk)
{
    const struct tree *tree = &walk->view->tree;
    walk_content(walk, 0, (uint32_t)tree->leaf_count, 0,
                 (uint32_t)tree->heading_count);
}

static void walk_flat(struct walk *walk)
{
    const struct tree *tree = &walk->view->tree;
    size_t before = walk->count;
    for (uint32_t leaf = 0; leaf < tree->leaf_count; leaf++)
        if (!tree->leaves[leaf].pinned && passes(walk, leaf))
            push(walk, ROW_FIELD, leaf);
    rows_sort_flat(walk->view, walk->rows + before, walk->count - before);
}

size_t rows_unfolded(struct view *view, struct row *out)
{
    struct walk walk = {.view = view, .rows = out, .whole = true};
    walk_tree(&walk);
    return walk.count;
}

void rows_make(struct view *view)
{
    struct walk walk = {.view = view, .rows = view->rows};
    view->hidden_count = 0;
    for (size_t i = 0; i < view->pin_count; i++)
        if (leaf_shown(view, view->pins[i]))
            push(&walk, ROW_PINNED, view->pins[i]);
    view->pinned = walk.count;
    if (view->order == ORDER_LAYOUT)
        walk_tree(&walk);
    else
        walk_flat(&walk);
    view->row_count = walk.count;
}

/* --- unfolding ---------------------------------------------------------- */

/* Whether a fold is the layout's choice, and its heading is a row. */
static bool may_unfold(const struct tree *tree, uint32_t at)
{
    if (!tree->headings[at].folded || tree->headings[at].kept)
        return false;
    for (at = tree->headings[at].parent; at != HEADING_NONE;
         at = tree->headings[at].parent)
        if (tree->headings[at].folded)
            return false;
    return true;
}

/* Unfolds a heading if that gives at most `most` more rows; returns how many
 * it gives. */
static size_t unfold(struct view *view, uint32_t at, size_t most,
                     struct row *rows)
{
    struct heading *heading = &view->tree.headings[at];
    if (!may_unfold(&view->tree, at))
        return 0;
    heading->folded = false;
    struct walk walk = {.view = view, .rows = rows};
    walk_heading(&walk, at);
    heading->folded = walk.count == 0 || walk.count - 1 > most;
    if (heading->folded)
        return 0;
    heading->folded_first = false;
    return walk.count - 1;
}

bool rows_unfold_if_fits(struct view *view, size_t room)
{
    struct tree *tree = &view->tree;
    size_t used = view->row_count;
    if (!used || used >= room)
        return false;
    struct row *rows = mem_zalloc(
        tree->leaf_count * 2 + tree->heading_count * 2, sizeof *rows);
    struct row last = view->rows[used - 1];
    for (uint32_t i = 0; i < tree->heading_count && used < room; i++)
        used += unfold(view, i, room - used, rows);
    /* A large screen is not left empty because of one long array. */
    if (last.kind == ROW_HEADING && room >= LARGE_ROOM && used < room / 2)
        used += unfold(view, last.at, SIZE_MAX, rows);
    free(rows);
    bool unfolded = used > view->row_count;
    view->rows_stale |= unfolded;
    return unfolded;
}

/* --- finding ------------------------------------------------------------ */

size_t rows_find(const struct view *view, struct row row)
{
    for (size_t i = 0; i < view->row_count; i++)
        if (view->rows[i].at == row.at && view->rows[i].kind == row.kind)
            return i;
    return SIZE_MAX;
}

size_t rows_find_leaf(const struct view *view, uint32_t leaf)
{
    uint32_t heading = tree_heading_of(&view->tree, leaf);
    size_t found = SIZE_MAX;
    for (size_t i = 0; i < view->row_count; i++) {
        const struct row *row = &view->rows[i];
        if (row->kind == ROW_FIELD || row->kind == ROW_PINNED) {
            if (row->at == leaf)
                return i;
            continue;
        }
        /* The last heading over it is the innermost one. */
        const struct heading *h = &view->tree.headings[row->at];
        if (row->kind != ROW_TITLES && heading != HEADING_NONE &&
            h->first <= leaf && leaf < h->end)
            found = i;
    }
    return found;
}
