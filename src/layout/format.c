/* SPDX-License-Identifier: MIT */
/* Prints and reads prefixes, durations and dates: exact or correctly rounded.
 * Which of them a field has is decided by value_text.c. */
#include "layout/format.h"

#include <math.h>
#include <string.h>

#include "base/double_text.h"

#define DAY_SECONDS 86400
#define YEAR_ONE INT64_C(-62135596800) /* 0001-01-01 since 1970, seconds */
#define YEAR_END INT64_C(253402300800) /* 10000-01-01 */
#define FILETIME_EPOCH INT64_C(-11644473600) /* 1601-01-01 */
#define DURATION_MAX 1e12                    /* seconds: 31,000 years */

static void put_scaled(struct buf *out, double number, int decimals,
                       const char *prefix)
{
    double_put_fixed(out, number, decimals);
    buf_putc(out, ' ');
    buf_puts(out, prefix);
}

/* Whether `number` with `decimals` prints as `base` or more. */
static bool rounds_up(double number, double base, int decimals)
{
    return fabs(number) + 0.5 * pow(10, -decimals) >= base;
}

/* A number below the first prefix. */
static void put_unscaled(struct buf *out, double number, int decimals)
{
    if (decimals >= 0)
        double_put_fixed(out, number, decimals);
    else
        double_put_shortest(
            out, floor(number) < number ? round(number * 1000) / 1000 : number);
}

/* With one of six prefixes, each `base` times the one before. */
static void put_large(struct buf *out, double number, int decimals, double base,
                      const char *const prefixes[6])
{
    size_t i = 0;
    number /= base;
    while (i < 5 && rounds_up(number, base, decimals)) {
        number /= base;
        i++;
    }
    put_scaled(out, number, decimals, prefixes[i]);
}

void format_si(struct buf *out, double number, int decimals)
{
    static const char *const large[] = {"k", "M", "G", "T", "P", "E"};
    static const char *const small[] = {"m", "µ", "n", "p"};
    int places = decimals < 0 ? 1 : decimals;
    double size = fabs(number);
    if (!isfinite(number) || size >= 1e21 || size < 1e-12) {
        double_put_shortest(out, number);
    } else if (!rounds_up(number, 1, places + 3)) {
        size_t i = 0;
        number *= 1000;
        while (i < 3 && !rounds_up(number, 1, places + 3)) {
            number *= 1000;
            i++;
        }
        put_scaled(out, number, places, small[i]);
    } else if (size < 1000) {
        put_unscaled(out, number, decimals);
    } else {
        put_large(out, number, places, 1000, large);
    }
}

