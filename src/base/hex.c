/* SPDX-License-Identifier: MIT */
/* Bytes as pairs of hex digits, both ways. */
#include "base/hex.h"

int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool hex_read_pair(const char *text, uint8_t *byte)
{
    int high = hex_digit(text[0]);
    int low = high < 0 ? -1 : hex_digit(text[1]);
    if (low < 0)
        return false;
    *byte = (uint8_t)(high << 4 | low);
    return true;
}

void hex_put_bytes(struct buf *out, const uint8_t *bytes, size_t count,
                   char separator)
{
    static const char digits[] = "0123456789abcdef";
    if (count == 0)
        return;
    CHECK(count < SIZE_MAX / 8);
    char *start = buf_room(out, count * 3);
    char *at = start;
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && separator != '\0')
            *at++ = separator;
        *at++ = digits[bytes[i] >> 4];
        *at++ = digits[bytes[i] & 15];
    }
    buf_grow(out, (size_t)(at - start));
}
