/* SPDX-License-Identifier: MIT */
/* COFF object files, as mingw-w64 writes them: their debug sections, relocated.
 * libdwarf opens all other formats itself. */
#ifndef SHMTOP_IMPORT_COFF_H
#define SHMTOP_IMPORT_COFF_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/object.h"

struct coff_section {
    const char *name;
    unsigned char *bytes;
    uint64_t size;
};

struct coff {
    enum object_machine machine;
    struct coff_section *sections;
    size_t section_count;
    struct buf file; /* holds the sections */
    struct arena *arena;
};

/* Reads the debug sections of `path`, whose headers are `object`.  The first
 * section is empty: libdwarf reads none at index 0.  STATUS_DATA when the file
 * is damaged or too large; else fails as os_read_file does.  On success the
 * caller calls coff_free. */
bool coff_read(struct coff *coff, const char *path, const struct object *object,
               struct err *err);
void coff_free(struct coff *coff); /* accepts zeros */

#endif
