/* SPDX-License-Identifier: MIT */
/* Reads the headers of ELF, PE and COFF files byte by byte, so that word size
 * and byte order do not matter.  Opening them for debug information is import's
 * part. */
#include "base/object.h"

#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/os_files.h"

#define ELF_HEADER_SIZE 52 /* of the smaller one */
#define PE_HEADER_AT 0x3c
#define ELF_RELOCATABLE 1

static const struct {
    enum object_format format; /* OBJECT_COFF: PE, too */
    unsigned number;
    enum object_machine machine;
    bool is_64;
} machines[] = {
    {OBJECT_ELF, 3, MACHINE_X86, false},
    {OBJECT_ELF, 62, MACHINE_X64, true},
    {OBJECT_ELF, 183, MACHINE_ARM64, true},
    {OBJECT_COFF, 0x14c, MACHINE_X86, false},
    {OBJECT_COFF, 0x8664, MACHINE_X64, true},
    {OBJECT_COFF, 0xaa64, MACHINE_ARM64, true},
};

static unsigned number_at(const unsigned char *at, unsigned size, bool big)
{
    unsigned number = 0;
    CHECK(size <= 4);
    for (unsigned i = 0; i < size; i++)
        number = number << 8 | at[big ? i : size - 1 - i];
    return number;
}

static bool parse_elf(struct object *out, const unsigned char *bytes,
                      size_t len, struct err *err)
{
    if (len < ELF_HEADER_SIZE || (bytes[4] != 1 && bytes[4] != 2) ||
        (bytes[5] != 1 && bytes[5] != 2))
        return err_set(err, STATUS_DATA, "a damaged ELF file: its header");
    out->format = OBJECT_ELF;
    out->is_64 = bytes[4] == 2;
    out->big_endian = bytes[5] == 2;
    out->is_linked =
        number_at(bytes + 16, 2, out->big_endian) != ELF_RELOCATABLE;
    out->machine_number = number_at(bytes + 18, 2, out->big_endian);
    for (size_t i = 0; i < sizeof machines / sizeof machines[0]; i++) {
        /* x32 is a machine of 64 bits in a file of 32 */
        if (machines[i].format == OBJECT_ELF &&
            machines[i].number == out->machine_number &&
            machines[i].is_64 == out->is_64)
            out->machine = machines[i].machine;
    }
    return true;
}

/* False when the number is of no machine that we know. */
static bool parse_coff(struct object *out, const unsigned char *header)
{
    out->machine_number = number_at(header, 2, false);
    for (size_t i = 0; i < sizeof machines / sizeof machines[0]; i++) {
        if (machines[i].format == OBJECT_COFF &&
            machines[i].number == out->machine_number) {
            out->machine = machines[i].machine;
            out->is_64 = machines[i].is_64;
            return true;
        }
    }
    return false;
}

static bool parse_pe(struct object *out, const unsigned char *bytes, size_t len,
                     struct err *err)
{
    size_t at = len >= PE_HEADER_AT + 4
                    ? number_at(bytes + PE_HEADER_AT, 4, false)
                    : len;
    if (at >= len || len - at < 6 || memcmp(bytes + at, "PE\0\0", 4) != 0)
        return err_set(err, STATUS_DATA, "a damaged PE file: no PE header");
    out->format = OBJECT_PE;
    out->is_linked = true;
    if (!parse_coff(out, bytes + at + 4))
        out->is_64 = true;
    return true;
}

bool object_parse(struct object *out, const void *bytes, size_t len,
                  struct err *err)
{
    static const char elf[] = "\177ELF", archive[] = "!<arch>\n",
                      mach[] = "\xcf\xfa\xed\xfe";
    CHECK(bytes || len == 0);
    *out = (struct object){0};
    if (len >= 4 && memcmp(bytes, elf, 4) == 0)
        return parse_elf(out, bytes, len, err);
    if (len >= 2 && memcmp(bytes, "MZ", 2) == 0)
        return parse_pe(out, bytes, len, err);
    if (len >= 20 && parse_coff(out, bytes)) {
        out->format = OBJECT_COFF;
        return true;
    }
    if (len >= 8 && memcmp(bytes, archive, 8) == 0)
        return err_set(err, STATUS_DATA,
                       "an archive: unpack it (ar x) and name one of its "
                       "object files");
    if (len >= 4 && memcmp(bytes, mach, 4) == 0)
        return err_set(err, STATUS_DATA,
                       "a Mach-O file; ELF, PE and COFF are read");
    return err_set(err, STATUS_DATA,
                   "neither a program nor an object file: ELF, PE and COFF "
                   "are read");
}

bool object_read(struct object *out, const char *path, struct err *err)
{
    struct buf start = {0};
    bool ok = os_read_start(path, OBJECT_HEADERS_MAX, &start, err);
    if (ok && !object_parse(out, start.data, start.len, err)) {
        err_prefix(err, "%s", path);
        ok = false;
    }
    buf_free(&start);
    return ok;
}
