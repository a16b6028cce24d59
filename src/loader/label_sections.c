/* SPDX-License-Identifier: MIT */
/*
 * Collects the rows of [enum] and [flags] sections and turns them into
 * sorted label sets.
 * Invariant: in a finished set no two rows overlap and no label is twice, so
 * a value has one label and a label one first value.  Whether a set suits a
 * field is left to suits.c.
 */
#include "loader/label_sections.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "layout/syntax.h"
#include "layout/words.h"
#include "loader/field_keys.h"

struct draft_row {
    struct label_row row;
    int line;
};

struct label_draft {
    struct label_set set; /* rows and count are filled at the end */
    bool has_large;       /* a value over INT64_MAX */
    bool has_lines;       /* sound ones or not */
    int otherwise_line;
    struct draft_row *rows;
    size_t count;
    size_t cap;
};

static const char *section_word(bool flags)
{
    return flags ? "flags" : "enum";
}

void labels_begin(struct labels *labels, const char *name, bool flags, int line,
                  const struct labels_to *to)
{
    if (labels->count == labels->cap) {
        labels->cap = labels->cap ? labels->cap * 2 : 8;
        labels->drafts =
            mem_resize(labels->drafts, labels->cap, sizeof *labels->drafts);
    }
    labels->drafts[labels->count++] = (struct label_draft){
        .set = {.name = arena_strdup(to->arena, name),
                .flags = flags,
                .file = to->file,
                .line = line},
    };
}

/* Reads a number that may be negative into its 64-bit pattern. */
static bool parse_number(const char *text, uint64_t *bits, bool *negative)
{
    int64_t value;
    *negative = text[0] == '-';
    if (!*negative)
        return number_parse_u64(text, bits);
    if (!number_parse_i64(text, &value))
        return false;
    *bits = (uint64_t)value;
    *negative = value < 0;
    return true;
}

static bool parse_key(struct label_draft *draft, const char *key,
                      struct label_row *out)
{
    const char *dots = strstr(key, "..");
    char first[32];
    size_t len = dots ? (size_t)(dots - key) : strlen(key);
    if (len >= sizeof first)
        return false;
    memcpy(first, key, len);
    first[len] = '\0';
    while (len > 0 && first[len - 1] == ' ')
        first[--len] = '\0';
    const char *last = dots ? dots + 2 + strspn(dots + 2, " ") : first;
    bool low_negative;
    bool high_negative;
    if (!parse_number(first, &out->low, &low_negative) ||
        !parse_number(last, &out->high, &high_negative))
        return false;
    bool sound =
        low_negative == high_negative ? out->low <= out->high : low_negative;
    if (draft->set.flags)
        return sound && !low_negative && out->high <= 63;
    draft->set.is_signed |= sound && low_negative;
    draft->has_large |= sound && !high_negative && out->high > INT64_MAX;
    return sound;
}

static bool bad_row(const struct label_draft *draft, const char *key, int line,
                    const struct labels_to *to)
{
    problem_add(to->problems, to->file, line, PROBLEM_ERROR,
                draft->set.flags
                    ? "bad bit '%s'; write 3 or 4..6, from 0 to 63"
                    : "bad value '%s'; write 3, 2..7, or * for all others",
                key);
    return false;
}

static bool set_otherwise(struct label_draft *draft, const char *label,
                          int line, const struct labels_to *to)
{
    if (draft->set.otherwise) {
        problem_add(to->problems, to->file, line, PROBLEM_ERROR,
                    "duplicate row '*'; the first is in line %d",
                    draft->otherwise_line);
        return false;
    }
    draft->set.otherwise = clean_copy(to->arena, label);
    draft->otherwise_line = line;
    return true;
}

void labels_add(struct labels *labels, const char *key, const char *value,
                int line, const struct labels_to *to)
{
    CHECK(labels->count > 0);
    struct label_draft *draft = &labels->drafts[labels->count - 1];
    struct label_row row = {0};
    draft->has_lines = true;
    if (value[0] == '\0') {
        problem_add(to->problems, to->file, line, PROBLEM_ERROR,
                    "'%s' has no label", key);
        return;
    }
    if (strcmp(key, "*") == 0 && !draft->set.flags) {
        set_otherwise(draft, value, line, to);
        return;
    }
    if (!parse_key(draft, key, &row)) {
        bad_row(draft, key, line, to);
        return;
    }
    if (draft->set.flags && strpbrk(value, "|=")) {
        problem_add(to->problems, to->file, line, PROBLEM_ERROR,
                    "the name of a flag has no | and no =");
        return;
    }
    row.label = clean_copy(to->arena, value);
    if (draft->count == draft->cap) {
        draft->cap = draft->cap ? draft->cap * 2 : 8;
        draft->rows = mem_resize(draft->rows, draft->cap, sizeof *draft->rows);
    }
    draft->rows[draft->count++] = (struct draft_row){row, line};
}

