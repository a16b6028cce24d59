/* SPDX-License-Identifier: MIT */
/* Reads section headers, and gives each line of a section to the reader for
 * it.  Checks that need the whole file are in later stages. */
#include "loader/sections.h"

#include <string.h>

#include "layout/syntax.h"
#include "loader/field_keys.h"
#include "loader/loader_private.h"

enum section {
    SECTION_NONE, /* before the first header; 0 in a new draft */
    SECTION_SKIP, /* its header was wrong */
    SECTION_MAPPING,
    SECTION_FIELD,
    SECTION_FIELDS,
    SECTION_STRUCT,
    SECTION_COMPUTED,
    SECTION_SNAPSHOT,
    SECTION_ENUM,
    SECTION_FLAGS,
};

const struct word_row section_words[] = {
    {"mapping", SECTION_MAPPING},
    {"field", SECTION_FIELD},
    {"fields", SECTION_FIELDS},
    {"struct", SECTION_STRUCT},
    {"computed", SECTION_COMPUTED},
    {"snapshot", SECTION_SNAPSHOT},
    {"enum", SECTION_ENUM},
    {"flags", SECTION_FLAGS},
    {NULL, 0},
};

static const char blanks[] = " \t";

static bool may_be_unnamed(int section)
{
    return section == SECTION_MAPPING || section == SECTION_FIELDS ||
           section == SECTION_SNAPSHOT;
}

/* --- section headers ----------------------------------------------------- */

/* The draft of mapping `id` (NULL: of the one without a name), which may be
 * mentioned before its own section.  When there are too many, skips the section
 * and returns NULL. */
static struct mapping_draft *use_mapping(struct draft *draft, const char *id,
                                         int line)
{
    draft->mapping = id ? draft_find_mapping(draft, id) : 0;
    if (draft->mapping != SIZE_MAX)
        return &draft->mappings[draft->mapping];
    if (draft->mapping_count > LAYOUT_MAPPINGS_MAX) {
        draft_problem(draft, line, "more than %u mappings",
                      LAYOUT_MAPPINGS_MAX);
        draft->mapping = 0;
        draft->section = SECTION_SKIP;
        return NULL;
    }
    draft->mapping = draft->mapping_count;
    return draft_add_mapping(draft, id, line);
}

static void begin_mapping(struct draft *draft, const char *id, int line)
{
    struct mapping_draft *mapping = use_mapping(draft, id, line);
    if (!mapping)
        return;
    if (mapping->section_line && strcmp(mapping->keys.file, draft->file) == 0) {
        draft_problem(draft, line,
                      "duplicate section [mapping%s%s]; the first is in line "
                      "%d",
                      id ? " " : "", id ? id : "", mapping->section_line);
        draft->section = SECTION_SKIP;
        return;
    }
    if (id && strcmp(id, "main") == 0) {
        draft_problem(draft, line,
                      "'main' is what outputs call the mapping without a name; "
                      "choose another");
    }
    mapping->keys.file = draft->file;
    mapping->section_line = line;
    if (!mapping->mapping.line)
        mapping->mapping.line = line;
}

static void begin_snapshot(struct draft *draft, const char *id, int line)
{
    struct mapping_draft *mapping = use_mapping(draft, id, line);
    if (!mapping)
        return;
    const struct keys *first = &mapping->snapshot.keys;
    if (first->line) {
        draft_problem(draft, line,
                      "duplicate section [snapshot%s%s]; the first is in line "
                      "%d%s",
                      id ? " " : "", id ? id : "", first->line,
                      file_hint(first->file, draft->file).text);
        draft->section = SECTION_SKIP;
        return;
    }
    snapshot_begin(&mapping->snapshot, draft->file, line, draft->layout->arena);
}

static void begin_field(struct draft *draft, const char *name, int line)
{
    struct arena *arena = draft->layout->arena;
    struct declaration *decl =
        declarations_add(&draft->fields, name, draft->file, line, arena);
    draft->mapping = 0;
    decl->keys.lines = arena_alloc(arena, ATTR_COUNT, sizeof(int));
    decl->computed = draft->section == SECTION_COMPUTED;
}

