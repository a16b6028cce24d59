/* SPDX-License-Identifier: MIT */
/* Puts text on the grid: shortened, aligned, cleaned. */
#ifndef SHMTOP_UI_DRAW_TEXT_H
#define SHMTOP_UI_DRAW_TEXT_H

#include "ui/ui_private.h"

enum align { ALIGN_LEFT, ALIGN_RIGHT };

/* Puts clean text into [column, column + columns), shortened in the middle
 * if it is too long; returns the columns used. */
int draw_text(const struct drawing *d, int row, int column, int columns,
              enum align align, const char *text, size_t len, uint32_t style);
/* The same for a string of the program's own, aligned to the left. */
int draw_word(const struct drawing *d, int row, int column, int columns,
              const char *text, uint32_t style);
/* What replaces the part of a text that does not fit. */
const char *draw_ellipsis(const struct drawing *d);

/* Appends `text`, from a layout or the system, as clean UTF-8; nothing for
 * NULL. */
void draw_put_clean(struct buf *out, const char *text);

/* Appends the label of a field, clean. */
void draw_put_label(struct buf *out, const struct drawing *d, uint32_t field);

/* The colour of an alarm, and the style of a state. Characters must show both,
 * too. */
uint32_t draw_alarm_style(enum alarm_level level);
uint32_t draw_state_style(enum source_state state);

#endif
