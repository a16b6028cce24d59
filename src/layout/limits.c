/* SPDX-License-Identifier: MIT */
/* Parses, compares and prints limits.  How long a limit has been broken is
 * sampler/alarm.c. */
#include "layout/limits.h"

#include <math.h>
#include <string.h>

#include "base/double_text.h"
#include "base/number.h"
#include "layout/label_set.h"
#include "layout/syntax.h"
#include "layout/words.h"

static const struct operator_row {
    const char *sign;
    enum limit_kind kind;
} operators[] = {
    {">=", LIMIT_AT_LEAST}, {"<=", LIMIT_AT_MOST}, {"==", LIMIT_EQUAL},
    {"!=", LIMIT_OTHER},    {">", LIMIT_ABOVE},    {"<", LIMIT_BELOW},
    {NULL, LIMIT_INSIDE},
};

static const struct operator_row *find_operator(const char *text)
{
    const struct operator_row *row = operators;
    while (row->sign && strncmp(text, row->sign, strlen(row->sign)) != 0)
        row++;
    return row;
}

static bool fail(const char *text, struct err *err)
{
    return err_set(err, STATUS_DATA,
                   "bad limit '%s'; write when it is alarming: >80, >=80, <3, "
                   "<=3, 2..5, ==1 or !=1",
                   text);
}

static bool has_label(enum limit_kind kind)
{
    return kind == LIMIT_EQUAL || kind == LIMIT_OTHER;
}

bool limit_parse(const char *text, struct limit *out, const char **label,
                 struct err *err)
{
    const struct operator_row *row = find_operator(text);
    *label = NULL;
    *out = (struct limit){.kind = row->kind};
    if (!row->sign) {
        return (range_parse(text, &out->low, &out->high) &&
                out->low <= out->high) ||
               fail(text, err);
    }
    const char *at = text + strlen(row->sign);
    at += strspn(at, " \t");
    if (number_parse_double(at, &out->low)) {
        out->high = out->low;
        return true;
    }
    /* Starts like a number, so report a bad limit, not an unknown label. */
    if (!has_label(row->kind) || *at == '\0' || strchr("=<>!+-.", *at) ||
        (*at >= '0' && *at <= '9'))
        return fail(text, err);
    *label = at;
    return true;
}

/* --- labels -------------------------------------------------------------- */

static double shown(const struct field *field, const struct label_set *set,
                    uint64_t pattern)
{
    double number = set->is_signed ? (double)(int64_t)pattern : (double)pattern;
    const struct attributes *attr = field->attr;
    return attr->scaled ? number * attr->scale + attr->bias : number;
}

/* The range of a row in shown units. */
static void shown_row(const struct field *field, const struct label_set *set,
                      const struct label_row *row, double *low, double *high)
{
    double a = shown(field, set, row->low);
    double b = shown(field, set, row->high);
    *low = fmin(a, b); /* a negative scale exchanges them */
    *high = fmax(a, b);
}

static bool set_bool(struct limit *limit, const char *label, struct err *err)
{
    bool yes = strcmp(label, "true") == 0;
    if (!yes && strcmp(label, "false") != 0) {
        return err_set(err, STATUS_DATA,
                       "'%s' is not a value of a bool; write true or false",
                       label);
    }
    limit->low = yes;
    limit->high = yes;
    return true;
}

bool limit_set_label(struct limit *limit, const char *label,
                     const struct field *field, struct err *err)
{
    const struct label_set *set = field->attr->labels;
    if (field->kind == KIND_BOOL)
        return set_bool(limit, label, err);
    if (!set || set->flags) {
        return err_set(err, STATUS_DATA,
                       "'%s' is not a number; labels are for fields with enum",
                       label);
    }
    const struct label_row *row = label_set_row_of(set, label, strlen(label));
    if (!row) {
        return err_set(err, STATUS_DATA, "enum '%s' has no label '%s'%s",
                       set->name, label,
                       word_hint(label_set_nearest_label(set, label)).text);
    }
    if (row->low != row->high && limit->kind == LIMIT_OTHER) {
        return err_set(err, STATUS_DATA,
                       "label '%s' has several values; != needs one", label);
    }
    if (row->low != row->high)
        limit->kind = LIMIT_INSIDE;
    shown_row(field, set, row, &limit->low, &limit->high);
    return true;
}

