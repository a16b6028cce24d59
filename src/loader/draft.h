/* SPDX-License-Identifier: MIT */
/* What the files of a layout say, before it becomes a layout. */
#ifndef SHMTOP_LOADER_DRAFT_H
#define SHMTOP_LOADER_DRAFT_H

#include "loader/declaration.h"
#include "loader/label_sections.h"
#include "loader/mapping_keys.h"
#include "loader/references.h"
#include "loader/struct_def.h"

struct draft {
    struct layout *layout; /* borrowed; its arena owns all strings */
    struct problems *problems;
    enum abi abi; /* overrides the ABI of all mappings; ABI_UNKNOWN: none */

    /* Where the reader is. */
    const char *file;
    int section;    /* see sections.c; 0: before the first */
    int depth;      /* of files in files */
    size_t mapping; /* index of the section's mapping */

    struct mapping_draft *mappings; /* the first is the one without a name */
    size_t mapping_count;
    struct labels labels;
    struct struct_defs structs;
    struct declarations fields;
    struct placement *placements; /* by field, once they are placed */
    struct references references;
    const char **files;
    size_t file_count;
};

void draft_begin(struct draft *draft, struct layout *layout, enum abi abi,
                 struct problems *problems);
void draft_free(struct draft *draft);

/* Finishes the mappings of the layout, and its list of files.  The fields know
 * their mappings then. */
void draft_finish(struct draft *draft);

/* Adds an error in line `line` of the file that is read. */
void draft_problem(struct draft *draft, int line, const char *fmt, ...)
    PRINTF_LIKE(3, 4);

/* A mapping first mentioned in line `line`; NULL: the one without a name. */
struct mapping_draft *draft_add_mapping(struct draft *draft, const char *id,
                                        int line);
/* The index of the mapping with that name, or SIZE_MAX. */
size_t draft_find_mapping(const struct draft *draft, const char *id);

#endif
