/* SPDX-License-Identifier: MIT */
/* Finds structs by name in all units: first where C and C++ declare them, then
 * also in functions.  c_type.c reads what is found. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "import/import_private.h"

#define DEPTH_MAX 64
#define MATCHES_MAX 10000u
#define NAMES_MAX 200000u

struct search {
    struct c_types *types;
    const char *wanted;
    size_t wanted_len;
    const char *wanted_unit; /* NULL: any */
    const char *unit;
    const char *separate_file; /* with the entries of a unit, or NULL */
    struct buf scope;          /* "ns::outer::" */
    int depth;
    uint64_t visits; /* of entries in this pass through all units */
    bool everywhere; /* second pass: in functions, too; note all names */
    bool declared;   /* what is wanted is declared at least */

    /* Only for c_type_find_definition: no types are read.  The first pass finds
     * out `wanted`, the second one `found`. */
    const struct dwarf_entry *declaration;
    struct dwarf_entry found;
    bool has_found;
    bool ambiguous; /* definitions of different sizes */
};

static bool visit_entry(void *user, const struct dwarf_entry *entry,
                        struct err *err);

static bool ends_with(const char *text, size_t len, const char *tail,
                      size_t tail_len)
{
    return len >= tail_len &&
           memcmp(text + len - tail_len, tail, tail_len) == 0;
}

/* Whether the scope and `name` are what is wanted, or end with "::" and that.
 */
static bool is_wanted(const struct search *search, const char *name)
{
    size_t len = strlen(name), scope = search->scope.len;
    size_t wanted = search->wanted_len;
    if (wanted == 0)
        return false;
    if (wanted <= len)
        return ends_with(name, len, search->wanted, wanted) &&
               (len == wanted || ends_with(name, len - wanted, "::", 2));
    size_t left = wanted - len; /* of the scope */
    return ends_with(search->wanted, wanted, name, len) && left <= scope &&
           ends_with(search->scope.data, scope, search->wanted, left) &&
           (left == scope ||
            ends_with(search->scope.data, scope - left, "::", 2));
}

/* "a.c" also means "src/a.c". */
static bool is_wanted_unit(const struct search *search)
{
    const char *unit = search->unit, *wanted = search->wanted_unit;
    if (!wanted)
        return true;
    size_t len = strlen(unit), wanted_len = strlen(wanted);
    return ends_with(unit, len, wanted, wanted_len) &&
           (len == wanted_len || unit[len - wanted_len - 1] == '/' ||
            unit[len - wanted_len - 1] == '\\');
}

static const char *qualified(const struct search *search, const char *name)
{
    return arena_printf(search->types->arena, "%s%s",
                        search->scope.len > 0 ? search->scope.data : "", name);
}

static void add_match(const struct search *search, struct c_type *type,
                      const char *name)
{
    struct c_types *types = search->types;
    for (size_t i = 0; i < types->match_count; i++)
        if (types->matches[i].type == type)
            return;
    *MEM_ADD(types->matches, types->match_count) = (struct c_type_match){
        .type = type,
        .name = qualified(search, name),
        .unit = search->unit,
    };
}

/* In the first pass the declaration gives its qualified name, in the second one
 * an entry of that name and tag is its definition. */
static void visit_definition(struct search *search,
                             const struct dwarf_entry *entry)
{
    const struct dwarf_entry *declaration = search->declaration;
    if (!search->wanted) {
        if (entry->at.offset == declaration->at.offset &&
            entry->at.in_types == declaration->at.in_types)
            search->wanted = qualified(search, entry->name);
        return;
    }
    if (entry->tag != declaration->tag || entry->declaration ||
        entry->signature.given ||
        search->scope.len + strlen(entry->name) != search->wanted_len ||
        !is_wanted(search, entry->name))
        return;
    if (!search->has_found)
        search->found = *entry;
    else if (search->found.byte_size.value != entry->byte_size.value)
        search->ambiguous = true;
    search->has_found = true;
}

static bool visit_struct(struct search *search, const struct dwarf_entry *entry,
                         const char *name, struct err *err)
{
    struct c_types *types = search->types;
    struct dwarf_entry definition = *entry;
    struct c_type *type;
    if (search->declaration) {
        visit_definition(search, entry);
        return true;
    }
    if (entry->declaration && !entry->signature.given) {
        search->declared = search->declared || is_wanted(search, name);
        return true;
    }
    if (search->everywhere && types->name_count < NAMES_MAX)
        *MEM_ADD(types->names, types->name_count) = name;
    if (!is_wanted(search, name) || !is_wanted_unit(search) ||
        types->match_count == MATCHES_MAX)
        return true;
    if (entry->signature.given &&
        !dwarf_entry_read(types->file, entry->signature, &definition, err))
        return false;
    if (definition.tag != DWARF_STRUCT && definition.tag != DWARF_UNION)
        return true;
    if (!c_type_read_struct(types, &definition, 0, &type, err))
        return false;
    if (!type->name)
        type->name = name;
    add_match(search, type, name);
    return true;
}

/* Follows typedefs and qualifiers to a struct. */
static bool visit_typedef(struct search *search,
                          const struct dwarf_entry *entry, struct err *err)
{
    struct dwarf_entry target = *entry;
    if (search->declaration || !entry->name ||
        (!search->everywhere && !is_wanted(search, entry->name)))
        return true;
    for (int i = 0; i < DEPTH_MAX && target.type.given; i++) {
        if (!dwarf_entry_read(search->types->file, target.type, &target, err))
            return false;
        if (target.tag == DWARF_STRUCT || target.tag == DWARF_UNION)
            return visit_struct(search, &target, entry->name, err);
        if (target.tag != DWARF_TYPEDEF && target.tag != DWARF_QUALIFIER)
            return true;
    }
    return true;
}

