/* SPDX-License-Identifier: MIT */
/* Layout files that include others: where they are, and that none is read
 * twice.  Their lines are read by sections.c. */
#include <string.h>

#include "base/os_files.h"
#include "layout/syntax.h"
#include "loader/loader_private.h"

/* A path that counts from the folder of the file that is read. */
static char *from_file(const struct draft *draft, const char *value)
{
    size_t len = os_is_absolute(value) ? 0 : os_folder_len(draft->file);
    return arena_printf(draft->layout->arena, "%.*s%s", (int)len, draft->file,
                        value);
}

/* The path without `.` and `x/..`, so that each file has one. */
static void put_plain_path(struct buf *out, const char *path)
{
    buf_puts(out, path[0] == '/' ? "/" : "");
    size_t root = out->len;
    size_t fixed = root; /* bytes that no `..` takes back */
    while (*path) {
        size_t len = strcspn(path, "/");
        bool up = len == 2 && path[0] == '.' && path[1] == '.';
        if (up && out->len > fixed) {
            do {
                buf_truncate(out, out->len - 1);
            } while (out->len > fixed && out->data[out->len - 1] != '/');
        } else if (len > 1 || (len == 1 && path[0] != '.')) {
            buf_add(out, path, len);
            buf_putc(out, '/');
            fixed = up ? out->len : fixed;
        }
        path += len + (path[len] == '/');
    }
}

static bool was_read(const struct draft *draft, const char *path)
{
    struct buf plain = {0};
    struct buf other = {0};
    bool found = false;
    put_plain_path(&plain, path);
    for (size_t i = 0; i < draft->file_count && !found; i++) {
        buf_clear(&other);
        put_plain_path(&other, draft->files[i]);
        found = strcmp(other.data, plain.data) == 0;
    }
    buf_free(&plain);
    buf_free(&other);
    return found;
}

static bool check(const struct draft *draft, const char *value,
                  const char *path, struct err *err)
{
    if (value[0] == '\0')
        return err_set(err, STATUS_DATA, "include has no value");
    if (was_read(draft, path)) {
        return err_set(err, STATUS_DATA,
                       "'%s' is included twice, or includes itself", value);
    }
    if (draft->depth >= (int)LAYOUT_DEPTH_MAX) {
        return err_set(err, STATUS_DATA,
                       "files include each other more than %u deep",
                       LAYOUT_DEPTH_MAX);
    }
    if (draft->file_count >= LAYOUT_FILES_MAX)
        return err_set(err, STATUS_DATA, "more than %u files",
                       LAYOUT_FILES_MAX);
    return true;
}

void include_file(struct draft *draft, const char *value, int line)
{
    struct err err;
    const char *file = draft->file;
    int section = draft->section;
    size_t mapping = draft->mapping;
    int section_line = draft->mappings[mapping].section_line;
    char *path = from_file(draft, plain_copy(draft->layout->arena, value));
    bool ok =
        check(draft, value, path, &err) && include_read(draft, path, &err);
    draft->file = file;
    draft->section = section;
    draft->mapping = mapping;
    /* The other file may have had a section of the same mapping. */
    draft->mappings[mapping].keys.file = file;
    draft->mappings[mapping].section_line = section_line;
    if (!ok)
        draft_problem(draft, line, "%s", err.text);
}

bool include_read(struct draft *draft, const char *path, struct err *err)
{
    CHECK(draft->depth <= (int)LAYOUT_DEPTH_MAX);
    *MEM_ADD(draft->files, draft->file_count) = path;
    draft->file = path;
    draft->section = 0;
    draft->depth++;
    bool ok = ini_read_file(path, sections_event, draft, draft->problems, err);
    draft->depth--;
    return ok;
}
