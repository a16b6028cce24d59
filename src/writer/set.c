/* SPDX-License-Identifier: MIT */
/* Parses, checks and places every change before the first byte is stored.
 * Parsing values is layout/value_parse.c, where fields are now beside.c. */
#include "writer/set.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "layout/path.h"
#include "layout/snapshot.h"
#include "layout/value_change.h"
#include "layout/value_parse.h"
#include "layout/value_parse_shown.h"
#include "layout/value_text.h"
#include "writer/beside.h"

/* How often a store is repeated because another buffer has become the newest.
 */
#define TRIES 3

/* --- edits -------------------------------------------------------------- */

static void edit_make(struct edit *edit, uint32_t size)
{
    CHECK(size > 0 && !edit->before);
    edit->size = size;
    edit->before = mem_zalloc(4, size);
    edit->stored = edit->before + size;
    edit->after = edit->stored + size;
    edit->mask = edit->after + size;
}

void edit_free(struct edit *edit)
{
    free(edit->before);
    *edit = (struct edit){0};
}

/* Whether the bits of the mask are the same in `a` and `b`. */
static bool is_same(const struct edit *edit, const uint8_t *a, const uint8_t *b)
{
    for (uint32_t i = 0; i < edit->size; i++)
        if (((a[i] ^ b[i]) & edit->mask[i]) != 0)
            return false;
    return true;
}

bool edit_is_held(const struct edit *edit)
{
    return is_same(edit, edit->after, edit->stored);
}

bool edit_is_change(const struct edit *edit)
{
    return !is_same(edit, edit->before, edit->stored);
}

/* --- one change --------------------------------------------------------- */

/* A change and its place. */
struct store {
    const struct field *field;
    enum change_how how;
    const char *text;
    struct edit *edit;
    uint64_t at;   /* in the mapping */
    bool computed; /* the bytes to store are */
};

static bool find_field(const struct layout *layout, const char *path,
                       const struct field **out, struct err *err)
{
    size_t index = path_find(layout, path);
    if (index != SIZE_MAX) {
        *out = &layout->fields[index];
        return true;
    }
    const struct group *array = path_find_array(layout, path);
    if (array)
        return err_set(err, STATUS_DATA, "%s: no field '%s'; %s has %s[0..%u]",
                       layout->file, path, array->name, array->name,
                       array->count - 1);
    const char *nearest = path_nearest(layout, path);
    if (!nearest)
        return err_set(err, STATUS_DATA, "%s: unknown field '%s'", layout->file,
                       path);
    return err_set(err, STATUS_DATA,
                   "%s: unknown field '%s'; did you mean '%s'?", layout->file,
                   path, nearest);
}

/* Encodes the new value into edit->stored and edit->mask. */
static bool encode(struct store *store, const struct value *value,
                   struct err *err)
{
    const struct field *field = store->field;
    struct edit *edit = store->edit;
    if (!change_check_range(field, value, err))
        return false;
    if (value_encode(field, value, edit->stored, edit->mask))
        return true;
    return err_set(err, STATUS_DATA, "field '%s': '%s' does not fit",
                   field->path, store->text ? store->text : "the value");
}

static bool parse_text(struct store *store, struct err *err)
{
    const struct field *field = store->field;
    struct value value;
    uint8_t *storage = mem_zalloc(field->size, 1);
    bool ok = value_parse(field, store->text, storage, &value, err);
    if (!ok)
        err_prefix(err, "field '%s'", field->path);
    ok = ok && encode(store, &value, err);
    free(storage);
    return ok;
}

/* Checks what needs no mapping. */
static bool prepare(struct store *store, struct err *err)
{
    if (!change_check_writable(store->field, err))
        return false;
    if (store->how == CHANGE_BACK)
        return true;
    edit_make(store->edit, store->field->size);
    return store->how != CHANGE_SET || parse_text(store, err);
}

