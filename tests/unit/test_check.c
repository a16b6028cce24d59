/* SPDX-License-Identifier: MIT */
/*
 * Alignment, atomicity and the JSON of `check`; its table and its messages
 * are in the corpora of tests/layouts.
 */
#include "layout_rig.h"

#include "check/json.h"
#include "check/text.h"
#include "layout/field.h"
#include "layout/words.h"
#include "loader/loader.h"

static void test_alignment(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        unsigned alignment;
        bool aligned;
        enum atomic atomic;    /* producer unknown */
        bool by_x86, by_64bit; /* atomic */
    } cases[] = {
        {"u8 @0", 8, true, ATOMIC_YES, true, true},
        {"u8 @7", 1, true, ATOMIC_YES, true, true},
        {"u16 @6", 2, true, ATOMIC_YES, true, true},
        {"u16 @7", 1, false, ATOMIC_NO, false, false},
        {"u32 @4", 4, true, ATOMIC_YES, true, true},
        {"u32 @6", 2, false, ATOMIC_NO, false, false},
        {"f32 @12", 4, true, ATOMIC_YES, true, true},
        {"i64 @8", 8, true, ATOMIC_IF_64BIT, false, true},
        {"u64be @8", 8, true, ATOMIC_IF_64BIT, false, true},
        {"i64 @4", 4, false, ATOMIC_NO, false, false},
        {"f64 @16", 8, true, ATOMIC_IF_64BIT, false, true},
        {"f64 @12", 4, false, ATOMIC_NO, false, false},
        {"bool @3", 1, true, ATOMIC_YES, true, true},
        {"char[8] @8", 8, true, ATOMIC_NO, false, false},
        {"char[1] @9", 1, true, ATOMIC_YES, true, true},
        {"utf16[2] @5", 1, true, ATOMIC_NO, false, false},
        {"bytes[4] @4", 4, true, ATOMIC_NO, false, false},
        {"guid @3", 1, true, ATOMIC_NO, false, false},
        {"u32 @2 bits=0", 2, false, ATOMIC_NO, false, false},
        {"u64 @8 bits=0", 8, true, ATOMIC_IF_64BIT, false, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct layout *layout = rig_field(cases[i].line);
        const struct field *field = &layout->fields[0];
        assert_int_equal(field_alignment(field), cases[i].alignment);
        assert_int_equal(field_is_aligned(field), cases[i].aligned);
        assert_int_equal(field_atomic(field, ABI_UNKNOWN), cases[i].atomic);
        for (const struct word_row *abi = abi_words; abi->word; abi++) {
            bool atomic = strncmp(abi->word, "x86", 3) == 0 ? cases[i].by_x86
                                                            : cases[i].by_64bit;
            assert_int_equal(field_atomic(field, (enum abi)abi->value),
                             atomic ? ATOMIC_YES : ATOMIC_NO);
        }
        layout_free(layout);
    }
}

