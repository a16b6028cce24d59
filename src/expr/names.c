/* SPDX-License-Identifier: MIT */
/* Finds the fields, arrays and labels that an expression names, and their
 * types. How names are parsed is translate.c. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "expr/expr_private.h"
#include "layout/path.h"
#include "layout/type.h"
#include "layout/words.h"

size_t expr_of_field(const struct expr_scope *scope, uint32_t field)
{
    CHECK(field < scope->layout->field_count);
    return scope->layout->fields[field].kind == KIND_COMPUTED
               ? scope->computed[field - scope->first_computed]
               : SIZE_MAX;
}

static bool has_elements(const struct layout *layout, const char *path)
{
    struct buf first = {0};
    buf_printf(&first, "%s[0]", path);
    bool found = path_find(layout, first.data) != SIZE_MAX;
    buf_free(&first);
    return found;
}

bool expr_is_array(const struct layout *layout, const char *path)
{
    return path_find(layout, path) == SIZE_MAX && has_elements(layout, path);
}

uint32_t expr_find_field(const struct layout *layout, const char *path,
                         struct err *err)
{
    size_t found = path_find(layout, path);
    if (found != SIZE_MAX)
        return (uint32_t)found;
    const struct group *array = path_find_array(layout, path);
    if (array) {
        err_set(err, STATUS_DATA, "'%s' has %u elements, the first is %s[0]",
                array->name, array->count, array->name);
    } else if (has_elements(layout, path)) {
        err_set(err, STATUS_DATA,
                "'%s' is an array: write %s[0], or sum(%s), count(%s)", path,
                path, path, path);
    } else {
        err_set(err, STATUS_DATA, "no field '%s'%s", path,
                word_hint(path_nearest(layout, path)).text);
    }
    return FIELD_NONE;
}

/* --- all elements of an array ------------------------------------------- */

struct elements {
    const struct layout *layout;
    const char *path;
    const char *member; /* or NULL */
};

static size_t element(const struct elements *all, size_t index)
{
    struct buf path = {0};
    buf_printf(&path, "%s[%zu]%s%s", all->path, index, all->member ? "." : "",
               all->member ? all->member : "");
    size_t found = path_find(all->layout, path.data);
    buf_free(&path);
    return found;
}

/* The number of elements; element 0 exists. */
static size_t count_elements(const struct elements *all)
{
    size_t low = 1; /* this many exist */
    size_t high = 2;
    while (element(all, high - 1) != SIZE_MAX) {
        low = high;
        high *= 2;
    }
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (element(all, middle - 1) != SIZE_MAX)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static bool no_elements(const struct elements *all, struct err *err)
{
    const struct layout *layout = all->layout;
    struct buf path = {0};
    buf_printf(&path, "%s[0]%s%s", all->path, all->member ? "." : "",
               all->member ? all->member : "");
    const char *nearest = path_nearest(layout, path.data);
    bool within = nearest && strncmp(nearest, path.data, path.len) == 0;
    if (path_find(layout, all->path) != SIZE_MAX) {
        err_set(err, STATUS_DATA, "'%s' is not an array", all->path);
    } else if (within && nearest[path.len] == '.') {
        err_set(err, STATUS_DATA,
                "'%s' has members: name one, as in sum(%s, \"%s\")", path.data,
                all->path, nearest + strlen(all->path) + strlen("[0]."));
    } else if (within && all->member) {
        err_set(err, STATUS_DATA,
                "'%s' is an array: name an element, as in \"%s[0]\"", path.data,
                all->member);
    } else {
        err_set(err, STATUS_DATA, "no field '%s'%s", path.data,
                word_hint(nearest).text);
    }
    buf_free(&path);
    return false;
}

bool expr_find_all(const struct layout *layout, const char *path,
                   const char *member, struct expr_operand *out,
                   struct err *err)
{
    const struct elements all = {layout, path, member};
    size_t first = element(&all, 0);
    if (first == SIZE_MAX)
        return no_elements(&all, err);
    size_t second = element(&all, 1);
    out->first = (uint32_t)first;
    out->step = second == SIZE_MAX ? 1 : (uint32_t)(second - first);
    out->count = (uint32_t)count_elements(&all);
    return true;
}

const char *expr_nearest_label(const struct label_set *labels,
                               const char *label)
{
    const char **words = mem_zalloc(labels->count + 1, sizeof *words);
    size_t count = 0;
    for (size_t i = 0; i < labels->count; i++)
        words[count++] = labels->rows[i].label;
    if (labels->otherwise)
        words[count++] = labels->otherwise;
    const char *found = NULL;
    for (size_t i = 0; i < count && !found; i++)
        found = strcmp(words[i], label) == 0 ? words[i] : NULL;
    if (!found)
        found = text_nearest(label, words, count);
    free(words);
    return found;
}

/* --- types -------------------------------------------------------------- */

unsigned expr_field_types(const struct expr_scope *scope, uint32_t index)
{
    const struct field *field = &scope->layout->fields[index];
    if (field->kind == KIND_COMPUTED) {
        size_t expression = expr_of_field(scope, index);
        if (!scope->types || expression == SIZE_MAX)
            return EXPR_ANY;
        unsigned types = scope->types[expression];
        bool scaled = field->attr->scaled && (types & EXPR_NUMERIC);
        return scaled ? (types & ~(unsigned)EXPR_NUMERIC) | EXPR_NUMBER : types;
    }
    if (!field_is_numeric(field))
        return EXPR_TEXT;
    if (field->attr->scaled)
        return EXPR_NUMBER;
    if (field->kind == KIND_BOOL)
        return EXPR_BOOL;
    bool whole = field->width == 0 || field->width == 64;
    return field->kind == KIND_UINT && field->size == 8 && whole ? EXPR_NUMERIC
                                                                 : EXPR_NUMBER;
}
