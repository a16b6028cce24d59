/* SPDX-License-Identifier: MIT */
/* Axes of numbers: round ends, round ticks, linear or logarithmic. Those of
 * times are plot_axis_below.c. */
#include "draw/plot_axis.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/double_text.h"
#include "base/text.h"

#define ENDS_PART 10    /* ends are multiples of a round number near a 10th */
#define KEPT_PART 0.5   /* an axis is kept while the numbers fill this part */
#define SPAN_PART 1e-14 /* of the numbers, the least that an axis resolves */
#define SPAN_LEAST 1e-290
#define LOG_LEAST 1e-300
#define LOG_NARROW 2 /* less: the ends are those of a linear axis */
#define EPSILON 1e-6 /* of a step */

/* 1, 2 or 5 times a power of ten. */
struct step {
    int factor, exponent;
};

static double times_step(double count, struct step step)
{
    count *= step.factor;
    /* 3 / 10 is the nearest double of 0.3; 3 * 0.1 is not. */
    return step.exponent < 0 ? count / pow(10, -step.exponent)
                             : count * pow(10, step.exponent);
}

/* The smallest step that is not below `size`. */
static struct step step_from(double size)
{
    static const int factors[] = {1, 2, 5};
    CHECK(size > 0);
    struct step step = {1, (int)floor(log10(size))};
    for (size_t i = 0; i < 3; i++) {
        step.factor = factors[i];
        if (times_step(1, step) >= size * (1 - EPSILON))
            return step;
    }
    return (struct step){1, step.exponent + 1};
}

static double clamp(double number)
{
    return fmax(-DBL_MAX, fmin(DBL_MAX, number));
}

/* Half of the span, since all of it may be more than a double holds. */
static double half_span(double low, double high)
{
    return high / 2 - low / 2;
}

static struct axis widen(double low, double high, double least)
{
    double size = fmax(fabs(low), fabs(high));
    double half = half_span(low, high);
    if (half == 0 && least == 0)
        least = size > 0 ? size / 20 : 1;
    least = fmax(least, fmax(size * SPAN_PART, SPAN_LEAST));
    double more = least / 2 - half;
    struct axis axis = {low, high, false};
    if (more > 0) {
        axis.low = clamp(low - more);
        axis.high = clamp(high + more);
    }
    return axis;
}

static struct axis round_ends(double low, double high, double least)
{
    struct axis wide = widen(low, high, least);
    struct step step =
        step_from(half_span(wide.low, wide.high) / (ENDS_PART / 2));
    double unit = times_step(1, step);
    struct axis axis = {
        clamp(times_step(floor(wide.low / unit + EPSILON), step)),
        clamp(times_step(ceil(wide.high / unit - EPSILON), step)), false};
    /* What is never negative has no axis below 0. */
    if (low >= 0 && axis.low < 0)
        axis.low = 0;
    if (low < 0 && high <= 0 && axis.high > 0)
        axis.high = 0;
    if (!(axis.low < axis.high))
        return wide;
    return axis;
}

/* The largest 1, 2 or 5 times a power of ten that is at most `number`, or the
 * smallest that is at least it. */
static double round_log(double number, bool up)
{
    static const int factors[] = {1, 2, 5, 10};
    int exponent = (int)floor(log10(number) + EPSILON);
    double best = times_step(1, (struct step){1, exponent});
    for (size_t i = 0; i < 4; i++) {
        double next = times_step(1, (struct step){factors[i], exponent});
        if (up && next >= number * (1 - EPSILON))
            return next;
        if (next * (1 - EPSILON) <= number)
            best = next;
    }
    return best;
}

static struct axis round_log_ends(double low, double high, double least)
{
    low = fmax(low, LOG_LEAST);
    high = fmax(high, LOG_LEAST);
    if (high / low < LOG_NARROW) {
        struct axis axis = round_ends(low, high, least);
        axis.log = true;
        if (axis.low > 0)
            return axis;
    }
    struct axis axis = {round_log(low, false), round_log(high, true), true};
    if (high / low > 1000) {
        axis.low = pow(10, floor(log10(low) + EPSILON));
        axis.high = pow(10, ceil(log10(high) - EPSILON));
    }
    axis.high = fmin(axis.high, DBL_MAX);
    if (axis.high <= axis.low) {
        axis.low /= 2;
        axis.high = fmin(axis.high * 2, DBL_MAX);
    }
    return axis;
}

