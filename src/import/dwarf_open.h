/* SPDX-License-Identifier: MIT */
/* Opens files with libdwarf, in the same way for its versions before and after
 * 0.2, whose functions take other arguments.  For dwarf_libdwarf.c alone. */
#ifndef SHMTOP_IMPORT_DWARF_OPEN_H
#define SHMTOP_IMPORT_DWARF_OPEN_H

#include <dwarf.h>
#include <libdwarf.h>

#include "import/coff.h"

/* These return as libdwarf's functions do: DW_DLV_OK, DW_DLV_NO_ENTRY without
 * debug information, DW_DLV_ERROR with `error`. */

/* An ELF or PE file; close it with dwarf_close_path. */
int dwarf_open_path(const char *path, Dwarf_Debug *out, Dwarf_Error *error);
void dwarf_close_path(Dwarf_Debug dwarf);

/* The sections of a COFF file, which must outlive it; close it with
 * dwarf_close_coff, then free `access`, whatever was returned. */
struct coff_access;
int dwarf_open_coff(const struct coff *coff, struct coff_access **access,
                    Dwarf_Debug *out, Dwarf_Error *error);
void dwarf_close_coff(Dwarf_Debug dwarf);

#endif
