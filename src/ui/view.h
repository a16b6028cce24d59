/* SPDX-License-Identifier: MIT */
/* What the user has set on the dashboard: cursor, filter, order and so on.
 * Keys change it, drawing reads it; it knows no terminal. */
#ifndef SHMTOP_UI_VIEW_H
#define SHMTOP_UI_VIEW_H

#include "draw/page.h"
#include "sampler/sampler.h"
#include "ui/keys.h"

enum highlight { HIGHLIGHT_OFF, HIGHLIGHT_LAST, HIGHLIGHT_BASELINE };
enum sort_order { SORT_LAYOUT, SORT_NAME, SORT_RECENT, SORT_RATE, SORT_ALARM };
/* The views, in the order of Tab; see view_ops. */
enum view_kind { VIEW_TABLE, VIEW_HEALTH, VIEW_COUNT };
enum prompt { PROMPT_NONE, PROMPT_SEARCH, PROMPT_FILTER };

#define VIEW_INPUT_MAX 128

struct view {
    const struct layout *layout;
    const struct value *values; /* of the last sample, borrowed */
    uint32_t *selection; /* fields that --include and --exclude leave; owned */
    size_t selection_count;
    uint32_t *rows; /* fields that are shown, in order; owned */
    size_t row_count;
    size_t cursor;          /* index into rows; 0 if there are none */
    bool rows_stale;        /* view_refresh has to make the rows again */
    uint64_t sorted_sample; /* the sample that rows were sorted by */
    bool may_hide;          /* the layout hides unused elements */
    uint64_t visible;       /* changes when fields appear or disappear */
    size_t hidden_count;    /* fields that would be rows if not hidden */
    enum highlight highlight;
    int64_t shown_ns; /* monotonic instant of the sample before the one on the
                         screen; later changes are highlighted; 0: none yet */
    enum sort_order sort;
    enum detail_level level;
    enum prompt prompt;
    size_t prompt_from;         /* the cursor when the prompt was opened */
    char input[VIEW_INPUT_MAX]; /* typed at the prompt */
    char search[VIEW_INPUT_MAX];
    char filter[VIEW_INPUT_MAX];
    uint8_t *bases; /* enum show by field, SHOW_DEFAULT: its own; owned */
    bool paused;
    enum view_kind kind;
    size_t health_top; /* first line of the health view; may be too large */
    bool help;
    size_t help_top; /* first line of help; may be too large */
    bool detail;     /* the detail pane is wanted */
    bool ascii;
    int64_t period_ns;      /* as requested */
    double achieved_hz;     /* NaN until known */
    uint64_t missed;        /* samples that were due and not taken */
    char message[256];      /* of the last key, for the status line */
    char problem_text[256]; /* why a saved layout is not shown; or "" */
};

/* What the last drawing found out. Drawing fills it, and keys read it.
 * Zero-initialise it. */
struct view_fit {
    size_t top;  /* first row of the table on the screen */
    size_t page; /* rows of the table that fit */
    bool detail_fits;
    struct page_fit health, help;
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

/* Shows the given fields of another layout. The user's settings stay, and so
 * does the cursor's field if the layout has one of that path. */
void view_replace(struct view *view, const struct layout *layout,
                  const uint32_t *fields, size_t field_count,
                  const struct sample *sample);

/* Applies one key: `fit` and `sample` are those of the screen that the user
 * sees. Clears the message of the last key. */
enum view_effect view_key(struct view *view, const struct view_fit *fit,
                          int key, const struct sample *sample);

/* Sets the message of the status line, cleaned and cut to what fits. */
void view_set_message(struct view *view, const char *fmt, ...)
    PRINTF_LIKE(2, 3);

/* Filters and sorts the rows again if the sample or the settings require it.
 * After a change of settings the cursor stays on its field; after a sample that
 * reorders the rows it stays on its row. Call it before drawing. */
void view_refresh(struct view *view, const struct sample *sample);

/* The next longer or shorter period that the keys offer; `period_ns` itself at
 * the ends. */
int64_t view_period_step(int64_t period_ns, bool slower);

#endif
