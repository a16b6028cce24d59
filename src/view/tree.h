/* SPDX-License-Identifier: MIT */
/* The fields of all targets as a tree: headings (targets, mappings, groups,
 * arrays, structs) over leaves. Which of them are rows is rows.h. */
#ifndef SHMTOP_VIEW_TREE_H
#define SHMTOP_VIEW_TREE_H

#include <stdbool.h>

#include "base/buf.h"
#include "layout/layout.h"
#include "layout/value.h"

enum heading_kind {
    HEADING_TARGET,  /* if there are several */
    HEADING_MAPPING, /* if its layout has several */
    HEADING_GROUP,   /* the fields of one `group` attribute */
    HEADING_ARRAY,
    HEADING_STRUCT, /* an element of an array, or a struct by itself */
};

#define HEADING_NONE UINT32_MAX
#define LEAF_NONE UINT32_MAX

/* A heading. In tree.headings each comes before those below it. */
struct heading {
    const struct group *group; /* HEADING_ARRAY, HEADING_STRUCT; else NULL */
    const char *title;         /* of a `group` attribute; or NULL */
    uint32_t parent;           /* index of a heading, or HEADING_NONE */
    uint32_t next;        /* index of the first heading that is not below it */
    uint32_t first, end;  /* its leaves: first..end - 1 */
    uint32_t instance;    /* HEADING_STRUCT: in layout.instances */
    uint32_t element;     /* HEADING_STRUCT: of its array */
    uint32_t sort_member; /* of a table: leaf of its elements by which they are
                             sorted, from 0; LEAF_NONE: by index */
    uint16_t target;      /* index */
    uint16_t mapping;     /* of its target's layout */
    uint8_t kind;         /* enum heading_kind */
    uint8_t depth;        /* headings above it */
    bool folded, folded_first; /* now, and before any key */
    bool kept;                 /* a kept setting says whether it is folded */
    bool uniform; /* an array of structs: its elements have the same members;
                     they may differ if the user left out fields */
    bool table, table_first; /* an array of structs is shown as a table */
    bool reverse;            /* of sort_member */
};

/* A leaf of the tree: a field of a target. */
struct leaf {
    uint32_t field;
    uint16_t target;
    uint8_t base; /* enum show for the number base; SHOW_DEFAULT: its own */
    bool marked;
    bool pinned;
    bool matched; /* by the filter that is on */
};

struct tree {
    struct heading *headings; /* owned */
    size_t heading_count;
    struct leaf *leaves; /* owned */
    size_t leaf_count;
};

/* A target as the tree needs it. `fields` (rising) are those to show; NULL:
 * all. */
struct tree_part {
    const struct layout *layout;
    const uint32_t *fields;
    size_t field_count;
};

/* Makes the tree of `count` targets. Long arrays are folded. */
void tree_make(struct tree *tree, const struct tree_part *parts, size_t count);
void tree_free(struct tree *tree);

/* The innermost heading over a leaf, or HEADING_NONE. */
uint32_t tree_heading_of(const struct tree *tree, uint32_t leaf);

/* The elements of an array. */
uint32_t tree_elements(const struct heading *array);

/* Whether the heading is an array of structs whose elements are alike. */
static inline bool heading_can_be_table(const struct heading *heading)
{
    return heading->kind == HEADING_ARRAY && heading->uniform;
}

/* Appends what names the heading in a file: "pumps[3]" for arrays and structs,
 * "=Control" for a group, "@scoring" for a mapping; nothing for a target. */
void tree_put_id(struct buf *out, const struct tree *tree,
                 const struct layout *layout, uint32_t heading);

#endif
