/* SPDX-License-Identifier: MIT */
/*
 * An object's sections as libdwarf takes them, for its versions before and
 * after the change of its interface (0.4.0).  For entry_libdwarf.c alone.
 */
#ifndef SHMTOP_IMPORT_DEBUG_SECTIONS_H
#define SHMTOP_IMPORT_DEBUG_SECTIONS_H

#include <dwarf.h>
#include <libdwarf.h>

#include "import/object.h"

struct debug_sections;

/* `object` must outlive it. */
struct debug_sections *debug_sections_new(const struct object *object);
void debug_sections_free(struct debug_sections *sections); /* accepts NULL */

/* As the functions of libdwarf: DW_DLV_OK, DW_DLV_NO_ENTRY without debug
 * information, DW_DLV_ERROR with `error`. */
int debug_sections_init(struct debug_sections *sections, Dwarf_Debug *out,
                        Dwarf_Error *error);
void debug_sections_finish(Dwarf_Debug dwarf);

#endif
