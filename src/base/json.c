/* SPDX-License-Identifier: MIT */
/*
 * JSON strings and numbers.
 *
 * Invariant: what is appended is a complete JSON token.  That the text is
 * valid UTF-8 is up to the caller (text_clean).
 */
#include "base/json.h"

#include <math.h>

static bool is_plain(char c)
{
    return (unsigned char)c >= 0x20 && c != '"' && c != '\\' && c != 0x7F;
}

void json_put_string(struct buf *out, const char *text, size_t len)
{
    size_t done = 0;

    buf_putc(out, '"');
    while (done < len) {
        size_t start = done;

        while (done < len && is_plain(text[done]))
            done++;
        buf_add(out, text + start, done - start);
        if (done == len)
            break;
        if (text[done] == '"' || text[done] == '\\') {
            buf_putc(out, '\\');
            buf_putc(out, text[done]);
        } else {
            buf_puts(out, "\\u");
            buf_put_hex(out, (unsigned char)text[done], 4);
        }
        done++;
    }
    buf_putc(out, '"');
}

void json_put_double(struct buf *out, double value)
{
    if (isfinite(value))
        buf_put_double(out, value);
    else
        buf_puts(out, "null");
}
