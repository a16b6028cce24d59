/* SPDX-License-Identifier: MIT */
/* Screens over a recording written in the test, as text and as cells. */
#ifndef SHMTOP_TESTS_DRAW_RIG_H
#define SHMTOP_TESTS_DRAW_RIG_H

#include "view_rig.h"

#include "ui/draw.h"

struct screen {
    struct view_rig rig;
    struct grid grid;
    char *text;
};

static inline void draw(struct screen *s, int columns, int rows)
{
    struct buf out = {0};
    grid_reset(&s->grid, columns, rows);
    view_refresh(&s->rig.view);
    s->rig.fit.draw_ns = view_now_ns(&s->rig.view);
    draw_dashboard(&s->grid, &s->rig.view, &s->rig.fit);
    grid_put_text(&out, &s->grid);
    free(s->text);
    s->text = out.data;
}

static inline void open_screen(struct screen *s, const char *layout,
                               const char *frames)
{
    *s = (struct screen){0};
    view_rig_open(&s->rig, layout, frames);
    view_rig_step(&s->rig, 1);
}

static inline void close_screen(struct screen *s)
{
    view_rig_close(&s->rig);
    grid_free(&s->grid);
    free(s->text);
}

static inline void expect_in(const struct screen *s, const char *what,
                             const char *part)
{
    if (!strstr(s->text, part))
        fail_msg("%s: '%s' is not in\n%s", what, part, s->text);
}

static inline void expect_not_in(const struct screen *s, const char *what,
                                 const char *part)
{
    if (strstr(s->text, part))
        fail_msg("%s: '%s' is in\n%s", what, part, s->text);
}

/* Column and row of a text of ASCII, at or below the row `from`. */
static inline void find_from(const struct screen *s, const char *text, int from,
                             int *column, int *row)
{
    int len = (int)strlen(text);
    *column = 0;
    for (*row = from; *row < s->grid.rows; ++*row)
        for (*column = 0; *column + len <= s->grid.columns; ++*column) {
            const struct cell *cells =
                s->grid.cells + *row * s->grid.columns + *column;
            int at = 0;
            while (at < len && cells[at].code[0] == (unsigned char)text[at])
                at++;
            if (at == len)
                return;
        }
    fail_msg("'%s' is not in\n%s", text, s->text);
}

static inline void find(const struct screen *s, const char *text, int *column,
                        int *row)
{
    find_from(s, text, 0, column, row);
}

static inline uint32_t style_of(const struct screen *s, const char *text)
{
    int column, row;
    find(s, text, &column, &row);
    return s->grid.cells[row * s->grid.columns + column].style;
}

#endif
