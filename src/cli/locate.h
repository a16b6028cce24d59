/* SPDX-License-Identifier: MIT */
/* Which layout file and which mapping TARGET means. */
#ifndef SHMTOP_CLI_LOCATE_H
#define SHMTOP_CLI_LOCATE_H

#include "base/err.h"

struct located {
    char *layout;          /* path of the layout file; owned */
    const char *installed; /* its name if it is an installed one; borrowed */
    const char *target;    /* mapping as given, borrowed; NULL: the layout's */
};

/* Resolves the operand with the arguments of --layout and --target (each NULL
 * if not given).  STATUS_USAGE if something is missing, given twice or not
 * found, with the searched folders and the nearest name.  The mapping is not
 * opened. */
bool locate_target(struct located *out, const char *operand,
                   const char *layout_option, const char *target_option,
                   struct err *err);
void located_free(struct located *located);

/* Whether an operand is a mapping; `layout_known`: with --layout. */
bool locate_is_mapping(const char *operand, bool layout_known);
/* The layout's name if it is installed, else the full path of its file; the
 * caller frees it. */
char *located_layout_id(const struct located *located);

/* Stores the path of a layout given as a file ("x.ini", "./x") or by the name
 * of an installed one; the caller frees it.  STATUS_USAGE if there is none. */
bool locate_layout(char **path, const char *word, struct err *err);

#endif
