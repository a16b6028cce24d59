/* SPDX-License-Identifier: MIT */
/*
 * Scrolled text: headings, and rows of a term and what there is to say about
 * it.
 */
#ifndef SHMTOP_UI_DRAW_PAGE_H
#define SHMTOP_UI_DRAW_PAGE_H

#include "ui/ui_private.h"

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

/* Call this after the first pass, in which all rows were drawn with no height
 * and so only counted: prepares for the second one, which draws them into
 * `area`. `top` is the first line to show; `fit` gets it, limited to the last
 * page, and the size of the text. */
void page_scroll(struct page *page, size_t top, struct area area,
                 struct view_page *fit);

#endif
