/* SPDX-License-Identifier: MIT */
/*
 * What an ABI decides: sizes and alignments of C's types, and the family of
 * its rules for bit fields.  Pure functions of what the producer was compiled
 * for; what shmtop itself was compiled for never matters.
 */
#ifndef SHMTOP_LAYOUT_ABI_H
#define SHMTOP_LAYOUT_ABI_H

#include "layout/layout.h"

/* C's types whose size depends on the ABI, and two that keep them company. */
enum abi_type {
    ABI_INT, /* 4 bytes, signed, under every ABI here */
    ABI_LONG,
    ABI_ULONG,
    ABI_SIZE_T,
    ABI_TIME_T, /* signed; see abi_size */
    ABI_WCHAR_T,
    ABI_PTR,
    ABI_BOOL32, /* 4 bytes: BOOL of windows.h */
};

/* Bytes of the type.  0 when it depends on an ABI and that is ABI_UNKNOWN
 * (ABI_INT and ABI_BOOL32 do not depend).
 *
 * time_t is what a compiler gives without further options:
 *   x86-linux    4: glibc's default.  A producer built with
 *                _TIME_BITS=64, or for musl, has 8: its layout says i64,
 *                which is aligned to 4 there.
 *   x86-windows  8: Microsoft's since 2005, and that of mingw for the UCRT.
 *                mingw for msvcrt.dll, or with _USE_32BIT_TIME_T, has 4: its
 *                layout says i32.
 *   the others   8. */
unsigned abi_size(enum abi abi, enum abi_type type);

/* Whether values of the type are signed: int, long and time_t. */
bool abi_is_signed(enum abi_type type);

/* Bytes at a multiple of which a struct's member stands that is a number,
 * pointer or bool of `size` bytes (1, 2, 4 or 8): `size`, but for those of 8
 * bytes on x86-linux, which are aligned to 4. */
unsigned abi_alignment(enum abi abi, unsigned size);

/* The same for a leaf of `kind`: texts are aligned like their units, bytes
 * not at all, a guid like the struct of windows.h, to 4.  `size` counts for
 * numbers and bools only. */
unsigned abi_kind_alignment(enum abi abi, enum kind kind, uint32_t size);

/* Whether bit fields are packed by Microsoft's rules, as by mingw, else by
 * those of System V, as by gcc and clang elsewhere, and for ABI_UNKNOWN.  See
 * layout/place.h. */
bool abi_microsoft_bits(enum abi abi);

#endif
