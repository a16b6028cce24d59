/* SPDX-License-Identifier: MIT */
/* One function for each pattern, without memory: a value follows from the
 * field's index, the tick and the time.  Storing it is writer.c. */
#include "writer/pattern_value.h"

#include <float.h>
#include <math.h>

#include "base/err.h"
#include "layout/label.h"
#include "layout/value_parse.h"

#define TWO_PI 6.283185307179586

/* 1970 in the calendars of FILETIME and .NET, in ticks of 100 ns. */
#define FILETIME_1970 INT64_C(116444736000000000)
#define DOTNET_1970 INT64_C(621355968000000000)

/* A field at an instant. */
struct input {
    const struct field *field;
    const struct pattern *pattern;
    const struct instant *now;
    uint64_t seed;
    uint64_t element; /* of an array, 0 for a scalar */
    uint64_t elements;
};

/* --- numbers into fields ------------------------------------------------ */

void pattern_wrap(const struct field *field, uint64_t bits, struct value *out)
{
    CHECK(field_bits(field) >= 1 && field_bits(field) <= 64);
    unsigned spare = 64 - field_bits(field);
    if (field->kind == KIND_INT) {
        out->type = VALUE_INT;
        out->i = (int64_t)(bits << spare) >> spare;
    } else {
        out->type = VALUE_UINT;
        out->u = bits << spare >> spare;
    }
}

/* The bits of an integer of any size, modulo 2^64. */
static uint64_t integer_bits(double whole)
{
    if (!isfinite(whole))
        return 0;
    if (whole < 0)
        return 0 - integer_bits(-whole);
    return (uint64_t)fmod(whole, 18446744073709551616.0);
}

static double stored_number(const struct field *field, double shown)
{
    const struct attributes *attr = field->attr;
    return attr->scaled ? (shown - attr->bias) / attr->scale : shown;
}

/* A number in shown units. */
static void put_number(const struct field *field, double shown,
                       struct value *out)
{
    double number = stored_number(field, shown);
    switch ((enum kind)field->kind) {
    case KIND_INT:
    case KIND_UINT:
        pattern_wrap(field, integer_bits(round(number)), out);
        break;
    case KIND_FLOAT:
        out->type = VALUE_REAL;
        out->real = number;
        if (field->size == 4 && fabs(number) > (double)FLT_MAX)
            out->real = copysign((double)INFINITY, number);
        break;
    case KIND_BOOL:
        out->type = VALUE_UINT;
        out->u = number >= 0.5 || number <= -0.5;
        break;
    default:
        out->type = VALUE_NONE;
    }
}

/* An integer in shown units, exact if the field is not scaled. */
static void put_whole(const struct field *field, uint64_t bits, bool is_signed,
                      struct value *out)
{
    bool integer = field->kind == KIND_INT || field->kind == KIND_UINT;
    if (integer && !field->attr->scaled)
        pattern_wrap(field, bits, out);
    else
        put_number(field, is_signed ? (double)(int64_t)bits : (double)bits,
                   out);
}

/* --- where in its period a pattern is ----------------------------------- */

/* elapsed modulo period, shifted by the element's part of it. */
static int64_t phase_ns(const struct input *a)
{
    int64_t period = a->pattern->period_ns;
    CHECK(period > 0);
    double part = (double)a->element / (double)a->elements;
    int64_t phase = a->now->elapsed_ns % period;
    if (phase < 0)
        phase += period;
    int64_t shift = (int64_t)((double)period * part);
    return phase >= period - shift ? phase - (period - shift) : phase + shift;
}

static double fraction(const struct input *a)
{
    return (double)phase_ns(a) / (double)a->pattern->period_ns;
}

/* How many steps of `step_ns` (0: of a tick) the pattern has made; elements of
 * an array are one step apart. */
static uint64_t steps(const struct input *a, int64_t step_ns)
{
    uint64_t done = a->now->tick;
    if (step_ns > 0)
        done = a->now->elapsed_ns > 0 ? (uint64_t)(a->now->elapsed_ns / step_ns)
                                      : 0;
    return done + a->element;
}

/* Two steps a period. */
static void put_toggle(const struct input *a, struct value *out)
{
    int64_t period = a->pattern->period_ns;
    uint64_t done = steps(a, period > 1 ? period / 2 : period);
    put_whole(a->field, done & 1, false, out);
}

/* --- random numbers ----------------------------------------------------- */

