/* SPDX-License-Identifier: MIT */
/*
 * Where a compiler puts the members of a struct: one after the other, each at
 * its alignment.  A mapping's fields that give no offset are placed as the
 * members of one big struct.
 *
 * Bit fields are packed by the rules of the ABI's family:
 *   System V   bit after bit, of whatever type; one that would reach over more
 *              units of its type's alignment than its type has moves on to the
 *              next such unit.  Under a pack they are not moved at all.
 *   Microsoft  a whole integer of the type is reserved, and bit fields of
 *              types of the same size share it as long as they fit.
 * Bits are given out from the least significant end: all ABIs here are little
 * endian.  The bit fields of a big-endian producer, which begins at the other
 * end, are described by offset and bit numbers instead.
 */
#ifndef SHMTOP_LAYOUT_C_PLACEMENT_H
#define SHMTOP_LAYOUT_C_PLACEMENT_H

#include "layout/layout.h"

/* A struct being placed: set by place_begin, then owned by the functions here;
 * it holds no memory. */
struct placing {
    enum abi abi;
    unsigned pack;      /* bytes, 0: none */
    unsigned alignment; /* bytes, of the struct so far */
    uint64_t bit;       /* where the next member may begin */
    uint64_t end;       /* bytes up to the end of the last of the members */
    uint64_t unit;      /* Microsoft: first byte of the shared integer */
    unsigned unit_size; /* bytes of it, 0: none is open */
    unsigned unit_used; /* bits of it */
};

/* What place_member needs to know, and below it what it finds out. */
struct member {
    uint64_t size;      /* bytes; of a whole array or nested struct.  A bit
                           field: of its declared type, 1, 2, 4 or 8 */
    unsigned alignment; /* bytes, a power of two: abi_kind_alignment, or
                           what place_end said about the nested struct */
    unsigned bits;      /* width of a bit field to be packed, 0: a whole
                           member, also when its bit numbers are given */
    bool fixed;         /* stands at byte `at`, whatever came before */
    uint64_t at;

    uint64_t offset;   /* bytes from the beginning of the struct */
    uint8_t shift;     /* of a bit field: bit of the integer at `offset` */
    uint8_t container; /* of a bit field: bytes of that integer, 1, 2, 4, 8 */
};

enum placed {
    PLACED,
    PLACED_TOO_LARGE, /* ends behind LAYOUT_SIZE_MAX */
    PLACED_ACROSS,    /* bits that lie in 9 bytes: no integer holds them */
};

/* Begins a struct with `pack` as of #pragma pack: no member is aligned to more
 * bytes than that (a power of two; 0: no such bound). */
void place_begin(struct placing *placing, enum abi abi, unsigned pack);

/* Places the next member: fills offset, and of a bit field shift and
 * container.  The integer that holds a bit field is the one of its declared
 * type at a multiple of that type's size, when that lies within the struct for
 * sure; else the shortest such integer; else the shortest at any byte, as far
 * as possible within the bytes that the struct has up to here.  (A struct of 3
 * or 5 to 7 bytes, all bit fields, is the case where it is not possible.)
 *
 * A fixed member may stand anywhere; the next one follows it.  A bit field
 * that is fixed begins with the least significant bit of byte `at`.  The struct
 * is aligned like the member, as far as `at` is a multiple of it.
 *
 * Unless PLACED, neither the member nor the struct so far is changed. */
enum placed place_member(struct placing *placing, struct member *member);

/* The struct's size in bytes with its padding behind the last member, and its
 * alignment in bytes, 1 or more; either may be NULL.  An empty struct has size
 * 0.  False when the size is over LAYOUT_SIZE_MAX.  The members so far stay, so
 * that more may follow. */
bool place_end(const struct placing *placing, uint64_t *size,
               unsigned *alignment);

#endif
