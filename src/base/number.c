/* SPDX-License-Identifier: MIT */
/* Reads integers, decimals, sizes and periods.  Hex bytes are hex.c. */
#include "base/number.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "base/text.h"

#define NUMBER_TEXT_MAX 64 /* of a number before a unit */

/* Skips a prefix of a base other than 10 and returns the base. */
static unsigned skip_base(const char **text)
{
    const char *at = *text;
    if (at[0] != '0')
        return 10;
    *text = at + 2;
    switch (at[1]) {
    case 'x':
    case 'X':
        return 16;
    case 'o':
    case 'O':
        return 8;
    case 'b':
    case 'B':
        return 2;
    default:
        *text = at;
        return 10;
    }
}

bool number_parse_u64(const char *text, uint64_t *out)
{
    unsigned base = skip_base(&text);
    uint64_t value = 0;
    bool after_digit = false;
    for (; *text; text++) {
        unsigned digit = (unsigned)hex_digit(*text);
        if (*text == '_' && after_digit) {
            after_digit = false;
            continue;
        }
        if (digit >= base || value > (UINT64_MAX - digit) / base)
            return false;
        value = value * base + digit;
        after_digit = true;
    }
    if (!after_digit)
        return false;
    *out = value;
    return true;
}

bool number_parse_i64(const char *text, int64_t *out)
{
    bool negative = text[0] == '-';
    uint64_t most = (uint64_t)INT64_MAX + (negative ? 1 : 0);
    uint64_t size;
    if (text[0] == '-' || text[0] == '+')
        text++;
    if (!number_parse_u64(text, &size) || size > most)
        return false;
    if (!negative)
        *out = (int64_t)size;
    else
        *out = size == 0 ? 0 : -(int64_t)(size - 1) - 1;
    return true;
}

static size_t count_digits(const char *text)
{
    return strspn(text, "0123456789");
}

/* [+-] digits [. digits] [e [+-] digits], with a digit before or after the
 * point: what strtod reads, without its hex, nan, inf and leading blanks. */
static bool is_decimal(const char *text)
{
    text += *text == '-' || *text == '+';
    size_t digits = count_digits(text);
    text += digits;
    if (*text == '.') {
        size_t after = count_digits(text + 1);
        text += 1 + after;
        digits += after;
    }
    if (digits == 0)
        return false;
    if (*text == 'e' || *text == 'E') {
        text++;
        text += *text == '-' || *text == '+';
        if (count_digits(text) == 0)
            return false;
        text += count_digits(text);
    }
    return *text == '\0';
}

bool number_parse_double(const char *text, double *out)
{
    if (is_decimal(text)) {
        double value = strtod(text, NULL);
        if (!isfinite(value))
            return false;
        *out = value;
        return true;
    }
    bool negative = text[0] == '-';
    uint64_t size;
    text += text[0] == '-' || text[0] == '+';
    if (!number_parse_u64(text, &size))
        return false;
    *out = negative ? -(double)size : (double)size;
    return true;
}

/* Copies the `len` bytes of a number before a unit and returns where the unit
 * starts, or NULL if the number is empty or too long. */
static const char *split(const char *text, size_t len,
                         char number[NUMBER_TEXT_MAX])
{
    if (len == 0 || len >= NUMBER_TEXT_MAX)
        return NULL;
    memcpy(number, text, len);
    number[len] = '\0';
    text += len;
    return text + strspn(text, " ");
}

bool number_parse_size(const char *text, uint64_t *bytes)
{
    static const struct {
        const char *suffix;
        unsigned shift;
    } table[] = {
        {"", 0},     {"k", 10},   {"m", 20},   {"g", 30},   {"t", 40},
        {"kib", 10}, {"mib", 20}, {"gib", 30}, {"tib", 40},
    };
    char number[NUMBER_TEXT_MAX];
    const char *suffix = split(text, strcspn(text, " kKmMgGtT"), number);
    uint64_t value;
    if (!suffix || (*suffix == '\0' && strchr(text, ' ')) ||
        !number_parse_u64(number, &value))
        return false;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (!text_is_word(suffix, strlen(suffix), table[i].suffix))
            continue;
        if (value > UINT64_MAX >> table[i].shift)
            return false;
        *bytes = value << table[i].shift;
        return true;
    }
    return false;
}

static bool store_period(double ns, int64_t *out)
{
    /* 2^63 is the first double that does not fit; NaN fails too. */
    if (!(ns >= 0.5 && ns < 9223372036854775808.0))
        return false;
    *out = (int64_t)llround(ns);
    return true;
}

bool number_parse_period(const char *text, int64_t *ns)
{
    static const struct {
        const char *unit;
        double ns;
    } table[] = {
        {"", 1e9},     {"s", 1e9},    {"ms", 1e6},
        {"us", 1e3},   {"ns", 1},     {"m", 60e9},
        {"min", 60e9}, {"h", 3600e9}, {"\xC2\xB5s", 1e3},
    };
    char number[NUMBER_TEXT_MAX];
    const char *unit = split(text, strspn(text, "0123456789."), number);
    double value;
    if (!unit || (*unit == '\0' && strchr(text, ' ')) ||
        !number_parse_double(number, &value))
        return false;
    size_t len = strlen(unit);
    if (text_is_word(unit, len, "hz"))
        return store_period(1e9 / value, ns);
    if (text_is_word(unit, len, "khz"))
        return store_period(1e6 / value, ns);
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (text_is_word(unit, len, table[i].unit))
            return store_period(value * table[i].ns, ns);
    return false;
}
