/* SPDX-License-Identifier: MIT */
/* The part of inih's interface that base/ini.c uses, for builds without inih.
 */
#ifndef SHMTOP_BASE_INI_FALLBACK_INI_H
#define SHMTOP_BASE_INI_FALLBACK_INI_H

/* Called for each key, with its section ("" before the first header); 0 counts
 * as an error of this line. */
typedef int (*ini_handler)(void *user, const char *section, const char *name,
                           const char *value);
/* As fgets: the next line into `line` of `size` bytes, NULL at the end. */
typedef char *(*ini_reader)(char *line, int size, void *stream);

/* Returns the number of the first line in error, 0 for none. */
int ini_parse_stream(ini_reader reader, void *stream, ini_handler handler,
                     void *user);

#endif
