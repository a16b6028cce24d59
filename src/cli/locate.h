/* SPDX-License-Identifier: MIT */
/*
 * What a user means by TARGET: which layout file, and which mapping in place
 * of the one that the layout names.
 */
#ifndef SHMTOP_CLI_LOCATE_H
#define SHMTOP_CLI_LOCATE_H

#include "base/err.h"

struct target_choice {
    char *layout;       /* path of the layout file; owned */
    const char *target; /* mapping as given, borrowed; NULL: the layout's */
};

/* Resolves the operand (NULL: none was given) with the arguments of --layout
 * and --target (NULL each when not given).  STATUS_USAGE when something is
 * missing, given twice or not found, with the places that were searched and the
 * nearest name.  The mapping itself is not looked at. */
bool target_choose(struct target_choice *out, const char *operand,
                   const char *layout_option, const char *target_option,
                   struct err *err);
void target_choice_free(struct target_choice *choice);

/* The path of a layout given as a file ("x.ini", "./x") or as the name of an
 * installed one, in `*path` for the caller to free().  STATUS_USAGE when
 * there is none of that name. */
bool layout_locate(char **path, const char *word, struct err *err);

#endif
