/* SPDX-License-Identifier: MIT */
/*
 * The sections of a compiled file: ELF of both bitnesses and byte orders, and
 * what mingw-w64 makes, PE programs and COFF object files.
 */
#ifndef SHMTOP_IMPORT_OBJECT_H
#define SHMTOP_IMPORT_OBJECT_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/mem.h"

enum object_format { OBJECT_ELF, OBJECT_PE, OBJECT_COFF };

enum object_machine {
    MACHINE_OTHER,
    MACHINE_X86,
    MACHINE_X64,
    MACHINE_ARM64,
};

/* Names and bytes belong to the object. */
struct object_section {
    const char *name;
    unsigned char *bytes; /* NULL: takes no place in the file */
    uint64_t size;
    uint64_t address;
};

struct object {
    enum object_format format;
    enum object_machine machine;
    bool is_64;
    bool big_endian;
    struct object_section *sections;
    size_t section_count;
    const char *debug_file; /* where its debug information went, or NULL */
    struct buf file;        /* holds the sections */
    struct arena *arena;
};

/* Reads the whole of `path` and finds its sections; those with debug
 * information are relocated in files that are not linked yet, and compressed
 * ones are named .zdebug_*.  STATUS_DATA when it is no such file or is damaged;
 * otherwise as os_read_file.  On success the caller calls object_free. */
bool object_read(struct object *object, const char *path, struct err *err);
void object_free(struct object *object);

/* The section with that name, or NULL. */
const struct object_section *object_find(const struct object *object,
                                         const char *name);

#endif
