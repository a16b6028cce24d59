/* SPDX-License-Identifier: MIT */
/* Texts about fields as the dashboard shows them, clean and for the terminal's
 * characters; styles of alarms and states. */
#ifndef SHMTOP_PANES_FIELD_TEXT_H
#define SHMTOP_PANES_FIELD_TEXT_H

#include "panes/drawing.h"

/* Appends a text of a layout or of the system, clean; in letters that are like
 * its own if the terminal has ASCII only. Nothing for NULL. */
void draw_put_plain(struct buf *out, const struct canvas *canvas,
                    const char *text);
/* Appends the label of a leaf with those of the structs around it. */
void draw_put_label(struct buf *out, const struct drawing *d, uint32_t leaf);
/* The same of a field of a target, which may not be selected. */
void draw_put_field_label(struct buf *out, const struct drawing *d,
                          const struct watched *target, uint32_t field);
/* Appends what the header calls a target: the label of its mapping, else the
 * layout's name; what it opens if others are called the same. */
void draw_put_target(struct buf *out, const struct view *view, size_t target);
/* Appends the value of a leaf as the table shows it. */
void draw_put_value(struct buf *out, const struct drawing *d, uint32_t leaf,
                    bool group_digits);
/* Appends the unit of a field after its value, if it has one: " bar", and "B"
 * after a prefix as in "2.8 Gi". */
void draw_put_unit(struct buf *out, const struct canvas *canvas,
                   const struct field *field);
/* The columns at the end of `len` bytes of a number that are a prefix of its
 * unit, with the blank before it: 3 of "2.8 Gi", 0 of "2.8". */
size_t draw_prefix_len(const char *number, size_t len,
                       const struct field *field);
/* Appends a statistic of a field; nothing for NaN, or if the field holds no
 * quantity. */
void draw_put_number(struct buf *out, const struct field *field, double value);

/* The colour of an alarm, and the style of a state. Characters must show both,
 * too. */
uint32_t draw_alarm_style(enum alarm_level level);
uint32_t draw_state_style(enum source_state state);

#endif
