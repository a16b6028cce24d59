/* SPDX-License-Identifier: MIT */
/* Computes the next value of a field by its kind, labels and range.  Reading a
 * value that was typed is value_parse.c. */
#include "layout/value_change.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "layout/label_set.h"
#include "layout/value_parse_shown.h"
#include "layout/words.h"

bool change_check_writable(const struct field *field, struct err *err)
{
    if (field->attr->writable != WRITABLE_NO)
        return true;
    if (field->kind == KIND_COMPUTED)
        return err_set(err, STATUS_DENIED,
                       "%s:%d: field '%s' is computed; set what it is computed "
                       "from",
                       field->attr->file, field->attr->line, field->path);
    return err_set(err, STATUS_DENIED,
                   "%s:%d: field '%s' is not writable; add `writable = yes` "
                   "to it",
                   field->attr->file, field->attr->line, field->path);
}

bool change_check_range(const struct field *field, const struct value *value,
                        struct err *err)
{
    const struct attributes *attr = field->attr;
    double number = value_number(field, value);
    /* A NaN is out of range. */
    if (attr->writable != WRITABLE_RANGE ||
        (number >= attr->write_low && number <= attr->write_high))
        return true;
    return err_set(err, STATUS_DATA,
                   "field '%s' may be set from %.15g to %.15g only",
                   field->path, attr->write_low, attr->write_high);
}

/* A 100th of it has a logarithm. */
#define RANGE_LEAST 1e-290

static bool is_flags(const struct field *field)
{
    return field->attr->labels && field->attr->labels->flags;
}

/* --- steps -------------------------------------------------------------- */

static bool fail_step(const struct field *field, const char *what,
                      struct err *err)
{
    return err_set(err, STATUS_DATA, "field '%s': %s", field->path, what);
}

static bool fail_end(const struct field *field, bool up, struct err *err)
{
    return fail_step(
        field, up ? "there is no higher value" : "there is no lower value",
        err);
}

/* Whether the value fits into the field. */
static bool fits(const struct field *field, const struct value *value)
{
    uint8_t bytes[8], mask[8];
    return value_encode(field, value, bytes, mask);
}

static bool step_integer(const struct field *field, const struct value *now,
                         bool up, struct value *out, struct err *err)
{
    bool more = up != (field->attr->scaled && field->attr->scale < 0);
    *out = *now;
    if (now->type == VALUE_INT) {
        if (now->i == (more ? INT64_MAX : INT64_MIN))
            return fail_end(field, up, err);
        out->i += more ? 1 : -1;
    } else {
        if (now->u == (more ? UINT64_MAX : 0))
            return fail_end(field, up, err);
        out->u = more ? now->u + 1 : now->u - 1;
    }
    return fits(field, out) || fail_end(field, up, err);
}

/* Whether row value `a` comes before `b` in the order of the labels. */
static bool is_before(const struct label_set *set, uint64_t a, uint64_t b)
{
    return set->is_signed ? (int64_t)a < (int64_t)b : a < b;
}

static bool step_label(const struct field *field, const struct value *now,
                       bool up, struct value *out, struct err *err)
{
    const struct label_set *set = field->attr->labels;
    const struct label_row *next = NULL;
    for (size_t i = 0; i < set->count; i++) {
        const struct label_row *row = &set->rows[i];
        if (up && is_before(set, now->u, row->low)) {
            next = row;
            break;
        }
        if (!up && is_before(set, row->high, now->u))
            next = row;
    }
    if (!next)
        return fail_step(field,
                         up ? "there is no label after this one"
                            : "there is no label before this one",
                         err);
    out->type = now->type;
    out->u = next->low;
    return fits(field, out) || fail_end(field, up, err);
}

