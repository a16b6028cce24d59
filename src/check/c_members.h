/* SPDX-License-Identifier: MIT */
/*
 * The members of one C struct, for c_header.c.
 */
#ifndef SHMTOP_CHECK_C_MEMBERS_H
#define SHMTOP_CHECK_C_MEMBERS_H

#include "layout/layout.h"

/* A member to be: where it shall stand, and its type in C. */
struct c_member {
    const char *name; /* an identifier, unique in the struct */
    const char *type; /* "uint32_t", "struct x_pump" */
    const char *note; /* a comment behind it, or NULL */
    uint32_t units;   /* of a text, 0: none */
    uint32_t count;   /* of an array, 0: none */
    uint64_t offset;  /* bytes */
    uint64_t size;    /* bytes of an element; of a bit field its type */
    uint64_t stride;  /* bytes from element to element */
    unsigned alignment;
    uint64_t bit;     /* first bit from the start of the struct */
    uint64_t bit_end; /* behind the last one */
    unsigned width;   /* of a bit field, 0: none */
    bool foreign;     /* C cannot say it: bit fields of big-endian integers */
    size_t order;     /* c_struct_put's: where it was in the list */
};

struct c_struct {
    const char *name;
    enum abi abi;
    unsigned pack; /* bytes, 0: none */
    uint64_t size; /* bytes; when `open`, in: at least */
    bool open;     /* may have padding at its end */
    struct c_member *members;
    size_t count;
    unsigned alignment; /* out: that which the compiler gives it */
};

/* Appends `struct NAME { ... };` with what makes a compiler of the ABI put each
 * member where it shall stand, and asserts of that.  Sorts the members. */
void c_struct_put(struct buf *out, struct c_struct *it, const char *assert);

#endif
