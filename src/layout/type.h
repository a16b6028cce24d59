/* SPDX-License-Identifier: MIT */
/*
 * Type words of a layout: "i64", "u16be", "char[16]", "f32[8]".
 */
#ifndef SHMTOP_LAYOUT_TYPE_H
#define SHMTOP_LAYOUT_TYPE_H

#include "layout/layout.h"

/* What a type word says. */
struct type_spec {
    enum kind kind;
    bool has_order; /* a suffix be or le was given */
    enum byte_order order;
    bool array;
    uint32_t size;  /* bytes of one leaf, 1 .. LAYOUT_VALUE_MAX */
    uint32_t count; /* leaves: elements of the array, 1 for a scalar */
};

/* Reads a whole type word.  False with STATUS_DATA and the reason in `err`. */
bool type_parse(const char *text, struct type_spec *out, struct err *err);

/* Whether values of `kind` are text that people read. */
bool kind_is_text(enum kind kind);
/* Whether values of `kind` are two's complement or unsigned integers. */
bool kind_is_integer(enum kind kind);

#endif
