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
    bool fresh;      /* no file is replaced */
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

static bool fail_taken(const char *path, struct err *err)
{
    return err_set(err, STATUS_CANNOT_CREATE,
                   "%s exists and is not overwritten", path);
}

static struct os_replace *begin(const char *path, bool own, bool fresh,
                                struct err *err)
{
    if (path[0] == '\0') {
        err_set(err, STATUS_CANNOT_CREATE, "empty file name");
        return NULL;
    }
    if (fresh && (os_file_exists(path) || os_is_special(path))) {
        fail_taken(path, err);
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
    replace->fresh = fresh;
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
    return begin(path, false, false, err);
}

struct os_replace *os_replace_begin_private(const char *path, struct err *err)
{
    return begin(path, true, false, err);
}

struct os_replace *os_replace_begin_new(const char *path, struct err *err)
{
    return begin(path, false, true, err);
}

FILE *os_replace_stream(struct os_replace *replace)
{
    CHECK(replace->stream);
    return replace->stream;
}

static bool rename_it(const struct os_replace *replace, struct err *err)
{
    bool taken = false;
    if (replace->fresh
            ? os_rename_new(replace->temporary, replace->final, &taken)
            : os_rename_over(replace->temporary, replace->final))
        return true;
    return taken ? fail_taken(replace->path, err)
                 : os_explain_error(err, STATUS_IO, replace->path);
}

bool os_replace_commit(struct os_replace *replace, struct err *err)
{
    bool ok = os_flush_stream(replace->stream) ||
              os_explain_error(err, STATUS_IO, replace->path);
    bool closed = fclose(replace->stream) == 0;
    if (ok)
        ok = closed || os_explain_error(err, STATUS_IO, replace->path);
    ok = ok && rename_it(replace, err);
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
    CHECK(bytes || len == 0);
    struct os_replace *replace = os_replace_begin_new(path, err);
    if (!replace)
        return false;
    if (len == 0 || fwrite(bytes, 1, len, replace->stream) == len)
        return os_replace_commit(replace, err);
    os_explain_error(err, STATUS_IO, path);
    os_replace_abandon(replace);
    return false;
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
