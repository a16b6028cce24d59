/* SPDX-License-Identifier: MIT */
/* Loads layouts from INI files. */
#ifndef SHMTOP_LOADER_LOADER_H
#define SHMTOP_LOADER_LOADER_H

#include "layout/layout.h"

/* Reads and checks a layout file, check_placement included, as if it gave
 * `abi` for every mapping (ABI_UNKNOWN: as it says).  On success `*out`
 * is a layout to layout_free; `problems` may hold warnings (overlaps are
 * errors).  When the file is unsound returns false with every error in
 * `problems` and `err` left empty (err->text[0] == 0); when it cannot be read,
 * false with `err`. */
bool layout_load(struct layout **out, const char *path, enum abi abi,
                 struct problems *problems, struct err *err);
/* The same for text in memory. */
bool layout_parse(struct layout **out, const char *name, const char *text,
                  size_t len, enum abi abi, struct problems *problems);
/* The same for a file, or for `text` if that is not NULL, without compiling the
 * expressions: for the places of fields under another ABI. */
bool layout_load_places(struct layout **out, const char *name, const char *text,
                        size_t len, enum abi abi, struct problems *problems,
                        struct err *err);
void layout_free(struct layout *layout); /* accepts NULL */

#endif