/* `number` rounded to factor * 10^power, the factor being 1, 2 or 5. */
static void round_step(double number, double *factor, int *power)
{
    *power = (int)floor(log10(number));
    double digits = number / pow(10, *power);
    *factor = digits < 1.5 ? 1 : digits < 3.5 ? 2 : digits < 7.5 ? 5 : 10;
}

static void find_step(const struct field *field, double number, double *factor,
                      int *power)
{
    const struct attributes *attr = field->attr;
    double range = 0;
    if (attr->precision >= 0) {
        *factor = 1;
        *power = -attr->precision;
        return;
    }
    if (attr->writable == WRITABLE_RANGE)
        range = attr->write_high - attr->write_low;
    if (!(range > 0) && attr->has_min && attr->has_max)
        range = attr->max - attr->min;
    if (!(range > 0) || !isfinite(range))
        range = fabs(number);
    if (!(range > RANGE_LEAST))
        range = range > 0 ? RANGE_LEAST : 1;
    round_step(range / 100, factor, power);
}

double change_real_step(const struct field *field, double number)
{
    double factor;
    int power;
    CHECK(field->kind == KIND_FLOAT && isfinite(number));
    find_step(field, number, &factor, &power);
    return factor * pow(10, power);
}

/* The next multiple of the step.  A number that is one but for the rounding of
 * its type counts as one. */
static double next_multiple(const struct field *field, double number, bool up)
{
    double factor;
    int power;
    find_step(field, number, &factor, &power);
    double ten = pow(10, power < 0 ? -power : power);
    double steps = power < 0 ? number * ten / factor : number / ten / factor;
    double whole = round(steps);
    double slack = 1e-9 + fabs(steps) * (field->size == 4 ? 1.2e-7 : 4e-16);
    if (fabs(steps - whole) <= slack)
        whole += up ? 1 : -1;
    else
        whole = up ? ceil(steps) : floor(steps);
    return power < 0 ? whole * factor / ten : whole * factor * ten;
}

/* The number as it is stored, so that it can be compared. */
static double stored_real(const struct field *field, double stored)
{
    return field->size == 4 ? (double)(float)stored : stored;
}

static bool step_real(const struct field *field, const struct value *now,
                      bool up, struct value *out, struct err *err)
{
    const struct attributes *attr = field->attr;
    double number = value_number(field, now);
    if (!isfinite(number))
        return fail_step(field, "there is no number to step from", err);
    double next = next_multiple(field, number, up);
    if (attr->writable == WRITABLE_RANGE && up && next > attr->write_high &&
        number < attr->write_high)
        next = attr->write_high;
    if (attr->writable == WRITABLE_RANGE && !up && next < attr->write_low &&
        number > attr->write_low)
        next = attr->write_low;
    out->type = VALUE_REAL;
    out->real = attr->scaled ? (next - attr->bias) / attr->scale : next;
    bool more = up != (attr->scaled && attr->scale < 0);
    /* A step may be less than what the type can tell apart. */
    if (!(stored_real(field, out->real) != now->real))
        out->real = field->size == 4
                        ? (double)nextafterf((float)now->real,
                                             more ? INFINITY : -INFINITY)
                        : nextafter(now->real, more ? (double)INFINITY
                                                    : -(double)INFINITY);
    return (isfinite(out->real) && fits(field, out)) ||
           fail_end(field, up, err);
}

bool change_step(const struct field *field, const struct value *now, bool up,
                 struct value *out, struct err *err)
{
    CHECK(now->type != VALUE_NONE);
    if (field->kind > KIND_BOOL)
        return fail_step(field, "only numbers, enums and bools have steps",
                         err);
    if (is_flags(field))
        return fail_step(field, "flags have no steps", err);
    if (field->kind == KIND_FLOAT)
        return step_real(field, now, up, out, err);
    if (field->kind == KIND_BOOL) {
        *out = (struct value){.type = VALUE_UINT, .u = up};
        return now->u != (uint64_t)up || fail_end(field, up, err);
    }
    return field->attr->labels ? step_label(field, now, up, out, err)
                               : step_integer(field, now, up, out, err);
}