static bool flip(struct store *store, const struct value *now, struct err *err)
{
    const struct field *field = store->field;
    struct edit *edit = store->edit;
    struct value value, changed;
    uint8_t unused[8];
    uint64_t bits;
    if (!change_flip(field, now, store->text, &value, &bits, err) ||
        !encode(store, &value, err))
        return false;
    if (bits == 0)
        return true;
    /* Only this bit is stored: the producer may change the others. */
    shown_set_bits(field, bits, &changed);
    CHECK(value_encode(field, &changed, edit->mask, unused));
    return true;
}

static bool step(struct store *store, const struct value *now, struct err *err)
{
    struct value value;
    return change_step(store->field, now, store->how == CHANGE_UP, &value,
                       err) &&
           encode(store, &value, err);
}

static bool fail_back(const struct store *store, struct err *err)
{
    const struct field *field = store->field;
    struct value now, then;
    struct buf text = {0};
    value_decode(field, store->edit->after, &now);
    value_decode(field, store->edit->stored, &then);
    value_put_text(&text, field, &now, SHOW_DEFAULT, false);
    buf_puts(&text, ", not the ");
    value_put_text(&text, field, &then, SHOW_DEFAULT, false);
    err_set(err, STATUS_CHECK_FAILED, "field '%s' holds %.200s that was set",
            field->path, text.data);
    buf_free(&text);
    return false;
}

/* `after` holds what is in the memory now: the bytes before become what is to
 * be stored. */
static bool go_back(struct store *store, struct err *err)
{
    struct edit *edit = store->edit;
    CHECK(edit->size == store->field->size);
    if (!is_same(edit, edit->after, edit->stored))
        return fail_back(store, err);
    memcpy(edit->stored, edit->before, edit->size);
    return true;
}

/* Finds the bytes to store from those in the memory, which are in
 * edit->after. */
static bool compute(struct store *store, struct err *err)
{
    struct edit *edit = store->edit;
    struct value now;
    bool ok = true;
    value_decode(store->field, edit->after, &now);
    if (store->how == CHANGE_FLIP)
        ok = flip(store, &now, err);
    else if (store->how == CHANGE_BACK)
        ok = go_back(store, err);
    else if (store->how != CHANGE_SET)
        ok = step(store, &now, err);
    if (!ok)
        return false;
    memcpy(edit->before, edit->after, edit->size);
    for (uint32_t i = 0; i < edit->size; i++)
        edit->stored[i] = (uint8_t)((edit->stored[i] & edit->mask[i]) |
                                    (edit->before[i] & ~edit->mask[i]));
    store->computed = true;
    return true;
}

/* --- all changes -------------------------------------------------------- */

/* Changes and the mappings of the layout; those without a change are not
 * open. */
struct changes {
    const struct layout *layout;
    struct store *stores;
    size_t count;
    struct beside *mappings;
};

static struct beside *mapping_of(const struct changes *changes,
                                 const struct store *store)
{
    return &changes->mappings[store->field->mapping];
}

static bool fail_vanished(const struct store *store, struct err *err)
{
    return err_set(err, STATUS_IO,
                   "field '%s': the mapping vanished while it was written",
                   store->field->path);
}

static bool read_all(const struct changes *changes, struct err *err)
{
    for (size_t i = 0; i < changes->count; i++) {
        const struct store *store = &changes->stores[i];
        if (!beside_read(mapping_of(changes, store), store->at,
                         store->edit->size, store->edit->after))
            return fail_vanished(store, err);
    }
    return true;
}

static bool open_all(struct changes *changes, const char *target,
                     struct err *err)
{
    for (size_t i = 0; i < changes->count; i++) {
        struct beside *mapping = mapping_of(changes, &changes->stores[i]);
        if (!mapping->region &&
            !beside_open(mapping, changes->layout,
                         changes->stores[i].field->mapping, target, err))
            return false;
    }
    return true;
}

/* Waits for the producers.  A counter of [snapshot] is set at once: it may be
 * that a dead producer left it odd. */
static bool wait_all(const struct changes *changes, struct err *err)
{
    const struct layout *layout = changes->layout;
    for (size_t i = 0; i < changes->count; i++) {
        const struct field *field = changes->stores[i].field;
        if (snapshot_uses(&layout->mappings[field->mapping].snapshot,
                          (uint32_t)(field - layout->fields)))
            continue;
        if (!beside_wait(mapping_of(changes, &changes->stores[i]), err)) {
            err_prefix(err, "field '%s'", field->path);
            return false;
        }
    }
    return true;
}

