/* SPDX-License-Identifier: MIT */
/* Makes control sequences of xterm. What they hold is clean text or base64, so
 * that nothing in it can end them. */
#include "draw/term_codes.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"

#define OSC "\033]"
#define END "\033\\"
#define TITLE_MAX 200 /* columns */

bool term_type_has_window(const char *type)
{
    static const char *const prefixes[] = {
        "xterm",   "tmux",    "screen", "rxvt",    "alacritty", "kitty",
        "foot",    "wezterm", "st-",    "konsole", "gnome",     "vte",
        "contour", "ghostty", "putty",  "mintty",  "iterm",     "mlterm",
    };
    for (size_t i = 0; type && i < sizeof prefixes / sizeof prefixes[0]; i++)
        if (strncmp(type, prefixes[i], strlen(prefixes[i])) == 0)
            return true;
    return false;
}

void term_code_put_title(struct buf *out, const char *text, bool first)
{
    struct buf clean = {0};
    CHECK(text);
    text_clean(&clean, text, strlen(text));
    if (first)
        buf_puts(out, "\033[22;2t");
    buf_puts(out, OSC "2;");
    if (clean.len)
        buf_add(out, clean.data, text_fit(clean.data, clean.len, TITLE_MAX));
    buf_puts(out, END);
    buf_free(&clean);
}

void term_code_put_old_title(struct buf *out)
{
    buf_puts(out, OSC "2;" END "\033[23;2t");
}

static void put_base64(struct buf *out, const uint8_t *bytes, size_t len)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "abcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < len; i += 3) {
        size_t left = len - i;
        uint32_t word = (uint32_t)bytes[i] << 16;
        word |= left > 1 ? (uint32_t)bytes[i + 1] << 8 : 0;
        word |= left > 2 ? bytes[i + 2] : 0;
        buf_putc(out, digits[word >> 18]);
        buf_putc(out, digits[word >> 12 & 63]);
        buf_putc(out, left > 1 ? digits[word >> 6 & 63] : '=');
        buf_putc(out, left > 2 ? digits[word & 63] : '=');
    }
}

bool term_code_put_copy(struct buf *out, const char *text, size_t len)
{
    struct buf clean = {0};
    CHECK(text || len == 0);
    if (len <= TERM_COPY_MAX)
        text_clean(&clean, text, len);
    bool fits = len <= TERM_COPY_MAX && clean.len <= TERM_COPY_MAX;
    if (fits) {
        buf_puts(out, OSC "52;c;");
        put_base64(out, (const uint8_t *)clean.data, clean.len);
        buf_puts(out, END);
    }
    buf_free(&clean);
    return fits;
}
