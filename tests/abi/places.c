/* SPDX-License-Identifier: MIT */
/*
 * Runs the placement of layout/c_placement.h for judge_places.py: reads structs
 * on stdin, prints their places under the ABI given as argument.
 *
 * in:  struct PACK               a new struct, number 0, 1, 2 ...
 *      TYPE UNITS COUNT BITS     its next member; TYPE is a word or the number
 *                                of an earlier struct; the others may be 0
 * out: SIZE ALIGNMENT            of each struct, after its members:
 *      OFFSET [SHIFT CONTAINER]  in bytes, bits, bytes; "across"
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "layout/abi.h"
#include "layout/c_placement.h"
#include "layout/words.h"

struct extent {
    uint64_t size;
    unsigned alignment;
};

struct word {
    const char *word;
    enum kind kind;
    unsigned size; /* bytes; 0: that of `type` */
    enum abi_type type;
};

static const struct word words[] = {
    {"i8", KIND_INT, 1, 0},
    {"u8", KIND_UINT, 1, 0},
    {"i16", KIND_INT, 2, 0},
    {"u16", KIND_UINT, 2, 0},
    {"i32", KIND_INT, 4, 0},
    {"u32", KIND_UINT, 4, 0},
    {"i64", KIND_INT, 8, 0},
    {"u64", KIND_UINT, 8, 0},
    {"f32", KIND_FLOAT, 4, 0},
    {"f64", KIND_FLOAT, 8, 0},
    {"bool", KIND_BOOL, 1, 0},
    {"guid", KIND_GUID, 16, 0},
    {"char", KIND_CHAR, 1, 0},
    {"bytes", KIND_BYTES, 1, 0},
    {"utf16", KIND_UTF16, 2, 0},
    {"utf32", KIND_UTF32, 4, 0},
    {"int", KIND_INT, 0, ABI_INT},
    {"long", KIND_INT, 0, ABI_LONG},
    {"ulong", KIND_UINT, 0, ABI_ULONG},
    {"size_t", KIND_UINT, 0, ABI_SIZE_T},
    {"time_t", KIND_INT, 0, ABI_TIME_T},
    {"wchar_t", KIND_UINT, 0, ABI_WCHAR_T},
    {"wchar", KIND_UINT, 0, ABI_WCHAR_T},
    {"ptr", KIND_UINT, 0, ABI_PTR},
    {"bool32", KIND_BOOL, 0, ABI_BOOL32},
};

/* Size and alignment of one element. */
static struct extent scalar(enum abi abi, const char *type)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i].word, type) == 0) {
            unsigned size = words[i].size;
            if (size == 0)
                size = abi_size(abi, words[i].type);
            return (struct extent){
                size, abi_kind_alignment(abi, words[i].kind, size)};
        }
    }
    die(STATUS_USAGE, "unknown type '%s'", type);
}

static void put_place(enum placed placed, const struct member *member)
{
    if (placed != PLACED) {
        puts(placed == PLACED_ACROSS ? "across" : "too large");
    } else if (member->bits > 0) {
        printf("%" PRIu64 " %u %u\n", member->offset, member->shift,
               member->container);
    } else {
        printf("%" PRIu64 "\n", member->offset);
    }
}

static void put_end(const struct placing *placing, struct extent *out)
{
    CHECK(place_end(placing, &out->size, &out->alignment));
    printf("%" PRIu64 " %u\n", out->size, out->alignment);
}

int main(int argc, char **argv)
{
    int abi = argc == 2 ? word_find(abi_words, argv[1]) : -1;
    if (abi < 0) {
        fputs("usage: places ABI\n", stderr);
        return STATUS_USAGE;
    }
    struct extent *structs = NULL;
    size_t count = 0; /* of whole structs */
    bool inside = false;
    struct placing placing;
    char line[128];
    while (fgets(line, sizeof line, stdin)) {
        unsigned pack, units, times, bits;
        char type[32];
        if (sscanf(line, "struct %u", &pack) == 1) {
            if (inside)
                put_end(&placing, &structs[count++]);
            structs = mem_resize(structs, count + 1, sizeof *structs);
            place_begin(&placing, (enum abi)abi, pack);
            inside = true;
        } else if (inside && sscanf(line, "%31s %u %u %u", type, &units, &times,
                                    &bits) == 4) {
            bool nested = type[0] >= '0' && type[0] <= '9';
            size_t index = nested ? strtoul(type, NULL, 10) : 0;
            CHECK(!nested || index < count);
            struct extent one =
                nested ? structs[index] : scalar((enum abi)abi, type);
            struct member member = {
                .size = one.size * (units ? units : 1) * (times ? times : 1),
                .alignment = one.alignment,
                .bits = bits,
            };
            put_place(place_member(&placing, &member), &member);
        } else {
            die(STATUS_DATA, "bad line: %s", line);
        }
    }
    if (inside)
        put_end(&placing, &structs[count]);
    free(structs);
    return 0;
}