/* The finaliser of splitmix64: each bit of the input affects all bits. */
static uint64_t scramble(uint64_t x)
{
    x ^= x >> 30;
    x *= UINT64_C(0xbf58476d1ce4e5b9);
    x ^= x >> 27;
    x *= UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

/* A number in [0, 1) for each seed, stream and step. */
static double random_unit(const struct input *a, uint64_t stream, uint64_t step)
{
    uint64_t x = scramble(a->seed * UINT64_C(0x9e3779b97f4a7c15) + stream);
    x = scramble(x + step * UINT64_C(0x9e3779b97f4a7c15));
    return (double)(x >> 11) / 9007199254740992.0;
}

static double random_number(const struct input *a)
{
    const struct pattern *p = a->pattern;
    double u = random_unit(a, 0, a->now->tick);
    bool integer = a->field->kind != KIND_FLOAT && !a->field->attr->scaled;
    if (!integer)
        return p->a + u * (p->b - p->a);
    /* All integers of the range are equally likely. */
    double low = ceil(p->a);
    double high = floor(p->b);
    return high < low ? low : fmin(high, low + floor(u * (high - low + 1)));
}

/* A walk within LOW..HIGH by steps of at most c that is a function of the tick:
 * smooth noise between random knots, which are so far apart that its slope is
 * at most 0.6 c, plus a jitter of at most 0.2 c. */
static double walk_number(const struct input *a)
{
    const struct pattern *p = a->pattern;
    double jitter = fmin(0.2 * p->c, (p->b - p->a) / 4);
    double room = p->b - p->a - 2 * jitter;
    if (!(jitter > 0) || !(room > 0))
        return p->a;
    double ticks = fmin(ceil(2.5 * room / p->c), 1e15); /* smoothstep: 1.5 */
    uint64_t knot = a->now->tick / (uint64_t)ticks;
    double t = (double)(a->now->tick % (uint64_t)ticks) / ticks;
    double from = random_unit(a, 1, knot);
    double to = random_unit(a, 1, knot + 1);
    double smooth = from + (to - from) * t * t * (3 - 2 * t);
    double noise = 2 * random_unit(a, 2, a->now->tick) - 1;
    return p->a + jitter + room * smooth + jitter * noise;
}

/* --- the patterns ------------------------------------------------------- */

static void put_count(const struct input *a, struct value *out)
{
    const struct pattern *p = a->pattern;
    enum kind kind = (enum kind)a->field->kind;
    if (kind == KIND_FLOAT || a->field->attr->scaled) {
        put_number(a->field, p->b + p->a * (double)a->now->tick, out);
        return;
    }
    uint64_t bits = p->count_from + (uint64_t)p->count_step * a->now->tick;
    if (kind == KIND_BOOL) {
        out->type = VALUE_UINT;
        out->u = bits & 1;
        return;
    }
    pattern_wrap(a->field, bits, out);
}

static void put_cycle(const struct input *a, struct value *out)
{
    const struct label_set *labels = a->field->attr->labels;
    /* The loader has checked that there is an enum. */
    if (!labels || labels->count == 0)
        return;
    uint64_t step = steps(a, a->pattern->period_ns);
    /* Labels name stored values, whatever the scale. */
    pattern_wrap(a->field, labels->rows[step % labels->count].low, out);
}

static int64_t floor_div(int64_t a, int64_t b)
{
    CHECK(b > 0);
    return a / b - (a % b < 0);
}

/* Nanoseconds in one unit of `show`, and how many units 1970 is. */
static int64_t now_unit(enum show show, int64_t *at_1970)
{
    *at_1970 = 0;
    switch (show) {
    case SHOW_UNIX_MS:
        return 1000000;
    case SHOW_UNIX_US:
        return 1000;
    case SHOW_UNIX_NS:
        return 1;
    case SHOW_FILETIME:
        *at_1970 = FILETIME_1970;
        return 100;
    case SHOW_DOTNET:
        *at_1970 = DOTNET_1970;
        return 100;
    default:
        return 1000000000;
    }
}

static void put_now(const struct input *a, struct value *out)
{
    int64_t at_1970;
    int64_t unit = now_unit(a->field->attr->show, &at_1970);
    int64_t whole = floor_div(a->now->wall_ns, unit);
    if (a->field->kind != KIND_FLOAT) {
        put_whole(a->field, (uint64_t)(whole + at_1970), true, out);
        return;
    }
    double rest = (double)(a->now->wall_ns - whole * unit) / (double)unit;
    put_number(a->field, (double)(whole + at_1970) + rest, out);
}

/* The loader has checked the text; one that does not parse has no value. */
static void put_parsed(const struct input *a, uint8_t *storage,
                       struct value *out)
{
    struct err err = {0};
    if (!a->pattern->text ||
        !value_parse(a->field, a->pattern->text, storage, out, &err))
        out->type = VALUE_NONE;
}

static void put_pattern(const struct input *a, uint8_t *storage,
                        struct value *out)
{
    const struct pattern *p = a->pattern;
    const struct field *field = a->field;
    double middle = p->a + (p->b - p->a) / 2;
    switch (p->kind) {
    case PATTERN_NONE:
        break;
    case PATTERN_COUNT:
        put_count(a, out);
        break;
    case PATTERN_RAMP:
        put_number(field, p->a + fraction(a) * (p->b - p->a), out);
        break;
    case PATTERN_SINE:
        put_number(field, middle + (p->b - middle) * sin(TWO_PI * fraction(a)),
                   out);
        break;
    case PATTERN_SQUARE:
        put_number(field, fraction(a) < 0.5 ? p->b : p->a, out);
        break;
    case PATTERN_RANDOM:
        put_number(field, random_number(a), out);
        break;
    case PATTERN_WALK:
        put_number(field, walk_number(a), out);
        break;
    case PATTERN_TOGGLE:
        put_toggle(a, out);
        break;
    case PATTERN_CYCLE:
        put_cycle(a, out);
        break;
    case PATTERN_NOW:
        put_now(a, out);
        break;
    case PATTERN_TEXT:
    case PATTERN_CONST:
        put_parsed(a, storage, out);
        break;
    }
}

static bool is_textual(const struct field *field)
{
    return field->kind != KIND_INT && field->kind != KIND_UINT &&
           field->kind != KIND_FLOAT && field->kind != KIND_BOOL;
}

void pattern_value(const struct layout *layout, size_t index,
                   const struct instant *now, uint8_t *storage,
                   struct value *out)
{
    CHECK(index < layout->field_count);
    const struct field *field = &layout->fields[index];
    struct input a = {
        .field = field,
        .pattern = &field->attr->write,
        .now = now,
        .seed = index,
    };
    field_element(layout, index, &a.element, &a.elements);
    CHECK(a.element < a.elements);
    out->type = VALUE_NONE;
    /* Only constants can be written to text. */
    if (is_textual(field) && !pattern_is_constant(field))
        return;
    put_pattern(&a, storage, out);
}

bool pattern_is_constant(const struct field *field)
{
    enum pattern_kind kind = field->attr->write.kind;
    return kind == PATTERN_TEXT || kind == PATTERN_CONST;
}
