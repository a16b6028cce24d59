/* SPDX-License-Identifier: MIT */
/* Reading whole files and replacing files, for both systems; what each does in
 * its own way is os_files_linux.c and os_files_windows.c. */
#include "base/os_files.h"

#include <stdlib.h>

#include "base/base_private.h"
#include "base/mem.h"
#include "base/os.h"

#define TEMPORARY_TRIES 100

struct os_replace {
    char *path;      /* as the caller wrote it, for messages */
    char *final;     /* links followed: a rename would replace a link */
    char *temporary; /* the name until os_replace_commit */
    FILE *stream;
};

bool os_read_file(const char *path, size_t max, struct buf *out,
                  struct err *err)
{
    CHECK(max < SIZE_MAX);
    if (!os_read_start(path, max + 1, out, err))
        return false;
    return out->len <= max ||
           err_set(err, STATUS_DATA, "%s: larger than %zu bytes", path, max);
}

static void replace_free(struct os_replace *replace)
{
    free(replace->path);
    free(replace->final);
    free(replace->temporary);
    free(replace);
}

/* Opens a new file beside the final one. */
static bool open_temporary(struct os_replace *replace)
{
    struct buf name = {0};
    bool taken = true;
    for (int i = 0; i < TEMPORARY_TRIES && taken; i++) {
        buf_clear(&name);
        buf_printf(&name, "%s.%llu-%d.tmp", replace->final,
                   (unsigned long long)os_process_id(), i);
        taken = false;
        replace->stream = os_create_new(name.data, &taken);
    }
    replace->temporary = name.data;
    return replace->stream;
}

struct os_replace *os_replace_begin(const char *path, struct err *err)
{
    if (path[0] == '\0') {
        err_set(err, STATUS_CANNOT_CREATE, "empty file name");
        return NULL;
    }
    if (os_is_special(path)) {
        err_set(err, STATUS_CANNOT_CREATE,
                "%s: not a regular file; redirect standard output to it "
                "instead",
                path);
        return NULL;
    }
    struct os_replace *replace = mem_zalloc(1, sizeof *replace);
    replace->path = mem_strdup(path);
    replace->final = os_resolve_links(path);
    if (open_temporary(replace))
        return replace;
    os_explain_error(err, STATUS_CANNOT_CREATE, path);
    replace_free(replace);
    return NULL;
}

FILE *os_replace_stream(struct os_replace *replace)
{
    CHECK(replace->stream);
    return replace->stream;
}

bool os_replace_commit(struct os_replace *replace, struct err *err)
{
    bool ok = os_flush_stream(replace->stream) ||
              os_explain_error(err, STATUS_IO, replace->path);
    bool closed = fclose(replace->stream) == 0;
    if (ok)
        ok = (closed && os_rename_over(replace->temporary, replace->final)) ||
             os_explain_error(err, STATUS_IO, replace->path);
    if (!ok)
        os_remove_file(replace->temporary);
    replace_free(replace);
    return ok;
}

void os_replace_abandon(struct os_replace *replace)
{
    if (!replace)
        return;
    fclose(replace->stream);
    os_remove_file(replace->temporary);
    replace_free(replace);
}