void format_iec(struct buf *out, double number, int decimals)
{
    static const char *const large[] = {"Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
    double size = fabs(number);
    if (!isfinite(number) || size >= ldexp(1, 70))
        double_put_shortest(out, number);
    else if (size < 1024)
        put_unscaled(out, number, decimals);
    else
        put_large(out, number, decimals < 0 ? 1 : decimals, 1024, large);
}

bool format_duration(struct buf *out, double seconds, int decimals)
{
    CHECK(decimals >= 0 && decimals <= 9);
    if (!isfinite(seconds) || fabs(seconds) >= DURATION_MAX)
        return false;
    /* Rounded first, so that 59.96 s becomes 1:00.0 and not 0:60.0. */
    double unit = pow(10, decimals);
    double whole = fabs(seconds);
    double fraction = round((whole - floor(whole)) * unit);
    uint64_t count = (uint64_t)whole;
    if (fraction >= unit) {
        fraction = 0;
        count++;
    }
    if (seconds < 0 && (count > 0 || fraction > 0))
        buf_putc(out, '-');
    if (count >= DAY_SECONDS) {
        buf_put_u64(out, count / DAY_SECONDS);
        buf_puts(out, "d ");
    }
    buf_printf(out, "%02u:%02u:%02u", (unsigned)(count / 3600 % 24),
               (unsigned)(count / 60 % 60), (unsigned)(count % 60));
    if (decimals > 0)
        buf_printf(out, ".%0*llu", decimals, (unsigned long long)fraction);
    return true;
}

static int64_t power_of_10(int digits)
{
    CHECK(digits >= 0 && digits <= 18);
    int64_t power = 1;
    while (digits-- > 0)
        power *= 10;
    return power;
}

/* Splits a count of 10^-digits seconds; the fraction is not negative. */
static void split_decimal(int64_t count, int digits, struct format_time *out)
{
    int64_t unit = power_of_10(digits);
    int64_t rest = count % unit;
    out->seconds = count / unit - (rest < 0);
    out->fraction = (uint64_t)(rest < 0 ? rest + unit : rest);
    out->digits = digits;
}

/* The decimals of a second in the unit of `show`, and its epoch since 1970. */
static bool time_unit(enum show show, int *digits, int64_t *epoch)
{
    *epoch = 0;
    switch (show) {
    case SHOW_UNIX:
        *digits = 0;
        return true;
    case SHOW_UNIX_MS:
        *digits = 3;
        return true;
    case SHOW_UNIX_US:
        *digits = 6;
        return true;
    case SHOW_UNIX_NS:
        *digits = 9;
        return true;
    case SHOW_FILETIME:
        *digits = 7;
        *epoch = FILETIME_EPOCH;
        return true;
    case SHOW_DOTNET:
        *digits = 7;
        *epoch = YEAR_ONE;
        return true;
    default:
        return false;
    }
}

bool format_time_split(enum show show, uint64_t count, bool large,
                       struct format_time *out)
{
    int64_t epoch;
    int digits;
    if (!time_unit(show, &digits, &epoch))
        return false;
    /* The two top bits of a stored DateTime are its kind. */
    if (show == SHOW_DOTNET)
        count &= UINT64_MAX >> 2;
    if (large && count > INT64_MAX)
        return false;
    split_decimal((int64_t)count, digits, out);
    if (out->seconds < YEAR_ONE - epoch || out->seconds >= YEAR_END - epoch)
        return false;
    out->seconds += epoch;
    return true;
}

bool format_time_join(enum show show, const struct format_time *time,
                      int64_t *count)
{
    int64_t epoch;
    int digits;
    if (!time_unit(show, &digits, &epoch))
        return false;
    /* The seconds are of four-digit years: the difference does not overflow. */
    int64_t seconds = time->seconds - epoch;
    int64_t fraction = (int64_t)time->fraction;
    int64_t unit = power_of_10(digits);
    for (int i = time->digits; i > digits; i--, fraction /= 10)
        if (fraction % 10 != 0)
            return false;
    for (int i = time->digits; i < digits; i++)
        fraction *= 10;
    if (seconds < 0) {
        /* Of one sign, so that only the sum can overflow. */
        seconds++;
        fraction -= unit;
    }
    if (seconds > INT64_MAX / unit || seconds < INT64_MIN / unit)
        return false;
    seconds *= unit;
    if (fraction < 0 ? seconds < INT64_MIN - fraction
                     : seconds > INT64_MAX - fraction)
        return false;
    *count = seconds + fraction;
    return true;
}

/* The Gregorian date of a day since 1970 (H. Hinnant's algorithm). */
static void civil_date(int64_t day, int *year, int *month, int *mday)
{
    int64_t shifted = day + 719468; /* since 0000-03-01 */
    int64_t era = shifted / 146097;
    int64_t of_era = shifted % 146097;
    int64_t years =
        (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * years + years / 4 - years / 100);
    int64_t march_month = (5 * of_year + 2) / 153;
    *mday = (int)(of_year - (153 * march_month + 2) / 5 + 1);
    *month = (int)(march_month < 10 ? march_month + 3 : march_month - 9);
    *year = (int)(years + era * 400 + (*month <= 2));
}

void format_time_put(struct buf *out, const struct format_time *time)
{
    CHECK(time->digits >= 0 && time->digits <= 9);
    CHECK(time->seconds >= YEAR_ONE && time->seconds < YEAR_END);
    int64_t day = time->seconds / DAY_SECONDS;
    int64_t rest = time->seconds % DAY_SECONDS;
    if (rest < 0) {
        rest += DAY_SECONDS;
        day--;
    }
    int year, month, mday;
    civil_date(day, &year, &month, &mday);
    buf_printf(out, "%04d-%02d-%02dT%02d:%02d:%02d", year, month, mday,
               (int)(rest / 3600), (int)(rest / 60 % 60), (int)(rest % 60));
    if (time->digits > 0) {
        buf_printf(out, ".%0*llu", time->digits,
                   (unsigned long long)time->fraction);
    }
    buf_putc(out, 'Z');
}

/* The inverse of civil_date. */
static int64_t day_of(int year, int month, int mday)
{
    int64_t from_march = month > 2 ? month - 3 : month + 9;
    int64_t years = year - (month <= 2) + 400;
    return years * 365 + years / 4 - years / 100 + years / 400 +
           (153 * from_march + 2) / 5 + mday - 1 - 719468 - 146097;
}

/* Exactly `count` digits and the character `after`, if it is not NUL. */
static bool read_digits(const char **text, int count, char after, int *out)
{
    int number = 0;
    for (int i = 0; i < count; i++, ++*text) {
        if (**text < '0' || **text > '9')
            return false;
        number = number * 10 + (**text - '0');
    }
    *out = number;
    return after == '\0' || *(*text)++ == after;
}

static bool read_date(const char **text, int64_t *day)
{
    int year, month, mday, same[3];
    if (!read_digits(text, 4, '-', &year) ||
        !read_digits(text, 2, '-', &month) ||
        !read_digits(text, 2, '\0', &mday) || year < 1 || month < 1 ||
        month > 12)
        return false;
    *day = day_of(year, month, mday);
    civil_date(*day, &same[0], &same[1], &same[2]);
    return same[0] == year && same[1] == month && same[2] == mday;
}

bool format_time_read(const char *text, struct format_time *out)
{
    int64_t day;
    int hour, minute, second;
    if (!read_date(&text, &day) || (*text != 'T' && *text != ' '))
        return false;
    text++;
    if (!read_digits(&text, 2, ':', &hour) ||
        !read_digits(&text, 2, ':', &minute) ||
        !read_digits(&text, 2, '\0', &second) || hour > 23 || minute > 59 ||
        second > 59)
        return false;
    out->seconds = day * DAY_SECONDS + hour * 3600 + minute * 60 + second;
    out->fraction = 0;
    out->digits = 0;
    if (*text == '.') {
        int digit;
        for (text++; *text != 'Z'; out->digits++) {
            if (out->digits == 9 || !read_digits(&text, 1, '\0', &digit))
                return false;
            out->fraction = out->fraction * 10 + (uint64_t)digit;
        }
        if (out->digits == 0)
            return false;
    }
    return strcmp(text, "Z") == 0;
}

void format_group(struct buf *out, size_t start)
{
    CHECK(start < out->len);
    if (out->data[start] == '-')
        start++;
    size_t digits = strspn(out->data + start, "0123456789");
    if (digits < 5)
        return;
    size_t spaces = (digits - 1) / 3;
    size_t rest = out->len - start - digits;
    buf_fill(out, ' ', spaces);
    char *from = out->data + start + digits;
    char *to = from + spaces;
    memmove(to, from, rest);
    for (size_t done = 0; done < digits; done++) {
        if (done > 0 && done % 3 == 0)
            *--to = ' ';
        *--to = *--from;
    }
}
