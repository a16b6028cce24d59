/* SPDX-License-Identifier: MIT */
/*
 * Writes man(7).  Invariant: no character of a text reaches troff unescaped
 * where it would mean something else than itself.
 */
#include "cli/roff.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

/* What troff would turn into typographic signs, or read as its own. */
static void put_char(struct buf *out, char c)
{
    switch (c) {
    case '\\':
        buf_puts(out, "\\e");
        break;
    case '-':
        buf_puts(out, "\\-");
        break;
    case '\'':
        buf_puts(out, "\\(aq");
        break;
    case '`':
        buf_puts(out, "\\(ga");
        break;
    case '^':
        buf_puts(out, "\\(ha");
        break;
    case '~':
        buf_puts(out, "\\(ti");
        break;
    default:
        buf_putc(out, c);
    }
}

/* Whether troff would take the line for a control line. */
static bool begins_control(const char *text)
{
    return text[0] == '.' || text[0] == '\'';
}

void roff_text(struct buf *out, const char *text)
{
    bool bold = false;

    if (begins_control(text))
        buf_puts(out, "\\&");
    for (; *text != '\0'; text++) {
        if (*text == '`') {
            bold = !bold;
            buf_puts(out, bold ? "\\fB" : "\\fR");
        } else {
            put_char(out, *text);
        }
    }
}

void roff_begin(struct buf *out, const char *name, const char *source)
{
    buf_puts(out, ".TH ");
    for (const char *at = name; *at != '\0'; at++)
        buf_putc(out, (char)toupper((unsigned char)*at));
    buf_printf(out, " 1 \"\" \"%s\" \"User Commands\"\n.nh\n.ad l\n", source);
}

void roff_section(struct buf *out, const char *title)
{
    buf_printf(out, ".SH %s\n", title);
}

void roff_subsection(struct buf *out, const char *title)
{
    buf_printf(out, ".SS %s\n", title);
}

void roff_paragraph(struct buf *out, const char *text)
{
    buf_puts(out, ".PP\n");
    roff_text(out, text);
    buf_putc(out, '\n');
}

void roff_item(struct buf *out, const char *tag, const char *text)
{
    buf_puts(out, ".TP\n\\fB");
    for (; *tag != '\0'; tag++)
        put_char(out, *tag);
    buf_puts(out, "\\fR\n");
    roff_text(out, text);
    buf_putc(out, '\n');
}

void roff_example(struct buf *out, const char *lines)
{
    buf_puts(out, ".PP\n.RS 4\n.nf\n\\fC");
    while (*lines != '\0') {
        size_t len = strcspn(lines, "\n");

        if (begins_control(lines))
            buf_puts(out, "\\&");
        for (size_t i = 0; i < len; i++)
            put_char(out, lines[i]);
        lines += len;
        if (*lines == '\n')
            lines++;
        buf_puts(out, *lines != '\0' ? "\n" : "\\fR\n");
    }
    buf_puts(out, ".fi\n.RE\n");
}
