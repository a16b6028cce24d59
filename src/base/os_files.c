/* SPDX-License-Identifier: MIT */
/* Reading whole files and replacing files, for both systems; what each does in
 * its own way is os_files_linux.c and os_files_windows.c. */
#include "base/os_files.h"

#include <stdlib.h>

#include "base/base_private.h"
#include "base/mem.h"
#include "base/os.h"

#define TEMPORARY_TRIES 100
#define LOCK_NS INT64_C(2000000000)
#define LOCK_STEP_NS INT64_C(5000000) /* between attempts to lock */

struct os_replace {
    char *path;      /* as the caller wrote it, for messages */
    char *final;     /* links followed: a rename would replace a link */
    char *temporary; /* the name until os_replace_commit */
    bool own;        /* only the owner may read it */
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
        replace->stream = os_create_new(name.data, replace->own, &taken);
    }
    replace->temporary = name.data;
    return replace->stream;
}

static struct os_replace *begin(const char *path, bool own, struct err *err)
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
    replace->own = own;
    replace->path = mem_strdup(path);
    replace->final = os_full_path(path);
    if (open_temporary(replace))
        return replace;
    os_explain_error(err, STATUS_CANNOT_CREATE, path);
    replace_free(replace);
    return NULL;
}

struct os_replace *os_replace_begin(const char *path, struct err *err)
{
    return begin(path, false, err);
}

struct os_replace *os_replace_begin_private(const char *path, struct err *err)
{
    return begin(path, true, err);
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

bool os_write_new(const char *path, const void *bytes, size_t len,
                  struct err *err)
{
    bool taken = os_is_special(path);
    CHECK(bytes || len == 0);
    FILE *stream = taken ? NULL : os_create_new(path, false, &taken);
    if (taken)
        return err_set(err, STATUS_CANNOT_CREATE,
                       "%s exists and is not overwritten", path);
    if (!stream)
        return os_explain_error(err, STATUS_CANNOT_CREATE, path);
    bool ok = ((len == 0 || fwrite(bytes, 1, len, stream) == len) &&
               os_flush_stream(stream)) ||
              os_explain_error(err, STATUS_IO, path);
    ok = (fclose(stream) == 0 || os_explain_error(err, STATUS_IO, path)) && ok;
    if (!ok)
        os_remove_file(path);
    return ok;
}

char *os_expand_home(const char *path)
{
    const char first[] = {path[0], path[0] != '\0' ? path[1] : '\0', '\0'};
    struct buf full = {0};
    if (first[0] != '~' || (first[1] != '\0' && os_folder_len(first) != 2))
        return mem_strdup(path);
    char *home = os_home();
    buf_puts(&full, home ? home : "~");
    buf_puts(&full, path + 1);
    free(home);
    return full.data;
}

bool os_make_folders(const char *path, struct err *err)
{
    size_t len = os_folder_len(path);
    if (len <= 1)
        return true;
    char *folder = mem_strdup(path);
    folder[len - 1] = '\0';
    bool ok = os_make_folder(folder) ||
              (os_folder_len(folder) > 0 && os_make_folders(folder, err) &&
               os_make_folder(folder)) ||
              os_explain_error(err, STATUS_CANNOT_CREATE, folder);
    free(folder);
    return ok;
}

struct os_lock *os_lock_file(const char *path, struct err *err)
{
    int64_t end_ns = os_mono_ns() + LOCK_NS;
    for (;;) {
        bool busy = false;
        struct os_lock *lock = os_try_lock(path, &busy);
        if (lock)
            return lock;
        if (!busy || os_mono_ns() >= end_ns)
            break;
        os_rest(LOCK_STEP_NS);
    }
    err_set(err, STATUS_IO, "%s: another process does not release it", path);
    return NULL;
}
