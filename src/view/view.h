/* SPDX-License-Identifier: MIT */
/* What the user has set on the dashboard: cursor, folds, filter, order and so
 * on. Keys change it, drawing reads it; it knows no terminal. */
#ifndef SHMTOP_VIEW_VIEW_H
#define SHMTOP_VIEW_VIEW_H

#include "draw/key_code.h"
#include "draw/page.h"
#include "draw/plot.h"
#include "history/history.h"
#include "view/alarm_log.h"
#include "view/columns.h"
#include "view/kept.h"
#include "view/keys.h"
#include "view/line_edit.h"
#include "view/request.h"
#include "view/tree.h"

enum highlight { HIGHLIGHT_OFF, HIGHLIGHT_LAST, HIGHLIGHT_BASELINE };
/* The views, in the order of Tab; see view_ops. */
enum view_kind { VIEW_TABLE, VIEW_HEALTH, VIEW_PLOT, VIEW_COUNT };
enum prompt {
    PROMPT_NONE,
    PROMPT_SEARCH,
    PROMPT_FILTER,
    PROMPT_SCREEN,  /* the file to save the screen to */
    PROMPT_HELP,    /* what to search for in the help */
    PROMPT_GO_TO,   /* a time or a field */
    PROMPT_HISTORY, /* the file to save samples to */
    PROMPT_VALUE,   /* the value to set */
    PROMPT_BIT,     /* the flag or bit to toggle */
};
#define PROMPT_COUNT (PROMPT_BIT + 1)

/* The lists that lie over the view. */
enum picker { PICKER_NONE, PICKER_ORDER, PICKER_COLUMNS };

enum row_kind {
    ROW_FIELD,
    ROW_PINNED,  /* a field above all others; it stays when rows scroll */
    ROW_HEADING, /* a heading of the tree */
    ROW_TITLES,  /* of the members of a table; the cursor passes over it */
    ROW_ELEMENT, /* a struct as a row of its array's table */
};

struct row {
    uint32_t kind; /* enum row_kind */
    uint32_t at;   /* index of a leaf (fields), else of a heading */
};

/* A target at hand. Everything is borrowed, but `visible`. */
struct watched {
    const char *name; /* for its heading */
    const struct layout *layout;
    const struct sampler *sampler; /* of the moment that is shown */
    const struct sample *sample;   /* the last one; the caller keeps it right */
    const struct sampler *live;    /* the one that goes on sampling */
    struct history *history;       /* of `live`; or NULL */
    struct sampler *blank;         /* shown where the history has no sample;
                                      owned; NULL: not yet */
    const uint32_t *fields;        /* as in struct view_target */
    size_t field_count;
    int64_t period_ns;
    int64_t shown_ns;   /* monotonic instant of the sample before the one on the
                           screen; later changes are highlighted; 0: none yet */
    double achieved_hz; /* NaN until known */
    uint64_t missed;    /* samples that were due and not taken */
    bool may_hide;      /* the layout hides unused elements */
    bool *visible;      /* by field; owned; NULL: all are */
    uint64_t visible_mark;  /* changes with `visible` */
    uint64_t moves, number; /* of the sample that `visible` is of */
};

/* Where a match of the search is. */
struct match {
    struct row row;
    uint32_t leaf; /* LEAF_NONE: a heading */
};

/* What the prompt of `S` is about. */
struct view_saving {
    size_t target;
    size_t field_count;
    bool marked; /* only marked fields */
    int64_t from_ns, to_ns;
};

/* A change of a value that is wanted. */
struct view_change {
    enum request_kind kind;
    uint32_t leaf;            /* LEAF_NONE: REQUEST_UNDO */
    char text[LINE_EDIT_MAX]; /* typed; at first what the prompt begins with */
};

/* Settings of the command line, which those that were kept do not change. */
struct view_fixed {
    bool order, level, highlight;
};

