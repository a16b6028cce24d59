/* SPDX-License-Identifier: MIT */
/* Words for types in a layout: "i64", "u16be", "char[16]", "f32[8]",
 * "pump[32]". */
#ifndef SHMTOP_LAYOUT_TYPE_H
#define SHMTOP_LAYOUT_TYPE_H

#include "layout/abi.h"

/* A type as it was written.  Of a struct only the name is known; the sizes of
 * C's types are set by type_settle. */
struct type_spec {
    enum kind kind;
    bool has_order; /* has a suffix be or le */
    enum byte_order order;
    bool array;
    bool of_abi; /* `abi_type` decides the size of a leaf or unit */
    bool wide;   /* wchar[N]: UTF-16 or UTF-32 */
    enum abi_type abi_type;
    const char *word;        /* "long", if of_abi */
    const char *struct_name; /* NULL: not a struct */
    uint32_t units;          /* of a text, 1 for others */
    uint32_t size;  /* bytes of one leaf, 1 .. LAYOUT_VALUE_MAX; 0: depends on
                       the ABI, or a struct */
    uint32_t count; /* elements of the array, 1 for a scalar */
};

/* Reads a type; an unknown word is taken for the name of a struct if it can be
 * one, and copied to `arena`.  False with STATUS_DATA. */
bool type_parse(const char *text, struct type_spec *out, struct arena *arena,
                struct err *err);

/* Whether a name (of at most LAYOUT_NAME_MAX bytes) is that of a type, here or
 * in C. */
bool type_is_name(const char *name);

/* Sets the size of the type under `abi` (and the kind of wchar[N]).  False with
 * STATUS_DATA if the size depends on the ABI and that is ABI_UNKNOWN. */
bool type_settle(struct type_spec *type, enum abi abi, struct err *err);

/* The error for a struct's name that is not one of `structs`. */
void type_unknown(const char *name, const char *const *structs, size_t count,
                  struct err *err);

/* Word `index` of the types; NULL after the last. */
const char *type_word(size_t index);

#endif
