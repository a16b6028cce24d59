/* SPDX-License-Identifier: MIT */
/* The configuration file: defaults for options. */
#ifndef SHMTOP_CLI_CONFIG_H
#define SHMTOP_CLI_CONFIG_H

#include "base/problem.h"
#include "cli/options.h"

/* Reads `path`: a section [shmtop] with one key a line, named like the long
 * option. Values that `options` has from the command line are kept.  False if
 * the file cannot be read (`err`) or has errors: then they are in `problems`,
 * and `err` has only the status STATUS_DATA. */
bool config_read(struct options *options, const char *path,
                 struct problems *problems, struct err *err);

/* Finds the configuration file: --config, else the first "shmtop.ini" of the
 * configuration folders; NULL if there is none.  The caller frees it. */
char *config_find(const struct options *options);

#endif