static bool find_all(const struct changes *changes, struct err *err)
{
    for (size_t i = 0; i < changes->count; i++) {
        struct store *store = &changes->stores[i];
        struct beside *mapping = mapping_of(changes, store);
        if (!beside_look(mapping, err) ||
            !beside_find(mapping, store->field, &store->at, err))
            return false;
    }
    return true;
}

static bool store_all(const struct changes *changes, struct err *err)
{
    for (size_t i = 0; i < changes->count; i++) {
        const struct store *store = &changes->stores[i];
        const struct edit *edit = store->edit;
        bool part = store->field->width != 0 || store->how == CHANGE_FLIP ||
                    store->how == CHANGE_BACK;
        if (!region_store(mapping_of(changes, store)->region, store->at,
                          edit->size, edit->stored, part ? edit->mask : NULL))
            return fail_vanished(store, err);
    }
    return true;
}

/* Stores again what went to a buffer that is not the newest any more. */
static bool store_newest(const struct changes *changes, struct err *err)
{
    for (int tries = 1; tries <= TRIES; tries++) {
        bool moved = false;
        if (!store_all(changes, err))
            return false;
        for (size_t i = 0; i < changes->layout->mapping_count; i++) {
            struct beside *mapping = &changes->mappings[i];
            uint32_t newest = mapping->newest;
            if (mapping->region && !beside_look(mapping, err))
                return false;
            moved = moved || mapping->newest != newest;
        }
        if (!moved || !find_all(changes, err))
            return !moved;
    }
    return true;
}

static bool make_changes(struct changes *changes, const char *target,
                         struct err *err)
{
    bool ok = true;
    changes->mappings =
        mem_zalloc(changes->layout->mapping_count, sizeof *changes->mappings);
    for (size_t i = 0; ok && i < changes->count; i++)
        ok = prepare(&changes->stores[i], err);
    ok = ok && open_all(changes, target, err) && wait_all(changes, err) &&
         find_all(changes, err) && read_all(changes, err);
    for (size_t i = 0; ok && i < changes->count; i++)
        ok = compute(&changes->stores[i], err);
    ok = ok && store_newest(changes, err) && read_all(changes, err);
    for (size_t i = 0; i < changes->layout->mapping_count; i++)
        beside_close(&changes->mappings[i]);
    free(changes->mappings);
    return ok;
}

bool writer_set(const struct layout *layout, const char *target,
                const struct change *wanted, size_t count, struct edit *edits,
                struct err *err)
{
    CHECK(count >= 1);
    struct edit *own = edits ? NULL : mem_zalloc(count, sizeof *own);
    struct changes changes = {
        .layout = layout,
        .stores = mem_zalloc(count, sizeof *changes.stores),
        .count = count,
    };
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++) {
        struct store *store = &changes.stores[i];
        store->text = wanted[i].text;
        store->edit = edits ? &edits[i] : &own[i];
        ok = find_field(layout, wanted[i].path, &store->field, err);
    }
    ok = ok && make_changes(&changes, target, err);
    for (size_t i = 0; own && i < count; i++)
        edit_free(&own[i]);
    free(own);
    free(changes.stores);
    return ok;
}

bool writer_change(const struct layout *layout, const char *target,
                   uint32_t field, enum change_how how, const char *text,
                   struct edit *edit, struct err *err)
{
    CHECK(field < layout->field_count);
    struct store store = {
        .field = &layout->fields[field],
        .how = how,
        .text = text,
        .edit = edit,
    };
    struct changes changes = {.layout = layout, .stores = &store, .count = 1};
    if (make_changes(&changes, target, err))
        return true;
    /* It can be tried again. */
    for (uint32_t i = 0; how == CHANGE_BACK && store.computed && i < edit->size;
         i++) {
        uint8_t stored = edit->stored[i];
        edit->stored[i] = edit->before[i];
        edit->before[i] = stored;
    }
    return false;
}
