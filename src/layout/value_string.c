/* SPDX-License-Identifier: MIT */
/* Decodes stored text and GUIDs; numbers are value_text.c. */
#include "layout/value_string.h"

#include <string.h>

#include "base/hex.h"
#include "base/text.h"
#include "layout/field.h"

static bool is_high_surrogate(uint32_t unit)
{
    return unit >= 0xd800 && unit <= 0xdbff;
}

static bool is_low_surrogate(uint32_t unit)
{
    return unit >= 0xdc00 && unit <= 0xdfff;
}

static void decode_utf16(struct buf *out, const struct field *field,
                         const uint8_t *at)
{
    for (uint32_t i = 0; i + 2 <= field->size; i += 2) {
        uint32_t unit = (uint32_t)value_load(field, at + i, 2);
        if (unit == 0)
            break;
        if (is_high_surrogate(unit) && i + 4 <= field->size) {
            uint32_t low = (uint32_t)value_load(field, at + i + 2, 2);
            if (is_low_surrogate(low)) {
                unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
                i += 2;
            }
        }
        text_put_code(out, unit);
    }
}

static void decode_utf32(struct buf *out, const struct field *field,
                         const uint8_t *at)
{
    for (uint32_t i = 0; i + 4 <= field->size; i += 4) {
        uint32_t code = (uint32_t)value_load(field, at + i, 4);
        if (code == 0)
            break;
        text_put_code(out, code);
    }
}

static size_t char_length(const struct field *field, const uint8_t *at)
{
    const uint8_t *end = memchr(at, 0, field->size);
    return end ? (size_t)(end - at) : field->size;
}

void value_put_string(struct buf *out, const struct field *field,
                      const struct value *value)
{
    if (value->type != VALUE_BYTES)
        return;
    CHECK(kind_is_text(field->kind));
    const uint8_t *at = value->bytes;
    if (field->kind == KIND_CHAR && field->attr->encoding == ENCODING_UTF8) {
        text_clean(out, (const char *)at, char_length(field, at));
        return;
    }
    struct buf raw = {0};
    if (field->kind == KIND_CHAR) {
        size_t len = char_length(field, at);
        for (size_t i = 0; i < len; i++)
            text_put_code(&raw, at[i]);
    } else if (field->kind == KIND_UTF16) {
        decode_utf16(&raw, field, at);
    } else if (field->kind == KIND_UTF32) {
        decode_utf32(&raw, field, at);
    }
    if (raw.len > 0)
        text_clean(out, raw.data, raw.len);
    buf_free(&raw);
}

void value_put_guid(struct buf *out, const struct field *field,
                    const struct value *value)
{
    if (value->type != VALUE_BYTES)
        return;
    CHECK(field->kind == KIND_GUID && field->size == 16);
    const uint8_t *at = value->bytes;
    buf_put_hex(out, value_load(field, at, 4), 8);
    buf_putc(out, '-');
    buf_put_hex(out, value_load(field, at + 4, 2), 4);
    buf_putc(out, '-');
    buf_put_hex(out, value_load(field, at + 6, 2), 4);
    buf_putc(out, '-');
    hex_put_bytes(out, at + 8, 2, '\0');
    buf_putc(out, '-');
    hex_put_bytes(out, at + 10, 6, '\0');
}
