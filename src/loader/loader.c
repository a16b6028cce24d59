/* SPDX-License-Identifier: MIT */
/* The stages of loading a layout, in order: each is a file of its own, and
 * sees only what the ones before have made. */
#include "loader/loader.h"

#include <string.h>

#include "base/os_files.h"
#include "expr/expr.h"
#include "loader/loader_private.h"

/* The file's name without folders and .ini. */
static const char *title_of(struct arena *arena, const char *file)
{
    const char *name = file + os_folder_len(file);
    size_t len = strlen(name);
    if (len > 4 && strcmp(name + len - 4, ".ini") == 0)
        len -= 4;
    return arena_strndup(arena, name, len);
}

static struct layout *layout_new(const char *file)
{
    struct arena *arena = arena_new();
    struct layout *layout = arena_alloc(arena, 1, sizeof *layout);
    layout->arena = arena;
    layout->file = arena_strdup(arena, file);
    layout->title = title_of(arena, file);
    return layout;
}

void layout_free(struct layout *layout)
{
    if (!layout)
        return;
    expr_free(layout->machine);
    name_table_free(&layout->names);
    arena_free(layout->arena);
}

static void check_empty(const struct draft *draft, size_t errors_before)
{
    if (draft->fields.count == 0 && draft->problems->errors == errors_before) {
        problem_add(draft->problems, draft->layout->file, 0, PROBLEM_ERROR,
                    "the layout has no fields; add a section [field NAME] "
                    "with offset and type");
    }
}

/* Whether an expression has no numbers of fields but those of f32. */
static bool is_of_f32(const struct layout *layout, size_t expression)
{
    size_t count;
    const struct expr_operand *operands =
        expr_operands(layout->machine, expression, &count);
    for (size_t i = 0; i < count; i++) {
        const struct field *field = &layout->fields[operands[i].first];
        bool narrow =
            field->kind == KIND_FLOAT
                ? field->size == 4
                : field->kind == KIND_COMPUTED && field->shift == COMPUTED_F32;
        if (!narrow || operands[i].ask == EXPR_AGE)
            return false;
    }
    return count > 0;
}

/* Computed fields that are true or false, or no more exact than f32, are shown
 * as such. */
static void mark_computed(struct layout *layout)
{
    for (size_t i = 0; layout->machine && i < layout->expression_count; i++) {
        size_t index = expr_order(layout->machine)[i];
        const struct expression *one = &layout->expressions[index];
        if (one->use != EXPRESSION_COMPUTED)
            continue;
        struct field *field = &layout->fields[one->target];
        field->shift = expr_is_condition(layout->machine, index)
                           ? COMPUTED_CONDITION
                       : is_of_f32(layout, index) ? COMPUTED_F32
                                                  : COMPUTED_ANY;
    }
}

/* From what the files say to a layout.  Each stage skips declarations in which
 * an earlier one has found errors. */
static void make_layout(struct draft *draft, bool compile, size_t errors_before)
{
    struct layout *layout = draft->layout;
    struct problems *problems = draft->problems;
    draft_finish(draft);
    labels_finish(&draft->labels, layout, problems);
    structs_finish(draft);
    fields_check(draft);
    structs_place(draft);
    fields_place(draft);
    unroll_fields(draft);
    references_bind(draft);
    check_empty(draft, errors_before);
    /* Names of fields with errors would be called unknown. */
    if (compile && problems->errors == errors_before)
        layout->machine = expr_compile(layout, problems);
    mark_computed(layout);
    overlaps_check(layout, problems);
    problems_sort(problems);
}

/* Loads the file `name`, or `text` if that is not NULL. */
static bool load(struct layout **out, const char *name, const char *text,
                 size_t len, enum abi abi, bool compile,
                 struct problems *problems, struct err *err)
{
    size_t errors_before = problems->errors;
    struct layout *layout = layout_new(name);
    struct draft draft;
    bool was_read = true;
    if (err)
        err->text[0] = '\0';
    draft_begin(&draft, layout, abi, problems);
    if (text)
        ini_read_text(layout->file, text, len, sections_event, &draft,
                      problems);
    else
        was_read = include_read(&draft, layout->file, err);
    if (was_read)
        make_layout(&draft, compile, errors_before);
    draft_free(&draft);
    bool valid = was_read && problems->errors == errors_before;
    if (valid)
        *out = layout;
    else
        layout_free(layout);
    return valid;
}

bool layout_load(struct layout **out, const char *path, enum abi abi,
                 struct problems *problems, struct err *err)
{
    return load(out, path, NULL, 0, abi, true, problems, err);
}

bool layout_parse(struct layout **out, const char *name, const char *text,
                  size_t len, enum abi abi, struct problems *problems)
{
    return load(out, name, text, len, abi, true, problems, NULL);
}

bool layout_load_places(struct layout **out, const char *name, const char *text,
                        size_t len, enum abi abi, struct problems *problems,
                        struct err *err)
{
    return load(out, name, text, len, abi, false, problems, err);
}
