/* SPDX-License-Identifier: MIT */
/* INI files through inih, with a line reader of our own before it, which counts
 * lines and refuses what the library would cut or misread. */
#ifndef SHMTOP_BASE_INI_H
#define SHMTOP_BASE_INI_H

#include <stdbool.h>
#include <stddef.h>

#include "base/problem.h"

/* Limits that hold whatever inih was compiled with. */
#define INI_LINE_MAX 195   /* bytes of a line without its end */
#define INI_SECTION_MAX 48 /* bytes between [ and ] */
#define INI_FILE_MAX (16u * 1024 * 1024)

struct ini_event {
    int line;            /* of this key, or of the section header */
    int section_line;    /* of the header of this key's section */
    const char *section; /* "" before the first header */
    const char *key;     /* NULL: the section header itself */
    const char *value;   /* NULL with it; trimmed, inline comment removed */
};

/* Called once for each section header and each key, in the order of the file;
 * the strings are valid during the call. */
typedef void ini_handler_fn(void *user, const struct ini_event *event);

/* Reads `path` and calls `handle` for each sound line.  For the others (too
 * long, NUL, UTF-16, a key without '=', an unterminated section, a file over
 * INI_FILE_MAX) a problem is added.  The keys of a section with a broken header
 * are skipped.  False with `err` only if the file cannot be read. */
bool ini_read_file(const char *path, ini_handler_fn *handle, void *user,
                   struct problems *problems, struct err *err);

/* The same for `len` bytes in memory; `name` is that of the file. */
void ini_read_text(const char *name, const char *text, size_t len,
                   ini_handler_fn *handle, void *user,
                   struct problems *problems);

#endif