static void begin(struct draft *draft, const char *name, int line)
{
    struct arena *arena = draft->layout->arena;
    const char *id = name[0] ? name : NULL;
    switch ((enum section)draft->section) {
    case SECTION_MAPPING:
        begin_mapping(draft, id, line);
        break;
    case SECTION_SNAPSHOT:
        begin_snapshot(draft, id, line);
        break;
    case SECTION_FIELDS:
        use_mapping(draft, id, line);
        break;
    case SECTION_FIELD:
    case SECTION_COMPUTED:
        begin_field(draft, name, line);
        break;
    case SECTION_STRUCT:
        structs_begin(&draft->structs, name, draft->file, line, arena);
        break;
    case SECTION_ENUM:
    case SECTION_FLAGS:
        labels_begin(&draft->labels, name, draft->section == SECTION_FLAGS,
                     draft->file, line, arena);
        break;
    case SECTION_NONE:
    case SECTION_SKIP:
        break;
    }
}

static bool check_name(int section, const char *word, const char *name,
                       struct err *err)
{
    if (name[0] == '\0') {
        return may_be_unnamed(section) ||
               err_set(err, STATUS_DATA, "[%s] needs a name: [%s NAME]", word,
                       word);
    }
    if (!identifier_check(name, err))
        return false;
    if (section == SECTION_STRUCT && strchr(name, '.')) {
        return err_set(err, STATUS_DATA,
                       "bad name '%s'; a struct's name has no dot", name);
    }
    if (section == SECTION_STRUCT && type_is_name(name)) {
        return err_set(err, STATUS_DATA,
                       "'%s' is a type already; choose another name for the "
                       "struct",
                       name);
    }
    return true;
}

static void begin_section(struct draft *draft, const char *header, int line)
{
    char text[INI_SECTION_MAX + 1];
    size_t len = strlen(header);
    CHECK(len < sizeof text);
    memcpy(text, header, len + 1);
    while (len > 0 && strchr(blanks, text[len - 1]))
        text[--len] = '\0';
    char *word = text + strspn(text, blanks);
    char *name = word + strcspn(word, blanks);
    if (*name)
        *name++ = '\0';
    name += strspn(name, blanks);
    struct err err;
    int found = word_find(section_words, word);
    draft->section = found < 0 ? SECTION_SKIP : found;
    if (found < 0) {
        draft_problem(draft, line, "unknown section [%s]%s", header,
                      word_hint_in(section_words, word).text);
    } else if (check_name(found, word, name, &err)) {
        begin(draft, name, line);
    } else {
        draft_problem(draft, line, "%s", err.text);
        draft->section = SECTION_SKIP;
    }
}

/* --- lines --------------------------------------------------------------- */

static void struct_line(struct draft *draft, const struct ini_event *event)
{
    CHECK(draft->structs.count > 0);
    struct struct_def *def = draft->structs.items[draft->structs.count - 1];
    if (event->key[0] == '@')
        struct_set(def, event->key, event->value, event->line,
                   draft->layout->arena, draft->problems);
    else if (strchr(event->key, '.'))
        draft_problem(draft, event->line,
                      "bad name '%s'; a member's name has no dot", event->key);
    else
        field_line_read(draft, &def->members, event);
}

void sections_event(void *user, const struct ini_event *event)
{
    struct draft *draft = user;
    struct arena *arena = draft->layout->arena;
    struct mapping_draft *mapping = &draft->mappings[draft->mapping];
    struct err err;
    if (!event->key) {
        begin_section(draft, event->section, event->line);
        return;
    }
    switch ((enum section)draft->section) {
    case SECTION_NONE:
        draft_problem(draft, event->line,
                      "'%s' is before the first section; begin with [mapping]",
                      event->key);
        break;
    case SECTION_SKIP:
        break;
    case SECTION_MAPPING:
        if (strcmp(event->key, "include") == 0)
            include_file(draft, event->value, event->line);
        else
            mapping_set(mapping, event->key, event->value, event->line, arena,
                        draft->problems);
        break;
    case SECTION_SNAPSHOT:
        snapshot_set(&mapping->snapshot, event->key, event->value, event->line,
                     arena, draft->problems);
        break;
    case SECTION_FIELD:
    case SECTION_COMPUTED:
        CHECK(draft->fields.count > 0);
        attribute_set(&draft->fields.items[draft->fields.count - 1], event->key,
                      event->value, event->line, arena, draft->problems);
        break;
    case SECTION_FIELDS:
        field_line_read(draft, &draft->fields, event);
        break;
    case SECTION_STRUCT:
        struct_line(draft, event);
        break;
    case SECTION_ENUM:
    case SECTION_FLAGS:
        if (!labels_add(&draft->labels, event->key, event->value, event->line,
                        arena, &err))
            draft_problem(draft, event->line, "%s", err.text);
        break;
    }
}