static int by_label(const void *a, const void *b)
{
    const struct draft_row *x = a;
    const struct draft_row *y = b;
    int order = strcmp(x->row.label, y->row.label);
    return order ? order : (x->line > y->line) - (x->line < y->line);
}

static int by_unsigned(const void *a, const void *b)
{
    const struct draft_row *x = a;
    const struct draft_row *y = b;
    int order = (x->row.low > y->row.low) - (x->row.low < y->row.low);
    return order ? order : (x->line > y->line) - (x->line < y->line);
}

static int by_signed(const void *a, const void *b)
{
    const struct draft_row *x = a;
    const struct draft_row *y = b;
    int64_t low = (int64_t)x->row.low;
    int64_t other = (int64_t)y->row.low;
    int order = (low > other) - (low < other);
    return order ? order : (x->line > y->line) - (x->line < y->line);
}

static void check_labels(struct label_draft *draft, const struct labels_to *to)
{
    qsort(draft->rows, draft->count, sizeof *draft->rows, by_label);
    for (size_t i = 1; i < draft->count; i++) {
        const struct draft_row *row = &draft->rows[i];
        if (strcmp(row[-1].row.label, row->row.label) == 0) {
            problem_add(to->problems, draft->set.file, row->line, PROBLEM_ERROR,
                        "duplicate label '%s'; the first is in line %d",
                        row->row.label, row[-1].line);
        }
    }
}

static bool reaches(const struct label_draft *draft,
                    const struct label_row *row, uint64_t value)
{
    return draft->set.is_signed ? (int64_t)row->high >= (int64_t)value
                                : row->high >= value;
}

static void check_values(struct label_draft *draft, const struct labels_to *to)
{
    if (draft->set.is_signed && draft->has_large) {
        problem_add(to->problems, draft->set.file, draft->set.line,
                    PROBLEM_ERROR,
                    "enum '%s' has both negative values and values over %lld",
                    draft->set.name, (long long)INT64_MAX);
    }
    qsort(draft->rows, draft->count, sizeof *draft->rows,
          draft->set.is_signed ? by_signed : by_unsigned);
    size_t top = 0;
    for (size_t i = 1; i < draft->count; i++) {
        const struct draft_row *row = &draft->rows[i];
        const struct draft_row *other = &draft->rows[top];
        if (reaches(draft, &other->row, row->row.low)) {
            const struct draft_row *later =
                row->line > other->line ? row : other;
            const struct draft_row *first = later == row ? other : row;
            problem_add(to->problems, draft->set.file, later->line,
                        PROBLEM_ERROR, "'%s' overlaps '%s' of line %d",
                        later->row.label, first->row.label, first->line);
        }
        if (!reaches(draft, &other->row, row->row.high))
            top = i;
    }
}

static void store(struct label_draft *draft, const struct labels_to *to)
{
    struct label_row *rows = arena_alloc(to->arena, draft->count, sizeof *rows);
    for (size_t i = 0; i < draft->count; i++)
        rows[i] = draft->rows[i].row;
    draft->set.rows = rows;
    draft->set.count = draft->count;
}

static int by_name(const void *a, const void *b)
{
    const struct label_set *x = a;
    const struct label_set *y = b;
    int order = strcmp(x->name, y->name);
    if (order == 0)
        order = x->flags - y->flags;
    return order ? order : (x->line > y->line) - (x->line < y->line);
}

void labels_finish(struct labels *labels, struct layout *layout,
                   const struct labels_to *to)
{
    struct label_set *sets =
        arena_alloc(to->arena, labels->count, sizeof *sets);
    for (size_t i = 0; i < labels->count; i++) {
        struct label_draft *draft = &labels->drafts[i];
        if (!draft->has_lines) {
            problem_add(to->problems, draft->set.file, draft->set.line,
                        PROBLEM_WARNING, "%s '%s' has no rows",
                        section_word(draft->set.flags), draft->set.name);
        } else if (draft->count > 0) {
            check_labels(draft, to);
            check_values(draft, to);
        }
        store(draft, to);
        sets[i] = draft->set;
    }
    if (labels->count > 0)
        qsort(sets, labels->count, sizeof *sets, by_name);
    for (size_t i = 1; i < labels->count; i++) {
        if (strcmp(sets[i].name, sets[i - 1].name) == 0 &&
            sets[i].flags == sets[i - 1].flags) {
            problem_add(to->problems, sets[i].file, sets[i].line, PROBLEM_ERROR,
                        "duplicate section [%s %s]; the first is in line %d%s",
                        section_word(sets[i].flags), sets[i].name,
                        sets[i - 1].line,
                        file_hint(sets[i - 1].file, sets[i].file).text);
        }
    }
    layout->label_sets = sets;
    layout->label_set_count = labels->count;
}

void labels_free(struct labels *labels)
{
    for (size_t i = 0; i < labels->count; i++)
        free(labels->drafts[i].rows);
    free(labels->drafts);
    *labels = (struct labels){0};
}