/* --- judging ------------------------------------------------------------- */

bool limit_broken(const struct limit *limit, double number, double slack)
{
    CHECK(slack >= 0);
    switch (limit->kind) {
    case LIMIT_NONE:
        break;
    case LIMIT_ABOVE:
        return number > limit->low - slack;
    case LIMIT_AT_LEAST:
        return number >= limit->low - slack;
    case LIMIT_BELOW:
        return number < limit->low + slack;
    case LIMIT_AT_MOST:
        return number <= limit->low + slack;
    case LIMIT_INSIDE:
    case LIMIT_EQUAL:
        return number >= limit->low - slack && number <= limit->high + slack;
    case LIMIT_OTHER:
        return number < limit->low || number > limit->high;
    }
    return false;
}

/* The numbers that break a limit that is not LIMIT_OTHER. */
struct interval {
    double low, high;
    bool without_low, without_high;
};

static struct interval interval_of(const struct limit *limit)
{
    switch (limit->kind) {
    case LIMIT_ABOVE:
    case LIMIT_AT_LEAST:
        return (struct interval){limit->low, INFINITY,
                                 limit->kind == LIMIT_ABOVE, false};
    case LIMIT_BELOW:
    case LIMIT_AT_MOST:
        return (struct interval){-INFINITY, limit->low, false,
                                 limit->kind == LIMIT_BELOW};
    default:
        return (struct interval){limit->low, limit->high, false, false};
    }
}

bool limit_covers(const struct limit *outer, const struct limit *inner)
{
    CHECK(outer->low <= outer->high && inner->low <= inner->high);
    if (outer->kind == LIMIT_NONE || inner->kind == LIMIT_NONE)
        return false;
    if (inner->kind == LIMIT_OTHER) {
        return outer->kind == LIMIT_OTHER &&
               !limit_broken(outer, inner->low, 0);
    }
    if (outer->kind == LIMIT_OTHER)
        return !limit_broken(inner, outer->low, 0);
    struct interval a = interval_of(outer);
    struct interval b = interval_of(inner);
    bool low =
        a.low < b.low || (a.low <= b.low && (!a.without_low || b.without_low));
    bool high = a.high > b.high ||
                (a.high >= b.high && (!a.without_high || b.without_high));
    return low && high;
}

/* --- as text ------------------------------------------------------------- */

static const char *label_of(const struct limit *limit,
                            const struct field *field)
{
    const struct label_set *set = field->attr->labels;
    if (field->kind == KIND_BOOL && has_label(limit->kind))
        return limit->low != 0 ? "true" : "false";
    if (!set || set->flags ||
        (!has_label(limit->kind) && limit->kind != LIMIT_INSIDE))
        return NULL;
    for (size_t i = 0; i < set->count; i++) {
        double low;
        double high;
        shown_row(field, set, &set->rows[i], &low, &high);
        if ((low <= limit->low && high >= limit->high) &&
            (low >= limit->low && high <= limit->high))
            return set->rows[i].label;
    }
    return NULL;
}

void limit_put(struct buf *out, const struct limit *limit,
               const struct field *field)
{
    if (limit->kind == LIMIT_NONE)
        return;
    const char *label = label_of(limit, field);
    for (const struct operator_row *row = operators; row->sign; row++)
        if (row->kind == limit->kind ||
            (label && limit->kind == LIMIT_INSIDE && row->kind == LIMIT_EQUAL))
            buf_puts(out, row->sign);
    if (label) {
        buf_puts(out, label);
        return;
    }
    double_put_shortest(out, limit->low);
    if (limit->kind == LIMIT_INSIDE) {
        buf_puts(out, "..");
        double_put_shortest(out, limit->high);
    }
}