/* `scope` may be NULL. */
static bool visit_children(struct search *search,
                           const struct dwarf_entry *entry, const char *scope,
                           struct err *err)
{
    size_t len = search->scope.len;
    if (search->depth == DEPTH_MAX)
        return true;
    if (scope)
        buf_printf(&search->scope, "%s::", scope);
    search->depth++;
    bool ok = dwarf_entry_each(search->types->file, entry->at, visit_entry,
                               search, err);
    search->depth--;
    buf_truncate(&search->scope, len);
    return ok;
}

static bool visit_entry(void *user, const struct dwarf_entry *entry,
                        struct err *err)
{
    struct search *search = user;
    if (++search->visits > dwarf_file_entries_max(search->types->file))
        return err_set(err, STATUS_DATA,
                       "its debug information is damaged: it contains a loop");
    switch (entry->tag) {
    case DWARF_STRUCT:
    case DWARF_UNION:
        return (!entry->name ||
                visit_struct(search, entry, entry->name, err)) &&
               visit_children(search, entry, entry->name, err);
    case DWARF_TYPEDEF:
        return visit_typedef(search, entry, err);
    case DWARF_NAMESPACE:
        return visit_children(search, entry, entry->name, err);
    case DWARF_CODE:
        return !search->everywhere || visit_children(search, entry, NULL, err);
    default:
        return true;
    }
}

static bool visit_units(struct search *search, struct err *err)
{
    struct dwarf_file *file = search->types->file;
    struct dwarf_entry unit;
    CHECK(search->depth == 0 && search->scope.len == 0);
    search->visits = 0;
    for (size_t i = 0; i < dwarf_file_unit_count(file); i++) {
        if (!dwarf_entry_read(file, dwarf_file_unit(file, i), &unit, err))
            return false;
        search->unit = unit.name ? unit.name : "";
        if (unit.file)
            search->separate_file = unit.file;
        if (!visit_children(search, &unit, NULL, err))
            return false;
    }
    return true;
}

bool c_type_find_definition(struct c_types *types,
                            const struct dwarf_entry *declaration,
                            struct dwarf_entry *out, const char **why,
                            struct err *err)
{
    struct search search = {.types = types, .declaration = declaration};
    bool ok = true;
    CHECK(declaration->declaration);
    *why = NULL;
    if (declaration->name)
        ok = visit_units(&search, err);
    if (ok && search.wanted) {
        search.wanted_len = strlen(search.wanted);
        ok = visit_units(&search, err);
    }
    buf_free(&search.scope);
    if (search.ambiguous)
        *why = "its type is only declared, and defined in several ways";
    else if (!search.has_found)
        *why = "its type is only declared, and defined in another file";
    *out = search.found;
    return ok;
}

/* Up to three names, the nearest first. */
static void put_nearest(struct c_types *types, const char *wanted,
                        struct buf *out)
{
    for (int i = 0; i < 3; i++) {
        const char *near =
            text_nearest(wanted, types->names, types->name_count);
        size_t kept = 0;
        if (!near)
            break;
        buf_printf(out, "%s'%s'", i == 0 ? "; did you mean " : " or ", near);
        for (size_t n = 0; n < types->name_count; n++)
            if (strcmp(types->names[n], near) != 0)
                types->names[kept++] = types->names[n];
        types->name_count = kept;
    }
    if (out->len > 0)
        buf_putc(out, '?');
}

static bool fail_not_found(const struct search *search, struct err *err)
{
    struct buf hint = {0};
    if (search->declared)
        return err_set(err, STATUS_DATA,
                       "'%s' is only declared there, never defined: name the "
                       "object file or program that defines it",
                       search->wanted);
    if (search->separate_file)
        buf_printf(&hint,
                   "; debug information is also kept apart, in '%s': name that "
                   "file",
                   search->separate_file);
    else
        put_nearest(search->types, search->wanted, &hint);
    err_set(err, STATUS_DATA, "no struct or union '%s'%s%s%s", search->wanted,
            search->wanted_unit ? " in " : "",
            search->wanted_unit ? search->wanted_unit : "",
            hint.len > 0 ? hint.data : "");
    buf_free(&hint);
    return false;
}

/* "struct pump" is "pump". */
static const char *skip_keyword(const char *name)
{
    static const char *const keywords[] = {"struct ", "union ", "class "};
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
        size_t len = strlen(keywords[i]);
        if (strncmp(name, keywords[i], len) == 0)
            return name + len + strspn(name + len, " ");
    }
    return name;
}

bool c_types_find(struct c_types *types, const char *name,
                  struct c_type_match **matches, size_t *count, struct err *err)
{
    struct search search = {.types = types};
    CHECK(types && name);
    name = skip_keyword(name);
    search.wanted_len = strcspn(name, "@");
    search.wanted = arena_strndup(types->arena, name, search.wanted_len);
    if (name[search.wanted_len] == '@')
        search.wanted_unit = name + search.wanted_len + 1;
    types->match_count = types->name_count = 0;
    bool ok = visit_units(&search, err);
    if (ok && types->match_count == 0) {
        search.everywhere = true;
        ok = visit_units(&search, err);
    }
    buf_free(&search.scope);
    *matches = types->matches;
    *count = types->match_count;
    return ok && (*count > 0 || fail_not_found(&search, err));
}
