/* SPDX-License-Identifier: MIT */
/* Sizes and alignments of C's types under an ABI, and the family of its rules
 * for bit fields.  Members are placed by c_placement.h. */
#ifndef SHMTOP_LAYOUT_ABI_H
#define SHMTOP_LAYOUT_ABI_H

#include "layout/layout.h"

/* C's types whose size depends on the ABI, and two of 4 bytes everywhere. */
enum abi_type {
    ABI_INT,
    ABI_LONG,
    ABI_ULONG,
    ABI_SIZE_T,
    ABI_TIME_T, /* signed; see abi_size */
    ABI_WCHAR_T,
    ABI_PTR,
    ABI_BOOL32, /* BOOL of windows.h */
};

/* Bytes of the type; 0 if they depend on the ABI and that is ABI_UNKNOWN.
 *
 * time_t is that of a compiler without further options:
 *   x86-linux    4: glibc's default.  A producer built with
 *                _TIME_BITS=64, or for musl, has 8: its layout says i64,
 *                which is aligned to 4 there.
 *   x86-windows  8: Microsoft's since 2005, also with mingw for the UCRT.
 *                mingw for msvcrt.dll, or with _USE_32BIT_TIME_T, has 4: its
 *                layout says i32.
 *   the others   8. */
unsigned abi_size(enum abi abi, enum abi_type type);

/* Whether values of the type are signed: int, long and time_t. */
bool abi_is_signed(enum abi_type type);

/* Alignment in bytes of a struct's member that is a number, pointer or bool of
 * `size` bytes (1, 2, 4 or 8): `size`, but 4 for 8 bytes on x86-linux. */
unsigned abi_alignment(enum abi abi, unsigned size);

/* The same for a leaf of `kind`: texts are aligned like their units, bytes to
 * 1, a guid to 4 like the struct of windows.h; there `size` does not matter. */
unsigned abi_kind_alignment(enum abi abi, enum kind kind, uint32_t size);

/* Whether bit fields are packed by Microsoft's rules, as mingw does, or by
 * those of System V, as gcc and clang do elsewhere, and for ABI_UNKNOWN. */
bool abi_microsoft_bits(enum abi abi);

#endif
