/* SPDX-License-Identifier: MIT */
/* Writes bytes to stdout or a file, and notices every failure: a full disk, a
 * closed pipe (SIGPIPE is ignored).  What is written is the commands'. */
#include "cli/output_file.h"

#include <errno.h>
#include <string.h>

static bool fail(const struct output_file *file, struct err *err)
{
    return err_set(err, STATUS_IO, "cannot write to %s: %s", file->name,
                   strerror(errno));
}

bool output_file_open(struct output_file *file, const char *path, bool whole,
                      struct err *err)
{
    *file = (struct output_file){.name = "stdout", .stream = stdout};
    if (!path || strcmp(path, "-") == 0) {
        setvbuf(stdout, NULL, _IONBF, 0);
        return true;
    }
    file->name = path;
    file->stream = NULL;
    /* A device or a pipe is never replaced by a file. */
    if (whole && (!os_file_exists(path) || os_file_is_regular(path))) {
        file->replace = os_replace_begin(path, err);
        if (!file->replace)
            return false;
        file->stream = os_replace_stream(file->replace);
        setvbuf(file->stream, NULL, _IONBF, 0);
        return true;
    }
    file->stream = os_create_stream(path);
    if (!file->stream)
        return err_set(err, STATUS_CANNOT_CREATE, "cannot create %s: %s", path,
                       strerror(errno));
    setvbuf(file->stream, NULL, _IONBF, 0);
    return true;
}

bool output_file_write(struct output_file *file, const void *bytes, size_t len,
                       struct err *err)
{
    CHECK(file->stream);
    errno = 0;
    if (fwrite(bytes, 1, len, file->stream) == len)
        return true;
    file->interrupted = errno == EINTR;
    return fail(file, err);
}

bool output_file_close(struct output_file *file, struct err *err)
{
    struct output_file closing = *file;
    CHECK(closing.stream);
    *file = (struct output_file){0};
    if (closing.replace)
        return os_replace_commit(closing.replace, err);
    errno = 0;
    return fclose(closing.stream) == 0 || fail(&closing, err);
}

void output_file_abandon(struct output_file *file)
{
    if (file->replace)
        os_replace_abandon(file->replace);
    else if (file->stream && file->stream != stdout)
        fclose(file->stream);
    *file = (struct output_file){0};
}
