/* SPDX-License-Identifier: MIT */
/* Takes the place of dwarf_open.c and dwarf_libdwarf.c in a program that is
 * built without libdwarf: opening fails. */
#include "import/dwarf.h"

bool dwarf_is_available(void)
{
    return false;
}

bool dwarf_file_open(struct dwarf_file **out, const char *path,
                     const struct object *object, struct err *err)
{
    (void)object;
    *out = NULL;
    return err_set(err, STATUS_INTERNAL, "%s: built without libdwarf", path);
}

void dwarf_file_close(struct dwarf_file *file)
{
    CHECK(!file);
}

uint64_t dwarf_file_entries_max(const struct dwarf_file *file)
{
    CHECK(file);
    return 0;
}

size_t dwarf_file_unit_count(const struct dwarf_file *file)
{
    CHECK(file);
    return 0;
}

struct dwarf_ref dwarf_file_unit(const struct dwarf_file *file, size_t index)
{
    (void)index;
    CHECK(file);
    return (struct dwarf_ref){0};
}

bool dwarf_entry_read(struct dwarf_file *file, struct dwarf_ref at,
                      struct dwarf_entry *out, struct err *err)
{
    (void)at;
    (void)out;
    (void)err;
    CHECK(file);
    return false;
}

bool dwarf_entry_each(struct dwarf_file *file, struct dwarf_ref parent,
                      dwarf_visit_fn *visit, void *user, struct err *err)
{
    (void)parent;
    (void)visit;
    (void)user;
    (void)err;
    CHECK(file);
    return false;
}
