/* SPDX-License-Identifier: MIT */
/*
 * The configuration file: defaults for the options that may stand in it.
 */
#ifndef SHMTOP_CLI_CONFIG_H
#define SHMTOP_CLI_CONFIG_H

#include "base/problem.h"
#include "cli/options.h"

/* Reads `path`: section [shmtop], a key a line, named like the long option.
 * Settings that `options` has from the command line are kept.  False when the
 * file cannot be read (`err`), or is unsound: then every error is in
 * `problems` and `err` has only its status, STATUS_DATA. */
bool config_read(struct options *options, const char *path,
                 struct problems *problems, struct err *err);

/* Finds the file that counts: --config, else the most personal "shmtop.ini"
 * of the configuration places; NULL when there is none.  The caller free()s
 * it. */
char *config_find(const struct options *options);

#endif
