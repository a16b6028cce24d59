/* SPDX-License-Identifier: MIT */
/*
 * Scrolled text: headings, and rows of a term and what there is to say about
 * it.
 */
#ifndef SHMTOP_UI_DRAW_PAGE_H
#define SHMTOP_UI_DRAW_PAGE_H

#include "ui/draw_parts.h"

struct page {
    const struct drawing *d;
    int row;    /* of the next line, as if nothing were scrolled */
    int top;    /* first line on the screen */
    int height; /* lines on the screen; 0: only count */
    int first;  /* the screen's row of the first line */
};

/* Draws `text` (clean) at `column` of the next line. */
void page_text(const struct page *page, int column, const char *text,
               size_t len, uint32_t style);
/* A line that stands out, below a blank one unless it is the first. */
void page_heading(struct page *page, const char *text);
/* `term`, and `text` (both clean) beside it in lines of whole words. */
void page_row(struct page *page, const char *term, uint32_t term_style,
              const char *text, uint32_t style);

/* Prepares for drawing all rows once more, after they were drawn with no
 * height: `*top`, the first line on the screen of `area`, is kept within what
 * there is.  Returns how many lines there are. */
size_t page_scroll(struct page *page, size_t *top, struct area area);

#endif
