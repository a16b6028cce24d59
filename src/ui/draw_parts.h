/* SPDX-License-Identifier: MIT */
/*
 * What the parts of the drawing share: the drawing at hand and the few ways
 * to put text on it.
 */
#ifndef SHMTOP_UI_DRAW_PARTS_H
#define SHMTOP_UI_DRAW_PARTS_H

#include "ui/columns.h"
#include "ui/draw.h"

struct drawing {
    struct grid *grid;
    const struct view *view;
    struct view_fit *fit;
    const struct layout *layout;
    const struct sampler *sampler;
    const struct sample *sample;
};

/* Rows of the screen that a part may use; rows == 0: it is not shown. */
struct area {
    int row;
    int rows;
};

enum align { ALIGN_LEFT, ALIGN_RIGHT };

/* Puts clean text into [column, column + columns), shortened in the middle
 * when it is too long; returns the columns used. */
int draw_text(const struct drawing *d, int row, int column, int columns,
              enum align align, const char *text, size_t len, uint32_t style);
/* The same for a C string of the program's own. */
int draw_word(const struct drawing *d, int row, int column, int columns,
              const char *text, uint32_t style);
const char *draw_ellipsis(const struct drawing *d);

/* Clean text of whatever a layout or the system calls something. */
void draw_put_clean(struct buf *out, const char *text);

/* How alarming something is, in colour; characters have to say it, too. */
uint32_t draw_alarm_style(enum alarm_level level);

/* The value of a field as the table shows it. */
void draw_put_value(struct buf *out, const struct drawing *d, uint32_t field,
                    bool group_digits);
/* A number such as the field holds, if that is a quantity; nothing for NaN. */
void draw_put_number(struct buf *out, const struct field *field, double value);
/* "+1.0", "-12.3", "+4.56M": at most seven columns, steady; nothing for NaN. */
void draw_put_rate(struct buf *out, double rate);
/* "7s", "20s", "3m", "5h", "12d": coarse, so that a still screen stays
 * still. */
void draw_put_age(struct buf *out, int64_t age_ns);
/* "2s", "1.5s", "3m": a time as a layout writes it. */
void draw_put_period(struct buf *out, int64_t period_ns);
/* "64 B", "1.5 MiB". */
void draw_put_size(struct buf *out, uint64_t bytes);

/* The parts; each keeps to its area (or row). */
void draw_header(const struct drawing *d, int row);
void draw_compact(const struct drawing *d);
void draw_table(const struct drawing *d, struct area titles, struct area table);
void draw_trend(const struct drawing *d, int row, int column, int columns,
                uint32_t field);
void draw_detail(const struct drawing *d, struct area area);
void draw_status(const struct drawing *d, int row);
void draw_health(const struct drawing *d, struct area area);
void draw_help(const struct drawing *d);

#endif