static void test_json(void **state)
{
    (void)state;
    struct abi_views views = {0};
    struct problems problems = {0};
    struct buf json = {0};
    const char *text = "[mapping]\nsize = 16\n[fields]\na = u64be @0\n"
                       "b = u16[2] @9 bits=0..3\n";
    assert_true(abi_views_parse(&views, "x", text, strlen(text), ABI_UNKNOWN,
                                &problems));
    problem_add(&problems, "x", 9, PROBLEM_NOTE, "a \"quote\"\x1b");
    check_put_json(&json, "x", false, &views, &problems);
    assert_string_equal(
        json.data,
        "{\"size\":{\"x86-linux\":16,\"x64-linux\":16,\"x86-windows\":16,"
        "\"x64-windows\":16,\"arm64-linux\":16},\"fields\":["
        "{\"path\":\"a\",\"type\":\"u64be\",\"offset\":{\"x86-linux\":0,"
        "\"x64-linux\":0,\"x86-windows\":0,\"x64-windows\":0,"
        "\"arm64-linux\":0},\"size\":{\"x86-linux\":8,\"x64-linux\":8,"
        "\"x86-windows\":8,\"x64-windows\":8,\"arm64-linux\":8},"
        "\"atomic\":{\"x86-linux\":false,\"x64-linux\":true,"
        "\"x86-windows\":false,\"x64-windows\":true,\"arm64-linux\":true}},"
        "{\"path\":\"b[0]\",\"type\":\"u16 bits=0..3\",\"offset\":{"
        "\"x86-linux\":9,\"x64-linux\":9,\"x86-windows\":9,"
        "\"x64-windows\":9,\"arm64-linux\":9},\"size\":{\"x86-linux\":2,"
        "\"x64-linux\":2,\"x86-windows\":2,\"x64-windows\":2,"
        "\"arm64-linux\":2},\"bits\":{\"x86-linux\":[0,3],"
        "\"x64-linux\":[0,3],\"x86-windows\":[0,3],\"x64-windows\":[0,3],"
        "\"arm64-linux\":[0,3]},\"atomic\":{\"x86-linux\":false,"
        "\"x64-linux\":false,\"x86-windows\":false,\"x64-windows\":false,"
        "\"arm64-linux\":false}},"
        "{\"path\":\"b[1]\",\"type\":\"u16 bits=0..3\",\"offset\":{"
        "\"x86-linux\":11,\"x64-linux\":11,\"x86-windows\":11,"
        "\"x64-windows\":11,\"arm64-linux\":11},\"size\":{\"x86-linux\":2,"
        "\"x64-linux\":2,\"x86-windows\":2,\"x64-windows\":2,"
        "\"arm64-linux\":2},\"bits\":{\"x86-linux\":[0,3],"
        "\"x64-linux\":[0,3],\"x86-windows\":[0,3],\"x64-windows\":[0,3],"
        "\"arm64-linux\":[0,3]},\"atomic\":{\"x86-linux\":false,"
        "\"x64-linux\":false,\"x86-windows\":false,\"x64-windows\":false,"
        "\"arm64-linux\":false}}],\"problems\":[{\"line\":5,\"level\":"
        "\"warning\",\"text\":\"'b[0]' at offset 9 is not aligned to its 2 "
        "bytes, so that a read may be torn\"},{\"line\":9,\"level\":"
        "\"note\",\"text\":\"a \\\"quote\\\"\xef\xbf\xbd\"}]}\n");
    buf_clear(&json);
    problems_free(&problems);
    abi_views_free(&views);
    check_put_json(&json, "a.ini", true, &views, &problems);
    assert_string_equal(json.data, "{\"file\":\"a.ini\",\"size\":{},"
                                   "\"fields\":[],\"problems\":[]}\n");
    buf_free(&json);
}

/* What a pack puts there, the producer's compiler put there, too. */
static void test_packed(void **state)
{
    (void)state;
    struct problems problems = {0};
    struct layout *layout = NULL;
    static const char text[] = "[struct s]\n@pack = 1\na = u8\nb = u32\n"
                               "[fields]\ns = s\nc = u16 @7\n";
    assert_true(layout_parse(&layout, "packed.ini", text, sizeof text - 1,
                             ABI_UNKNOWN, &problems));
    assert_int_equal(problems.count, 1);
    assert_int_equal(problems.items[0].level, PROBLEM_WARNING);
    assert_int_equal(problems.items[0].line, 7);
    assert_false(field_is_aligned(&layout->fields[1]));
    problems_free(&problems);
    layout_free(layout);
}

