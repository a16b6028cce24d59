/* SPDX-License-Identifier: MIT */
/*
 * Loads a layout once more for each ABI and keeps of it where the leaves stand.
 * Invariant: leaf `i` of every sound view is leaf `i` of the layout; a file
 * that was changed meanwhile is no view.  How it is shown is left to
 * check_text.c and check_json.c.
 */
#include "check/abi_views.h"

#include <stdlib.h>
#include <string.h>

#include "layout/words.h"
#include "loader/loader.h"

#define NAMES_SHOWN 3

/* --- places -------------------------------------------------------------- */

/* Whether fields say more of the place than how many elements there are. */
static bool is_said(const struct base *base)
{
    return base->offset_field != FIELD_NONE || base->newest ||
           (base->stride_field != FIELD_NONE && base->element > 0);
}

/* Whether both are elements of one array. */
static bool same_array(const struct base *a, const struct base *b)
{
    return a->group == b->group && a->parent == b->parent &&
           a->offset_field == b->offset_field &&
           a->plus_field == b->plus_field && a->count_field == b->count_field &&
           a->newest == b->newest && a->offset == b->offset &&
           a->stride == b->stride && a->extent == b->extent &&
           a->most == b->most;
}

/* Elements at constant distances are told from the place of the first. */
static uint32_t first_of(const struct layout *layout, uint32_t index)
{
    const struct base *base = &layout->bases[index];
    if (base->stride_field != FIELD_NONE || base->element > index)
        return index;
    const struct base *first = &layout->bases[index - base->element];
    return first->element == 0 && same_array(first, base)
               ? index - base->element
               : index;
}

uint32_t place_anchor(const struct layout *layout, const struct field *field)
{
    uint32_t base = field->base;
    while (base != FIELD_NO_BASE && !is_said(&layout->bases[base]))
        base = layout->bases[base].parent;
    return base == FIELD_NO_BASE ? base : first_of(layout, base);
}

uint64_t place_at(const struct layout *layout, const struct field *field)
{
    uint64_t at = field->offset;
    for (uint32_t i = field->base; i != FIELD_NO_BASE;
         i = layout->bases[i].parent) {
        const struct base *base = &layout->bases[i];
        at += base->offset;
        if (base->stride_field == FIELD_NONE)
            at += base->element * base->stride;
    }
    return at;
}

/* "buffers[newest].offset" for the path of buffer 0. */
static void put_newest_path(struct buf *out, const char *path)
{
    const char *index = strchr(path, '[');
    const char *rest = index ? strchr(index, ']') : NULL;
    if (!rest) {
        buf_puts(out, path);
        return;
    }
    buf_add(out, path, (size_t)(index - path));
    buf_puts(out, "[newest]");
    buf_puts(out, rest + 1);
}

static void put_term(struct buf *out, size_t start)
{
    if (out->len > start)
        buf_putc(out, '+');
}

static void put_terms(struct buf *out, const struct layout *layout,
                      uint32_t index, size_t start)
{
    if (index == FIELD_NO_BASE)
        return;
    const struct base *base = &layout->bases[index];
    put_terms(out, layout, base->parent, start);
    if (base->newest) {
        put_term(out, start);
        buf_puts(out, "newest");
    } else if (base->offset_field != FIELD_NONE) {
        const char *path = layout->fields[base->offset_field].path;
        put_term(out, start);
        if (base->buffer_step)
            put_newest_path(out, path);
        else
            buf_puts(out, path);
    }
    if (base->plus_field != FIELD_NONE) {
        put_term(out, start);
        buf_puts(out, layout->fields[base->plus_field].path);
    }
    if (base->stride_field != FIELD_NONE && base->element > 0) {
        put_term(out, start);
        if (base->element > 1) {
            buf_put_u64(out, base->element);
            buf_putc(out, '*');
        }
        buf_puts(out, layout->fields[base->stride_field].path);
    }
}

void place_put_anchor(struct buf *out, const struct layout *layout,
                      uint32_t base)
{
    put_terms(out, layout, base, out->len);
}

