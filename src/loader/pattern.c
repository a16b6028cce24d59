/* SPDX-License-Identifier: MIT */
/* Reads writer patterns and checks that they fit their field.  Their values are
 * computed by writer/pattern_value.c. */
#include "loader/pattern.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "layout/field.h"
#include "layout/syntax.h"
#include "layout/value.h"
#include "layout/value_parse.h"
#include "layout/words.h"

const struct pattern_row pattern_table[] = {
    {"count", PATTERN_COUNT, "count STEP [from START]"},
    {"ramp", PATTERN_RAMP, "ramp LOW..HIGH PERIOD"},
    {"sine", PATTERN_SINE, "sine LOW..HIGH PERIOD"},
    {"square", PATTERN_SQUARE, "square LOW..HIGH PERIOD"},
    {"random", PATTERN_RANDOM, "random LOW..HIGH"},
    {"walk", PATTERN_WALK, "walk LOW..HIGH STEP"},
    {"toggle", PATTERN_TOGGLE, "toggle [PERIOD]"},
    {"cycle", PATTERN_CYCLE, "cycle [PERIOD]"},
    {"now", PATTERN_NOW, "now"},
    {"text", PATTERN_TEXT, "text \"...\""},
    {"const", PATTERN_CONST, "const VALUE"},
    {NULL, PATTERN_NONE, NULL},
};

/* --- reading ------------------------------------------------------------- */

#define WORDS_MAX 4

static bool bad_usage(const struct pattern_row *row, struct err *err)
{
    return err_set(err, STATUS_DATA, "bad pattern; it is: %s", row->usage);
}

/* Splits `rest` at blanks in place; -1 for more than WORDS_MAX words. */
static int split(char *rest, char *words[WORDS_MAX])
{
    int count = 0;
    for (char *at = rest + strspn(rest, " \t"); *at;) {
        if (count == WORDS_MAX)
            return -1;
        words[count++] = at;
        at += strcspn(at, " \t");
        if (*at) {
            *at++ = '\0';
            at += strspn(at, " \t");
        }
    }
    return count;
}

/* A number of `count` as a real, and the 64-bit pattern of an integer in
 * `bits`. */
static bool parse_count_number(const char *text, double *real, uint64_t *bits)
{
    int64_t exact;
    *bits = 0;
    if (number_parse_i64(text, &exact)) {
        *real = (double)exact;
        *bits = (uint64_t)exact;
        return true;
    }
    if (number_parse_u64(text, bits)) {
        *real = (double)*bits;
        return true;
    }
    return number_parse_double(text, real);
}

static bool parse_count(char **words, int count, struct pattern *out)
{
    uint64_t step = 0;
    if ((count != 1 && count != 3) ||
        !parse_count_number(words[0], &out->a, &step))
        return false;
    out->count_step = (int64_t)step;
    return count == 1 ||
           (strcmp(words[1], "from") == 0 &&
            parse_count_number(words[2], &out->b, &out->count_from));
}

static bool parse_wave(char **words, int count, struct pattern *out)
{
    return count == 2 && range_parse(words[0], &out->a, &out->b) &&
           number_parse_period(words[1], &out->period_ns);
}

static bool parse_numbers(char **words, int count, struct pattern *out)
{
    switch (out->kind) {
    case PATTERN_COUNT:
        return parse_count(words, count, out);
    case PATTERN_RAMP:
    case PATTERN_SINE:
    case PATTERN_SQUARE:
        return parse_wave(words, count, out);
    case PATTERN_RANDOM:
        return count == 1 && range_parse(words[0], &out->a, &out->b);
    case PATTERN_WALK:
        return count == 2 && range_parse(words[0], &out->a, &out->b) &&
               number_parse_double(words[1], &out->c);
    case PATTERN_TOGGLE:
    case PATTERN_CYCLE:
        return count == 0 ||
               (count == 1 && number_parse_period(words[0], &out->period_ns));
    case PATTERN_NOW:
        return count == 0;
    case PATTERN_NONE:
    case PATTERN_TEXT:
    case PATTERN_CONST:
        break;
    }
    return false;
}

static const struct pattern_row *find_row(const char *word, size_t len,
                                          struct err *err)
{
    const char *words[16];
    size_t count = 0;
    for (const struct pattern_row *row = pattern_table; row->word; row++) {
        if (strlen(row->word) == len && memcmp(row->word, word, len) == 0)
            return row;
        words[count++] = row->word;
    }
    char name[64];
    size_t kept = len < sizeof name ? len : sizeof name - 1;
    memcpy(name, word, kept);
    name[kept] = '\0';
    const char *nearest = text_nearest(name, words, count);
    err_set(err, STATUS_DATA, "unknown pattern '%s'%s", name,
            nearest ? word_hint(nearest).text
                    : "; it is one of count, ramp, sine, square, random, "
                      "walk, toggle, cycle, now, text, const");
    return NULL;
}

