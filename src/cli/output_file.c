/* SPDX-License-Identifier: MIT */
/*
 * Writes bytes and notices every failure: a full disk, a closed pipe whose
 * SIGPIPE is ignored.  Whoever prints decides what a whole run is.
 */
#include "cli/output_file.h"

#include <errno.h>
#include <string.h>

static bool fail(const struct sink *sink, struct err *err)
{
    return err_set(err, STATUS_IO, "cannot write to %s: %s", sink->name,
                   strerror(errno));
}

bool sink_open(struct sink *sink, const char *path, bool whole, struct err *err)
{
    *sink = (struct sink){.name = "stdout", .stream = stdout};
    if (!path || strcmp(path, "-") == 0) {
        setvbuf(stdout, NULL, _IONBF, 0);
        return true;
    }
    sink->name = path;
    sink->stream = NULL;
    /* A device or a pipe is written to, never replaced by a file. */
    if (whole && (!os_file_exists(path) || os_file_is_regular(path))) {
        sink->replace = os_replace_begin(path, err);
        if (!sink->replace)
            return false;
        sink->stream = os_replace_stream(sink->replace);
        setvbuf(sink->stream, NULL, _IONBF, 0);
        return true;
    }
    sink->stream = os_create_stream(path);
    if (!sink->stream)
        return err_set(err, STATUS_CANNOT_CREATE, "cannot create %s: %s", path,
                       strerror(errno));
    setvbuf(sink->stream, NULL, _IONBF, 0);
    return true;
}

bool sink_write(struct sink *sink, const void *bytes, size_t len,
                struct err *err)
{
    errno = 0;
    if (fwrite(bytes, 1, len, sink->stream) == len)
        return true;
    sink->interrupted = errno == EINTR;
    return fail(sink, err);
}

bool sink_close(struct sink *sink, struct err *err)
{
    struct sink closing = *sink;

    *sink = (struct sink){0};
    if (closing.replace)
        return os_replace_commit(closing.replace, err);
    errno = 0;
    return fclose(closing.stream) == 0 || fail(&closing, err);
}

void sink_abandon(struct sink *sink)
{
    if (sink->replace)
        os_replace_abandon(sink->replace);
    else if (sink->stream && sink->stream != stdout)
        fclose(sink->stream);
    *sink = (struct sink){0};
}
