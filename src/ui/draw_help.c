/* SPDX-License-Identifier: MIT */
/*
 * The help screen: the key table, and what marks and states mean.  Invariant:
 * every line can be scrolled to at any size.
 */
#include <string.h>

#include "base/text.h"
#include "ui/draw_parts.h"

#define TERM_COLUMNS 10

struct help_row {
    const char *term; /* NULL: a heading */
    const char *text;
};

static const struct help_row notes[] = {
    {NULL, "At a prompt"},
    {"Enter", "take what is typed"},
    {"Esc", "leave it"},
    {NULL, "The table"},
    {"bold", "and underlined: changed (see d)"},
    {"?", "the value is held: the mapping cannot be read now"},
    {"Rate/s", "change a second, measured from change to change"},
    {"Trend", "the last samples, the newest at the right"},
    {"Age", "time since the value changed"},
    {NULL, "States"},
    {"WAITING", "the mapping is not there yet"},
    {"LIVE", "read now"},
    {"STALE", "read now, but nothing has changed for a while"},
    {"SHORT", "smaller than the layout; what fits is shown"},
    {"TRUNCATED", "has become smaller than the layout"},
    {"GONE", "removed by its producer; the last values are held"},
    {"REPLACED", "a new mapping has the name: the next generation"},
    {"DENIED", "may not be read"},
    {"ERROR", "cannot be read; the reason stands below"},
};

struct page {
    const struct drawing *d;
    int row;    /* of the next line, as if nothing were scrolled */
    int top;    /* first line on the screen */
    int height; /* lines on the screen; 0: only count */
    int first;  /* the screen's row of the first line */
};

static void page_text(const struct page *page, int column, const char *text,
                      size_t len, uint32_t style)
{
    int row = page->row - page->top;
    if (row >= 0 && row < page->height)
        grid_put(page->d->grid, row + page->first, column,
                 page->d->grid->columns, text, len, style);
}

/* `text` in lines of whole words from `column` on. */
static void page_words(struct page *page, int column, const char *text)
{
    int room = page->d->grid->columns - column;
    size_t most = room > 1 ? (size_t)room : 1;
    while (*text) {
        size_t len = strlen(text);
        if (len > most) {
            len = most;
            while (len > 0 && text[len] != ' ')
                len--;
            len = len ? len : most;
        }
        page_text(page, column, text, len, STYLE_PLAIN);
        page->row++;
        text += len;
        text += strspn(text, " ");
    }
}

static void page_row(struct page *page, const char *term, const char *text)
{
    int columns = page->d->grid->columns;
    if (!term) {
        page->row++;
        page_text(page, 0, text, strlen(text), STYLE_BOLD | STYLE_ACCENT);
        page->row++;
        return;
    }
    page_text(page, 1, term, strlen(term), STYLE_BOLD);
    /* Two columns of text need some room; else one stands below the other. */
    if (columns < TERM_COLUMNS * 3) {
        page->row++;
        page_words(page, 3, text);
    } else {
        page_words(page, TERM_COLUMNS + 2, text);
    }
}

static void page_all(struct page *page)
{
    page->row = 0;
    for (const struct key_row *key = key_table; key->action; key++)
        page_row(page, key->text, key->help);
    for (size_t i = 0; i < sizeof(notes) / sizeof(notes[0]); i++)
        page_row(page, notes[i].term, notes[i].text);
}

void draw_help(const struct drawing *d)
{
    struct view *view = d->view;
    int rows = d->grid->rows;
    struct page page = {.d = d};
    page_all(&page);
    int total = page.row;
    page.height = rows >= 3 ? rows - 2 : rows;
    page.first = rows >= 3 ? 1 : 0;
    int last_top = total > page.height ? total - page.height : 0;
    if (view->help_top > (size_t)last_top)
        view->help_top = (size_t)last_top;
    view->help_page = (size_t)page.height;
    page.top = (int)view->help_top;
    page_all(&page);
    if (rows < 3)
        return;
    draw_word(d, 0, 0, d->grid->columns, "shmtop keys", STYLE_BOLD);
    int bottom =
        page.top + page.height < total ? page.top + page.height : total;
    struct buf *text = &view->text;
    buf_clear(text);
    buf_printf(text, "%d-%d/%d   j k scroll   q back", page.top + 1, bottom,
               total);
    draw_text(d, rows - 1, 0, d->grid->columns, ALIGN_LEFT, text->data,
              text->len, STYLE_DIM);
}
