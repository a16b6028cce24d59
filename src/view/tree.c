/* SPDX-License-Identifier: MIT */
/* Builds the tree from the shape of each layout: groups of declarations, their
 * arrays and structs. */
#include "view/tree.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/name_table.h"

/* Arrays with more elements are folded at first. */
#define TABLE_OPEN_MOST 32
#define ARRAY_OPEN_MOST 16
#define STRUCTS_OPEN_MOST 4

struct builder {
    struct tree *tree;
    const struct tree_part *part; /* the target at hand */
    uint8_t *wanted;   /* by field: it is one to show; NULL: all are */
    uint32_t instance; /* of the next struct */
    uint32_t open;     /* the heading that is open */
    uint16_t target, mapping;
};

static void add_leaf(struct builder *b, uint32_t field)
{
    if (b->wanted && !b->wanted[field])
        return;
    *MEM_ADD(b->tree->leaves, b->tree->leaf_count) =
        (struct leaf){.field = field, .target = b->target};
}

static uint32_t begin(struct builder *b, enum heading_kind kind)
{
    struct tree *tree = b->tree;
    uint32_t index = (uint32_t)tree->heading_count;
    uint8_t depth = 0;
    if (b->open != HEADING_NONE)
        depth = (uint8_t)(tree->headings[b->open].depth + 1);
    *MEM_ADD(tree->headings, tree->heading_count) = (struct heading){
        .parent = b->open,
        .first = (uint32_t)tree->leaf_count,
        .instance = FIELD_NO_INSTANCE,
        .sort_member = LEAF_NONE,
        .target = b->target,
        .mapping = b->mapping,
        .kind = (uint8_t)kind,
        .depth = depth,
    };
    b->open = index;
    return index;
}

/* Ends the heading that is open. One without leaves goes again. */
static void end(struct builder *b)
{
    struct tree *tree = b->tree;
    uint32_t index = b->open;
    struct heading *heading = &tree->headings[index];
    b->open = heading->parent;
    heading->end = (uint32_t)tree->leaf_count;
    heading->next = (uint32_t)tree->heading_count;
    if (heading->first == heading->end)
        tree->heading_count = index;
}

static void add_declaration(struct builder *b, const struct group *group,
                            uint32_t field, const char *title);

static void add_struct(struct builder *b, const struct group *group,
                       uint32_t field, uint32_t element, const char *title)
{
    uint32_t index = begin(b, HEADING_STRUCT);
    struct heading *heading = &b->tree->headings[index];
    heading->group = group;
    heading->title = title;
    heading->element = element;
    heading->instance = b->instance++;
    heading->folded = heading->folded_first = group->count > STRUCTS_OPEN_MOST;
    for (size_t i = 0; i < group->shape->member_count; i++) {
        const struct group *member = &group->shape->members[i];
        add_declaration(b, member, field + member->first, NULL);
    }
    end(b);
}

/* Whether the elements of an array, which is not ended yet, have leaves for the
 * same members. */
static bool is_uniform(const struct tree *tree, uint32_t array)
{
    const struct heading *headings = tree->headings;
    const struct heading *first = &headings[array + 1];
    for (uint32_t at = array + 1; at < tree->heading_count;
         at = headings[at].next) {
        const struct heading *element = &headings[at];
        uint32_t members = element->end - element->first;
        uint32_t shift =
            (element->element - first->element) * element->group->leaves;
        if (members != first->end - first->first)
            return false;
        for (uint32_t i = 0; i < members; i++)
            if (tree->leaves[element->first + i].field !=
                tree->leaves[first->first + i].field + shift)
                return false;
    }
    return true;
}

static void add_array(struct builder *b, const struct group *group,
                      uint32_t field, const char *title)
{
    uint32_t index = begin(b, HEADING_ARRAY);
    struct heading *heading = &b->tree->headings[index];
    bool table = group->shape && group->count > 1 && group->leaves > 1;
    heading->group = group;
    heading->title = title;
    heading->folded = heading->folded_first =
        group->count > (table ? TABLE_OPEN_MOST : ARRAY_OPEN_MOST);
    for (uint32_t i = 0; i < group->count; i++)
        if (group->shape)
            add_struct(b, group, field + i * group->leaves, i, NULL);
        else
            add_leaf(b, field + i);
    bool any = b->tree->heading_count > index + 1;
    heading = &b->tree->headings[index];
    heading->uniform = group->shape && any && is_uniform(b->tree, index);
    heading->table = heading->table_first = table && heading->uniform;
    end(b);
}

static void add_declaration(struct builder *b, const struct group *group,
                            uint32_t field, const char *title)
{
    if (group->array)
        add_array(b, group, field, title);
    else if (group->shape)
        add_struct(b, group, field, 0, title);
    else
        add_leaf(b, field);
}

/* A declaration at top level: its instances are known by its first leaf. */
static void add_top(struct builder *b, const struct group *group,
                    const char *title)
{
    const struct layout *layout = b->part->layout;
    uint32_t instance = layout->fields[group->first].instance;
    if (group->shape && group->count > 0) {
        CHECK(instance != FIELD_NO_INSTANCE);
        while (layout->instances[instance].parent != FIELD_NO_INSTANCE)
            instance = layout->instances[instance].parent;
        b->instance = instance;
    }
    add_declaration(b, group, group->first, title);
}

/* The declarations of one mapping with one `group` attribute: a list by
 * `next`. */
struct titled {
    uint32_t first, last, count;
};

struct titles {
    uint32_t *next;       /* by declaration; UINT32_MAX: the last one */
    struct titled *items; /* in the order of their first declaration */
    size_t item_count;
    uint32_t *item_of; /* by declaration; UINT32_MAX: not titled */
};

