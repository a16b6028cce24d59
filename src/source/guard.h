/* SPDX-License-Identifier: MIT */
/* Access to mapped memory that may vanish at any instant: a fault ends the
 * access, not the program. */
#ifndef SHMTOP_SOURCE_GUARD_H
#define SHMTOP_SOURCE_GUARD_H

#include <stdbool.h>
#include <stddef.h>

/* Installs the guard, or installs it again if another handler has replaced it.
 * Call it before guard_run, as often as you like. */
void guard_install(void);

/* Touches the mapping and nothing else: no locks, no allocation, because a
 * fault leaves it in the middle. */
typedef void guard_body_fn(void *user);

/* Calls body(user).  False if it ended early because memory within the `len`
 * bytes from `start` could not be accessed.  All other faults are handled as
 * without a guard. */
bool guard_run(guard_body_fn *body, void *user, const void *start, size_t len);

#endif
