/* SPDX-License-Identifier: MIT */
/* The configuration file: defaults for options. */
#ifndef SHMTOP_CLI_CONFIG_H
#define SHMTOP_CLI_CONFIG_H

#include "base/problem.h"
#include "cli/options.h"

/* Reads `path`: a section [shmtop] with one key a line, named like the long
 * option, and sections of the dashboard.  Values that `options` has from the
 * command line are kept.  A wrong line is not used, and becomes a warning in
 * `problems`.  For a command other than the dashboard, what only the dashboard
 * uses is skipped, and a wrong value of its own settings is an error.  False if
 * the file cannot be read (`err`), or with such errors: then `err` has only the
 * status STATUS_DATA. */
bool config_read(struct options *options, const char *path,
                 struct problems *problems, struct err *err);

/* Finds the configuration file: --config, else the first "shmtop.ini" of the
 * configuration folders; NULL if there is none.  The caller frees it. */
char *config_find(const struct options *options);

#endif
