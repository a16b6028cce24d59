/* SPDX-License-Identifier: MIT */
/* The facts of each ABI; tests/abi compares them with compilers.  The words for
 * ABIs are words.c, those for types type.c. */
#include "layout/abi.h"

#include "base/err.h"

struct abi_facts {
    uint8_t word;        /* bytes of a pointer and of size_t */
    uint8_t of_long;     /* bytes of long and unsigned long */
    uint8_t of_time;     /* bytes of time_t */
    uint8_t of_wchar;    /* bytes of wchar_t */
    uint8_t eight_align; /* alignment of 8-byte scalars in structs */
    bool microsoft;      /* rules for bit fields */
};

static const struct abi_facts facts[] = {
    [ABI_UNKNOWN] = {0, 0, 0, 0, 8, false},
    [ABI_X86_LINUX] = {4, 4, 4, 4, 4, false},
    [ABI_X64_LINUX] = {8, 8, 8, 4, 8, false},
    [ABI_X86_WINDOWS] = {4, 4, 8, 2, 8, true},
    [ABI_X64_WINDOWS] = {8, 4, 8, 2, 8, true},
    [ABI_ARM64_LINUX] = {8, 8, 8, 4, 8, false},
};

static const struct abi_facts *facts_of(enum abi abi)
{
    CHECK((size_t)abi < sizeof facts / sizeof *facts);
    return &facts[abi];
}

unsigned abi_size(enum abi abi, enum abi_type type)
{
    const struct abi_facts *fact = facts_of(abi);
    switch (type) {
    case ABI_INT:
    case ABI_BOOL32:
        return 4;
    case ABI_LONG:
    case ABI_ULONG:
        return fact->of_long;
    case ABI_TIME_T:
        return fact->of_time;
    case ABI_WCHAR_T:
        return fact->of_wchar;
    case ABI_SIZE_T:
    case ABI_PTR:
        break;
    }
    return fact->word;
}

bool abi_is_signed(enum abi_type type)
{
    return type == ABI_INT || type == ABI_LONG || type == ABI_TIME_T;
}

unsigned abi_alignment(enum abi abi, unsigned size)
{
    CHECK(size == 1 || size == 2 || size == 4 || size == 8);
    return size == 8 ? facts_of(abi)->eight_align : size;
}

unsigned abi_kind_alignment(enum abi abi, enum kind kind, uint32_t size)
{
    switch (kind) {
    case KIND_CHAR:
    case KIND_BYTES:
        return 1;
    case KIND_UTF16:
        return 2;
    case KIND_UTF32:
    case KIND_GUID:
        return 4;
    default:
        return abi_alignment(abi, size);
    }
}

bool abi_microsoft_bits(enum abi abi)
{
    return facts_of(abi)->microsoft;
}
