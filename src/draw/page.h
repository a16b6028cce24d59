/* SPDX-License-Identifier: MIT */
/* Scrolled text: headings, and rows of a term with its explanation. */
#ifndef SHMTOP_DRAW_PAGE_H
#define SHMTOP_DRAW_PAGE_H

#include "draw/canvas.h"

/* A scrolled text as it was drawn last. */
struct page_fit {
    size_t top;   /* its first line on the screen */
    size_t rows;  /* on the screen */
    size_t lines; /* of the whole text; 0 until it was drawn */
};

struct page {
    const struct canvas *canvas;
    int row;         /* of the next line, in the whole text */
    int top;         /* first line on the screen */
    int height;      /* lines on the screen; 0: lines are only counted */
    int first;       /* the screen's row of the first line */
    int left;        /* the screen's column of the text */
    int columns;     /* of the text; 0: up to the edge of the screen */
    int terms;       /* columns for terms; 0: 10 */
    bool tight;      /* no blank line before headings */
    const char *lit; /* matches of this text are underlined; or NULL */
};

/* Where `text` contains `part`, ignoring the case of ASCII letters; NULL if it
 * does not. */
const char *page_find(const char *text, const char *part);

/* A heading, after a blank line unless it is the first line. */
void page_heading(struct page *page, const char *text);
/* `term`, and `text` (both clean) beside it, wrapped; below it if there is no
 * room beside it. */
void page_row(struct page *page, const char *term, uint32_t term_style,
              const char *text, uint32_t style);

/* Call this after the first pass, in which all rows were drawn with no height
 * and so only counted: prepares for the second one, which draws them into the
 * rows of `area`. `top` is the first line to show; `fit` gets it, limited to
 * the last page, and the size of the text. */
void page_scroll(struct page *page, size_t top, struct area area,
                 struct page_fit *fit);

#endif
