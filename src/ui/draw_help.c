/* SPDX-License-Identifier: MIT */
/* The help screen: the keys (rows of key_table), then marks and states. Lines
 * are laid out by draw_page.c. */
#include "draw/page.h"
#include "ui/ui_private.h"

struct help_row {
    const char *term; /* NULL: a heading */
    const char *text;
};

static const struct help_row notes[] = {
    {NULL, "At a prompt"},
    {"Enter", "take what was typed"},
    {"Esc", "leave the prompt"},
    {NULL, "The table"},
    {"bold", "changed (see d)"},
    {"!", "alarming (warn), !! critical (crit); s sorts by it"},
    {"?", "the value is held: the mapping cannot be read now"},
    {"~", "held: no whole frame could be read since"},
    {"-", "has not changed for the field's own stale time"},
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
    {"ERROR", "cannot be read; the status line says why"},
};

static void put_all(struct page *page)
{
    for (const struct key_row *key = key_table; key->action; key++)
        page_row(page, key->text, STYLE_BOLD, key->help, STYLE_PLAIN);
    for (size_t i = 0; i < sizeof notes / sizeof notes[0]; i++)
        if (notes[i].term)
            page_row(page, notes[i].term, STYLE_BOLD, notes[i].text,
                     STYLE_PLAIN);
        else
            page_heading(page, notes[i].text);
}

void draw_help(const struct drawing *d)
{
    const struct page_fit *fit = &d->fit->help;
    int rows = d->canvas.grid->rows;
    struct page page = {.canvas = &d->canvas};
    struct area area = {rows >= 3 ? 1 : 0, rows >= 3 ? rows - 2 : rows};
    put_all(&page);
    page_scroll(&page, d->view->help_top, area, &d->fit->help);
    put_all(&page);
    if (rows < 3)
        return;
    draw_word(&d->canvas, 0, 0, d->canvas.grid->columns, "shmtop keys",
              STYLE_BOLD);
    size_t bottom = fit->top + fit->rows;
    struct buf *text = d->canvas.text;
    buf_clear(text);
    buf_printf(text, "%zu-%zu/%zu   j k scroll   q back", fit->top + 1,
               bottom < fit->lines ? bottom : fit->lines, fit->lines);
    draw_text(&d->canvas, rows - 1, 0, d->canvas.grid->columns, ALIGN_LEFT,
              text->data, text->len, STYLE_DIM);
}
