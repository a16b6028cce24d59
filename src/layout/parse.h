/* SPDX-License-Identifier: MIT */
/*
 * From an INI file to declarations, and from declarations to fields: the two
 * halves of loading a layout.
 */
#ifndef SHMTOP_LAYOUT_PARSE_H
#define SHMTOP_LAYOUT_PARSE_H

#include "base/ini.h"
#include "layout/attributes.h"
#include "layout/labels.h"
#include "layout/mapping_keys.h"

/* What a file says, before it is resolved; parser_begin, then parser_event
 * for each event of the file, then parser_finish. */
struct parser {
    struct layout *layout; /* borrowed; its arena owns all strings */
    const char *file;      /* borrowed */
    struct problems *problems;
    enum abi abi; /* of all mappings, whatever the file says; ABI_UNKNOWN:
                     as it says */
    int section;  /* which kind of section we are in; see layout_parse.c */
    int mapping_line;
    struct mapping_draft mapping;
    struct labels labels;
    struct declaration *decls;
    size_t count;
    size_t cap;
};

void parser_begin(struct parser *parser, struct layout *layout,
                  const char *file, struct problems *problems);
/* An ini_handler_fn; `user` is the struct parser. */
void parser_event(void *user, const struct ini_event *event);
/* Turns all into fields of the layout, adds what is wrong to `problems`, and
 * releases what the parser owns. */
void parser_finish(struct parser *parser);

/* Makes groups and fields from the declarations of the parser; the label sets
 * and mappings of its layout are complete. */
void resolve_fields(struct parser *parser);

/* Looks a group up by name; SIZE_MAX if there is none. */
size_t index_find(const struct layout *layout, const char *name, size_t len);
/* Makes an empty index for `count` groups. */
void index_make(struct layout *layout, size_t count);
/* Adds group `group`, whose name is not in it yet. */
void index_add(struct layout *layout, size_t group);

#endif