struct view {
    struct watched *targets; /* owned */
    size_t target_count;
    struct tree tree;
    struct row *rows; /* what is shown, in order; owned */
    size_t row_count;
    size_t pinned; /* rows of pinned fields, at the front */
    bool touched; /* a key was pressed: the cursor follows its field; before, it
                     is on the first row */
    size_t cursor;      /* index into rows; 0 if there are none */
    uint32_t member;    /* the cursor's column in tables: leaf of the element */
    struct match place; /* the cursor's before the last change of rows */
    bool has_place;
    uint32_t *pins; /* leaves, in the order of pinning; owned */
    size_t pin_count;
    uint64_t serial;       /* changes when the user changes rows */
    bool rows_stale;       /* view_refresh has to make the rows again */
    int64_t sorted_ns;     /* instant of the sample that rows were sorted by */
    int64_t filtered_ns;   /* the same of the filter */
    int64_t refreshed_ns;  /* instant of the latest sample that was looked at */
    bool filter_stale;     /* the filter has changed */
    size_t hidden_count;   /* fields that would be rows if they were in use */
    struct sort_key *keys; /* memory of sorting; owned */
    struct buf texts;      /* the same */
    struct alarm_log log;
    enum highlight highlight;
    unsigned order; /* enum column, or ORDER_LAYOUT */
    bool reverse;
    bool alarmed; /* only alarmed rows */
    enum detail_level level;
    struct column_list columns; /* count 0: those of columns_default */
    enum prompt prompt;
    struct line_edit edit; /* what is typed at the prompt */
    struct line_history histories[PROMPT_COUNT];
    struct match prompt_place; /* the cursor's when the prompt was opened */
    uint32_t prompt_member;
    enum view_kind prompt_kind; /* the view then */
    struct view_saving saving;
    bool has_prompt_row;
    char prompt_search[LINE_EDIT_MAX]; /* the search before */
    char search[LINE_EDIT_MAX];
    char filter[LINE_EDIT_MAX];
    struct match *matches; /* of the search; owned */
    size_t match_count;
    size_t match; /* the one at the cursor; SIZE_MAX: none */
    enum picker picker;
    int picker_at;                    /* the line of the cursor in it */
    uint32_t picker_table;            /* PICKER_ORDER: of this table; or
                                         HEADING_NONE */
    struct column_list picking;       /* PICKER_COLUMNS: all, in their order */
    bool picked[COLUMN_COUNT];        /* by column: it is shown */
    struct column_list picker_before; /* the columns before */
    bool held;          /* a moment of the past is shown; sampling goes on */
    int64_t moment_ns;  /* held: which one, monotonic */
    int64_t span_ns;    /* length of the time bar and of plots */
    int64_t bar_end_ns; /* held: where it ends; else it ends now */
    enum graph graph;   /* of plots, unless `ascii` */
    bool plot_log;      /* logarithmic axes of numbers */
    bool plot_xy;       /* two marked fields, one against the other */
    bool rw;            /* values may be changed */
    bool has_baseline;  /* the user has set one, at: */
    int64_t baseline_ns;
    struct view_change change; /* of EFFECT_CHANGE and of its prompts */
    enum view_kind kind;
    size_t health_top; /* first line of the health view; may be too large */
    bool help;
    size_t help_top; /* first line of help; may be too large */
    char help_filter[LINE_EDIT_MAX];
    bool detail; /* the detail pane is wanted */
    bool clock;  /* the header shows the time */
    bool ascii;
    struct view_fixed fixed;
    struct key_map key_map;
    char message[256];      /* of the last key, for the status line */
    char problem_text[256]; /* why a saved layout is not shown; or "" */
};

/* What a row of the screen shows, for the mouse. */
struct fit_line {
    size_t row;           /* index into view->rows; SIZE_MAX: no row */
    int fold;             /* screen column of its fold mark; -1: none */
    int cells, cells_end; /* of a table: cells..cells_end - 1 of fit->cells */
};

/* A member of a table on the screen. */
struct fit_cell {
    uint32_t array; /* heading */
    uint32_t member;
    int at, width;
};

/* A width that grows at once, and shrinks when it has been too large for a
 * while, so that columns do not jump. */
struct steady_width {
    int width;
    int64_t since_ns; /* it has been needed then */
};

/* The axis of a plot, kept while it fits. */
struct fit_axis {
    uint32_t leaf; /* of its first curve */
    bool known;
    double divisor; /* of its numbers */
    struct axis axis;
};

#define FIT_AXES 8

/* Where the plot is on the screen, and which time its columns are. */
struct plot_fit {
    int row, rows;              /* 0 rows: there is none */
    int column, columns;        /* of the curves */
    int64_t from_ns, column_ns; /* column_ns 0: there is no plot */
    size_t shown;               /* fields */
    struct steady_width labels;
    struct fit_axis axes[FIT_AXES]; /* by panel */
};

/* What the last drawing found out. Drawing fills it, and keys read it.
 * Zero-initialise it. */
