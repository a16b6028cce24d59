/* SPDX-License-Identifier: MIT */
/* Decodes and judges code points.  Widths and categories are those of utf8proc,
 * so they do not depend on the system or the locale. */
#include "base/utf8.h"

#include <utf8proc.h>

#include "base/err.h"

#define CODE_LAST 0x10FFFFu

static bool is_plain(char c)
{
    return c >= 0x20 && c < 0x7F;
}

size_t utf8_plain_run(const char *text, size_t len)
{
    size_t run = 0;
    while (run < len && is_plain(text[run]))
        run++;
    return run;
}

size_t utf8_next(const char *text, size_t len, uint32_t *code)
{
    CHECK(len > 0);
    if (is_plain(text[0])) {
        *code = (unsigned char)text[0];
        return 1;
    }
    utf8proc_int32_t point;
    utf8proc_ssize_t took =
        utf8proc_iterate((const utf8proc_uint8_t *)text,
                         len > 4 ? 4 : (utf8proc_ssize_t)len, &point);
    if (took <= 0) {
        *code = UTF8_REPLACEMENT;
        return 1;
    }
    *code = (uint32_t)point;
    return (size_t)took;
}

bool utf8_is_safe(uint32_t code)
{
    if (code < 0x7F)
        return code >= 0x20;
    if (code > CODE_LAST)
        return false;
    /* CF (format characters) has all bidi and zero width characters, and others
     * that hide text, such as tags. */
    switch (utf8proc_category((utf8proc_int32_t)code)) {
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return false;
    default:
        return true;
    }
}

int utf8_width(uint32_t code)
{
    return code > CODE_LAST ? 1 : utf8proc_charwidth((utf8proc_int32_t)code);
}
