/* SPDX-License-Identifier: MIT */
/* Loads layouts from INI files. */
#ifndef SHMTOP_LOADER_LOADER_H
#define SHMTOP_LOADER_LOADER_H

#include "layout/layout.h"

/* Reads and checks a layout file.  Each mapping gets `abi` unless it is
 * ABI_UNKNOWN.  On success `*out` is a layout for layout_free, and `problems`
 * may have warnings.  False with all errors in `problems`, and an empty `err`
 * (err->text[0] == 0), when the layout is wrong; false with `err` when the file
 * cannot be read. */
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
