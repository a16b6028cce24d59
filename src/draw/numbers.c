/* SPDX-License-Identifier: MIT */
/* Prints numbers for the dashboard, coarse enough that small changes give the
 * same text and no byte is sent. Values of fields are panes/field_text.c. */
#include "draw/numbers.h"

#include <math.h>

#include "base/double_text.h"

#define SECOND INT64_C(1000000000)

void draw_put_rate(struct buf *out, double rate)
{
    static const char prefixes[] = " kMGTPE";
    if (isnan(rate))
        return;
    double size = fabs(rate);
    if (size == 0) {
        buf_puts(out, "0.0");
        return;
    }
    buf_putc(out, rate < 0 ? '-' : '+');
    if (isinf(size)) {
        buf_puts(out, "inf");
        return;
    }
    if (size < 0.095) {
        buf_printf(out, size < 0.00095 ? "%.0e" : "%.3f", size);
        return;
    }
    size_t prefix = 0;
    while (size >= 999.5 && prefix < sizeof prefixes - 2) {
        size /= 1000;
        prefix++;
    }
    if (size >= 999.5) {
        buf_printf(out, "%.0e", fabs(rate));
        return;
    }
    buf_printf(out, "%.*f", size < 99.95 ? 1 : 0, size);
    if (prefix)
        buf_putc(out, prefixes[prefix]);
}

void draw_put_short(struct buf *out, double number, int columns)
{
    CHECK(columns >= 7);
    size_t at = out->len;
    for (int digits = 15; digits > 0; digits--) {
        buf_truncate(out, at);
        buf_printf(out, "%.*g", digits, number);
        if (out->len - at <= (size_t)columns)
            return;
    }
}

void draw_put_age(struct buf *out, int64_t age_ns)
{
    int64_t seconds = age_ns < 0 ? 0 : age_ns / SECOND;
    if (seconds < 60)
        buf_printf(out, "%ds", (int)seconds);
    else if (seconds < 3600)
        buf_printf(out, "%dm", (int)(seconds / 60));
    else if (seconds < 24 * 3600)
        buf_printf(out, "%dh", (int)(seconds / 3600));
    else if (seconds < INT64_C(999) * 24 * 3600)
        buf_printf(out, "%dd", (int)(seconds / (24 * 3600)));
    else
        buf_puts(out, ">3y");
}

void draw_put_duration(struct buf *out, int64_t duration_ns)
{
    int64_t seconds = duration_ns < 0 ? 0 : duration_ns / SECOND;
    if (seconds < 60)
        buf_printf(out, "%ds", (int)seconds);
    else if (seconds < 3600)
        buf_printf(out, "%dm%02ds", (int)(seconds / 60), (int)(seconds % 60));
    else if (seconds < 24 * 3600)
        buf_printf(out, "%dh%02dm", (int)(seconds / 3600),
                   (int)(seconds / 60 % 60));
    else
        buf_printf(out, "%dd%02dh", (int)(seconds / (24 * 3600)),
                   (int)(seconds / 3600 % 24));
}

void draw_put_span(struct buf *out, int64_t span_ns)
{
    CHECK(span_ns > 0);
    bool days = span_ns >= 24 * 3600 * SECOND, hours = span_ns >= 3600 * SECOND;
    if (span_ns < 60 * SECOND) {
        draw_put_period(out, span_ns);
        return;
    }
    int64_t unit = (days ? 24 * 3600 : hours ? 3600 : 60) * SECOND;
    double_put_digits(out, (double)span_ns / (double)unit, 3);
    buf_putc(out, days ? 'd' : hours ? 'h' : 'm');
}

void draw_put_period(struct buf *out, int64_t period_ns)
{
    static const struct {
        int64_t ns;
        const char *unit;
    } units[] = {{3600 * SECOND, "h"},  {60 * SECOND, "m"},       {SECOND, "s"},
                 {SECOND / 1000, "ms"}, {SECOND / 1000000, "us"}, {1, "ns"}};
    CHECK(period_ns > 0);
    size_t i = 0;
    while (period_ns % units[i].ns != 0)
        i++;
    double_put_shortest(out, (double)period_ns / (double)units[i].ns);
    buf_puts(out, units[i].unit);
}

void draw_put_size(struct buf *out, uint64_t bytes)
{
    static const char *const units[] = {"KiB", "MiB", "GiB",
                                        "TiB", "PiB", "EiB"};
    if (bytes < 10000) {
        buf_put_u64(out, bytes);
        buf_puts(out, " B");
        return;
    }
    double size = (double)bytes / 1024;
    size_t unit = 0;
    while (size >= 1023.5 && unit + 1 < sizeof units / sizeof units[0]) {
        size /= 1024;
        unit++;
    }
    bool whole = size == floor(size) || size >= 99.95;
    buf_printf(out, "%.*f %s", whole ? 0 : 1, size, units[unit]);
}

void draw_put_hz(struct buf *out, int64_t period_ns, double achieved)
{
    double asked = 1e9 / (double)period_ns;
    if (period_ns > SECOND) {
        buf_printf(out, "%.4g s", 1 / asked);
        if (!isnan(achieved) && fabs(achieved - asked) >= 0.05 * asked)
            buf_printf(out, " (%.2g)", 1 / achieved);
        return;
    }
    buf_printf(out, asked < 100 ? "%.3g Hz" : "%.0f Hz", asked);
    /* The usual jitter is no news. */
    if (isnan(achieved) || fabs(achieved - asked) < 0.05 * asked)
        return;
    if (achieved < 0.95)
        buf_printf(out, " (%.2g)", achieved);
    else
        buf_printf(out, achieved < 100 ? " (%.1f)" : " (%.0f)", achieved);
}