/* The footer tells what the ABI does, and only where it does something. */
static void test_abi(void **state)
{
    (void)state;
    static const struct {
        const char *layout;
        enum abi abi; /* as by --abi */
        const char *row;
        const char *footer; /* NULL: none */
    } cases[] = {
        {"[fields]\na = i64 @0\n", ABI_UNKNOWN, "i64       8  64-bit\n",
         "\natomic 64-bit: if the producer is a 64-bit program; "},
        {"[mapping]\nabi = x86-windows\n[fields]\na = i64 @0\n", ABI_UNKNOWN,
         "i64       8  no\n",
         "\natomic: as an x86-windows producer writes, 8 bytes in two "
         "halves\n"},
        {"[mapping]\nabi = x86-windows\n[fields]\na = i64 @0\n",
         ABI_ARM64_LINUX, "i64       8  yes\n",
         "\natomic: as an arm64-linux producer writes, 8 bytes at once\n"},
        {"[fields]\na = f64 @0\nb = i64 @12\n", ABI_X86_LINUX,
         "f64       8  no\n",
         "\natomic: as an x86-linux producer writes, 8 bytes in two "
         "halves\n"},
        {"[fields]\na = i64 @4\n", ABI_UNKNOWN, "4  no  misaligned\n", NULL},
        {"[fields]\na = u32 @4\n", ABI_X86_LINUX, "4  yes\n", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct problems problems = {0};
        struct abi_views views = {0};
        const struct check_style style = {0};
        assert_true(abi_views_parse(&views, "abi.ini", cases[i].layout,
                                    strlen(cases[i].layout), cases[i].abi,
                                    &problems));
        problems_free(&problems);
        struct buf text = {0};
        check_put_text(&text, &views, &style);
        assert_non_null(strstr(text.data, cases[i].row));
        if (cases[i].footer)
            assert_non_null(strstr(text.data, cases[i].footer));
        else
            assert_null(strstr(text.data, "\natomic"));
        buf_free(&text);
        abi_views_free(&views);
    }
}

static bool accepted(const char *text)
{
    struct layout *layout = NULL;
    struct problems problems = {0};
    bool ok =
        layout_parse(&layout, "x", text, strlen(text), ABI_UNKNOWN, &problems);
    layout_free(layout);
    problems_free(&problems);
    return ok;
}

/* Which overlaps are permitted, whatever the order of the lines. */
static void test_overlaps(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        bool ok;
    } cases[] = {
        {"u32 @0", "u32 @4", true},
        {"u32 @0", "u32 @3", false},
        {"u32 @0 overlap=yes", "u32 @3", true},
        {"u64[4] @0", "u8 @31", false},
        {"u64[4] @0", "u8 @32", true},
        {"u32 @0 bits=0..3", "u32 @0 bits=4..7", true},
        {"u32 @0 bits=0..3", "u32 @0 bits=3..7", false},
        {"u32 @0 bits=0..3", "u32 @0 bits=3..7 overlap=yes", true},
        {"u32 @0 bits=0..3", "u16 @0 bits=4..7", true},
        {"u32 @0 bits=0..4", "u16 @0 bits=4..7", false},
        {"u32 @0 bits=9..20", "u8 @0", true},
        {"u32 @0 bits=9..20", "u8 @2", false},
        {"u64 @0 bits=48", "u32 @2", true},
        {"u64 @0 bits=40", "u32 @2", false},
        {"u64 @0 bits=40", "u32 @2 bits=25", true},
        {"u64 @0 bits=40", "u16 @4 bits=8", false},
        {"u32be @0 bits=0..3", "u32be @0 bits=4..7", true},
        {"u32be @0 bits=0..3", "u8 @3", false},
        {"u32be @0 bits=0..3", "u16be @2 bits=3", false},
        {"u32be @0 bits=0..3", "u16be @2 bits=4", true},
        /* Of different byte order: in other bytes, in the same byte. */
        {"u32 @0 bits=0..3", "u32be @0 bits=4..7", true},
        {"u32 @0 bits=0..3", "u32be @0 bits=28..31", false},
        {"u32 @0 bits=4..7", "u32be @0 bits=24..27", false},
        {"u8[4] @0 bits=0..3", "u8[4] @0 bits=4..7", true},
        {"u8[4] @0 bits=0..3", "u8[2] @1 bits=4..7", true},
        {"u8[4] @0 bits=0..3", "u8[2] @1 bits=3..7", false},
        {"u32 @0 bits=0", "u32 @0", false},
        {"guid @0", "char[4] @15", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf text = {0};
        buf_printf(&text, "[fields]\na = %s\nb = %s\n", cases[i].a, cases[i].b);
        assert_int_equal(accepted(text.data), cases[i].ok);
        buf_clear(&text);
        buf_printf(&text, "[fields]\nb = %s\na = %s\n", cases[i].b, cases[i].a);
        assert_int_equal(accepted(text.data), cases[i].ok);
        buf_free(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_alignment), cmocka_unit_test(test_json),
        cmocka_unit_test(test_packed),    cmocka_unit_test(test_abi),
        cmocka_unit_test(test_overlaps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
