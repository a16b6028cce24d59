/* SPDX-License-Identifier: MIT */
/* The members of one C struct at given offsets, for c_header.c. */
#ifndef SHMTOP_CHECK_C_MEMBERS_H
#define SHMTOP_CHECK_C_MEMBERS_H

#include "layout/layout.h"

/* A member with the place that it must get, and its type in C. */
struct c_member {
    const char *name; /* an identifier, unique in the struct */
    const char *type; /* "uint32_t", "struct x_pump" */
    const char *note; /* a comment after it, or NULL */
    uint32_t units;   /* of a text, else 0 */
    uint32_t count;   /* of an array, else 0 */
    uint64_t offset;  /* bytes */
    uint64_t size;    /* bytes of an element; of a bit field's type */
    uint64_t stride;  /* bytes from element to element */
    unsigned alignment;
    uint64_t bit;     /* first bit, from the start of the struct */
    uint64_t bit_end; /* the bit after the last one */
    unsigned width;   /* of a bit field, else 0 */
    bool foreign;     /* not possible in C: bit fields of big-endian integers */
    size_t order;     /* set by c_struct_put: index in the list */
};

struct c_struct {
    const char *name;
    enum abi abi;
    unsigned pack; /* bytes, 0: none */
    uint64_t size; /* bytes; if `open`: at least, and set to what it gets */
    bool open;     /* may have padding at its end */
    struct c_member *members;
    size_t count;
    unsigned alignment; /* set to what the compiler gives it */
};

/* Appends `struct NAME { ... };` so that a compiler of the ABI puts each member
 * at its place, and calls of the macro `assert` that check it.  A member for
 * which there is no way is a comment.  Sorts the members. */
void c_struct_put(struct buf *out, struct c_struct *it, const char *assert);

#endif
