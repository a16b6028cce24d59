/* SPDX-License-Identifier: MIT */
/* Messages on stderr.  Every line is cleaned, because names and values in it
 * may come from anywhere. */
#ifndef SHMTOP_CLI_REPORT_H
#define SHMTOP_CLI_REPORT_H

#include "base/problem.h"

/* "shmtop: TEXT"; nothing for an empty text, which means: reported already. */
void report_err(const struct err *err);
/* The same for a line that is not an error. */
void report_note(const char *fmt, ...) PRINTF_LIKE(1, 2);
/* "FILE:LINE: TEXT" for each entry up to `worst` (PROBLEM_ERROR: only
 * errors), warnings and notes with their level before the text. */
void report_problems(const struct problems *list, enum problem_level worst);

#endif
