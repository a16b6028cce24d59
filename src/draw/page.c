/* SPDX-License-Identifier: MIT */
/* Lays out scrolled text line by line, wrapped at words. The texts are those of
 * ui/. */
#include "draw/page.h"

#include <string.h>

#include "base/text.h"
#include "base/utf8.h"

#define TERM_COLUMNS 10

static void page_text(const struct page *page, int column, const char *text,
                      size_t len, uint32_t style)
{
    int row = page->row - page->top;
    if (row >= 0 && row < page->height && len > 0)
        grid_put(page->canvas->grid, row + page->first, column,
                 page->canvas->grid->columns, text, len, style);
}

/* Bytes of the next line of `text`: whole words, or part of a word that is too
 * long, at least one character. */
static size_t line_length(const char *text, size_t most)
{
    size_t len = strlen(text);
    size_t fit = text_fit(text, len, most);
    if (fit == len)
        return len;
    size_t words = fit;
    while (words > 0 && text[words] != ' ')
        words--;
    if (words > 0)
        return words;
    uint32_t code;
    return fit > 0 ? fit : utf8_next(text, len, &code);
}

static void page_words(struct page *page, int column, const char *text,
                       uint32_t style)
{
    int room = page->canvas->grid->columns - column;
    size_t most = room > 1 ? (size_t)room : 1;
    while (*text) {
        size_t len = line_length(text, most);
        page_text(page, column, text, len, style);
        page->row++;
        text += len;
        text += strspn(text, " ");
    }
}

void page_heading(struct page *page, const char *text)
{
    if (page->row > 0)
        page->row++;
    page_text(page, 0, text, strlen(text), STYLE_BOLD | STYLE_HEADING);
    page->row++;
}

void page_row(struct page *page, const char *term, uint32_t term_style,
              const char *text, uint32_t style)
{
    int columns = page->canvas->grid->columns;
    page_text(page, 1, term, strlen(term), term_style);
    /* On narrow screens the text is below the term. */
    if (columns < TERM_COLUMNS * 3) {
        page->row++;
        page_words(page, 3, text, style);
    } else {
        page_words(page, TERM_COLUMNS + 2, text, style);
    }
}

void page_scroll(struct page *page, size_t top, struct area area,
                 struct page_fit *fit)
{
    CHECK(page->height == 0 && area.rows > 0);
    size_t lines = (size_t)page->row;
    size_t rows = (size_t)area.rows;
    size_t last = lines > rows ? lines - rows : 0;
    *fit = (struct page_fit){top < last ? top : last, rows, lines};
    page->top = (int)fit->top;
    page->height = area.rows;
    page->first = area.row;
    page->row = 0;
}
