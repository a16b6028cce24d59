/* SPDX-License-Identifier: MIT */
/*
 * Reading numbers as people write them: strict (the whole text must match),
 * independent of the locale, checked for overflow.  All return false and
 * leave the result alone when the text is not such a number; the caller words
 * the message.
 */
#ifndef SHMTOP_BASE_NUMBER_H
#define SHMTOP_BASE_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

/* Decimal, 0x hex, 0o octal, 0b binary; `_` may separate digits. */
bool number_parse_u64(const char *text, uint64_t *out);
bool number_parse_i64(const char *text, int64_t *out);
/* Decimal point '.', exponent allowed, no hex, no nan/inf; also accepts the
 * integers above. */
bool number_parse_double(const char *text, double *out);
/* Bytes: an integer with an optional suffix K M G T (1024) or KiB MiB GiB TiB.
 */
bool number_parse_size(const char *text, uint64_t *bytes);
/* A period in nanoseconds, more than 0: "1s", "100ms", "250us", "1.5", "2m",
 * "1h", "10hz" (case of the unit does not matter; plain numbers are seconds,
 * as in `watch -n`). */
bool number_parse_period(const char *text, int64_t *ns);

#endif
