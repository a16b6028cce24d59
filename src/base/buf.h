/* SPDX-License-Identifier: MIT */
/* A growable byte buffer that is always NUL-terminated, and whole numbers in
 * it. A buffer that is reused does not allocate again. */
#ifndef SHMTOP_BASE_BUF_H
#define SHMTOP_BASE_BUF_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* Zero-initialise; `data` is owned, NULL until first used. */
struct buf {
    char *data;
    size_t len;
    size_t cap;
};

void buf_free(struct buf *buf);  /* releases and zeroes; accepts NULL */
void buf_clear(struct buf *buf); /* len = 0, keeps the memory */
void buf_truncate(struct buf *buf, size_t len); /* len <= buf->len */

/* Makes room for `more` bytes after `len` and returns where they start.  The
 * caller writes up to `more` bytes and then calls buf_grow. */
char *buf_room(struct buf *buf, size_t more);
void buf_grow(struct buf *buf, size_t written);

void buf_add(struct buf *buf, const void *bytes, size_t len);
void buf_puts(struct buf *buf, const char *text);
void buf_putc(struct buf *buf, char c);
void buf_fill(struct buf *buf, char c, size_t count); /* `count` times c */
void buf_printf(struct buf *buf, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* Decimal integers, exact at every width. */
void buf_put_u64(struct buf *buf, uint64_t value);
void buf_put_i64(struct buf *buf, int64_t value);
/* At least `digits` decimal digits, with leading zeros. */
void buf_put_padded(struct buf *buf, uint64_t value, int digits);
/* At least `digits` hex digits, lower case, without a prefix. */
void buf_put_hex(struct buf *buf, uint64_t value, int digits);
/* RFC 3339 in UTC with nine decimals: 2026-01-02T03:04:05.123456789Z, from
 * nanoseconds since 1970 (may be negative). */
void buf_put_time(struct buf *buf, int64_t wall_ns);

#endif
