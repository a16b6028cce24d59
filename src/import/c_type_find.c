/* SPDX-License-Identifier: MIT */
/*
 * Structs by name, through all units: first where C and C++ declare them, and,
 * when nothing is found, inside of functions too.
 * Invariant: a name is compared with its namespaces, or from one of them on.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "import/c_type_parts.h"

#define DEPTH_MAX 64
#define MATCHES_MAX 10000u
#define NAMES_MAX 200000u

struct search {
    struct c_types *types;
    const char *wanted;
    size_t wanted_len;
    const char *unit_wanted; /* NULL: any */
    const char *unit;
    const char *elsewhere; /* a file that has a unit of this one, or NULL */
    struct buf scope;      /* "ns::outer::" */
    int depth;
    uint64_t visits; /* of entries in this search through all units */
    bool in_code;    /* nothing was found: look everywhere, note all names */
    /* Fills `found` and reads no type, or fills `wanted` first: */
    const struct dwarf_entry *declaration;
    bool has_found;
    bool several;  /* of different sizes */
    bool declared; /* what is wanted is, but perhaps not defined */
    enum dwarf_tag kind;
    struct dwarf_entry found;
};

static bool visit_entry(void *user, const struct dwarf_entry *entry,
                        struct err *err);

static bool ends_with(const char *text, size_t len, const char *tail,
                      size_t tail_len)
{
    return len >= tail_len &&
           memcmp(text + len - tail_len, tail, tail_len) == 0;
}

/* Whether `name`, with its scope, ends with what is wanted. */
static bool is_wanted(const struct search *search, const char *name)
{
    size_t len = strlen(name);
    size_t wanted = search->wanted_len;
    size_t scope = search->scope.len;
    size_t left;

    if (wanted == 0)
        return false;
    if (wanted <= len)
        return ends_with(name, len, search->wanted, wanted) &&
               (len == wanted || ends_with(name, len - wanted, "::", 2));
    left = wanted - len; /* of the scope */
    return ends_with(search->wanted, wanted, name, len) && left <= scope &&
           ends_with(search->scope.data, scope, search->wanted, left) &&
           (left == scope ||
            ends_with(search->scope.data, scope - left, "::", 2));
}

static void remember_name(struct c_types *types, const struct search *search,
                          const char *name)
{
    if (types->name_count == NAMES_MAX || !search->in_code)
        return;
    *MEM_ADD(types->names, types->name_count) = name;
}

/* "src/a.c" is wanted as such, or as "a.c". */
static bool is_unit_wanted(const struct search *search)
{
    const char *unit = search->unit;
    size_t len, wanted;

    if (!search->unit_wanted)
        return true;
    len = strlen(unit);
    wanted = strlen(search->unit_wanted);
    return len >= wanted &&
           strcmp(unit + len - wanted, search->unit_wanted) == 0 &&
           (len == wanted || unit[len - wanted - 1] == '/' ||
            unit[len - wanted - 1] == '\\');
}

static void add_match(struct search *search, struct c_type *type,
                      const char *name)
{
    struct c_types *types = search->types;
    struct c_type_match *match;

    for (size_t i = 0; i < types->match_count; i++)
        if (types->matches[i].type == type)
            return;
    match = MEM_ADD(types->matches, types->match_count);
    *match = (struct c_type_match){.type = type, .unit = search->unit};
    match->name =
        arena_printf(types->arena, "%.*s%s", (int)search->scope.len,
                     search->scope.len > 0 ? search->scope.data : "", name);
}

static bool is_same_place(struct dwarf_ref a, struct dwarf_ref b)
{
    return a.offset == b.offset && a.in_types == b.in_types;
}

/* The declaration says its scope, then what has the same one defines it. */
static void take_definition(struct search *search,
                            const struct dwarf_entry *entry)
{
    size_t scope = search->scope.len;

    if (!search->wanted) {
        if (is_same_place(entry->at, search->declaration->at))
            search->wanted =
                arena_printf(search->types->arena, "%.*s%s", (int)scope,
                             scope > 0 ? search->scope.data : "", entry->name);
        return;
    }
    if (entry->tag != search->declaration->tag || entry->declaration ||
        entry->signature.given ||
        scope + strlen(entry->name) != search->wanted_len ||
        !is_wanted(search, entry->name))
        return;
    if (!search->has_found)
        search->found = *entry;
    else if (search->found.byte_size.value != entry->byte_size.value)
        search->several = true;
    search->has_found = true;
}

static bool take_struct(struct search *search, const struct dwarf_entry *entry,
                        const char *name, struct err *err)
{
    struct c_type *type;

    if (search->declaration) {
        take_definition(search, entry);
        return true;
    }
    if (entry->declaration && !entry->signature.given) {
        search->declared = search->declared || is_wanted(search, name);
        return true;
    }
    remember_name(search->types, search, name);
    if (!is_wanted(search, name) || !is_unit_wanted(search))
        return true;
    if (search->types->match_count == MATCHES_MAX)
        return true;
    if (entry->signature.given) {
        struct dwarf_entry complete;
        if (!dwarf_entry_read(search->types->file, entry->signature, &complete,
                              err))
            return false;
        if (complete.tag != DWARF_STRUCT && complete.tag != DWARF_UNION)
            return true;
        if (!c_type_read_struct(search->types, &complete, 0, &type, err))
            return false;
    } else if (!c_type_read_struct(search->types, entry, 0, &type, err)) {
        return false;
    }
    if (!type->name)
        type->name = name;
    add_match(search, type, name);
    return true;
}

