/* SPDX-License-Identifier: MIT */
/* The commands.  Each gets parsed options and returns false with `err`: its
 * status is the exit code, its text is empty if everything was reported. */
#ifndef SHMTOP_CLI_CMD_H
#define SHMTOP_CLI_CMD_H

#include "cli/options.h"

bool cmd_watch(const struct options *options, struct err *err);
bool cmd_print(const struct options *options, struct err *err);
bool cmd_write(const struct options *options, struct err *err);
bool cmd_set(const struct options *options, struct err *err);
bool cmd_check(const struct options *options, struct err *err);
bool cmd_import(const struct options *options, struct err *err);

#endif
