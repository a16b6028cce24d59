/* SPDX-License-Identifier: MIT */
/*
 * What tests need of the operating system beyond base/os.h.
 */
#ifndef SHMTOP_TESTS_OS_RIG_H
#define SHMTOP_TESTS_OS_RIG_H

#include <stdbool.h>
#include <stddef.h>

/* Room for any path that a test makes. */
#define OS_RIG_PATH 512

/* Writes the path of a file or folder for this process alone, where temporary
 * files are.  The test makes and removes it. */
void os_rig_path(char path[OS_RIG_PATH], const char *name);

bool os_rig_make_folder(const char *path);
bool os_rig_enter(const char *path);
bool os_rig_remove(const char *path); /* a file or an empty folder */
/* Makes a file so long, with zeros that cost nothing. */
bool os_rig_lengthen(const char *path, size_t len);

/* The folders in which settings and installed layouts are looked for: the
 * user's own first. */
void os_rig_set_places(const char *personal, const char *common);
/* Rewrites a path as messages show those in these folders. */
void os_rig_as_shown(char *path);

/* Runs `run` in a process of its own that must not come back from it; returns
 * the exit code, and in `said` what it wrote to stderr. */
int os_rig_child(void (*run)(void), char *said, size_t size);

#endif