struct view_fit {
    size_t top;  /* first row of the table on the screen, after pinned ones */
    size_t page; /* rows of the table on the screen */
    size_t room; /* rows that fit */
    bool detail_fits;
    struct page_fit health, help;
    struct plot_fit plot;
    struct fit_axis detail_axis;
    struct columns columns;
    struct steady_width name, value, fraction, unit;
    int screen_columns; /* those that the widths are of */
    uint64_t serial;    /* the rows that they are of */
    int64_t draw_ns;    /* monotonic time of the drawing */
    int title_row;      /* of the screen; -1: none; as: */
    int bar_row;        /* the time bar, on columns from bar_at on */
    int bar_at, bar_columns;
    int64_t bar_from_ns, bar_end_ns; /* its time */
    int tab_row;
    int tab_at[VIEW_COUNT + 1]; /* columns where tabs begin and the last ends */
    struct fit_line *lines;     /* one for each row of the screen; owned */
    int line_count;
    struct fit_cell *cells; /* owned; its widths are those of the last drawing,
                               too */
    size_t cell_count;
    uint64_t cell_serial;            /* the rows that the cells are of */
    int cell_total;                  /* and their table's width */
    struct buf text, shorter, plain; /* memory of drawing, reused; owned */
};

/* One TARGET of the dashboard. Everything is borrowed. */
struct view_target {
    const char *name;
    const struct layout *layout;
    struct sampler *sampler;
    struct history *history; /* of the sampler; or NULL */
    const uint32_t *fields; /* the selection of --include and --exclude, rising;
                               NULL: all */
    size_t field_count;
    int64_t period_ns;
    const struct kept *kept; /* settings to begin with; or NULL */
};

struct view_options {
    enum highlight highlight;
    unsigned order; /* enum column, or ORDER_LAYOUT */
    enum detail_level level;
    bool ascii;
    enum graph graph;
    bool clock;
    bool rw;
    struct view_fixed fixed;
    const struct key_map *key_map; /* copied; NULL: the default */
};

/* What the caller has to do after a key. */
enum view_effect {
    EFFECT_NONE,
    EFFECT_QUIT,
    EFFECT_REDRAW,
    EFFECT_SUSPEND,
    EFFECT_PERIOD,       /* the period of the cursor's target has changed */
    EFFECT_BASELINE,     /* reset the baselines */
    EFFECT_KEEP,         /* keep the settings */
    EFFECT_SAVE_SCREEN,  /* to the file view->edit.text */
    EFFECT_SAVE_HISTORY, /* the same; see view_save_request */
    EFFECT_COPY_VALUE,   /* of the marked rows, else of the cursor's */
    EFFECT_COPY_PATH,
    EFFECT_CHANGE, /* a value: view->change */
};

/* A view of the dashboard: a row of view_ops, and one of screen_ops in ui/. */
struct view_ops {
    const char *title; /* of its tab */
    bool has_detail;   /* the detail pane can be shown with it */
    /* Applies an action. Returns the one that remains for the dashboard to
     * apply; ACTION_NONE if there is none. */
    enum action (*apply)(struct view *view, struct view_fit *fit,
                         enum action action);
};

/* By enum view_kind. */
extern const struct view_ops view_ops[];

void view_open(struct view *view, const struct view_target *targets,
               size_t target_count, const struct view_options *options);
void view_close(struct view *view);
void view_fit_free(struct view_fit *fit);

/* Shows another layout in place of target `index`. The user's settings stay,
 * and so does the cursor if the layout has a field of that path. */
void view_replace(struct view *view, size_t index,
                  const struct view_target *target);

/* Applies one key: `fit` is that of the screen that the user sees. `event` has
 * the place of a mouse key. Clears the message of the last key. */
enum view_effect view_key(struct view *view, struct view_fit *fit,
                          struct key_event event);

/* Sets the message of the status line, cleaned and cut to what fits. */
void view_set_message(struct view *view, const char *fmt, ...)
    PRINTF_LIKE(2, 3);

/* Filters and sorts the rows again if the samples or the settings require it.
 * The cursor stays on its field. Call it before drawing. */
void view_refresh(struct view *view);

/* The next longer or shorter period that the keys offer; `period_ns` itself at
 * the ends. */
int64_t view_period_step(int64_t period_ns, bool slower);

/* The monotonic instant of the latest sample that is shown. */
int64_t view_now_ns(const struct view *view);

/* view_time.c: the moment that is shown. */

