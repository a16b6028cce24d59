/* SPDX-License-Identifier: MIT */
/* Reads the rows of [enum] and [flags] sections and sorts them into label
 * sets.  Whether a set fits a field is checked by field_check.c. */
#include "loader/label_sections.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "layout/syntax.h"
#include "layout/words.h"

struct draft_row {
    struct label_row row;
    uint64_t from, to; /* its values, so that unsigned order is right */
    int line;
};

struct label_draft {
    struct label_set set; /* rows and count are filled by store */
    bool has_large;       /* a value over INT64_MAX */
    bool has_lines;       /* valid or not */
    int otherwise_line;
    struct draft_row *rows;
    size_t count;
};

static const char *word_for(bool flags)
{
    return flags ? "flags" : "enum";
}

/* --- reading ------------------------------------------------------------- */

void labels_begin(struct labels *labels, const char *name, bool flags,
                  const char *file, int line, struct arena *arena)
{
    CHECK(name[0] && line > 0);
    *MEM_ADD(labels->drafts, labels->count) = (struct label_draft){
        .set = {.name = arena_strdup(arena, name),
                .flags = flags,
                .file = file,
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
    bool valid =
        low_negative == high_negative ? out->low <= out->high : low_negative;
    if (draft->set.flags)
        return valid && !low_negative && out->high <= 63;
    draft->set.is_signed |= valid && low_negative;
    draft->has_large |= valid && !high_negative && out->high > INT64_MAX;
    return valid;
}

/* The row `*` of an enum. */
static bool add_otherwise(struct label_draft *draft, const char *value,
                          int line, struct arena *arena, struct err *err)
{
    if (draft->set.otherwise) {
        return err_set(err, STATUS_DATA,
                       "duplicate row '*'; the first is in line %d",
                       draft->otherwise_line);
    }
    draft->set.otherwise = clean_copy(arena, value);
    draft->otherwise_line = line;
    return true;
}

bool labels_add(struct labels *labels, const char *key, const char *value,
                int line, struct arena *arena, struct err *err)
{
    CHECK(labels->count > 0);
    struct label_draft *draft = &labels->drafts[labels->count - 1];
    struct label_row row = {0};
    draft->has_lines = true;
    if (value[0] == '\0')
        return err_set(err, STATUS_DATA, "'%s' has no label", key);
    if (strcmp(key, "*") == 0 && !draft->set.flags)
        return add_otherwise(draft, value, line, arena, err);
    if (!parse_key(draft, key, &row)) {
        return err_set(err, STATUS_DATA,
                       draft->set.flags
                           ? "bad bit '%s'; write 3 or 4..6, from 0 to 63"
                           : "bad value '%s'; write 3, 2..7, or * for all "
                             "others",
                       key);
    }
    if (draft->set.flags && strpbrk(value, "|="))
        return err_set(err, STATUS_DATA,
                       "the name of a flag has no | and no =");
    row.label = clean_copy(arena, value);
    *MEM_ADD(draft->rows, draft->count) =
        (struct draft_row){.row = row, .line = line};
    return true;
}

/* --- checking ------------------------------------------------------------ */

static int by_line(const struct draft_row *a, const struct draft_row *b)
{
    return (a->line > b->line) - (a->line < b->line);
}

static int by_label(const void *a, const void *b)
{
    const struct draft_row *x = a;
    const struct draft_row *y = b;
    int order = strcmp(x->row.label, y->row.label);
    return order ? order : by_line(x, y);
}

static int by_value(const void *a, const void *b)
{
    const struct draft_row *x = a;
    const struct draft_row *y = b;
    int order = (x->from > y->from) - (x->from < y->from);
    return order ? order : by_line(x, y);
}

static void check_labels(struct label_draft *draft, struct problems *problems)
{
    qsort(draft->rows, draft->count, sizeof *draft->rows, by_label);
    for (size_t i = 1; i < draft->count; i++) {
        const struct draft_row *row = &draft->rows[i];
        if (strcmp(row[-1].row.label, row->row.label) == 0) {
            problem_add(problems, draft->set.file, row->line, PROBLEM_ERROR,
                        "duplicate label '%s'; the first is in line %d",
                        row->row.label, row[-1].line);
        }
    }
}

/* Sorts the rows by value and reports those that overlap. */
static void check_values(struct label_draft *draft, struct problems *problems)
{
    const struct label_set *set = &draft->set;
    if (set->is_signed && draft->has_large) {
        problem_add(problems, set->file, set->line, PROBLEM_ERROR,
                    "enum '%s' has both negative values and values over %lld",
                    set->name, (long long)INT64_MAX);
    }
    uint64_t lowest = set->is_signed ? (uint64_t)INT64_MIN : 0;
    for (size_t i = 0; i < draft->count; i++) {
        struct draft_row *row = &draft->rows[i];
        row->from = row->row.low - lowest;
        row->to = row->row.high - lowest;
    }
    qsort(draft->rows, draft->count, sizeof *draft->rows, by_value);
    size_t top = 0; /* the row that reaches furthest so far */
    for (size_t i = 1; i < draft->count; i++) {
        const struct draft_row *row = &draft->rows[i];
        const struct draft_row *other = &draft->rows[top];
        if (other->to >= row->from) {
            bool later = row->line > other->line;
            const struct draft_row *second = later ? row : other;
            const struct draft_row *first = later ? other : row;
            problem_add(problems, set->file, second->line, PROBLEM_ERROR,
                        "'%s' overlaps '%s' of line %d", second->row.label,
                        first->row.label, first->line);
        }
        if (other->to < row->to)
            top = i;
    }
}

static void store(struct label_draft *draft, struct arena *arena)
{
    struct label_row *rows = arena_alloc(arena, draft->count, sizeof *rows);
    for (size_t i = 0; i < draft->count; i++)
        rows[i] = draft->rows[i].row;
    draft->set.rows = rows;
    draft->set.count = draft->count;
}

/* The order of labels_find, and by place for equal names. */
static int by_name(const void *a, const void *b)
{
    const struct label_set *x = a;
    const struct label_set *y = b;
    int order = strcmp(x->name, y->name);
    if (order == 0)
        order = x->flags - y->flags;
    return order ? order : (x->line > y->line) - (x->line < y->line);
}

static void check_names(const struct label_set *sets, size_t count,
                        struct problems *problems)
{
    for (size_t i = 1; i < count; i++) {
        const struct label_set *set = &sets[i];
        const struct label_set *first = &sets[i - 1];
        if (strcmp(set->name, first->name) == 0 && set->flags == first->flags) {
            problem_add(problems, set->file, set->line, PROBLEM_ERROR,
                        "duplicate section [%s %s]; the first is in line %d%s",
                        word_for(set->flags), set->name, first->line,
                        file_hint(first->file, set->file).text);
        }
    }
}

void labels_finish(struct labels *labels, struct layout *layout,
                   struct problems *problems)
{
    CHECK(!layout->label_sets);
    struct label_set *sets =
        arena_alloc(layout->arena, labels->count, sizeof *sets);
    for (size_t i = 0; i < labels->count; i++) {
        struct label_draft *draft = &labels->drafts[i];
        if (!draft->has_lines) {
            problem_add(problems, draft->set.file, draft->set.line,
                        PROBLEM_WARNING, "%s '%s' has no rows",
                        word_for(draft->set.flags), draft->set.name);
        } else if (draft->count > 0) {
            check_labels(draft, problems);
            check_values(draft, problems);
        }
        store(draft, layout->arena);
        sets[i] = draft->set;
    }
    if (labels->count > 0)
        qsort(sets, labels->count, sizeof *sets, by_name);
    check_names(sets, labels->count, problems);
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