/* --- views --------------------------------------------------------------- */

static void view_free(struct abi_view *view)
{
    free(view->places);
    free(view->needs);
    free(view->shapes);
    *view = (struct abi_view){0};
}

void checkup_free(struct checkup *checkup)
{
    for (int abi = 0; abi < ABI_COUNT; abi++)
        view_free(&checkup->views[abi]);
    layout_free(checkup->layout);
    *checkup = (struct checkup){0};
}

static void view_take(struct abi_view *view, const struct layout *layout)
{
    view->sound = true;
    view->places = mem_zalloc(layout->field_count, sizeof *view->places);
    view->needs = mem_zalloc(layout->mapping_count, sizeof *view->needs);
    view->shapes = mem_zalloc(layout->shape_count, sizeof *view->shapes);
    for (size_t i = 0; i < layout->field_count; i++) {
        const struct field *field = &layout->fields[i];
        view->places[i] = (struct leaf_place){
            .at = place_at(layout, field),
            .size = field->size,
            .shift = field->shift,
        };
    }
    for (size_t i = 0; i < layout->mapping_count; i++)
        view->needs[i] = layout_mapping_need(layout, i);
    for (size_t i = 0; i < layout->shape_count; i++) {
        const struct struct_shape *shape = layout->shapes[i];
        view->shapes[i] =
            (struct shape_size){shape->size, shape->used, shape->alignment};
    }
}

static bool same_leaves(const struct layout *a, const struct layout *b)
{
    return a->field_count == b->field_count &&
           a->mapping_count == b->mapping_count &&
           a->shape_count == b->shape_count;
}

/* Says the first error that the layout has under that ABI only. */
static void note_unsound(const struct problems *found, const char *abi,
                         struct problems *problems)
{
    for (size_t i = 0; i < found->count; i++) {
        const struct problem *problem = &found->items[i];
        if (problem->level == PROBLEM_ERROR) {
            problem_add(problems, problem->file, problem->line, PROBLEM_NOTE,
                        "not for %s: %s", abi, problem->text);
            return;
        }
    }
}

/* Where the layout comes from: a file, or a text. */
struct origin {
    const char *name;
    const char *text; /* NULL: the file `name` */
    size_t len;
};

static void view_load(struct checkup *checkup, const struct origin *origin,
                      const struct name_row *abi, struct problems *problems)
{
    struct problems found = {0};
    struct layout *layout = NULL;
    struct err err;
    if (!layout_load_places(&layout, origin->name, origin->text, origin->len,
                            (enum abi)abi->value, &found, &err))
        note_unsound(&found, abi->word, problems);
    else if (same_leaves(layout, checkup->layout))
        view_take(&checkup->views[abi->value], layout);
    layout_free(layout);
    problems_free(&found);
}

static void warn_moving(const struct checkup *checkup,
                        struct problems *problems)
{
    const struct layout *layout = checkup->layout;
    struct buf names = {0};
    for (size_t i = 0; i < layout->mapping_count; i++) {
        if (layout->mappings[i].abi != ABI_UNKNOWN)
            continue;
        buf_clear(&names);
        size_t first = checkup_put_moving(&names, checkup, i);
        if (first != SIZE_MAX) {
            const struct attributes *attr = layout->fields[first].attr;
            problem_add(problems, attr->file, attr->line, PROBLEM_WARNING,
                        "the place of %s depends on the producer's ABI; say it "
                        "in [mapping%s%s], such as abi = x64-linux",
                        names.data, layout->mappings[i].id ? " " : "",
                        layout->mappings[i].id ? layout->mappings[i].id : "");
        }
    }
    buf_free(&names);
}

static bool check(struct checkup *checkup, const struct origin *origin,
                  enum abi abi, struct problems *problems, struct err *err)
{
    bool sound =
        origin->text
            ? layout_parse(&checkup->layout, origin->name, origin->text,
                           origin->len, abi, problems)
            : layout_load(&checkup->layout, origin->name, abi, problems, err);
    if (!sound)
        return false;
    for (const struct name_row *row = abi_names; row->word; row++)
        view_load(checkup, origin, row, problems);
    for (size_t i = 0; i < checkup->layout->field_count; i++)
        checkup->moving += checkup_moves(checkup, i);
    warn_moving(checkup, problems);
    problems_sort(problems);
    return true;
}

