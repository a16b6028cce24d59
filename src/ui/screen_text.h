/* SPDX-License-Identifier: MIT */
/* The dashboard without a terminal (--screen): its last screen as text. */
#ifndef SHMTOP_UI_SCREEN_TEXT_H
#define SHMTOP_UI_SCREEN_TEXT_H

#include "base/buf.h"
#include "ui/dashboard.h"

/* Takes `options->count` samples of each target (at least one) at its period,
 * applies `keys` (see key_next), and appends the screen of the given size to
 * `out`. STATUS_USAGE for an unknown key name. */
bool screen_text(const struct dashboard_options *options, int columns, int rows,
                 const char *keys, struct buf *out, struct err *err);

#endif