/* --- bits --------------------------------------------------------------- */

static bool is_one_bit(const struct label_row *row)
{
    return row->low == row->high;
}

static bool is_pair(const struct label_set *set)
{
    return !set->flags && set->count == 2 &&
           set->rows[0].low == set->rows[0].high &&
           set->rows[1].low == set->rows[1].high;
}

enum change_flip change_flip_of(const struct field *field)
{
    const struct label_set *set = field->attr->labels;
    if (field->kind == KIND_BOOL)
        return FLIP_ONE;
    if (!kind_is_integer(field->kind) || field->attr->scaled)
        return FLIP_NONE;
    if (set && !set->flags)
        return is_pair(set) ? FLIP_ONE : FLIP_NONE;
    if (field_bits(field) == 1)
        return FLIP_ONE;
    if (!set)
        return FLIP_BIT;
    return set->count == 1 && is_one_bit(&set->rows[0]) ? FLIP_ONE : FLIP_FLAG;
}

static bool find_bit(const struct field *field, const char *which,
                     unsigned *bit, struct err *err)
{
    uint64_t number;
    unsigned bits = field_bits(field);
    if (number_parse_u64(which, &number) && number < bits) {
        *bit = (unsigned)number;
        return true;
    }
    return err_set(err, STATUS_DATA,
                   "field '%s': '%s' is not a bit from 0 to %u", field->path,
                   which, bits - 1);
}

static bool find_flag(const struct field *field, const char *which,
                      unsigned *bit, struct err *err)
{
    const struct label_set *set = field->attr->labels;
    const struct label_row *row = label_set_row_of(set, which, strlen(which));
    if (!row)
        return err_set(err, STATUS_DATA, "'%s' is not in flags '%s'%s", which,
                       set->name,
                       word_hint(label_set_nearest_label(set, which)).text);
    if (!is_one_bit(row))
        return err_set(err, STATUS_DATA,
                       "'%s' has %u bits and cannot be toggled; set it as "
                       "%s=NUMBER",
                       which, (unsigned)(row->high - row->low + 1), which);
    *bit = (unsigned)row->low;
    return true;
}

/* The bit to toggle. */
static bool find_which(const struct field *field, enum change_flip flip,
                       const char *which, unsigned *bit, struct err *err)
{
    const struct label_set *set = field->attr->labels;
    *bit = 0;
    if (flip == FLIP_ONE) {
        if (set && field_bits(field) > 1)
            *bit = (unsigned)set->rows[0].low;
        return true;
    }
    CHECK(which);
    return flip == FLIP_FLAG ? find_flag(field, which, bit, err)
                             : find_bit(field, which, bit, err);
}

bool change_flip(const struct field *field, const struct value *now,
                 const char *which, struct value *out, uint64_t *bits,
                 struct err *err)
{
    const struct label_set *set = field->attr->labels;
    enum change_flip flip = change_flip_of(field);
    unsigned bit;
    CHECK(now->type != VALUE_NONE);
    *bits = 0;
    if (flip == FLIP_NONE)
        return fail_step(field,
                         "only bools, flags and plain integers can be "
                         "toggled",
                         err);
    if (field->kind == KIND_BOOL) {
        *out = (struct value){.type = VALUE_UINT, .u = now->u == 0};
        return true;
    }
    if (set && !set->flags) {
        out->type = now->type;
        out->u = set->rows[now->u == set->rows[0].low].low;
        return true;
    }
    if (!find_which(field, flip, which, &bit, err))
        return false;
    uint64_t all = UINT64_MAX >> (64 - field_bits(field));
    *bits = UINT64_C(1) << bit;
    if ((*bits & all) == 0)
        return fail_step(field, "the field is too small for this flag", err);
    shown_set_bits(field, (now->u & all) ^ *bits, out);
    return true;
}