static void find_titles(struct titles *titles, const struct layout *layout,
                        size_t mapping)
{
    struct name_table names = {0};
    size_t count = layout->group_count;
    *titles = (struct titles){
        .next = mem_zalloc(count, sizeof *titles->next),
        .item_of = mem_zalloc(count, sizeof *titles->item_of),
    };
    for (uint32_t i = 0; i < count; i++) {
        const struct group *group = &layout->groups[i];
        titles->next[i] = titles->item_of[i] = UINT32_MAX;
        if (!group->title || layout->fields[group->first].mapping != mapping)
            continue;
        size_t at = name_table_add(&names, group->title, titles->item_count);
        if (at == SIZE_MAX) {
            at = titles->item_count;
            *MEM_ADD(titles->items, titles->item_count) =
                (struct titled){i, i, 0};
        } else {
            titles->next[titles->items[at].last] = i;
        }
        titles->items[at].last = i;
        titles->items[at].count++;
        titles->item_of[i] = (uint32_t)at;
    }
    name_table_free(&names);
}

static void add_titled(struct builder *b, const struct titles *titles,
                       uint32_t declaration)
{
    const struct group *groups = b->part->layout->groups;
    const struct titled *item = &titles->items[titles->item_of[declaration]];
    const struct group *only = &groups[item->first];
    /* A group of one struct or array of structs needs one heading, not two. */
    if (item->count == 1 && only->shape) {
        add_top(b, only, only->title);
        return;
    }
    uint32_t index = begin(b, HEADING_GROUP);
    b->tree->headings[index].title = only->title;
    for (uint32_t i = item->first; i != UINT32_MAX; i = titles->next[i])
        add_top(b, &groups[i], NULL);
    end(b);
}

static void add_mapping(struct builder *b, size_t mapping)
{
    const struct layout *layout = b->part->layout;
    struct titles titles;
    find_titles(&titles, layout, mapping);
    b->mapping = (uint16_t)mapping;
    bool several = layout->mapping_count > 1;
    if (several)
        begin(b, HEADING_MAPPING);
    for (uint32_t i = 0; i < layout->group_count; i++) {
        const struct group *group = &layout->groups[i];
        if (layout->fields[group->first].mapping != mapping)
            continue;
        uint32_t item = titles.item_of[i];
        if (item == UINT32_MAX)
            add_top(b, group, NULL);
        else if (titles.items[item].first == i)
            add_titled(b, &titles, i);
    }
    if (several)
        end(b);
    free(titles.next);
    free(titles.items);
    free(titles.item_of);
}

static uint8_t *find_wanted(const struct tree_part *part)
{
    if (!part->fields)
        return NULL;
    uint8_t *wanted = mem_zalloc(part->layout->field_count, 1);
    for (size_t i = 0; i < part->field_count; i++) {
        CHECK(part->fields[i] < part->layout->field_count);
        wanted[part->fields[i]] = 1;
    }
    return wanted;
}

void tree_make(struct tree *tree, const struct tree_part *parts, size_t count)
{
    CHECK(count > 0 && count <= UINT16_MAX);
    *tree = (struct tree){0};
    for (size_t i = 0; i < count; i++) {
        struct builder b = {
            .tree = tree,
            .part = &parts[i],
            .open = HEADING_NONE,
            .target = (uint16_t)i,
        };
        b.wanted = find_wanted(&parts[i]);
        if (count > 1)
            begin(&b, HEADING_TARGET);
        for (size_t m = 0; m < parts[i].layout->mapping_count; m++)
            add_mapping(&b, m);
        if (count > 1)
            end(&b);
        free(b.wanted);
        CHECK(b.open == HEADING_NONE);
    }
}

void tree_free(struct tree *tree)
{
    free(tree->headings);
    free(tree->leaves);
    *tree = (struct tree){0};
}

uint32_t tree_heading_of(const struct tree *tree, uint32_t leaf)
{
    CHECK(leaf < tree->leaf_count);
    size_t low = 0;
    size_t high = tree->heading_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (tree->headings[middle].first <= leaf)
            low = middle + 1;
        else
            high = middle;
    }
    uint32_t at = low ? (uint32_t)low - 1 : HEADING_NONE;
    while (at != HEADING_NONE && tree->headings[at].end <= leaf)
        at = tree->headings[at].parent;
    return at;
}

uint32_t tree_elements(const struct heading *array)
{
    CHECK(array->kind == HEADING_ARRAY);
    return array->group->count;
}

static void put_array_id(struct buf *out, const struct tree *tree,
                         uint32_t index)
{
    const struct heading *heading = &tree->headings[index];
    uint32_t above = heading->parent;
    bool element = heading->kind == HEADING_STRUCT && heading->group->array;
    if (above != HEADING_NONE && tree->headings[above].group) {
        put_array_id(out, tree, above);
        if (!element)
            buf_putc(out, '.');
    }
    if (element)
        buf_printf(out, "[%u]", (unsigned)heading->element);
    else
        buf_puts(out, heading->group->name);
}

void tree_put_id(struct buf *out, const struct tree *tree,
                 const struct layout *layout, uint32_t heading)
{
    CHECK(heading < tree->heading_count);
    const struct heading *h = &tree->headings[heading];
    switch ((enum heading_kind)h->kind) {
    case HEADING_TARGET:
        return;
    case HEADING_MAPPING:
        buf_printf(out, "@%s", layout_mapping_id(layout, h->mapping));
        return;
    case HEADING_GROUP:
        buf_printf(out, "=%s", h->title);
        return;
    case HEADING_ARRAY:
    case HEADING_STRUCT:
        put_array_id(out, tree, heading);
        return;
    }
}