/* Whether the numbers of `now` are inside of `before` and fill enough of it. */
static bool is_good(const struct axis *before, const struct axis *now,
                    double low, double high)
{
    if (!before || !(before->low < before->high) || before->log != now->log ||
        low < before->low || high > before->high)
        return false;
    double part = axis_part(before, now->high) - axis_part(before, now->low);
    return part >= KEPT_PART;
}

struct axis axis_make(double low, double high, double least, bool log,
                      const struct axis *before)
{
    CHECK(isfinite(low) && isfinite(high) && low <= high && least >= 0);
    CHECK(!log || low > 0);
    struct axis axis =
        log ? round_log_ends(low, high, least) : round_ends(low, high, least);
    return is_good(before, &axis, low, high) ? *before : axis;
}

double axis_part(const struct axis *axis, double number)
{
    CHECK(axis->low < axis->high);
    if (!axis->log)
        return (number / 2 - axis->low / 2) / half_span(axis->low, axis->high);
    if (!(number > 0))
        return NAN;
    double low = log10(axis->low), high = log10(axis->high);
    return (log10(number) - low) / (high - low);
}

double axis_number(const struct axis *axis, double part)
{
    CHECK(axis->low < axis->high);
    if (!axis->log)
        return axis->low + 2 * (half_span(axis->low, axis->high) * part);
    double low = log10(axis->low), high = log10(axis->high);
    return pow(10, low + (high - low) * part);
}

int axis_row(double part, int rows)
{
    CHECK(rows > 0);
    if (!(part > 0))
        return rows - 1;
    int from_bottom = part < 1 ? (int)(part * rows) : rows - 1;
    return rows - 1 - from_bottom;
}

/* --- ticks ---------------------------------------------------------------- */

/* The decimals that a number needs, for an axis of that span. */
static int decimals_of(double number, double span)
{
    int decimals = 0;
    for (double scale = 1; decimals < 15; decimals++, scale *= 10)
        if (fabs(number * scale - round(number * scale)) <=
            EPSILON * span * scale)
            break;
    return decimals;
}

static size_t tick_ends(const struct axis *axis, struct tick *ticks)
{
    double span = axis->high - axis->low;
    int low = decimals_of(axis->low, span),
        high = decimals_of(axis->high, span);
    int both = axis->log ? low : low > high ? low : high;
    ticks[0] = (struct tick){axis->low, both, false};
    ticks[1] = (struct tick){axis->high, axis->log ? high : both, false};
    return 2;
}

static int rows_apart(int rows)
{
    return rows < 8 ? 2 : rows < 20 ? 3 : 4;
}

static size_t tick_linear(const struct axis *axis, int rows, struct tick *ticks)
{
    double half = half_span(axis->low, axis->high);
    struct step step = step_from(half / rows * rows_apart(rows) * 2);
    double unit = times_step(1, step);
    double from = ceil(axis->low / unit - EPSILON);
    size_t count = 0;
    for (double i = from; count < TICKS_MOST; i++) {
        double number = times_step(i, step);
        if (number > axis->high + EPSILON * unit)
            break;
        ticks[count++] = (struct tick){
            number, step.exponent < 0 ? -step.exponent : 0, false};
        if (i + 1 == i)
            break;
    }
    return count;
}

/* Whole decades, with 2 and 5 in between if there is room, or not all of them
 * if there is none. */