/* Of typedefs, qualifiers in between, what they end at. */
static bool take_typedef(struct search *search, const struct dwarf_entry *entry,
                         struct err *err)
{
    struct dwarf_entry target = *entry;

    if (search->declaration)
        return true;
    for (int i = 0; i < DEPTH_MAX && target.type.given; i++) {
        if (!dwarf_entry_read(search->types->file, target.type, &target, err))
            return false;
        if (target.tag == DWARF_STRUCT || target.tag == DWARF_UNION)
            return take_struct(search, &target, entry->name, err);
        if (target.tag != DWARF_TYPEDEF && target.tag != DWARF_QUALIFIER)
            return true;
    }
    return true;
}

static bool descend(struct search *search, const struct dwarf_entry *entry,
                    bool named, struct err *err)
{
    size_t len = search->scope.len;
    bool ok;

    if (search->depth == DEPTH_MAX)
        return true;
    if (named && entry->name)
        buf_printf(&search->scope, "%s::", entry->name);
    search->depth++;
    ok = dwarf_entry_each(search->types->file, entry->at, visit_entry, search,
                          err);
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
                       "its debug information is damaged: it comes back to "
                       "the same entries again and again");
    switch (entry->tag) {
    case DWARF_STRUCT:
    case DWARF_UNION:
        return (!entry->name || take_struct(search, entry, entry->name, err)) &&
               descend(search, entry, true, err);
    case DWARF_TYPEDEF:
        return !entry->name ||
               (!search->in_code && !is_wanted(search, entry->name)) ||
               take_typedef(search, entry, err);
    case DWARF_NAMESPACE:
        return descend(search, entry, true, err);
    case DWARF_CODE:
        return !search->in_code || descend(search, entry, false, err);
    default:
        return true;
    }
}

static bool search_all(struct search *search, struct err *err)
{
    struct dwarf_file *file = search->types->file;
    struct dwarf_entry unit;

    search->visits = 0;
    for (size_t i = 0; i < dwarf_file_unit_count(file); i++) {
        if (!dwarf_entry_read(file, dwarf_file_unit(file, i), &unit, err))
            return false;
        search->unit = unit.name ? unit.name : "";
        if (unit.file)
            search->elsewhere = unit.file;
        if (!descend(search, &unit, false, err))
            return false;
    }
    return true;
}

bool c_type_complete(struct c_types *types,
                     const struct dwarf_entry *declaration,
                     struct dwarf_entry *out, const char **why, struct err *err)
{
    struct search search = {.types = types, .declaration = declaration};
    bool ok = true;

    *why = NULL;
    if (declaration->name)
        ok = search_all(&search, err);
    if (ok && search.wanted) {
        search.wanted_len = strlen(search.wanted);
        ok = search_all(&search, err);
    }
    buf_free(&search.scope);
    if (!ok)
        return false;
    if (search.several)
        *why = "its type is only declared, and defined in several ways";
    else if (!search.has_found)
        *why = "its type is only declared, and defined in another file";
    *out = search.found;
    return true;
}

/* Up to three, the nearest first. */
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

static bool not_found(struct search *search, struct err *err)
{
    struct c_types *types = search->types;
    struct buf hint = {0};

    if (search->declared) {
        err_set(err, STATUS_DATA,
                "'%.*s' is only declared there, never defined: name the object "
                "file or program that defines it",
                (int)search->wanted_len, search->wanted);
        return false;
    }
    if (search->elsewhere)
        buf_printf(&hint,
                   "; debug information is also kept apart, in '%s': name that "
                   "file",
                   search->elsewhere);
    else
        put_nearest(types, search->wanted, &hint);
    err_set(err, STATUS_DATA, "no struct or union '%.*s'%s%s%s",
            (int)search->wanted_len, search->wanted,
            search->unit_wanted ? " in " : "",
            search->unit_wanted ? search->unit_wanted : "",
            hint.len > 0 ? hint.data : "");
    buf_free(&hint);
    return false;
}

/* "struct pump" is "pump". */
static const char *plain_name(const char *name)
{
    static const char *const words[] = {"struct ", "union ", "class "};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t len = strlen(words[i]);
        if (strncmp(name, words[i], len) == 0)
            return name + len + strspn(name + len, " ");
    }
    return name;
}

bool c_types_find(struct c_types *types, const char *name,
                  struct c_type_match **matches, size_t *count, struct err *err)
{
    struct search search = {.types = types};
    const char *at;
    bool ok;

    name = plain_name(name);
    at = strchr(name, '@');
    search.wanted_len = at ? (size_t)(at - name) : strlen(name);
    search.wanted = arena_strndup(types->arena, name, search.wanted_len);
    search.unit_wanted = at ? at + 1 : NULL;
    types->match_count = types->name_count = 0;
    ok = search_all(&search, err);
    if (ok && types->match_count == 0) {
        search.in_code = true;
        types->name_count = 0;
        ok = search_all(&search, err);
    }
    buf_free(&search.scope);
    if (!ok)
        return false;
    *matches = types->matches;
    *count = types->match_count;
    return *count > 0 || not_found(&search, err);
}
