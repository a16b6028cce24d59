/* SPDX-License-Identifier: MIT */
/* The stages of loading, in order, for loader.c.  Each fills a further part of
 * the draft or of its layout, and reports all that is wrong with it. */
#ifndef SHMTOP_LOADER_LOADER_PRIVATE_H
#define SHMTOP_LOADER_LOADER_PRIVATE_H

#include "base/ini.h"
#include "loader/draft.h"

/* include.c: reads a file into the draft; `path` must live as long as the
 * layout.  False with `err` when it cannot be read. */
bool include_read(struct draft *draft, const char *path, struct err *err);
/* Reads the file of `include = VALUE` in line `line`, then goes on with the
 * file and section that include it. */
void include_file(struct draft *draft, const char *value, int line);

/* sections.c: an ini_handler_fn; `user` is the struct draft.  A line with
 * errors adds them to the problems and changes nothing else. */
void sections_event(void *user, const struct ini_event *event);
/* field_line.c: adds the field of a line in [fields] or [struct NAME],
 * `setpoint = f32 @72 label="Set point"`, to `list`. */
void field_line_read(struct draft *draft, struct declarations *list,
                     const struct ini_event *event);

/* field_check.c: checks the attributes of all fields and members, whose types
 * are known, under the ABIs under which they are used.  Looks up their enums
 * and flags, and fills in the defaults that follow (role, precision). */
void fields_check(struct draft *draft);

/* place_fields.c: fills the groups of the layout, one for each field of the
 * draft, and the index of their names.  draft->placements gets where each is.
 * A field with errors, or with the name of an earlier one, has a group with a
 * count of 0.  The structs are placed.  There are at most LAYOUT_FIELDS_MAX
 * leaves, none of which ends after LAYOUT_SIZE_MAX. */
void fields_place(struct draft *draft);

/* unroll.c: fills fields, instances and bases of the layout from its groups
 * and draft->placements, and the first leaf of each group; computed fields are
 * at the end.  The leaves of a declaration are consecutive, in the order of its
 * struct's members.  Bases whose fields are to be looked up are added to
 * draft->references. */
void unroll_fields(struct draft *draft);

/* overlap.c: adds to `problems`: as errors, fields that overlap (of bit fields
 * only their bits count) or end after the mapping; as warnings, misaligned
 * fields whose place the layout gives, or that a snapshot method relies on. */
void overlaps_check(const struct layout *layout, struct problems *problems);

#endif
