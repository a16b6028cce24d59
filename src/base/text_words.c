/* SPDX-License-Identifier: MIT */
/* The nearest word, and matching of paths.  Work is bounded: words are compared
 * up to WORD_MAX bytes, and a match goes back only to the last `*`. */
#include "base/text.h"

#include <string.h>

#include "base/utf8.h"

#define WORD_MAX 64

char text_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool text_is_word(const char *text, size_t len, const char *word)
{
    size_t at = 0;
    while (at < len && word[at] && text_lower(text[at]) == text_lower(word[at]))
        at++;
    return at == len && !word[at];
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Insertions, deletions, changes and swaps of neighbours that turn `a` into
 * `b`, ignoring case: three rows of the usual table. */
static size_t distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
    CHECK(a_len <= WORD_MAX && b_len <= WORD_MAX);
    size_t rows[3][WORD_MAX + 1];
    for (size_t j = 0; j <= b_len; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a_len; i++) {
        size_t *before = rows[(i + 1) % 3]; /* row i - 2 */
        size_t *above = rows[(i + 2) % 3];
        size_t *row = rows[i % 3];
        row[0] = i;
        for (size_t j = 1; j <= b_len; j++) {
            bool same = text_lower(a[i - 1]) == text_lower(b[j - 1]);
            row[j] = least(least(above[j], row[j - 1]) + 1,
                           above[j - 1] + (same ? 0 : 1));
            if (i > 1 && j > 1 &&
                text_lower(a[i - 1]) == text_lower(b[j - 2]) &&
                text_lower(a[i - 2]) == text_lower(b[j - 1]))
                row[j] = least(row[j], before[j - 2] + 1);
        }
    }
    return rows[a_len % 3][b_len];
}

const char *text_nearest(const char *word, const char *const *words,
                         size_t count)
{
    size_t len = strlen(word);
    if (len == 0 || len > WORD_MAX)
        return NULL;
    size_t best = len / 3 > 1 ? len / 3 : 1;
    const char *found = NULL;
    for (size_t i = 0; i < count; i++) {
        size_t other = strlen(words[i]);
        if (other == 0 || other > WORD_MAX)
            continue;
        size_t apart = distance(word, len, words[i], other);
        /* If every letter changes, the words have nothing in common. */
        if (apart >= len && apart >= other)
            continue;
        if (apart < best || (apart == best && !found)) {
            best = apart;
            found = words[i];
        }
    }
    return found;
}

/* Bytes of one literal character of a pattern, with its `\`. */
static size_t element(const char *pattern, uint32_t *code)
{
    size_t quote = pattern[0] == '\\' && pattern[1] != '\0' ? 1 : 0;
    return quote +
           utf8_next(pattern + quote, strnlen(pattern + quote, 4), code);
}

/* Bytes of the class that starts at `[`, 0 if the bracket is literal. */
static size_t class_length(const char *pattern, bool literal_brackets)
{
    CHECK(pattern[0] == '[');
    if (literal_brackets) {
        size_t index = 1 + strspn(pattern + 1, "0123456789*?");
        if (pattern[index] == ']')
            return 0;
    }
    size_t at = 1;
    at += pattern[at] == '!';
    at += pattern[at] == ']';
    while (pattern[at] != '\0' && pattern[at] != ']')
        at += pattern[at] == '\\' && pattern[at + 1] != '\0' ? 2 : 1;
    return pattern[at] == ']' ? at + 1 : 0;
}

static bool in_class(const char *class, size_t len, uint32_t code)
{
    const char *end = class + len - 1;
    bool negated = class[1] == '!';
    const char *at = class + 1 + (negated ? 1 : 0);
    bool found = false;
    while (at < end) {
        uint32_t first, last;
        at += element(at, &first);
        last = first;
        if (end - at > 1 && at[0] == '-')
            at += 1 + element(at + 1, &last);
        found = found || (code >= first && code <= last);
    }
    return found != negated;
}

/* Matches one code point against the start of `pattern` and returns the bytes
 * of the pattern that matched, 0 for no match. */
static size_t match_one(const char *pattern, uint32_t code,
                        bool literal_brackets)
{
    if (pattern[0] == '\0')
        return 0;
    if (pattern[0] == '?')
        return 1;
    if (pattern[0] == '[') {
        size_t len = class_length(pattern, literal_brackets);
        if (len > 0)
            return in_class(pattern, len, code) ? len : 0;
    }
    uint32_t wanted;
    size_t len = element(pattern, &wanted);
    return wanted == code ? len : 0;
}

bool text_match(const char *pattern, const char *path, bool literal_brackets)
{
    const char *after_star = NULL;
    const char *resume = NULL;
    for (;;) {
        uint32_t code;
        while (*pattern == '*') {
            after_star = ++pattern;
            resume = path;
        }
        if (*path == '\0')
            return *pattern == '\0';
        size_t took = utf8_next(path, strnlen(path, 4), &code);
        size_t used = match_one(pattern, code, literal_brackets);
        if (used > 0) {
            pattern += used;
            path += took;
        } else if (after_star) {
            /* No match: retry with one more code point for the last star. */
            resume += utf8_next(resume, strnlen(resume, 4), &code);
            pattern = after_star;
            path = resume;
        } else {
            return false;
        }
    }
}
