/* SPDX-License-Identifier: MIT */
/*
 * Stands where the program is built without libdwarf: says so.
 */
#include "import/dwarf.h"

bool dwarf_is_available(void)
{
    return false;
}

bool dwarf_file_open(struct dwarf_file **file, const char *path,
                     const struct object *object, struct err *err)
{
    (void)path;
    (void)object;
    *file = NULL;
    return err_set(err, STATUS_INTERNAL, "no reader of debug information");
}

void dwarf_file_close(struct dwarf_file *file)
{
    (void)file;
}

uint64_t dwarf_file_entries_max(const struct dwarf_file *file)
{
    (void)file;
    return 0;
}

size_t dwarf_file_unit_count(const struct dwarf_file *file)
{
    (void)file;
    return 0;
}

struct dwarf_ref dwarf_file_unit(const struct dwarf_file *file, size_t index)
{
    (void)file;
    (void)index;
    return (struct dwarf_ref){0};
}

bool dwarf_entry_read(struct dwarf_file *file, struct dwarf_ref at,
                      struct dwarf_entry *out, struct err *err)
{
    (void)file;
    (void)at;
    (void)out;
    return err_set(err, STATUS_INTERNAL, "no reader of debug information");
}

bool dwarf_entry_each(struct dwarf_file *file, struct dwarf_ref parent,
                      dwarf_visit_fn *visit, void *user, struct err *err)
{
    (void)file;
    (void)parent;
    (void)visit;
    (void)user;
    return err_set(err, STATUS_INTERNAL, "no reader of debug information");
}
