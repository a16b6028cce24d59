/* SPDX-License-Identifier: MIT */
/* Where a compiler puts the members of a struct: one after the other, each at
 * its alignment.  The fields of a mapping without an offset are placed as the
 * members of one struct. */
#ifndef SHMTOP_LAYOUT_C_PLACEMENT_H
#define SHMTOP_LAYOUT_C_PLACEMENT_H

#include "layout/layout.h"

/* Bit fields are packed by the rules of the ABI's family:
 *   System V   bit after bit, whatever the type; one that would reach over more
 *              units of its type's alignment than its type has moves to the
 *              next such unit.  Under a pack they do not move.
 *   Microsoft  each reserves a whole integer of its type; bit fields of types
 *              of the same size share it as long as they fit.
 * Bits are taken from the least significant end: all ABIs here are little
 * endian.  Bit fields of a big-endian producer, which begin at the other end,
 * need an offset and bit numbers instead. */

/* A struct while it is placed: set by place_begin, read only by the functions
 * here.  It owns no memory. */
struct placing {
    enum abi abi;
    unsigned pack;      /* bytes, 0: none */
    unsigned alignment; /* bytes, of the struct so far */
    uint64_t bit;       /* where the next member may begin */
    uint64_t end;       /* bytes up to the end of the last member */
    uint64_t unit;      /* Microsoft: first byte of the shared integer */
    unsigned unit_size; /* bytes of it, 0: there is none */
    unsigned unit_used; /* bits of it */
};

/* A member: what place_member reads, then what it sets. */
struct member {
    uint64_t size;      /* bytes, of a whole array or nested struct; of a bit
                           field's declared type: 1, 2, 4 or 8 */
    unsigned alignment; /* bytes, a power of two: of abi_kind_alignment, or of
                           place_end for a nested struct */
    unsigned bits;      /* width of a bit field to be packed; 0: a whole
                           member, or its bit numbers are given */
    bool fixed;         /* is at byte `at`, whatever came before */
    uint64_t at;

    uint64_t offset;   /* bytes from the beginning of the struct */
    uint8_t shift;     /* of a bit field: bit of the integer at `offset` */
    uint8_t container; /* of a bit field: bytes of that integer, 1, 2, 4, 8 */
};

enum placed {
    PLACED,
    PLACED_TOO_LARGE, /* ends after LAYOUT_SIZE_MAX */
    PLACED_ACROSS,    /* bits in 9 bytes: no integer contains them */
};

/* Begins a struct under #pragma pack: no member is aligned to more than `pack`
 * bytes (a power of two; 0: no limit). */
void place_begin(struct placing *placing, enum abi abi, unsigned pack);

/* Places the next member: sets offset, and of a bit field shift and container.
 * The integer that contains a bit field is the one of its declared type at a
 * multiple of that type's size, if it is known to be within the struct; else
 * the shortest such integer; else the shortest at any byte, as far as possible
 * within the bytes that the struct has so far.  (That is not possible in a
 * struct of 3 or 5 to 7 bytes that has only bit fields.)
 *
 * A fixed member may be anywhere; the next one follows it.  A fixed bit field
 * begins with the least significant bit of byte `at`.  The struct is aligned
 * like the member, as far as `at` is a multiple of that.
 *
 * If it is not PLACED, neither the member nor the struct is changed. */
enum placed place_member(struct placing *placing, struct member *member);

/* The struct's size in bytes with the padding after its last member, and its
 * alignment in bytes, 1 or more; either may be NULL.  An empty struct has size
 * 0.  False if the size is over LAYOUT_SIZE_MAX.  More members may follow. */
bool place_end(const struct placing *placing, uint64_t *size,
               unsigned *alignment);

#endif
