/* SPDX-License-Identifier: MIT */
/*
 * Stands where the program is built without libdwarf: says so.
 */
#include "import/dwarf.h"

bool debug_is_available(void)
{
    return false;
}

bool debug_open(struct debug **debug, const char *path,
                const struct object *object, struct err *err)
{
    (void)path;
    (void)object;
    *debug = NULL;
    return err_set(err, STATUS_INTERNAL, "no reader of debug information");
}

void debug_close(struct debug *debug)
{
    (void)debug;
}

uint64_t debug_entries_max(const struct debug *debug)
{
    (void)debug;
    return 0;
}

size_t debug_unit_count(const struct debug *debug)
{
    (void)debug;
    return 0;
}

struct entry_ref debug_unit(const struct debug *debug, size_t index)
{
    (void)debug;
    (void)index;
    return (struct entry_ref){0};
}

bool entry_read(struct debug *debug, struct entry_ref at, struct entry *out,
                struct err *err)
{
    (void)debug;
    (void)at;
    (void)out;
    return err_set(err, STATUS_INTERNAL, "no reader of debug information");
}

bool entry_each(struct debug *debug, struct entry_ref parent,
                entry_visit_fn *visit, void *user, struct err *err)
{
    (void)debug;
    (void)parent;
    (void)visit;
    (void)user;
    return err_set(err, STATUS_INTERNAL, "no reader of debug information");
}
