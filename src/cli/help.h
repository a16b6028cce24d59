/* SPDX-License-Identifier: MIT */
/*
 * --help, from the tables of options.h.
 */
#ifndef SHMTOP_CLI_HELP_H
#define SHMTOP_CLI_HELP_H

#include "base/buf.h"
#include "cli/options.h"

/* What an exit code means; ends with !text. */
struct exit_row {
    enum status status;
    const char *text;
};
extern const struct exit_row exit_table[];

/* How mappings and layouts are named; ends with !form. */
struct target_row {
    const char *form;
    const char *text;
};
extern const struct target_row target_table[];

/* One line: "shmtop print [OPTIONS] TARGET". */
void help_put_usage(struct buf *out, enum command command);
/* All of a command; for COMMAND_WATCH with an overview of the others. */
void help_put(struct buf *out, enum command command);

#endif
