/* SPDX-License-Identifier: MIT */
/* Loads a layout once for each ABI and keeps the places of its leaves.  The
 * views are printed by text.c and json.c. */
#include "check/abi_views.h"

#include <stdlib.h>

#include "layout/location.h"
#include "layout/words.h"
#include "loader/loader.h"

#define NAMES_SHOWN 3

static void view_free(struct abi_view *view)
{
    free(view->places);
    free(view->needs);
    free(view->shapes);
    *view = (struct abi_view){0};
}

void abi_views_free(struct abi_views *views)
{
    for (int abi = 0; abi < ABI_COUNT; abi++)
        view_free(&views->by_abi[abi]);
    view_free(&views->loaded);
    layout_free(views->layout);
    *views = (struct abi_views){0};
}

static void view_fill(struct abi_view *view, const struct layout *layout)
{
    CHECK(!view->sound);
    view->sound = true;
    view->places = mem_zalloc(layout->field_count, sizeof *view->places);
    view->needs = mem_zalloc(layout->mapping_count, sizeof *view->needs);
    view->shapes = mem_zalloc(layout->shape_count, sizeof *view->shapes);
    for (size_t i = 0; i < layout->field_count; i++) {
        const struct field *field = &layout->fields[i];
        view->places[i] = (struct leaf_place){
            .at = location_offset(layout, field),
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

/* Adds the first error that the layout has under this ABI only. */
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

/* Where the layout is loaded from. */
struct origin {
    const char *name;
    const char *text; /* NULL: the file `name` */
    size_t len;
};

static void view_load(struct abi_views *views, const struct origin *origin,
                      const struct word_row *abi, struct problems *problems)
{
    struct problems found = {0};
    struct layout *layout = NULL;
    struct err err;
    if (!layout_load_places(&layout, origin->name, origin->text, origin->len,
                            (enum abi)abi->value, &found, &err))
        note_unsound(&found, abi->word, problems);
    else if (layout->field_count == views->layout->field_count &&
             layout->mapping_count == views->layout->mapping_count &&
             layout->shape_count == views->layout->shape_count)
        view_fill(&views->by_abi[abi->value], layout);
    /* Else the file was changed since it was loaded first. */
    layout_free(layout);
    problems_free(&found);
}

static void warn_moving(const struct abi_views *views,
                        struct problems *problems)
{
    const struct layout *layout = views->layout;
    struct buf names = {0};
    for (size_t i = 0; i < layout->mapping_count; i++) {
        if (layout->mappings[i].abi != ABI_UNKNOWN)
            continue;
        buf_clear(&names);
        size_t first = abi_views_put_moving(&names, views, i);
        if (first != SIZE_MAX) {
            const struct attributes *attr = layout->fields[first].attr;
            problem_add(problems, attr->file, attr->line, PROBLEM_WARNING,
                        "the place of %s depends on the producer's ABI; set it "
                        "in [mapping%s%s], such as abi = x64-linux",
                        names.data, layout->mappings[i].id ? " " : "",
                        layout->mappings[i].id ? layout->mappings[i].id : "");
        }
    }
    buf_free(&names);
}

static bool load_all(struct abi_views *views, const struct origin *origin,
                     enum abi abi, struct problems *problems, struct err *err)
{
    CHECK(!views->layout);
    bool sound =
        origin->text
            ? layout_parse(&views->layout, origin->name, origin->text,
                           origin->len, abi, problems)
            : layout_load(&views->layout, origin->name, abi, problems, err);
    if (!sound)
        return false;
    view_fill(&views->loaded, views->layout);
    for (const struct word_row *row = abi_words; row->word; row++)
        view_load(views, origin, row, problems);
    for (size_t i = 0; i < views->layout->field_count; i++)
        views->moving += abi_views_leaf_moves(views, i);
    warn_moving(views, problems);
    problems_sort(problems);
    return true;
}

bool abi_views_load(struct abi_views *views, const char *path, enum abi abi,
                    struct problems *problems, struct err *err)
{
    const struct origin origin = {path, NULL, 0};
    return load_all(views, &origin, abi, problems, err);
}

bool abi_views_parse(struct abi_views *views, const char *name,
                     const char *text, size_t len, enum abi abi,
                     struct problems *problems)
{
    const struct origin origin = {name, text, len};
    return load_all(views, &origin, abi, problems, NULL);
}

/* --- what moves ---------------------------------------------------------- */

typedef bool same_fn(const struct abi_view *a, const struct abi_view *b,
                     size_t index);

static bool same_place(const struct abi_view *a, const struct abi_view *b,
                       size_t leaf)
{
    const struct leaf_place *x = &a->places[leaf];
    const struct leaf_place *y = &b->places[leaf];
    return x->at == y->at && x->size == y->size && x->shift == y->shift;
}

static bool same_need(const struct abi_view *a, const struct abi_view *b,
                      size_t mapping)
{
    return a->needs[mapping] == b->needs[mapping];
}

static bool same_size(const struct abi_view *a, const struct abi_view *b,
                      size_t shape)
{
    return a->shapes[shape].size == b->shapes[shape].size &&
           a->shapes[shape].used == b->shapes[shape].used;
}

static bool differs(const struct abi_views *views, same_fn *same, size_t index)
{
    const struct abi_view *first = NULL;
    for (int abi = 0; abi < ABI_COUNT; abi++) {
        const struct abi_view *view = &views->by_abi[abi];
        if (!view->sound)
            continue;
        if (!first)
            first = view;
        else if (!same(first, view, index))
            return true;
    }
    return false;
}

bool abi_views_leaf_moves(const struct abi_views *views, size_t leaf)
{
    CHECK(leaf < views->layout->field_count);
    return differs(views, same_place, leaf);
}

bool abi_views_need_moves(const struct abi_views *views, size_t mapping)
{
    CHECK(mapping < views->layout->mapping_count);
    return differs(views, same_need, mapping);
}

bool abi_views_shape_moves(const struct abi_views *views, size_t shape)
{
    CHECK(shape < views->layout->shape_count);
    return differs(views, same_size, shape);
}

bool abi_views_same(const struct abi_views *views, const struct abi_view *a,
                    const struct abi_view *b)
{
    CHECK(a->sound && b->sound);
    const struct layout *layout = views->layout;
    bool same = true;
    for (size_t i = 0; i < layout->mapping_count && same; i++)
        same = same_need(a, b, i);
    for (size_t i = 0; i < layout->shape_count && same; i++)
        same = same_size(a, b, i) &&
               a->shapes[i].alignment == b->shapes[i].alignment;
    for (size_t i = 0; i < layout->field_count && same; i++)
        same = same_place(a, b, i);
    return same;
}

size_t abi_views_put_moving(struct buf *out, const struct abi_views *views,
                            size_t mapping)
{
    const struct layout *layout = views->layout;
    size_t first = SIZE_MAX;
    size_t count = 0;
    for (size_t i = 0; i < layout->field_count && views->moving > 0; i++) {
        if ((mapping != SIZE_MAX && layout->fields[i].mapping != mapping) ||
            !abi_views_leaf_moves(views, i))
            continue;
        if (count++ == 0)
            first = i;
        if (count <= NAMES_SHOWN)
            buf_printf(out, "%s'%s'", count > 1 ? ", " : "",
                       layout->fields[i].path);
    }
    if (count > NAMES_SHOWN)
        buf_printf(out, " and %zu more", count - NAMES_SHOWN);
    return first;
}
