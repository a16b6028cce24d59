/* SPDX-License-Identifier: MIT */
/*
 * Type words of a layout: "i64", "u16be", "char[16]", "f32[8]", "pump[32]".
 */
#ifndef SHMTOP_LAYOUT_TYPE_H
#define SHMTOP_LAYOUT_TYPE_H

#include "layout/abi.h"

/* What a type word says.  Of a struct only its name is known here; sizes of
 * C's own types are known once type_settle was told the ABI. */
struct type_spec {
    enum kind kind;
    bool has_order; /* a suffix be or le was given */
    enum byte_order order;
    bool array;
    bool of_abi; /* `abi_type` decides the size of a leaf or unit */
    bool wide;   /* wchar[N]: UTF-16 or UTF-32 */
    enum abi_type abi_type;
    const char *word;        /* "long", where of_abi */
    const char *struct_name; /* NULL: no struct */
    uint32_t units;          /* of a text, 1 for others */
    uint32_t size;  /* bytes of one leaf, 1 .. LAYOUT_VALUE_MAX; 0: depends on
                       the ABI, or a struct */
    uint32_t count; /* elements of the array, 1 for a scalar */
};

/* Reads a whole type word; a word that is no type is taken for the name of a
 * struct if it could be one, a copy of it in `arena`.  False with STATUS_DATA
 * and the reason in `err`. */
bool type_parse(const char *text, struct type_spec *out, struct arena *arena,
                struct err *err);

/* Whether a name (of at most LAYOUT_NAME_MAX bytes) means a type already, here
 * or in C. */
bool type_is_name(const char *name);

/* The type under `abi`: fills size (and kind, of wchar[N]).  False with the
 * reason when its size depends on an ABI and that is not known. */
bool type_settle(struct type_spec *type, enum abi abi, struct err *err);

/* The error of a struct's name that no [struct] has; `structs` are the names
 * that there are. */
void type_unknown(const char *name, const char *const *structs, size_t count,
                  struct err *err);

/* Whether values of `kind` are text that people read. */
bool kind_is_text(enum kind kind);
/* Whether values of `kind` are two's complement or unsigned integers. */
bool kind_is_integer(enum kind kind);

/* Word `index` of the types; NULL after the last. */
const char *type_word(size_t index);

#endif