bool pattern_parse(const char *text, struct pattern *out, struct arena *arena,
                   struct err *err)
{
    text += strspn(text, " \t");
    size_t len = strcspn(text, " \t");
    const struct pattern_row *row = find_row(text, len, err);
    if (!row)
        return false;
    *out = (struct pattern){.kind = row->kind};
    const char *rest = text + len + strspn(text + len, " \t");
    if (row->kind == PATTERN_TEXT || row->kind == PATTERN_CONST) {
        out->text = plain_copy(arena, rest);
        return rest[0] != '\0' || bad_usage(row, err);
    }
    char *copy = mem_strdup(rest);
    char *words[WORDS_MAX];
    int count = split(copy, words);
    bool ok = count >= 0 && parse_numbers(words, count, out);
    free(copy);
    if (!ok)
        return bad_usage(row, err);
    bool has_range = row->kind == PATTERN_RAMP || row->kind == PATTERN_SINE ||
                     row->kind == PATTERN_SQUARE ||
                     row->kind == PATTERN_RANDOM || row->kind == PATTERN_WALK;
    if (has_range && out->a >= out->b) {
        return err_set(err, STATUS_DATA, "%s: LOW must be less than HIGH",
                       row->word);
    }
    if (row->kind == PATTERN_WALK && out->c <= 0)
        return err_set(err, STATUS_DATA, "walk: STEP must be more than 0");
    return true;
}

/* --- checking ------------------------------------------------------------ */

static const struct pattern_row *row_of(enum pattern_kind kind)
{
    const struct pattern_row *row = pattern_table;
    while (row->word && row->kind != kind)
        row++;
    return row;
}

static bool check_range(const struct field *field, double a, double b,
                        struct err *err)
{
    double low = 0;
    double high = 0;
    if (!field_limits(field, &low, &high) || a < low || b > high) {
        return err_set(err, STATUS_DATA,
                       "%s: %g..%g does not fit the field's range of %g..%g",
                       row_of(field->attr->write.kind)->word, a, b, low, high);
    }
    return true;
}

/* Stored integers count in exact steps, other fields in shown units. */
static bool check_count(const struct field *field, struct err *err)
{
    const struct pattern *write = &field->attr->write;
    if (!kind_is_integer(field->kind) || field->attr->scaled)
        return check_range(field, write->b, write->b, err);
    bool exact = write->count_step != 0 || fpclassify(write->a) == FP_ZERO;
    bool from = write->count_from != 0 || fpclassify(write->b) == FP_ZERO;
    if (!exact || !from || (write->a > 0) != (write->count_step > 0)) {
        return err_set(err, STATUS_DATA,
                       "count: an integer field needs whole 64-bit numbers "
                       "without point or exponent");
    }
    uint8_t bytes[8];
    uint8_t mask[8];
    struct value start = {.type = write->b < 0 ? VALUE_INT : VALUE_UINT,
                          .u = write->count_from};
    return value_encode(field, &start, bytes, mask) ||
           err_set(err, STATUS_DATA,
                   "count: START does not fit the field's %u bits",
                   field_bits(field));
}

static bool check_now(const struct field *field, struct err *err)
{
    enum show show = field->attr->show;
    bool seconds = show < SHOW_UNIX_MS || show > SHOW_DOTNET;
    unsigned need = seconds && kind_is_integer(field->kind) ? 32 : 64;
    if ((!kind_is_integer(field->kind) && field->kind != KIND_FLOAT) ||
        field_bits(field) < need) {
        return err_set(err, STATUS_DATA, "now: the time in %s needs %s",
                       seconds ? "seconds" : word_of(show_words, (int)show),
                       need == 32 ? "an integer of 32 bits or f64" : "64 bits");
    }
    return true;
}

static bool check_cycle(const struct field *field, struct err *err)
{
    const struct label_set *labels = field->attr->labels;
    if (!labels || labels->flags || labels->count == 0) {
        return err_set(err, STATUS_DATA,
                       "cycle: the field has no enum to go through");
    }
    return true;
}

static bool check_value(const struct field *field, struct err *err)
{
    uint8_t *storage = mem_zalloc(1, field->size);
    struct value value;
    bool ok = value_parse(field, field->attr->write.text, storage, &value, err);
    free(storage);
    if (!ok)
        err_prefix(err, "%s", row_of(field->attr->write.kind)->word);
    return ok;
}

bool pattern_check(const struct field *field, struct err *err)
{
    const struct pattern *write = &field->attr->write;
    const char *word = row_of(write->kind)->word;
    switch (write->kind) {
    case PATTERN_NONE:
        return true;
    case PATTERN_CONST:
        return check_value(field, err);
    case PATTERN_TEXT:
        return kind_is_text(field->kind)
                   ? check_value(field, err)
                   : err_set(err, STATUS_DATA,
                             "text: the field is no text; use const");
    default:
        break;
    }
    if (!field_is_numeric(field)) {
        return err_set(err, STATUS_DATA, "%s: the field is no number; use %s",
                       word, kind_is_text(field->kind) ? "text" : "const");
    }
    switch (write->kind) {
    case PATTERN_COUNT:
        return check_count(field, err);
    case PATTERN_NOW:
        return check_now(field, err);
    case PATTERN_TOGGLE:
        return check_range(field, 0, 1, err);
    case PATTERN_CYCLE:
        return check_cycle(field, err);
    default:
        return check_range(field, write->a, write->b, err);
    }
}
