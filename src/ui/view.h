/* SPDX-License-Identifier: MIT */
/*
 * What the user has set on the dashboard: cursor, filter, highlight and so
 * on.  Keys change it; drawing only reads it.  It knows no terminal.
 */
#ifndef SHMTOP_UI_VIEW_H
#define SHMTOP_UI_VIEW_H

#include "sampler/sampler.h"
#include "ui/keys.h"

enum highlight { HIGHLIGHT_OFF, HIGHLIGHT_LAST, HIGHLIGHT_BASELINE };
enum sort_order { SORT_LAYOUT, SORT_NAME, SORT_RECENT, SORT_RATE, SORT_ALARM };
enum pane { PANE_TABLE, PANE_HEALTH };
enum prompt { PROMPT_NONE, PROMPT_SEARCH, PROMPT_FILTER };

#define VIEW_INPUT_MAX 128

struct view {
    const struct layout *layout;
    const struct value *values; /* of the sample on the screen, borrowed */
    uint32_t *selection; /* fields that --include and --exclude leave; owned */
    size_t selection_count;
    uint32_t *rows; /* fields that are shown, in order; owned */
    size_t row_count;
    size_t cursor;          /* index into rows */
    bool rows_stale;        /* view_refresh has to make rows anew */
    uint64_t sorted_sample; /* the sample that rows were sorted by */
    bool hides;             /* elements may be hidden while they are unused */
    uint64_t presence;      /* of the sample that rows were made from: another
                               one when fields have come or gone */
    size_t away;            /* fields that would be rows if they were there */
    enum highlight highlight;
    int64_t shown_ns; /* instant of the sample before the one on the screen;
                         changes after it are highlighted; 0: none yet */
    enum sort_order sort;
    enum detail_level level;
    enum prompt prompt;
    size_t prompt_from;         /* the cursor when the prompt was opened */
    char input[VIEW_INPUT_MAX]; /* being typed at the prompt */
    char search[VIEW_INPUT_MAX];
    char filter[VIEW_INPUT_MAX];
    uint8_t *bases; /* enum show a field, SHOW_DEFAULT: its own; owned */
    bool paused;
    enum pane pane;
    size_t health_top; /* first line of the health pane; may be too large */
    bool help;
    size_t help_top; /* first line of help; may be too large */
    bool detail;     /* detail pane wanted */
    bool ascii;
    bool color;
    int64_t period_ns;      /* asked refresh */
    double achieved_hz;     /* NaN until known */
    uint64_t missed;        /* ticks */
    char message[256];      /* of the last action, shown in the status line */
    char problem_text[256]; /* why a saved layout is not shown; or "" */
};

/* A scrolled text as it was drawn last. */
struct view_page {
    size_t top;   /* its first line on the screen */
    size_t rows;  /* on the screen */
    size_t lines; /* of the whole text; 0 until it was drawn */
};

/* What the last drawing found out. Drawing fills it, and keys read it.
 * Zero-initialise it. */
struct view_fit {
    size_t top;  /* first row of the table on the screen */
    size_t page; /* rows of the table that fit */
    bool detail_fits;
    struct view_page health, help;
    /* Widths of the table's columns. They only grow while the screen has
     * `columns`, so that columns do not jump. */
    int columns, name_width, value_width, unit_width;
    struct buf text, shorter; /* memory of drawing, reused; owned */
};

struct view_options {
    enum highlight highlight;
    enum sort_order sort;
    enum detail_level level;
    bool ascii;
    bool color;
    int64_t period_ns;
    const uint32_t *fields; /* the selection of --include and --exclude,
                               copied; NULL: all */
    size_t field_count;
};

/* What the caller has to do after a key. */
enum view_effect {
    EFFECT_NONE,
    EFFECT_QUIT,
    EFFECT_REDRAW,
    EFFECT_SUSPEND,
    EFFECT_PERIOD,   /* period_ns has changed */
    EFFECT_BASELINE, /* reset the baseline */
};

void view_open(struct view *view, const struct layout *layout,
               const struct view_options *options);
void view_close(struct view *view);
void view_fit_free(struct view_fit *fit);

/* Shows the given fields of another layout from now on.  What the user has set
 * stays, also the field under the cursor where there is one of that path. */
void view_replace(struct view *view, const struct layout *layout,
                  const uint32_t *fields, size_t field_count,
                  const struct sample *sample);

/* Applies one key to the view: `fit` and `sample` are those of the screen that
 * the user sees. Clears the message of the last key. */
enum view_effect view_key(struct view *view, const struct view_fit *fit,
                          int key, const struct sample *sample);

/* Scrolls a text whose first line is `*top`; false if `action` is another
 * one. */
bool view_scroll(size_t *top, const struct view_page *page, enum action action);

/* Sets the message of the status line. */
void view_set_message(struct view *view, const char *fmt, ...)
    PRINTF_LIKE(2, 3);

/* Orders and filters rows anew where the sample or the settings ask for it.
 * The cursor keeps its field where the settings do, and its row where a sample
 * does.  Call before drawing. */
void view_refresh(struct view *view, const struct sample *sample);

/* Whether a field's label or path has `pattern` in it, case of ASCII letters
 * ignored; with `*` or `?` in it the pattern is a glob for the whole. */
bool view_matches(const struct view *view, uint32_t field, const char *pattern);

/* The next step of the ladder of periods above or below `period_ns`; itself
 * at the ends. */
int64_t view_period_step(int64_t period_ns, bool slower);

#endif