static size_t tick_log(const struct axis *axis, int rows, struct tick *ticks)
{
    double span = log10(axis->high) - log10(axis->low);
    double apart = rows / span; /* rows of a decade */
    int decades = 1;
    while (decades * apart < rows_apart(rows))
        decades++;
    int first = (int)floor(log10(axis->low) + EPSILON);
    size_t count = 0;
    for (int exponent = first;; exponent++) {
        if (exponent % decades != 0)
            continue;
        for (int factor = 1; factor < 10; factor += factor == 2 ? 3 : 1) {
            if (factor > 1 && apart < 2 * rows_apart(rows))
                break;
            if (factor > 5)
                break;
            if (factor == 3 || factor == 4)
                continue;
            double number = times_step(1, (struct step){factor, exponent});
            if (number > axis->high * (1 + EPSILON) || count == TICKS_MOST)
                return count;
            if (number >= axis->low * (1 - EPSILON))
                ticks[count++] =
                    (struct tick){number, exponent < 0 ? -exponent : 0, false};
        }
    }
}

/* A logarithmic axis of less than a decade has the ticks of a linear one, which
 * are nearer to each other at the top. */
static bool is_dense(const struct axis *axis)
{
    return axis->log && axis->high / axis->low < 10 * (1 - EPSILON);
}

/* Whether three digits show a large number exactly. */
static bool is_brief(double number)
{
    double size = fabs(number);
    return size == 0 || (size >= 1e9 && isfinite(size) &&
                         fmod(size, pow(10, floor(log10(size)) - 2)) == 0);
}

size_t axis_ticks(const struct axis *axis, int rows, struct tick *ticks)
{
    CHECK(axis->low < axis->high && rows > 0 && ticks);
    size_t count = 0;
    bool brief = true;
    if (rows >= 4)
        count = axis->log && !is_dense(axis) ? tick_log(axis, rows, ticks)
                                             : tick_linear(axis, rows, ticks);
    if (count < 2)
        count = tick_ends(axis, ticks);
    for (size_t i = 0; i < count; i++)
        brief = brief && is_brief(ticks[i].number);
    for (size_t i = 0; i < count; i++)
        ticks[i].brief = brief || (axis->log && is_brief(ticks[i].number));
    return count;
}

/* --- labels --------------------------------------------------------------- */

void axis_put_label(struct buf *out, const void *user, const struct tick *tick)
{
    (void)user;
    double size = fabs(tick->number);
    if (tick->brief && size > 0)
        buf_printf(out, "%.3g", tick->number);
    else if (size >= 1e15 || tick->decimals > 9)
        double_put_digits(out, tick->number, 6);
    else
        double_put_fixed(out, size == 0 ? 0 : tick->number, tick->decimals);
}

int axis_width(const struct axis *axis, int rows, axis_label_fn *label,
               const void *user)
{
    struct tick ticks[TICKS_MOST];
    struct buf text = {0};
    size_t width = 0;
    size_t count = axis_ticks(axis, rows, ticks);
    for (size_t i = 0; i < count; i++) {
        buf_clear(&text);
        buf_puts(&text, "");
        label(&text, user, &ticks[i]);
        size_t columns = text_columns(text.data, text.len);
        width = columns > width ? columns : width;
    }
    buf_free(&text);
    return (int)width;
}

void axis_draw(const struct canvas *canvas, struct area area,
               const struct axis *axis, axis_label_fn *label, const void *user)
{
    struct tick ticks[TICKS_MOST];
    struct buf *text = canvas->text;
    int line = area.column + area.columns - 1;
    for (int i = 0; i < area.rows; i++)
        grid_put_code(canvas->grid, area.row + i, line,
                      canvas->ascii ? '|' : 0x2502, STYLE_DIM);
    size_t count = axis_ticks(axis, area.rows, ticks);
    int above = INT32_MAX;
    for (size_t i = 0; i < count; i++) {
        int row = axis_row(axis_part(axis, ticks[i].number), area.rows);
        if (row == above || (is_dense(axis) && row + 1 == above))
            continue;
        above = row;
        buf_clear(text);
        buf_puts(text, "");
        label(text, user, &ticks[i]);
        draw_text(canvas, area.row + row, area.column, area.columns - 2,
                  ALIGN_RIGHT, text->data, text->len, STYLE_DIM);
        grid_put_code(canvas->grid, area.row + row, line,
                      canvas->ascii ? '+' : 0x2524, STYLE_DIM);
    }
}
