/* SPDX-License-Identifier: MIT */
/*
 * Access to mapped memory that may vanish at any instant: the fault ends the
 * access, not the program.
 */
#ifndef SHMTOP_SOURCE_GUARD_H
#define SHMTOP_SOURCE_GUARD_H

#include <stdbool.h>
#include <stddef.h>

/* Puts the guard in place; to be called before guard_run, as often as anyone
 * likes: it does nothing where the guard stands, and stands up again where
 * another has taken its place. */
void guard_install(void);

/* Touches the mapping and nothing else: no locks, no allocation, since a
 * fault leaves it in the middle. */
typedef void guard_body_fn(void *user);

/* Calls body(user).  False when it was cut short because memory within the
 * `len` bytes from `start` could not be accessed.  Any other fault is handled
 * as if there were no guard. */
bool guard_run(guard_body_fn *body, void *user, const void *start, size_t len);

#endif
