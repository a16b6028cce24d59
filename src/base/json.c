/* SPDX-License-Identifier: MIT */
/* Writes JSON strings, keys and commas. What an object holds is the caller's:
 * output/out_json.c, check/json.c. */
#include "base/json.h"

#include <string.h>

/* DEL needs no escape in JSON, but terminals act on it. */
static bool is_plain(char c)
{
    return ((unsigned char)c >= 0x20) & (c != '"') & (c != '\\') & (c != 0x7F);
}

/* Without an early exit, so that compilers vectorize it. */
static bool is_all_plain(const char *text, size_t len)
{
    bool plain = true;
    for (size_t i = 0; i < len; i++)
        plain &= is_plain(text[i]);
    return plain;
}

static size_t escaped_length(char c)
{
    if (is_plain(c))
        return 1;
    return c == '"' || c == '\\' ? strlen("\\\"") : strlen("\\u0000");
}

/* Writes `c`, escaped, so that it ends before `to`; returns where it begins. */
static char *put_before(char *to, char c)
{
    static const char digits[] = "0123456789abcdef";
    to -= escaped_length(c);
    if (is_plain(c)) {
        to[0] = c;
    } else if (c == '"' || c == '\\') {
        to[0] = '\\';
        to[1] = c;
    } else {
        memcpy(to, "\\u00", 4);
        to[4] = digits[(unsigned char)c >> 4];
        to[5] = digits[c & 15];
    }
    return to;
}

void json_quote(struct buf *out, size_t start)
{
    CHECK(start <= out->len);
    size_t len = out->len - start;
    size_t more = 2;
    for (size_t i = start; i < out->len; i++)
        more += escaped_length(out->data[i]) - 1;
    buf_room(out, more);
    char *text = out->data + start;
    if (more == 2) {
        memmove(text + 1, text, len);
    } else {
        char *to = text + len + more - 1;
        for (size_t i = len; i > 0; i--)
            to = put_before(to, text[i - 1]);
    }
    text[0] = '"';
    text[len + more - 1] = '"';
    buf_grow(out, more);
}

void json_put_string(struct buf *out, const char *text, size_t len)
{
    if (!is_all_plain(text, len)) {
        size_t start = out->len;
        buf_add(out, text, len);
        json_quote(out, start);
        return;
    }
    char *to = buf_room(out, len + 2);
    to[0] = '"';
    memcpy(to + 1, text, len);
    to[len + 1] = '"';
    buf_grow(out, len + 2);
}

void json_put_comma(struct buf *out)
{
    CHECK(out->len > 0);
    char last = out->data[out->len - 1];
    if (last != '{' && last != '[')
        buf_putc(out, ',');
}

void json_put_key(struct buf *out, const char *key)
{
    json_put_comma(out);
    json_put_string(out, key, strlen(key));
    buf_putc(out, ':');
}
