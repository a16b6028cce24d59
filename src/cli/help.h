/* SPDX-License-Identifier: MIT */
/* --help, and the tables that only it and the tests read. */
#ifndef SHMTOP_CLI_HELP_H
#define SHMTOP_CLI_HELP_H

#include "base/buf.h"
#include "cli/options.h"

/* The meaning of an exit code; the table ends with a NULL text. */
struct exit_row {
    enum status status;
    const char *text;
};
extern const struct exit_row exit_table[];

/* The forms of TARGET; the table ends with a NULL form. */
struct target_row {
    const char *form;
    const char *text;
};
extern const struct target_row target_table[];

/* One line: "shmtop print [OPTIONS] TARGET". */
void help_put_usage(struct buf *out, enum command command);
/* The help of a command; that of COMMAND_WATCH lists all commands. */
void help_put(struct buf *out, enum command command);

#endif
