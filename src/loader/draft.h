/* SPDX-License-Identifier: MIT */
/*
 * From INI files to declarations, and from declarations to fields: the two
 * halves of loading a layout.
 */
#ifndef SHMTOP_LOADER_DRAFT_H
#define SHMTOP_LOADER_DRAFT_H

#include "base/ini.h"
#include "loader/field_keys.h"
#include "loader/label_sections.h"
#include "loader/mapping_keys.h"
#include "loader/snapshot_keys.h"
#include "loader/struct_def.h"

/* What the files say, before it is resolved; parser_begin, then parser_read or
 * parser_event for each event of the file. */
struct parser {
    struct layout *layout; /* borrowed; its arena owns all strings */
    const char *file;      /* that is read at this moment; the layout's */
    struct problems *problems;
    enum abi abi;   /* of all mappings, whatever the files say; ABI_UNKNOWN: as
                       they say */
    int section;    /* which kind of section we are in; see layout_parse.c */
    int depth;      /* of files in files */
    size_t mapping; /* index into mappings, of the section we are in */
    struct mapping_draft *mappings; /* the first is the one without a name */
    size_t mapping_count, mapping_cap;
    struct labels labels;
    struct struct_defs structs;
    struct declarations fields;
    const char **files;
    size_t file_count, file_cap;
};

/* The words of section headers. */
extern const struct word_row section_names[];

void parser_begin(struct parser *parser, struct layout *layout,
                  const char *file, struct problems *problems);
/* Reads a file through parser_event; false with `err` when it cannot be
 * read. */
bool parser_read(struct parser *parser, const char *path, struct err *err);
/* An ini_handler_fn; `user` is the struct parser. */
void parser_event(void *user, const struct ini_event *event);
/* include = FILE in line `line` of the file that is read. */
void parser_include(struct parser *parser, const char *value, int line);

/* The index of the mapping with that name, SIZE_MAX if there is none; in a
 * message, the nearest name. */
size_t parser_find_mapping(const struct parser *parser, const char *name);
struct word_hint parser_mapping_hint(const struct parser *parser,
                                     const char *name);

/* declare.c: "setpoint" and "f32 @72 label=\"Set point\"" of `event`, as a new
 * declaration of `list`. */
void declare_short(struct parser *parser, struct declarations *list,
                   const struct ini_event *event);
/* A new declaration with nothing in it. */
struct declaration *declare(struct parser *parser, struct declarations *list,
                            const char *name, int line);

/* Makes groups and fields from the declarations of the parser; the label sets
 * and mappings of its layout are complete. */
void resolve_fields(struct parser *parser);

/* bind.c: the names of fields that stand where a number could, in snapshots
 * and in mappings, once all fields are there. */
void bind_mappings(struct parser *parser);

#endif