/* The monotonic instant of the latest sample that was taken. */
int64_t view_live_ns(const struct view *view);
/* The length of the time bar at first. */
#define VIEW_SPAN_NS INT64_C(150000000000)
/* The stretch of time that the time bar and plots show. */
struct time_bar {
    int64_t from_ns, end_ns;
    int64_t moment_ns; /* the one that is shown */
};
struct time_bar view_time_bar(const struct view *view);
/* The moment that is shown, or now. */
int64_t view_moment_ns(const struct view *view);
/* The wall-clock time of a monotonic instant. */
int64_t view_wall_ns(const struct view *view, int64_t at_ns);
/* The same as a time of day, with as many decimals as tell samples apart; after
 * a date if the time bar is longer than a day. */
void view_put_clock(struct buf *out, const struct view *view, int64_t at_ns);
/* The same without decimals. */
void view_put_clock_rough(struct buf *out, const struct view *view,
                          int64_t at_ns);
/* The columns that such a time has; `exact`: with decimals. */
int view_clock_columns(const struct view *view, bool exact);
/* Where the longest history begins; INT64_MAX: there is none. */
int64_t view_history_begin(const struct view *view);
/* What the history of a target has of the moment. */
enum past {
    PAST_KEPT,
    PAST_LEFT,   /* it is shown, and not kept any more */
    PAST_BEFORE, /* it is before the first sample */
    PAST_NONE,   /* nothing is kept at all */
};
enum past view_past(const struct view *view, size_t index);
/* Whether no samples were taken around the moment that is held, and when those
 * before and after it were. */
bool view_find_hole(const struct view *view, size_t index, int64_t *from_ns,
                    int64_t *to_ns);
/* Holds the view at a moment: each target shows its newest sample that is not
 * later. Moves to the first or last moment of the history if it is outside of
 * it. A message, and nothing else, if no history is kept. */
bool view_hold(struct view *view, int64_t at_ns);
/* Shows the newest samples again. */
void view_go_live(struct view *view);
/* The history of the cursor's target, else of another one; NULL: none is
 * kept. */
struct history *view_history(const struct view *view);
/* The target of the cursor. */
size_t view_target_at_cursor(const struct view *view);
/* The leaf under the cursor, LEAF_NONE on a heading. */
uint32_t view_cursor_leaf(const struct view *view);

/* The array that is a table with the cursor in it, or HEADING_NONE. */
uint32_t view_table_of_cursor(const struct view *view);

/* Whether `t` does something: the cursor is in an array of structs, or on it.
 */
bool view_has_table(const struct view *view);

/* The leaves that the plot is of, in the order of the tree: those that are
 * marked, else the cursor's; on a heading the first number below it. Fills at
 * most `most` of `leaves` (in their order), and returns how many there are. */
size_t view_plot_leaves(const struct view *view, uint32_t *leaves, size_t most);

/* How a field is plotted. */
enum plot_kind {
    PLOT_NOTHING, /* text or bytes */
    PLOT_NUMBER,  /* a curve */
    PLOT_STATE,   /* a band */
};
enum plot_kind field_plot_kind(const struct field *field);

/* The lines of the list that is open; appends the text of line `index`, and
 * tells whether it is chosen. */
int view_picker_count(const struct view *view);
bool view_picker_put(struct buf *out, const struct view *view, int index);

/* Settings as lines, those of target `index`; and back: a line that is wrong is
 * a message in `err` with its number, and is left out. */
void view_keep(const struct view *view, size_t index, struct kept *out);
bool view_restore(struct view *view, size_t index, const struct kept *kept,
                  struct err *err);

/* What EFFECT_SAVE_HISTORY saves. Returns the fields of the request, which the
 * caller frees. */
uint32_t *view_save_request(const struct view *view, struct request *out);
/* Appends the prompt for the file, at most `columns` wide. */
void view_save_put_prompt(struct buf *out, const struct view *view,
                          int columns);

/* What the prompt for a value, flag or bit asks for, with its range and unit
 * unless `brief`; and the words that Tab offers, if there are any. */
void view_edit_put_question(struct buf *out, const struct view *view,
                            bool brief);
void view_edit_put_choices(struct buf *out, const struct view *view);

/* Appends what EFFECT_COPY_VALUE or EFFECT_COPY_PATH copies; nothing if there
 * is nothing. Returns how many marked rows it is of; 0: the cursor's. */
size_t view_put_copy(struct buf *out, const struct view *view, bool path);

#endif
