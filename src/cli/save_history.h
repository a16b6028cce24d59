/* SPDX-License-Identifier: MIT */
/* Samples of the past as a file of the formats of `print`. */
#ifndef SHMTOP_CLI_SAVE_HISTORY_H
#define SHMTOP_CLI_SAVE_HISTORY_H

#include "cli/options.h"
#include "view/request.h"

/* Carries out REQUEST_HISTORY, as a request_fn does.  The end of the name gives
 * the format.  The file appears whole or not at all. */
bool save_history(const struct options *options, const struct request *request,
                  struct buf *answer);

#endif