bool checkup_load(struct checkup *checkup, const char *path, enum abi abi,
                  struct problems *problems, struct err *err)
{
    const struct origin origin = {path, NULL, 0};
    return check(checkup, &origin, abi, problems, err);
}

bool checkup_parse(struct checkup *checkup, const char *name, const char *text,
                   size_t len, enum abi abi, struct problems *problems)
{
    const struct origin origin = {name, text, len};
    return check(checkup, &origin, abi, problems, NULL);
}

/* --- what moves ---------------------------------------------------------- */

/* The next sound view behind `abi`, or NULL. */
static const struct abi_view *next_view(const struct checkup *checkup, int *abi)
{
    for (++*abi; *abi < ABI_COUNT; ++*abi)
        if (checkup->views[*abi].sound)
            return &checkup->views[*abi];
    return NULL;
}

static bool same_place(const struct leaf_place *a, const struct leaf_place *b)
{
    return a->at == b->at && a->size == b->size && a->shift == b->shift;
}

bool checkup_moves(const struct checkup *checkup, size_t leaf)
{
    int abi = ABI_UNKNOWN;
    const struct abi_view *first = next_view(checkup, &abi);
    const struct abi_view *view;
    while (first && (view = next_view(checkup, &abi)))
        if (!same_place(&first->places[leaf], &view->places[leaf]))
            return true;
    return false;
}

bool checkup_need_moves(const struct checkup *checkup, size_t mapping)
{
    int abi = ABI_UNKNOWN;
    const struct abi_view *first = next_view(checkup, &abi);
    const struct abi_view *view;
    while (first && (view = next_view(checkup, &abi)))
        if (first->needs[mapping] != view->needs[mapping])
            return true;
    return false;
}

bool checkup_shape_moves(const struct checkup *checkup, size_t shape)
{
    int abi = ABI_UNKNOWN;
    const struct abi_view *first = next_view(checkup, &abi);
    const struct abi_view *view;
    while (first && (view = next_view(checkup, &abi)))
        if (first->shapes[shape].size != view->shapes[shape].size ||
            first->shapes[shape].used != view->shapes[shape].used)
            return true;
    return false;
}

bool checkup_same(const struct checkup *checkup, const struct abi_view *a,
                  const struct abi_view *b)
{
    const struct layout *layout = checkup->layout;
    bool same = true;
    for (size_t i = 0; i < layout->mapping_count; i++)
        same = same && a->needs[i] == b->needs[i];
    for (size_t i = 0; i < layout->shape_count && same; i++) {
        same = a->shapes[i].size == b->shapes[i].size &&
               a->shapes[i].used == b->shapes[i].used &&
               a->shapes[i].alignment == b->shapes[i].alignment;
    }
    for (size_t i = 0; i < layout->field_count && same; i++)
        same = same_place(&a->places[i], &b->places[i]);
    return same;
}

size_t checkup_put_moving(struct buf *out, const struct checkup *checkup,
                          size_t mapping)
{
    const struct layout *layout = checkup->layout;
    size_t first = SIZE_MAX;
    size_t count = 0;
    for (size_t i = 0; i < layout->field_count && checkup->moving > 0; i++) {
        if ((mapping != SIZE_MAX && layout->fields[i].mapping != mapping) ||
            !checkup_moves(checkup, i))
            continue;
        if (count++ == 0)
            first = i;
        if (count <= NAMES_SHOWN) {
            buf_printf(out, "%s'%s'", count > 1 ? ", " : "",
                       layout->fields[i].path);
        }
    }
    if (count > NAMES_SHOWN) {
        buf_printf(out, " and %llu more",
                   (unsigned long long)(count - NAMES_SHOWN));
    }
    return first;
}
