/* SPDX-License-Identifier: MIT */
/*
 * Which mappings this system has.
 */
#ifndef SHMTOP_SOURCE_NATIVE_H
#define SHMTOP_SOURCE_NATIVE_H

#include "source/target.h"

/* What stands for a bare name, "shm:" or "map:", and all prefixes here. */
extern const char *const native_prefix;
extern const char *const native_prefixes;

/* False with STATUS_USAGE, and what to write instead, for a kind of mapping
 * that this system does not have. */
bool native_has(const struct target *target, struct err *err);

#endif
