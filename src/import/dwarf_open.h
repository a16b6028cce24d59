/* SPDX-License-Identifier: MIT */
/* A file that libdwarf has opened, for the files that include libdwarf.  What
 * others see of it is in dwarf.h. */
#ifndef SHMTOP_IMPORT_DWARF_OPEN_H
#define SHMTOP_IMPORT_DWARF_OPEN_H

#include <dwarf.h>
#include <libdwarf.h>

#include "import/coff.h"
#include "import/dwarf.h"

struct dwarf_file {
    Dwarf_Debug dwarf;
    struct coff coff;                /* zeros in other formats */
    struct coff_access *coff_access; /* NULL in other formats */
    struct dwarf_ref *units;
    size_t unit_count;
    uint64_t entries_max;
};

/* Fills `err` with libdwarf's reason, frees `error`, and returns false.  NULL:
 * libdwarf found no more where there must be more. */
bool dwarf_fail(const struct dwarf_file *file, Dwarf_Error error,
                struct err *err);

#endif
