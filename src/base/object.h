/* SPDX-License-Identifier: MIT */
/* What the header of a program or object file says: its format, machine and
 * word size.  Sections and debug information are in import/. */
#ifndef SHMTOP_BASE_OBJECT_H
#define SHMTOP_BASE_OBJECT_H

#include <stddef.h>

#include "base/err.h"

enum object_format { OBJECT_ELF, OBJECT_PE, OBJECT_COFF };

/* The machines that an ABI of ours belongs to. */
enum object_machine {
    MACHINE_OTHER,
    MACHINE_X86,
    MACHINE_X64,
    MACHINE_ARM64,
};

struct object {
    enum object_format format;
    enum object_machine machine;
    unsigned machine_number; /* in the numbering of its format */
    bool is_64;
    bool big_endian;
    bool is_linked; /* false: an object file, still to be relocated */
};

/* Bytes from the start of a file that hold its headers. */
#define OBJECT_HEADERS_MAX ((size_t)65536)

/* Reads the headers in the first `len` bytes of a file.  STATUS_DATA when it
 * is of another kind or damaged. */
bool object_parse(struct object *out, const void *bytes, size_t len,
                  struct err *err);

/* object_parse of a file; also fails as os_read_start does.  Errors begin with
 * `path`. */
bool object_read(struct object *out, const char *path, struct err *err);

#endif
