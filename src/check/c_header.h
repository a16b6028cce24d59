/* SPDX-License-Identifier: MIT */
/* Writes a layout as a C header whose structs have the same offsets; one
 * struct's members are c_members.h. */
#ifndef SHMTOP_CHECK_C_HEADER_H
#define SHMTOP_CHECK_C_HEADER_H

#include "layout/layout.h"

/* Appends a header for C11 and C++11 compilers of `abi`: enums and flags as
 * constants, a struct for each struct and each mapping of the layout, and
 * static asserts of sizes and offsets.  `layout` was loaded under `abi`, which
 * is not ABI_UNKNOWN.  A member that C cannot express is a comment. */
void c_header_put(struct buf *out, const struct layout *layout, enum abi abi);

#endif
