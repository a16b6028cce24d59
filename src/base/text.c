/* SPDX-License-Identifier: MIT */
/* Cleaning, measuring and cutting of text; utf8.c judges single code points and
 * text_words.c compares words. */
#include "base/text.h"

#include <string.h>

#include <utf8proc.h>

#include "base/utf8.h"

#define MARKS_MAX 2 /* combining marks on a base character */

void text_put_code(struct buf *out, uint32_t code)
{
    if (code > 0x10FFFF || !utf8proc_codepoint_valid((int32_t)code))
        code = UTF8_REPLACEMENT;
    utf8proc_ssize_t took = utf8proc_encode_char(
        (utf8proc_int32_t)code, (utf8proc_uint8_t *)buf_room(out, 4));
    buf_grow(out, (size_t)took);
}

/* Appends one code point that is not plain ASCII.  `*marks` is how many more
 * combining marks the last base character may have, MARKS_MAX + 1 if there is
 * no base character yet. */
static void clean_code(struct buf *out, const char *text, size_t took,
                       uint32_t code, int *marks)
{
    bool replace = code == UTF8_REPLACEMENT || !utf8_is_safe(code);
    if (!replace && utf8_width(code) == 0) {
        if (*marks == 0)
            return;
        replace = *marks > MARKS_MAX;
        *marks -= replace ? 0 : 1;
        if (!replace) {
            buf_add(out, text, took);
            return;
        }
    }
    *marks = MARKS_MAX;
    if (replace)
        buf_puts(out, UTF8_REPLACEMENT_TEXT);
    else
        buf_add(out, text, took);
}

void text_clean(struct buf *out, const char *text, size_t len)
{
    int marks = MARKS_MAX + 1;
    while (len > 0) {
        size_t took = utf8_plain_run(text, len);
        if (took > 0) {
            buf_add(out, text, took);
            marks = MARKS_MAX;
        } else {
            uint32_t code;
            took = utf8_next(text, len, &code);
            clean_code(out, text, took, code, &marks);
        }
        text += took;
        len -= took;
    }
}

size_t text_columns(const char *text, size_t len)
{
    size_t columns = 0;
    while (len > 0) {
        size_t took = utf8_plain_run(text, len);
        if (took > 0) {
            columns += took;
        } else {
            uint32_t code;
            took = utf8_next(text, len, &code);
            columns += (size_t)utf8_width(code);
        }
        text += took;
        len -= took;
    }
    return columns;
}

size_t text_fit(const char *text, size_t len, size_t columns)
{
    size_t at = 0;
    while (at < len) {
        uint32_t code;
        size_t took = utf8_next(text + at, len - at, &code);
        size_t width = (size_t)utf8_width(code);
        if (width > columns)
            break;
        columns -= width;
        at += took;
    }
    return at;
}

/* Offset of the longest suffix that fits into `columns`. */
static size_t fit_end(const char *text, size_t len, size_t columns)
{
    size_t left = text_columns(text, len);
    size_t at = 0;
    while (at < len) {
        uint32_t code;
        size_t took = utf8_next(text + at, len - at, &code);
        size_t width = (size_t)utf8_width(code);
        /* a mark stays with its base character */
        if (left <= columns && width > 0)
            break;
        left -= width;
        at += took;
    }
    return at;
}

void text_shorten(struct buf *out, const char *text, size_t len, size_t columns,
                  const char *ellipsis)
{
    size_t dots = text_columns(ellipsis, strlen(ellipsis));
    if (text_columns(text, len) <= columns) {
        buf_add(out, text, len);
        return;
    }
    if (dots > columns) {
        buf_add(out, text, text_fit(text, len, columns));
        return;
    }
    columns -= dots;
    size_t head = text_fit(text, len, (columns + 1) / 2);
    size_t tail = fit_end(text, len, columns - text_columns(text, head));
    buf_add(out, text, head);
    buf_puts(out, ellipsis);
    buf_add(out, text + tail, len - tail);
}
