/* SPDX-License-Identifier: MIT */
/* Hostile bytes of a mapping or a layout: every output is valid UTF-8 in whole
 * lines, without anything that controls a terminal. */
#include "output_rig.h"

#include "base/utf8.h"

/* The output is clean UTF-8 lines without unsafe code points. */
static void check_clean(const struct buf *out)
{
    assert_int_equal(strlen(out->data), out->len);
    for (size_t at = 0; at < out->len;) {
        uint32_t code;
        size_t len = utf8_next(out->data + at, out->len - at, &code);
        if (code ==
            UTF8_REPLACEMENT) /* in the text itself, not for a bad byte */
            assert_int_equal(len, 3);
        if (code != '\n' && code != '\r' && !utf8_is_safe(code))
            fail_msg("code point %x at %zu", (unsigned)code, at);
        at += len;
    }
}

static void put_everything(struct rig *rig)
{
    for (int mode = 0; mode < 8; mode++) {
        rig->plan.raw = mode & 1;
        rig->plan.detail = mode & 2;
        rig->plan.first_only = mode & 4;
        for (const struct output_ops *row = output_table; row->name; row++) {
            buf_clear(&rig->out);
            if (row->begin)
                row->begin(&rig->out, &rig->plan);
            row->sample(&rig->out, &rig->plan, &rig->sample);
            check_clean(&rig->out);
        }
    }
}

static const uint32_t hostile_codes[] = {
    0x01,    0x07,     0x08,     0x09,   0x0a,   0x0d,   0x1b,   0x7f,
    0x80,    0x9b,     0x9f,     0x61c,  0x200b, 0x200c, 0x200d, 0x200e,
    0x200f,  0x2028,   0x2029,   0x202a, 0x202b, 0x202c, 0x202d, 0x202e,
    0x2060,  0x2066,   0x2067,   0x2068, 0x2069, 0xd800, 0xdfff, 0xe000,
    0xf8ff,  0xfdd0,   0xfeff,   0xfffe, 0xffff, 0x301,  0x378,  0xf0000,
    0x1fffe, 0x10ffff, 0x110000,
};

/* Encodes any code point, allowed or not. */
static size_t put_utf8(char *to, uint32_t code)
{
    if (code < 0x80) {
        to[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        to[0] = (char)(0xc0 | code >> 6);
        to[1] = (char)(0x80 | (code & 63));
        return 2;
    }
    if (code < 0x10000) {
        to[0] = (char)(0xe0 | code >> 12);
        to[1] = (char)(0x80 | (code >> 6 & 63));
        to[2] = (char)(0x80 | (code & 63));
        return 3;
    }
    to[0] = (char)(0xf0 | code >> 18);
    to[1] = (char)(0x80 | (code >> 12 & 63));
    to[2] = (char)(0x80 | (code >> 6 & 63));
    to[3] = (char)(0x80 | (code & 63));
    return 4;
}

static void test_hostile_values(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig, "a = char[8] @0\n"
                   "b = char[8] @0 encoding=latin1 overlap=yes\n"
                   "c = utf16[4] @8\nd = utf16be[4] @16\n"
                   "e = utf32[2] @24\nf = bytes[8] @0 overlap=yes\n"
                   "g = u8 @0 show=char overlap=yes\n"
                   "h = guid @0 overlap=yes");
    for (unsigned byte = 0; byte < 256; byte++) {
        memset(rig.stored, 'x', 64);
        rig.stored[1] = (uint8_t)byte;
        rig.stored[7] = (uint8_t)byte;
        rig.stored[0] = (uint8_t)byte;
        rig_decode(&rig);
        put_everything(&rig);
    }
    for (size_t i = 0; i < sizeof hostile_codes / 4; i++) {
        uint32_t code = hostile_codes[i];
        memset(rig.stored, 'x', 64);
        put_utf8((char *)rig.stored, code);
        for (int byte = 0; byte < 4; byte++)
            rig.stored[24 + byte] = (uint8_t)(code >> 8 * byte);
        for (int byte = 0; byte < 2; byte++) {
            rig.stored[8 + byte] = (uint8_t)(code >> 8 * byte);
            rig.stored[16 + byte] = (uint8_t)(code >> 8 * (1 - byte));
        }
        rig_decode(&rig);
        put_everything(&rig);
    }
    rig_close(&rig);
}

/* The same hostile name in every place where a layout has names for people. */
static void check_names(const char *name)
{
    char lines[512];
    struct rig rig;
    snprintf(lines, sizeof lines,
             "a = u8 @0 enum=e label=\"x%sx\" unit=\"x%s\"\n"
             "b = u8 @1 flags=f label=\"x%s\"\n"
             "[enum e]\n0 = x%sx\n* = x%s\n"
             "[flags f]\n0 = x%s\n1..2 = x%sx\n",
             name, name, name, name, name, name, name);
    rig_open(&rig, lines);
    set_state(&rig, STATE_ERROR, name);
    for (uint8_t byte = 0; byte < 16; byte++) {
        rig.stored[0] = rig.stored[1] = byte;
        rig_decode(&rig);
        put_everything(&rig);
    }
    rig_close(&rig);
}

static void test_hostile_names(void **state)
{
    char name[16];
    (void)state;
    for (unsigned byte = 1; byte < 256; byte++) {
        if (strchr("\n\r\"|=", (int)byte)) /* no label can contain these */
            continue;
        snprintf(name, sizeof name, "%cy", (int)byte);
        check_names(name);
    }
    for (size_t i = 0; i < sizeof hostile_codes / 4; i++) {
        memset(name, 0, sizeof name);
        if (hostile_codes[i] == '\n' || hostile_codes[i] == '\r')
            continue;
        put_utf8(name + put_utf8(name, hostile_codes[i]), hostile_codes[i]);
        check_names(name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hostile_values),
        cmocka_unit_test(test_hostile_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
