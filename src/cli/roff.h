/* SPDX-License-Identifier: MIT */
/*
 * Manual pages in man(7) macros.  Texts are plain; what stands between
 * backticks is set bold, and nothing in them is taken as a command.
 */
#ifndef SHMTOP_CLI_ROFF_H
#define SHMTOP_CLI_ROFF_H

#include "base/buf.h"

/* The head of a page of section 1; `name` in lower case, `source` such as
 * "shmtop 0.1.0". */
void roff_begin(struct buf *out, const char *name, const char *source);
void roff_section(struct buf *out, const char *title);
void roff_subsection(struct buf *out, const char *title);
void roff_paragraph(struct buf *out, const char *text);
/* A bold tag with its text beside or below it. */
void roff_item(struct buf *out, const char *tag, const char *text);
/* Lines as they are, indented, in a fixed font. */
void roff_example(struct buf *out, const char *lines);
/* Text within a line. */
void roff_text(struct buf *out, const char *text);

#endif
