/* SPDX-License-Identifier: MIT */
/* The table at hand while it is drawn: its lines and columns. Shared by
 * table.c, table_array.c and table_summary.c. */
#ifndef SHMTOP_PANES_TABLE_H
#define SHMTOP_PANES_TABLE_H

#include "panes/drawing.h"

/* table.c. Draws the table, and what the last line begins with. */
void draw_table(const struct drawing *d, struct area area);
void draw_table_position(struct buf *out, const struct drawing *d);

struct text_range {
    size_t at, len; /* in fit->text */
};

/* A line of the table: a row of the view, or a heading that stays above the
 * rows that scroll. */
struct line {
    uint32_t kind; /* enum row_kind */
    uint32_t at;   /* as in struct row */
    size_t row;    /* index into view->rows; SIZE_MAX: a heading that stays */
    int depth;
    struct text_range label, value, unit;
    size_t
        prefix_len; /* bytes at the end of the value that the unit has, too */
};

struct table {
    const struct drawing *d;
    struct area area;
    struct columns columns;
    bool has_units; /* there is a column for them */
    struct line lines[GRID_ROWS_MAX];
    int count;
};

/* table_lines.c. Makes the lines of the screen, then the columns' widths. */
void table_make_lines(struct table *t);
void table_find_widths(struct table *t);
bool field_is_number(const struct field *field);
/* What was appended to fit->text since `*at`, which moves to its end. */
struct text_range range_from(const struct drawing *d, size_t *at);
int range_columns(const struct drawing *d, struct text_range range);
/* The value of a line of a field: without a prefix that the column of the unit
 * shows. */
struct text_range line_value(const struct table *t, const struct line *line);
/* Columns of the point and the decimals of a number, 0 if it has none. */
int fraction_columns(const struct table *t, const struct line *line);

/* The worst alarm of leaves first..end - 1 that are shown, how many have one,
 * and how many are shown; `step` leaves (an element) count as one. */
struct alarm_sum {
    enum alarm_level worst;
    size_t count, of;
};
struct alarm_sum alarm_sum(const struct view *view, uint32_t first,
                           uint32_t end, uint32_t step);

/* table_summary.c. Appends what is inside of a heading: "57 of 1024", "41
 * open", "avg flow 12.4 l/s". */
void summary_put(struct buf *out, const struct drawing *d, uint32_t heading);
struct flow;
/* Puts the labels of the first enum of an array into the detail pane, the
 * commonest first, with how many elements have them. */
void summary_flow_labels(struct flow *flow, uint32_t array);
/* The first member of an array of structs (or the array itself: 0) that is a
 * gauge, else a counter; LEAF_NONE: none. */
uint32_t summary_number(const struct view *view, uint32_t array);

/* table_array.c. Finds the widths of the members of a table, and where they
 * are; `lines` are those of the screen. */
void array_measure(struct table *t);
void array_draw_titles(const struct table *t, int row, const struct line *line);
void array_draw_element(const struct table *t, int row,
                        const struct line *line);

/* table_columns.c. Appends what a column says about a leaf, in `width` columns
 * of the screen if that is possible. */
void column_put(struct buf *out, const struct drawing *d, uint32_t leaf,
                enum column column, int width);

/* table.c. The style of a leaf's value. */
uint32_t table_value_style(const struct drawing *d, uint32_t leaf);
/* Puts a value, cut at its end if it is too long. */
void table_put_value(const struct drawing *d, int row, int column, int width,
                     enum align align, const char *text, size_t len,
                     uint32_t style);
/* table_trend.c. The range that numbers of a field have to fill before a trend
 * or plot of them fills its height: less is noise. */
double trend_least(const struct field *field, double low, double high);
/* A sparkline of the leaf's last cells. */
void draw_trend(const struct drawing *d, int row, int column, int columns,
                uint32_t leaf);
/* A meter of the leaf's range if it has one, else its trend. */
void draw_range_or_trend(const struct drawing *d, int row, int column,
                         int columns, uint32_t leaf);
/* The cells of a leaf as bars of several rows, with the range at the left;
 * false if nothing is known. */
bool draw_chart(const struct drawing *d, struct area area, uint32_t leaf);

#endif
