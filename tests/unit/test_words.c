/* SPDX-License-Identifier: MIT */
/*
 * Words of the layout language and types in words.
 */
#include "layout_rig.h"

#include "layout/type.h"
#include "layout/words.h"

static void test_tables(void **state)
{
    (void)state;
    const struct word_row *const tables[] = {show_words,  role_words,
                                             level_words, encoding_words,
                                             order_words, abi_words};
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        for (const struct word_row *row = tables[i]; row->word; row++) {
            assert_int_equal(word_find(tables[i], row->word), row->value);
            assert_string_equal(word_of(tables[i], row->value), row->word);
        }
        assert_int_equal(word_find(tables[i], ""), -1);
        assert_int_equal(word_find(tables[i], "nothing"), -1);
        assert_null(word_of(tables[i], 999));
    }
    assert_null(word_of(show_words, SHOW_DEFAULT));
    assert_null(word_of(abi_words, ABI_UNKNOWN));
}

static void test_hints(void **state)
{
    (void)state;
    assert_string_equal(word_nearest(role_words, "countr"), "counter");
    assert_null(word_nearest(role_words, "xyzzy"));
    assert_string_equal(word_hint(NULL).text, "");
    assert_string_equal(word_hint("abc").text, "; did you mean 'abc'?");
    assert_string_equal(word_hint_in(level_words, "dbug").text,
                        "; did you mean 'debug'?");
    assert_string_equal(word_hint_in(level_words, "zzzzz").text,
                        "; it is one of info, diag, debug");
}

/* A type that is printed reads back as the same type. */
static void test_types(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        const char *type;
        const char *with_order;
    } cases[] = {
        {"i8 @0", "i8", "i8"},
        {"i8be @0", "i8", "i8"},
        {"u16be @0", "u16", "u16be"},
        {"u16le @0", "u16", "u16"},
        {"i64 @0", "i64", "i64"},
        {"f32be @0", "f32", "f32be"},
        {"f64 @0", "f64", "f64"},
        {"bool @0", "bool", "bool"},
        {"char[16] @0", "char[16]", "char[16]"},
        {"char[16][4] @0", "char[16]", "char[16]"},
        {"utf16be[8] @0", "utf16[8]", "utf16be[8]"},
        {"utf32[8] @0", "utf32[8]", "utf32[8]"},
        {"bytes[3] @0", "bytes[3]", "bytes[3]"},
        {"guid @0", "guid", "guid"},
        {"guidbe @0", "guid", "guidbe"},
        {"u32[8] @0", "u32", "u32"},
        {"u8 @0 bits=3", "u8 bits=3", "u8 bits=3"},
        {"i16be @0 bits=4..7", "i16 bits=4..7", "i16be bits=4..7"},
        {"u64 @0 bits=0..63", "u64 bits=0..63", "u64 bits=0..63"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct layout *layout = rig_field(cases[i].line);
        struct buf text = {0};
        field_put_type(&text, &layout->fields[0]);
        assert_string_equal(text.data, cases[i].type);
        buf_clear(&text);
        field_put_type_order(&text, &layout->fields[0]);
        assert_string_equal(text.data, cases[i].with_order);
        buf_free(&text);
        layout_free(layout);
    }
}

static void test_type_parse(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct type_spec type;
    struct err err = {0};
    assert_true(type_parse("char[65536][4000000]", &type, arena, &err));
    assert_int_equal(type.size, 65536);
    assert_int_equal(type.count, 4000000);
    assert_true(type.array);
    assert_true(type_parse("utf16be[0x10]", &type, arena, &err));
    assert_int_equal(type.size, 32);
    assert_true(type.has_order && type.order == ORDER_BIG && !type.array);
    assert_true(type_parse("u8[1]", &type, arena, &err));
    assert_true(type.array && type.count == 1 && !type.has_order);
    /* What is no type can be a struct; whether there is one is seen later. */
    assert_true(type_parse("pump[32]", &type, arena, &err));
    assert_string_equal(type.struct_name, "pump");
    assert_true(type.array && type.count == 32);
    assert_true(type_parse("i64bebe", &type, arena, &err));
    assert_string_equal(type.struct_name, "i64bebe");
    static const char *const bad[] = {
        "",           "[",          "[]",     "i8[",
        "i8[]",       "i8]",        "u8[1]]", "u8[[1]]",
        "u8[1 ]x",    "charbe[4]x", "a.b",    "u8[4294967297]",
        "pump[2][3]", "uint32_t",   "wchar",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        err = (struct err){0};
        assert_false(type_parse(bad[i], &type, arena, &err));
        assert_int_equal(err.status, STATUS_DATA);
        assert_true(err.text[0] != '\0');
    }
    arena_free(arena);
}

/* Types whose size the ABI decides, and does not while it is not known. */
static void test_type_settle(void **state)
{
    (void)state;
    static const struct {
        const char *word;
        enum abi abi;
        enum kind kind;
        uint32_t size; /* 0: refused */
    } cases[] = {
        {"i32", ABI_UNKNOWN, KIND_INT, 4},
        {"int", ABI_UNKNOWN, KIND_INT, 4},
        {"bool32", ABI_UNKNOWN, KIND_BOOL, 4},
        {"long", ABI_UNKNOWN, KIND_INT, 0},
        {"long", ABI_X86_LINUX, KIND_INT, 4},
        {"long", ABI_X64_LINUX, KIND_INT, 8},
        {"long", ABI_X64_WINDOWS, KIND_INT, 4},
        {"ulong", ABI_ARM64_LINUX, KIND_UINT, 8},
        {"size_t", ABI_X64_WINDOWS, KIND_UINT, 8},
        {"ptr", ABI_X86_WINDOWS, KIND_UINT, 4},
        {"wchar_t", ABI_X86_WINDOWS, KIND_UINT, 2},
        {"wchar[8]", ABI_X64_WINDOWS, KIND_UTF16, 16},
        {"wchar[8]", ABI_X64_LINUX, KIND_UTF32, 32},
        {"wchar[8]", ABI_UNKNOWN, KIND_UTF32, 0},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct type_spec type;
        struct err err = {0};
        assert_true(type_parse(cases[i].word, &type, arena, &err));
        bool settled = type_settle(&type, cases[i].abi, &err);
        assert_int_equal(settled, cases[i].size > 0);
        if (settled) {
            assert_int_equal(type.size, cases[i].size);
            assert_int_equal(type.kind, cases[i].kind);
        } else {
            assert_non_null(strstr(err.text, "abi = "));
        }
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables),      cmocka_unit_test(test_hints),
        cmocka_unit_test(test_types),       cmocka_unit_test(test_type_parse),
        cmocka_unit_test(test_type_settle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
