/* SPDX-License-Identifier: MIT */
/*
 * What the readers of the formats share: bounds, byte orders, relocation.
 */
#ifndef SHMTOP_IMPORT_OBJECT_FORMAT_H
#define SHMTOP_IMPORT_OBJECT_FORMAT_H

#include "import/object.h"

/* The file's bytes [offset, offset + size), or NULL when it has them not. */
unsigned char *object_bytes(const struct object *object, uint64_t offset,
                            uint64_t size);
/* `size` bytes (1 to 8) in the file's byte order. */
uint64_t object_number(const struct object *object, const unsigned char *at,
                       unsigned size);
/* The text at `offset` of a table of `size` bytes, or "" when it has no end
 * there. */
const char *object_text(const unsigned char *table, uint64_t size,
                        uint64_t offset);
/* Makes the number of `size` bytes at `offset` of a section what it has to be
 * once `value` is known; what is outside is left alone. */
void object_relocate(const struct object *object,
                     const struct object_section *section, uint64_t offset,
                     unsigned size, uint64_t value);
/* Whether it is a section that debug information is read from. */
bool object_is_debug(const char *name);

/* Each fills in all but `debug_file`; STATUS_DATA when damaged. */
bool object_read_elf(struct object *object, struct err *err);
bool object_read_pe(struct object *object, struct err *err);
/* A COFF header at `offset` of the file. */
bool object_read_coff(struct object *object, uint64_t offset, struct err *err);

#endif
