/* SPDX-License-Identifier: MIT */
/* Lays out scrolled text line by line, wrapped at words. The texts are those of
 * ui/. */
#include "draw/page.h"

#include <string.h>

#include "base/text.h"
#include "base/utf8.h"

#define TERM_COLUMNS 10
#define INDENT 1      /* of terms */
#define TEXT_LEAST 18 /* columns; a narrower text is below its term */

const char *page_find(const char *text, const char *part)
{
    size_t len = strlen(part);
    size_t left = strlen(text);
    for (; left >= len; text++, left--)
        if (text_is_word(text, len, part))
            return text;
    return NULL;
}

static int page_columns(const struct page *page)
{
    int most = page->canvas->grid->columns - page->left;
    return page->columns && page->columns < most ? page->columns : most;
}

/* Underlines what a line, `len` bytes from `at` on, has of the matches in the
 * whole text. */
static void page_light(const struct page *page, int column, const char *text,
                       const char *at, size_t len)
{
    const char *lit =
        page->lit && *page->lit ? page_find(text, page->lit) : NULL;
    for (; lit && lit < at + len; lit = page_find(lit + 1, page->lit)) {
        const char *end = lit + strlen(page->lit);
        const char *from = lit > at ? lit : at;
        if (end > at + len)
            end = at + len;
        if (from >= end)
            continue;
        int skip = from > at ? (int)text_columns(at, (size_t)(from - at)) : 0;
        int most = page_columns(page) - column - skip;
        int columns = (int)text_columns(from, (size_t)(end - from));
        grid_style(page->canvas->grid, page->row - page->top + page->first,
                   page->left + column + skip, columns < most ? columns : most,
                   STYLE_UNDERLINE);
    }
}

/* Puts a line of `text`: `len` bytes from `at` on. */
static void page_line(const struct page *page, int column, const char *text,
                      const char *at, size_t len, uint32_t style)
{
    int row = page->row - page->top;
    int columns = page_columns(page) - column;
    if (row < 0 || row >= page->height || len == 0 || columns <= 0)
        return;
    grid_put(page->canvas->grid, row + page->first, page->left + column,
             columns, at, len, style);
    page_light(page, column, text, at, len);
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
    int room = page_columns(page) - column;
    size_t most = room > 1 ? (size_t)room : 1;
    for (const char *at = text; *at; at += strspn(at, " ")) {
        size_t len = line_length(at, most);
        page_line(page, column, text, at, len, style);
        page->row++;
        at += len;
    }
}

void page_heading(struct page *page, const char *text)
{
    if (page->row > 0 && !page->tight)
        page->row++;
    page_line(page, 0, text, text, strlen(text), STYLE_BOLD | STYLE_HEADING);
    page->row++;
}

void page_row(struct page *page, const char *term, uint32_t term_style,
              const char *text, uint32_t style)
{
    int terms = page->terms ? page->terms : TERM_COLUMNS;
    int column = INDENT + terms + 1;
    size_t len = strlen(term);
    if (page_columns(page) - column < TEXT_LEAST)
        column = 3;
    if (len && INDENT + (int)text_columns(term, len) >= column) {
        page_words(page, INDENT, term, term_style);
        page_words(page, column, text, style);
    } else {
        page_line(page, INDENT, term, term, len, term_style);
        page_words(page, column, text, style);
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
