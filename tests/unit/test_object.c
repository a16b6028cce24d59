/* SPDX-License-Identifier: MIT */
/* Headers of programs and object files; that real files are read right is
 * shown by live/import_vs_compilers.py. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/object.h"

#define COUNT(table) (sizeof table / sizeof((table)[0]))
#define HEADER_SIZE 64

struct header {
    struct object object;
    const char *start; /* of the file, before zeros */
    size_t start_len;
    size_t at; /* of two bytes more */
    unsigned char more[2];
};

#define ELF(class, order) "\177ELF" class order

static const struct header headers[] = {
    {{OBJECT_ELF, MACHINE_X64, 62, true, false, false},
     ELF("\2", "\1\1\0\0\0\0\0\0\0\0\0\1\0"),
     18,
     18,
     {62, 0}},
    {{OBJECT_ELF, MACHINE_X64, 62, true, false, true},
     ELF("\2", "\1\1\0\0\0\0\0\0\0\0\0\3\0"),
     18,
     18,
     {62, 0}},
    /* x32: addresses of 4 bytes */
    {{OBJECT_ELF, MACHINE_OTHER, 62, false, false, true},
     ELF("\1", "\1\1\0\0\0\0\0\0\0\0\0\2\0"),
     18,
     18,
     {62, 0}},
    {{OBJECT_ELF, MACHINE_X86, 3, false, false, true},
     ELF("\1", "\1\1\0\0\0\0\0\0\0\0\0\2\0"),
     18,
     18,
     {3, 0}},
    {{OBJECT_ELF, MACHINE_OTHER, 21, true, true, false},
     ELF("\2", "\2\1\0\0\0\0\0\0\0\0\0\0\1"),
     18,
     18,
     {0, 21}},
    {{OBJECT_ELF, MACHINE_ARM64, 183, true, true, true},
     ELF("\2", "\2\1\0\0\0\0\0\0\0\0\0\0\2"),
     18,
     18,
     {0, 183}},
    {{OBJECT_COFF, MACHINE_X64, 0x8664, true, false, false},
     "\x64\x86",
     2,
     40,
     {0, 0}},
    {{OBJECT_COFF, MACHINE_X86, 0x14c, false, false, false},
     "\x4c\x01",
     2,
     40,
     {0, 0}},
};

static void assert_object(const struct object *got, const struct object *want)
{
    assert_int_equal(got->format, want->format);
    assert_int_equal(got->machine, want->machine);
    assert_int_equal(got->machine_number, want->machine_number);
    assert_int_equal(got->is_64, want->is_64);
    assert_int_equal(got->big_endian, want->big_endian);
    assert_int_equal(got->is_linked, want->is_linked);
}

static void test_headers(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(headers); i++) {
        unsigned char bytes[HEADER_SIZE] = {0};
        struct object object;

        memcpy(bytes, headers[i].start, headers[i].start_len);
        memcpy(bytes + headers[i].at, headers[i].more, 2);
        assert_true(object_parse(&object, bytes, sizeof bytes, NULL));
        assert_object(&object, &headers[i].object);
        for (size_t len = 0; len < 20; len++) {
            struct err err = {0};
            assert_false(object_parse(&object, bytes, len, &err));
            assert_int_equal(err.status, STATUS_DATA);
        }
    }
}

static void test_pe(void **state)
{
    static const struct object want = {OBJECT_PE, MACHINE_X86, 0x14c,
                                       false,     false,       true};
    unsigned char bytes[0x90] = "MZ";
    struct object object;

    (void)state;
    bytes[0x3c] = 0x80;
    memcpy(bytes + 0x80, "PE\0\0\x4c\x01", 6);
    assert_true(object_parse(&object, bytes, sizeof bytes, NULL));
    assert_object(&object, &want);
    for (size_t len = 0; len < 0x86; len++)
        assert_false(object_parse(&object, bytes, len, NULL));
    bytes[0x3f] = 0xff; /* a header after the end */
    assert_false(object_parse(&object, bytes, sizeof bytes, NULL));
}

static void test_others(void **state)
{
    static const struct {
        const char *bytes;
        size_t len;
        const char *words;
    } table[] = {
        {"", 0, "neither a program nor an object file"},
        {"#!/bin/sh -e\nexec true", 22, "neither a program"},
        {"!<arch>\nabc.o/", 14, "an archive: unpack it"},
        {"\xcf\xfa\xed\xfe\x07\0\0\1", 8, "a Mach-O file"},
        {"\177ELF\3\1\1\0\0\0\0\0\0\0\0\0\2\0\3\0", 20, "a damaged ELF"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(table); i++) {
        struct object object;
        struct err err = {0};

        assert_false(object_parse(&object, table[i].bytes, table[i].len, &err));
        assert_int_equal(err.status, STATUS_DATA);
        assert_non_null(strstr(err.text, table[i].words));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_headers),
        cmocka_unit_test(test_pe),
        cmocka_unit_test(test_others),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
