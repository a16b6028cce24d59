/* SPDX-License-Identifier: MIT */
/* Reads numbers as people write them: the whole text must match, whatever the
 * locale, and be in range.  False, and `*out` unchanged, if it does not; the
 * caller has the message. */
#ifndef SHMTOP_BASE_NUMBER_H
#define SHMTOP_BASE_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

/* Decimal, 0x hex, 0o octal, 0b binary; `_` may separate digits. */
bool number_parse_u64(const char *text, uint64_t *out);
bool number_parse_i64(const char *text, int64_t *out);
/* The integers above, and decimals with a point '.' or an exponent; no nan, no
 * inf. */
bool number_parse_double(const char *text, double *out);
/* Bytes: an integer with an optional suffix K M G T (1024) or KiB MiB GiB TiB.
 */
bool number_parse_size(const char *text, uint64_t *bytes);
/* A period in nanoseconds, more than 0: "1s", "100ms", "250us", "2m", "1h",
 * "10hz", the unit in any case; "1.5" is in seconds, as for `watch -n`. */
bool number_parse_period(const char *text, int64_t *ns);

#endif
