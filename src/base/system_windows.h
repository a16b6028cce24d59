/* SPDX-License-Identifier: MIT */
/* Names and errors of Windows in UTF-8, for the *_windows.c files only. */
#ifndef SHMTOP_BASE_SYSTEM_WINDOWS_H
#define SHMTOP_BASE_SYSTEM_WINDOWS_H

#include <stdbool.h>

#include <windows.h>
/* A code of the NT kernel with the name of one of our exit codes. */
#undef STATUS_TIMEOUT

#include "base/err.h"

/* UTF-16 for the W functions and back; the caller frees.  Bytes that are not
 * UTF-8, and lone surrogates, become U+FFFD. */
wchar_t *windows_wide(const char *text);
char *windows_utf8(const wchar_t *text);

/* The meaning of a Win32 error: "access is denied (Win32 error 5)". */
#define WINDOWS_WORDS_MAX 512
const char *windows_words(DWORD error, char out[WINDOWS_WORDS_MAX]);

/* STATUS_NO_MAPPING, STATUS_DENIED or STATUS_IO. */
enum status windows_status(DWORD error);

/* Whether a path has the form of a device or a pipe (\\.\pipe\x).  Do not open
 * one: that has effects of its own. */
bool windows_is_device(const char *path);
/* Opens an existing file and denies other programs nothing. */
HANDLE windows_open(const char *path, DWORD access, DWORD flags);

#endif
