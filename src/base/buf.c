/* SPDX-License-Identifier: MIT */
/* The byte buffer, and whole numbers and times in it.  Numbers with a fraction
 * are double_text.c.  If `data` is set, cap > len and data[len] is NUL. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define BUF_FIRST 64u
#define U64_DIGITS_MAX 20

void buf_free(struct buf *buf)
{
    if (!buf)
        return;
    free(buf->data);
    *buf = (struct buf){0};
}

void buf_clear(struct buf *buf)
{
    buf_truncate(buf, 0);
}

void buf_truncate(struct buf *buf, size_t len)
{
    CHECK(len <= buf->len);
    buf->len = len;
    if (buf->data)
        buf->data[len] = '\0';
}

static void enlarge(struct buf *buf, size_t more)
{
    CHECK(more < SIZE_MAX / 4 && buf->len < SIZE_MAX / 4);
    size_t cap = buf->cap ? buf->cap : BUF_FIRST;
    while (cap < buf->len + more + 1)
        cap *= 2;
    buf->data = mem_resize(buf->data, cap, 1);
    buf->cap = cap;
    buf->data[buf->len] = '\0';
}

char *buf_room(struct buf *buf, size_t more)
{
    if (buf->cap - buf->len <= more)
        enlarge(buf, more);
    return buf->data + buf->len;
}

void buf_grow(struct buf *buf, size_t written)
{
    CHECK(written < buf->cap - buf->len);
    buf->len += written;
    buf->data[buf->len] = '\0';
}

void buf_add(struct buf *buf, const void *bytes, size_t len)
{
    CHECK(bytes || len == 0);
    char *at = buf_room(buf, len);
    if (len > 0)
        memcpy(at, bytes, len);
    buf_grow(buf, len);
}

void buf_puts(struct buf *buf, const char *text)
{
    buf_add(buf, text, strlen(text));
}

void buf_putc(struct buf *buf, char c)
{
    *buf_room(buf, 1) = c;
    buf_grow(buf, 1);
}

void buf_fill(struct buf *buf, char c, size_t count)
{
    char *at = buf_room(buf, count);
    memset(at, c, count);
    buf_grow(buf, count);
}

void buf_printf(struct buf *buf, const char *fmt, ...)
{
    va_list args, again;
    buf_room(buf, 1);
    size_t room = buf->cap - buf->len;
    va_start(args, fmt);
    va_copy(again, args);
    int len = vsnprintf(buf->data + buf->len, room, fmt, args);
    va_end(args);
    CHECK(len >= 0);
    if ((size_t)len >= room) {
        buf_room(buf, (size_t)len);
        vsnprintf(buf->data + buf->len, (size_t)len + 1, fmt, again);
    }
    va_end(again);
    buf_grow(buf, (size_t)len);
}

/* Writes the digits so that they end before `end`; returns the first. */
static char *digits_before(char *end, uint64_t value)
{
    static const char pairs[] = "00010203040506070809101112131415161718192021"
                                "22232425262728293031323334353637383940414243"
                                "44454647484950515253545556575859606162636465"
                                "66676869707172737475767778798081828384858687"
                                "888990919293949596979899";
    while (value >= 100) {
        end -= 2;
        memcpy(end, pairs + value % 100 * 2, 2);
        value /= 100;
    }
    if (value >= 10) {
        end -= 2;
        memcpy(end, pairs + value * 2, 2);
    } else {
        *--end = (char)('0' + value);
    }
    return end;
}

void buf_put_u64(struct buf *buf, uint64_t value)
{
    char digits[U64_DIGITS_MAX];
    char *end = digits + sizeof digits;
    char *first = digits_before(end, value);
    buf_add(buf, first, (size_t)(end - first));
}

void buf_put_i64(struct buf *buf, int64_t value)
{
    uint64_t size = (uint64_t)value;
    char digits[U64_DIGITS_MAX + 1];
    char *end = digits + sizeof digits;
    char *first = digits_before(end, value < 0 ? 0 - size : size);
    if (value < 0)
        *--first = '-';
    buf_add(buf, first, (size_t)(end - first));
}

void buf_put_padded(struct buf *buf, uint64_t value, int digits)
{
    char text[U64_DIGITS_MAX];
    char *end = text + sizeof text;
    char *first = digits_before(end, value);
    int missing = digits - (int)(end - first);
    if (missing > 0)
        buf_fill(buf, '0', (size_t)missing);
    buf_add(buf, first, (size_t)(end - first));
}

void buf_put_hex(struct buf *buf, uint64_t value, int digits)
{
    char text[16];
    char *end = text + sizeof text;
    char *at = end;
    for (; value != 0; value >>= 4)
        *--at = "0123456789abcdef"[value & 15];
    if (digits > end - at)
        buf_fill(buf, '0', (size_t)(digits - (end - at)));
    buf_add(buf, at, (size_t)(end - at));
}

/* `day` counts from 1970-01-01, in the proleptic Gregorian calendar.  Years
 * begin in March here, so that a leap day is their last. */
static void put_date(struct buf *buf, int64_t day)
{
    int64_t from_era = day + 719468; /* days since 0000-03-01 */
    int64_t era = (from_era >= 0 ? from_era : from_era - 146096) / 146097;
    int64_t in_era = from_era - era * 146097;
    int64_t year_of_era =
        (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int64_t in_year =
        in_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t march_month = (5 * in_year + 2) / 153;
    int64_t month = march_month < 10 ? march_month + 3 : march_month - 9;
    int64_t year = era * 400 + year_of_era + (month <= 2 ? 1 : 0);
    buf_put_padded(buf, (uint64_t)year, 4);
    buf_putc(buf, '-');
    buf_put_padded(buf, (uint64_t)month, 2);
    buf_putc(buf, '-');
    buf_put_padded(buf, (uint64_t)(in_year - (153 * march_month + 2) / 5 + 1),
                   2);
}

void buf_put_time(struct buf *buf, int64_t wall_ns)
{
    const int64_t second_ns = 1000000000;
    int64_t seconds = wall_ns / second_ns;
    int64_t ns = wall_ns % second_ns;
    if (ns < 0) {
        ns += second_ns;
        seconds--;
    }
    int64_t day = seconds / 86400;
    int64_t in_day = seconds % 86400;
    if (in_day < 0) {
        in_day += 86400;
        day--;
    }
    put_date(buf, day);
    buf_putc(buf, 'T');
    buf_put_padded(buf, (uint64_t)(in_day / 3600), 2);
    buf_putc(buf, ':');
    buf_put_padded(buf, (uint64_t)(in_day / 60 % 60), 2);
    buf_putc(buf, ':');
    buf_put_padded(buf, (uint64_t)(in_day % 60), 2);
    buf_putc(buf, '.');
    buf_put_padded(buf, (uint64_t)ns, 9);
    buf_putc(buf, 'Z');
}
